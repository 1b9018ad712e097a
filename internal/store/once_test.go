package store_test

import (
	"context"
	"errors"
	"testing"

	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

// TestOnce: a read transaction asks once for a key, another asks again, and a Write asks every time.
func TestOnce(t *testing.T) {
	t.Parallel()
	type key int
	db, asked := storetest.SQLite(t), 0
	find := func() (int, error) { asked++; return asked, nil }
	read := func() error {
		return db.Read(context.Background(), func(r *store.Rx) error {
			a, _ := store.Once(r, key(1), find)
			if b, err := store.Once(r, key(1), find); err != nil || a != b {
				t.Errorf("%d, then %d, %v", a, b, err)
			}
			_, err := store.Once(r, key(2), func() (int, error) { return 0, errors.New("no") })
			if _, second := store.Once(r, key(2), find); err == nil || second != nil {
				t.Errorf("an error is kept: %v, %v", err, second)
			}
			return nil
		})
	}
	if err := errors.Join(read(), read()); err != nil || asked != 4 {
		t.Errorf("asked %d times, %v", asked, err)
	}
	if err := db.Write(context.Background(), func(tx *store.Tx) error {
		_, _ = store.Once(&tx.Rx, key(1), find)
		_, err := store.Once(&tx.Rx, key(1), find)
		return err
	}); err != nil || asked != 6 {
		t.Errorf("after a Write asked %d times, %v", asked, err)
	}
}
