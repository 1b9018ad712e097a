package store_test

import (
	"context"
	"errors"
	"testing"

	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

// TestWithFirst: what a context's first Write begins with is kept with it, once, and ends it when it fails.
func TestWithFirst(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		no, ran := errors.New("no"), 0
		put := func(ctx context.Context, key string, err error) error {
			return db.Write(ctx, func(tx *store.Tx) error {
				if e := tx.Gorm().Exec("INSERT INTO store_meta (name, value) VALUES (?, '1')", key).Error; e != nil {
					return e
				}
				return err
			})
		}
		count := func(key string) (n int64) {
			t.Helper()
			if err := db.Read(context.Background(), func(r *store.Rx) error {
				return r.Gorm().Raw("SELECT COUNT(*) FROM store_meta WHERE name = ?", key).Scan(&n).Error
			}); err != nil {
				t.Fatal(err)
			}
			return n
		}
		ctx := store.WithFirst(context.Background(), func(tx *store.Tx) error {
			ran++
			return tx.Gorm().Exec("INSERT INTO store_meta (name, value) VALUES ('test-first', '1')").Error
		})
		if err := put(ctx, "test-a", no); !errors.Is(err, no) || count("test-first") != 0 {
			t.Errorf("a Write that failed kept what it began with: %v", err)
		}
		if err := put(store.WithoutFirst(ctx), "test-ahead", nil); err != nil || count("test-first") != 0 {
			t.Errorf("a Write ahead of the first kept what that begins with: %v", err)
		}
		for _, key := range []string{"test-b", "test-c"} {
			if err := put(ctx, key, nil); err != nil {
				t.Fatal(err)
			}
		}
		if ran != 2 || count("test-first") != 1 || count("test-a") != 0 || count("test-c") != 1 {
			t.Errorf("ran %d times, kept %d times", ran, count("test-first"))
		}
		refused := store.WithFirst(context.Background(), func(*store.Tx) error { return no })
		if err := put(refused, "test-d", nil); !errors.Is(err, no) || count("test-d") != 0 {
			t.Errorf("a refused beginning let the Write pass: %v", err)
		}
	})
}
