package httpd

import (
	"github.com/labstack/echo/v4"

	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/desk"
)

// proposalRefuseForm names other words or a gloss by the machine that proposes them, and by their number among its
// proposals; those of the language model by their id.
type proposalRefuseForm struct {
	Machine auth.UserID      `form:"machine" json:"machine"` // 0: the language model
	N       claims.OwnNumber `form:"n" json:"n" validate:"required"`
	Reason  string           `form:"reason" json:"reason"`
	Back    string           `form:"back" json:"-"`
}

// claimProposalRefuse refuses other words or a gloss that a machine proposes; the claim stays as it is.
func (s *Server) claimProposalRefuse(c echo.Context) error {
	n, form, data, err := carryOut(c, "id", func(n claims.ID, f *proposalRefuseForm) (desk.OfferRefusedJSON, error) {
		_, err := s.Claims.RefuseOffer(c.Request().Context(), actorOf(c), n, f.Machine, f.N, f.Reason)
		return desk.OfferRefusedJSON{Claim: n, Machine: f.Machine, N: f.N}, err
	})
	if err != nil {
		return s.claimRefused(c, n, err, nil)
	}
	return s.done(c, s.ownPath(form.Back, claimURL(n)), "Refused what a machine proposed", data)
}
