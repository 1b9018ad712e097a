package httpd

import (
	"net/http"
	"slices"

	"github.com/labstack/echo/v4"

	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/fault"
	"claimbench/internal/httpd/view"
	"claimbench/internal/review"
)

// approveAsk shows a decision to the second pair of eyes.
func (s *Server) approveAsk(c echo.Context) error {
	page, v, err := s.approvePage(c)
	if err != nil {
		return err
	}
	return s.respond(c, http.StatusOK, page, v)
}

func (s *Server) approvePage(c echo.Context) (*view.Approve, review.View, error) {
	n, err := pathID[claims.ID](c, "id")
	if err != nil {
		return nil, review.View{}, err
	}
	ctx, actor := c.Request().Context(), actorOf(c)
	v, err := s.Review.View(ctx, actor, n)
	if err != nil {
		return nil, v, err
	}
	cl := v.Claim
	if _, err := s.Policy.May(actor, auth.ThingRound, auth.Approve, cl.CollectionID); err != nil {
		return nil, v, err
	}
	decision := presentDecision(v)
	if cl.State != claims.Decided || decision == nil {
		return nil, v, fault.New(fault.Conflict, "Claim %d is %s; only a decided claim is approved.", n,
			cl.State.Word())
	}
	col, err := s.collection(c, cl.CollectionID)
	if err != nil {
		return nil, v, err
	}
	p := &view.Approve{Shell: s.shell(c, "Approve claim "+itoa(n), "Queue", col), Action: claimURL(n) + "/approvals",
		Version: decision.Version}
	p.Fixed = true
	p.Keys = []view.Key{{Caps: []string{"Ctrl", "↵"}, Word: "approve", Bar: true}}
	if p.Claim, err = s.showClaim(ctx, actor, cl); err != nil {
		return nil, v, err
	}
	// those that the decision counted
	standing := slices.DeleteFunc(standingReviews(v), func(rv review.SeenReview) bool { return rv.Stale != "" })
	ids := []auth.UserID{}
	plain := make([]review.Review, len(standing))
	for i, rv := range standing {
		ids, plain[i] = append(ids, rv.ReviewerID), rv.Review
	}
	if decision.AdjudicatorID != nil {
		ids = append(ids, *decision.AdjudicatorID)
	}
	who, err := s.names(ctx, ids...)
	if err != nil {
		return nil, v, err
	}
	for _, rv := range standing {
		p.Reviews = append(p.Reviews, showReview(rv, who))
	}
	p.Decision = *showDecision(*decision, who)
	p.Reasons = view.Options(review.GivenReasons(*decision, plain), decision.Reason)
	p.Explanation = decision.Rationale
	switch {
	case decision.AdjudicatorID != nil && *decision.AdjudicatorID == actor.UserID:
		p.Locked = "You adjudicated this claim, so another editor approves it."
	case len(standing) == 1 && standing[0].ReviewerID == actor.UserID:
		p.Locked = "You are the only reviewer of this claim, so another editor approves it."
	}
	items, err := s.Evidence.ForClaim(ctx, actor, n)
	if err != nil {
		return nil, v, err
	}
	p.Evidence, err = s.showEvidence(ctx, items, false)
	return p, v, err
}

// presentDecision is the decision of the claim's present round, nil when there is none.
func presentDecision(v review.View) *review.Decision {
	for _, rd := range v.Rounds {
		if rd.N == v.Claim.Round {
			return rd.Decision
		}
	}
	return nil
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
		"Claim "+itoa(n)+" approved as "+cl.Verdict.Word(), cl)
}
