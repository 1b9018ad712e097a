package wishes_test

import (
	"testing"

	"claimbench/internal/articles"
	"claimbench/internal/claims"
	"claimbench/internal/fault"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
	"claimbench/internal/wishes"
)

// A gloss of a passage is of who asked for it alone, is counted nowhere, and goes with the text of the passage.
func TestPassage(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		in, c := w.claim()
		report := w.Article(articles.Import{Lang: "en", Raw: fact + " The mayor said so."})
		text, err := w.Articles.Read(roomtest.Ctx(), w.As("reviewer-1"), report.Article.ID)
		if err != nil {
			t.Fatal(err)
		}
		own, err := w.Articles.Read(roomtest.Ctx(), w.As("reviewer-1"), in.Article.ID)
		if err != nil {
			t.Fatal(err)
		}
		at := text.Sentences[0].ID
		ask := func(who string, at articles.SentenceID) error {
			_, err := w.s.AskPassage(roomtest.Ctx(), w.As(who), c.ID, at, "fa")
			return err
		}
		if err := ask("reviewer-1", at); fault.KindOf(err) != fault.Conflict {
			t.Errorf("before anybody allowed it: %v", err)
		}
		w.allow(100)
		if err := ask("reviewer-1", own.Sentences[0].ID); fault.KindOf(err) != fault.NotFound {
			t.Errorf("a sentence of the claim's own article: %v", err)
		}
		for _, who := range []string{"reviewer-1", "reviewer-2"} { // each is asked for anew
			if err := ask(who, at); err != nil {
				t.Fatal(err)
			}
			w.steps()
		}
		if n := len(w.server.Asked()); n != 2 {
			t.Errorf("%d questions; the second answer tells of the first", n)
		}
		of := func(who string) (words string) {
			if err := w.DB.Read(roomtest.Ctx(), func(r *store.Rx) error {
				all, err := wishes.PassagesOf(r, c.ID, w.As(who).UserID)
				if err != nil || len(all) == 0 {
					return err
				}
				got, err := claims.PassageGlosses(r, []claims.ProposalID{all[0].ProposalID})
				words = got[all[0].ProposalID].Words
				return err
			}); err != nil {
				t.Fatal(err)
			}
			return words
		}
		if of("reviewer-1") != inFa || of("editor-1") != "" || len(w.beside(c.ID)) != 0 {
			t.Errorf("%q, %q, %+v", of("reviewer-1"), of("editor-1"), w.beside(c.ID))
		}
		if err := w.DB.Read(roomtest.Ctx(), func(r *store.Rx) error {
			all, err := claims.AcceptanceIn(r, w.Collection.ID)
			if len(all) > 0 {
				t.Errorf("it is counted: %+v", all)
			}
			return err
		}); err != nil {
			t.Fatal(err)
		}
		if err := w.Articles.TakeDown(roomtest.Ctx(), w.As("editor-1"), report.Article.ID, report.Article.Version,
			"a court order"); err != nil {
			t.Fatal(err)
		}
		kept := 0
		if err := w.DB.Read(roomtest.Ctx(), func(r *store.Rx) error {
			return r.Gorm().Raw("SELECT COUNT(*) FROM proposals WHERE words <> ''").Scan(&kept).Error
		}); err != nil {
			t.Fatal(err)
		}
		if kept != 0 || of("reviewer-1") != "" || w.Count("wishes") != 0 {
			t.Errorf("%d proposals with words, %q, %d wishes", kept, of("reviewer-1"), w.Count("wishes"))
		}
		w.Verify()
	})
}
