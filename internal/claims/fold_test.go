package claims_test

import (
	"testing"

	"claimbench/internal/articles"
	"claimbench/internal/claims"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

// TestListFolds: a list that folds leaves out the candidates of background and sayings, counts them, and keeps a claim
// of such a kind that somebody accepted.
func TestListFolds(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		t.Parallel()
		w := roomtest.New(t, db, articles.CollectionNew{})
		ctx, reviewer := roomtest.Ctx(), w.As("reviewer-1")
		a := w.Article(articles.Import{Lang: "en", Raw: manyStatements(4)})
		if _, err := w.Claims.Extract(ctx, reviewer, a.Article.ID); err != nil {
			t.Fatal(err)
		}
		f := claims.Filter{Collection: w.Collection.ID, Limit: 2}
		all, err := w.Claims.List(ctx, reviewer, claims.Filter{Collection: f.Collection})
		if err != nil || len(all.Claims) != 4 {
			t.Fatalf("List = %d, %v", len(all.Claims), err)
		}
		for i, kind := range []claims.Kind{claims.Background, claims.Speech, claims.Background} {
			c := all.Claims[i]
			if _, err := w.Claims.Edit(ctx, reviewer, c.ID, c.WordsVersion, claims.Words{Statement: c.Statement,
				Kind: kind}, i == 2); err != nil {
				t.Fatal(err)
			}
		}
		f.Fold = true
		for state, want := range map[claims.State][2]int{"": {2, 2}, claims.Candidate: {1, 2}, claims.Open: {1, 0}} {
			f.State = state
			got, err := w.Claims.List(ctx, reviewer, f)
			if err != nil || len(got.Claims) != want[0] || got.Count != want[0] || got.Folded != want[1] ||
				got.Next != 0 {
				t.Errorf("state %q: %d claims, count %d, %d folded, next %d, %v; want %v", state, len(got.Claims),
					got.Count, got.Folded, got.Next, err, want)
			}
		}
	})
}
