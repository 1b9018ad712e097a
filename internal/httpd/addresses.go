package httpd

import (
	"context"
	"net/http"

	"github.com/labstack/echo/v4"

	"claimbench/internal/addresses"
	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/desk"
	"claimbench/internal/httpd/view"
)

const fetchingPath = "/fetching"

// addressesBody is the largest body with addresses.
const addressesBody = 4 << 20

// addresses lists the pages that are to be fetched into a collection, or were.
func (s *Server) addresses(c echo.Context) error {
	n, err := pathID[auth.CollectionID](c, "collection")
	if err != nil {
		return err
	}
	page, seen, err := s.addressesPage(c, n)
	if err != nil {
		return err
	}
	if page.Going && !wantsJSON(c) {
		c.Response().Header().Set("Refresh", addressesEvery)
	}
	return s.respond(c, http.StatusOK, page, seen.JSON())
}

// addressesEvery is after how many seconds the list is loaded again while something is on its way.
const addressesEvery = "10"

func (s *Server) addressesPage(c echo.Context, n auth.CollectionID) (*view.Addresses, desk.Addresses, error) {
	var before addresses.ID
	if c.Request().Method == http.MethodGet {
		var err error
		if before, err = queryID[addresses.ID](c, "before"); err != nil {
			return nil, desk.Addresses{}, err
		}
	}
	seen, err := s.desk.Addresses(c.Request().Context(), actorOf(c), n, before)
	if err != nil {
		return nil, seen, err
	}
	here := under(n, "addresses")
	p := &view.Addresses{Shell: s.framed(c, "Articles from the web", "Articles", seen.Frame), Off: seen.Off,
		Import: under(n, "articles/import"), Watches: under(n, "watches"), Feeds: under(n, "feeds"),
		Going: seen.Going() > 0,
		Done:  seen.Counts[addresses.Done],
		Total: seen.Counts[addresses.Done] + seen.Going()}
	if seen.Off == "" {
		p.Action = here
	}
	if seen.Going() > 0 {
		p.Progress, p.Cancel = many(seen.Going(), "address waits", "addresses wait"), here+"/cancel"
	}
	if seen.Failed() > 0 {
		p.Failed = many(seen.Failed(), "address failed", "addresses failed")
		if seen.Off == "" {
			p.Again = here + "/again"
		}
	}
	for _, a := range seen.List {
		p.Rows = append(p.Rows, addressRow(a, seen.Names, here, seen.Off == ""))
	}
	if seen.Next != 0 {
		p.More = withQuery(here, "before", itoa(seen.Next))
	}
	return p, seen, nil
}

func addressRow(a addresses.Listed, names desk.Names, here string, on bool) view.AddressRow {
	row := view.AddressRow{ID: int64(a.ID), Address: a.Address.Address, State: addresses.States.Word(a.State),
		Message: detected(a.Message), Asked: moment(a.AddedAt), By: names.Of(a.UserID)}
	switch {
	case a.ArticleID != nil:
		row.Article = &view.Link{URL: "/articles/" + itoa(*a.ArticleID), Of: titleOf(articles.Article{ID: *a.ArticleID,
			Title: a.Title, Lang: a.Lang, State: a.Became}, "")}
		if a.Existing {
			row.State = "here already"
		}
	case !a.Ended():
		row.Cancel = here + "/cancel"
		if a.Tries > 0 {
			row.State += ", tried " + many(a.Tries, "time", "times") + "; again at " + moment(a.NextAt)
		}
	case on:
		row.Again = here + "/again"
	}
	return row
}

// addressesForm asks for addresses, one a line.
type addressesForm struct {
	Addresses string `form:"addresses" json:"addresses" of:"address"`
}

// addressesAsk asks for pages to be fetched.
func (s *Server) addressesAsk(c echo.Context) error {
	n, form, out, err := carryOut(c, "collection", func(n auth.CollectionID, f *addressesForm) ([]addresses.Asked,
		error) {
		return s.Web.Ask(c.Request().Context(), actorOf(c), n, f.Addresses)
	})
	if err != nil {
		return s.addressesRefused(c, n, form.Addresses, err)
	}
	return s.begunAt(c, under(n, "addresses"), askedNotice(out), desk.AskedOf(out))
}

// askedNotice says what became of addresses that were asked for.
func askedNotice(all []addresses.Asked) string {
	added, held := 0, 0
	for _, a := range all {
		if a.Added {
			added++
		} else if a.Article != 0 {
			held++
		}
	}
	notice := many(added, "page is being fetched", "pages are being fetched")
	if held > 0 {
		notice += "; " + many(held, "is an article already", "are articles already")
	}
	if waiting := len(all) - added - held; waiting > 0 {
		notice += "; " + many(waiting, "waited already", "waited already")
	}
	return notice
}

