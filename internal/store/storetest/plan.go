package storetest

import (
	"context"
	"strings"
	"testing"

	"claimbench/internal/store"
)

// Plan says how SQLite would answer a statement, as a Counter tells it: a line for each step.
func Plan(t *testing.T, db *store.DB, sql string) string {
	t.Helper()
	var steps []string
	if err := db.Read(context.Background(), func(r *store.Rx) error {
		// gorm tells words in double quotes, which mean names first.
		rows, err := r.Gorm().Raw("EXPLAIN QUERY PLAN " + strings.ReplaceAll(sql, `"`, "'")).Rows()
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var id, parent, unused int
			var step string
			if err := rows.Scan(&id, &parent, &unused, &step); err != nil {
				return err
			}
			steps = append(steps, step)
		}
		return rows.Err()
	}); err != nil {
		t.Fatalf("%v\n%s", err, sql)
	}
	return strings.Join(steps, "\n")
}
