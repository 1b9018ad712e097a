package articles_test

import (
	"slices"
	"testing"

	"claimbench/internal/articles"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

// TestSameAddress: another text under an address that an article gives already comes in, and that article is named; not
// for the very text, for another address or none, nor for an article that was taken down.
func TestSameAddress(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := roomtest.New(t, db, articles.CollectionNew{})
		take := func(url, raw string) articles.Imported {
			t.Helper()
			return w.Article(articles.Import{Lang: "en", URL: url, Raw: raw})
		}
		const at = "https://paper.example/1"
		first := take(at, "Nine ships left.")
		for _, c := range []struct {
			what, url, raw string
			named          bool
		}{
			{"another text", at, "Ten ships left.", true},
			{"the very text", at, "Nine ships left.", false},
			{"another address", at + "1", "Eleven ships left.", false},
			{"no address", "", "Twelve ships left.", false},
		} {
			got := take(c.url, c.raw)
			if named := slices.Contains(got.SameAddress, first.Article.ID); named != c.named || !c.named &&
				len(got.SameAddress) > 0 {
				t.Errorf("%s: %v", c.what, got.SameAddress)
			}
		}
		if got := take("", "No address either."); len(got.SameAddress) > 0 {
			t.Errorf("two without an address: %v", got.SameAddress)
		}
		if err := w.Articles.TakeDown(roomtest.Ctx(), w.As("editor-1"), first.Article.ID, first.Article.Version,
			"A court asked."); err != nil {
			t.Fatal(err)
		}
		if got := take(at, "Thirteen ships left."); slices.Contains(got.SameAddress, first.Article.ID) {
			t.Errorf("one that was taken down: %v", got.SameAddress)
		}
	})
}
