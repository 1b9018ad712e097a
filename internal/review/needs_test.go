package review

import (
	"slices"
	"testing"

	"claimbench/internal/articles"
	"claimbench/internal/claims"
	"claimbench/internal/evidence"
)

// TestNeeds: what may be given follows from the evidence that is relied on, and what is missing names the act and the
// items that mend it.
func TestNeeds(t *testing.T) {
	t.Parallel()
	report := func(id evidence.ID, s evidence.Stance, origin evidence.OriginID) Weighed {
		return Weighed{ID: id, Stance: s, Kind: evidence.Report, Origin: origin}
	}
	one := []Weighed{report(1, evidence.Supports, 5), report(2, evidence.Supports, 0), report(3, evidence.Refutes, 6)}
	all := []evidence.ID{1, 2, 3}
	for _, x := range []struct {
		name    string
		draft   Draft
		linked  []Weighed
		advice  []articles.Guard
		allowed map[claims.Verdict][]Reason
		mends   map[claims.Verdict][]Mend
		items   map[claims.Verdict][]evidence.ID
	}{
		{name: "nothing linked",
			allowed: map[claims.Verdict][]Reason{},
			mends: map[claims.Verdict][]Mend{claims.Corroborated: {MendLink}, claims.Disputed: {MendLink},
				claims.Unverified: {MendNote, MendReason}}},
		{name: "a second origin not stated, and a refuting item not answered", draft: Draft{Evidence: all}, linked: one,
			allowed: map[claims.Verdict][]Reason{claims.Disputed: {Refuted, Conflicting, Misattributed, OutOfContext}},
			mends: map[claims.Verdict][]Mend{claims.Corroborated: {MendLink, MendAnswer, MendOrigin},
				claims.Unverified: {MendNote, MendReason}},
			items: map[claims.Verdict][]evidence.ID{claims.Corroborated: {3, 2}}},
		{name: "stated and answered", draft: Draft{Evidence: all, Rationale: "#3 speaks of another day.",
			Searched: "All."}, linked: []Weighed{report(1, evidence.Supports, 5), report(2, evidence.Supports, 7),
			report(3, evidence.Refutes, 6)},
			allowed: map[claims.Verdict][]Reason{claims.Corroborated: {IndependentSources},
				claims.Disputed: {Refuted, Conflicting, Misattributed, OutOfContext},
				claims.Unverified: {NoEvidence, SingleOrigin, Insufficient, NotCheckable,
					PendingEvent}},
			mends: map[claims.Verdict][]Mend{claims.Corroborated: {MendLink}}},
		{name: "a guard that only advises", draft: Draft{Evidence: []evidence.ID{1}}, linked: one[:1],
			advice: []articles.Guard{articles.GuardCorroborated},
			allowed: map[claims.Verdict][]Reason{claims.Corroborated: {PrimaryDocument, OfficialRecord,
				IndependentSources}},
			mends: map[claims.Verdict][]Mend{claims.Disputed: {MendLink}, claims.Unverified: {MendNote, MendReason}}},
	} {
		t.Run(x.name, func(t *testing.T) {
			for _, n := range Needs(x.draft, x.linked, x.advice) {
				var mends []Mend
				var items []evidence.ID
				for _, m := range n.Missing {
					for _, mend := range m.Mends {
						if !slices.Contains(mends, mend) {
							mends = append(mends, mend)
						}
					}
					items = append(items, m.Items...)
				}
				if !slices.Equal(n.Allowed, x.allowed[n.Verdict]) || !slices.Equal(mends, x.mends[n.Verdict]) ||
					!slices.Equal(items, x.items[n.Verdict]) {
					t.Errorf("%s: allowed %v, mended by %v of %v; want %v, %v of %v", n.Verdict, n.Allowed, mends,
						items, x.allowed[n.Verdict], x.mends[n.Verdict], x.items[n.Verdict])
				}
				for _, m := range n.Missing { // what is said before is what is said after
					d := x.draft
					d.Verdict, d.Reason = n.Verdict, m.Reasons[0]
					if !slices.ContainsFunc(Check(d, x.linked), func(f Failure) bool { return f.Msg == m.Msg }) {
						t.Errorf("%s: %q is no guard's", n.Verdict, m.Msg)
					}
				}
			}
		})
	}
}
