package deeds_test

import (
	"fmt"
	"testing"

	"claimbench/internal/articles"
	"claimbench/internal/claims"
	"claimbench/internal/evidence"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

// TestUndoOfAMerge: both claims are what they were, each with its own evidence; done again the kept one has what the
// other had. Once somebody built on the kept one, it says so.
func TestUndoOfAMerge(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		d := newDesk(t, db)
		ctx, me := roomtest.Ctx(), d.As("reviewer-1")
		kept := d.Claim(d.one, "Twelve people were hurt", "Twelve people were hurt.")
		gone := d.Claim(d.other, "Twelve were hurt", "Twelve were hurt.")
		third := d.Claim(d.one, "The council had closed", "The council had closed it.")
		d.Link(kept, d.other, "Nobody died", evidence.Context, evidence.Report)
		d.Link(gone, d.Article(articles.Import{Lang: "en", Raw: "A dozen were hurt."}), "A dozen", evidence.Supports,
			evidence.Report)
		read := func() (out string) {
			for _, id := range []claims.ID{kept.ID, gone.ID, third.ID} {
				c := d.now(id)
				items, err := d.Evidence.ForClaim(ctx, d.As("auditor-1"), id)
				d.must(err)
				out += fmt.Sprint("\n", id, c.State, c.Statement, c.WordsVersion, c.Round, c.MergedInto != nil)
				for _, it := range items {
					out += fmt.Sprint(" ", *it.ArticleID, it.Quote.Exact, it.Stance)
				}
			}
			return out
		}
		d.backAndForth("reviewer-1", read, func() {
			_, err := d.Claims.Merge(ctx, me, kept.ID, kept.WordsVersion, []claims.Opened{{ID: gone.ID,
				Version: gone.Version}, {ID: third.ID, Version: third.Version}}, &claims.Words{
				Statement: "Twelve were hurt when it fell."})
			d.must(err)
		})
		d.Verify()
		_, err := d.Claims.Edit(ctx, d.As("reviewer-2"), kept.ID, d.now(kept.ID).WordsVersion,
			claims.Words{Statement: "Twelve."}, false)
		d.must(err)
		d.refused("reviewer-1", "built on it", "edited it since")
		d.undo("reviewer-2")
		d.undo("reviewer-1")
		if c := d.now(gone.ID); c.State != claims.Open {
			t.Errorf("after what was built on it was taken back the merge stays: %s", c.State)
		}
		d.Verify()
	})
}
