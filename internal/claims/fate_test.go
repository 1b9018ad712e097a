package claims_test

import (
	"testing"

	"claimbench/internal/articles"
	"claimbench/internal/claims"
	"claimbench/internal/extract"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
	"claimbench/internal/text"
)

// TestFateOfProposals: each candidate keeps who proposed it, and what became of it.
func TestFateOfProposals(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		t.Parallel()
		w := roomtest.New(t, db, articles.CollectionNew{})
		ctx, reviewer := roomtest.Ctx(), w.As("reviewer-1")
		a := w.Article(articles.Import{Lang: "en", Raw: manyStatements(4)})
		if n, err := w.Claims.Extract(ctx, reviewer, a.Article.ID); err != nil || n != 4 {
			t.Fatalf("Extract = %d, %v", n, err)
		}
		page, err := w.Claims.List(ctx, reviewer, claims.Filter{Collection: w.Collection.ID, Limit: 10})
		if err != nil || len(page.Claims) != 4 {
			t.Fatalf("List = %d, %v", len(page.Claims), err)
		}
		c := page.Claims
		if _, err := w.Claims.Accept(ctx, reviewer, c[0].ID, c[0].Version); err != nil {
			t.Fatal(err)
		}
		if _, err := w.Claims.Reject(ctx, reviewer, c[1].ID, c[1].Version, claims.NoClaim); err != nil {
			t.Fatal(err)
		}
		words := claims.Words{Span: text.Span{Start: c[2].Start, End: c[2].End}, Exact: c[2].Exact,
			Statement: "The town council approved the grants.", Attribution: c[2].Attribution, Kind: c[2].Kind}
		if _, err := w.Claims.Edit(ctx, reviewer, c[2].ID, c[2].WordsVersion, words, true); err != nil {
			t.Fatal(err)
		}
		want := map[claims.ID]claims.Fate{c[0].ID: claims.Accepted, c[1].ID: claims.Refused, c[2].ID: claims.Edited,
			c[3].ID: ""}
		for id, got := range fates(t, db) {
			if got != want[id] {
				t.Errorf("claim %d: fate %q, want %q", id, got, want[id])
			}
		}
		rejected, err := w.Claims.Get(ctx, reviewer, c[1].ID)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Claims.Restore(ctx, reviewer, c[1].ID, rejected.Version); err != nil {
			t.Fatal(err)
		}
		if got := fates(t, db)[c[1].ID]; got != "" {
			t.Errorf("a restored candidate waits again, its fate is %q", got)
		}
		w.Verify()
	})
}

func fates(t *testing.T, db *store.DB) map[claims.ID]claims.Fate {
	t.Helper()
	out := map[claims.ID]claims.Fate{}
	if err := db.Read(roomtest.Ctx(), func(r *store.Rx) error {
		var rows []claims.Proposal
		if err := r.Gorm().Find(&rows).Error; err != nil {
			return err
		}
		for _, p := range rows {
			if p.Kind == claims.ProposedBracket {
				continue
			}
			if p.Kind != claims.ProposedCandidate || p.Maker != extract.Maker || p.Version != extract.Version {
				t.Errorf("proposal %+v has another kind, maker or version", p)
			}
			out[p.ClaimID] = p.Fate
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return out
}
