package httpd

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/desk"
	"claimbench/internal/httpd/view"
	"claimbench/internal/watches"
)

// mostChanges is how many changes of a text that was found are shown.
const mostChanges = 200

// articleWatch shows whether the address of an article is asked for again, and the text that was found there.
func (s *Server) articleWatch(c echo.Context) error {
	n, err := pathID[articles.ID](c, "id")
	if err != nil {
		return err
	}
	page, seen, err := s.watchPage(c, n)
	if err != nil {
		return err
	}
	return s.respond(c, http.StatusOK, page, seen.JSON())
}

func watchURL(n articles.ID) string { return "/articles/" + itoa(n) + "/watch" }

func (s *Server) watchPage(c echo.Context, n articles.ID) (*view.ArticleWatch, desk.Watch, error) {
	seen, err := s.desk.Watch(c.Request().Context(), actorOf(c), n)
	if err != nil {
		return nil, seen, err
	}
	w := seen.Seen.Watch
	p := &view.ArticleWatch{Shell: s.framed(c, "Watch of article "+itoa(n), "Articles", seen.Frame),
		Article: showArticle(seen.Article, articles.Revision{}, nil, 0), Off: seen.Off, On: seen.On(),
		Until: w.UntilDay, Gone: w.GoneDay, Day: w.UntilDay, Version: w.Version,
		List: under(seen.Article.CollectionID, "watches")}
	if seen.Decides && seen.Off == "" {
		p.Set = watchURL(n)
	}
	if seen.Decides && seen.On() {
		p.End = watchURL(n) + "/end"
	}
	p.Visits, p.Message = visitsOf(seen)
	p.Found = foundOf(seen, watchURL(n))
	for _, x := range seen.Seen.Earlier {
		line := "Found " + moment(x.FoundAt) + ": " + watches.Fates.Word(x.State)
		if x.DecidedBy != nil {
			line += ", " + moment(x.DecidedAt)
		}
		p.Earlier = append(p.Earlier, line)
	}
	return p, seen, nil
}

// visitsOf says when the page was asked for, and when it will be.
func visitsOf(seen desk.Watch) (out []string, message view.Foreign) {
	if at := seen.Seen.AskedAt; at != 0 {
		out = append(out, "Last asked for "+moment(at)+".")
	}
	if work := seen.Seen.Work; work != nil && seen.On() {
		out = append(out, "Asked for again from "+moment(work.NextAt)+" on.")
		message = detected(work.Message)
	}
	return out, message
}

// foundOf is the text that waits, beside the article's; nil when there is none.
func foundOf(seen desk.Watch, here string) *view.FoundText {
	p := seen.Seen.Open
	if p == nil {
		return nil
	}
	f := &view.FoundText{ID: int64(p.ID), At: moment(p.FoundAt), Lang: seen.Article.Lang, Dir: seen.Article.Dir,
		Of: seen.Article.Version, Coming: seen.Was == ""}
	if p.Silent {
		f.Silent = "It was changed in silence: the page states the same last change as before, " + p.Stated + "."
	}
	if !f.Coming {
		var same, more int
		f.Changes, same, more = view.TextChanges(seen.Was, p.Raw, mostChanges)
		f.Same = many(same, "paragraph is the same", "paragraphs are the same")
		if more > 0 {
			f.More = many(more, "more change is not shown", "more changes are not shown")
		}
	}
	if seen.Decides {
		f.Take, f.Refuse = here+"/take", here+"/refuse"
	}
	return f
}

// watchForm sets a watch, or ends it.
type watchForm struct {
	Until   string `form:"until" json:"until"` // YYYY-MM-DD
	Version int64  `form:"version" json:"version"`
}

// articleWatchSet watches an article until a day.
func (s *Server) articleWatchSet(c echo.Context) error {
	n, form, w, err := carryOut(c, "id", func(n articles.ID, f *watchForm) (watches.Watch, error) {
		return s.Watches.Set(c.Request().Context(), actorOf(c), n, f.Until, f.Version)
	})
	if err != nil {
		return s.watchRefused(c, n, form.Until, err)
	}
	return s.done(c, watchURL(n), "The page is watched until "+w.UntilDay, desk.WatchSetOf(w))
}

