package desk

import (
	"math"
	"slices"

	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/evidence"
	"claimbench/internal/review"
	"claimbench/internal/store"
)

// veil hides who linked evidence and who commented while a round is under way: to know who is at work on a claim is to
// know who may have reviewed it. It is lifted when the round is decided; auditors and the author see through it.
type veil struct {
	from   store.Micros // what was added from here on is in the round
	down   bool
	viewer auth.UserID
}

// veilOf is the veil over a claim for the person who looks.
func (l *look) veilOf(c claims.Claim, v Reviewing) veil { return l.veilFrom(c, v.began) }

// veilFrom is veilOf for a page that shows no reviews; began is when the present round was opened anew, 0 for the
// first.
func (l *look) veilFrom(c claims.Claim, began store.Micros) veil {
	out := veil{viewer: l.actor.UserID}
	if l.may(auth.ThingReview, auth.ReadOpen, c.CollectionID) || !claims.RoundOpen(c) &&
		c.State != claims.InConflict {
		return out
	}
	out.down, out.from = true, began
	if out.from == 0 && c.OpenedAt != nil {
		out.from = *c.OpenedAt
	}
	return out
}

// roundBegan is when the present round was opened anew, 0 for the first: it began with the claim.
func (l *look) roundBegan(c claims.Claim) (store.Micros, error) {
	if c.Round < 2 {
		return 0, nil
	}
	return review.BeganAt(l.rx, c)
}

// author is who did something at a moment, 0 for one whom the veil hides.
func (v veil) author(by auth.UserID, at store.Micros) auth.UserID {
	if v.down && by != v.viewer && at >= v.from {
		return 0
	}
	return by
}

// evidenceOf lists the evidence linked to a claim, its authors under the veil.
func (l *look) evidenceOf(c claims.Claim, v veil) ([]evidence.Shown, error) {
	items, err := evidence.OfClaim(l.rx, c.ID)
	if err != nil {
		return nil, err
	}
	for i := range items {
		items[i].LinkedBy = v.author(items[i].LinkedBy, items[i].LinkedAt)
		l.name(items[i].LinkedBy)
	}
	if err := l.openSources(c.CollectionID, items); err != nil {
		return nil, err
	}
	return items, l.forgetNotes(c.CollectionID, items)
}

// glossesOf gives the glosses of a claim, their authors and confirmers under the veil. When a gloss was confirmed is
// not kept, so every confirmer is hidden while a round is under way. In a round that was opened anew every author is,
// too: when it began is not asked for a page that shows no reviews.
func (l *look) glossesOf(c claims.Claim) []claims.Gloss {
	v := l.veilFrom(c, 0)
	if c.Round > 1 {
		v.from = 0
	}
	out := slices.Clone(c.Glosses)
	for i, g := range out {
		out[i].AuthorID = v.author(g.AuthorID, g.ChangedAt)
		l.name(out[i].AuthorID)
		if g.ConfirmedBy != nil {
			out[i].ConfirmedBy = new(v.author(*g.ConfirmedBy, math.MaxInt64))
			l.name(*out[i].ConfirmedBy)
		}
	}
	return out
}

// serves lists the links of other claims that rest on this one's own words. They are other claims' evidence: who linked
// them is under the veils of those, so nobody is named.
func (l *look) serves(c claims.Claim) ([]evidence.Shown, error) {
	items, err := evidence.OnSpan(l.rx, c.ArticleID, c.RevisionID, c.Span, c.ID)
	if err != nil {
		return nil, err
	}
	return anonymous(items), l.forgetNotes(c.CollectionID, items)
}

func anonymous(items []evidence.Shown) []evidence.Shown {
	for i := range items {
		items[i].LinkedBy = 0
	}
	return items
}
