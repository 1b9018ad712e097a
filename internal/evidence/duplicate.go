package evidence

import (
	"cmp"
	"errors"
	"slices"
	"strconv"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/captures"
	"claimbench/internal/claims"
	"claimbench/internal/history"
	"claimbench/internal/match"
	"claimbench/internal/store"
	"claimbench/internal/text"
)

// A claim may be there already: the same sentence translated, the same figure told again. What speaks of it is looked
// for as passages are, in the collection's index; the claims that stand in those sentences are compared with it word by
// word; what is alike enough is proposed, and a person says whether the two are one.

// MostDuplicates is how many claims are proposed as one with a claim.
const MostDuplicates = 3

// sameAsked is how many sentences are looked at for claims that say the same.
const sameAsked = 40

// Duplicate is another claim that may say the same. Kept and Gone are the two as they would be merged; Why says in a
// sentence why they cannot be, "" when they can.
type Duplicate struct {
	Other      claims.Claim
	Kept, Gone claims.ID
	Score      float64
	Keys       []match.Key // Query is of the claim itself
	Why        error
	By         []auth.UserID // the machines that propose it, besides the rules or instead of them
}

// Duplicates proposes the claims of the collection that may say the same as one, filled, best first, from the index as
// it stands; current says that the index has all of the collection's texts. It asks no permission. Eight queries,
// however many claims there are.
func (s *Service) Duplicates(r *store.Rx, c claims.Claim) (out []Duplicate, current bool, err error) {
	words := c.Statement
	if words == "" || c.Withheld || len(words) > 4*longestCompared {
		return nil, true, nil
	}
	ix, current, err := s.indexNow(r, c.CollectionID)
	if err != nil {
		return nil, false, err
	}
	if out, err = duplicatesIn(r, ix, c); errors.Is(err, match.ErrBusy) {
		return nil, false, nil
	}
	return out, current, err
}

// indexNow is the index of a collection as it stands; current says that it has all of the collection's texts.
func (s *Service) indexNow(r *store.Rx, in auth.CollectionID) (ix *match.Index, current bool, err error) {
	mark, err := markOf(r, in)
	if err != nil {
		return nil, false, err
	}
	sh := s.shelfOf(in)
	sh.mu.RLock()
	defer sh.mu.RUnlock()
	return sh.index, sh.seen == mark, nil
}

// claimsNear gives the claims that stand in the sentences that bear most on a text, filled; without one.
func claimsNear(r *store.Rx, ix *match.Index, in auth.CollectionID, ask match.Item, without claims.ID) (
	[]claims.Claim, error) {
	var at []articles.SentenceID
	near, err := ix.QueryFrom(ask, sameAsked, textsIn(r))
	if err != nil {
		return nil, err
	}
	for _, h := range near {
		if n, err := strconv.ParseInt(h.ID, 10, 64); err == nil {
			at = append(at, articles.SentenceID(n))
		}
	}
	return claims.AtSentences(r, in, at, without)
}

func duplicatesIn(r *store.Rx, ix *match.Index, c claims.Claim) ([]Duplicate, error) {
	ask := match.Item{Lang: c.Lang, Text: c.Statement}
	others, err := claimsNear(r, ix, c.CollectionID, ask, c.ID)
	if err != nil {
		return nil, err
	}
	found, err := offeredSame(r, c, alike(ix, ask, c, others))
	if err != nil || len(found) == 0 {
		return nil, err
	}
	ids := make([]claims.ID, len(found))
	for i, d := range found {
		ids[i] = d.Other.ID
	}
	no, err := claims.NotSame(r, c.ID, ids)
	if err != nil {
		return nil, err
	}
	found = slices.DeleteFunc(found, func(d Duplicate) bool { return no[d.Other.ID] })
	return found[:min(len(found), MostDuplicates)], nil
}

// offeredSame adds the claims that machines say are one with a claim, behind those that are alike.
func offeredSame(r *store.Rx, c claims.Claim, found []Duplicate) ([]Duplicate, error) {
	all, err := claims.Beside(r, c.ID)
	if err != nil {
		return nil, err
	}
	by := map[claims.ID][]auth.UserID{}
	var order []claims.ID
	for _, p := range all {
		if p.OtherID == nil {
			continue
		}
		other := *p.OtherID
		if other == c.ID {
			other = p.ClaimID
		}
		if by[other] == nil {
			order = append(order, other)
		}
		if !slices.Contains(by[other], p.Machine) {
			by[other] = append(by[other], p.Machine)
		}
	}
	for i, d := range found {
		found[i].By = by[d.Other.ID]
		order = slices.DeleteFunc(order, func(id claims.ID) bool { return id == d.Other.ID })
	}
	if len(order) == 0 {
		return found, nil
	}
	more, err := claims.FilledOf(r, order[:min(len(order), mostOffered)])
	if err != nil {
		return nil, err
	}
	var out []Duplicate
	for _, o := range more {
		if o.State.Ended() || o.Withheld || o.CollectionID != c.CollectionID {
			continue
		}
		d := Duplicate{Other: o, By: by[o.ID]}
		kept, gone := claims.Into(c, o)
		d.Kept, d.Gone, d.Why = kept.ID, gone.ID, claims.Joinable(kept, gone)
		out = append(out, d)
	}
	return append(found, out...), nil
}

