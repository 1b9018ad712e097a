package proposals_test

import (
	"strings"
	"testing"

	"claimbench/internal/articles"
	"claimbench/internal/model/modeltest"
	"claimbench/internal/proposals"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

// candidate is a claim as it is kept.
type candidate struct{ Exact, Statement string }

// TestNoLieOfAMachineIsKept: 500 proposals that say other than their sentences, in seven languages: what is kept of
// them says what the text says, with what denies, doubts or conditions it.
func TestNoLieOfAMachineIsKept(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		t.Parallel()
		w := roomtest.New(t, db, articles.CollectionNew{})
		m := machine(w, "liar")
		all := modeltest.Sentences(t)
		texts := map[string]articles.Imported{}
		for _, g := range all {
			if _, there := texts[g.Lang]; !there {
				texts[g.Lang] = w.Article(articles.Import{Lang: g.Lang, Raw: modeltest.Text(all, g.Lang)})
			}
		}
		var items []proposals.Item
		for _, l := range modeltest.Lies(t, 3, 500) {
			items = append(items, proposals.Item{Kind: proposals.Candidate, Article: texts[l.Of.Lang].Article.ID,
				Quote: l.Quote, Statement: l.Statement})
		}
		refused := 0
		for len(items) > 0 {
			n := min(len(items), proposals.MostItems)
			for _, got := range propose(w, m, items[:n]...) {
				if got.Outcome == proposals.Refused {
					refused++
				}
			}
			items = items[n:]
		}
		kept := 0
		for lang, a := range texts {
			var there []candidate
			if err := db.Read(roomtest.Ctx(), func(r *store.Rx) (err error) {
				there, err = store.Select[candidate](r, "SELECT exact, statement FROM claims WHERE article_id = ?",
					a.Article.ID)
				return err
			}); err != nil {
				t.Fatal(err)
			}
			for _, c := range there {
				kept++
				if bad := modeltest.Through(all, lang, a.Revision.Raw, c.Exact, c.Statement); bad != "" {
					t.Errorf("%s: %s\n statement %s\n words     %s", lang, bad, c.Statement, c.Exact)
				}
			}
		}
		if refused < 300 {
			t.Errorf("only %d are refused", refused)
		}
		t.Logf("%d refused, %d candidates in the articles’ own words", refused, kept)
	})
}

// TestARefusalNamesWhatIsLeftOut: the words that govern what was proposed come with the answer.
func TestARefusalNamesWhatIsLeftOut(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		t.Parallel()
		w := roomtest.New(t, db, articles.CollectionNew{})
		m := machine(w, "extractor")
		const clause = "the brewery had watered down 40 barrels"
		a := w.Article(articles.Import{Lang: "en", Raw: "Inspectors failed to prove that " + clause + "."})
		got := propose(w, m, proposals.Item{Kind: proposals.Candidate, Article: a.Article.ID, Quote: clause,
			Statement: clause})[0]
		if got.Outcome != proposals.Refused || got.Why != "governed" || !strings.Contains(got.What, "failed") {
			t.Errorf("%+v", got)
		}
	})
}
