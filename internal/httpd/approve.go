package httpd

import (
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"claimbench/internal/claims"
	"claimbench/internal/desk"
	"claimbench/internal/fault"
	"claimbench/internal/httpd/view"
	"claimbench/internal/review"
)

// approveAsk shows a decision to the second pair of eyes.
func (s *Server) approveAsk(c echo.Context) error {
	page, seen, err := s.approvePage(c)
	if err != nil {
		return err
	}
	if from := c.QueryParam("take"); from != "" && page.Locked == "" {
		if err := take(page, from); err != nil {
			return err
		}
	}
	return s.respond(c, http.StatusOK, page, seen.JSON())
}

// offerTakes says of each text that was written on the decision how it is taken as the explanation. What reviewers and
// adjudicators wrote was written for each other, so nothing of it stands in the field by itself (ADR 445).
func offerTakes(p *view.Approve, seen desk.Approving) {
	if p.Locked != "" {
		return
	}
	url := claimURL(seen.Claim.ID) + "/approve"
	if p.Decision.Rationale.Text != "" {
		p.Decision.Take = withQuery(url, "take", "decision")
		p.Decision.By = "whoever adjudicated"
		if id := seen.Decision.AdjudicatorID; id != nil {
			p.Decision.By = seen.Names.Of(*id)
		}
		for _, rv := range p.Reviews { // adopted with the decision
			if rv.Rationale.Text == p.Decision.Rationale.Text {
				p.Decision.By = rv.By + ", whose reasons " + p.Decision.By + " adopted"
			}
		}
	}
	for i, rv := range p.Reviews {
		if rv.Rationale.Text != "" {
			p.Reviews[i].Take = withQuery(url, "take", rv.Letter)
		}
	}
}

// take puts the words of the decision, or of the review under a letter, into the explanation, after what stands there,
// and says whose they are. Nothing is kept before the form is sent, or typed in.
func take(p *view.Approve, from string) error {
	words, of := p.Decision.Rationale.Text, "the decision, by "+p.Decision.By
	if from != "decision" {
		words = ""
		for _, rv := range p.Reviews {
			if rv.Letter == from {
				words, of = rv.Rationale.Text, "the review of "+rv.By+", "+rv.At
			}
		}
	}
	if words == "" {
		return fault.New(fault.NotFound, "There are no words to take from “%s”. Choose one of those shown beside the "+
			"form.", short(from)).With("take", "Write decision, or the letter of a review.")
	}
	if before := strings.TrimSpace(p.Explanation); before != words {
		p.Explanation = strings.TrimSpace(before + "\n" + words)
	}
	p.Taken = "The words of " + of + ", stand in the explanation. They were written for colleagues: read them as a " +
		"reader of the report will. Nothing is approved yet."
	return nil
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
		Locked:   seen.Locked,
		Evidence: showEvidence(seen.Evidence, seen.Names, false)}
	p.Fixed = true
	s.keywording(c).on(&p.Claim, p.Evidence)
	for _, rv := range seen.Counted {
		p.Reviews = append(p.Reviews, showReview(rv, seen.Names))
	}
	offerTakes(p, seen)
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
