package claimset_test

import (
	"testing"
	"time"

	"claimbench/internal/claims"
	"claimbench/internal/claimset"
	"claimbench/internal/fault"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

// TestFrozenSetIsCheckedOnceAMinute: a frozen set is read whole once a minute, not for each of its pages; what was
// changed is seen when it is read again, and from then on at every page.
func TestFrozenSetIsCheckedOnceAMinute(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		now := time.Date(2026, 3, 2, 10, 0, 0, 0, time.UTC)
		db.SetClock(func() time.Time { return now })
		x := newBench(t, db)
		c := x.approved("شورا ۱۲ کمک را تصویب کرد", "شورا ۱۲ کمک را تصویب کرد.")
		set := x.frozen("One", c.ID)
		look := func() (o claimset.Opened, statements int64) {
			t.Helper()
			var n store.Counter
			if err := db.Read(store.WithCounter(roomtest.Ctx(), &n), func(r *store.Rx) (err error) {
				o, err = x.Sets.Open(r, set, 0, claimset.EntryPage, false)
				return err
			}); err != nil {
				t.Fatal(err)
			}
			if o.Size != 1 || o.Verdicts[claims.Corroborated] != 1 {
				t.Errorf("the counts are %d, %v", o.Size, o.Verdicts)
			}
			return o, n.Statements.Load()
		}
		one, whole := look()
		checked := one.CheckedAt
		now = now.Add(59 * time.Second)
		two, page := look()
		if !one.Intact || !two.Intact || page != whole-1 || two.CheckedAt != checked {
			t.Errorf("%d statements, then %d; checked %v, then %v", whole, page, checked, two.CheckedAt)
		}
		spoil := "DROP TRIGGER claim_set_claims_frozen_update"
		if db.Dialect() == store.Postgres {
			spoil = "DROP TRIGGER claim_set_claims_frozen ON claim_set_claims"
		}
		if err := db.Write(roomtest.Ctx(), func(tx *store.Tx) error {
			if err := tx.Gorm().Exec(spoil).Error; err != nil {
				return err
			}
			return tx.Gorm().Exec("UPDATE claim_set_claims SET frozen = REPLACE(frozen, 'minutes', 'rumours')").Error
		}); err != nil {
			t.Fatal(err)
		}
		now = now.Add(time.Second)
		for range 2 {
			if o, n := look(); o.Intact || n != whole || o.CheckedAt != store.MicrosOf(now) {
				t.Errorf("changed a minute ago, it reads intact %v after %d statements", o.Intact, n)
			}
		}
	})
}

func TestHasRoom(t *testing.T) {
	t.Parallel()
	for n, full := range map[int]bool{0: false, claimset.MostOfSet: false, claimset.MostOfSet + 1: true} {
		err := claimset.HasRoom(claimset.Set{Title: "Spring"}, n)
		if (err != nil) != full || full && fault.KindOf(err) != fault.Conflict {
			t.Errorf("%d claims: %v", n, err)
		}
	}
}
