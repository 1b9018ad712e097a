package httpd

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/fault"
	"claimbench/internal/httpd/view"
)

// reopenAsk asks why a claim is reopened.
func (s *Server) reopenAsk(c echo.Context) error {
	page, cl, err := s.reopenPage(c)
	if err != nil {
		return err
	}
	return s.respond(c, http.StatusOK, page, cl)
}

func (s *Server) reopenPage(c echo.Context) (*view.Reopen, claims.Claim, error) {
	n, err := pathID[claims.ID](c, "id")
	if err != nil {
		return nil, claims.Claim{}, err
	}
	ctx, actor := c.Request().Context(), actorOf(c)
	cl, err := s.Claims.Get(ctx, actor, n)
	if err != nil {
		return nil, cl, err
	}
	if _, err := s.Policy.May(actor, auth.ThingRound, auth.Reopen, cl.CollectionID); err != nil {
		return nil, cl, err
	}
	if cl.State != claims.InConflict && cl.State != claims.Decided && cl.State != claims.Approved {
		return nil, cl, fault.New(fault.Conflict, "Claim %d is %s; there is nothing to reopen.", n,
			cl.State.Word())
	}
	col, err := s.collection(c, cl.CollectionID)
	if err != nil {
		return nil, cl, err
	}
	page := &view.Reopen{Shell: s.shell(c, "Reopen claim "+itoa(n), "Claims", col), Action: claimURL(n) + "/rounds",
		Version: cl.Version}
	page.Claim, err = s.showClaim(ctx, actor, cl)
	return page, cl, err
}

// reopen starts a new round of a claim; the earlier rounds stay readable.
func (s *Server) reopen(c echo.Context) error {
	n, err := pathID[claims.ID](c, "id")
	if err != nil {
		return err
	}
	var form versionForm
	var cl claims.Claim
	if err = bind(c, &form); err == nil {
		cl, err = s.Review.Reopen(c.Request().Context(), actorOf(c), n, form.Version, form.Reason)
	}
	if err != nil {
		return s.refused(c, err, func(w view.Wrong) (view.Page, error) {
			page, _, err := s.reopenPage(c)
			if page != nil {
				page.Wrong, page.Reason = w, form.Reason
			}
			return page, err
		})
	}
	return s.done(c, claimURL(n), "Claim "+itoa(n)+" is open again, in round "+itoa(cl.Round), cl)
}
