package main

import (
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"claimbench/internal/addresses"
	"claimbench/internal/articles"
	"claimbench/internal/auth"
	asking "claimbench/internal/fetch"
	"claimbench/internal/house"
	"claimbench/internal/webhooks"
)

// importAll takes in files and pages: first the files, then the pages.
func importAll(cmd *cobra.Command, h *house.House, actor auth.Actor, in articles.Import, given []string,
	how reading) error {
	var files, pages []string
	for _, g := range given {
		if isAddress(g) {
			pages = append(pages, g)
		} else {
			files = append(files, g)
		}
	}
	if len(pages) > 0 {
		if err := onlyOfFiles(in, how.extract); err != nil {
			return err
		}
	}
	var err error
	if len(files) > 0 {
		err = importFiles(cmd, h, actor, in, files, how)
	}
	if len(pages) > 0 {
		err = errors.Join(err, importPages(cmd, h, actor, in.Collection, pages))
	}
	return err
}

func isAddress(given string) bool {
	return strings.HasPrefix(given, "https://") || strings.HasPrefix(given, "http://")
}

// onlyOfFiles refuses what cannot be said of a page: it says it itself.
func onlyOfFiles(in articles.Import, extract bool) error {
	if in.Source+in.Title+in.Byline+in.URL+in.Published != "" || in.Lang != "auto" && in.Lang != "" || !extract {
		return usageError{errors.New("a page says itself what it is called and who wrote it: give --source, --title, " +
			"--byline, --url, --lang, --published and --extract with files only")}
	}
	return nil
}

// importPages fetches pages, and says of each what became of it.
func importPages(cmd *cobra.Command, h *house.House, actor auth.Actor, in auth.CollectionID, pages []string) error {
	asked, err := h.Web.Ask(contextOf(cmd), actor, in, strings.Join(pages, "\n"))
	if err != nil {
		return err
	}
	out := cmd.OutOrStdout()
	var ids []addresses.ID
	for _, a := range asked {
		if a.Article != 0 {
			fmt.Fprintf(out, "%s: article %d already\n", a.Address, a.Article)
		} else {
			ids = append(ids, a.Row.ID)
		}
	}
	progress, done := progressTo(cmd.ErrOrStderr(), "fetching")
	defer done()
	var n, failed int
	var came []articles.ID
	_, err = h.Web.Finish(contextOf(cmd), ids, func(a addresses.Address) {
		if n++; progress != nil {
			progress(int64(n), int64(len(ids)))
		}
		switch {
		case a.State == addresses.Done && a.Existing:
			fmt.Fprintf(out, "%s: the same text is article %d already\n", a.Address, *a.ArticleID)
		case a.State == addresses.Done:
			fmt.Fprintf(out, "%s: article %d\n", a.Address, *a.ArticleID)
			came = append(came, *a.ArticleID)
		case a.State == addresses.Waiting:
			failed++
			fmt.Fprintf(cmd.ErrOrStderr(), "workbench: %s: %s A server tries it again from %s on.\n", a.Address,
				a.Message, a.NextAt)
		default:
			failed++
			fmt.Fprintf(cmd.ErrOrStderr(), "workbench: %s: %s\n", a.Address, a.Message)
		}
	})
	for _, id := range came {
		if err == nil {
			err = finishWork(cmd, h, actor, id)
		}
	}
	if err == nil && failed > 0 {
		err = fmt.Errorf("%d of %d pages did not come in, as said above", failed, len(asked))
	}
	return err
}

// finishWork does what is still to be done to an article that came in: a long text, its candidates.
func finishWork(cmd *cobra.Command, h *house.House, actor auth.Actor, id articles.ID) error {
	work, err := h.Jobs.Of(contextOf(cmd), actor, articles.Object(id))
	for _, j := range work {
		if err == nil && !j.Ended() {
			_, err = h.Jobs.Finish(contextOf(cmd), j.ID)
		}
	}
	return err
}

// tellWeb is who tells programs elsewhere what happened, in the name of this version.
func tellWeb() webhooks.Poster { return asking.New(asking.Options{Version: version}) }

// askWeb is who asks for pages, in the name of this version.
func askWeb() addresses.Getter { return asking.New(asking.Options{Version: version}) }
