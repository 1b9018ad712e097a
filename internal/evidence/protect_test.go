package evidence_test

import (
	"strings"
	"testing"

	"claimbench/internal/articles"
	"claimbench/internal/claims"
	"claimbench/internal/evidence"
	"claimbench/internal/fault"
	"claimbench/internal/history"
	"claimbench/internal/review"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

// document is an outside document of an origin.
func document(c claims.Claim, origin, protect string) evidence.Link {
	return evidence.Link{ClaimID: c.ID, URL: "https://" + origin + ".example/", Title: origin, Publisher: origin,
		Exact: "Twelve, says " + origin + ".", Lang: "en", ReadOn: "2026-01-01", Origin: origin, Note: origin,
		Stance: evidence.Supports, Kind: evidence.Report, Protect: protect}
}

// A protected source is in no row of evidence and of no origin, and counts in the guards as an open one would: two
// documents of one origin are of one, also when one of them is open.
func TestProtectedSourcesCount(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := roomtest.New(t, db, articles.CollectionNew{})
		a := w.Article(articles.Import{Raw: "Twelve grants were approved.", Source: "Gazette", Lang: "en"})
		c := w.Claim(a, "Twelve grants were approved", "Twelve grants were approved.")
		editor := w.As("editor-1")
		link := func(origin, protect string) evidence.Item {
			t.Helper()
			it, err := w.Evidence.Link(roomtest.Ctx(), editor, document(c, origin, protect))
			if err != nil {
				t.Fatal(err)
			}
			return it
		}
		_, err := w.Evidence.Link(roomtest.Ctx(), w.As("reviewer-1"), document(c, "kraken", "x"))
		if fault.KindOf(err) != fault.Forbidden {
			t.Errorf("a reviewer protects: %v", err)
		}
		verdict := func() error {
			_, _, err := w.Submit("reviewer-1", c, review.Draft{Verdict: claims.Corroborated,
				Reason: review.IndependentSources, Rationale: "Both."})
			return err
		}
		first := link("kraken", "source at risk")
		link("kraken", "source at risk")
		late := link("kraken", "")
		if err := verdict(); err == nil {
			t.Error("three documents of one origin are counted as independent")
		}
		if _, err := w.Evidence.Protect(roomtest.Ctx(), editor, late.ID, 1, "asked for it"); err != nil {
			t.Fatal(err)
		}
		if err := verdict(); err == nil {
			t.Error("three documents of one origin are counted as independent once all are protected")
		}
		link("basilisk", "source at risk")
		if err := verdict(); err != nil {
			t.Errorf("protected documents of two origins do not count: %v", err)
		}
		if w.Count("evidence WHERE url || title || publisher || exact || note LIKE '%kraken%'") != 0 ||
			w.Count("origins WHERE name LIKE '%kraken%'") != 0 {
			t.Error("a row says who a protected source is")
		}
		for _, id := range []evidence.ID{first.ID, late.ID} {
			hides(t, db, id)
		}
		if _, err := w.Evidence.Unprotect(roomtest.Ctx(), editor, late.ID, 2); err != nil {
			t.Fatal(err)
		}
		if w.Count("evidence WHERE title = 'kraken'") != 1 || w.Count("origins WHERE name = 'kraken'") != 1 {
			t.Error("what was protected does not come back")
		}
		w.Verify()
	})
}

