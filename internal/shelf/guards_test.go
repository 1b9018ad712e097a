package shelf_test

import (
	"fmt"
	"testing"

	"claimbench/internal/articles"
	"claimbench/internal/claims"
	"claimbench/internal/evidence"
	"claimbench/internal/fault"
	"claimbench/internal/review"
	"claimbench/internal/roomtest"
	"claimbench/internal/shelf"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

// TestAMatchCountsInNoGuard: of two claims without evidence, one with a match that a person confirmed, every review is
// refused or let through alike and in the same words, and with a document linked to each both are approved alike.
func TestAMatchCountsInNoGuard(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		t.Parallel()
		w := roomtest.New(t, db, articles.CollectionNew{Quorum: new(1)})
		said := "Iran sold 20 tons of gold to Russia"
		a := w.Article(articles.Import{Lang: "en", Raw: said + ". " + "The mayor of Lyon left."})
		papers := w.Article(articles.Import{Lang: "en", Raw: "The register has both."})
		with, without := w.Claim(a, said, said), w.Claim(a, "The mayor of Lyon left", "The mayor of Lyon left")
		brought(w, w.Collection.ID, "["+reviewOf(said, "True")+"]")
		if err := w.Shelf.CatchUp(roomtest.Ctx(), w.Collection.ID); err != nil {
			t.Fatal(err)
		}
		m := beside(w, with.ID)[0].Match
		if _, err := w.Shelf.Decide(roomtest.Ctx(), w.As("reviewer-1"), with.ID, m.ID, m.Version,
			shelf.Confirmed); err != nil {
			t.Fatal(err)
		}
		refused := 0
		for _, d := range []review.Draft{
			{Verdict: claims.Corroborated, Reason: review.PrimaryDocument},
			{Verdict: claims.Corroborated, Reason: review.OfficialRecord},
			{Verdict: claims.Corroborated, Reason: review.IndependentSources},
			{Verdict: claims.Disputed, Reason: review.Refuted},
			{Verdict: claims.Unverified, Reason: review.NoEvidence},
			{Verdict: claims.Unverified, Reason: review.SingleOrigin},
		} {
			_, _, one := w.Submit("reviewer-1", with, d)
			_, _, other := w.Submit("reviewer-1", without, d)
			if one != nil {
				refused++
			}
			if got, want := told(one), told(other); got != want {
				t.Errorf("%s, %s: with a match %q, without %q", d.Verdict, d.Reason, got, want)
			}
		}
		if refused != 6 {
			t.Errorf("%d of 6 are refused", refused)
		}
		for _, c := range []claims.Claim{with, without} {
			w.Link(c, papers, "The register has both", evidence.Supports, evidence.PrimaryDocument)
			_, c, err := w.Submit("reviewer-1", c, review.Draft{Verdict: claims.Corroborated,
				Reason: review.PrimaryDocument})
			if err != nil || c.State != claims.Decided {
				t.Fatalf("%s, %v", c.State, err)
			}
			v, err := w.Desk.Reviewing(roomtest.Ctx(), w.As("editor-1"), c.ID)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := w.Review.Approve(roomtest.Ctx(), w.As("editor-1"), review.Approval{ClaimID: c.ID,
				Version: v.Rounds[0].Decision.Version, Reason: review.IndependentSources}); err == nil {
				t.Errorf("claim %d is approved for a reason that its evidence does not bear", c.ID)
			}
		}
	})
}

// told is what a person is told of a fault, with the fields that it names.
func told(err error) string {
	if err == nil {
		return ""
	}
	return fmt.Sprint(fault.KindOf(err), fault.Message(err))
}

// TestMatchesDoNotMoveByAReview: what is proposed to a claim, and in which order, is the same before and after a review
// came in to its open round.
func TestMatchesDoNotMoveByAReview(t *testing.T) {
	t.Parallel()
	w := roomtest.New(t, storetest.SQLite(t), articles.CollectionNew{Quorum: new(2)})
	said := "Iran sold 20 tons of gold to Russia"
	a := w.Article(articles.Import{Lang: "en", Raw: said + "."})
	c := w.Claim(a, said, said)
	brought(w, w.Collection.ID, "["+reviewOf(said, "True")+","+reviewOf(said+" last year", "False")+","+
		reviewOf("It is said that Iran sold 20 tons of gold to Russia", "False")+"]")
	look := func() []shelf.Beside {
		if err := w.Shelf.CatchUp(roomtest.Ctx(), w.Collection.ID); err != nil {
			t.Fatal(err)
		}
		return beside(w, c.ID)
	}
	before := look()
	if len(before) < 2 {
		t.Fatalf("proposed: %+v", before)
	}
	if _, now, err := w.Submit("reviewer-1", c, review.Draft{Verdict: claims.Unverified, Reason: review.NoEvidence,
		Searched: "the minutes"}); err != nil || now.State == claims.Decided {
		t.Fatalf("%s, %v", now.State, err)
	}
	if after := look(); fmt.Sprintf("%+v", after) != fmt.Sprintf("%+v", before) {
		t.Errorf("they moved from\n%+v\nto\n%+v", before, after)
	}
}
