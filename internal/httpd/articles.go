package httpd

import (
	"context"
	"fmt"
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/desk"
	"claimbench/internal/fault"
	"claimbench/internal/httpd/view"
)

const articlesPage = 100

// articles lists the articles of a collection.
func (s *Server) articles(c echo.Context) error {
	n, err := pathID[auth.CollectionID](c, "collection")
	if err != nil {
		return err
	}
	ctx, actor := c.Request().Context(), actorOf(c)
	col, err := s.collection(c, n)
	if err != nil {
		return err
	}
	after, err := queryID[articles.ID](c, "after")
	if err != nil {
		return err
	}
	list, err := s.Articles.List(ctx, actor, articles.Filter{Collection: n, Text: c.QueryParam("text"), After: after,
		Limit: articlesPage})
	if err != nil {
		return err
	}
	page := &view.Articles{Shell: s.shell(c, "Articles", "Articles", col),
		Empty: &view.Empty{So: "There is no article yet.",
			Next: "An editor imports articles: text files or pasted text, in any language."}}
	if s.Policy.Allows(actor, auth.ThingArticle, auth.Import, n) {
		page.ImportURL = under(n, "articles/import")
		page.Empty = &view.Empty{So: "There is no article yet.",
			Next: "Import the first: a text file or pasted text, in any language.", URL: page.ImportURL,
			Act: "Import an article"}
	}
	for _, a := range list {
		row, err := s.articleRow(ctx, actor, a)
		if err != nil {
			return err
		}
		page.Rows = append(page.Rows, row)
	}
	if len(list) == articlesPage {
		page.More = withQuery(under(n, "articles"), "after", itoa(list[len(list)-1].ID), "text", c.QueryParam("text"))
	}
	return s.respond(c, http.StatusOK, page, list)
}

func (s *Server) articleRow(ctx context.Context, actor auth.Actor, a articles.Listed) (view.ArticleRow, error) {
	row := view.ArticleRow{Article: view.Article{
		ID: int64(a.ID), URL: "/articles/" + itoa(a.ID), Title: titleOf(a.Article, a.Source),
		Source: sourceName(a.Source), Published: published(a.Published),
		LangWord: languageName(a.Lang), Size: grouped(a.CodePoints) + " characters, " + many(a.Sentences, "sentence",
			"sentences"), Rating: "not rated",
	}}
	if a.SourceID != nil {
		row.Rating = ratingWord(a.Rating)
	}
	if a.State == articles.TakenDown {
		row.TakenDown = "taken down"
		return row, nil
	}
	all, err := s.Claims.List(ctx, actor, claims.Filter{Collection: a.CollectionID, Article: a.ID, Limit: 200})
	if err != nil {
		return row, err
	}
	var open, candidates, done int
	for _, cl := range all.Claims {
		switch cl.State {
		case claims.Candidate:
			candidates++
		case claims.Decided, claims.Approved:
			done++
		default:
			open++
		}
	}
	row.Claims = many(open+done, "claim", "claims") + ", " + many(candidates, "candidate", "candidates")
	if open+done > 0 {
		row.Done = fmt.Sprintf("%d of %d decided", done, open+done)
	}
	return row, nil
}

// titleOf is an article's title in its own language, or what names it when it has none.
func titleOf(a articles.Article, source string) view.Foreign {
	if a.Title != "" {
		return foreign(a.Title, a.Lang, a.Dir)
	}
	if source != "" {
		name := named(source)
		if p := published(a.Published); p != "" && name.Lang == "en" {
			name.Text += ", " + p
		}
		return name
	}
	return foreign("Article "+itoa(a.ID)+", no title", "en", "ltr")
}

// queryID reads a number from the query; nothing there is 0.
func queryID[T ~int64 | ~int](c echo.Context, name string) (T, error) {
	raw := c.QueryParam(name)
	if raw == "" {
		return 0, nil
	}
	n, err := strconv.ParseInt(raw, 10, 64)
	if err != nil || n < 0 || int64(T(n)) != n {
		return 0, fault.New(fault.Invalid, "“%s” in the address is “%s”, which is no number. Leave it out.", name,
			short(raw))
	}
	return T(n), nil
}

