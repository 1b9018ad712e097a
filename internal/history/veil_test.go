package history

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

// TestLift: a lifted veil shows its events to everybody, at once and for ever; the list of lifted veils only grows.
func TestLift(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := veiled(t, db)
		see := func() (out string) {
			err := db.Read(context.Background(), func(rx *store.Rx) error {
				list, err := List(rx, Filter{})
				for _, e := range list {
					out += fmt.Sprint(e.Seq, " ")
				}
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
			return out
		}
		if got := see(); got != "5 3 " {
			t.Errorf("a stranger sees %q, want the unveiled event and the lifted one", got)
		}
		w.write(func(tx *store.Tx) error { return Lift(tx, 1) })
		if got := see(); got != "5 3 2 1 " {
			t.Errorf("after the veil is lifted a stranger sees %q", got)
		}
		var lifted []int64
		err := db.Read(context.Background(), func(rx *store.Rx) error {
			return Lifted(rx, func(veil int64) error { lifted = append(lifted, veil); return nil })
		})
		if err != nil || !slices.Equal(lifted, []int64{1, 2}) {
			t.Errorf("lifted: %v, %v", lifted, err)
		}
		for name, f := range map[string]func(tx *store.Tx) error{
			"lifted twice": func(tx *store.Tx) error { return Lift(tx, 1) },
			"dropped":      exec("DELETE FROM veils WHERE veil = 1"),
			"moved":        exec("UPDATE veils SET veil = 77 WHERE veil = 1"),
		} {
			if err := db.Write(context.Background(), f); err == nil {
				t.Errorf("a veil was %s", name)
			}
		}
	})
}

// TestListLooksVeilsUpByKey: a list reads as many rows of veils as it reads events, however many were lifted.
func TestListLooksVeilsUpByKey(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		if db.Dialect() == store.Postgres {
			t.Skip("a planner without statistics shows nothing; the query is the same")
		}
		var plan []string
		err := db.Read(context.Background(), func(rx *store.Rx) error {
			rows, err := rx.Gorm().Raw("EXPLAIN QUERY PLAN ?", Filter{}.where(rx.Gorm()).Order("seq DESC").
				Limit(50)).Rows()
			if err != nil {
				return err
			}
			defer rows.Close()
			for rows.Next() {
				var id, parent, unused int
				var detail string
				if err := rows.Scan(&id, &parent, &unused, &detail); err != nil {
					return err
				}
				plan = append(plan, detail)
			}
			return rows.Err()
		})
		all := strings.Join(plan, "\n")
		if err != nil || !strings.Contains(all, "SEARCH veils USING INTEGER PRIMARY KEY") ||
			strings.Contains(all, "TEMP B-TREE") {
			t.Errorf("%v\n%s", err, all)
		}
	})
}
