package store_test

import (
	"strings"
	"testing"

	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

// TestPlansAreSteady: SQLite plans a statement once, for any values of its parameters; else it would parse most of the
// kept statements anew at every use. The sign is a partial index, which a literal may use and a parameter may not.
func TestPlansAreSteady(t *testing.T) {
	t.Parallel()
	db := storetest.SQLite(t)
	if err := db.Write(t.Context(), func(tx *store.Tx) error {
		if err := tx.Gorm().Exec("CREATE TABLE steady (id INTEGER PRIMARY KEY, kind TEXT, " +
			"n INTEGER)").Error; err != nil {
			return err
		}
		return tx.Gorm().Exec("CREATE INDEX steady_odd ON steady (n) WHERE kind = 'odd'").Error
	}); err != nil {
		t.Fatal(err)
	}
	planOf := func(query string, args ...any) (plan string) {
		if err := db.Read(t.Context(), func(r *store.Rx) error {
			for range 2 { // the second use is of the statement that was kept
				var steps []struct{ Detail string }
				if err := r.Gorm().Raw("EXPLAIN QUERY PLAN "+query, args...).Scan(&steps).Error; err != nil {
					return err
				}
				plan = ""
				for _, s := range steps {
					plan += s.Detail + "\n"
				}
			}
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		return plan
	}
	if p := planOf("SELECT id FROM steady WHERE n = 3 AND kind = 'odd'"); !strings.Contains(p, "steady_odd") {
		t.Errorf("a literal does not use the partial index, so this test would notice nothing:\n%s", p)
	}
	if p := planOf("SELECT id FROM steady WHERE n = ? AND kind = ?", 3, "odd"); strings.Contains(p, "steady_odd") {
		t.Errorf("the plan follows a parameter's value, so the statement is parsed at every use:\n%s", p)
	}
}
