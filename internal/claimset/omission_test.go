package claimset_test

import (
	"testing"

	"claimbench/internal/claims"
	"claimbench/internal/claimset"
	"claimbench/internal/fault"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

// TestSayOmitted: why a correction leaves a claim out is said of a claim that it leaves out, is public once the
// correction is frozen, and is of the past when the claim is put in again.
func TestSayOmitted(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		x := newBench(t, db)
		ctx, ed := roomtest.Ctx(), x.As("editor-1")
		a := x.approved("۱۲ کمک را تصویب", "شورا ۱۲ کمک را تصویب کرد")
		b := x.approved("شهردار امضا کرد", "شهردار امضا کرد")
		first := x.frozen("S", a.ID, b.ID)
		next, err := x.Sets.Correct(ctx, ed, first.ID)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := x.Sets.SayOmitted(ctx, ed, next.ID, b.ID, 0, "no"); fault.KindOf(err) != fault.Conflict {
			t.Errorf("a claim that is in the set: %v", err)
		}
		if next, err = x.Sets.Remove(ctx, ed, next.ID, next.Version, []claims.ID{b.ID}); err != nil {
			t.Fatal(err)
		}
		said, err := x.Sets.SayOmitted(ctx, ed, next.ID, b.ID, 0, " The signature was another's. ")
		if err != nil || said.Reason != "The signature was another's." || said.Version != 1 {
			t.Fatalf("%+v, %v", said, err)
		}
		if _, err := x.Sets.SayOmitted(ctx, ed, next.ID, b.ID, 0, "no"); fault.KindOf(err) != fault.Conflict {
			t.Errorf("said by somebody meanwhile: %v", err)
		}
		if _, err := x.Sets.SayOmitted(ctx, ed, next.ID, b.ID, 1, "It was another's."); err != nil {
			t.Fatal(err)
		}
		public := func() (why map[claims.ID]string) {
			if err := db.Read(ctx, func(r *store.Rx) (err error) {
				why, err = claimset.WhyWithdrawn(r, first.ID)
				return err
			}); err != nil {
				t.Fatal(err)
			}
			return why
		}
		if why := public(); len(why) != 0 {
			t.Errorf("a draft says %v", why)
		}
		if next, err = x.Sets.Freeze(ctx, ed, next.ID, next.Version); err != nil {
			t.Fatal(err)
		}
		if why := public(); len(why) != 1 || why[b.ID] != "It was another's." {
			t.Errorf("the correction says %v", why)
		}
		if err := db.Read(ctx, func(r *store.Rx) error {
			out, err := claimset.OmittedOf(r, next)
			if out.Said[b.ID].Version != 2 {
				t.Errorf("left out: %+v", out)
			}
			return err
		}); err != nil {
			t.Fatal(err)
		}
		x.Verify()
	})
}
