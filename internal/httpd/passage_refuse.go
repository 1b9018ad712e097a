package httpd

import (
	"github.com/labstack/echo/v4"

	"claimbench/internal/articles"
	"claimbench/internal/claims"
	"claimbench/internal/desk"
	"claimbench/internal/httpd/view"
)

// passageRefuse keeps that a proposed passage does not bear on the claim: it is proposed last from now on.
func (s *Server) passageRefuse(c echo.Context) error {
	n, err := pathID[claims.ID](c, "id")
	if err != nil {
		return err
	}
	var form struct {
		Proposed articles.SentenceID `form:"proposed" json:"proposed" of:"sentence"`
		Above    string              `form:"above" json:"above"`
		Back     string              `form:"back" json:"-"`
	}
	if err = bind(c, &form); err == nil {
		err = s.Evidence.RefusePassage(c.Request().Context(), actorOf(c), n, form.Proposed, sentenceIDs(form.Above))
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
	return s.done(c, s.ownPath(form.Back, claimURL(n)), "The passage stands last from now on",
		desk.PassageRefusedJSON{Claim: n, Sentence: form.Proposed})
}