// hides says that the history tells nothing of an item, from its first event on.
func hides(t *testing.T, db *store.DB, id evidence.ID) {
	t.Helper()
	if err := db.Read(roomtest.Ctx(), func(r *store.Rx) error {
		events, err := history.List(r, history.Filter{Object: evidence.Object(id),
			Viewer: history.Viewer{ReadAll: true}})
		for _, e := range events {
			if !e.Hidden || len(e.Texts) > 0 || e.After["origin"] != "" || e.After["claim"] == "" {
				t.Errorf("the event %s of %s tells %v, %v", e.Action, e.Object, e.After, e.Texts)
			}
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	if _, err := history.Export(roomtest.Ctx(), db, &out, history.Filter{Viewer: history.Viewer{ReadAll: true}}); err !=
		nil {
		t.Fatal(err)
	}
	if strings.Contains(out.String(), "kraken") {
		t.Error("the exported history tells who the source is")
	}
}

// tells names the items and origins of which a row or an event names a source.
func tells(t *testing.T, w *roomtest.World, source string) {
	t.Helper()
	for _, where := range []string{"evidence WHERE url || archived_url || title || publisher || exact || note",
		"origins WHERE name"} {
		if n := w.Count(where + " LIKE '%" + source + "%'"); n > 0 {
			t.Errorf("%d rows of %s name the source", n, where)
		}
	}
	var out strings.Builder
	_, err := history.Export(roomtest.Ctx(), w.DB, &out, history.Filter{Viewer: history.Viewer{ReadAll: true}})
	if err != nil || strings.Contains(out.String(), source) {
		t.Errorf("the exported history tells who the source is, %v", err)
	}
}

// What is protected is a document: the copies that merges made, those of a merge that was taken back too, and what was
// unlinked before, are hidden with it, whichever of them is protected; other documents stay open.
func TestProtectingHidesCopies(t *testing.T) {
	for name, first := range map[string]bool{"the first": true, "the copy": false} {
		t.Run(name, func(t *testing.T) {
			storetest.Each(t, func(t *testing.T, db *store.DB) { protectsCopies(t, db, first) })
		})
	}
}

func protectsCopies(t *testing.T, db *store.DB, first bool) {
	t.Helper()
	w := roomtest.New(t, db, articles.CollectionNew{})
	a := w.Article(articles.Import{Raw: "Twelve grants were approved. The mayor signed them.", Lang: "en"})
	old := w.Claim(a, "Twelve grants were approved", "Twelve grants were approved.")
	into := w.Claim(a, "The mayor signed them", "The mayor signed them.")
	editor := w.As("editor-1")
	link := func(c claims.Claim, origin, protect string) evidence.Item {
		t.Helper()
		it, err := w.Evidence.Link(roomtest.Ctx(), editor, document(c, origin, protect))
		if err != nil {
			t.Fatal(err)
		}
		return it
	}
	source := link(old, "kraken", "")
	link(old, "basilisk", "")
	if _, err := w.Claims.Merge(roomtest.Ctx(), editor, into.ID, into.WordsVersion,
		[]claims.Opened{{ID: old.ID, Version: old.Version}}, nil); err != nil {
		t.Fatal(err)
	}
	copied := source
	if err := db.Read(roomtest.Ctx(), func(r *store.Rx) error {
		all, err := evidence.OfClaim(r, into.ID)
		copied = all[0].Item
		return err
	}); err != nil || copied.URL != source.URL || copied.ID == source.ID {
		t.Fatalf("%+v, %v", copied, err)
	}
	given := copied
	if first {
		given = source
	}
	if _, err := w.Evidence.Protect(roomtest.Ctx(), editor, given.ID, given.Version, "at risk"); err != nil {
		t.Fatal(err)
	}
	tells(t, w, "kraken")
	hides(t, db, source.ID)
	hides(t, db, copied.ID)
	if w.Count("evidence WHERE publisher = 'basilisk'") != 2 {
		t.Error("another document is hidden too")
	}
	if err := db.Read(roomtest.Ctx(), func(r *store.Rx) error {
		since, err := evidence.ProtectedIn(r, w.Collection.ID)
		if len(since) != 2 || since[source.ID] != "at risk" || since[copied.ID] != "at risk" {
			t.Errorf("protected: %v", since)
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
	w.Verify()
}

// An item that was linked openly, unlinked, and is linked anew as a protected one is hidden in the same act, however
// its address is spelt.
func TestLinkingProtectedHidesEarlier(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := roomtest.New(t, db, articles.CollectionNew{})
		a := w.Article(articles.Import{Raw: "Twelve grants were approved.", Lang: "en"})
		c := w.Claim(a, "Twelve grants were approved", "Twelve grants were approved.")
		editor := w.As("editor-1")
		open, err := w.Evidence.Link(roomtest.Ctx(), editor, document(c, "kraken", ""))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Evidence.Unlink(roomtest.Ctx(), editor, open.ID, open.Version, "asked by kraken"); err != nil {
			t.Fatal(err)
		}
		again := document(c, "kraken", "at risk")
		again.URL, again.Exact = "http://www.kraken.example#top", "Other words of kraken."
		if _, err := w.Evidence.Link(roomtest.Ctx(), editor, again); err != nil {
			t.Fatal(err)
		}
		tells(t, w, "kraken")
		hides(t, db, open.ID)
		if n := w.Count("origins"); n != 1 {
			t.Errorf("one origin became %d", n)
		}
		w.Verify()
	})
}
