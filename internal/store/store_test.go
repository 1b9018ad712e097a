package store_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"claimbench/internal/fault"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

func TestWriteKeepsAllOrNothing(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx := context.Background()
		stop := errors.New("stop")
		committed := false
		err := db.Write(ctx, func(tx *store.Tx) error {
			tx.AfterCommit(func() { committed = true })
			if err := tx.SetMeta("a", "1"); err != nil {
				return err
			}
			return stop
		})
		if !errors.Is(err, stop) || committed {
			t.Fatalf("Write = %v, committed %v", err, committed)
		}
		if got := meta(t, db, "a"); got != "" {
			t.Fatalf("a failed Write left %q", got)
		}
		if err := db.Write(ctx, func(tx *store.Tx) error {
			tx.AfterCommit(func() { committed = true })
			return tx.SetMeta("a", "2")
		}); err != nil || !committed {
			t.Fatalf("Write = %v, committed %v", err, committed)
		}
		if got := meta(t, db, "a"); got != "2" {
			t.Fatalf("meta = %q, want 2", got)
		}
	})
}

func TestReadCannotWrite(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		err := db.Read(context.Background(), func(r *store.Rx) error {
			return r.Gorm().Exec("INSERT INTO store_meta (name, value) VALUES ('x', 'y')").Error
		})
		if fault.KindOf(err) != fault.Unavailable {
			t.Fatalf("a Read that writes gives %v, want unavailable", err)
		}
	})
}

func TestWriteInsideWriteIsRefused(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		err := db.Write(context.Background(), func(tx *store.Tx) error {
			return db.Write(tx.Context(), func(*store.Tx) error { return nil })
		})
		if fault.KindOf(err) != fault.Internal {
			t.Fatalf("nested Write = %v, want an internal fault rather than a hang", err)
		}
	})
}

func TestWritersDoNotLoseEachOther(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx := context.Background()
		if err := db.Write(ctx, func(tx *store.Tx) error { return tx.SetMeta("n", "") }); err != nil {
			t.Fatal(err)
		}
		type row struct{ Value string }
		var wg sync.WaitGroup
		errs := make(chan error, 16)
		for range 16 {
			wg.Go(func() {
				errs <- db.Write(ctx, func(tx *store.Tx) error {
					var r row
					if err := tx.Lock().Table("store_meta").Where("name = ?", "n").Take(&r).Error; err != nil {
						return err
					}
					return tx.SetMeta("n", r.Value+"x")
				})
			})
		}
		wg.Wait()
		close(errs)
		for err := range errs {
			if err != nil {
				t.Fatal(err)
			}
		}
		if got := meta(t, db, "n"); got != strings.Repeat("x", 16) {
			t.Fatalf("%d of 16 writes were kept", len(got))
		}
	})
}

func TestTimesAreWholeMicroseconds(t *testing.T) {
	at := time.Date(2026, 11, 21, 12, 3, 7, 123456789, time.FixedZone("x", 3600))
	if got := store.MicrosOf(at).String(); got != "2026-11-21T11:03:07.123456Z" {
		t.Fatalf("Micros = %s", got)
	}
}

func TestDatabaseNewerThanTheProgramIsRefused(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx := context.Background()
		if err := db.Write(ctx, func(tx *store.Tx) error {
			return tx.Gorm().Exec("INSERT INTO goose_db_version (version_id, is_applied) VALUES (?, ?)", 9999,
				true).Error
		}); err != nil {
			t.Fatal(err)
		}
		for name, try := range map[string]func() error{
			"Migrate": func() error { _, err := db.Migrate(ctx); return err },
			"Ready":   func() error { return db.Ready(ctx) },
		} {
			err := try()
			if fault.KindOf(err) != fault.Unavailable || !strings.Contains(fault.Message(err), "newer") {
				t.Errorf("%s on a newer database = %v", name, err)
			}
		}
	})
}

func TestOpenRefuses(t *testing.T) {
	dir := t.TempDir()
	text := filepath.Join(dir, "notes.txt")
	if err := os.WriteFile(text, []byte(strings.Repeat("not a database ", 100)), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		url  string
		want fault.Kind
	}{
		{"mysql://x", fault.Invalid},
		{"sqlite:", fault.Invalid},
		{"sqlite:" + filepath.Join(dir, "missing.db"), fault.NotFound},
		{"sqlite:" + text, fault.Unavailable},
		{"postgres://nobody:secret@127.0.0.1:1/none?connect_timeout=1", fault.Unavailable},
	} {
		db, err := store.Open(context.Background(), c.url, store.Options{})
		if err == nil {
			db.Close()
		}
		if fault.KindOf(err) != c.want {
			t.Errorf("Open(%s) = %v, want %s", c.url, err, c.want)
		}
		if strings.Contains(fault.Message(err), "secret") {
			t.Errorf("Open(%s) shows the password: %s", c.url, fault.Message(err))
		}
	}
}

func TestSecondServeIsRefused(t *testing.T) {
	db := storetest.SQLite(t)
	if err := db.Serve(); err != nil {
		t.Fatal(err)
	}
	other, err := store.Open(context.Background(), "sqlite:"+db.Target(), store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	if err := other.Serve(); fault.KindOf(err) != fault.Unavailable {
		t.Fatalf("second Serve = %v, want unavailable", err)
	}
	if err := other.Write(context.Background(), func(tx *store.Tx) error { return tx.SetMeta("a", "b") }); err != nil {
		t.Fatalf("a command beside the server cannot write: %v", err)
	}
}

func meta(t *testing.T, db *store.DB, name string) (value string) {
	t.Helper()
	if err := db.Read(context.Background(), func(r *store.Rx) (err error) {
		value, err = r.Meta(name)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return value
}
