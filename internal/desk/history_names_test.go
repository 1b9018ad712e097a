package desk_test

import (
	"strings"
	"testing"

	"claimbench/internal/articles"
	"claimbench/internal/claims"
	"claimbench/internal/desk"
	"claimbench/internal/evidence"
	"claimbench/internal/review"
	"claimbench/internal/roomtest"
	"claimbench/internal/shelf"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

// TestAConflictNamesNobody: who closed a round in conflict is one of its reviewers.
func TestAConflictNamesNobody(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := roomtest.New(t, db, articles.CollectionNew{})
		a := w.Article(articles.Import{Lang: "en", Raw: "The council approved 12 grants."})
		c := w.Claim(a, "The council approved 12 grants", "The council approved 12 grants.")
		b := w.Article(articles.Import{Lang: "en", Raw: "By its register, 12 grants were approved."})
		x := w.Link(c, b, "12 grants were approved", evidence.Supports, evidence.PrimaryDocument)
		_, _, err := w.Submit("reviewer-1", c, review.Draft{Verdict: claims.Unverified, Reason: review.SingleOrigin,
			Searched: "the registers"})
		if err == nil {
			_, c, err = w.Submit("reviewer-2", c, review.Draft{Verdict: claims.Corroborated,
				Reason: review.PrimaryDocument, Rationale: "The register says so.", Evidence: []evidence.ID{x.ID}})
		}
		if err != nil || c.State != claims.InConflict {
			t.Fatalf("the claim is %s: %v", c.State, err)
		}
		for _, action := range []string{"claim.in_conflict", "round.closed"} {
			for who, named := range map[string]bool{"editor-1": false, "auditor-1": true} {
				p, err := w.Desk.Past(roomtest.Ctx(), w.As(who), desk.PastAsk{Action: action})
				if err != nil || len(p.Events) != 1 || p.Events[0].Someone == named {
					t.Errorf("%s reads %s as %+v: %v", who, action, p.Events, err)
				}
			}
		}
	})
}

// TestWhoConfirmsAMatchIsSomeone: who says that others checked the claim already may be reviewing it, so that while its
// round is open the history tells the act and names nobody, in its rows neither.
func TestWhoConfirmsAMatchIsSomeone(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := roomtest.New(t, db, articles.CollectionNew{})
		ctx, ed, one := roomtest.Ctx(), w.As("editor-1"), w.As("reviewer-1")
		said := "The council approved 12 grants"
		c := w.Claim(w.Article(articles.Import{Lang: "en", Raw: said + "."}), said, said)
		f, _, err := w.Shelf.Bring(ctx, ed, w.Collection.ID, "a.csv",
			strings.NewReader("claim,rating\n"+said+",True\n"))
		if err == nil {
			_, err = w.Shelf.Import(ctx, ed, f.ID, f.Version)
		}
		if err == nil {
			_, err = w.Jobs.Finish(ctx, 1)
		}
		if err == nil {
			err = w.Shelf.CatchUp(ctx, w.Collection.ID)
		}
		if err == nil {
			_, err = w.Shelf.Decide(ctx, one, c.ID, 1, 1, shelf.Confirmed)
		}
		if err == nil {
			_, _, err = w.Submit("reviewer-1", c, review.Draft{Verdict: claims.Unverified, Reason: review.NoEvidence,
				Searched: "the registers"})
		}
		if err != nil {
			t.Fatal(err)
		}
		for who, named := range map[string]bool{"reviewer-1": true, "reviewer-2": false, "editor-1": false,
			"auditor-1": true} {
			p, err := w.Desk.Past(ctx, w.As(who), desk.PastAsk{Action: "shelf.match_confirmed"})
			if err != nil || len(p.Events) != 1 || p.Events[0].Someone == named ||
				(p.Events[0].After["decided_by"] != "") != named {
				t.Errorf("%s reads %+v: %v", who, p.Events, err)
			}
		}
	})
}
