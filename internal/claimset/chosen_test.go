package claimset_test

import (
	"fmt"
	"testing"

	"claimbench/internal/articles"
	"claimbench/internal/claims"
	"claimbench/internal/claimset"
	"claimbench/internal/fault"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

// One form names at most 5,000 claims, each counted once; more is refused before any work.
func TestChosenClaimsAreBounded(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := roomtest.New(t, db, articles.CollectionNew{})
		editor := w.As("editor-1")
		set, err := w.Sets.Create(roomtest.Ctx(), editor, w.Collection.ID, "Spring")
		if err != nil {
			t.Fatal(err)
		}
		many := make([]claims.ID, claimset.MostChosen+1)
		for i := range many {
			many[i] = claims.ID(i + 1)
		}
		again := make([]claims.ID, 300_000) // one number, very often
		for i := range again {
			again[i] = 7
		}
		for name, do := range map[string]func([]claims.ID) error{
			"add": func(ids []claims.ID) error {
				_, err := w.Sets.Add(roomtest.Ctx(), editor, set.ID, set.Version, ids)
				return err
			},
			"remove": func(ids []claims.ID) error {
				out, err := w.Sets.Remove(roomtest.Ctx(), editor, set.ID, set.Version, ids)
				if err == nil {
					set = out
				}
				return err
			},
		} {
			if f, ok := fault.As(do(many)); !ok || f.Kind != fault.Invalid || len(f.Fields) != 1 ||
				f.Fields[0].Name != "claims" {
				t.Errorf("%s %d: %v", name, len(many), f)
			}
			if f, _ := fault.As(do(again)); name == "add" && (f == nil || f.Msg !=
				"There is no claim 7 in this collection.") {
				t.Errorf("%s: %v", name, f)
			}
		}
		if err := func() error {
			_, err := w.Sets.Remove(roomtest.Ctx(), editor, set.ID, set.Version, many[1:])
			return err
		}(); fault.Message(err) != "There is no claim 2 in this set." { // so many are looked at
			t.Errorf("remove %d: %v", claimset.MostChosen, err)
		}
	})
}

// Claims go into a set by as many statements, however many they are.
func TestAddAsksOnceForAllClaims(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		x := newBench(t, db)
		editor, words := x.As("editor-1"), "شورا ۱۲ کمک را تصویب کرد"
		var ids []claims.ID
		for i := range 4 {
			ids = append(ids, x.approved(words, fmt.Sprintf("%s (%d).", words, i)).ID)
		}
		count := func(ids []claims.ID) int64 {
			set, err := x.Sets.Create(roomtest.Ctx(), editor, x.Collection.ID, "A set")
			if err != nil {
				t.Fatal(err)
			}
			var n store.Counter
			if _, err := x.Sets.Add(store.WithCounter(roomtest.Ctx(), &n), editor, set.ID, set.Version,
				ids); err != nil {
				t.Fatal(err)
			}
			return n.Statements.Load()
		}
		if one, all := count(ids[:1]), count(ids); one != all || one == 0 {
			t.Errorf("one claim takes %d statements, four take %d", one, all)
		}
	})
}
