package claimset_test

import (
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
		}(); err != nil {
			t.Errorf("remove %d: %v", claimset.MostChosen, err)
		}
	})
}
