package store_test

import (
	"context"
	"strings"
	"testing"

	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

func TestCounterCountsEveryWayToAsk(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		var c store.Counter
		var said []string
		c.Each = func(sql string) { said = append(said, sql) }
		ctx := store.WithCounter(context.Background(), &c)
		if err := db.Write(ctx, func(tx *store.Tx) error { return tx.SetMeta("it's", "1") }); err != nil {
			t.Fatal(err)
		}
		if err := db.Read(ctx, func(r *store.Rx) error {
			if _, err := r.Meta("it's"); err != nil { // Take
				return err
			}
			if err := r.Gorm().Exec("SELECT 1").Error; err != nil {
				return err
			}
			rows, err := r.Gorm().Raw("SELECT 2").Rows()
			if err != nil {
				return err
			}
			defer rows.Close()
			for rows.Next() {
			}
			return rows.Err()
		}); err != nil {
			t.Fatal(err)
		}
		if c.Reads.Load() != 1 || c.Writes.Load() != 1 || c.Statements.Load() != 4 || len(said) != 4 {
			t.Fatalf("%d reads, %d writes, %d statements, want 1, 1, 4: %q", c.Reads.Load(), c.Writes.Load(),
				c.Statements.Load(), said)
		}
		if !strings.Contains(said[0], "it") {
			t.Errorf("the statement is told without its values: %s", said[0])
		}
		if err := db.Ping(context.Background()); err != nil || c.Reads.Load() != 1 {
			t.Errorf("a context without the counter is counted: %d reads, %v", c.Reads.Load(), err)
		}
	})
}
