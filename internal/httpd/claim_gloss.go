package httpd

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"claimbench/internal/claims"
	"claimbench/internal/desk"
	"claimbench/internal/httpd/view"
)

type glossForm struct {
	Lang    string `form:"lang" json:"lang"`
	Gloss   string `form:"gloss" json:"gloss" of:"words"`
	Version int64  `form:"version" json:"version"`
}

// claimGloss writes or changes a claim's gloss in a language.
func (s *Server) claimGloss(c echo.Context) error {
	n, form, g, err := carryOut(c, "id", func(n claims.ID, f *glossForm) (claims.Gloss, error) {
		return s.Claims.SetGloss(c.Request().Context(), actorOf(c), n, f.Lang, f.Gloss, f.Version)
	})
	if err != nil {
		return s.claimRefused(c, n, err, func(p *view.ClaimPage) {
			if theirs, ok := detailOf[claims.Gloss](err); ok {
				form.Version = theirs.Version // both stand on the page now; sending it again is meant
			}
			p.GlossForm = view.GlossForm{Lang: form.Lang, Text: form.Gloss, Version: form.Version,
				Typed: p.GlossForm.Typed}
		})
	}
	return s.done(c, claimURL(n), "Gloss saved; somebody else confirms it", desk.GlossOf(g))
}

type glossConfirmForm struct {
	Lang    string `form:"lang" json:"lang" validate:"required"`
	Version int64  `form:"version" json:"version"`
}

// claimGlossConfirm says that a second person read the gloss against the claim.
func (s *Server) claimGlossConfirm(c echo.Context) error {
	n, _, g, err := carryOut(c, "id", func(n claims.ID, f *glossConfirmForm) (claims.Gloss, error) {
		return s.Claims.ConfirmGloss(c.Request().Context(), actorOf(c), n, f.Lang, f.Version)
	})
	if err != nil {
		return s.claimRefused(c, n, err, nil)
	}
	g.AuthorID = 0 // somebody else, who is not named while a round is under way
	return s.done(c, claimURL(n), "Gloss confirmed", desk.GlossOf(g))
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
