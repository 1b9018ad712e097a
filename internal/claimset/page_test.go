package claimset_test

import (
	"slices"
	"testing"

	"claimbench/internal/claims"
	"claimbench/internal/claimset"
	"claimbench/internal/fault"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

// TestOpenByPages: the claims of a draft and of a frozen set are read a page at a time, each once; size, counts and
// hash are of all. One claim that is not approved any more hinders the freeze, wherever it stands.
func TestOpenByPages(t *testing.T) {
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
		if set, err = x.Sets.Add(ctx, ed, set.ID, set.Version, []claims.ID{a.ID, b.ID}); err != nil {
			t.Fatal(err)
		}
		hindrance := func() (why error) {
			if err := db.Read(ctx, func(r *store.Rx) error {
				why = claimset.Hindrance(r, set)
				return nil
			}); err != nil {
				t.Fatal(err)
			}
			return why
		}
		check := func() {
			t.Helper()
			var seen []claims.ID
			err := db.Read(ctx, func(r *store.Rx) error {
				for after := claims.ID(0); ; {
					o, err := x.Sets.Open(r, set, after, 1, false)
					if err != nil {
						return err
					}
					if n := len(o.Claims) + len(o.Entries); n != 1 || o.Size != 2 ||
						o.Verdicts[claims.Corroborated] != 2 || o.Intact != (set.State == claimset.Frozen) {
						t.Errorf("%s: %d on a page of one; %+v", set.State, n, o)
					}
					for _, c := range o.Claims {
						seen = append(seen, c.ID)
					}
					for _, e := range o.Entries {
						seen = append(seen, e.Claim)
					}
					if after = o.Next; after == 0 {
						return nil
					}
				}
			})
			if err != nil || !slices.Equal(seen, []claims.ID{a.ID, b.ID}) {
				t.Errorf("%s: %v, %v", set.State, seen, err)
			}
		}
		check()
		if err := hindrance(); err != nil {
			t.Errorf("two approved claims cannot be frozen: %v", err)
		}
		if set, err = x.Sets.Freeze(ctx, ed, set.ID, set.Version); err != nil {
			t.Fatal(err)
		}
		check()
		if set, err = x.Sets.Correct(ctx, ed, set.ID); err != nil {
			t.Fatal(err)
		}
		if _, err := x.Review.Reopen(ctx, ed, b.ID, b.Version, "new minutes"); err != nil {
			t.Fatal(err)
		}
		if err := hindrance(); fault.KindOf(err) != fault.Conflict {
			t.Errorf("an open claim may be frozen: %v", err)
		}
	})
}
