package claimset_test

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"claimbench/internal/claims"
	"claimbench/internal/deeds"
	"claimbench/internal/jobs"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

// work does the job of a batch to its end.
func (x bench) work(b claims.Batch) {
	x.T.Helper()
	var job jobs.Job
	if err := x.DB.Read(roomtest.Ctx(), func(r *store.Rx) (err error) {
		job, _, err = jobs.Last(r, claims.Batching, claims.BatchObject(b.ID))
		return err
	}); err != nil {
		x.T.Fatal(err)
	}
	if j, err := x.Jobs.Finish(roomtest.Ctx(), job.ID); err != nil || j.State != jobs.Done {
		x.T.Fatalf("the job is %+v, %v", j, err)
	}
}

// why gives what became of each claim of a batch, or would, in the order of their numbers.
func (x bench) why(b claims.Batch, target int64) (out []string) {
	x.T.Helper()
	if err := x.DB.Read(roomtest.Ctx(), func(r *store.Rx) error {
		now, err := claims.BatchOf(r, b.UserID, b.ID)
		if err != nil {
			return err
		}
		act := claims.BatchAdd
		if now.Act != "" {
			act = ""
		}
		rows, err := x.Claims.BatchRows(r, now, act, target)
		for _, row := range rows {
			out = append(out, string(row.Fate)+" "+row.Why)
		}
		return err
	}); err != nil {
		x.T.Fatal(err)
	}
	return out
}

// TestManyAdded adds selected claims to a draft: what it does not take is named, undo takes them out while it is a
// draft, and says so once it is frozen.
func TestManyAdded(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		x := newBench(t, db)
		ctx, ed := roomtest.Ctx(), x.As("editor-1")
		one := x.approved("شورا ۱۲ کمک را تصویب کرد", "شورا ۱۲ کمک را تصویب کرد.")
		two := x.approved("شهردار امضا کرد", "شهردار امضا کرد.")
		open := x.Claim(x.a, "شهردار", "شهردار")
		set, err := x.Sets.Create(ctx, ed, x.Collection.ID, "Spring")
		if err == nil {
			set, err = x.Sets.Add(ctx, ed, set.ID, set.Version, []claims.ID{one.ID})
		}
		if err != nil {
			t.Fatal(err)
		}
		do := func() claims.Batch {
			b, err := x.Claims.LookAtBatch(ctx, ed, x.Collection.ID, []claims.ID{one.ID, two.ID, open.ID, 999})
			if err != nil {
				t.Fatal(err)
			}
			would := x.why(b, int64(set.ID))
			if b, err = x.Claims.DoBatch(ctx, ed, b.ID, claims.BatchAdd, strconv.Itoa(int(set.ID))); err != nil {
				t.Fatal(err)
			}
			x.work(b)
			got := x.why(b, 0)
			want := []string{"refused It is in the set already.", "", "refused Claim " + strconv.Itoa(int(open.ID)) +
				" is open; only approved claims go into a set.", "refused There is no such claim in this collection."}
			for i := range want {
				if strings.TrimSpace(would[i]) != want[i] {
					t.Errorf("the preview says %q of the %dth, want %q", would[i], i, want[i])
				}
			}
			if want[1] = "done "; !slices.Equal(got, want) {
				t.Errorf("done: %q", got)
			}
			return b
		}
		in := func() (out []claims.ID) {
			if err := db.Read(ctx, func(r *store.Rx) (err error) {
				out, err = store.Select[claims.ID](r, "SELECT claim_id FROM claim_set_claims WHERE set_id = ? "+
					"ORDER BY claim_id", set.ID)
				return err
			}); err != nil {
				t.Fatal(err)
			}
			return out
		}
		b := do()
		if !slices.Equal(in(), []claims.ID{one.ID, two.ID}) {
			t.Errorf("the set has %v", in())
		}
		undo := func() {
			if _, err := x.Deeds.Undo(ctx, ed, deeds.Ask{Collection: x.Collection.ID}); err != nil {
				t.Fatal(err)
			}
			x.work(b)
		}
		undo()
		if got := x.why(b, 0); !slices.Equal(in(), []claims.ID{one.ID}) || got[1] != "back " {
			t.Errorf("taken back the set has %v, %q", in(), got)
		}
		if _, err := x.Deeds.Redo(ctx, ed, deeds.Ask{Collection: x.Collection.ID}); err != nil {
			t.Fatal(err)
		}
		x.work(b)
		var version int64
		if err := db.Read(ctx, func(r *store.Rx) (err error) {
			versions, err := store.Select[int64](r, "SELECT version FROM claim_sets WHERE id = ?", set.ID)
			version = versions[0]
			return err
		}); err != nil {
			t.Fatal(err)
		}
		if _, err := x.Sets.Freeze(ctx, x.As("editor-2"), set.ID, version); err != nil {
			t.Fatal(err)
		}
		undo()
		if got := x.why(b, 0); !strings.HasPrefix(got[1], "kept “Spring” is frozen") || len(in()) != 2 {
			t.Errorf("taken back after it was frozen: %q, %v", got, in())
		}
		x.Verify()
	})
}
