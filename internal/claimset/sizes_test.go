package claimset_test

import (
	"testing"

	"claimbench/internal/claims"
	"claimbench/internal/claimset"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

// TestFrozenSetsAreCountedOnce: a draft is counted each time, a frozen set once, and then no statement is sent.
func TestFrozenSetsAreCountedOnce(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		x := newBench(t, db)
		ctx, ed := roomtest.Ctx(), x.As("editor-1")
		a := x.approved("شورا ۱۲ کمک را تصویب کرد", "شورا ۱۲ کمک را تصویب کرد.")
		b := x.approved("۱۲ کمک را تصویب کرد", "شورا ۱۲ کمک را تصویب کرد، طبق صورت‌جلسه.")
		set, err := x.Sets.Create(ctx, ed, x.Collection.ID, "Two")
		if err != nil {
			t.Fatal(err)
		}
		has := func(what string, want int, free bool) {
			t.Helper()
			var count store.Counter
			if err := db.Read(store.WithCounter(ctx, &count), func(r *store.Rx) error {
				before := count.Statements.Load()
				got, err := x.Sets.SizesOf(r, []claimset.Set{set})
				if got[set.ID] != want {
					t.Errorf("%s: %d claims, want %d", what, got[set.ID], want)
				}
				if sent := count.Statements.Load() - before; (sent == 0) != free {
					t.Errorf("%s: %d statements", what, sent)
				}
				return err
			}); err != nil {
				t.Fatal(err)
			}
		}
		for i, c := range []claims.ID{a.ID, b.ID} {
			if set, err = x.Sets.Add(ctx, ed, set.ID, set.Version, []claims.ID{c}); err != nil {
				t.Fatal(err)
			}
			has("draft", i+1, false)
		}
		if set, err = x.Sets.Freeze(ctx, ed, set.ID, set.Version); err != nil {
			t.Fatal(err)
		}
		has("frozen", 2, false)
		has("frozen, again", 2, true)
	})
}
