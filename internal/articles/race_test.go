package articles_test

import (
	"fmt"
	"sync"
	"testing"

	"claimbench/internal/articles"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

// The same text, brought by eight people at once, comes in once; and eight texts that name one new source all come in,
// with one source.
func TestImportsAtOnce(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := roomtest.New(t, db, articles.CollectionNew{})
		editor := w.As("editor-1")
		const n = 8
		all := func(in func(i int) articles.Import) (out [n]articles.Imported) {
			var wait sync.WaitGroup
			for i := range n {
				wait.Add(1)
				go func() {
					defer wait.Done()
					x := in(i)
					x.Collection = w.Collection.ID
					var err error
					if out[i], err = w.Articles.Import(roomtest.Ctx(), editor, x); err != nil {
						t.Error(err)
					}
				}()
			}
			wait.Wait()
			return out
		}
		for round := range 5 {
			fresh, ids := 0, map[articles.ID]bool{}
			for _, got := range all(func(int) articles.Import {
				return articles.Import{Raw: fmt.Sprintf("The bridge was closed for %d days.", round+2), Lang: "en"}
			}) {
				ids[got.Article.ID] = true
				if !got.Existing {
					fresh++
				}
			}
			if fresh != 1 || len(ids) != 1 {
				t.Errorf("round %d: %d came in, as %d articles", round, fresh, len(ids))
			}
			sources := map[articles.SourceID]bool{}
			for _, got := range all(func(i int) articles.Import {
				return articles.Import{Raw: fmt.Sprintf("Report %d of day %d.", i, round), Lang: "en",
					Source: fmt.Sprintf("Gazette %d", round)}
			}) {
				if got.Article.SourceID != nil {
					sources[*got.Article.SourceID] = true
				}
			}
			if len(sources) != 1 {
				t.Errorf("round %d: %d sources", round, len(sources))
			}
		}
		w.Verify()
	})
}
