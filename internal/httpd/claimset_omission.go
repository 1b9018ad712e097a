package httpd

import (
	"github.com/labstack/echo/v4"

	"claimbench/internal/claims"
	"claimbench/internal/claimset"
	"claimbench/internal/desk"
	"claimbench/internal/httpd/view"
)

type omissionForm struct {
	Claim   claims.ID `form:"claim" json:"claim" validate:"required"`
	Version int64     `form:"version" json:"version"`
	Reason  string    `form:"reason" json:"reason"`
}

// claimsetOmission writes down why a correction leaves out a claim that the version before prints.
func (s *Server) claimsetOmission(c echo.Context) error {
	n, form, x, err := carryOut(c, "id", func(n claimset.ID, f *omissionForm) (claimset.Omission, error) {
		return s.Sets.SayOmitted(c.Request().Context(), actorOf(c), n, f.Claim, f.Version, f.Reason)
	})
	if err != nil {
		return s.refused(c, err, func(w view.Wrong) (view.Page, error) {
			seen, err := s.desk.Preview(c.Request().Context(), actorOf(c), n, 0)
			if err != nil {
				return nil, err
			}
			page := s.previewPage(c, seen)
			page.Wrong = w
			page.Typed(int64(form.Claim), form.Reason)
			return page, nil
		})
	}
	return s.done(c, setURL(n)+"/preview", "It is said why claim "+itoa(form.Claim)+" is left out",
		desk.OmissionJSON{Set: n, Claim: x.ClaimID, Version: x.Version})
}
