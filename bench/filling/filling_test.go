package filling

import (
	"context"
	"fmt"
	"testing"

	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/history"
	"claimbench/internal/house"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

// What is filled is as asked, passes an audit, and is the same for the same seed.
func TestFill(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		first, rows := fill(t, db, 300)
		half := first.Claims / 2
		if first.Claims < 300 || first.Of[claims.Approved] < half/2 || first.Of[claims.Candidate] == 0 ||
			first.Of[claims.Open] == 0 || first.Of[claims.InConflict] == 0 {
			t.Errorf("filled: %+v", first)
		}
		for table, n := range map[string]int{"evidence": half, "reviews": half, "decisions": half / 2,
			"claim_sets": 4, "article_origins": 1, "checkpoints": 1} {
			if rows[table] < n {
				t.Errorf("%s has %d rows, want %d at least", table, rows[table], n)
			}
		}
		if db.Dialect() != store.SQLite {
			return
		}
		again, same := fill(t, storetest.SQLite(t), 300)
		if fmt.Sprint(again, same) != fmt.Sprint(first, rows) {
			t.Errorf("filled again with one seed:\n%+v %v\n%+v %v", again, same, first, rows)
		}
	})
}

// A filling that ended goes on, with people, articles and sets of its own collection.
func TestFillGoesOn(t *testing.T) {
	h := open(t, storetest.SQLite(t))
	first, err := Fill(context.Background(), h, Options{Claims: 100, Seed: 7})
	if err != nil {
		t.Fatal(err)
	}
	more, err := Fill(context.Background(), h, Options{Claims: 250, Seed: 7, GoOn: true})
	if err != nil {
		t.Fatal(err)
	}
	rep, err := h.Audit(context.Background(), history.Options{})
	if err != nil || !rep.OK() {
		t.Fatalf("the audit finds %+v, %v", rep.Findings, err)
	}
	if more.Collection != first.Collection || more.Claims < 250 || more.Articles <= first.Articles ||
		len(more.Sets) == 0 {
		t.Errorf("went on from\n%+v to\n%+v", first, more)
	}
}

// fill fills a database, audits it, and counts rows.
func fill(t *testing.T, db *store.DB, n int) (Filled, map[string]int) {
	t.Helper()
	h := open(t, db)
	made, err := Fill(context.Background(), h, Options{Claims: n, Seed: 7})
	if err != nil {
		t.Fatal(err)
	}
	rep, err := h.Audit(context.Background(), history.Options{})
	if err != nil || !rep.OK() {
		t.Fatalf("the audit finds %+v, %v", rep.Findings, err)
	}
	rows := map[string]int{}
	if err := db.Read(context.Background(), func(r *store.Rx) error {
		for _, table := range []string{"evidence", "reviews", "decisions", "claim_sets", "article_origins",
			"checkpoints", "events"} {
			var n int64
			if err := r.Gorm().Table(table).Count(&n).Error; err != nil {
				return err
			}
			rows[table] = int(n)
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return made, rows
}

func open(t *testing.T, db *store.DB) *house.House {
	t.Helper()
	key, err := history.OpenKey(t.TempDir() + "/log.key")
	if err != nil {
		t.Fatal(err)
	}
	signer := history.NewSigner(db, key, nil)
	h, err := house.Open(db, house.Options{Auth: auth.Options{Demo: true}, Sign: func(ctx context.Context) error {
		_, err := signer.Sign(ctx)
		return err
	}})
	if err != nil {
		t.Fatal(err)
	}
	return h
}
