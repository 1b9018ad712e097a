package httpd

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"claimbench/internal/claims"
	"claimbench/internal/desk"
	"claimbench/internal/httpd/view"
	"claimbench/internal/review"
)

// approveAsk shows a decision to the second pair of eyes.
func (s *Server) approveAsk(c echo.Context) error {
	page, seen, err := s.approvePage(c)
	if err != nil {
		return err
	}
	return s.respond(c, http.StatusOK, page, seen.JSON())
}

func (s *Server) approvePage(c echo.Context) (*view.Approve, desk.Approving, error) {
	n, err := pathID[claims.ID](c, "id")
	if err != nil {
		return nil, desk.Approving{}, err
	}
	seen, err := s.desk.Approve(c.Request().Context(), actorOf(c), n)
	if err != nil {
		return nil, seen, err
	}
	p := &view.Approve{Shell: s.framed(c, "Approve claim "+itoa(n), "Queue", seen.Frame),
		Action: claimURL(n) + "/approvals", Version: seen.Decision.Version, Claim: showHead(seen.Head),
		Decision: *showDecision(seen.Decision, seen.Names), Reasons: view.Options(seen.Reasons, seen.Decision.Reason),
		Explanation: seen.Decision.Rationale, Locked: seen.Locked,
		Evidence: showEvidence(seen.Evidence, seen.Names, false)}
	p.Fixed = true
	for _, rv := range seen.Counted {
		p.Reviews = append(p.Reviews, showReview(rv, seen.Names))
	}
	restoreApproval(p, n, seen.Typed[claims.ApprovalForm])
	return p, seen, nil
}

// approvalForm is the reason and the explanation that are printed.
type approvalForm struct {
	Version     int64         `form:"version" json:"version"`
	Reason      review.Reason `form:"reason" json:"reason"`
	Explanation string        `form:"explanation" json:"explanation"`
}

// approve approves a decision.
func (s *Server) approve(c echo.Context) error {
	n, form, cl, err := carryOut(c, "id", func(n claims.ID, f *approvalForm) (claims.Claim, error) {
		return s.Review.Approve(c.Request().Context(), actorOf(c), review.Approval{ClaimID: n, Version: f.Version,
			Reason: f.Reason, Explanation: f.Explanation})
	})
	if err != nil {
		return s.refused(c, err, func(w view.Wrong) (view.Page, error) {
			page, _, err := s.approvePage(c)
			return filled(page, err, func(p *view.Approve) {
				p.Wrong, p.Explanation = w, form.Explanation
				choose(p.Reasons, string(form.Reason))
			})
		})
	}
	return s.done(c, withQuery(under(cl.CollectionID, "queue"), "tab", string(review.TabApprove)),
		"Claim "+itoa(n)+" approved as "+cl.Verdict.Word(), desk.JSONOf(cl))
}
