package claimset_test

import (
	"fmt"
	"os"
	"runtime"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"claimbench/internal/claims"
	"claimbench/internal/claimset"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

// copied are the tables of which a claim, approved, has one row each, with the columns that are numbered as it is.
var copied = map[string][]string{"claims": {"id"}, "claim_words": {"claim_id"}, "review_rounds": {"id", "claim_id"},
	"reviews": {"id", "claim_id", "round_id"}, "decisions": {"id", "claim_id", "round_id"},
	"evidence": {"id", "claim_id"}, "claim_set_claims": {"claim_id"}}

// multiply makes of the first claim, and of all that it rests on, claims up to a number, by SQL: what a person did is
// not told by an event, and a freeze does not ask for it.
func multiply(t *testing.T, db *store.DB, to int) {
	t.Helper()
	if err := db.Write(roomtest.Ctx(), func(tx *store.Tx) error {
		for _, table := range []string{"claims", "claim_words", "review_rounds", "reviews", "decisions", "evidence",
			"claim_set_claims"} {
			columns, err := tx.Gorm().Migrator().ColumnTypes(table)
			if err != nil {
				return err
			}
			var names, values []string
			for _, c := range columns {
				name, value := c.Name(), "b."+c.Name()
				for _, own := range copied[table] {
					if own == name {
						value = "s.n"
					}
				}
				switch {
				case name == "public":
					value = "'x' || s.n"
				case table == "claim_set_claims" && name == "place":
					value = "b.place + (s.n - 1) * 1048576"
				case table == "decisions" && name == "counted", table == "decisions" && name == "evidence",
					table == "reviews" && name == "evidence":
					value = "'[' || s.n || ']'"
				}
				names, values = append(names, name), append(values, value)
			}
			if err := tx.Gorm().Exec("INSERT INTO "+table+" ("+strings.Join(names, ", ")+") WITH RECURSIVE s (n) AS "+
				"(SELECT 2 UNION ALL SELECT n + 1 FROM s WHERE n < ?) SELECT "+strings.Join(values, ", ")+" FROM "+
				""+table+
				" b CROSS JOIN s WHERE b."+copied[table][0]+" = 1", to).Error; err != nil {
				return fmt.Errorf("%s: %w", table, err)
			}
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
}

// TestFreezeOfMany freezes a set of many claims, each with a review and evidence, while somebody else writes. With
// CLAIMBENCH_FREEZE=50000 it says what that takes: the clock, the memory beyond what was there, and how long the other
// waited at most; and it fails when that is more than 100 ms.
func TestFreezeOfMany(t *testing.T) {
	n, measured := 600, false // more than a slice
	if want, err := strconv.Atoi(os.Getenv("CLAIMBENCH_FREEZE")); err == nil {
		n, measured = want, true
	}
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		x := newBench(t, db)
		c := x.approved("۱۲ کمک را تصویب", "شورا ۱۲ کمک را تصویب کرد")
		ctx, ed := roomtest.Ctx(), x.As("editor-1")
		set, err := x.Sets.Create(ctx, ed, x.Collection.ID, "Many")
		if err == nil {
			set, err = x.Sets.Add(ctx, ed, set.ID, set.Version, []claims.ID{c.ID})
		}
		if err != nil {
			t.Fatal(err)
		}
		multiply(t, db, n)
		other, done, waited, turns := make(chan error, 1), make(chan struct{}), atomic.Int64{}, 0
		go func() {
			for {
				select {
				case <-done:
					other <- nil
					return
				default:
				}
				begun := time.Now()
				if err := db.Write(ctx, func(tx *store.Tx) error {
					return tx.Gorm().Exec("UPDATE users SET version = version WHERE id = 1").Error
				}); err != nil {
					other <- err
					return
				}
				turns++
				waited.Store(max(waited.Load(), int64(time.Since(begun))))
			}
		}()
		alone := time.Duration(0)
		if measured { // how long somebody waits on this machine while nobody freezes
			<-time.After(5 * time.Second)
			alone = time.Duration(waited.Swap(0))
		}
		var before, most runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&before)
		peak := make(chan uint64, 1)
		go func() {
			high := before.HeapInuse
			for tick := time.NewTicker(50 * time.Millisecond); ; {
				select {
				case <-done:
					peak <- high
					return
				case <-tick.C:
					runtime.ReadMemStats(&most)
					high = max(high, most.HeapInuse)
				}
			}
		}()
		begun := time.Now()
		frozen, err := x.Sets.Freeze(ctx, ed, set.ID, set.Version)
		took := time.Since(begun)
		close(done)
		if werr := <-other; err != nil || werr != nil {
			t.Fatalf("%v, %v", err, werr)
		}
		high := <-peak
		if frozen.State != claimset.Frozen || frozen.Root == "" || turns == 0 {
			t.Errorf("the set is %s, its root %q, others wrote %d times", frozen.State, frozen.Root, turns)
		}
		if empty := x.Count("claim_set_claims WHERE frozen = ''"); empty != 0 {
			t.Errorf("%d claims are not written down", empty)
		}
		if measured {
			t.Logf("%d claims: %.1f s, %d MB, others wrote %d times and waited %d ms at most, %d ms before it", n,
				took.Seconds(), (high-before.HeapInuse)>>20, turns, time.Duration(waited.Load()).Milliseconds(),
				alone.Milliseconds())
			if wait := time.Duration(waited.Load()); wait > 100*time.Millisecond {
				t.Errorf("somebody who wrote meanwhile waited %s", wait)
			}
		}
	})
}
