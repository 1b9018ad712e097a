package evidence_test

import (
	"sync"
	"testing"

	"claimbench/internal/articles"
	"claimbench/internal/claims"
	"claimbench/internal/evidence"
	"claimbench/internal/fault"
	"claimbench/internal/match"
	"claimbench/internal/review"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

const story = "The council of the northern city approved twelve grants on Tuesday evening. The mayor, Anna Berg, " +
	"said that schools will get most of the money. " +
	"Two members voted against it because the report came late. The first payments are due in the spring of next year."

// copies are two articles of which one repeats the other, and one of its own.
func copies(t *testing.T, db *store.DB) (w *roomtest.World, a, b, c articles.Imported) {
	t.Helper()
	w = roomtest.New(t, db, articles.CollectionNew{Quorum: new(2)})
	a = w.Article(articles.Import{Lang: "en", Raw: story, Source: "Northern Wire", Published: "2024-03-01"})
	b = w.Article(articles.Import{Lang: "en", Raw: story + " Read more tomorrow.", Source: "Evening Paper",
		Published: "2024-03-02"})
	c = w.Article(articles.Import{Lang: "en",
		Raw: "A ship left the harbour of a southern island with nobody on board, the coast guard reported."})
	return w, a, b, c
}

func likely(t *testing.T, w *roomtest.World, id articles.ID) []evidence.OriginProposal {
	t.Helper()
	for {
		got, pending, err := w.Evidence.OriginProposals(roomtest.Ctx(), w.As("reviewer-1"), id)
		if err != nil {
			t.Fatal(err)
		}
		if !pending {
			return got
		}
	}
}

func TestOriginProposed(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w, a, b, c := copies(t, db)
		got := likely(t, w, b.Article.ID)
		if len(got) != 1 || got[0].Other.ID != a.Article.ID || got[0].Kind != match.OriginCopy ||
			got[0].Overlap < 700 || got[0].Overlap > 1000 || got[0].Name != "Northern Wire" {
			t.Fatalf("proposed for the copy: %+v", got)
		}
		if got := likely(t, w, c.Article.ID); len(got) != 0 {
			t.Errorf("proposed for an article of its own: %+v", got)
		}
		late := w.Article(articles.Import{Lang: "en", Raw: story + " An update follows."})
		if got := likely(t, w, late.Article.ID); len(got) != 2 {
			t.Errorf("an article that came in later has %d likely copies, want 2", len(got))
		}
		if err := w.Articles.TakeDown(roomtest.Ctx(), w.As("editor-1"), a.Article.ID, a.Article.Version,
			"a court order"); err != nil {
			t.Fatal(err)
		}
		for _, p := range likely(t, w, b.Article.ID) {
			if p.Other.ID == a.Article.ID {
				t.Error("an article that was taken down is proposed")
			}
		}
	})
}

func TestOriginConfirmedMakesReviewsStale(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w, a, b, c := copies(t, db)
		for x, name := range map[articles.ID]string{a.Article.ID: "Northern Wire", b.Article.ID: "Evening Paper"} {
			if _, err := w.Evidence.SetArticleOrigin(roomtest.Ctx(), w.As("reviewer-1"), x, name, 0); err != nil {
				t.Fatal(err)
			}
		}
		cl := w.Claim(c, "nobody on board", "Nobody was on board.")
		w.Link(cl, a, "approved twelve grants", evidence.Supports, evidence.Report)
		w.Link(cl, b, "approved twelve grants", evidence.Supports, evidence.Report)
		d := review.Draft{Verdict: claims.Corroborated, Reason: "independent_sources", Rationale: "Two papers."}
		if _, _, err := w.Submit("reviewer-1", cl, d); err != nil {
			t.Fatal(err)
		}
		p := likely(t, w, a.Article.ID)[0]
		o, err := w.Evidence.ConfirmOrigin(roomtest.Ctx(), w.As("reviewer-2"), evidence.OneOrigin{A: a.Article.ID,
			B: p.Other.ID, VersionA: p.Version, VersionB: p.OtherVersion, Name: "Northern Wire", Proposed: true})
		if err != nil || o.Name != "Northern Wire" {
			t.Fatalf("ConfirmOrigin = %+v, %v", o, err)
		}
		v, err := w.Desk.Reviewing(roomtest.Ctx(), w.As("reviewer-1"), cl.ID)
		if err != nil || v.Mine == nil || v.Mine.Stale == "" {
			t.Errorf("the review still stands: %+v, %v", v.Mine, err)
		}
		if _, _, err := w.Submit("reviewer-1", cl, d); fault.KindOf(err) != fault.Invalid {
			t.Errorf("one origin counts as two: %v", err)
		}
		if got := likely(t, w, a.Article.ID); len(got) != 0 {
			t.Errorf("what was confirmed is proposed again: %+v", got)
		}
		w.Verify()
	})
}

