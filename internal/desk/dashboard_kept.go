package desk

import (
	"sync"

	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/review"
	"claimbench/internal/store"
)

const (
	// keptClaims is from how many claims on what a dashboard counted is kept: to count fewer takes milliseconds.
	keptClaims = 20_000
	// keptFor is how long it is kept.
	keptFor = store.Micros(60 * 1e6)
	// keptBoards is of how many collections at once.
	keptBoards = 100
)

// standing is what a dashboard counts over all claims and decisions of a collection. Everybody who reads its reviews is
// shown the same of it, so that one person's counting serves all; its time tells nothing of a round that is open.
type standing struct {
	at     store.Micros
	states []claims.StateCount
	hours  []review.Hour
	oldest review.Waits
	slots  []review.Slot
	took   []review.Took
}

// boards keeps what was counted of large collections.
type boards struct {
	mu sync.Mutex
	by map[auth.CollectionID]standing
}

func (b *boards) of(in auth.CollectionID, now store.Micros) (standing, bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	k, there := b.by[in]
	return k, there && now >= k.at && now-k.at < keptFor
}

func (b *boards) keep(in auth.CollectionID, k standing) {
	n := 0
	for _, x := range k.states {
		n += x.N
	}
	if n < keptClaims {
		return
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.by == nil || len(b.by) >= keptBoards {
		b.by = map[auth.CollectionID]standing{}
	}
	b.by[in] = k
}

// standing counts a collection, or gives what was counted of a large one within the last minute. Nothing of it is
// changed by who reads it.
func (l *look) standing(in auth.CollectionID, now store.Micros) (k standing, err error) {
	if k, there := l.boards.of(in, now); there && l.past() == nil {
		return k, nil
	}
	k.at = now
	if k.states, err = claims.StatesIn(l.rx, in); err != nil {
		return k, err
	}
	if k.hours, k.oldest, err = review.BacklogIn(l.rx, in); err != nil {
		return k, err
	}
	const day = store.Micros(24 * 3600 * 1e6)
	if k.slots, err = review.DecidedIn(l.rx, in, now-(DashboardDays+1)*day); err != nil {
		return k, err
	}
	if k.took, err = review.TookIn(l.rx, in, now-TookDays*day); err == nil && l.past() == nil {
		l.boards.keep(in, k)
	}
	return k, err
}
