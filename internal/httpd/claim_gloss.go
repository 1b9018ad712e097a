package httpd

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"claimbench/internal/claims"
	"claimbench/internal/desk"
	"claimbench/internal/httpd/view"
)

// claimGloss writes or changes a claim's gloss in a language.
func (s *Server) claimGloss(c echo.Context) error {
	n, err := pathID[claims.ID](c, "id")
	if err != nil {
		return err
	}
	var form struct {
		Lang    string `form:"lang" json:"lang"`
		Gloss   string `form:"gloss" json:"gloss" of:"words"`
		Version int64  `form:"version" json:"version"`
	}
	ctx, actor := c.Request().Context(), actorOf(c)
	var g claims.Gloss
	if err = bind(c, &form); err == nil {
		g, err = s.Claims.SetGloss(ctx, actor, n, form.Lang, form.Gloss, form.Version)
	}
	if err != nil {
		if theirs, ok := detailOf[claims.Gloss](err); ok {
			form.Version = theirs.Version // both stand on the page now; sending it again is meant
		}
		return s.refused(c, err, func(w view.Wrong) (view.Page, error) {
			page, err := s.claimAgain(c, n)
			if page != nil {
				page.Wrong, page.GlossForm = w, view.GlossForm{Lang: form.Lang, Text: form.Gloss, Version: form.Version}
			}
			return page, err
		})
	}
	return s.done(c, claimURL(n), "Gloss saved; somebody else confirms it", desk.GlossOf(g))
}

// claimGlossConfirm says that a second person read the gloss against the claim.
func (s *Server) claimGlossConfirm(c echo.Context) error {
	n, err := pathID[claims.ID](c, "id")
	if err != nil {
		return err
	}
	var form struct {
		Lang    string `form:"lang" json:"lang" validate:"required"`
		Version int64  `form:"version" json:"version"`
	}
	var g claims.Gloss
	if err = bind(c, &form); err == nil {
		g, err = s.Claims.ConfirmGloss(c.Request().Context(), actorOf(c), n, form.Lang, form.Version)
	}
	if err != nil {
		return s.refused(c, err, func(w view.Wrong) (view.Page, error) {
			page, err := s.claimAgain(c, n)
			if page != nil {
				page.Wrong = w
			}
			return page, err
		})
	}
	return s.done(c, claimURL(n), "Gloss confirmed", desk.GlossOf(g))
}

// claimComment says something about a claim.
func (s *Server) claimComment(c echo.Context) error {
	n, err := pathID[claims.ID](c, "id")
	if err != nil {
		return err
	}
	var form struct {
		Text string `form:"text" json:"text" of:"words"`
	}
	var cm claims.Comment
	if err = bind(c, &form); err == nil {
		cm, err = s.Claims.AddComment(c.Request().Context(), actorOf(c), n, form.Text)
	}
	if err != nil {
		return s.refused(c, err, func(w view.Wrong) (view.Page, error) {
			page, err := s.claimAgain(c, n)
			if page != nil {
				page.Wrong, page.CommentTo = w, form.Text
			}
			return page, err
		})
	}
	return s.done(c, claimURL(n), "Comment added", desk.CommentOf(cm))
}

// claimWordings lists every wording a claim ever had, for programs.
func (s *Server) claimWordings(c echo.Context) error {
	n, err := pathID[claims.ID](c, "id")
	if err != nil {
		return err
	}
	all, err := s.desk.Wordings(c.Request().Context(), actorOf(c), n)
	if err != nil {
		return err
	}
	return s.program(c, http.StatusOK, desk.WordingsOf(all))
}
