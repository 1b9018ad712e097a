package claimset_test

import (
	"context"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"

	"claimbench/internal/claims"
	"claimbench/internal/claimset"
	"claimbench/internal/deeds"
	"claimbench/internal/fault"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

// order reads how the claims of a set stand, by pages of three, of a frozen one as they were frozen.
func (x bench) order(set claimset.Set) (out []claims.ID) {
	x.T.Helper()
	err := x.DB.Read(roomtest.Ctx(), func(r *store.Rx) error {
		for after := claims.ID(0); ; {
			o, err := x.Sets.Open(r, set, after, 3, false)
			if err != nil {
				return err
			}
			if set.State == claimset.Draft && o.Before != len(out) {
				x.T.Errorf("%d claims stand before a page, and %d were shown", o.Before, len(out))
			}
			for _, c := range o.Claims {
				out = append(out, c.ID)
			}
			for _, e := range o.Entries {
				out = append(out, e.Claim)
			}
			if after = o.Next; after == 0 {
				return nil
			}
		}
	})
	if err != nil {
		x.T.Fatal(err)
	}
	return out
}

// TestAnEditorSetsTheOrder: by way and by place, added claims at the end, as the freeze keeps it for good, on both
// engines; undo and redo; the audit holds it.
func TestAnEditorSetsTheOrder(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		x := newBench(t, db)
		ctx, ed := roomtest.Ctx(), x.As("editor-1")
		set, all := x.draft(5)
		id := func(n int) claims.ID { return all[n].ID }
		var err error
		move := func(m claimset.Move) {
			t.Helper()
			at, err := x.Sets.Move(ctx, ed, set.ID, set.Version, m)
			if err != nil || at.After != 0 || m.Place != 0 && at.Place != m.Place {
				t.Fatal(at, err)
			}
			set = at.Set
		}
		stand := func(when string, of ...int) {
			t.Helper()
			want := make([]claims.ID, len(of))
			for i, n := range of {
				want[i] = id(n)
			}
			if got := x.order(set); !slices.Equal(got, want) {
				t.Errorf("%s they stand %v, want %v", when, got, want)
			}
		}
		turn := func(do func(context.Context, deeds.Ask) error) {
			t.Helper()
			if err := do(ctx, deeds.Ask{Collection: x.Collection.ID}); err != nil {
				t.Fatal(err)
			}
			if err := db.Read(ctx, func(r *store.Rx) error {
				set, err = claimset.ByID(r, set.ID)
				return err
			}); err != nil {
				t.Fatal(err)
			}
		}
		undo := func(ctx context.Context, a deeds.Ask) error { _, err := x.Deeds.Undo(ctx, ed, a); return err }
		redo := func(ctx context.Context, a deeds.Ask) error { _, err := x.Deeds.Redo(ctx, ed, a); return err }
		stand("added", 0, 1, 2, 3, 4)
		move(claimset.Move{Claim: id(3), Way: claimset.ToTop})
		stand("moved to the top", 3, 0, 1, 2, 4)
		move(claimset.Move{Claim: id(3), Place: 4})
		stand("moved to place 4", 0, 1, 2, 3, 4)
		move(claimset.Move{Claim: id(0), Way: claimset.ToEnd})
		stand("moved to the end", 1, 2, 3, 4, 0)
		turn(undo)
		stand("taken back", 0, 1, 2, 3, 4)
		turn(redo)
		stand("done again", 1, 2, 3, 4, 0)
		move(claimset.Move{Claim: id(4), Way: claimset.OneUp})
		stand("moved up", 1, 2, 4, 3, 0)
		turn(undo)
		stand("back down", 1, 2, 3, 4, 0)
		move(claimset.Move{Claim: id(2), Way: claimset.OneDown})
		stand("moved down", 1, 3, 2, 4, 0)
		was := set.Version
		move(claimset.Move{Claim: id(1), Way: claimset.OneUp})
		if set.Version != was {
			t.Error("a claim that stands there already makes a new version")
		}
		if set, err = x.Sets.Remove(ctx, ed, set.ID, set.Version, []claims.ID{id(2), id(0), id(3)}); err != nil {
			t.Fatal(err)
		}
		stand("three taken out", 1, 4)
		turn(undo)
		stand("and put back", 1, 3, 2, 4, 0)
		if set, err = x.Sets.Remove(ctx, ed, set.ID, set.Version, []claims.ID{id(1)}); err == nil {
			set, err = x.Sets.Add(ctx, ed, set.ID, set.Version, []claims.ID{id(3), id(1), id(3)})
		}
		if err != nil {
			t.Fatal(err)
		}
		stand("one taken out and added", 3, 2, 4, 0, 1)
		x.Verify()
		if set, err = x.Sets.Freeze(ctx, ed, set.ID, set.Version); err != nil {
			t.Fatal(err)
		}
		stand("frozen", 3, 2, 4, 0, 1)
		var each, pages []claims.ID
		if err := db.Read(ctx, func(r *store.Rx) error {
			take := func(into *[]claims.ID) func(claimset.Kept) error {
				return func(k claimset.Kept) error {
					e, err := k.Entry()
					*into = append(*into, e.Claim)
					return err
				}
			}
			if err := claimset.Each(r, set, take(&each)); err != nil {
				return err
			}
			return claimset.Pages(r, set, 2, func(all []claimset.Kept) error {
				for _, k := range all {
					if err := take(&pages)(k); err != nil {
						return err
					}
				}
				return nil
			})
		}); err != nil || !slices.Equal(each, x.order(set)) || !slices.Equal(pages, each) {
			t.Errorf("it is read as %v and %v by pages, %v", each, pages, err)
		}
		if _, err := x.Sets.Move(ctx, ed, set.ID, set.Version, claimset.Move{Claim: id(0), Way: claimset.ToTop}); fault.
			KindOf(err) != fault.Conflict {
			t.Errorf("a frozen set is moved about: %v", err)
		}
		next, err := x.Sets.Correct(ctx, ed, set.ID)
		if err != nil {
			t.Fatal(err)
		}
		if got := x.order(next); !slices.Equal(got, each) {
			t.Errorf("its correction begins as %v", got)
		}
		x.Verify()
	})
}

