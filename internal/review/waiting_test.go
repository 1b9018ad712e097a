package review_test

import (
	"fmt"
	"strings"
	"testing"

	"claimbench/internal/articles"
	"claimbench/internal/claims"
	"claimbench/internal/evidence"
	"claimbench/internal/review"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

// TestQueueKnowsWhatMoved: whatever happens to a review's ground, the queue, which looks closely at the reviews that
// something touched only, calls the same ones stale as the claim's own page, which looks at all.
func TestQueueKnowsWhatMoved(t *testing.T) {
	t.Parallel()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	ctx := roomtest.Ctx()
	for name, c := range map[string]struct {
		moves bool // as the person who judged by primary() sees it
		act   func(x bench, it evidence.Item)
	}{
		"nothing": {false, func(bench, evidence.Item) {}},
		"words": {true, func(x bench, _ evidence.Item) {
			_, err := x.Claims.Edit(ctx, x.As("reviewer-2"), x.claim.ID, x.claim.WordsVersion,
				claims.Words{Statement: "In other words."}, false)
			must(err)
		}},
		"unlinked": {true, func(x bench, it evidence.Item) {
			_, err := x.Evidence.Unlink(ctx, x.As("reviewer-2"), it.ID, it.Version, "another year")
			must(err)
		}},
		"origin of the evidence":            {true, func(x bench, _ evidence.Item) { x.origin(x.b, "Council") }},
		"origin of the claim's own article": {true, func(x bench, _ evidence.Item) { x.origin(x.a, "Agency") }},
		"origin of another article":         {false, func(x bench, _ evidence.Item) { x.origin(x.c, "Radio") }},
		"taken down": {true, func(x bench, _ evidence.Item) {
			must(x.Articles.TakeDown(ctx, x.As("editor-1"), x.b.Article.ID, x.b.Article.Version, "court order"))
		}},
		"opposed": {true, func(x bench, _ evidence.Item) {
			x.Link(x.claim, x.c, "12 grants", evidence.Refutes, evidence.Report)
		}},
		"more of the same": {false, func(x bench, _ evidence.Item) {
			x.Link(x.claim, x.c, "12 grants", evidence.Supports, evidence.Report)
		}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			storetest.Each(t, func(t *testing.T, db *store.DB) {
				x := newBench(t, db, articles.CollectionNew{})
				it := x.Link(x.claim, x.b, "12 grants were approved", evidence.Supports, evidence.PrimaryDocument)
				if _, _, err := x.Submit("reviewer-1", x.claim, primary()); err != nil {
					t.Fatal(err)
				}
				c.act(x, it)
				if got := x.staleInQueue(); got != c.moves || got != x.staleOnPage() {
					t.Errorf("stale in the queue: %v, on the page: %v, want %v", got, x.staleOnPage(), c.moves)
				}
			})
		})
	}
}

func (x bench) staleInQueue() (stale bool) {
	x.T.Helper()
	for tab, is := range map[review.Tab]bool{review.TabTurn: true, review.TabWaiting: false} {
		q, err := x.Review.Queue(roomtest.Ctx(), x.As("reviewer-1"), review.QueueFilter{Collection: x.Collection.ID,
			Tab: tab})
		if err != nil {
			x.T.Fatal(err)
		}
		for _, e := range q.Entries {
			if e.Claim.ID == x.claim.ID {
				stale = is
			}
		}
		if q.Counts[tab] != len(q.Entries) {
			x.T.Errorf("%s: %d entries, counted %d", tab, len(q.Entries), q.Counts[tab])
		}
	}
	return stale
}

func (x bench) staleOnPage() (stale bool) {
	x.T.Helper()
	if err := x.DB.Read(roomtest.Ctx(), func(r *store.Rx) error {
		c, err := claims.ByID(r, x.claim.ID)
		if err != nil {
			return err
		}
		w, err := review.WholeOf(r, c, 0)
		stale = len(w.Stale) > 0
		return err
	}); err != nil {
		x.T.Fatal(err)
	}
	return stale
}

