package claims_test

import (
	"strings"
	"sync"
	"testing"

	"claimbench/internal/articles"
	"claimbench/internal/claims"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

// TestReanchorReadsInSlices: however many claims stand in the older texts, they are read some hundreds at a time.
func TestReanchorReadsInSlices(t *testing.T) {
	t.Parallel()
	w := roomtest.New(t, storetest.SQLite(t), articles.CollectionNew{})
	a := w.Article(articles.Import{Lang: "en", Raw: "The dam broke. Nine houses were lost."})
	row := w.Claim(a, "The dam broke", "The dam broke.")
	const more = 1100
	many := make([]claims.Claim, more)
	for i := range many {
		many[i] = row
		many[i].ID = 0
	}
	if err := w.DB.Write(roomtest.Ctx(), func(tx *store.Tx) error {
		return tx.Gorm().CreateInBatches(many, 100).Error
	}); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Articles.Revise(roomtest.Ctx(), w.As("editor-1"), a.Article.ID, a.Article.Version,
		"On Friday the dam broke. Nine houses were lost.", false); err != nil {
		t.Fatal(err)
	}
	var mu sync.Mutex
	var read []string
	ctx := store.WithCounter(roomtest.Ctx(), &store.Counter{Each: func(sql string) {
		mu.Lock()
		defer mu.Unlock()
		if strings.Contains(sql, "revision_id <>") {
			read = append(read, sql)
		}
	}})
	out, err := w.Claims.Reanchor(ctx, w.As("editor-1"), a.Article.ID)
	if err != nil || len(out.Asking)+len(out.Moved) != more+1 {
		t.Fatalf("%d ask and %d moved of %d, %v", len(out.Asking), len(out.Moved), more+1, err)
	}
	seen := map[claims.ID]bool{}
	for _, id := range append(out.Asking, out.Moved...) {
		seen[id] = true
	}
	if len(seen) != more+1 {
		t.Errorf("%d claims are told of, some of them twice", len(seen))
	}
	if len(read) != 4 { // 512, 512, 77, none
		t.Errorf("the claims of the older texts were read in %d statements", len(read))
	}
	for _, sql := range read {
		if !strings.Contains(sql, "LIMIT 512") {
			t.Errorf("a reading without a bound: %s", sql)
		}
	}
}
