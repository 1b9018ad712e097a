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

// TestListFollowsAnIndex: a page of the list is not sorted, and does not pass over the claims of other collections;
// what is folded away is counted among its own kind.
func TestListFollowsAnIndex(t *testing.T) {
	t.Parallel()
	db := storetest.SQLite(t)
	w := roomtest.New(t, db, articles.CollectionNew{})
	var asked []string
	ctx := store.WithCounter(roomtest.Ctx(), &store.Counter{Each: func(sql string) {
		if strings.Contains(sql, "FROM `claims`") {
			asked = append(asked, sql)
		}
	}})
	for _, f := range []claims.Filter{{Fold: true}, {After: 7}, {State: claims.Approved}, {Verdict: claims.Disputed}} {
		f.Collection = w.Collection.ID
		if _, err := w.Claims.List(ctx, w.As("reviewer-1"), f); err != nil {
			t.Fatal(err)
		}
	}
	for _, sql := range asked {
		plan := storetest.Plan(t, db, sql)
		if !strings.Contains(plan, "SEARCH claims USING") || !strings.Contains(plan, "(collection_id=?") ||
			strings.Contains(plan, "FOR ORDER BY") {
			t.Errorf("the plan of %s is\n%s", sql, plan)
		}
		if strings.Contains(sql, "AND (state = 'candidate' AND kind IN") && !strings.Contains(plan, "claims_folded") {
			t.Errorf("what is folded away is counted by\n%s", plan)
		}
	}
	if len(asked) != 9 {
		t.Errorf("%d statements", len(asked))
	}
}
