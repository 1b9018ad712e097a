package httpd

import (
	"net/http"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/desk"
	"claimbench/internal/httpd/view"
)

// collections lists those that this person may read.
func (s *Server) collections(c echo.Context) error {
	seen, err := s.desk.Collections(c.Request().Context(), actorOf(c))
	if err != nil {
		return err
	}
	return s.respond(c, http.StatusOK, s.collectionsPage(c, seen), seen.JSON())
}

func (s *Server) collectionsPage(c echo.Context, seen desk.Collections) *view.Collections {
	page := &view.Collections{Shell: s.framed(c, "Collections", "Collections", seen.Frame),
		Empty: &view.Empty{So: "You hold no role in any collection.",
			Next: "Ask an admin to grant you one; it counts from your next click."}}
	for _, col := range seen.List {
		row := view.CollectionRow{ID: int64(col.ID), Name: col.Name, Quorum: col.Quorum, Rule: view.Code(col.Rule),
			Yours: rolesWord(col.Roles)}
		if col.First != "" {
			_, row.URL = tabOf(col.First, col.ID)
		}
		if col.Rules {
			row.RulesURL = under(col.ID, "rules")
		}
		if col.Articles != nil {
			row.Articles = articleCount(*col.Articles)
		}
		page.Rows = append(page.Rows, row)
	}
	if seen.Opens {
		page.Add = "/collections"
		page.Empty = &view.Empty{So: "There is no collection yet.",
			Next: "Start one below; then grant people their roles in it."}
	}
	return page
}

func articleCount(n int) string {
	if n > articles.CountCap {
		return capped(n, articles.CountCap) + " articles"
	}
	return many(n, "article", "articles")
}

// rulesForm are the rules of a collection that is there.
type rulesForm struct {
	Name    string           `form:"name" json:"name"`
	Quorum  int              `form:"quorum" json:"quorum"`
	Rule    articles.Rule    `form:"rule" json:"rule"`
	Advice  []articles.Guard `form:"advice" json:"advice"`
	Version int64            `form:"version" json:"version"`
}

// collection is the collection with these rules.
func (f rulesForm) collection(n auth.CollectionID) articles.Collection {
	return articles.Collection{ID: n, Name: f.Name, Quorum: f.Quorum, Rule: f.Rule, Advice: f.Advice,
		Version: f.Version}
}

// collectionForm is a new collection; rules that are left out are the usual ones.
type collectionForm struct {
	Name   string           `form:"name" json:"name"`
	Quorum *int             `form:"quorum" json:"quorum"`
	Rule   *articles.Rule   `form:"rule" json:"rule"`
	Advice []articles.Guard `form:"advice" json:"advice"`
}

// collectionCreate starts a collection.
func (s *Server) collectionCreate(c echo.Context) error {
	ctx, actor := c.Request().Context(), actorOf(c)
	var form collectionForm
	var col articles.Collection
	err := bind(c, &form)
	if err == nil {
		col, err = s.Articles.CreateCollection(ctx, actor, articles.CollectionNew(form))
	}
	if err != nil {
		return s.refused(c, err, func(w view.Wrong) (view.Page, error) {
			seen, err := s.desk.Collections(ctx, actor)
			return filled(s.collectionsPage(c, seen), err, func(p *view.Collections) { p.Wrong, p.Name = w, form.Name })
		})
	}
	return s.done(c, under(col.ID, "rules"), "Collection started", desk.CollectionOf(col))
}

// collectionRules shows a collection's rules.
func (s *Server) collectionRules(c echo.Context) error {
	n, err := pathID[auth.CollectionID](c, "collection")
	if err != nil {
		return err
	}
	f, err := s.desk.Frame(c.Request().Context(), actorOf(c), n)
	if err != nil {
		return err
	}
	return s.respond(c, http.StatusOK, s.rulesPage(c, f, *f.Collection), desk.CollectionOf(*f.Collection))
}

func (s *Server) rulesPage(c echo.Context, f desk.Frame, col articles.Collection) *view.CollectionRules {
	page := &view.CollectionRules{Shell: s.framed(c, "Rules of "+col.Name, "Collections", f), Name: col.Name,
		Action: under(col.ID, "rules"), Quorum: itoa(col.Quorum), Rule: view.Options(articles.Rules, col.Rule),
		Status: under(col.ID, "status"), Fetching: under(col.ID, "fetching"), Model: under(col.ID, "model"),
		Asking: under(col.ID, "requests/form"), Version: col.Version}
	if f.Gives {
		page.Giving = under(col.ID, "assignments")
	}
	if f.Tells {
		page.Hooks = under(col.ID, "webhooks")
	}
	for _, g := range articles.Guards.Terms() {
		page.Guards = append(page.Guards, view.GuardRow{Value: string(g.Name), Word: strings.TrimSuffix(g.About, "."),
			Advice: slices.Contains(col.Advice, g.Name)})
	}
	return page
}

// collectionRulesSet changes a collection's rules.
func (s *Server) collectionRulesSet(c echo.Context) error {
	n, form, col, err := carryOut(c, "collection", func(n auth.CollectionID, f *rulesForm) (articles.Collection,
		error) {
		return s.Articles.SetRules(c.Request().Context(), actorOf(c), f.collection(n))
	})
	if err != nil {
		return s.refused(c, err, func(w view.Wrong) (view.Page, error) {
			f, err := s.desk.Frame(c.Request().Context(), actorOf(c), n)
			return filled(s.rulesPage(c, f, form.collection(n)), err, func(p *view.CollectionRules) { p.Wrong = w })
		})
	}
	return s.done(c, under(n, "rules"), "Rules saved; rounds that are open keep the rules they opened with",
		desk.CollectionOf(col))
}
