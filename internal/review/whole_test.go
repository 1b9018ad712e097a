package review_test

import (
	"fmt"
	"testing"

	"claimbench/internal/articles"
	"claimbench/internal/review"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

// TestWholeIsBounded: the present round is always read, and a page of those before it; of what one person superseded in
// a round only the newest. Whether somebody has reviewed in the present round changes neither.
func TestWholeIsBounded(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		x := newBench(t, db, articles.CollectionNew{Quorum: new(1)})
		ctx, c := roomtest.Ctx(), x.claim
		submit := func() {
			t.Helper()
			var err error
			if _, c, err = x.Submit("reviewer-1", c, unverified()); err != nil {
				t.Fatal(err)
			}
		}
		rounds := review.MostRounds + 1
		for i := range rounds {
			submit()
			var err error
			if c, err = x.Review.Reopen(ctx, x.As("editor-1"), c.ID, c.Version,
				fmt.Sprintf("again, %d", i)); err != nil {
				t.Fatal(err)
			}
		}
		look := func(before int) (w review.Whole) {
			t.Helper()
			if err := db.Read(ctx, func(r *store.Rx) (err error) {
				w, err = review.WholeOf(r, c, before)
				return err
			}); err != nil {
				t.Fatal(err)
			}
			return w
		}
		numbers := func(w review.Whole) (out []int) {
			for _, rd := range w.Rounds {
				out = append(out, rd.N)
			}
			return out
		}
		seen := look(0)
		n := numbers(seen)
		if len(n) != review.MostRounds+1 || n[0] != rounds+1 || n[len(n)-1] != 2 || !seen.Earlier ||
			len(seen.Reviews) != review.MostRounds {
			t.Errorf("rounds %v, earlier %v, %d reviews", n, seen.Earlier, len(seen.Reviews))
		}
		older := look(2)
		if n := numbers(older); len(n) != 2 || n[0] != rounds+1 || n[1] != 1 || older.Earlier ||
			len(older.Reviews) != 1 {
			t.Errorf("before round 2 there are %v, earlier %v, %d reviews", n, older.Earlier, len(older.Reviews))
		}
		for _, odd := range []int{-1, 1 << 40, rounds + 1} {
			if got := numbers(look(odd)); len(got) != len(n) {
				t.Errorf("before %d there are %v", odd, got)
			}
		}
	})
}

// One person who changes their mind without end does not make the page longer without end, and loses nobody else's
// review.
func TestSupersededReviewsAreBounded(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		x := newBench(t, db, articles.CollectionNew{Quorum: new(3)})
		c := x.claim
		var last review.Review
		for i := range review.MostAgain + 5 {
			d := unverified()
			d.Searched = fmt.Sprintf("Both articles, %d times.", i)
			var err error
			if last, c, err = x.Submit("reviewer-1", c, d); err != nil {
				t.Fatal(err)
			}
			if i == 0 {
				if _, c, err = x.Submit("reviewer-2", c, unverified()); err != nil {
					t.Fatal(err)
				}
			}
		}
		err := db.Read(roomtest.Ctx(), func(r *store.Rx) error {
			w, err := review.WholeOf(r, c, 0)
			if n := len(w.Reviews); n != review.MostAgain+1 || w.Reviews[n-1].Searched != last.Searched ||
				w.Reviews[0].ReviewerID != x.As("reviewer-2").UserID {
				t.Errorf("%d reviews", n)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}
