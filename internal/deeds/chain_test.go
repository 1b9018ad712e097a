package deeds_test

import (
	"testing"

	"claimbench/internal/claims"
	"claimbench/internal/evidence"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

// TestUndoOfSeveralActsOnOneClaim: z after z goes back act by act, and Z after Z goes forth again, though each changes
// the version of the claim.
func TestUndoOfSeveralActsOnOneClaim(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		d := newDesk(t, db)
		ctx, c, me := roomtest.Ctx(), d.candidates()[0], d.As("reviewer-1")
		_, err := d.Claims.Accept(ctx, me, c.ID, c.Version)
		d.must(err)
		now := d.now(c.ID)
		parts, err := d.Claims.Split(ctx, me, c.ID, now.WordsVersion, []claims.Words{
			{Statement: "It fell."}, {Statement: "It was a bridge."}})
		d.must(err)
		_, err = d.Claims.Edit(ctx, me, parts[1].ID, parts[1].WordsVersion, claims.Words{Statement: "Of stone."}, false)
		d.must(err)
		it, err := d.Evidence.Link(ctx, me, evidence.Link{ClaimID: parts[1].ID, ArticleID: d.other.Article.ID,
			RevisionID: d.other.Revision.ID, Span: d.Find(d.other, "Twelve were hurt"), Stance: evidence.Supports})
		d.must(err)
		_, err = d.Evidence.Unlink(ctx, me, it.ID, it.Version, "")
		d.must(err)
		for range 2 {
			for range 5 {
				d.undo("reviewer-1")
			}
			if a, b := d.now(c.ID), d.now(parts[1].ID); a.State != claims.Candidate || b.State != claims.Merged ||
				a.Statement != c.Statement {
				t.Errorf("after five times z there are %s “%s” and %s", a.State, a.Statement, b.State)
			}
			for range 5 {
				d.redo("reviewer-1")
			}
			if a, b := d.now(c.ID), d.now(parts[1].ID); a.State != claims.Open || b.State != claims.Open ||
				a.Statement != "It fell." || b.Statement != "Of stone." {
				t.Errorf("after five times Z there are %s “%s” and %s “%s”", a.State, a.Statement, b.State, b.Statement)
			}
		}
		d.Verify()
	})
}
