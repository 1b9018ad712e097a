package desk_test

import (
	"fmt"
	"testing"

	"claimbench/internal/articles"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

// TestRevisionsByPages: the texts of an article are read a page at a time, the newest first, each once; the article's
// own text is the newest on every page.
func TestRevisionsByPages(t *testing.T) {
	w := roomtest.New(t, storetest.SQLite(t), articles.CollectionNew{})
	a := w.Article(articles.Import{Raw: "Text 1.", Lang: "en"})
	of := articles.MostRevisions + 2
	version := a.Article.Version
	for n := 2; n <= of; n++ {
		out, err := w.Articles.Revise(roomtest.Ctx(), w.As("editor-1"), a.Article.ID, version,
			fmt.Sprintf("Text %d.", n), false)
		if err != nil {
			t.Fatal(err)
		}
		version = out.Article.Version
	}
	var seen []int
	for before := 0; ; {
		page, err := w.Desk.Revisions(roomtest.Ctx(), w.As("reviewer-1"), a.Article.ID, before)
		if err != nil {
			t.Fatal(err)
		}
		if len(page.All) > articles.MostRevisions || page.Revision.N != of {
			t.Errorf("%d on a page, of revision %d", len(page.All), page.Revision.N)
		}
		for i := len(page.All) - 1; i >= 0; i-- {
			seen = append(seen, page.All[i].N)
		}
		next := page.JSON().Next
		if (next != "") != page.Earlier {
			t.Errorf("next is %q, earlier %v", next, page.Earlier)
		}
		if !page.Earlier {
			break
		}
		before = page.All[0].N
		if next != fmt.Sprint(before) {
			t.Errorf("next is %q, want %d", next, before)
		}
	}
	for i, n := range seen {
		if n != of-i {
			t.Fatalf("seen: %v", seen)
		}
	}
	if len(seen) != of {
		t.Errorf("%d of %d were seen", len(seen), of)
	}
	if err := w.DB.Read(roomtest.Ctx(), func(r *store.Rx) error {
		n, err := articles.NewestN(r, a.Article.ID)
		if n != of {
			t.Errorf("the newest is %d", n)
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
}
