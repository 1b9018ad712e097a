package history

import (
	"context"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

// TestGuards: the lists of triggers are those of the migrations, and a trigger that is gone, altered or new is a
// finding, though nothing was changed yet.
func TestGuards(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		var have map[string]string
		if err := db.Read(context.Background(), func(rx *store.Rx) (err error) {
			have, err = triggersIn(rx)
			return err
		}); err != nil {
			t.Fatal(err)
		}
		if *update {
			var b strings.Builder
			for _, name := range slices.Sorted(maps.Keys(have)) {
				fmt.Fprintf(&b, "%s\t%s\n", name, have[name])
			}
			if err := os.WriteFile("guards_"+db.Dialect()+".tsv", []byte(b.String()), 0o644); err != nil {
				t.Fatal(err)
			}
			return
		}
		if want := guardsOf(db.Dialect()); !maps.Equal(have, want) {
			t.Fatalf("the migrations make other triggers than guards_%s.tsv lists; look at them, then write it anew: "+
				"go test ./internal/history -run TestGuards -update", db.Dialect())
		}
		w := newWorld(t, db)
		w.lived()
		sqlite := db.Dialect() == store.SQLite
		on := map[bool]string{true: " BEFORE UPDATE ON events BEGIN SELECT 1; END", false: " BEFORE UPDATE ON events " +
			"FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger()"}[sqlite]
		for name := range have {
			drop := "DROP TRIGGER " + name
			if !sqlite {
				var table string
				if err := db.Read(context.Background(), func(rx *store.Rx) error {
					return rx.Gorm().Raw("SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = ?",
						name).Scan(&table).Error
				}); err != nil {
					t.Fatal(err)
				}
				drop += " ON " + table
			}
			for how, r := range map[string]Report{"dropped": w.altered(exec(drop)),
				"replaced": w.altered(exec(drop, "CREATE TRIGGER "+name+on))} {
				if !slices.Contains(named(r), "trigger:"+name) {
					t.Errorf("%s was %s unseen: %v", name, how, r.Findings)
				}
			}
		}
		if r := w.altered(exec("CREATE TRIGGER events_lie" + on)); !slices.Contains(named(r), "trigger:events_lie") {
			t.Errorf("a trigger was added unseen: %v", r.Findings)
		}
		if sqlite {
			return
		}
		for name, statement := range map[string]string{
			"events_next": "ALTER TABLE events DISABLE TRIGGER events_next",
			"events_no_change": "CREATE OR REPLACE FUNCTION history_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ " +
				"BEGIN RETURN NEW; END $$",
		} {
			if r := w.altered(exec(statement)); !slices.Contains(named(r), "trigger:"+name) {
				t.Errorf("%s: unseen: %v", statement, r.Findings)
			}
		}
	})
}

// altered verifies after a change that leaves the triggers in place, and undoes it.
func (w *world) altered(attack func(tx *store.Tx) error) (r Report) {
	w.t.Helper()
	err := w.db.Write(context.Background(), func(tx *store.Tx) (err error) {
		if err = attack(tx); err != nil {
			return err
		}
		if r, err = VerifyIn(context.Background(), &tx.Rx, w.options(nil)); err != nil {
			return err
		}
		return errUndo
	})
	if err != errUndo {
		w.t.Fatal(err)
	}
	return r
}
