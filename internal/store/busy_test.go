package store_test

import (
	"context"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"claimbench/internal/store"
)

// TestWriterGetsBetweenSlices: while another program writes in slices with short pauses, as a rebuild of the index
// does, a Write gets in after few of them. It counts slices, not time.
func TestWriterGetsBetweenSlices(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	url := "sqlite:" + filepath.Join(t.TempDir(), "two.db")
	open := func(o store.Options) *store.DB {
		db, err := store.Open(ctx, url, o)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { db.Close() })
		return db
	}
	slicing, other := open(store.Options{Create: true}), open(store.Options{})
	if _, err := slicing.Migrate(ctx); err != nil {
		t.Fatal(err)
	}
	const slice, pause = 30 * time.Millisecond, 3 * time.Millisecond
	var slices atomic.Int64
	stop, ended := make(chan struct{}), make(chan error, 1)
	go func() {
		for {
			select {
			case <-stop:
				ended <- nil
				return
			case <-time.After(pause):
			}
			if err := slicing.Write(ctx, func(tx *store.Tx) error {
				slices.Add(1)
				time.Sleep(slice)
				return tx.SetMeta("slice", "x")
			}); err != nil {
				ended <- err
				return
			}
		}
	}()
	const tries, most = 20, 30 // 65 when SQLite was left to wait for 100 ms
	passed := int64(0)
	for range tries {
		for had := slices.Load(); slices.Load() == had; { // it begins within a slice
			time.Sleep(time.Millisecond)
		}
		before := slices.Load()
		if err := other.Write(ctx, func(tx *store.Tx) error { return tx.SetMeta("other", "y") }); err != nil {
			t.Fatal(err)
		}
		passed += slices.Load() - before
	}
	close(stop)
	if err := <-ended; err != nil {
		t.Fatal(err)
	}
	t.Logf("%d slices passed by %d writes", passed, tries)
	if passed > most {
		t.Errorf("%d slices passed by %d writes that waited, want at most %d", passed, tries, most)
	}
}
