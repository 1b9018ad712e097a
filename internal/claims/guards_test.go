package claims_test

import (
	"regexp"
	"strings"
	"testing"

	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/fault"
)

// Each guard in each state: the states that it lets through, in the order of the table.
func TestGuards(t *testing.T) {
	t.Parallel()
	author, confirmed := auth.UserID(7), auth.UserID(8)
	gloss := claims.Gloss{AuthorID: author}
	for name, g := range map[string]struct {
		guard    func(claims.Claim) error
		lets     string
		withheld string // the same when the article was taken down
	}{
		"Editable":      {claims.Editable, "candidate open", ""},
		"Splittable":    {claims.Splittable, "candidate open", ""},
		"Mergeable":     {claims.Mergeable, "candidate open", ""},
		"Acceptable":    {claims.Acceptable, "candidate", ""},
		"Rejectable":    {claims.Rejectable, "candidate", "candidate"},
		"Restorable":    {claims.Restorable, "rejected", "rejected"},
		"Withdrawable":  {claims.Withdrawable, "open", "open"},
		"GlossEditable": {claims.GlossEditable, "candidate open in_conflict", ""},
		"GlossConfirmable": {func(c claims.Claim) error { return claims.GlossConfirmable(c, gloss, author+1) },
			"candidate open in_conflict decided approved", ""},
		"GlossConfirmable, own": {func(c claims.Claim) error { return claims.GlossConfirmable(c, gloss, author) }, "",
			""},
		"GlossConfirmable, again": {func(c claims.Claim) error {
			return claims.GlossConfirmable(c, claims.Gloss{AuthorID: author, ConfirmedBy: &confirmed}, author+1)
		}, "", ""},
		"Settleable, in the newest text": {claims.Settleable, "", ""},
		"Settleable": {func(c claims.Claim) error {
			c.Standing = &claims.Standing{N: 1, Of: 2, Asks: true}
			return claims.Settleable(c)
		}, "candidate open", ""},
		"MergeableInto": {func(c claims.Claim) error {
			c.ID = 43
			return claims.MergeableInto(claims.Claim{ID: 42, ArticleID: 1}, c)
		}, "candidate open", ""},
		"MergeableInto itself": {func(c claims.Claim) error { return claims.MergeableInto(c, c) }, "", ""},
		"MergeableInto, of another article": {func(c claims.Claim) error {
			return claims.MergeableInto(claims.Claim{ID: 1, ArticleID: 9, State: claims.Open}, c)
		}, "candidate open", ""},
		"MergeableInto a candidate": {func(c claims.Claim) error {
			return claims.MergeableInto(claims.Claim{ID: 1, ArticleID: 1, State: claims.Candidate}, c)
		}, "candidate", ""},
		"MergeableInto a candidate of another article": {func(c claims.Claim) error {
			return claims.MergeableInto(claims.Claim{ID: 1, ArticleID: 9, State: claims.Candidate}, c)
		}, "", ""},
		"MergeableInto, of another collection": {func(c claims.Claim) error {
			return claims.MergeableInto(claims.Claim{ID: 1, ArticleID: 1, CollectionID: 2, State: claims.Open}, c)
		}, "", ""},
	} {
		for _, withheld := range []bool{false, true} {
			want := g.lets
			if withheld {
				want = g.withheld
			}
			var lets []string
			for _, state := range claims.States.Names() {
				err := g.guard(claims.Claim{ID: 42, ArticleID: 1, State: state, Withheld: withheld})
				if err == nil {
					lets = append(lets, string(state))
				} else if !speaks(err) {
					t.Errorf("%s, %s: %q is no sentence", name, state, err)
				}
			}
			if got := strings.Join(lets, " "); got != want {
				t.Errorf("%s, withheld %v: lets %q through, want %q", name, withheld, got, want)
			}
		}
	}
}

// speaks says that a fault has a message that a person can read.
func speaks(err error) bool {
	f, ok := fault.As(err)
	return ok && f.Kind != fault.Internal && regexp.MustCompile(`^[A-Z].*[.]$`).MatchString(f.Msg) &&
		!strings.Contains(f.Msg, "_")
}

func TestThingOf(t *testing.T) {
	t.Parallel()
	for _, state := range claims.States.Names() {
		want := auth.ThingClaim
		if state == claims.Candidate {
			want = auth.ThingCandidate
		}
		if got := claims.ThingOf(claims.Claim{State: state}); got != want {
			t.Errorf("%s: %s", state, got)
		}
	}
}
