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
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	if plan := storetest.Plan(t, db, asked); !strings.Contains(plan, "USING INDEX claims_place") {
		t.Errorf("the plan of %s is\n%s", asked, plan)
	}
}
