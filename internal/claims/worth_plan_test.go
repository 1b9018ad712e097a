package claims_test

import (
	"strings"
	"testing"

	"claimbench/internal/claims"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
	"claimbench/internal/worth"
)

// TestByWorthFollowsIndexes: a page by worth reads its rows where an index has them, in order, on both engines, and in
// a number of statements that does not grow.
func TestByWorthFollowsIndexes(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		t.Parallel()
		w := newInbox(t, db, 200)
		for range worth.LeastDraws * 2 { // enough that there is an estimate, and its draws are read
			w.reject(w.page(nil, worth.Place{}, 1).Rows[0].Claim)
			w.rejectHead()
		}
		var asked []string
		count := &store.Counter{Each: func(sql string) {
			if strings.Contains(sql, "worth_") || strings.Contains(sql, "lang IN") {
				asked = append(asked, sql)
			}
		}}
		first := w.page(nil, worth.Place{}, 10)
		var p claims.ByWorth
		if err := db.Read(store.WithCounter(roomtest.Ctx(), count), func(r *store.Rx) (err error) {
			p, err = claims.ByWorthOf(r, claims.WorthAsk{Collection: w.Collection.ID, Order: &first.Order,
				At: first.Next, Now: db.Now(), Limit: 10})
			return err
		}); err != nil || len(p.Rows) != 10 {
			t.Fatal(len(p.Rows), err)
		}
		if n := count.Statements.Load(); n > 12 {
			t.Errorf("a page costs %d statements", n)
		}
		whole := len(asked)
		for _, few := range []int{0, 16} { // all in order at once, and looked through page by page
			count.Statements.Store(0)
			if err := db.Read(store.WithCounter(roomtest.Ctx(), count), func(r *store.Rx) (err error) {
				p, err = claims.ByWorthOf(r, claims.WorthAsk{Collection: w.Collection.ID, Order: &first.Order,
					At: first.Next, Now: db.Now(), Limit: 10, Few: few,
					Only: claims.Only{Where: "lang IN ?", Args: []any{[]string{"en", "fa"}}}})
				return err
			}); err != nil || len(p.Rows) == 0 {
				t.Fatal(len(p.Rows), err)
			}
			if n := count.Statements.Load(); n > 14 {
				t.Errorf("a page that is narrowed costs %d statements", n)
			}
		}
		for _, sql := range asked {
			plan := planOf(t, db, sql)
			if strings.Contains(plan, "SCAN worth_") || strings.Contains(plan, "Seq Scan on worth_") ||
				strings.Contains(plan, "TEMP B-TREE") || strings.Contains(plan, "Sort") {
				t.Errorf("the plan of %s is\n%s", sql, plan)
			}
		}
		if whole != 5 {
			t.Errorf("%d statements ask for the order", whole)
		}
	})
}

// rejectHead rejects the candidate that is first by lot.
func (w inbox) rejectHead() {
	w.T.Helper()
	var id claims.ID
	if err := w.DB.Read(roomtest.Ctx(), func(r *store.Rx) error {
		return r.Gorm().Raw("SELECT head FROM worth_inboxes").Scan(&id).Error
	}); err != nil {
		w.T.Fatal(err)
	}
	c, err := w.Claims.Get(roomtest.Ctx(), w.As("reviewer-1"), id)
	if err != nil {
		w.T.Fatal(err)
	}
	w.reject(c)
}

// planOf is how an engine answers a statement; PostgreSQL as it would if the table were too large to read it all.
func planOf(t *testing.T, db *store.DB, sql string) (plan string) {
	t.Helper()
	if db.Dialect() == store.SQLite {
		return storetest.Plan(t, db, sql)
	}
	if err := db.Read(roomtest.Ctx(), func(r *store.Rx) error {
		if err := r.Gorm().Exec("SET LOCAL enable_seqscan = off").Error; err != nil {
			return err
		}
		var steps []string
		err := r.Gorm().Raw("EXPLAIN " + sql).Scan(&steps).Error
		plan = strings.Join(steps, "\n")
		return err
	}); err != nil {
		t.Fatalf("%v\n%s", err, sql)
	}
	return plan
}