func TestOriginRefused(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w, a, b, _ := copies(t, db)
		if _, err := w.Evidence.RefuseOrigin(roomtest.Ctx(), w.As("auditor-1"), a.Article.ID, b.Article.ID,
			""); fault.KindOf(err) != fault.Forbidden {
			t.Errorf("an auditor refuses: %v", err)
		}
		if _, err := w.Evidence.RefuseOrigin(roomtest.Ctx(), w.As("reviewer-1"), a.Article.ID, a.Article.ID,
			""); fault.KindOf(err) != fault.Invalid {
			t.Errorf("an article is refused with itself: %v", err)
		}
		if _, err := w.Evidence.RefuseOrigin(roomtest.Ctx(), w.As("reviewer-1"), b.Article.ID, a.Article.ID,
			"Both quote the same minutes."); err != nil {
			t.Fatal(err)
		}
		w.Article(articles.Import{Lang: "en", Raw: "Something else came in, so that everything is compared again."})
		if got := likely(t, w, a.Article.ID); len(got) != 0 {
			t.Errorf("what was refused is proposed again: %+v", got)
		}
		if _, err := w.Evidence.RefuseOrigin(roomtest.Ctx(), w.As("reviewer-2"), a.Article.ID, b.Article.ID,
			""); fault.KindOf(err) != fault.Conflict {
			t.Errorf("refused twice: %v", err)
		}
		one := evidence.OneOrigin{A: a.Article.ID, B: b.Article.ID, Name: "Northern Wire", Proposed: true}
		if _, err := w.Evidence.ConfirmOrigin(roomtest.Ctx(), w.As("reviewer-2"), one); fault.KindOf(
			err) != fault.Conflict {
			t.Errorf("confirmed after the refusal: %v", err)
		}
		w.Verify()
	})
}

func TestTwoConfirmOneOriginAtOnce(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w, a, b, _ := copies(t, db)
		people := []string{"reviewer-1", "reviewer-2", "editor-1", "editor-2"}
		errs := make([]error, len(people))
		var wg sync.WaitGroup
		for i, name := range people {
			actor := w.As(name)
			one := evidence.OneOrigin{A: a.Article.ID, B: b.Article.ID, Name: "Origin of " + name, Proposed: true}
			if i%2 == 1 {
				one.A, one.B = one.B, one.A
			}
			wg.Go(func() { _, errs[i] = w.Evidence.ConfirmOrigin(roomtest.Ctx(), actor, one) })
		}
		wg.Wait()
		won := 0
		for _, err := range errs {
			switch fault.KindOf(err) {
			case fault.Conflict:
			default:
				if err != nil {
					t.Errorf("neither done nor a conflict: %v", err)
				}
				won++
			}
		}
		if won != 1 {
			t.Errorf("%d of %d confirmations went through, want 1: %v", won, len(people), errs)
		}
		_, one, err := w.Evidence.ArticleOriginOf(roomtest.Ctx(), w.As("reviewer-1"), a.Article.ID)
		if err != nil || one == nil {
			t.Fatalf("no origin: %v", err)
		}
		_, other, err := w.Evidence.ArticleOriginOf(roomtest.Ctx(), w.As("reviewer-1"), b.Article.ID)
		if err != nil || other == nil || other.ID != one.ID {
			t.Errorf("the articles have the origins %v and %v, %v", one, other, err)
		}
		w.Verify()
	})
}
