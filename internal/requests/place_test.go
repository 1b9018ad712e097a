package requests_test

import (
	"fmt"
	"testing"

	"claimbench/internal/articles"
	"claimbench/internal/claims"
	"claimbench/internal/deeds"
	"claimbench/internal/fault"
	"claimbench/internal/requests"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

// groups are the requests by the first of those like them, each written as “1 2 3; 4”.
func (x *bench) groups() (out string) {
	x.T.Helper()
	last := requests.ID(0)
	for _, r := range x.rows("SELECT * FROM requests ORDER BY head_id, id") {
		switch {
		case out == "":
		case r.HeadID == last:
			out += " "
		default:
			out += "; "
		}
		out += fmt.Sprint(r.ID)
		last = r.HeadID
	}
	return out
}

func (x *bench) version(id requests.ID) int64 {
	return x.rows("SELECT * FROM requests WHERE id = ?", id)[0].Version
}

// group asks the same three times, and something else once.
func (x *bench) group() {
	x.T.Helper()
	for range 3 {
		x.ask(requests.Asking{Words: "Did the council of Ghent approve 41 grants in March 2021?"})
	}
	x.ask(requests.Asking{Words: "Is the bridge over the river closed to trucks?"})
	if _, err := x.Requests.Sort(ctx); err != nil {
		x.T.Fatal(err)
	}
	if got := x.groups(); got != "1 2 3; 4" {
		x.T.Fatalf("put together they are %s", got)
	}
}

// An editor takes a request out of those that the program put together, the first of them too, and puts it to others;
// z takes it back, and the program leaves it where it was put.
func TestPlace(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		x := newBench(t, db)
		x.group()
		ed := x.As("editor-1")
		place := func(id, with requests.ID, want string) {
			t.Helper()
			if _, err := x.Requests.Place(ctx, ed, requests.Act{ID: id, Version: x.version(id)}, with); err != nil {
				t.Fatal(err)
			}
			if got := x.groups(); got != want {
				t.Errorf("with request %d put to %d they are %s, want %s", id, with, got, want)
			}
		}
		turn := func(do func() (deeds.Deed, error), want string) {
			t.Helper()
			if _, err := do(); err != nil {
				t.Error(err)
			}
			if got := x.groups(); got != want {
				t.Errorf("taken back, or done again, they are %s, want %s", got, want)
			}
		}
		undo := func() (deeds.Deed, error) { return x.Deeds.Undo(ctx, ed, deeds.Ask{Collection: x.Collection.ID}) }
		redo := func() (deeds.Deed, error) { return x.Deeds.Redo(ctx, ed, deeds.Ask{Collection: x.Collection.ID}) }
		place(1, 1, "1; 2 3; 4")
		place(3, 4, "1; 2; 3 4") // 4 is their head
		turn(undo, "1; 2 3; 4")
		turn(undo, "1 2 3; 4")
		turn(redo, "1; 2 3; 4")
		turn(redo, "1; 2; 3 4")
		place(2, 1, "1 2; 3 4")
		place(2, 3, "1; 2 3 4")
		x.ask(requests.Asking{Words: "Did the council of Ghent approve 41 grants in March 2021?"})
		if _, err := x.Requests.Sort(ctx); err != nil {
			t.Fatal(err)
		}
		if got := x.groups(); got != "1 5; 2 3 4" {
			t.Errorf("what comes then is put so: %s", got)
		}
		x.Verify()
		for i, where := range []string{"placed = 0", "placed <> 0"} { // of both kinds a change unseen is found
			if err := db.Write(ctx, func(tx *store.Tx) error {
				return tx.Gorm().Exec("UPDATE requests SET placed = 77 WHERE id = (SELECT MIN(id) FROM requests " +
					"WHERE " + where + ")").Error
			}); err != nil {
				t.Fatal(err)
			}
			if n := x.Differs(); n != int64(i)+1 {
				t.Errorf("%d changes, the audit finds %d", i+1, n)
			}
		}
	})
}

func TestPlaceRefuses(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		x := newBench(t, db)
		x.group()
		ed := x.As("editor-1")
		if _, err := x.Requests.Withhold(ctx, ed, requests.Act{ID: 4, Version: 1}, "A court asked."); err != nil {
			t.Fatal(err)
		}
		for what, c := range map[string]struct {
			who      string
			id, with requests.ID
			version  int64
			kind     fault.Kind
		}{
			"by a reviewer":       {"reviewer-1", 1, 1, 1, fault.NotFound},
			"by an auditor":       {"auditor-1", 1, 1, 1, fault.Forbidden},
			"with nothing":        {"editor-1", 1, 0, 1, fault.Invalid},
			"with none there":     {"editor-1", 1, 99, 1, fault.Invalid},
			"with one taken down": {"editor-1", 1, 4, 1, fault.Invalid},
			"of one taken down":   {"editor-1", 4, 1, 2, fault.Conflict},
			"where it stands":     {"editor-1", 2, 1, 1, fault.Conflict},
			"as it was before":    {"editor-1", 1, 1, 7, fault.Conflict},
		} {
			if _, err := x.Requests.Place(ctx, x.As(c.who), requests.Act{ID: c.id, Version: c.version},
				c.with); fault.KindOf(err) != c.kind {
				t.Errorf("put together %s: %v", what, err)
			}
		}
		if got := x.groups(); got != "1 2 3; 4" {
			t.Errorf("refused, they are %s", got)
		}
		x.Verify()
	})
}

