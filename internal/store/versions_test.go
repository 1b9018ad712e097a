package store_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"claimbench/internal/fault"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

// TestListOfMigrations: a database that lacks a migration in between, or has one that this program does not know, is
// refused by every way in, with what is wrong and what to do; an older one can be migrated, and says so.
func TestListOfMigrations(t *testing.T) {
	known := store.Known(store.SQLite)
	newest, middle := known[len(known)-1], known[len(known)-3]
	if !slices.Equal(known, store.Known(store.Postgres)) {
		t.Fatal("the migrations of the engines are no pairs")
	}
	cases := []struct {
		name, attack string
		says         []string
		older        bool
	}{
		{"one in between is gone", fmt.Sprintf("DELETE FROM goose_db_version WHERE version_id = %d", middle),
			[]string{fmt.Sprintf("it has number %d, but not %d", newest, middle), "backup", "audit verify"}, false},
		{"two in between are gone", fmt.Sprintf("DELETE FROM goose_db_version WHERE version_id IN (%d, 1)", middle),
			[]string{fmt.Sprintf("but not 1 and %d", middle)}, false},
		{"one more in between", "INSERT INTO goose_db_version (version_id, is_applied) VALUES (39, TRUE)",
			[]string{"it has 39, which this program does not know"}, false},
		{"one noted as not applied", "UPDATE goose_db_version SET is_applied = FALSE WHERE version_id = 1",
			[]string{"but not 1"}, false},
		{"the newest is gone", fmt.Sprintf("DELETE FROM goose_db_version WHERE version_id = %d", newest),
			[]string{"older Claimbench", "workbench migrate"}, true},
		{"none is left", "DELETE FROM goose_db_version", []string{"older Claimbench (schema 0 of"}, true},
		{"there is no list", "DROP TABLE goose_db_version", []string{"older Claimbench (schema 0 of"}, true},
	}
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx := context.Background()
		for _, c := range cases {
			err := db.Write(ctx, func(tx *store.Tx) error {
				if err := tx.Gorm().Exec(c.attack).Error; err != nil {
					return err
				}
				return tx.Fit()
			})
			if fault.KindOf(err) != fault.Unavailable ||
				strings.Contains(fault.Message(err), "workbench migrate” first") != c.older {
				t.Errorf("%s: %v", c.name, err)
			}
			for _, want := range c.says {
				if !strings.Contains(fault.Message(err), want) {
					t.Errorf("%s says %q, not %q", c.name, fault.Message(err), want)
				}
			}
		}
		if err := db.Ready(ctx); err != nil {
			t.Error(err)
		}
		if err := db.Write(ctx, func(tx *store.Tx) error { return tx.Gorm().Exec(cases[0].attack).Error }); err != nil {
			t.Fatal(err)
		}
		_, migrated := db.Migrate(ctx)
		_, asked := db.Schema(ctx)
		for name, err := range map[string]error{"Migrate": migrated, "Schema": asked, "Ready": db.Ready(ctx)} {
			if !strings.Contains(fault.Message(err), "between two versions") {
				t.Errorf("%s with a gap: %v", name, err)
			}
		}
	})
}
