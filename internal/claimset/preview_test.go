package claimset_test

import (
	"encoding/json"
	"testing"

	"claimbench/internal/claims"
	"claimbench/internal/claimset"
	"claimbench/internal/fault"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

// TestAPreviewIsWhatIsFrozen: what the preview shows is frozen to the byte, and it names what hinders.
func TestAPreviewIsWhatIsFrozen(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		x := newBench(t, db)
		ctx, ed := roomtest.Ctx(), x.As("editor-1")
		c := x.approved("شورا ۱۲ کمک را تصویب کرد", "شورا ۱۲ کمک را تصویب کرد.")
		d := x.approved("شهردار امضا کرد", "شهردار امضا کرد.")
		set, err := x.Sets.Create(ctx, ed, x.Collection.ID, "Grants")
		if err != nil {
			t.Fatal(err)
		}
		if _, _, err := x.Sets.AddMatching(ctx, ed, set.ID, set.Version, claims.Filter{Lang: "ja"}); fault.KindOf(
			err) != fault.Invalid {
			t.Errorf("nothing that fits is added: %v", err)
		}
		if _, _, err := x.Sets.AddMatching(ctx, x.As("reviewer-1"), set.ID, set.Version,
			claims.Filter{}); fault.KindOf(err) != fault.Forbidden {
			t.Errorf("a reviewer adds: %v", err)
		}
		set, n, err := x.Sets.AddMatching(ctx, ed, set.ID, set.Version, claims.Filter{Lang: "fa"})
		if err != nil || n != 2 {
			t.Fatalf("%d claims are added, %v", n, err)
		}
		preview := func() (p claimset.Preview) {
			t.Helper()
			if err := db.Read(ctx, func(r *store.Rx) (err error) {
				p, err = x.Sets.Preview(r, set, 0)
				return err
			}); err != nil {
				t.Fatal(err)
			}
			return p
		}
		p := preview()
		if len(p.Entries) != 2 || len(p.Out) != 0 || p.Size != 2 {
			t.Fatalf("%+v", p)
		}
		if d, err = x.Review.Reopen(ctx, ed, d.ID, d.Version, "new minutes"); err != nil {
			t.Fatal(err)
		}
		if p = preview(); len(p.Entries) != 1 || len(p.Out) != 1 || p.Out[0].Claim.ID != d.ID || p.Out[0].Why == nil {
			t.Errorf("what cannot be printed is not named: %+v", p.Out)
		}
		if set, err = x.Sets.Remove(ctx, ed, set.ID, set.Version, []claims.ID{d.ID}); err != nil {
			t.Fatal(err)
		}
		p = preview()
		want, _ := json.Marshal(p.Entries)
		if set, err = x.Sets.Freeze(ctx, ed, set.ID, set.Version); err != nil {
			t.Fatal(err)
		}
		o, err := opened(x, set.ID)
		if got, _ := json.Marshal(o.Entries); err != nil || string(got) != string(want) || o.Entries[0].Claim != c.ID {
			t.Errorf("frozen is %s, shown was %s, %v", got, want, err)
		}
	})
}
