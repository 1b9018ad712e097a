package evidence

import (
	"cmp"
	"errors"
	"slices"

	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/match"
	"claimbench/internal/store"
)

// MostSaying is how many claims are proposed that may say what a text asks.
const MostSaying = 5

// leastSaying is how alike, of 1, a claim and a question are at least. A person chooses, so it is less than what two
// claims need to be proposed as one.
const leastSaying = 0.3

// Saying proposes the claims of a collection that may say what somebody asks, filled, best first, from the index as it
// stands; current says that the index has all of the collection's texts. It asks no permission. Five queries, however
// many claims there are.
func (s *Service) Saying(r *store.Rx, in auth.CollectionID, ask match.Item) (out []claims.Claim, current bool,
	err error) {
	if ask.Text == "" || len(ask.Text) > 4*longestCompared {
		return nil, true, nil
	}
	ix, current, err := s.indexNow(r, in)
	if err != nil {
		return nil, false, err
	}
	all, err := claimsNear(r, ix, in, ask, 0)
	if errors.Is(err, match.ErrBusy) {
		return nil, false, nil
	}
	if err != nil || len(all) == 0 {
		return nil, current, err
	}
	items := make([]match.Item, len(all))
	for i, c := range all {
		items[i] = match.Item{Lang: c.Lang, Text: c.Statement}
	}
	score := map[claims.ID]float64{}
	for i, l := range ix.Alike(ask, items) {
		if l.Same || l.Score >= leastSaying && !l.Strange {
			score[all[i].ID] = l.Score
			out = append(out, all[i])
		}
	}
	slices.SortStableFunc(out, func(a, b claims.Claim) int { return cmp.Compare(score[b.ID], score[a.ID]) })
	return out[:min(len(out), MostSaying)], current, nil
}