// TestQueueInPages: every claim comes once, the longest wait first, also where many were opened in one moment; what the
// person reviewed is in the other list, which has pages too.
func TestQueueInPages(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		x := newBench(t, db, articles.CollectionNew{})
		note := review.Draft{Verdict: claims.Unverified, Reason: review.NoEvidence, Searched: "the minutes"}
		for i := range 9 {
			c := x.Claim(x.a, "12 grants", fmt.Sprintf("The council approved %d grants.", i))
			if i%3 == 0 {
				if _, _, err := x.Submit("reviewer-1", c, note); err != nil {
					t.Fatal(err)
				}
			}
		}
		if err := db.Write(roomtest.Ctx(), func(tx *store.Tx) error { // the moments of a batch are the same
			return tx.Gorm().Exec("UPDATE claims SET opened_at = 1000 * (id / 4)").Error
		}); err != nil {
			t.Fatal(err)
		}
		for tab, want := range map[review.Tab]int{review.TabTurn: 7, review.TabWaiting: 3} {
			var seen []string
			var last store.Micros
			f := review.QueueFilter{Collection: x.Collection.ID, Tab: tab, Limit: 2}
			for {
				q, err := x.Review.Queue(roomtest.Ctx(), x.As("reviewer-1"), f)
				if err != nil {
					t.Fatal(err)
				}
				for _, e := range q.Entries {
					seen = append(seen, fmt.Sprint(e.Claim.ID))
					if *e.Claim.OpenedAt < last {
						t.Errorf("%s: claim %d comes too late", tab, e.Claim.ID)
					}
					last = *e.Claim.OpenedAt
				}
				if q.Counts[tab] != want {
					t.Errorf("%s counts %d, want %d", tab, q.Counts[tab], want)
				}
				if f.After = q.Next; q.Next == 0 {
					break
				}
			}
			if len(seen) != want {
				t.Errorf("%s: claims %s, want %d of them", tab, strings.Join(seen, " "), want)
			}
		}
	})
}

// TestAuditMissesHiddenReviews: a review of an open round that counts as settled would be missing in the queue of
// whoever gave it.
func TestAuditMissesHiddenReviews(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		x := newBench(t, db, articles.CollectionNew{})
		if _, _, err := x.Submit("reviewer-1", x.claim, review.Draft{Verdict: claims.Unverified,
			Reason: review.NoEvidence, Searched: "the minutes"}); err != nil {
			t.Fatal(err)
		}
		x.Verify()
		if err := db.Write(roomtest.Ctx(), func(tx *store.Tx) error {
			return tx.Gorm().Exec("UPDATE reviews SET settled = TRUE").Error
		}); err != nil {
			t.Fatal(err)
		}
		if n := x.Differs(); n != 1 {
			t.Errorf("the audit finds %d differences, want 1", n)
		}
	})
}

// TestReviewInFewStatements: a review reads each thing once, and what it writes comes into the history together.
func TestReviewInFewStatements(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		x := newBench(t, db, articles.CollectionNew{})
		it := x.Link(x.claim, x.b, "12 grants were approved", evidence.Supports, evidence.PrimaryDocument)
		d := primary()
		d.Evidence = []evidence.ID{it.ID}
		// The second one decides: it closes the round and unveils it, counts how the two agreed, moves the claim on,
		// begins another spell of it, and shows what was said meanwhile.
		for _, who := range []string{"reviewer-1", "reviewer-2"} {
			most := map[string]int64{"reviewer-1": 17, "reviewer-2": 26}[who]
			n := &store.Counter{}
			if _, _, err := x.Review.Submit(store.WithCounter(roomtest.Ctx(), n), x.As(who), review.Submission{
				ClaimID: x.claim.ID, WordsVersion: 1, Round: 1, Draft: d}); err != nil {
				t.Fatal(err)
			}
			if got := n.Statements.Load(); got > most {
				t.Errorf("%s: %d statements, at most %d", who, got, most)
			}
		}
		x.Verify()
	})
}
