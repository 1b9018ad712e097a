package house_test

import (
	"slices"
	"strings"
	"testing"

	"claimbench/internal/auth"
	"claimbench/internal/evidence"
	"claimbench/internal/history"
	"claimbench/internal/house"
	"claimbench/internal/replies"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

// heldText is a text that a row has, under the names of the history.
type heldText struct{ object, name, words string }

// heldTexts gives a text of each name of each kind of object that a row holds words of.
func heldTexts(w *walker) []heldText {
	var out []heldText
	met := map[string]bool{}
	w.read(func(rx *store.Rx) error {
		for _, room := range house.Rows() {
			if room.List == nil {
				continue
			}
			if err := room.List(rx, func(object string, _ history.Fields, texts history.Texts) error {
				for name, words := range texts {
					kind := history.Kind(object) + "/" + name
					if words != "" && words != "[]" && !met[kind] && kind != "erasure/why" {
						met[kind] = true
						out = append(out, heldText{object, name, words})
					}
				}
				return nil
			}); err != nil {
				return err
			}
		}
		return nil
	})
	slices.SortFunc(out, func(a, b heldText) int {
		return strings.Compare(a.object+"/"+a.name, b.object+"/"+b.name)
	})
	return out
}

// TestErasedTextsAreGuarded erases a text of every name that a row holds: its words are in no row then, a mark stands
// there, the history verifies, and any other words in its place are found.
func TestErasedTextsAreGuarded(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		o, world := fullWorld(t, db)
		o.Rooms = house.Rows()
		w := &walker{t: t, db: db, o: o, lite: db.Dialect() == store.SQLite, listed: map[string]bool{}}
		second, err := world.Auth.CreateUser(roomtest.Ctx(), world.As("admin-1"), auth.NewUser{Name: "admin-2"})
		if err == nil {
			err = world.Auth.GrantRole(roomtest.Ctx(), world.As("admin-1"), second.ID, auth.Admin, 0)
		}
		if err != nil {
			t.Fatal(err)
		}
		_, err = world.Replies.Ask(roomtest.Ctx(), world.As("editor-1"), replies.Ask{ClaimID: 2, Name: "Anna Weber",
			Role: "minister", Way: replies.Phone, AskedOn: "2026-03-10", Until: "2026-03-15", Contact: "+49 30 555"})
		if err == nil {
			_, err = world.Evidence.Link(roomtest.Ctx(), world.As("editor-1"), evidence.Link{ClaimID: 2,
				URL: "https://leak.example/", Exact: "Twelve.", Lang: "en", ReadOn: "2026-01-02", Protect: "at risk",
				Stance: evidence.Supports, Kind: evidence.PrimaryDocument})
		}
		if err != nil {
			t.Fatal(err)
		}
		held := heldTexts(w)
		if len(held) < 25 {
			t.Errorf("only %d kinds of texts are held: %v", len(held), held)
		}
		one, two := world.As("admin-1"), world.As("admin-2")
		for _, h := range held {
			e, err := world.Erasures.Ask(roomtest.Ctx(), one, h.object, h.name, "It names a child.")
			if err == nil {
				_, err = world.Erasures.Confirm(roomtest.Ctx(), two, e.Public)
			} else if strings.Contains(err.Error(), "asked already") { // of fullWorld
				continue
			}
			if err != nil {
				t.Fatalf("%s/%s: %v", h.object, h.name, err)
			}
		}
		if r := w.verify("events", func(*store.Tx) error { return nil }); !r.OK() {
			t.Fatalf("after erasing the history has findings: %v", r.Findings)
		}
		for _, h := range heldTexts(w) {
			if at := slices.IndexFunc(held, func(was heldText) bool {
				return was == h && h.object+"/"+h.name != "claim:1/statement"
			}); at >= 0 {
				t.Errorf("%s/%s is erased, and stands in its row: %q", h.object, h.name, h.words)
			}
		}
		for _, h := range held {
			w.forge(h)
		}
	})
}

// forge puts other words in the place of a text that was erased, and wants them to be found.
func (w *walker) forge(h heldText) {
	w.t.Helper()
	for _, room := range house.Worded() {
		if room.Kind != history.Kind(h.object) {
			continue
		}
		for column, text := range room.Texts {
			if name, _, _ := strings.Cut(text, "|"); name != h.name {
				continue
			}
			words := "FORGED WORDS"
			if strings.HasPrefix(h.words, "[") && h.words != history.ErasedMark {
				words = `["FORGED WORDS"]`
			}
			if h.name == "words" && room.Kind == "protection" {
				words = `{"url":"FORGED"}`
			}
			if h.name == "stretches" {
				words = `[{"start":1,"end":2,"exact":"FORGED","prefix":"","suffix":"","sentence":0}]`
			}
			_, key, _ := strings.Cut(room.Object, "b.")
			r := w.verify(room.Table, func(tx *store.Tx) error {
				res := tx.Gorm().Exec(`UPDATE `+room.Table+` SET "`+column+`" = ? WHERE CAST(`+key+` AS TEXT) = ?`,
					words, strings.TrimPrefix(h.object, room.Kind+":"))
				if res.Error == nil && res.RowsAffected != 1 {
					w.t.Errorf("%s/%s: %d rows changed", h.object, h.name, res.RowsAffected)
				}
				return res.Error
			})
			if r.OK() {
				w.t.Errorf("%s/%s: forged words in its place are not found", h.object, h.name)
			}
			return
		}
	}
	w.t.Errorf("no table is said to hold %s/%s", h.object, h.name)
}

// TestErasedByAnEarlierProgram: words that were left in a row when their text was erased are a finding, until they are
// erased once more.
func TestErasedByAnEarlierProgram(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		o, world := fullWorld(t, db)
		o.Rooms = house.Rows()
		w := &walker{t: t, db: db, o: o, lite: db.Dialect() == store.SQLite}
		second, err := world.Auth.CreateUser(roomtest.Ctx(), world.As("admin-1"), auth.NewUser{Name: "admin-2"})
		if err == nil {
			err = world.Auth.GrantRole(roomtest.Ctx(), world.As("admin-1"), second.ID, auth.Admin, 0)
		}
		if err == nil {
			err = db.Write(roomtest.Ctx(), func(tx *store.Tx) error {
				_, err := history.Erase(tx, history.Who{Via: history.System}, "evidence:1", "exact", "asked")
				return err
			})
		}
		if err != nil {
			t.Fatal(err)
		}
		honest := func(*store.Tx) error { return nil }
		if r := w.verify("events", honest); len(r.Findings) != 1 || r.Findings[0].Object != "evidence:1" ||
			!strings.Contains(r.Findings[0].Msg, "words stand in its text “exact”") {
			t.Fatalf("%v", r.Findings)
		}
		e, err := world.Erasures.Ask(roomtest.Ctx(), world.As("admin-1"), "evidence:1", "exact", "It names a child.")
		if err == nil {
			_, err = world.Erasures.Confirm(roomtest.Ctx(), world.As("admin-2"), e.Public)
		}
		if err != nil {
			t.Fatal(err)
		}
		if r := w.verify("events", honest); !r.OK() {
			t.Errorf("%v", r.Findings)
		}
		_, err = world.Erasures.Ask(roomtest.Ctx(), world.As("admin-1"), "evidence:1", "exact", "Again.")
		if err == nil {
			t.Error("what is erased everywhere can be asked for again")
		}
	})
}
