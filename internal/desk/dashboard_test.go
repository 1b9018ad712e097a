package desk_test

import (
	"testing"
	"time"

	"claimbench/internal/articles"
	"claimbench/internal/claims"
	"claimbench/internal/desk"
	"claimbench/internal/review"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

// TestReopenedClaimsWaitFromTheirReopening: a claim that was opened anew waits from then on, however old it is.
func TestReopenedClaimsWaitFromTheirReopening(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		at := time.Date(2026, 11, 1, 8, 0, 0, 0, time.UTC)
		db.SetClock(func() time.Time { return at })
		w := roomtest.New(t, db, articles.CollectionNew{})
		a := w.Article(articles.Import{Lang: "en", Raw: "The council approved 12 grants. The mayor signed it."})
		old := w.Claim(a, "The council approved 12 grants", "The council approved 12 grants.")
		for _, name := range []string{"reviewer-1", "reviewer-2"} {
			var err error
			if _, old, err = w.Submit(name, old, review.Draft{Verdict: claims.Unverified, Reason: review.Insufficient,
				Searched: "The archive."}); err != nil {
				t.Fatal(err)
			}
		}
		at = at.AddDate(0, 0, 10)
		first := w.Claim(a, "The mayor signed it", "The mayor signed it.")
		board := func() desk.Dashboard {
			t.Helper()
			return ok[desk.Dashboard](t)(w.Desk.Dashboard(roomtest.Ctx(), w.As("reviewer-1"), w.Collection.ID,
				time.UTC))
		}
		at = at.AddDate(0, 0, 8)
		ok[claims.Claim](t)(w.Review.Reopen(roomtest.Ctx(), w.As("editor-1"), old.ID, old.Version, "new minutes"))
		at = at.Add(2 * time.Hour)
		if b := board(); b.Oldest != first.ID || b.OldestFor != 8*24*time.Hour+2*time.Hour ||
			b.Ages != [5]int{1, 0, 0, 1, 0} {
			t.Errorf("claim %d waits longest, for %s: %v", b.Oldest, b.OldestFor, b.Ages)
		}
		at = at.AddDate(0, 0, 1)
		ok[claims.Claim](t)(w.Claims.Withdraw(roomtest.Ctx(), w.As("reviewer-1"), first.ID, first.Version, "twice"))
		if b := board(); b.Oldest != old.ID || b.OldestFor != 26*time.Hour || b.Ages != [5]int{0, 1, 0, 0, 0} {
			t.Errorf("claim %d waits longest, for %s: %v", b.Oldest, b.OldestFor, b.Ages)
		}
	})
}