// alike compares a claim with others, and gives those that may be one with it, best first. Parts of one sentence share
// most of their words and are two, so of claims whose words overlap only those are one that stand at the same words.
func alike(ix *match.Index, ask match.Item, c claims.Claim, others []claims.Claim) (out []Duplicate) {
	items := make([]match.Item, len(others))
	for i, o := range others {
		items[i] = match.Item{Lang: o.Lang, Text: o.Statement}
	}
	for i, l := range ix.Alike(ask, items) {
		o := others[i]
		twice := text.Fold(o.Statement) == text.Fold(c.Statement)
		apart := o.RevisionID != c.RevisionID || !slices.ContainsFunc(c.Stretches(), func(s claims.Stretch) bool {
			return o.Touches(s.Span)
		})
		if !twice && (!l.Same || !apart) {
			continue
		}
		d := Duplicate{Other: o, Score: l.Score, Keys: l.Keys}
		if twice {
			d.Score = 1
		}
		kept, gone := claims.Into(c, o)
		d.Kept, d.Gone, d.Why = kept.ID, gone.ID, claims.Joinable(kept, gone)
		out = append(out, d)
	}
	slices.SortStableFunc(out, func(a, b Duplicate) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.Other.ID, b.Other.ID))
	})
	return out
}

// takeOver links to a claim what was linked to another that ends in it, and, when that one is of another article, the
// words it stood at, stretch by stretch, as context: that two articles say the same bears nothing out by itself.
// Passages of the claim's own article, and what is linked already, are left out. The merged claim keeps its own items,
// for its history.
func (s *Service) takeOver(tx *store.Tx, who history.Who, into, gone claims.Claim, batch string) error {
	if into.State == claims.Candidate {
		return nil // claims.MergeableInto: nothing was linked
	}
	there, err := items(tx, into.ID)
	if err != nil {
		return err
	}
	old, err := items(tx, gone.ID)
	if err != nil {
		return err
	}
	if gone.ArticleID != into.ArticleID {
		var own []Item
		for _, at := range gone.Spots() {
			own = append(own, Item{ArticleID: &gone.ArticleID, Spot: at, Stance: Context, Kind: Report,
				Differences: s.Differences(into, at.Exact, gone.Lang)})
		}
		old = append(own, old...)
	}
	var news []Item
	var from []ID
	for _, it := range old {
		if it.ArticleID != nil && *it.ArticleID == into.ArticleID || slices.ContainsFunc(there, it.sameWords) {
			continue
		}
		from = append(from, it.ID)
		it.ID, it.CollectionID, it.ClaimID, it.Version = 0, into.CollectionID, into.ID, 1
		it.LinkedAt, it.LinkedBy = tx.Now(), auth.UserID(who.UserID)
		news, there = append(news, it), append(there, it)
	}
	if len(news) == 0 {
		return nil
	}
	if err := HasRoom(into, int64(len(there)-1)); err != nil {
		return err
	}
	if err := tx.Gorm().CreateInBatches(news, 100).Error; err != nil {
		return err
	}
	events := make([]history.Event, len(news))
	for i, it := range news {
		events[i] = history.Event{Action: "evidence.linked", Object: Object(it.ID), Collection: int64(it.CollectionID),
			After: fields(it), Texts: texts(it), Batch: batch, Reason: "taken over from " + claims.Object(gone.ID)}
	}
	if _, err = history.AppendAll(tx, who, events); err != nil {
		return err
	}
	for i, it := range news {
		if from[i] != 0 && it.ArticleID == nil {
			if err := captures.Carry(tx, who, int64(from[i]), captureOf(it), batch); err != nil {
				return err
			}
		}
		if it.Protected == "" {
			continue
		}
		if err := carryProtection(tx, who, from[i], it); err != nil {
			return err
		}
	}
	return nil
}

// items reads what is linked to a claim, and locks it: an item that is being protected is copied as a protected one.
func items(tx *store.Tx, id claims.ID) (out []Item, err error) {
	return out, tx.Lock().Where("claim_id = ? AND unlinked_at IS NULL", id).Order("id").Limit(MostOfClaim).
		Find(&out).Error
}

// sameWords says whether two items are of the same words: one place of a text, or one quotation from an address.
func (i Item) sameWords(o Item) bool {
	if i.ArticleID == nil || o.ArticleID == nil {
		return i.ArticleID == o.ArticleID && i.URL == o.URL && i.Exact == o.Exact && i.Protected+o.Protected == ""
	}
	return i.Same(o.Place)
}
