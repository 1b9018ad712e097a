package claims_test

import (
	"context"
	"log/slog"
	"os"
	"slices"
	"strings"
	"testing"

	"claimbench/internal/roomtest"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
	"claimbench/internal/worth"
)

// TestOldCandidates: what was there before the list was is all on it at once, in some order; beside the requests it
// gets its places, and what was decided is learnt from, whatever is decided meanwhile.
func TestOldCandidates(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		t.Parallel()
		w := newInbox(t, db, 48)
		rows := w.page(nil, worth.Place{}, 100).Rows
		for i, row := range rows[:12] {
			if i%2 == 0 {
				w.accept(row.Claim)
			} else {
				w.reject(row.Claim)
			}
		}
		learnt := w.tallies()
		w.forget()
		w.counted()
		got, _ := w.all(7, func(int) {})
		if slices.Sort(got); !slices.Equal(got, w.candidates()) {
			t.Fatalf("%d of %d old candidates are on the list", len(got), len(w.candidates()))
		}
		back := rows[1].Claim // rejected before the list was, and restored and rejected again before its turn came
		now, err := w.Claims.Restore(roomtest.Ctx(), w.As("reviewer-1"), back.ID, back.Version+1)
		if err != nil {
			t.Fatal(err)
		}
		w.counted()
		w.reject(now)
		w.accept(rows[12].Claim)
		w.counted()
		n := 0
		w.Claims.WeighOld(roomtest.Ctx(), slog.Default(), func(_ context.Context, piece func()) {
			if n++; n == 2 {
				w.reject(rows[13].Claim)
				w.counted()
			}
			piece()
		})
		w.counted()
		after := w.tallies()
		if strings.Contains(after, " 0 ") || after == learnt || n < 2 {
			t.Errorf("after %d slices the tallies are\n%s", n, after)
		}
		w.Claims.WeighOld(roomtest.Ctx(), slog.Default(), func(_ context.Context, piece func()) { piece() })
		if again := w.tallies(); again != after {
			t.Errorf("the second time made of\n%s\nthis\n%s", after, again)
		}
	})
}

// tallies are those with something in them, in words.
func (w inbox) tallies() (out string) {
	w.T.Helper()
	var lines []string
	if err := w.DB.Read(roomtest.Ctx(), func(r *store.Rx) error {
		return r.Gorm().Raw("SELECT '; ' || profile || ' ' || waiting || ',' || accepted || ',' || rejected FROM " +
			"worth_tallies WHERE waiting + accepted + rejected > 0 ORDER BY profile").Scan(&lines).Error
	}); err != nil {
		w.T.Fatal(err)
	}
	return strings.Join(lines, "")
}

// forget makes the tables as the migration leaves them in a database that had claims before.
func (w inbox) forget() {
	w.T.Helper()
	engine := "sqlite"
	if w.DB.Dialect() == store.Postgres {
		engine = "postgres"
	}
	sql, err := os.ReadFile("../store/migrations/" + engine + "/0194_worth.sql")
	if err != nil {
		w.T.Fatal(err)
	}
	if err := w.DB.Write(roomtest.Ctx(), func(tx *store.Tx) error {
		for _, table := range []string{"worth_draws", "worth_waiting", "worth_tallies", "worth_inboxes"} {
			if err := tx.Gorm().Exec("DELETE FROM " + table).Error; err != nil {
				return err
			}
		}
		for statement := range strings.SplitSeq(string(sql), ";\n") {
			if strings.HasPrefix(strings.TrimSpace(statement), "INSERT") {
				if err := tx.Gorm().Exec(statement).Error; err != nil {
					return err
				}
			}
		}
		return nil
	}); err != nil {
		w.T.Fatal(err)
	}
}
