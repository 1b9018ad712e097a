package httpd

import (
	"fmt"
	"net/http"

	"github.com/labstack/echo/v4"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/desk"
	"claimbench/internal/evidence"
	"claimbench/internal/httpd/view"
)

// articles lists the articles of a collection.
func (s *Server) articles(c echo.Context) error {
	n, err := pathID[auth.CollectionID](c, "collection")
	if err != nil {
		return err
	}
	after, err := queryID[articles.ID](c, "after")
	if err != nil {
		return err
	}
	words := c.QueryParam("text")
	found, err := s.desk.Articles(c.Request().Context(), actorOf(c), n, words, after)
	if err != nil {
		return err
	}
	return s.either(c, func() view.Page { return s.articlesPage(c, n, words, found) },
		func() desk.Answer { return found.JSON() })
}

func (s *Server) articlesPage(c echo.Context, n auth.CollectionID, words string, found desk.Articles) *view.Articles {
	page := &view.Articles{Shell: s.framed(c, "Articles", "Articles", found.Frame),
		Empty: &view.Empty{So: "There is no article yet.",
			Next: "An editor imports articles: text files or pasted text, in any language."}}
	if found.May.Import {
		page.ImportURL = under(n, "articles/import")
		page.Empty.Next = "Import the first: a text file or pasted text, in any language."
		page.Empty.URL, page.Empty.Act = page.ImportURL, "Import an article"
	}
	if found.May.Sources {
		page.SourcesURL = "/sources"
	}
	for _, a := range found.Lines {
		page.Rows = append(page.Rows, articleRow(a))
	}
	if found.Next != 0 {
		page.More = withQuery(under(n, "articles"), "after", itoa(found.Next), "text", words)
	}
	return page
}

func articleRow(a desk.ArticleLine) view.ArticleRow {
	row := view.ArticleRow{Article: view.Article{
		ID: int64(a.ID), URL: "/articles/" + itoa(a.ID), Title: titleOf(a.Article, a.Source),
		Source: sourceName(a.Source), Published: published(a.Published),
		LangWord: languageName(a.Lang), Size: sizeOf(a.Article, a.CodePoints, a.Sentences), Rating: "not rated",
	}}
	if a.SourceID != nil {
		row.Rating = ratingWord(a.Rating)
	}
	if a.Covered() {
		row.Article = covered(row.Article)
	}
	if row.TakenDown = a.Absent(); row.TakenDown != "" {
		return row
	}
	n := a.Claims
	row.Claims = many(n.Claims, "claim", "claims") + ", " + many(n.Candidates, "candidate", "candidates")
	if n.Claims > 0 {
		row.Done = fmt.Sprintf("%d of %d decided", n.Decided, n.Claims)
	}
	return row
}

// covered is an article whose source the viewer may not see: what is withheld is not called missing, or empty.
func covered(v view.Article) view.Article {
	v.Size, v.Rating, v.Source = "", "not shown", foreign("Source not shown", "en", "ltr")
	return v
}

// titleOf is an article's title in its own language, or what names it when it has none.
func titleOf(a articles.Article, source string) view.Foreign {
	if a.Covered() {
		return foreign(a.Title, "en", "ltr")
	}
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
	words := "Article " + itoa(a.ID) + " without a title"
	if p := published(a.Published); p != "" {
		words += ", " + p
	}
	return foreign(words, "en", "ltr")
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
		going := desk.JobOf(*job)
		return s.begun(c, n, "Candidates are being proposed", desk.ExtractedJSON{Job: &going})
	}
	return s.done(c, "/articles/"+itoa(n), many(added, "candidate", "candidates")+" proposed",
		desk.ExtractedJSON{Added: added})
}

type originForm struct {
	Origin    string `form:"origin" json:"origin"`
	NewOrigin string `form:"new_origin" json:"new_origin"`
	Version   int64  `form:"version" json:"version"`
	Back      string `form:"back" json:"-"`
}

// articleOrigin says where an article's text truly comes from.
func (s *Server) articleOrigin(c echo.Context) error {
	n, form, ao, err := carryOut(c, "id", func(n articles.ID, f *originForm) (evidence.ArticleOrigin, error) {
		return s.Evidence.SetArticleOrigin(c.Request().Context(), actorOf(c), n, firstWord(f.NewOrigin, f.Origin),
			f.Version)
	})
	if err != nil {
		return err
	}
	return s.done(c, s.ownPath(form.Back, "/articles/"+itoa(n)),
		"Origin stated; reviews that counted the old one are stale", desk.OriginStatedOf(ao))
}

// articleTakeDownAsk asks for the reason before a text is withheld.
func (s *Server) articleTakeDownAsk(c echo.Context) error {
	page, a, err := s.takeDownPage(c)
	if err != nil {
		return err
	}
	return s.respond(c, http.StatusOK, page, desk.ArticleOf(a))
}

func (s *Server) takeDownPage(c echo.Context) (*view.ArticleTakeDown, articles.Article, error) {
	n, err := pathID[articles.ID](c, "id")
	if err != nil {
		return nil, articles.Article{}, err
	}
	found, err := s.desk.TakingDown(c.Request().Context(), actorOf(c), n)
	if err != nil {
		return nil, found.Article, err
	}
	page := &view.ArticleTakeDown{Shell: s.framed(c, "Take down article "+itoa(n), "Articles", found.Frame),
		Article: showText(found.Text), Action: "/articles/" + itoa(n) + "/take-down", Version: found.Article.Version}
	return page, found.Article, nil
}

// articleTakeDown withholds an article's text.
func (s *Server) articleTakeDown(c echo.Context) error {
	n, form, gone, err := carryOut(c, "id", func(n articles.ID, f *versionForm) (desk.TakenDownJSON, error) {
		return desk.TakenDownJSON{Article: n, State: articles.TakenDown},
			s.Articles.TakeDown(c.Request().Context(), actorOf(c), n, f.Version, f.Reason)
	})
	if err != nil {
		return s.refused(c, err, func(w view.Wrong) (view.Page, error) {
			page, _, err := s.takeDownPage(c)
			return filled(page, err, func(p *view.ArticleTakeDown) { p.Wrong, p.Reason = w, form.Reason })
		})
	}
	return s.done(c, "/articles/"+itoa(n), "The article is taken down", gone)
}

// sizeOf says how long a text is; "" when the text is not there for the reader, who would take a nought for its length.
func sizeOf(a articles.Article, codePoints, sentences int) string {
	if a.Absent() != "" {
		return ""
	}
	return grouped(codePoints) + " characters, " + many(sentences, "sentence", "sentences")
}
