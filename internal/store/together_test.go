package store_test

import (
	"context"
	"errors"
	"testing"

	"claimbench/internal/fault"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

func set(db *store.DB, ctx context.Context, name, value string) error {
	return db.Write(ctx, func(tx *store.Tx) error { return tx.SetMeta(name, value) })
}

func TestTogether(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		after := 0
		err := db.Together(context.Background(), func(ctx context.Context) error {
			after = 0
			for _, name := range []string{"a", "b"} {
				if err := db.Write(ctx, func(tx *store.Tx) error {
					tx.AfterCommit(func() { after++ })
					return tx.SetMeta(name, "1")
				}); err != nil {
					return err
				}
			}
			if after != 0 {
				t.Error("AfterCommit ran before the whole was kept")
			}
			if got := meta(t, db, "a"); got != "" {
				t.Errorf("others read %q before the whole is kept", got)
			}
			return db.Read(ctx, func(r *store.Rx) error {
				if got, err := r.Meta("b"); err != nil || got != "1" {
					t.Errorf("a Read inside reads %q, %v", got, err)
				}
				return nil
			})
		})
		if err != nil || after != 2 || meta(t, db, "a") != "1" || meta(t, db, "b") != "1" {
			t.Fatalf("Together = %v, %d told", err, after)
		}
	})
}

// What fails inside ends all of it, also when nobody looks at the error; and a Write inside a Write stays refused.
func TestTogetherKeepsAllOrNothing(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		stop := errors.New("stop")
		err := db.Together(context.Background(), func(ctx context.Context) error {
			_ = db.Write(ctx, func(tx *store.Tx) error {
				if err := tx.SetMeta("a", "1"); err != nil {
					return err
				}
				return stop
			})
			return set(db, ctx, "b", "1")
		})
		if !errors.Is(err, stop) || meta(t, db, "a") != "" || meta(t, db, "b") != "" {
			t.Errorf("Together = %v, a is %q", err, meta(t, db, "a"))
		}
		err = db.Together(context.Background(), func(ctx context.Context) error {
			return db.Write(ctx, func(tx *store.Tx) error { return set(db, tx.Context(), "c", "1") })
		})
		if fault.KindOf(err) != fault.Internal || meta(t, db, "c") != "" {
			t.Errorf("a Write inside a Write gives %v", err)
		}
	})
}
