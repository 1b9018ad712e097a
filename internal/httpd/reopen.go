package httpd

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"claimbench/internal/claims"
	"claimbench/internal/desk"
	"claimbench/internal/httpd/view"
)

// reopenAsk asks why a claim is reopened.
func (s *Server) reopenAsk(c echo.Context) error {
	page, seen, err := s.reopenPage(c)
	if err != nil {
		return err
	}
	return s.respond(c, http.StatusOK, page, seen.JSON())
}

func (s *Server) reopenPage(c echo.Context) (*view.Reopen, desk.Reopening, error) {
	n, err := pathID[claims.ID](c, "id")
	if err != nil {
		return nil, desk.Reopening{}, err
	}
	seen, err := s.desk.Reopen(c.Request().Context(), actorOf(c), n)
	if err != nil {
		return nil, seen, err
	}
	page := &view.Reopen{Shell: s.framed(c, "Reopen claim "+itoa(n), "Claims", seen.Frame),
		Action: claimURL(n) + "/rounds", Version: seen.Claim.Version, Claim: showHead(seen.Head)}
	s.keywording(c).claim(&page.Claim)
	restoreReopening(page, n, seen.Typed[claims.ReopeningForm])
	return page, seen, nil
}

// reopen starts a new round of a claim; the earlier rounds stay readable.
func (s *Server) reopen(c echo.Context) error {
	n, form, cl, err := carryOut(c, "id", func(n claims.ID, f *versionForm) (claims.Claim, error) {
		return s.Review.Reopen(c.Request().Context(), actorOf(c), n, f.Version, f.Reason)
	})
	if err != nil {
		return s.refused(c, err, func(w view.Wrong) (view.Page, error) {
			page, _, err := s.reopenPage(c)
			return filled(page, err, func(p *view.Reopen) { p.Wrong, p.Reason = w, form.Reason })
		})
	}
	return s.done(c, claimURL(n), "Claim "+itoa(n)+" is open again, in round "+itoa(cl.Round), desk.JSONOf(cl))
}
