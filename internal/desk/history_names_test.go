package desk_test

import (
	"testing"

	"claimbench/internal/articles"
	"claimbench/internal/claims"
	"claimbench/internal/desk"
	"claimbench/internal/evidence"
	"claimbench/internal/review"
	"claimbench/internal/roomtest"
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
