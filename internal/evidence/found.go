package evidence

import (
	"errors"

	"claimbench/internal/articles"
	"claimbench/internal/claims"
	"claimbench/internal/match"
	"claimbench/internal/store"
)

// nearest is how many sentences around a claim those that a person found are ranked by.
const nearest = 50

// Rank gives sentences that a person found for a claim as passages, at most k: first those that the index holds to be
// near the claim, nearest first, then the others in the order given; those against, and those that somebody refused,
// behind. What is linked already (linked), and what stands in the claim's own article, is left out. It asks no
// permission.
func (s *Service) Rank(r *store.Rx, c claims.Claim, linked []Shown, found []articles.SentenceID, k int) ([]Passage,
	error) {
	q, own, asked, err := question(r, c)
	if err != nil || len(found) == 0 {
		return nil, err
	}
	given := map[string]bool{}
	for _, id := range found {
		given[itemID(id)] = true
	}
	var ranked []match.Hit
	if asked {
		sh := s.shelfOf(c.CollectionID)
		sh.mu.RLock()
		ix, sentences := sh.index, sh.sentences
		sh.mu.RUnlock()
		near, err := s.near(r, sh, ix, sentences, c.CollectionID, ask{Item: q, most: nearest})
		if err != nil && !errors.Is(err, match.ErrBusy) { // else they come in the order given
			return nil, err
		}
		for _, h := range near {
			if given[h.ID] {
				delete(given, h.ID)
				ranked = append(ranked, h)
			}
		}
	}
	for _, id := range found {
		if given[itemID(id)] {
			ranked = append(ranked, match.Hit{ID: itemID(id)})
		}
	}
	offered, err := claims.Beside(r, c.ID)
	if err != nil {
		return nil, err
	}
	return s.propose(r, c, own, linked, ranked, offered, k)
}
