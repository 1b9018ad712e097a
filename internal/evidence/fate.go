package evidence

import (
	"context"
	"slices"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/fault"
	"claimbench/internal/history"
	"claimbench/internal/store"
)

// What becomes of a proposed passage is kept when a person acts: the one that they link or refuse, and those that stood
// above it and were passed over. Nothing is kept of what is only shown. A refused passage is proposed again, last and
// marked: nobody takes a passage out of another's sight.

// mostPassedOver bounds the passages that one act passes over.
const mostPassedOver = mostPassages

// settle keeps the fate of a passage and of those that stood above it; sentences that are none of the claim's
// collection are left out. One that is refused must be there: nothing else is done to it.
func settle(tx *store.Tx, who history.Who, c claims.Claim, at articles.SentenceID, fate claims.Fate,
	above []articles.SentenceID) error {
	asked := append([]articles.SentenceID{at}, above[:min(len(above), mostPassedOver)]...)
	var there []articles.SentenceID
	if err := tx.Gorm().Table("sentences").Joins("JOIN articles a ON a.revision_id = sentences.revision_id").
		Where("sentences.id IN ? AND a.collection_id = ? AND a.id <> ?", asked, c.CollectionID, c.ArticleID).
		Pluck("sentences.id", &there).Error; err != nil {
		return err
	}
	if fate == claims.Refused && !slices.Contains(there, at) {
		return fault.New(fault.NotFound, "There is no such passage in the newest texts of the claim's collection. "+
			"Search again.")
	}
	var all []claims.Proposal
	for _, id := range asked {
		if slices.Contains(there, id) {
			p := claims.Proposal{Kind: claims.ProposedPassage, CollectionID: c.CollectionID, Lang: c.Lang,
				ClaimID: c.ID, SentenceID: &id, Fate: claims.Left}
			if id == at {
				p.Fate = fate
			}
			all = append(all, p)
		}
	}
	return claims.Settled(tx, who, all...)
}

// RefusePassage keeps that a person looked at a proposed passage and that it does not bear on the claim. above are the
// passages that stood above it and were passed over.
func (s *Service) RefusePassage(ctx context.Context, actor auth.Actor, id claims.ID, at articles.SentenceID,
	above []articles.SentenceID) (err error) {
	defer fault.In(&err, "evidence.RefusePassage(%d, %d)", id, at)
	c, who, err := s.allowed(ctx, actor, id, auth.ThingEvidence, auth.Link)
	if err != nil {
		return err
	}
	if at <= 0 {
		return fault.New(fault.Invalid, "Say which passage does not bear on the claim.").With("sentence",
			"Choose a passage.")
	}
	return s.db.Write(ctx, func(tx *store.Tx) error {
		now, err := claims.Lock(tx, c.ID)
		if err != nil {
			return err
		}
		if err := Takes(now); err != nil {
			return err
		}
		h := heldPassages{At: at, All: passagesOf(at, above), Over: above[:min(len(above), mostPassedOver)]}
		if h.Was, err = claims.FatesOf(&tx.Rx, now.ID, h.All); err != nil {
			return err
		}
		if err := settle(tx, who, now, at, claims.Refused, above); err != nil {
			return err
		}
		return notePassage(tx, who, now, h)
	})
}

// shown picks what is listed of passages in the order of rank: k, and behind them at most k that were refused, which
// take no place of others. Those against have a third of the room, where there are so many: a passage that contradicts
// a claim must not be crowded out by ones that only share words with it.
func shown(all []Passage, k int) []Passage {
	var by [3][]Passage
	for _, p := range all {
		by[rank(p)] = append(by[rank(p)], p)
	}
	against := min(len(by[1]), max(k-len(by[0]), (k+1)/3))
	out := append([]Passage{}, by[0][:min(len(by[0]), k-against)]...)
	out = append(out, by[1][:against]...)
	return append(out, by[2][:min(len(by[2]), k)]...)
}

// noteRefused marks the passages that somebody refused for the claim, and puts them last.
func noteRefused(r *store.Rx, c claims.Claim, out []Passage) error {
	ids := make([]articles.SentenceID, len(out))
	for i, p := range out {
		ids[i] = p.Sentence.ID
	}
	fates, err := claims.FatesOf(r, c.ID, ids)
	if err != nil {
		return err
	}
	for i, p := range out {
		out[i].Refused = fates[p.Sentence.ID] == claims.Refused
	}
	slices.SortStableFunc(out, func(a, b Passage) int { return rank(a) - rank(b) })
	return nil
}
