package httpd

import (
	"github.com/labstack/echo/v4"

	"claimbench/internal/articles"
	"claimbench/internal/claims"
	"claimbench/internal/desk"
)

type passageRefuseForm struct {
	Proposed articles.SentenceID `form:"proposed" json:"proposed" of:"sentence"`
	Above    string              `form:"above" json:"above"`
	Back     string              `form:"back" json:"-"`
}

// passageRefuse keeps that a proposed passage does not bear on the claim: it is proposed last from now on.
func (s *Server) passageRefuse(c echo.Context) error {
	n, form, data, err := carryOut(c, "id", func(n claims.ID, f *passageRefuseForm) (desk.PassageRefusedJSON, error) {
		return desk.PassageRefusedJSON{Claim: n, Sentence: f.Proposed},
			s.Evidence.RefusePassage(c.Request().Context(), actorOf(c), n, f.Proposed, sentenceIDs(f.Above))
	})
	if err != nil {
		return s.claimRefused(c, n, err, nil)
	}
	return s.done(c, s.ownPath(form.Back, claimURL(n)), "The passage stands last from now on", data)
}
