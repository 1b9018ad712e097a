package claimset_test

import (
	"sync"
	"testing"
	"time"

	"claimbench/internal/claims"
	"claimbench/internal/claimset"
	"claimbench/internal/fault"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

// TestTwoEditorsFreezeAtOnce: one of them freezes the set, once; the other is told.
func TestTwoEditorsFreezeAtOnce(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		x := newBench(t, db)
		set, _ := x.draft(6)
		var wg sync.WaitGroup
		errs := make([]error, 2)
		for i, who := range []string{"editor-1", "editor-2"} {
			actor := x.As(who)
			wg.Go(func() { _, errs[i] = x.Sets.Freeze(roomtest.Ctx(), actor, set.ID, set.Version) })
		}
		wg.Wait()
		if (errs[0] == nil) == (errs[1] == nil) {
			t.Fatalf("both say %v", errs)
		}
		for _, err := range errs {
			if err != nil && fault.KindOf(err) != fault.Conflict {
				t.Errorf("who was later is told %v", err)
			}
		}
		if n := x.Count("events WHERE action = 'claimset.frozen'"); n != 1 {
			t.Errorf("it was frozen %d times", n)
		}
		x.Verify()
	})
}

// TestAClockThatJumps: a clock that goes back by a day, and forth by a year, between the acts on a set changes neither
// its order nor what it prints, and the audit finds nothing.
func TestAClockThatJumps(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		at := time.Date(2026, 3, 4, 5, 0, 0, 0, time.UTC)
		var mu sync.Mutex
		jump := func(by time.Duration) {
			mu.Lock()
			defer mu.Unlock()
			at = at.Add(by)
		}
		db.SetClock(func() time.Time {
			mu.Lock()
			defer mu.Unlock()
			at = at.Add(time.Second)
			return at
		})
		x := newBench(t, db)
		ctx, ed := roomtest.Ctx(), x.As("editor-1")
		set, all := x.draft(3)
		jump(-24 * time.Hour)
		moved, err := x.Sets.Move(ctx, ed, set.ID, set.Version, claimset.Move{Claim: all[2].ID, Way: claimset.ToTop})
		if err != nil {
			t.Fatal(err)
		}
		jump(365 * 24 * time.Hour)
		frozen, err := x.Sets.Freeze(ctx, ed, set.ID, moved.Version)
		if err != nil {
			t.Fatal(err)
		}
		jump(-2 * 365 * 24 * time.Hour)
		if got := x.order(frozen); len(got) != 3 || got[0] != all[2].ID {
			t.Errorf("they stand %v", got)
		}
		if _, err := x.Review.Reopen(ctx, ed, all[0].ID, all[0].Version, "new minutes"); err != nil {
			t.Fatal(err)
		}
		x.stands(frozen.ID, all[0].ID, claimset.UnderReview, 0)
		next, err := x.Sets.Correct(ctx, ed, frozen.ID)
		if err != nil {
			t.Fatal(err)
		}
		if err := db.Read(ctx, func(r *store.Rx) error {
			out, err := claimset.OmittedOf(r, next)
			if len(out.Claims) != 1 || out.More || out.Claims[0].ID != all[0].ID ||
				out.Claims[0].State != claims.Open {
				t.Errorf("left out: %+v", out)
			}
			return err
		}); err != nil {
			t.Fatal(err)
		}
		x.Verify()
	})
}

// TestAnEmptySet: it opens, previews and lists nothing, and is not frozen.
func TestAnEmptySet(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		x := newBench(t, db)
		ctx, ed := roomtest.Ctx(), x.As("editor-1")
		set, err := x.Sets.Create(ctx, ed, x.Collection.ID, "Nothing")
		if err != nil {
			t.Fatal(err)
		}
		if got := x.order(set); len(got) != 0 {
			t.Errorf("it has %v", got)
		}
		if _, err := x.Sets.Freeze(ctx, ed, set.ID, set.Version); fault.KindOf(err) != fault.Invalid {
			t.Errorf("it is frozen: %v", err)
		}
		if _, err := x.Sets.Move(ctx, ed, set.ID, set.Version, claimset.Move{Claim: 1, Way: claimset.ToTop}); fault.
			KindOf(err) != fault.Invalid {
			t.Errorf("a claim of it moves: %v", err)
		}
		if err := db.Read(ctx, func(r *store.Rx) error {
			p, err := x.Sets.Preview(r, set, 0)
			if len(p.Entries) != 0 || p.Size != 0 {
				t.Errorf("its preview has %+v", p)
			}
			return err
		}); err != nil {
			t.Fatal(err)
		}
	})
}
