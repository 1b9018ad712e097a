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
