package claims_test

import (
	"encoding/json"
	"strings"
	"testing"

	"claimbench/internal/articles"
	"claimbench/internal/claims"
	"claimbench/internal/fault"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

// A text that was taken down is read by nobody through the claims made of it: not by any list, not by an edit.
func TestWordsOfATakenDownTextAreWithheld(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := roomtest.New(t, db, articles.CollectionNew{})
		const secret = "letter"
		a := w.Article(articles.Import{Raw: "A private letter was printed. The letter says more than it should.",
			Lang: "en"})
		rev := w.As("reviewer-1")
		open := w.Claim(a, "A private letter was printed", "A private letter was printed.")
		if _, err := w.Claims.SetGloss(roomtest.Ctx(), rev, open.ID, "fr", "Une letter privée.", 0); err != nil {
			t.Fatal(err)
		}
		all := candidates(t, w, a)
		candidate := all[len(all)-1]
		if err := w.Articles.TakeDown(roomtest.Ctx(), w.As("editor-1"), a.Article.ID, a.Article.Version,
			"court order"); err != nil {
			t.Fatal(err)
		}
		for name, do := range map[string]func() (any, error){
			"edit": func() (any, error) {
				return w.Claims.Edit(roomtest.Ctx(), rev, open.ID, 1,
					claims.Words{Span: w.Find(a, "The letter says more"), Statement: "x"}, false)
			},
			"accept": func() (any, error) {
				return w.Claims.Accept(roomtest.Ctx(), rev, candidate.ID,
					candidate.Version)
			},
			"split": func() (any, error) {
				return w.Claims.Split(roomtest.Ctx(), rev, open.ID, 1, []claims.Words{{Statement: "x"},
					{Statement: "y"}})
			},
			"merge": func() (any, error) {
				return w.Claims.Merge(roomtest.Ctx(), rev, open.ID, 1,
					[]claims.Opened{{ID: candidate.ID, Version: candidate.Version}},
					nil)
			},
			"outdated": func() (any, error) {
				return w.Claims.Edit(roomtest.Ctx(), rev, open.ID, 9, claims.Words{Statement: "x"}, false)
			},
		} {
			out, err := do()
			f, _ := fault.As(err)
			if f == nil || f.Kind != fault.Conflict {
				t.Errorf("%s: %v", name, err)
				continue
			}
			detail, _ := json.Marshal([]any{f.Msg, f.Fields, f.Detail, out})
			if strings.Contains(string(detail), secret) {
				t.Errorf("%s gives the words away: %s", name, detail)
			}
		}
		list, err := w.Claims.List(roomtest.Ctx(), rev, claims.Filter{Collection: w.Collection.ID})
		words, err2 := w.Claims.Wordings(roomtest.Ctx(), rev, open.ID)
		found, err3 := w.Claims.List(roomtest.Ctx(), rev, claims.Filter{Collection: w.Collection.ID, Text: secret})
		gone, err4 := w.Claims.Withdraw(roomtest.Ctx(), rev, open.ID, open.Version, "taken down")
		if err != nil || err2 != nil || err3 != nil || err4 != nil || len(list.Claims) == 0 || len(words) == 0 {
			t.Fatal(err, err2, err3, err4)
		}
		out, _ := json.Marshal([]any{list, words, gone})
		if strings.Contains(string(out), secret) {
			t.Errorf("the words are in what people read: %s", out)
		}
		if found.Count != 0 {
			t.Errorf("%d claims are found by withheld words", found.Count)
		}
		w.Verify()
	})
}
