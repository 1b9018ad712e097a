package review_test

import (
	"strings"
	"testing"

	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/evidence"
	"claimbench/internal/fault"
	"claimbench/internal/review"
)

// Each guard in each state: the states that it lets through.
func TestGuards(t *testing.T) {
	t.Parallel()
	for name, g := range map[string]struct {
		guard func(claims.Claim) error
		lets  string
	}{
		"Reviewable":     {review.Reviewable, "open"},
		"Adjudicable":    {review.Adjudicable, "in_conflict"},
		"Approvable":     {review.Approvable, "decided"},
		"Reopenable":     {review.Reopenable, "in_conflict decided approved"},
		"evidence.Takes": {evidence.Takes, "open in_conflict"},
	} {
		var lets []string
		for _, state := range claims.States.Names() {
			err := g.guard(claims.Claim{ID: 42, State: state})
			if err == nil {
				lets = append(lets, string(state))
				continue
			}
			if f, ok := fault.As(err); !ok || f.Kind != fault.Conflict || !strings.HasPrefix(f.Msg, "Claim 42 ") &&
				!strings.HasPrefix(f.Msg, "The round on claim 42 ") || strings.Contains(f.Msg, "_") {
				t.Errorf("%s, %s: %v", name, state, err)
			}
		}
		if got := strings.Join(lets, " "); got != g.lets {
			t.Errorf("%s lets %q through, want %q", name, got, g.lets)
		}
	}
}

func TestWhoDecides(t *testing.T) {
	t.Parallel()
	c, adjudicator := claims.Claim{ID: 42}, auth.UserID(3)
	of := func(reviewers ...auth.UserID) (out []review.Review) {
		for _, u := range reviewers {
			out = append(out, review.Review{ReviewerID: u})
		}
		return out
	}
	for name, x := range map[string]struct {
		err  error
		lets bool
	}{
		"an adjudicator who did not review":    {review.Adjudicator(c, of(1, 2), 3), true},
		"an adjudicator who reviewed":          {review.Adjudicator(c, of(1, 2), 2), false},
		"an approver who did not review":       {review.Approver(review.Decision{ClaimID: 42}, of(1), 2), true},
		"an approver who is the only reviewer": {review.Approver(review.Decision{ClaimID: 42}, of(2), 2), false},
		"an approver who is one of two":        {review.Approver(review.Decision{ClaimID: 42}, of(1, 2), 2), true},
		"an approver who adjudicated": {review.Approver(review.Decision{AdjudicatorID: &adjudicator},
			of(1, 2), 3), false},
		"an approver beside an adjudicator": {review.Approver(review.Decision{AdjudicatorID: &adjudicator},
			of(1, 2), 4), true},
		"an approver, no review counts any more": {review.Approver(review.Decision{ClaimID: 42}, nil, 2), true},
	} {
		if (x.err == nil) != x.lets || x.err != nil && fault.KindOf(x.err) != fault.Forbidden {
			t.Errorf("%s: %v", name, x.err)
		}
	}
}
