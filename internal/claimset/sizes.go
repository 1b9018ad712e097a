package claimset

import (
	"sync"

	"claimbench/internal/store"
)

// sizes remembers how many claims frozen sets have: a frozen set never changes, and counting one of 40,000 claims takes
// longer than all else on the page that lists it.
type sizes struct {
	mu sync.Mutex
	by map[frozenKey]int
}

// frozenKey is a frozen set, by its number and the hash of its claims.
type frozenKey struct {
	id     ID
	sha256 string
}

// mostSizes is how many sets are remembered; then all are forgotten.
const mostSizes = 10_000

// SizesOf counts the claims of sets, those that it has to count in one query. It asks no permission.
func (s *Service) SizesOf(r *store.Rx, sets []Set) (map[ID]int, error) {
	known, ask := s.sizes.of(sets)
	if len(ask) == 0 {
		return known, nil
	}
	ids := make([]ID, len(ask))
	for i, set := range ask {
		ids[i] = set.ID
	}
	counted, err := Sizes(r, ids)
	if err != nil {
		return nil, err
	}
	s.sizes.keep(ask, counted)
	for id, n := range counted {
		known[id] = n
	}
	return known, nil
}

// of gives what is known of sets, and the sets of which nothing is.
func (z *sizes) of(sets []Set) (known map[ID]int, ask []Set) {
	z.mu.Lock()
	defer z.mu.Unlock()
	known = make(map[ID]int, len(sets))
	for _, set := range sets {
		if n, there := z.by[frozenKey{set.ID, set.SHA256}]; there && set.State != Draft {
			known[set.ID] = n
		} else {
			ask = append(ask, set)
		}
	}
	return known, ask
}

// keep remembers the sizes of those sets that are frozen.
func (z *sizes) keep(sets []Set, counted map[ID]int) {
	z.mu.Lock()
	defer z.mu.Unlock()
	for _, set := range sets {
		if set.State == Draft {
			continue
		}
		if z.by == nil || len(z.by) >= mostSizes {
			z.by = map[frozenKey]int{}
		}
		z.by[frozenKey{set.ID, set.SHA256}] = counted[set.ID]
	}
}