// articleExtract proposes candidates for an article.
func (s *Server) articleExtract(c echo.Context) error {
	n, err := pathID[articles.ID](c, "id")
	if err != nil {
		return err
	}
	var form struct{}
	if err := bind(c, &form); err != nil {
		return err
	}
	added, job, err := s.Claims.ExtractLater(c.Request().Context(), actorOf(c), n)
	if err != nil {
		return err
	}
	if job != nil {
		return s.begun(c, n, "Candidates are being proposed", map[string]any{"added": 0, "job": desk.JobOf(*job)})
	}
	return s.done(c, "/articles/"+itoa(n), many(added, "candidate", "candidates")+" proposed",
		map[string]int{"added": added})
}

// articleOrigin says where an article's text truly comes from.
func (s *Server) articleOrigin(c echo.Context) error {
	n, err := pathID[articles.ID](c, "id")
	if err != nil {
		return err
	}
	var form struct {
		Origin    string `form:"origin" json:"origin"`
		NewOrigin string `form:"new_origin" json:"new_origin"`
		Version   int64  `form:"version" json:"version"`
	}
	if err := bind(c, &form); err != nil {
		return err
	}
	name := form.NewOrigin
	if name == "" {
		name = form.Origin
	}
	ao, err := s.Evidence.SetArticleOrigin(c.Request().Context(), actorOf(c), n, name, form.Version)
	if err != nil {
		return err
	}
	return s.done(c, "/articles/"+itoa(n), "Origin stated; reviews that counted the old one are stale", ao)
}

// articleTakeDownAsk asks for the reason before a text is withheld.
func (s *Server) articleTakeDownAsk(c echo.Context) error {
	page, a, err := s.takeDownPage(c)
	if err != nil {
		return err
	}
	return s.respond(c, http.StatusOK, page, a)
}

func (s *Server) takeDownPage(c echo.Context) (*view.ArticleTakeDown, articles.Article, error) {
	n, err := pathID[articles.ID](c, "id")
	if err != nil {
		return nil, articles.Article{}, err
	}
	ctx, actor := c.Request().Context(), actorOf(c)
	t, err := s.Articles.Read(ctx, actor, n)
	if err != nil {
		return nil, t.Article, err
	}
	if _, err := s.Policy.May(actor, auth.ThingArticle, auth.TakeDown, t.Article.CollectionID); err != nil {
		return nil, t.Article, err
	}
	col, err := s.collection(c, t.Article.CollectionID)
	if err != nil {
		return nil, t.Article, err
	}
	page := &view.ArticleTakeDown{Shell: s.shell(c, "Take down article "+itoa(n), "Articles", col),
		Article: showText(t), Action: "/articles/" + itoa(n) + "/take-down", Version: t.Article.Version}
	return page, t.Article, nil
}

// articleTakeDown withholds an article's text.
func (s *Server) articleTakeDown(c echo.Context) error {
	n, err := pathID[articles.ID](c, "id")
	if err != nil {
		return err
	}
	var form struct {
		Reason  string `form:"reason" json:"reason"`
		Version int64  `form:"version" json:"version"`
	}
	if err = bind(c, &form); err == nil {
		err = s.Articles.TakeDown(c.Request().Context(), actorOf(c), n, form.Version, form.Reason)
	}
	if err != nil {
		return s.refused(c, err, func(w view.Wrong) (view.Page, error) {
			page, _, err := s.takeDownPage(c)
			if page != nil {
				page.Wrong, page.Reason = w, form.Reason
			}
			return page, err
		})
	}
	return s.done(c, "/articles/"+itoa(n), "The article is taken down", map[string]any{"article": n,
		"state": articles.TakenDown})
}
