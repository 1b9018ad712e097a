package store_test

import (
	"context"
	"testing"

	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

// A statement that was parsed in one transaction is used again in the next, for parsing is most of the work of a short
// one. PostgreSQL tells how often it ran a plan of a statement that it keeps; SQLite does not, so that
// BenchmarkStatementAgain measures it.
func TestStatementsOutliveTransactions(t *testing.T) {
	t.Parallel()
	db := storetest.Postgres(t)
	var n int64
	for range 3 {
		if err := db.Read(context.Background(), func(r *store.Rx) error {
			return r.Gorm().Raw("SELECT COUNT(*) AS again FROM store_meta WHERE name = ?", "x").Scan(&n).Error
		}); err != nil {
			t.Fatal(err)
		}
	}
	if err := db.Read(context.Background(), func(r *store.Rx) error {
		return r.Gorm().Raw("SELECT COALESCE(MAX(generic_plans + custom_plans), 0) FROM pg_prepared_statements " +
			"WHERE statement LIKE 'SELECT COUNT(*) AS again%'").Scan(&n).Error
	}); err != nil || n < 2 {
		t.Errorf("the statement that ran three times was used again %d times, %v", n-1, err)
	}
}

func BenchmarkStatementAgain(b *testing.B) {
	db, err := store.Open(context.Background(), "sqlite:"+b.TempDir()+"/claimbench.db", store.Options{Create: true})
	if err != nil {
		b.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Migrate(context.Background()); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		var names []string
		if err := db.Read(context.Background(), func(r *store.Rx) error {
			return r.Gorm().Raw("SELECT m.name FROM store_meta m JOIN store_meta n ON n.name = m.value "+
				"LEFT JOIN store_meta o ON o.name = n.value WHERE m.name = ? ORDER BY m.name", "x").Scan(&names).Error
		}); err != nil {
			b.Fatal(err)
		}
	}
}