// TestAMoveIsRefused: what is no move, what is not there, what somebody else changed meanwhile, who may not.
func TestAMoveIsRefused(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		x := newBench(t, db)
		ctx, ed := roomtest.Ctx(), x.As("editor-1")
		set, all := x.draft(2)
		for name, m := range map[string]claimset.Move{
			"no claim": {Place: 1}, "no place": {Claim: all[0].ID}, "place 3": {Claim: all[0].ID, Place: 3},
			"place -1": {Claim: all[0].ID, Place: -1}, "sideways": {Claim: all[0].ID, Way: "sideways"},
			"another claim": {Claim: 999, Way: claimset.ToTop},
		} {
			if _, err := x.Sets.Move(ctx, ed, set.ID, set.Version, m); fault.KindOf(err) != fault.Invalid {
				t.Errorf("%s: %v", name, err)
			}
		}
		top := claimset.Move{Claim: all[1].ID, Way: claimset.ToTop}
		if _, err := x.Sets.Move(ctx, x.As("reviewer-1"), set.ID, set.Version, top); fault.KindOf(
			err) != fault.Forbidden {
			t.Errorf("a reviewer moves: %v", err)
		}
		if _, err := x.Sets.Move(ctx, ed, set.ID, set.Version, top); err != nil {
			t.Fatal(err)
		}
		if _, err := x.Sets.Move(ctx, x.As("editor-2"), set.ID, set.Version, top); !fault.IsStale(err) {
			t.Errorf("what somebody changed is changed again: %v", err)
		}
		if err := db.Read(ctx, func(r *store.Rx) error {
			_, err := x.Sets.Open(r, set, 999, 3, false)
			return err
		}); fault.KindOf(err) != fault.Invalid || !strings.Contains(fault.Message(err), "999") {
			t.Errorf("a page after a claim that is not in it: %v", err)
		}
	})
}

// TestTwoEditorsMoveAtOnce: of two that move in the same version one is told, and nothing is lost.
func TestTwoEditorsMoveAtOnce(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		x := newBench(t, db)
		set, all := x.draft(6)
		var wg sync.WaitGroup
		errs := make([]error, 2)
		for i, who := range []string{"editor-1", "editor-2"} {
			actor := x.As(who)
			wg.Go(func() {
				_, errs[i] = x.Sets.Move(roomtest.Ctx(), actor, set.ID, set.Version, claimset.Move{Claim: all[5-i].ID,
					Way: claimset.ToTop})
			})
		}
		wg.Wait()
		if (errs[0] == nil) == (errs[1] == nil) || !fault.IsStale(errs[0]) && !fault.IsStale(errs[1]) {
			t.Errorf("both say %v", errs)
		}
		if got := x.order(set); len(got) != 6 || got[1] != all[0].ID {
			t.Errorf("they stand %v", got)
		}
		x.Verify()
	})
}

// TestRandomMoves holds an order that is moved about against a list, where the moves are to few spots, so that there is
// soon no room between two claims; each writes few rows.
func TestRandomMoves(t *testing.T) {
	t.Parallel()
	const n = 300
	for seed := range uint64(3) {
		rng := rand.New(rand.NewPCG(seed, 1))
		m := claimset.NewOrder(n)
		want := m.Claims()
		written, most := 0, 0
		for i := range 3000 {
			from, to := rng.IntN(n), 7
			switch {
			case seed == 1:
				from, to = n-1, 1+i%2
			case i%10 == 0:
				to = rng.IntN(n)
			}
			rows := m.Move(from, to)
			written, most = written+rows, max(most, rows)
			c := want[from]
			want = slices.Insert(slices.Delete(want, from, from+1), to, c)
			if !slices.Equal(m.Claims(), want) {
				t.Fatalf("after move %d, %d to %d, they stand otherwise", i, from, to)
			}
		}
		if written > 3000*2 || most > 64 {
			t.Errorf("seed %d: %d rows in 3000 moves, at most %d in one", seed, written, most)
		}
	}
}

// TestAMoveInALargeSetWritesOneRow counts what one writes.
func TestAMoveInALargeSetWritesOneRow(t *testing.T) {
	t.Parallel()
	m := claimset.NewOrder(claimset.MostOfSet)
	for _, to := range []int{0, 1, 25_000, claimset.MostOfSet - 1} {
		if rows := m.Move(40_000, to); rows != 1 {
			t.Errorf("to %d: %d rows", to, rows)
		}
	}
}
