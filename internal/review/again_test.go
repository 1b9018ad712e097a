package review_test

import (
	"testing"

	"claimbench/internal/articles"
	"claimbench/internal/claims"
	"claimbench/internal/review"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

// A claim that was opened anew waits from its reopening: it stands behind those that have waited since, and is not the
// oldest.
func TestReopenedWaitsFromThen(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := roomtest.New(t, db, articles.CollectionNew{})
		ctx := roomtest.Ctx()
		a := w.Article(articles.Import{Lang: "en", Raw: "The council approved 12 grants. The mayor paid 5 clerks."})
		first := w.Claim(a, "The council approved 12 grants", "The council approved 12 grants.")
		second := w.Claim(a, "The mayor paid 5 clerks", "The mayor paid 5 clerks.")
		for _, who := range []string{"reviewer-1", "reviewer-2"} {
			var err error
			if _, first, err = w.Submit(who, first, review.Draft{Verdict: claims.Unverified, Reason: review.NoEvidence,
				Rationale: "Nothing is found.", Searched: "The register."}); err != nil {
				t.Fatal(err)
			}
		}
		first, err := w.Review.Reopen(ctx, w.As("editor-1"), first.ID, first.Version, "A register came in.")
		if err != nil {
			t.Fatal(err)
		}
		q, err := w.Review.Queue(ctx, w.As("reviewer-1"), review.QueueFilter{Collection: w.Collection.ID,
			Order: review.ByWait})
		if err != nil {
			t.Fatal(err)
		}
		if len(q.Entries) != 2 || q.Entries[0].Claim.ID != second.ID || q.Entries[1].Claim.ID != first.ID {
			t.Fatalf("the queue is %+v", q.Entries)
		}
		if since := q.Oldest[review.TabTurn]; since != *second.OpenedAt {
			t.Errorf("the oldest waits since %d, want %d", since, *second.OpenedAt)
		}
		if q.Entries[1].Since <= *second.OpenedAt || q.Entries[1].Since != first.ChangedAt {
			t.Errorf("the reopened claim waits since %d", q.Entries[1].Since)
		}
		if err := db.Read(ctx, func(r *store.Rx) error {
			took, err := review.TookIn(r, w.Collection.ID, 0)
			for _, x := range took {
				if x.Took < 0 {
					t.Errorf("a decision took %d", x.Took)
				}
			}
			return err
		}); err != nil {
			t.Fatal(err)
		}
		w.Verify()
	})
}
