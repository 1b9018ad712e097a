package store_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"claimbench/internal/fault"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

type staleRow struct {
	ID   int64  `gorm:"column:id"`
	Name string `gorm:"column:name"`
}

func (staleRow) TableName() string { return "stale" }

// Another server migrates while connections of this one keep prepared statements.
func TestReadsAndWritesGoOnAfterAnotherServerMigrated(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	for name, ask := range map[string]func(*store.DB) ([]staleRow, error){
		"read": func(db *store.DB) (out []staleRow, err error) {
			return out, db.Read(ctx, func(r *store.Rx) error { return r.Gorm().Find(&out).Error })
		},
		"write": func(db *store.DB) (out []staleRow, err error) {
			return out, db.Write(ctx, func(tx *store.Tx) error { return tx.Gorm().Find(&out).Error })
		},
	} {
		t.Run(name, func(t *testing.T) {
			db := storetest.Postgres(t)
			other, err := store.Open(ctx, storetest.URL(t, db), store.Options{})
			if err != nil {
				t.Fatal(err)
			}
			defer other.Close()
			executed(t, other, "CREATE TABLE stale (id bigint, name text)")
			executed(t, other, "INSERT INTO stale VALUES (1, 'one')")
			warm := make(chan error) // several connections, each with the statement
			release := make(chan struct{})
			for range 5 {
				go func() {
					warm <- db.Read(ctx, func(r *store.Rx) error {
						var rows []staleRow
						err := r.Gorm().Find(&rows).Error
						warm <- err
						<-release
						return err
					})
				}()
			}
			for range 5 {
				if err := <-warm; err != nil {
					t.Fatal(err)
				}
			}
			close(release)
			for range 5 {
				if err := <-warm; err != nil {
					t.Fatal(err)
				}
			}
			executed(t, other, "ALTER TABLE stale ADD COLUMN more bigint NOT NULL DEFAULT 0")
			for i := range 8 {
				if rows, err := ask(db); err != nil || len(rows) != 1 || rows[0].Name != "one" {
					t.Errorf("question %d gives %v, %v", i, rows, err)
				}
			}
		})
	}
}

// When the refusal comes after f was given something, f is not run again, and the next question is answered.
func TestReadThatWasGivenSomethingIsNotRunAgain(t *testing.T) {
	t.Parallel()
	ctx, db := context.Background(), storetest.Postgres(t)
	executed(t, db, "CREATE TABLE stale (id bigint, name text)")
	runs := 0
	ask := func() error {
		return db.Read(ctx, func(r *store.Rx) error {
			runs++
			var one int
			if err := r.Gorm().Raw("SELECT 1").Scan(&one).Error; err != nil {
				return err
			}
			var rows []staleRow
			return r.Gorm().Find(&rows).Error
		})
	}
	if err := ask(); err != nil {
		t.Fatal(err)
	}
	executed(t, db, "ALTER TABLE stale ADD COLUMN more bigint")
	runs = 0
	if err := ask(); fault.KindOf(err) != fault.Unavailable || runs != 1 {
		t.Errorf("%v after %d runs, want Unavailable after one", err, runs)
	}
	if err := ask(); err != nil {
		t.Errorf("the next question: %v", err)
	}
}

func TestWhoUsedUpTheirOwnTimeIsToldSo(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx, stop := context.WithDeadline(context.Background(), time.Now().Add(-time.Second))
		defer stop()
		for _, err := range []error{
			db.Write(ctx, func(*store.Tx) error { return nil }),
			db.Read(ctx, func(*store.Rx) error { return nil }),
		} {
			if msg := fault.Message(err); fault.KindOf(err) != fault.Unavailable || strings.Contains(msg, "Others") ||
				!strings.Contains(msg, "longer than one request") {
				t.Errorf("%v says %q", err, msg)
			}
		}
	})
}

func executed(t *testing.T, db *store.DB, statement string) {
	t.Helper()
	if err := db.Write(context.Background(), func(tx *store.Tx) error {
		return tx.Gorm().Exec(statement).Error
	}); err != nil {
		t.Fatal(err)
	}
}
