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
	page, all, err := s.collectionsPage(c)
	if err != nil {
		return err
	}
	return s.respond(c, http.StatusOK, page, all)
}

func (s *Server) collectionsPage(c echo.Context) (*view.Collections, []articles.Collection, error) {
	actor := actorOf(c)
	all, err := s.Articles.Collections(c.Request().Context(), actor)
	if err != nil {
		return nil, nil, err
	}
	page := &view.Collections{Shell: s.shell(c, "Collections", "Collections", nil)}
	for _, col := range all {
		frame := s.desk.FrameIn(actor, &col)
		row := view.CollectionRow{ID: int64(col.ID), Name: col.Name, Quorum: col.Quorum, Rule: view.Code(col.Rule),
			Yours: rolesWord(frame.Roles)}
		if len(frame.Tabs) > 0 && frame.Tabs[0] != desk.TabUsers && frame.Tabs[0] != desk.TabCollections {
			_, row.URL = tabOf(frame.Tabs[0], col.ID)
		}
		if s.Policy.Allows(actor, auth.ThingSettings, auth.Write, col.ID) {
			row.RulesURL = under(col.ID, "rules")
		}
		if s.Policy.Allows(actor, auth.ThingArticle, auth.Read, col.ID) {
			list, err := s.Articles.List(c.Request().Context(), actor, articles.Filter{Collection: col.ID, Limit: 500})
			if err != nil {
				return nil, nil, err
			}
			row.Articles = many(len(list), "article", "articles")
		}
		page.Rows = append(page.Rows, row)
	}
	if s.Policy.Allows(actor, auth.ThingCollection, auth.Write, 0) {
		page.Add = "/collections"
		page.Empty = &view.Empty{So: "There is no collection yet.",
			Next: "Start one below; then grant people their roles in it."}
	} else {
		page.Empty = &view.Empty{So: "You hold no role in any collection.",
			Next: "Ask an admin to grant you one; it counts from your next click."}
	}
	return page, all, nil
}

// collectionCreate starts a collection.
func (s *Server) collectionCreate(c echo.Context) error {
	var form struct {
		Name   string           `form:"name" json:"name"`
		Quorum int              `form:"quorum" json:"quorum"`
		Rule   articles.Rule    `form:"rule" json:"rule"`
		Advice []articles.Guard `form:"advice" json:"advice"`
	}
	err := bind(c, &form)
	var col articles.Collection
	if err == nil {
		col, err = s.Articles.CreateCollection(c.Request().Context(), actorOf(c),
			articles.CollectionNew{Name: form.Name, Quorum: form.Quorum, Rule: form.Rule, Advice: form.Advice})
	}
	if err != nil {
		return s.refused(c, err, func(w view.Wrong) (view.Page, error) {
			page, _, err := s.collectionsPage(c)
			if page != nil {
				page.Wrong, page.Name = w, form.Name
			}
			return page, err
		})
	}
	return s.done(c, under(col.ID, "rules"), "Collection started", col)
}

// collectionRules shows a collection's rules.
func (s *Server) collectionRules(c echo.Context) error {
	n, err := pathID[auth.CollectionID](c, "collection")
	if err != nil {
		return err
	}
	col, err := s.collection(c, n)
	if err != nil {
		return err
	}
	return s.respond(c, http.StatusOK, s.rulesPage(c, *col), col)
}

func (s *Server) rulesPage(c echo.Context, col articles.Collection) *view.CollectionRules {
	page := &view.CollectionRules{Shell: s.shell(c, "Rules of "+col.Name, "Collections", &col), Name: col.Name,
		Action: under(col.ID, "rules"), Quorum: itoa(col.Quorum), Rule: view.Options(articles.Rules, col.Rule),
		Version: col.Version}
	for _, g := range articles.Guards.Terms() {
		page.Guards = append(page.Guards, view.GuardRow{Value: string(g.Name), Word: strings.TrimSuffix(g.About, "."),
			Advice: slices.Contains(col.Advice, g.Name)})
	}
	return page
}

// collectionRulesSet changes a collection's rules.
func (s *Server) collectionRulesSet(c echo.Context) error {
	n, err := pathID[auth.CollectionID](c, "collection")
	if err != nil {
		return err
	}
	var form struct {
		Name    string           `form:"name" json:"name"`
		Quorum  int              `form:"quorum" json:"quorum"`
		Rule    articles.Rule    `form:"rule" json:"rule"`
		Advice  []articles.Guard `form:"advice" json:"advice"`
		Version int64            `form:"version" json:"version"`
	}
	err = bind(c, &form)
	want := articles.Collection{ID: n, Name: form.Name, Quorum: form.Quorum, Rule: form.Rule, Advice: form.Advice,
		Version: form.Version}
	col := want
	if err == nil {
		col, err = s.Articles.SetRules(c.Request().Context(), actorOf(c), want)
	}
	if err != nil {
		return s.refused(c, err, func(w view.Wrong) (view.Page, error) {
			page := s.rulesPage(c, want)
			page.Wrong = w
			return page, nil
		})
	}
	return s.done(c, under(n, "rules"), "Rules saved; rounds that are open keep the rules they opened with", col)
}
