package httpd

import (
	"context"
	"net/http"
	"slices"

	"github.com/labstack/echo/v4"

	"claimbench/internal/auth"
	"claimbench/internal/desk"
	"claimbench/internal/feeds"
	"claimbench/internal/httpd/view"
)

func feedURL(n feeds.ID) string { return "/feeds/" + itoa(n) }

// feeds lists the feeds of a collection.
func (s *Server) feeds(c echo.Context) error {
	n, err := pathID[auth.CollectionID](c, "collection")
	if err != nil {
		return err
	}
	page, seen, err := s.feedsPage(c, n)
	if err != nil {
		return err
	}
	return s.respond(c, http.StatusOK, page, seen.JSON())
}

func (s *Server) feedsPage(c echo.Context, n auth.CollectionID) (*view.Feeds, desk.Feeds, error) {
	var before feeds.ID
	if c.Request().Method == http.MethodGet {
		var err error
		if before, err = queryID[feeds.ID](c, "before"); err != nil {
			return nil, desk.Feeds{}, err
		}
	}
	seen, err := s.desk.Feeds(c.Request().Context(), actorOf(c), n, before)
	if err != nil {
		return nil, seen, err
	}
	p := &view.Feeds{Shell: s.framed(c, "Feeds", "Articles", seen.Frame), Off: seen.Off,
		Addresses: under(n, "addresses"), Modes: view.Options(feeds.Modes, feeds.Choose)}
	if seen.Off == "" {
		p.Action = under(n, "feeds")
	}
	for _, f := range seen.List {
		p.Rows = append(p.Rows, feedRow(f))
	}
	if seen.Next != 0 {
		p.More = withQuery(under(n, "feeds"), "before", itoa(seen.Next))
	}
	return p, seen, nil
}

func feedRow(f feeds.Line) view.FeedRow {
	row := view.FeedRow{URL: feedURL(f.ID), Title: detected(f.Title), Address: f.Address, Mode: f.Mode.Word(),
		Answered: f.Answered, Gone: f.GoneDay, Message: detected(f.Message), Note: detected(f.Note)}
	if f.AskedAt != 0 {
		row.Asked = "asked " + moment(f.AskedAt)
	}
	if f.NextAt != 0 {
		row.Next = "again at " + moment(f.NextAt)
	} else {
		row.Next = "not asked for any more"
	}
	if f.Waits > 0 {
		row.Waits = many(f.Waits, "item to choose", "items to choose")
	}
	return row
}

// feedForm adds a feed.
type feedForm struct {
	Address string     `form:"address" json:"address"`
	Mode    feeds.Mode `form:"mode" json:"mode"`
}

// feedAdd has a feed asked for from now on.
func (s *Server) feedAdd(c echo.Context) error {
	n, form, f, err := carryOut(c, "collection", func(n auth.CollectionID, f *feedForm) (feeds.Feed, error) {
		return s.Feeds.Add(c.Request().Context(), actorOf(c), n, f.Address, f.Mode)
	})
	if err != nil {
		return s.refused(c, err, func(w view.Wrong) (view.Page, error) {
			page, _, err := s.feedsPage(c, n)
			return filled(page, err, func(p *view.Feeds) {
				p.Wrong, p.Typed, p.Modes = w, form.Address, view.Options(feeds.Modes, form.Mode)
			})
		})
	}
	return s.done(c, feedURL(f.ID), "The feed is asked for from now on", desk.FeedSetOf(f))
}

// feed shows one feed, with its items in one fate: those to choose from, where no other is asked for.
func (s *Server) feed(c echo.Context) error {
	n, err := pathID[feeds.ID](c, "id")
	if err != nil {
		return err
	}
	page, seen, err := s.feedPage(c, n)
	if err != nil {
		return err
	}
	return s.respond(c, http.StatusOK, page, seen.JSON())
}

