package review

import (
	"slices"

	"claimbench/internal/articles"
	"claimbench/internal/claims"
	"claimbench/internal/evidence"
)

// Mend is an act that can meet a guard.
type Mend string

// The acts.
const (
	MendLink   Mend = "link"   // link evidence, and name it
	MendOrigin Mend = "origin" // state the origin of the items named
	MendAnswer Mend = "answer" // answer the items named, in the rationale
	MendReason Mend = "reason" // say in the rationale why
	MendNote   Mend = "note"   // say what was searched
)

// Need says for which reasons a verdict may be given as things stand, and what stands in the way of the others.
type Need struct {
	Verdict claims.Verdict
	Allowed []Reason
	Missing []Missing
}

// Missing is a guard that is not met, and the reasons that it stands in the way of.
type Missing struct {
	Failure
	Reasons []Reason
}

// Needs says of each verdict what it still needs, for a review that relies on the evidence of the draft and says what
// the draft says. Guards in advice only advise, and are left out. It sees no other review.
func Needs(d Draft, linked []Weighed, advice []articles.Guard) []Need {
	var out []Need
	for _, verdict := range claims.Verdicts.Names() {
		n := Need{Verdict: verdict}
		for _, reason := range reasons[verdict].Names() {
			d.Verdict, d.Reason = verdict, reason
			failed := slices.DeleteFunc(Check(d, linked), func(f Failure) bool {
				return slices.Contains(advice, f.Guard)
			})
			if len(failed) == 0 {
				n.Allowed = append(n.Allowed, reason)
			}
			for _, f := range failed {
				n.miss(f, reason)
			}
		}
		out = append(out, n)
	}
	return out
}

// miss adds a guard that stands in the way of a reason, once.
func (n *Need) miss(f Failure, reason Reason) {
	i := slices.IndexFunc(n.Missing, func(m Missing) bool { return m.Msg == f.Msg })
	if i < 0 {
		i = len(n.Missing)
		n.Missing = append(n.Missing, Missing{Failure: f})
	}
	n.Missing[i].Reasons = append(n.Missing[i].Reasons, reason)
}

// NeedsOf is Needs on the evidence linked to a claim of an article, as it is shown, under the collection's guards. own
// is the origin of that article, 0 where none is stated.
func NeedsOf(c claims.Claim, article articles.Article, own evidence.ArticleOrigin, shown []evidence.Shown,
	col articles.Collection, d Draft) []Need {
	return Needs(d, weighShown(c, article.URL, own, shown), col.Advice)
}

// withoutOrigin are the items whose origin, once stated, could carry corroborated.
func withoutOrigin(named []Weighed) (out []evidence.ID) {
	for _, w := range named {
		if w.Stance == evidence.Supports && !w.Own && w.Origin == 0 {
			out = append(out, w.ID)
		}
	}
	return out
}
