package review_test

import (
	"testing"

	"claimbench/internal/articles"
	"claimbench/internal/claims"
	"claimbench/internal/evidence"
	"claimbench/internal/notices"
	"claimbench/internal/review"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

// told counts the notices of a kind that somebody has.
func told(t *testing.T, w *roomtest.World, name string, kind notices.Kind) (n int) {
	t.Helper()
	actor := w.As(name)
	if err := w.DB.Read(roomtest.Ctx(), func(r *store.Rx) error {
		all, err := notices.Of(r, actor.UserID, notices.For(w.Policy, actor), "", 50)
		for _, x := range all {
			if x.Kind == kind {
				n++
			}
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return n
}

// TestWhoIsToldOfADecision: who said otherwise is told when it is decided, not while it is in conflict; who had a part
// is told when it is opened again.
func TestWhoIsToldOfADecision(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		x := newBench(t, db, articles.CollectionNew{})
		it := x.Link(x.claim, x.b, "12 grants were approved", evidence.Supports, evidence.PrimaryDocument)
		yes := primary()
		yes.Evidence = []evidence.ID{it.ID}
		no := review.Draft{Verdict: claims.Unverified, Reason: review.Insufficient, Searched: "The archive.",
			Rationale: "It says too little."}
		if _, _, err := x.Submit("reviewer-1", x.claim, yes); err != nil {
			t.Fatal(err)
		}
		_, c, err := x.Submit("reviewer-2", x.claim, no)
		if err != nil || c.State != claims.InConflict {
			t.Fatalf("%s, %v", c.State, err)
		}
		for _, who := range []string{"reviewer-1", "reviewer-2"} {
			if n := told(t, x.World, who, notices.Otherwise); n != 0 {
				t.Errorf("%s is told %d times before it is decided", who, n)
			}
		}
		c, err = x.Review.Adjudicate(roomtest.Ctx(), x.As("editor-1"), review.Adjudication{ClaimID: c.ID,
			Round: c.Round, Draft: no})
		if err != nil {
			t.Fatal(err)
		}
		if one, two := told(t, x.World, "reviewer-1", notices.Otherwise), told(t, x.World, "reviewer-2",
			notices.Otherwise); one != 1 || two != 0 {
			t.Errorf("who said otherwise has %d notices, who said so %d; want 1 and 0", one, two)
		}
		if _, err := x.Review.Reopen(roomtest.Ctx(), x.As("editor-2"), c.ID, c.Version, "A correction."); err != nil {
			t.Fatal(err)
		}
		for who, n := range map[string]int{"reviewer-1": 1, "reviewer-2": 1, "editor-1": 1, "editor-2": 0} {
			if got := told(t, x.World, who, notices.Reopened); got != n {
				t.Errorf("%s is told %d times that it is open again, want %d", who, got, n)
			}
		}
		x.Verify()
	})
}