// What an editor decided is taken back for all that it reached, and done again; one that somebody decided about since
// stays, and so does all of it.
func TestTakenBack(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		x := newBench(t, db)
		x.group()
		a := x.Article(articles.Import{Raw: "The council of Ghent approved 41 grants in March 2021.", Lang: "en"})
		one := x.Claim(a, "The council of Ghent approved 41 grants in March 2021",
			"The council of Ghent approved 41 grants in March 2021.").ID
		ed := x.As("editor-1")
		ask := deeds.Ask{Collection: x.Collection.ID}
		states := func(want string) {
			t.Helper()
			got := ""
			for _, r := range x.rows("SELECT * FROM requests ORDER BY id") {
				got += " " + string(r.State)
			}
			if got != want {
				t.Errorf("they are%s, want%s", got, want)
			}
		}
		links := func() int { return x.Count("request_links") }
		if _, err := x.Requests.Link(ctx, ed, requests.Act{ID: 1, Version: 1, Alike: true},
			[]claims.ID{one}); err != nil {
			t.Fatal(err)
		}
		states(" checking checking checking received")
		for range 2 { // forth and back again
			if _, err := x.Deeds.Undo(ctx, ed, ask); err != nil {
				t.Fatal(err)
			}
			if states(" received received received received"); links() != 0 {
				t.Errorf("%d links are left", links())
			}
			if _, err := x.Deeds.Redo(ctx, ed, ask); err != nil {
				t.Fatal(err)
			}
			if states(" checking checking checking received"); links() != 3 {
				t.Errorf("%d links are made again", links())
			}
		}
		if _, err := x.Requests.Refuse(ctx, ed, requests.Act{ID: 1, Version: x.version(1), Alike: true},
			"An opinion."); err != nil {
			t.Fatal(err)
		}
		states(" not_checked not_checked not_checked received")
		if _, err := x.Deeds.Undo(ctx, ed, ask); err != nil {
			t.Fatal(err)
		}
		if states(" checking checking checking received"); links() != 3 {
			t.Errorf("%d links are back", links())
		}
		if _, err := x.Deeds.Redo(ctx, ed, ask); fault.KindOf(err) != fault.Conflict {
			t.Errorf("refused again without a reason: %v", err)
		}
		// The deed before is the next to be taken back, and then another's decision stands in the way.
		if _, err := x.Requests.Unlink(ctx, x.As("editor-2"), requests.Act{ID: 3, Version: x.version(3)},
			one); err != nil {
			t.Fatal(err)
		}
		if _, err := x.Deeds.Undo(ctx, ed, ask); fault.KindOf(err) != fault.Conflict {
			t.Errorf("taken back over another's decision: %v", err)
		}
		if states(" checking checking received received"); links() != 2 {
			t.Errorf("%d links are left of those refused", links())
		}
		if _, err := x.Requests.Withhold(ctx, ed, requests.Act{ID: 1, Version: x.version(1)},
			"A court asked."); err != nil {
			t.Fatal(err)
		}
		if _, err := x.Deeds.Undo(ctx, ed, ask); fault.KindOf(err) != fault.Conflict {
			t.Errorf("what was taken down is back: %v", err)
		}
		x.Verify()
	})
}

// Its own words become a text of the editor's that waits, and nobody's before; taken in, the request finds it again.
func TestTakeIn(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		x := newBench(t, db)
		const words = "The council of Ghent approved 41 grants in March 2021.\nIs that so?"
		x.ask(requests.Asking{Words: words})
		x.ask(requests.Asking{Address: "https://news.example/so"})
		for _, who := range []string{"reviewer-1", "auditor-1", "admin-1"} {
			if _, _, err := x.Requests.TakeIn(ctx, x.As(who), 1); err == nil {
				t.Errorf("%s takes its words in", who)
			}
		}
		if _, _, err := x.Requests.TakeIn(ctx, x.As("editor-1"), 2); fault.KindOf(err) != fault.Conflict {
			t.Errorf("one without words is taken in: %v", err)
		}
		if n := x.Count("arrivals"); n != 0 {
			t.Errorf("%d texts wait", n)
		}
		_, all, err := x.Requests.TakeIn(ctx, x.As("editor-1"), 1)
		if err != nil || len(all) != 1 || all[0].UserID != x.As("editor-1").UserID {
			t.Fatalf("%+v, %v", all, err)
		}
		if _, err := x.Requests.Withhold(ctx, x.As("editor-1"), requests.Act{ID: 1, Version: 1}, "Gone."); err != nil {
			t.Fatal(err)
		}
		if _, _, err := x.Requests.TakeIn(ctx, x.As("editor-1"), 1); fault.KindOf(err) != fault.Conflict {
			t.Errorf("one that was taken down is taken in: %v", err)
		}
		x.Verify()
	})
}
