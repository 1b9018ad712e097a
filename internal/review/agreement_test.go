package review_test

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/evidence"
	"claimbench/internal/review"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

func checkable() review.Draft {
	return review.Draft{Verdict: claims.Unverified, Reason: review.NotCheckable, Rationale: "A matter of taste."}
}

// agreement writes what is counted of a collection, a line each.
func agreement(t *testing.T, x bench) (rounds, pairs []string) {
	t.Helper()
	if err := x.DB.Read(roomtest.Ctx(), func(r *store.Rx) error {
		all, err := review.AgreementIn(r, x.claim.CollectionID)
		if err != nil {
			return err
		}
		for _, a := range all {
			rounds = append(rounds, fmt.Sprintf("%s %s %d", a.Lang, a.Reasons, a.N))
		}
		both, _, err := review.AgreementPairsIn(r, x.claim.CollectionID)
		for _, p := range both {
			pairs = append(pairs, fmt.Sprintf("%s %s %s %d", p.Lang, p.FirstVerdict, p.SecondVerdict, p.N))
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
	slices.Sort(rounds)
	return rounds, pairs
}

func wantAgreement(t *testing.T, x bench, when string, wantRounds, wantPairs []string) {
	t.Helper()
	if rounds, pairs := agreement(t, x); !slices.Equal(rounds, wantRounds) || !slices.Equal(pairs, wantPairs) {
		t.Errorf("%s: rounds %q, pairs %q; want %q, %q", when, rounds, pairs, wantRounds, wantPairs)
	}
}

// A round is counted when it closes, by the reviews that stand then; who said what only when it is no secret any more.
// What is superseded or stale counts nowhere, and an open round neither.
func TestAgreementIsCountedAsRoundsClose(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		x := newBench(t, db, articles.CollectionNew{})
		submit := func(name string, c claims.Claim, d review.Draft) claims.Claim {
			t.Helper()
			_, c, err := x.Submit(name, c, d)
			if err != nil {
				t.Fatal(err)
			}
			return c
		}
		c := submit("reviewer-1", x.claim, checkable())
		c = submit("reviewer-1", c, unverified()) // instead of the first
		wantAgreement(t, x, "open", nil, nil)
		c = submit("reviewer-2", c, checkable())
		agreed := []string{"en not_checkable,single_origin 1"}
		same := []string{"en unverified unverified 1"}
		wantAgreement(t, x, "agreed", agreed, same)

		c, err := x.Review.Reopen(roomtest.Ctx(), x.As("editor-1"), c.ID, c.Version, "Once more.")
		if err != nil {
			t.Fatal(err)
		}
		wantAgreement(t, x, "reopened", agreed, same)
		item := x.Link(c, x.b, "The opposition denies that", evidence.Refutes, evidence.Report)
		refuted := review.Draft{Verdict: claims.Disputed, Reason: review.Refuted, Rationale: "They deny it.",
			Evidence: review.EvidenceIDs{item.ID}}
		c = submit("reviewer-1", c, refuted)
		c = submit("reviewer-2", c, unverified())
		if c.State != claims.InConflict {
			t.Fatalf("the claim is %s", c.State)
		}
		conflict := append([]string{}, agreed[0], "en refuted,single_origin 1")
		wantAgreement(t, x, "in conflict", conflict, same)
		if _, err := x.Review.Adjudicate(roomtest.Ctx(), x.As("editor-1"), review.Adjudication{ClaimID: c.ID,
			Round: c.Round, Draft: refuted}); err != nil {
			t.Fatal(err)
		}
		wantAgreement(t, x, "adjudicated", conflict, append([]string{"en disputed unverified 1"}, same...))
		wantOwn(t, x, "reviewer-1", []string{"disputed unverified 1", "unverified unverified 1"})
		wantOwn(t, x, "reviewer-2", []string{"unverified disputed 1", "unverified unverified 1"})
		wantOwn(t, x, "editor-1", nil)

		x.countBefore()
		wantAgreement(t, x, "counted by the migration", conflict,
			append([]string{"en disputed unverified 1"}, same...))
	})
}

// countBefore counts everything anew, as the migration does with a database of before.
func (x bench) countBefore() {
	x.T.Helper()
	raw, err := os.ReadFile("../store/migrations/" + string(x.DB.Dialect()) + "/0220_agreement.sql")
	if err != nil {
		x.T.Fatal(err)
	}
	_, view, _ := strings.Cut(string(raw), "CREATE VIEW")
	if err := x.DB.Write(roomtest.Ctx(), func(tx *store.Tx) error {
		for _, s := range append([]string{"DELETE FROM agreement_rounds", "DELETE FROM agreement_pairs"},
			strings.Split("CREATE VIEW"+view, ";")...) {
			if err := tx.Gorm().Exec(s).Error; strings.TrimSpace(s) != "" && err != nil {
				return fmt.Errorf("%s: %w", s, err)
			}
		}
		return nil
	}); err != nil {
		x.T.Fatal(err)
	}
}

func wantOwn(t *testing.T, x bench, name string, want []string) {
	t.Helper()
	var got []string
	if err := x.DB.Read(roomtest.Ctx(), func(r *store.Rx) error {
		all, err := review.AgreementByPerson(r, x.claim.CollectionID, auth.UserID(x.As(name).UserID))
		for _, p := range all {
			got = append(got, fmt.Sprintf("%s %s %d", p.FirstVerdict, p.SecondVerdict, p.N))
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(got, want) {
		t.Errorf("%s: %q, want %q", name, got, want)
	}
}
