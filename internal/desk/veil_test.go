package desk_test

import (
	"encoding/json"
	"strings"
	"testing"

	"claimbench/internal/articles"
	"claimbench/internal/claims"
	"claimbench/internal/desk"
	"claimbench/internal/evidence"
	"claimbench/internal/review"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

// TestNobodyIsNamedWhileARoundIsOpen: who linked evidence and who commented is told to themselves and to auditors; to
// everybody else when the round is decided.
func TestNobodyIsNamedWhileARoundIsOpen(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := roomtest.New(t, db, articles.CollectionNew{Quorum: new(1)})
		a := w.Article(articles.Import{Raw: "The council approved 12 grants in 2016.", Lang: "en"})
		b := w.Article(articles.Import{Raw: "Minutes: 12 grants were approved.", Lang: "en"})
		c := w.Claim(a, "approved 12 grants", "The council approved 12 grants.")
		w.Link(c, b, "12 grants", evidence.Supports, evidence.PrimaryDocument) // by reviewer-1
		if _, err := w.Claims.AddComment(roomtest.Ctx(), w.As("reviewer-1"), c.ID, "Which year?"); err != nil {
			t.Fatal(err)
		}
		if _, err := w.Claims.SetGloss(roomtest.Ctx(), w.As("reviewer-1"), c.ID, "fr", "Douze.", 0); err != nil {
			t.Fatal(err)
		}
		who := func(reader string) (linked, said string) {
			t.Helper()
			seen, err := w.Desk.Claim(roomtest.Ctx(), w.As(reader), desk.ClaimAsk{ID: c.ID})
			if err != nil || len(seen.Evidence) != 1 {
				t.Fatalf("%s: %v, %+v", reader, err, seen)
			}
			raw, err := json.Marshal(seen.JSON())
			if err != nil {
				t.Fatal(err)
			}
			named := strings.Contains(string(raw), `"linked_by"`)
			if linked = seen.Names.Of(seen.Evidence[0].LinkedBy); named != (linked != "someone") {
				t.Errorf("%s reads %q on the page, and in JSON %v", reader, linked, named)
			}
			g := seen.Names.Of(seen.Claim.Glosses[0].AuthorID)
			if told := strings.Contains(string(raw), `"author"`); seen.Claim.Round == 1 && (g != linked ||
				told != (linked != "someone")) {
				t.Errorf("%s reads that %s wrote the gloss, and in JSON %v; want %s", reader, g, told, linked)
			}
			if len(seen.Comments) == 0 { // it is hidden, its author with it
				return linked, "someone"
			}
			return linked, seen.Names.Of(seen.Comments[0].AuthorID)
		}
		check := func(when string, want map[string]string) {
			t.Helper()
			for reader, name := range want {
				if linked, said := who(reader); linked != name || said != name {
					t.Errorf("%s, %s reads that %s linked and %s commented, want %s", when, reader, linked, said, name)
				}
			}
		}
		check("while the round is open", map[string]string{"reviewer-1": "Reviewer One", "auditor-1": "Reviewer One",
			"reviewer-2": "someone", "editor-1": "someone"})
		if _, _, err := w.Submit("reviewer-2", c, review.Draft{Verdict: claims.Corroborated,
			Reason: review.PrimaryDocument}); err != nil {
			t.Fatal(err)
		}
		check("when it is decided", map[string]string{"reviewer-2": "Reviewer One", "editor-1": "Reviewer One"})
		now, err := w.Claims.Get(roomtest.Ctx(), w.As("editor-1"), c.ID)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Review.Reopen(roomtest.Ctx(), w.As("editor-1"), c.ID, now.Version, "A correction."); err != nil {
			t.Fatal(err)
		}
		check("in a later round, of what came before it", map[string]string{"editor-2": "Reviewer One"})
	})
}
