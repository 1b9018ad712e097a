package evidence_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"

	"claimbench/internal/articles"
	"claimbench/internal/claims"
	"claimbench/internal/evidence"
	"claimbench/internal/match"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

const (
	persian = "هکرها ایمیل‌های کمپین امانوئل مکرون را منتشر کردند. حدود ۹ گیگابایت داده منسوب به کمپین مکرون در " +
		"اینترنت منتشر شد."
	arabic = "قال فريق ماكرون إنه تعرض للقرصنة. نشر القراصنة 9 غيغابايت من بيانات حملة ماكرون على الإنترنت. السماء " +
		"زرقاء اليوم."
	english = "Hackers published 7 gigabytes of data of the Macron campaign on the internet. The weather was fine."
)

// leak is a Persian claim on Macron beside an Arabic article on the same.
func leak(t *testing.T, db *store.DB) (w *roomtest.World, ar articles.Imported, c claims.Claim) {
	t.Helper()
	w = roomtest.New(t, db, articles.CollectionNew{})
	fa := w.Article(articles.Import{Lang: "fa", Raw: persian, Published: "2017-05-06"})
	ar = w.Article(articles.Import{Lang: "ar", Raw: arabic, Published: "2017-05-07", Source: "Cairo"})
	c = w.Claim(fa, "حدود ۹ گیگابایت داده منسوب به کمپین مکرون",
		"حدود ۹ گیگابایت داده منسوب به کمپین مکرون در اینترنت منتشر شد.")
	return w, ar, c
}

func proposals(t *testing.T, w *roomtest.World, c claims.Claim) []evidence.Passage {
	t.Helper()
	got, err := w.Evidence.Passages(roomtest.Ctx(), w.As("reviewer-1"), c.ID, 10)
	if err != nil || got.Pending != 0 {
		t.Fatalf("Passages: %v, %d articles pending", err, got.Pending)
	}
	return got.Passages
}

func TestPassagesAcrossScripts(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w, ar, c := leak(t, db)
		got := proposals(t, w, c)
		if len(got) == 0 || got[0].Article.ID != ar.Article.ID || !strings.Contains(got[0].Words, "9 غيغابايت") ||
			got[0].Source != "Cairo" {
			t.Fatalf("the first proposal is not the Arabic sentence: %+v", got)
		}
		var shared []string
		for _, key := range got[0].Keys {
			shared = append(shared, key.Kind+" "+key.Query+" = "+key.Hit)
		}
		for _, want := range []match.Key{{Query: "مکرون", Hit: "ماكرون", Kind: match.KindName}, {Query: "۹", Hit: "9",
			Kind: match.KindNumber}, {Query: "داده", Hit: "بيانات", Kind: match.KindWord}} {
			if !strings.Contains(strings.Join(shared, "\n"), want.Kind+" "+want.Query+" = "+want.Hit) {
				t.Errorf("the keys %q lack %+v", shared, want)
			}
		}
		if len(got[0].Differences) != 0 {
			t.Errorf("9 GB and 9 GB differ: %q", got[0].Differences)
		}
	})
}

func TestPassagesOfNobodyElse(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w, ar, c := leak(t, db)
		other, err := w.Articles.CreateCollection(roomtest.Ctx(), w.As("admin-1"),
			articles.CollectionNew{Name: "Another investigation"})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Articles.Import(roomtest.Ctx(), w.As("editor-1"), articles.Import{Collection: other.ID,
			Lang: "ar", Raw: arabic + " وأكثر."}); err != nil {
			t.Fatal(err)
		}
		for _, p := range proposals(t, w, c) {
			if p.Article.ID == c.ArticleID || p.Article.CollectionID != c.CollectionID ||
				p.Article.ID != ar.Article.ID {
				t.Errorf("a passage of article %d, collection %d is proposed: %s", p.Article.ID, p.Article.CollectionID,
					p.Words)
			}
		}
		if _, err := w.Evidence.Passages(roomtest.Ctx(), w.As("admin-1"), c.ID, 10); err == nil {
			t.Error("an admin, who reads no articles, gets passages")
		}
	})
}

