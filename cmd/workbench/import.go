package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"

	"github.com/spf13/cobra"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/house"
	"claimbench/internal/intake"
)

func newImportCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "import --collection NAME [--source NAME] [--lang TAG] [--published DATE] --as USER FILE…",
		Short: "Take articles into a collection, one from each file",
		Long: "Take articles into a collection, one from each file: " + intake.Words() + ".\n" +
			"A text that the collection holds already is recognised and left alone. Every file is tried; the exit\n" +
			"code is 1 when one of them was refused.",
		Args: cobra.MinimumNArgs(1),
	}
	database, as := databaseFlag(cmd), asFlag(cmd)
	var in articles.Import
	collection := cmd.Flags().String("collection", "", "the collection's name")
	cmd.Flags().StringVar(&in.Source, "source", "", "who published it (default: not stated)")
	cmd.Flags().StringVar(&in.Title, "title", "", "its title (default: its own headline)")
	cmd.Flags().StringVar(&in.Byline, "byline", "", "who wrote it")
	cmd.Flags().StringVar(&in.URL, "url", "", "where it stands")
	cmd.Flags().StringVar(&in.Lang, "lang", "auto", "its language, such as fa, ar, ja, en (default: found)")
	cmd.Flags().StringVar(&in.Published, "published", "", "when it was published: YYYY-MM-DD, or YYYY-MM, or YYYY")
	extract := cmd.Flags().Bool("extract", true, "propose candidates for claims at once")
	cmd.RunE = func(cmd *cobra.Command, files []string) error {
		if *collection == "" {
			return usageError{fmt.Errorf(
				"name the collection with --collection; “workbench collection list” shows them")}
		}
		return withHouse(cmd, *database, *as, func(h *house.House, actor auth.Actor) error {
			col, err := h.Articles.CollectionByName(contextOf(cmd), actor, *collection)
			if err != nil {
				return err
			}
			in.Collection = col.ID
			return importFiles(cmd, h, actor, in, files, *extract)
		})
	}
	return cmd
}

func importFiles(cmd *cobra.Command, h *house.House, actor auth.Actor, in articles.Import, files []string,
	extract bool) error {
	progress, done := progressTo(cmd.ErrOrStderr(), "importing")
	defer done()
	failed := 0
	for i, name := range files {
		line, err := importFile(cmd, h, actor, in, name, extract)
		if err != nil {
			failed++
			fmt.Fprintf(cmd.ErrOrStderr(), "workbench: %s\n", err)
		} else {
			fmt.Fprintln(cmd.OutOrStdout(), line)
		}
		if progress != nil {
			progress(int64(i+1), int64(len(files)))
		}
	}
	if failed > 0 {
		return fmt.Errorf("%d of %d files were not imported; nothing of them was kept", failed, len(files))
	}
	return nil
}

func importFile(cmd *cobra.Command, h *house.House, actor auth.Actor, in articles.Import, name string,
	extract bool) (string, error) {
	doc, err := readFile(name)
	if err != nil {
		return "", err
	}
	in.Name = name
	in.Fill(doc)
	got, err := h.Articles.Import(contextOf(cmd), actor, in)
	if err != nil {
		return "", err
	}
	if got.Existing {
		return fmt.Sprintf("%s: the same text is article %d already", name, got.Article.ID), nil
	}
	line := fmt.Sprintf("%s: article %d, %s, %d characters, sha256 %s", name, got.Article.ID, got.Article.Lang,
		got.Revision.CodePoints, got.Revision.SHA256[:12])
	if !extract {
		return line, nil
	}
	n, err := h.Claims.Extract(contextOf(cmd), actor, got.Article.ID)
	if err != nil {
		return "", fmt.Errorf("%s: article %d came in, but no candidates were proposed: %w", name, got.Article.ID, err)
	}
	return fmt.Sprintf("%s, %d candidates", line, n), nil
}

func readFile(name string) (intake.Document, error) {
	f, err := os.Open(name)
	if err != nil {
		if errors.Is(err, fs.ErrNotExist) {
			return intake.Document{}, fmt.Errorf("there is no file %s", name)
		}
		return intake.Document{}, err
	}
	defer f.Close()
	from := intake.File{Name: name, Body: f}
	if info, err := f.Stat(); err == nil {
		from.Size = info.Size()
	}
	return intake.Read(from)
}