// watchEnding ends a watch.
type watchEnding struct {
	Version int64 `form:"version" json:"version"`
}

// articleWatchEnd watches an article no more.
func (s *Server) articleWatchEnd(c echo.Context) error {
	n, _, w, err := carryOut(c, "id", func(n articles.ID, f *watchEnding) (watches.Watch, error) {
		return s.Watches.End(c.Request().Context(), actorOf(c), n, f.Version)
	})
	if err != nil {
		return s.watchRefused(c, n, "", err)
	}
	return s.done(c, watchURL(n), "The page is not watched any more", desk.WatchSetOf(w))
}

func (s *Server) watchRefused(c echo.Context, n articles.ID, typed string, err error) error {
	return s.refused(c, err, func(w view.Wrong) (view.Page, error) {
		page, _, err := s.watchPage(c, n)
		return filled(page, err, func(p *view.ArticleWatch) {
			if p.Wrong = w; typed != "" {
				p.Day = typed
			}
		})
	})
}

// proposedForm names a text that was found; to take it, with the version of the article that it was compared with.
type proposedForm struct {
	Proposed watches.ProposedID `form:"proposed" json:"proposed"`
	Version  int64              `form:"version" json:"version"`
}

// articleWatchTake makes a text that was found a revision. Claims and evidence follow as after articleRevise.
func (s *Server) articleWatchTake(c echo.Context) error {
	n, _, out, err := carryOut(c, "id", func(n articles.ID, f *proposedForm) (out revised, err error) {
		ctx, actor := c.Request().Context(), actorOf(c)
		if out.Imported, err = s.Watches.Take(ctx, actor, n, f.Proposed, f.Version); err != nil {
			return out, err
		}
		return s.follow(ctx, actor, n, out)
	})
	if err != nil {
		return s.watchRefused(c, n, "", err)
	}
	return s.wasRevised(c, n, out)
}

// proposedRefusal names a text that is not to be a revision.
type proposedRefusal struct {
	Proposed watches.ProposedID `form:"proposed" json:"proposed"`
}

// articleWatchRefuse refuses a text that was found.
func (s *Server) articleWatchRefuse(c echo.Context) error {
	n, _, _, err := carryOut(c, "id", func(n articles.ID, f *proposedRefusal) (struct{}, error) {
		return struct{}{}, s.Watches.Refuse(c.Request().Context(), actorOf(c), n, f.Proposed)
	})
	if err != nil {
		return s.watchRefused(c, n, "", err)
	}
	return s.done(c, watchURL(n), "The text was refused; it is not proposed again",
		desk.ProposedRefusedJSON{Article: n})
}

// watches lists the articles of a collection that are watched.
func (s *Server) watches(c echo.Context) error {
	n, err := pathID[auth.CollectionID](c, "collection")
	if err != nil {
		return err
	}
	before, err := queryID[watches.ID](c, "before")
	if err != nil {
		return err
	}
	seen, err := s.desk.Watches(c.Request().Context(), actorOf(c), n, before)
	if err != nil {
		return err
	}
	return s.respond(c, http.StatusOK, s.watchesPage(c, n, seen), seen.JSON())
}

func (s *Server) watchesPage(c echo.Context, n auth.CollectionID, seen desk.Watches) *view.Watches {
	p := &view.Watches{Shell: s.framed(c, "Watched pages", "Articles", seen.Frame)}
	for _, x := range seen.List {
		row := view.WatchRow{Waits: x.Waits, Article: view.Link{URL: watchURL(x.ArticleID),
			Of: titleOf(articles.Article{ID: x.ArticleID, Title: x.Title, Lang: x.Lang, State: x.Now}, "")}}
		if row.State = "not watched any more"; x.Watches(seen.Today) {
			row.State = "watched until " + x.UntilDay
		}
		if x.GoneDay != "" {
			row.State += "; gone since " + x.GoneDay
		}
		p.Rows = append(p.Rows, row)
	}
	if seen.Next != 0 {
		p.More = withQuery(under(n, "watches"), "before", itoa(seen.Next))
	}
	return p
}
