package review_test

import (
	"testing"

	"claimbench/internal/articles"
	"claimbench/internal/claims"
	"claimbench/internal/history"
	"claimbench/internal/review"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

// reviewEvents counts the events of reviews that somebody without any right to read all of them sees.
func (x bench) reviewEvents() (n int) {
	x.T.Helper()
	err := x.DB.Read(roomtest.Ctx(), func(r *store.Rx) error {
		list, err := history.List(r, history.Filter{ActionPrefix: "review."})
		n = len(list)
		return err
	})
	if err != nil {
		x.T.Fatal(err)
	}
	return n
}

// A round veils its events while it is open, and while it is in conflict, so that the adjudicator reads no names before
// the decision; whatever ends it lifts the veil.
func TestRoundsVeilUntilTheyEnd(t *testing.T) {
	t.Parallel()
	disputed := review.Draft{Verdict: claims.Disputed, Reason: review.Refuted, Rationale: "They deny it."}
	ends := map[string]struct {
		second   review.Draft
		conflict bool
		end      func(x bench, c claims.Claim) error
	}{
		"agreed": {unverified(), false, nil},
		"adjudicated": {disputed, true, func(x bench, c claims.Claim) error {
			d := unverified()
			d.Rationale = "Nothing settles it."
			_, err := x.Review.Adjudicate(roomtest.Ctx(), x.As("editor-1"),
				review.Adjudication{ClaimID: c.ID, Round: c.Round, Draft: d})
			return err
		}},
		"left": {disputed, true, func(x bench, c claims.Claim) error {
			_, err := x.Review.Reopen(roomtest.Ctx(), x.As("editor-1"), c.ID, c.Version, "again")
			return err
		}},
	}
	for name, end := range ends {
		t.Run(name, func(t *testing.T) {
			storetest.Each(t, func(t *testing.T, db *store.DB) {
				x := newBench(t, db, articles.CollectionNew{Advice: articles.Advice{articles.GuardDisputed}})
				if _, _, err := x.Submit("reviewer-1", x.claim, unverified()); err != nil {
					t.Fatal(err)
				}
				if n := x.reviewEvents(); n != 0 {
					t.Errorf("%d events of an open round are seen", n)
				}
				_, c, err := x.Submit("reviewer-2", x.claim, end.second)
				if err != nil {
					t.Fatal(err)
				}
				if n := x.reviewEvents(); end.conflict && n != 0 {
					t.Errorf("%d events of a round in conflict are seen", n)
				}
				if end.end != nil {
					if err := end.end(x, c); err != nil {
						t.Fatal(err)
					}
				}
				if n := x.reviewEvents(); n != 2 {
					t.Errorf("%d events are seen after the end, want 2", n)
				}
			})
		})
	}
}
