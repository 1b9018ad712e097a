package evidence_test

import (
	"testing"

	"claimbench/internal/articles"
	"claimbench/internal/evidence"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

// TestSecretsOf: the names of protected documents and articles are found in words however they are spelt, as whole
// words, for editors and for whom they named.
func TestSecretsOf(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := roomtest.New(t, db, articles.CollectionNew{})
		ctx, editor := roomtest.Ctx(), w.As("editor-1")
		a := w.Article(articles.Import{Raw: "Twelve grants were approved.", Source: "Gazette", Lang: "en"})
		b := w.Article(articles.Import{Raw: "دوازده کمک.", Source: "روزنامهٔ کیهان", URL: "https://www.leak.example/7",
			Lang: "fa"})
		c := w.Claim(a, "Twelve grants were approved", "Twelve grants were approved.")
		if _, err := w.Evidence.Link(ctx, editor, document(c, "kraken", "at risk")); err != nil {
			t.Fatal(err)
		}
		if _, err := w.Articles.Protect(ctx, editor, b.Article.ID, b.Article.Version, "at risk"); err != nil {
			t.Fatal(err)
		}
		finds := func(user string, edits bool, words string) (is bool) {
			if err := db.Read(ctx, func(r *store.Rx) error {
				s, err := evidence.SecretsOf(r, w.Collection.ID, w.As(user).UserID, edits)
				is = s.In(words)
				return err
			}); err != nil {
				t.Fatal(err)
			}
			return is
		}
		for words, want := range map[string]bool{"Ask KRAKEN.": true, "krakens": false, "see leak.example/7": true,
			"روزنامه كيهان نوشت": true, "Gazette": false, "": false} {
			if got := finds("editor-1", true, words); got != want {
				t.Errorf("%q names a source: %v, want %v", words, got, want)
			}
		}
		if finds("reviewer-1", false, "kraken at leak.example") {
			t.Error("somebody who was not named is told")
		}
		if _, err := w.Articles.NameReader(ctx, editor, b.Article.ID, w.As("reviewer-1").UserID, true); err != nil {
			t.Fatal(err)
		}
		if !finds("reviewer-1", false, "at leak.example") || finds("reviewer-1", false, "kraken") {
			t.Error("who was named for one source is told of that one")
		}
		w.Verify()
	})
}
