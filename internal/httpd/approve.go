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
	p.Keys = []view.Key{{Caps: []string{"Ctrl", "↵"}, Word: "approve", Bar: true}}
	for _, rv := range seen.Counted {
		p.Reviews = append(p.Reviews, showReview(rv, seen.Names))
	}
	return p, seen, nil
}

// approve approves a decision with the reason and the explanation that are printed.
func (s *Server) approve(c echo.Context) error {
	n, err := pathID[claims.ID](c, "id")
	if err != nil {
		return err
	}
	var form struct {
		Version     int64         `form:"version" json:"version"`
		Reason      review.Reason `form:"reason" json:"reason"`
		Explanation string        `form:"explanation" json:"explanation"`
	}
	var cl claims.Claim
	if err = bind(c, &form); err == nil {
		cl, err = s.Review.Approve(c.Request().Context(), actorOf(c), review.Approval{ClaimID: n, Version: form.Version,
			Reason: form.Reason, Explanation: form.Explanation})
	}
	if err != nil {
		return s.refused(c, err, func(w view.Wrong) (view.Page, error) {
			page, _, err := s.approvePage(c)
			if page == nil {
				return page, err
			}
			page.Wrong, page.Explanation = w, form.Explanation
			for i := range page.Reasons {
				page.Reasons[i].Chosen = page.Reasons[i].Value == string(form.Reason)
			}
			return page, err
		})
	}
	return s.done(c, withQuery(under(cl.CollectionID, "queue"), "tab", string(review.TabApprove)),
		"Claim "+itoa(n)+" approved as "+cl.Verdict.Word(), desk.JSONOf(cl))
}
