package evidence_test

import (
	"slices"
	"testing"

	"claimbench/internal/claims"
	"claimbench/internal/evidence"
	"claimbench/internal/fault"
	"claimbench/internal/review"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

// TestReanchor: a linked passage that stands unchanged in a newer text goes with it, and reviews that rely on it stand;
// one whose number changed stays, is flagged, and unlinking it makes the review stale.
func TestReanchor(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		x := newBench(t, db)
		moves := x.Link(x.claim, x.b, "تصویب کرد", evidence.Supports, evidence.OfficialRecord)
		stays := x.Link(x.claim, x.b, "شورا ۱۲ کمک", evidence.Supports, evidence.Report)
		if _, _, err := x.Submit("reviewer-1", x.claim, review.Draft{Verdict: claims.Corroborated,
			Reason: review.OfficialRecord, Rationale: "The minutes."}); err != nil {
			t.Fatal(err)
		}
		next, err := x.Articles.Revise(roomtest.Ctx(), x.As("editor-1"), x.b.Article.ID, x.b.Article.Version,
			"به‌روز شد.\nشورا ۱۳ کمک را تصویب کرد.", false)
		if err != nil {
			t.Fatal(err)
		}
		out, err := x.Evidence.Reanchor(roomtest.Ctx(), x.As("editor-1"), x.b.Article.ID)
		if err != nil || !slices.Equal(out.Moved, []evidence.ID{moves.ID}) || !slices.Equal(out.Behind,
			[]evidence.ID{stays.ID}) {
			t.Fatalf("Reanchor = %+v, %v", out, err)
		}
		items, err := x.Evidence.ForClaim(roomtest.Ctx(), x.As("reviewer-1"), x.claim.ID)
		if err != nil || len(items) != 2 {
			t.Fatalf("%d items, %v", len(items), err)
		}
		whole := []rune(next.Revision.Raw)
		if it := items[0]; it.RevisionID != next.Revision.ID || it.Standing != nil || it.Exact != moves.Exact ||
			string(whole[it.Start:it.End]) != it.Exact || it.Sentence != 2 {
			t.Errorf("it did not move: %+v", it)
		}
		if it := items[1]; it.RevisionID != x.b.Revision.ID || it.Standing == nil ||
			*it.Standing != (evidence.Standing{N: 1, Of: 2}) {
			t.Errorf("it is not flagged: %+v", it)
		}
		stale := func() string {
			v, err := x.Desk.Reviewing(roomtest.Ctx(), x.As("reviewer-1"), x.claim.ID)
			if err != nil || v.Mine == nil {
				t.Fatalf("View = %+v, %v", v, err)
			}
			return v.Mine.Stale
		}
		if why := stale(); why != "" {
			t.Errorf("the review is stale: %s", why)
		}
		if again, err := x.Evidence.Reanchor(roomtest.Ctx(), x.As("editor-1"), x.b.Article.ID); err != nil ||
			len(again.Moved) != 0 {
			t.Errorf("again: %+v, %v", again, err)
		}
		if _, err := x.Evidence.Reanchor(roomtest.Ctx(), x.As("auditor-1"), x.b.Article.ID); fault.KindOf(
			err) != fault.Forbidden {
			t.Errorf("an auditor moves evidence: %v", err)
		}
		if _, err := x.Evidence.Unlink(roomtest.Ctx(), x.As("reviewer-1"), stays.ID, items[1].Version,
			"the figure changed"); err != nil || stale() == "" {
			t.Errorf("unlinking leaves the review standing: %v", err)
		}
		x.Verify()
	})
}
