package desk_test

import (
	"fmt"
	"testing"

	"claimbench/internal/articles"
	"claimbench/internal/claims"
	"claimbench/internal/desk"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

// TestArticles: the list counts what stands in each article in as many statements for one article as for a hundred,
// and goes on after the last.
func TestArticles(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := roomtest.New(t, db, articles.CollectionNew{})
		d := desk.New(w.House, nil)
		ask := func(after articles.ID) (desk.Articles, int64) {
			t.Helper()
			var c store.Counter
			ctx := store.WithCounter(roomtest.Ctx(), &c)
			out, err := d.Articles(ctx, w.As("reviewer-1"), w.Collection.ID, "", after)
			if err != nil {
				t.Fatal(err)
			}
			if c.Reads.Load() != 1 {
				t.Errorf("%d reads for one page", c.Reads.Load())
			}
			return out, c.Statements.Load()
		}
		first := w.Article(articles.Import{Lang: "en", Raw: "The ministry published nine gigabytes. Nobody denied it."})
		cl := w.Claim(first, "nine gigabytes", "The ministry published nine gigabytes.")
		w.Claim(first, "Nobody denied it", "Nobody denied it.")
		if _, err := w.Claims.Withdraw(roomtest.Ctx(), w.As("reviewer-1"), cl.ID, cl.Version, "no use"); err != nil {
			t.Fatal(err)
		}
		one, statements := ask(0)
		if len(one.Lines) != 1 || one.Lines[0].Claims != (claims.Counts{Claims: 1}) || one.May.Import || one.Next != 0 {
			t.Errorf("one article is listed as %+v", one.Lines)
		}
		for i := range 100 {
			w.Article(articles.Import{Lang: "en", Raw: fmt.Sprintf("Text number %d.", i)})
		}
		many, more := ask(0)
		if len(many.Lines) != 100 || many.Next == 0 || more != statements {
			t.Errorf("%d articles took %d statements, one took %d; next %d", len(many.Lines), more, statements,
				many.Next)
		}
		if rest, _ := ask(many.Next); len(rest.Lines) != 1 || rest.Next != 0 {
			t.Errorf("after the last of a page come %d", len(rest.Lines))
		}
	})
}
