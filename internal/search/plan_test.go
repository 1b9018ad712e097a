package search_test

import (
	"strings"
	"testing"

	"claimbench/internal/articles"
	"claimbench/internal/claims"
	"claimbench/internal/roomtest"
	"claimbench/internal/search"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

// TestSearchStopsAtThePage: what a search found comes in the order of the index and is not sorted, so that the index is
// read up to the end of the page only; a search in one article reads that article's part.
func TestSearchStopsAtThePage(t *testing.T) {
	t.Parallel()
	db := storetest.SQLite(t)
	w := roomtest.New(t, db, articles.CollectionNew{})
	a := w.Article(articles.Import{Lang: "en", Raw: "Seven grants were approved. Two grants were not."})
	w.Claim(a, "Seven grants were approved", "The council approved seven grants.")
	var asked []string
	ctx := store.WithCounter(roomtest.Ctx(), &store.Counter{Each: func(sql string) {
		if strings.Contains(sql, " MATCH ") {
			asked = append(asked, sql)
		}
	}})
	q := search.Query{Collection: w.Collection.ID, Words: "grants", Limit: 1}
	page, err := w.Search.Sentences(ctx, w.As("reviewer-1"), q)
	if err != nil || len(page.Hits) != 1 || !page.More {
		t.Fatalf("%+v, %v", page, err)
	}
	q.After, q.Article = page.Hits[0].Sentence.ID, a.Article.ID
	if page, err = w.Search.Sentences(ctx, w.As("reviewer-1"), q); err != nil || len(page.Hits) != 1 || page.More {
		t.Errorf("the second page in the article: %+v, %v", page, err)
	}
	if _, err := w.Claims.List(ctx, w.As("reviewer-1"), claims.Filter{Collection: w.Collection.ID,
		Text: "grants"}); err != nil {
		t.Fatal(err)
	}
	if len(asked) != 4 { // two pages of sentences, a page of claims and their number
		t.Errorf("%d statements ask the index", len(asked))
	}
	for _, sql := range asked {
		plan := storetest.Plan(t, db, sql)
		if i, j := strings.Index(plan, "VIRTUAL TABLE INDEX"), strings.Index(plan, "SEARCH"); i < 0 || j < i ||
			strings.Contains(plan, "FOR ORDER BY") {
			t.Errorf("the plan of %s is\n%s", sql, plan)
		}
		// by the collection it would walk all its articles for every hit
		if strings.Contains(sql, "search_sentences") && !strings.Contains(plan, "articles_revision") &&
			!strings.Contains(plan, "articles_by_revision (collection_id=? AND state=? AND revision_id=?)") &&
			!strings.Contains(plan, "SEARCH articles USING INTEGER PRIMARY KEY") {
			t.Errorf("articles are not looked up one by one:\n%s\n%s", sql, plan)
		}
	}
}