// What comes in, is revised or is taken down by anybody, another service among them, is seen by the next question.
func TestPassagesFollowTheArticles(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w, ar, c := leak(t, db)
		editor := w.As("editor-1")
		has := func(when, words string, want bool) {
			t.Helper()
			found := false
			for _, p := range proposals(t, w, c) {
				found = found || strings.Contains(p.Words, words)
			}
			if found != want {
				t.Errorf("%s: %q is proposed: %v", when, words, found)
			}
		}
		has("at first", "9 غيغابايت", true)
		en := w.Article(articles.Import{Lang: "en", Raw: english})
		has("after an import", "7 gigabytes", true)
		if _, err := w.Articles.Revise(roomtest.Ctx(), editor, en.Article.ID, en.Article.Version,
			"Hackers published 8 gigabytes of data of the Macron campaign.", false); err != nil {
			t.Fatal(err)
		}
		has("after a revision", "7 gigabytes", false)
		has("after a revision", "8 gigabytes", true)
		if err := w.Articles.TakeDown(roomtest.Ctx(), editor, ar.Article.ID, ar.Article.Version,
			"a court order"); err != nil {
			t.Fatal(err)
		}
		has("after a take-down", "غيغابايت", false)
		has("after a take-down", "8 gigabytes", true)
	})
}

func TestPassagesAgainstAndLinked(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w, ar, c := leak(t, db)
		en := w.Article(articles.Import{Lang: "en", Raw: english})
		got := proposals(t, w, c)
		against := false
		for _, p := range got {
			if against && !p.Against {
				t.Errorf("%q is ranked below one that is against", p.Words)
			}
			against = against || p.Against
			if p.Article.ID == en.Article.ID && strings.Contains(p.Words, "7 gigabytes") {
				if !p.Against || len(p.Differences) != 1 || !strings.Contains(p.Differences[0], "7 gigabytes") {
					t.Errorf("7 GB against 9 GB: against %v, differences %q", p.Against, p.Differences)
				}
			}
		}
		if !against {
			t.Error("nothing is against")
		}
		item := w.Link(c, en, "Hackers published 7 gigabytes of data", evidence.Refutes, evidence.Report)
		if len(item.Differences) != 1 || !strings.Contains(item.Differences[0], "۹ گیگابایت") {
			t.Errorf("the difference is not kept on the link: %q", item.Differences)
		}
		for _, p := range proposals(t, w, c) {
			if strings.Contains(p.Words, "7 gigabytes") {
				t.Error("what is linked is proposed still")
			}
		}
		if _, err := w.Evidence.SetArticleOrigin(roomtest.Ctx(), w.As("reviewer-1"), ar.Article.ID, "A wire",
			0); err != nil {
			t.Fatal(err)
		}
		if _, err := w.Evidence.SetArticleOrigin(roomtest.Ctx(), w.As("reviewer-1"), c.ArticleID, "A wire",
			0); err != nil {
			t.Fatal(err)
		}
		if p := proposals(t, w, c)[0]; p.Origin == nil || p.Origin.Name != "A wire" || p.Twin != evidence.TwinOfClaim {
			t.Errorf("the first proposal shares the claim's origin, and says %+v, %q", p.Origin, p.Twin)
		}
		w.Verify()
	})
}

func TestPassagesAskedByManyAtOnce(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w, _, c := leak(t, db)
		actor := w.As("reviewer-1")
		var wg sync.WaitGroup
		for i := range 6 {
			wg.Go(func() {
				if i%2 == 0 {
					_, err := w.Articles.Import(roomtest.Ctx(), w.As("editor-1"),
						articles.Import{Collection: w.Collection.ID, Lang: "en", Raw: fmt.Sprintf("Report %d. %s", i,
							english)})
					if err != nil {
						t.Error(err)
					}
				}
				for range 3 {
					got, err := w.Evidence.Passages(roomtest.Ctx(), actor, c.ID, 10)
					if err != nil || len(got.Passages) == 0 {
						t.Errorf("%d passages, %v", len(got.Passages), err)
					}
				}
			})
		}
		wg.Wait()
		seen := map[articles.ID]bool{}
		for _, p := range proposals(t, w, c) {
			seen[p.Article.ID] = true
		}
		if len(seen) != 4 {
			t.Errorf("passages of %d articles in the end, want 4", len(seen))
		}
	})
}
