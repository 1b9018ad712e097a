package claims_test

import (
	"strings"
	"testing"

	"claimbench/internal/articles"
	"claimbench/internal/claims"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

// The claims that stand in some sentences are found by the sentences, however many claims the collection has.
func TestAtSentencesGoesByTheSentences(t *testing.T) {
	db := storetest.SQLite(t)
	var asked string
	ctx := store.WithCounter(roomtest.Ctx(), &store.Counter{Each: func(sql string) {
		if strings.Contains(sql, "claims.revision_id = s.revision_id") {
			asked = sql
		}
	}})
	if err := db.Read(ctx, func(r *store.Rx) error {
		if _, err := claims.AtSentences(r, 1, []articles.SentenceID{1, 2, 3}, 7); err != nil {
			return err
		}
		rows, err := r.Gorm().Raw("EXPLAIN QUERY PLAN " + strings.ReplaceAll(asked, `"`, "'")).Rows()
		if err != nil {
			return err
		}
		defer rows.Close()
		plan := ""
		for rows.Next() {
			var id, parent, unused int
			var detail string
			if err := rows.Scan(&id, &parent, &unused, &detail); err != nil {
				return err
			}
			plan += detail + "\n"
		}
		if !strings.Contains(plan, "USING INDEX claims_place") {
			t.Errorf("the plan of %s is\n%s", asked, plan)
		}
		return rows.Err()
	}); err != nil {
		t.Fatal(err)
	}
}
