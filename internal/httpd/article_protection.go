package httpd

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/desk"
	"claimbench/internal/fault"
	"claimbench/internal/httpd/view"
)

// articleProtection shows an editor whether an article is protected, why, and who may read it.
func (s *Server) articleProtection(c echo.Context) error {
	page, seen, err := s.articleProtectionPage(c)
	if err != nil {
		return err
	}
	return s.respond(c, http.StatusOK, page, seen.JSON())
}

func (s *Server) articleProtectionPage(c echo.Context) (*view.ArticleProtection, desk.ProtectingArticle, error) {
	n, err := pathID[articles.ID](c, "id")
	if err != nil {
		return nil, desk.ProtectingArticle{}, err
	}
	seen, err := s.desk.ProtectingArticle(c.Request().Context(), actorOf(c), n)
	if err != nil {
		return nil, seen, err
	}
	url := "/articles/" + itoa(n) + "/"
	p := &view.ArticleProtection{Shell: s.framed(c, "Source of article "+itoa(n), "Articles", seen.Frame),
		Article: showArticle(seen.Article, articles.Revision{}, seen.Source, 0), Version: seen.Article.Version,
		Protected: detected(seen.Article.Protected)}
	switch {
	case seen.Is:
		p.LiftURL, p.NameURL, p.RemoveURL = url+"protection/lift", url+"readers", url+"readers/remove"
	case seen.Why != nil:
		p.Cannot = fault.Message(seen.Why)
	default:
		p.ProtectURL = url + "protection"
	}
	for _, o := range seen.Also {
		p.Also = append(p.Also, view.Link{URL: "/articles/" + itoa(o.ID), Word: "Article " + itoa(o.ID)})
	}
	p.Readers, p.Members = namedReaders(seen.Readers), nameable(seen.Members)
	return p, seen, nil
}

func namedReaders(all []auth.Person) (out []view.NamedReader) {
	for _, r := range all {
		out = append(out, view.NamedReader{Name: named(r.Display), Login: r.Name})
	}
	return out
}

func nameable(all []auth.Person) (out []view.Option) {
	for _, m := range all {
		out = append(out, view.Option{Value: m.Name, Word: m.Display + " (" + m.Name + ")"})
	}
	return out
}

// articleProtect protects the source of an article.
func (s *Server) articleProtect(c echo.Context) error {
	n, form, a, err := carryOut(c, "id", func(n articles.ID, f *versionForm) (articles.Article, error) {
		return s.Articles.Protect(c.Request().Context(), actorOf(c), n, f.Version, f.Reason)
	})
	return s.articleProtectionDone(c, n, "The source is protected", form.Reason, a.State, err)
}

// articleUnprotect shows an article to everybody again.
func (s *Server) articleUnprotect(c echo.Context) error {
	n, _, a, err := carryOut(c, "id", func(n articles.ID, f *versionForm) (articles.Article, error) {
		return s.Articles.Unprotect(c.Request().Context(), actorOf(c), n, f.Version)
	})
	return s.articleProtectionDone(c, n, "The source is protected no more", "", a.State, err)
}

// articleProtectionDone answers a deed on a protected article. What is protected is not in the answer.
func (s *Server) articleProtectionDone(c echo.Context, n articles.ID, notice, reason string,
	state articles.State, err error) error {
	if err != nil {
		return s.refused(c, err, func(w view.Wrong) (view.Page, error) {
			page, _, err := s.articleProtectionPage(c)
			return filled(page, err, func(p *view.ArticleProtection) { p.Wrong, p.Reason = w, reason })
		})
	}
	return s.done(c, "/articles/"+itoa(n)+"/protection", notice, desk.TakenDownJSON{Article: n, State: state})
}

// articleReader names a reviewer who may read a protected article.
func (s *Server) articleReader(c echo.Context) error {
	return s.nameArticleReader(c, true, "They see the source now")
}

// articleReaderRemove takes that back.
func (s *Server) articleReaderRemove(c echo.Context) error {
	return s.nameArticleReader(c, false, "They do not see the source any more")
}

func (s *Server) nameArticleReader(c echo.Context, is bool, notice string) error {
	n, _, a, err := carryOut(c, "id", func(n articles.ID, f *readerForm) (a articles.Article, err error) {
		seen, err := s.desk.ProtectingArticle(c.Request().Context(), actorOf(c), n)
		if err != nil {
			return a, err
		}
		who := personAmong(f.User, seen.Members, seen.Readers)
		return s.Articles.NameReader(c.Request().Context(), actorOf(c), n, who, is)
	})
	return s.articleProtectionDone(c, n, notice, "", a.State, err)
}
