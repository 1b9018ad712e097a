package store_test

import (
	"context"
	"testing"
	"time"

	"claimbench/internal/fault"
	"claimbench/internal/store/storetest"
)

// TestWritesGoOnAfterAnInterrupt: a server migrates as it starts. After that, one Write that gave up behind a held lock
// left every later Write of the process refused as interrupted.
func TestWritesGoOnAfterAnInterrupt(t *testing.T) {
	t.Parallel()
	db := storetest.SQLite(t)
	if _, err := db.Migrate(context.Background()); err != nil {
		t.Fatal(err)
	}
	release := holdLock(t, db)
	ctx, cancel := context.WithTimeout(context.Background(), 500*time.Millisecond)
	defer cancel()
	if err := setMeta(ctx, db, "lost"); fault.KindOf(err) != fault.Unavailable {
		t.Errorf("behind a held lock: %v", err)
	}
	release()
	if err := setMeta(context.Background(), db, "kept"); err != nil || meta(t, db, "a") != "kept" {
		t.Errorf("after the lock was let go: %v", err)
	}
}