func (s *Server) addressesRefused(c echo.Context, n auth.CollectionID, typed string, err error) error {
	return s.refused(c, err, func(w view.Wrong) (view.Page, error) {
		page, _, err := s.addressesPage(c, n)
		return filled(page, err, func(p *view.Addresses) { p.Wrong, p.Typed = w, typed })
	})
}

// addressesIDs names addresses; none is all of the collection that it can be done to.
type addressesIDs struct {
	Address []addresses.ID `form:"address" json:"address"`
}

// addressesCancel ends addresses that wait.
func (s *Server) addressesCancel(c echo.Context) error {
	return s.addressesChange(c, s.Web.Cancel, "cancelled")
}

// addressesAgain lets addresses that failed be tried again.
func (s *Server) addressesAgain(c echo.Context) error {
	return s.addressesChange(c, s.Web.Again, "waiting again")
}

func (s *Server) addressesChange(c echo.Context, do func(context.Context, auth.Actor, auth.CollectionID,
	[]addresses.ID) (int64, error), done string) error {
	n, _, out, err := carryOut(c, "collection", func(n auth.CollectionID, f *addressesIDs) (int64, error) {
		return do(c.Request().Context(), actorOf(c), n, f.Address)
	})
	if err != nil {
		return s.addressesRefused(c, n, "", err)
	}
	return s.done(c, under(n, "addresses"), many(int(out), "address", "addresses")+" "+done,
		desk.ChangedJSON{Changed: out})
}

// fetching shows whether the workbench fetches pages.
func (s *Server) fetching(c echo.Context) error { return s.fetchingShow(c, 0) }

// fetchingHere shows whether pages are fetched for a collection.
func (s *Server) fetchingHere(c echo.Context) error {
	n, err := pathID[auth.CollectionID](c, "collection")
	if err != nil {
		return err
	}
	return s.fetchingShow(c, n)
}

func (s *Server) fetchingShow(c echo.Context, n auth.CollectionID) error {
	seen, err := s.desk.Fetching(c.Request().Context(), actorOf(c), n)
	if err != nil {
		return err
	}
	return s.respond(c, http.StatusOK, s.fetchingPage(c, seen), seen.JSON())
}

func (s *Server) fetchingPage(c echo.Context, seen desk.Fetching) *view.Fetching {
	p := &view.Fetching{Shell: s.framed(c, "Fetching", "Collections", seen.Frame), Action: fetchingPath,
		Allowed: seen.Here.Allowed, Contact: seen.Here.Contact, Version: seen.Here.Version, House: true,
		HouseOff: !seen.House.Allowed}
	p.Stamping = view.Stamping{Action: stampingPath, Address: seen.Stamping.Address,
		Certificate: seen.Stamping.Certificate, Version: seen.Stamping.Version}
	if seen.In != 0 {
		p.House, p.Action, p.Name = false, under(seen.In, "fetching"), seen.Frame.Collection.Name
		p.Rules = under(seen.In, "rules")
	}
	return p
}

// fetchingForm turns fetching on or off.
type fetchingForm struct {
	Allowed string `form:"allowed" json:"allowed"` // "1", or left out
	Contact string `form:"contact" json:"contact"`
	Version int64  `form:"version" json:"version"`
}

// fetchingSet turns it on or off for the workbench.
func (s *Server) fetchingSet(c echo.Context) error {
	var form fetchingForm
	var sw addresses.Switch
	err := bind(c, &form)
	if err == nil {
		sw, err = s.fetchingKeep(c, 0, form)
	}
	return s.fetchingKept(c, fetchingPath, form, sw, unsentVersion(c, err))
}

// fetchingSetHere turns it on or off for a collection.
func (s *Server) fetchingSetHere(c echo.Context) error {
	n, form, sw, err := carryOut(c, "collection", func(n auth.CollectionID, f *fetchingForm) (addresses.Switch, error) {
		return s.fetchingKeep(c, n, *f)
	})
	sw.CollectionID = n
	return s.fetchingKept(c, under(n, "fetching"), form, sw, err)
}

func (s *Server) fetchingKeep(c echo.Context, n auth.CollectionID, f fetchingForm) (addresses.Switch, error) {
	return s.Web.Set(c.Request().Context(), actorOf(c), addresses.Switch{CollectionID: n, Allowed: f.Allowed == "1",
		Contact: f.Contact, Version: f.Version})
}

func (s *Server) fetchingKept(c echo.Context, at string, form fetchingForm, sw addresses.Switch, err error) error {
	if err != nil {
		return s.refused(c, err, func(w view.Wrong) (view.Page, error) {
			seen, err := s.desk.Fetching(c.Request().Context(), actorOf(c), sw.CollectionID)
			if err != nil {
				return nil, err
			}
			p := s.fetchingPage(c, seen)
			p.Wrong, p.Allowed, p.Contact = w, form.Allowed == "1", form.Contact
			return p, nil
		})
	}
	notice := "Pages are not fetched"
	if sw.Allowed {
		notice = "Pages are fetched"
	}
	return s.done(c, at, notice, desk.FetchesOf(sw))
}