func (s *Server) feedPage(c echo.Context, n feeds.ID) (*view.Feed, desk.Feed, error) {
	var before feeds.ItemID
	var state feeds.Fate
	if c.Request().Method == http.MethodGet {
		var err error
		if before, err = queryID[feeds.ItemID](c, "before"); err != nil {
			return nil, desk.Feed{}, err
		}
		state = feeds.Fate(c.QueryParam("state"))
	}
	seen, err := s.desk.Feed(c.Request().Context(), actorOf(c), n, state, before)
	if err != nil {
		return nil, seen, err
	}
	f, here := seen.Feed, feedURL(n)
	p := &view.Feed{Shell: s.framed(c, "Feed "+itoa(n), "Articles", seen.Frame), FeedRow: feedRow(f),
		List: under(f.CollectionID, "feeds"), By: seen.Names.Of(f.SetBy), Since: moment(f.SetAt), Version: f.Version,
		Modes: view.Options(feeds.Modes, f.Mode)}
	for _, t := range feeds.Fates.Terms() {
		p.Filter = append(p.Filter, view.Tab{URL: withQuery(here, "state", string(t.Name)), Word: view.Phrase(t.Word),
			Here: seen.State == t.Name})
	}
	p.Set, p.End = here, here+"/end"
	if f.NextAt == 0 {
		p.Set, p.End = "", ""
	}
	p.Take, p.Pass = here+"/items/take", here+"/items/pass"
	for _, it := range seen.Items {
		p.Items = append(p.Items, feedItem(it))
	}
	if seen.Next != 0 {
		p.More = withQuery(here, "state", string(seen.State), "before", itoa(seen.Next))
	}
	return p, seen, nil
}

func feedItem(it feeds.Item) view.FeedItem {
	out := view.FeedItem{ID: int64(it.ID), Title: detected(it.Title), Address: it.Address, Note: detected(it.Note),
		Published: published(it.Published), Found: moment(it.FoundAt), Waits: it.Waits()}
	if it.ArticleID != nil {
		out.Article = "/articles/" + itoa(*it.ArticleID)
	}
	return out
}

// feedSetting says what becomes of new items.
type feedSetting struct {
	Mode    feeds.Mode `form:"mode" json:"mode"`
	Version int64      `form:"version" json:"version"`
}

// feedSet says what becomes of new items of a feed.
func (s *Server) feedSet(c echo.Context) error {
	n, _, f, err := carryOut(c, "id", func(n feeds.ID, f *feedSetting) (feeds.Feed, error) {
		return s.Feeds.Change(c.Request().Context(), actorOf(c), n, f.Version, f.Mode)
	})
	if err != nil {
		return s.feedRefused(c, n, err)
	}
	return s.done(c, feedURL(n), "New items: "+f.Mode.Word(), desk.FeedSetOf(f))
}

// feedEnding ends a feed.
type feedEnding struct {
	Version int64 `form:"version" json:"version"`
}

// feedEnd has a feed asked for no more.
func (s *Server) feedEnd(c echo.Context) error {
	n, _, f, err := carryOut(c, "id", func(n feeds.ID, f *feedEnding) (feeds.Feed, error) {
		return s.Feeds.End(c.Request().Context(), actorOf(c), n, f.Version)
	})
	if err != nil {
		return s.feedRefused(c, n, err)
	}
	return s.done(c, feedURL(n), "The feed is not asked for any more", desk.FeedSetOf(f))
}

// feedItems names items of a feed.
type feedItems struct {
	Item []feeds.ItemID `form:"item" json:"item"`
}

// feedItemsTake has items taken in.
func (s *Server) feedItemsTake(c echo.Context) error {
	return s.feedChoose(c, s.Feeds.Take, "taken in")
}

// feedItemsPass lets items go by.
func (s *Server) feedItemsPass(c echo.Context) error {
	return s.feedChoose(c, s.Feeds.Pass, "let pass")
}

func (s *Server) feedChoose(c echo.Context, do func(context.Context, auth.Actor, feeds.ID, []feeds.ItemID) (int,
	error), done string) error {
	n, form, out, err := carryOut(c, "id", func(n feeds.ID, f *feedItems) (int, error) {
		return do(c.Request().Context(), actorOf(c), n, f.Item)
	})
	if err != nil {
		return s.feedRefused(c, n, err, form.Item...)
	}
	return s.done(c, feedURL(n), many(out, "item is", "items are")+" "+done, desk.ChangedJSON{Changed: int64(out)})
}

// feedRefused shows the page again, with the items that were checked.
func (s *Server) feedRefused(c echo.Context, n feeds.ID, err error, chosen ...feeds.ItemID) error {
	return s.refused(c, err, func(w view.Wrong) (view.Page, error) {
		page, _, err := s.feedPage(c, n)
		return filled(page, err, func(p *view.Feed) {
			p.Wrong = w
			for i := range p.Items {
				p.Items[i].Chosen = slices.Contains(chosen, feeds.ItemID(p.Items[i].ID))
			}
		})
	})
}
