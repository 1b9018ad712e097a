package store_test

import (
	"context"
	"database/sql"
	"sync"
	"testing"
	"time"

	_ "github.com/mattn/go-sqlite3" // another program that holds the lock

	"claimbench/internal/fault"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

// holdLock takes SQLite's write lock as another program would, and gives what lets it go.
func holdLock(t *testing.T, db *store.DB) (release func()) {
	t.Helper()
	other, err := sql.Open("sqlite3", db.Target()+"?_txlock=immediate")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { other.Close() })
	tx, err := other.Begin()
	if err != nil {
		t.Fatal(err)
	}
	return sync.OnceFunc(func() {
		if err := tx.Rollback(); err != nil {
			t.Error(err)
		}
	})
}

// TestWritersGiveUpEachAtTheirOwnDeadline: behind a held lock they waited one after the other, six deadlines long.
func TestWritersGiveUpEachAtTheirOwnDeadline(t *testing.T) {
	t.Parallel()
	db := storetest.SQLite(t)
	release := holdLock(t, db)
	const writers, patience = 6, 500 * time.Millisecond
	begun := time.Now()
	var wg sync.WaitGroup
	errs := make(chan error, writers)
	for range writers {
		wg.Go(func() {
			ctx, cancel := context.WithTimeout(context.Background(), patience)
			defer cancel()
			errs <- setMeta(ctx, db, "lost")
		})
	}
	wg.Wait()
	if took := time.Since(begun); took > 4*patience {
		t.Errorf("%d writers gave up after %v; each had %v", writers, took, patience)
	}
	for range writers {
		if err := <-errs; fault.KindOf(err) != fault.Unavailable {
			t.Errorf("a writer behind a held lock: %v", err)
		}
	}
	if got := meta(t, db, "a"); got != "" {
		t.Errorf("a reader waited or saw %q", got)
	}
	done := make(chan error, 1)
	go func() { done <- setMeta(context.Background(), db, "kept") }()
	release()
	if err := <-done; err != nil || meta(t, db, "a") != "kept" {
		t.Errorf("after the lock was let go: %v", err)
	}
}

// TestTurnEndsWithTheRequest: a Write that waits for another of the same process ends when its request does.
func TestTurnEndsWithTheRequest(t *testing.T) {
	t.Parallel()
	db := storetest.SQLite(t)
	inside, leave := make(chan struct{}), make(chan struct{})
	first := make(chan error, 1)
	go func() {
		first <- db.Write(context.Background(), func(tx *store.Tx) error {
			close(inside)
			<-leave
			return tx.SetMeta("a", "1")
		})
	}()
	<-inside
	ctx, cancel := context.WithCancel(context.Background())
	second := make(chan error, 1)
	go func() { second <- setMeta(ctx, db, "2") }()
	cancel()
	if err := <-second; fault.KindOf(err) != fault.Unavailable {
		t.Errorf("the second = %v", err)
	}
	close(leave)
	if err := <-first; err != nil || meta(t, db, "a") != "1" {
		t.Errorf("the first = %v", err)
	}
}

// TestDeadlineInsideAWrite: what ran out of time before its COMMIT is not kept.
func TestDeadlineInsideAWrite(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx, cancel := context.WithCancel(context.Background())
		err := db.Write(ctx, func(tx *store.Tx) error {
			if err := tx.SetMeta("a", "1"); err != nil {
				return err
			}
			cancel()
			return nil
		})
		if fault.KindOf(err) != fault.Unavailable || meta(t, db, "a") != "" {
			t.Errorf("Write = %v, kept %q", err, meta(t, db, "a"))
		}
		if err := setMeta(context.Background(), db, "2"); err != nil || meta(t, db, "a") != "2" {
			t.Errorf("the next Write = %v", err)
		}
	})
}

// TestPanicInsideAWrite: the connection is free again.
func TestPanicInsideAWrite(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		func() {
			defer func() { _ = recover() }()
			_ = db.Write(context.Background(), func(tx *store.Tx) error {
				if err := tx.SetMeta("a", "1"); err != nil {
					return err
				}
				panic("a fault of ours")
			})
		}()
		if err := setMeta(context.Background(), db, "2"); err != nil || meta(t, db, "a") != "2" {
			t.Errorf("the next Write = %v", err)
		}
	})
}

// TestFullDisk: SQLite's own limit on pages gives the very error of a full disk.
func TestFullDisk(t *testing.T) {
	t.Parallel()
	db := storetest.SQLite(t)
	ctx := context.Background()
	pages := func(n string) {
		t.Helper()
		if err := db.Write(ctx, func(tx *store.Tx) error {
			return tx.Gorm().Exec("PRAGMA max_page_count = " + n).Error
		}); err != nil {
			t.Fatal(err)
		}
	}
	pages("1") // it cannot be set below what there is
	long := make([]byte, 1<<20)
	for i := range long {
		long[i] = 'x'
	}
	err := setMeta(ctx, db, string(long))
	if fault.KindOf(err) != fault.Unavailable {
		t.Errorf("on a full disk: %v", err)
	}
	if got := meta(t, db, "a"); got != "" {
		t.Errorf("kept %d bytes", len(got))
	}
	pages("1000000")
	if err := setMeta(ctx, db, string(long)); err != nil {
		t.Errorf("after space was made: %v", err)
	}
}

func setMeta(ctx context.Context, db *store.DB, value string) error {
	return db.Write(ctx, func(tx *store.Tx) error { return tx.SetMeta("a", value) })
}
