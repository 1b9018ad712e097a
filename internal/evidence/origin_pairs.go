package evidence

import (
	"context"
	"fmt"
	"strconv"
	"sync"
	"time"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/match"
	"claimbench/internal/store"
)

// pairings keeps which articles of each collection look like one text, until the collection changes.
type pairings struct {
	mu sync.Mutex
	by map[auth.CollectionID]*pairing
}

// pairing is the outcome for one collection. All articles are compared anew when one comes in, beside the requests;
// meanwhile the earlier outcome is shown.
type pairing struct {
	ready   bool
	seen    liveMark
	pairs   []likePair
	ended   time.Time     // when the last comparison ended
	took    time.Duration // and how long it took
	running chan struct{} // closed when the comparison under way has ended; nil when none is
	err     error
}

// likePair is two articles that look like one text. Overlap is in per mille.
type likePair struct {
	a, b    articles.ID
	kind    string
	overlap int
}

// Limits of comparing the articles of one collection as wholes.
const (
	maxPairedBytes = 64 << 20         // of text; beyond it the oldest articles are left out
	pairingTime    = 10 * time.Minute // then it is given up
	rest           = 5                // times as long as a comparison took nothing is compared again, whatever comes in
	pairPatience   = time.Second      // how long an answer waits for it
)

// pairsNow gives the pairs of a collection as they are known. pending says that articles changed and the comparison is
// not done.
func (s *Service) pairsNow(c auth.CollectionID, mark liveMark) (pairs []likePair, pending bool) {
	s.pairs.mu.Lock()
	defer s.pairs.mu.Unlock()
	p, ok := s.pairs.by[c]
	if !ok {
		return nil, true
	}
	return p.pairs, !p.ready || p.seen != mark
}

// Compare has the articles of a collection compared beside the requests, and waits for the outcome as long as an answer
// waits. Nothing is compared again soon after a comparison that took long, whatever came in.
func (s *Service) Compare(ctx context.Context, c auth.CollectionID) error {
	soon, cancel := context.WithTimeout(ctx, pairPatience)
	defer cancel()
	s.pairs.mu.Lock()
	p, ok := s.pairs.by[c]
	if !ok {
		p = &pairing{}
		s.pairs.by[c] = p
	}
	if p.running == nil && p.ready && time.Since(p.ended) < rest*p.took {
		s.pairs.mu.Unlock()
		return nil
	}
	if p.running == nil {
		p.running = make(chan struct{})
		go s.pair(context.WithoutCancel(ctx), c, p)
	}
	running := p.running
	s.pairs.mu.Unlock()
	select {
	case <-running:
		s.pairs.mu.Lock()
		defer s.pairs.mu.Unlock()
		err := p.err
		p.err = nil
		return err
	case <-soon.Done():
		return ctx.Err()
	}
}

// pair compares all articles of a collection and keeps the outcome.
func (s *Service) pair(ctx context.Context, c auth.CollectionID, p *pairing) {
	ctx, cancel := context.WithTimeout(ctx, pairingTime)
	defer cancel()
	began := time.Now()
	mark, pairs, err := s.comparePairs(ctx, c)
	s.pairs.mu.Lock()
	defer s.pairs.mu.Unlock()
	if p.err = err; err == nil {
		p.ready, p.seen, p.pairs = true, mark, pairs
	}
	p.ended, p.took = time.Now(), time.Since(began)
	close(p.running)
	p.running = nil
}

func (s *Service) comparePairs(ctx context.Context, c auth.CollectionID) (mark liveMark, pairs []likePair, err error) {
	defer func() { // it runs beside the requests, where nobody else would catch it
		if r := recover(); r != nil {
			err = fmt.Errorf("comparing the articles of collection %d: %v", c, r)
		}
	}()
	var list []standing
	if err := s.db.Read(ctx, func(r *store.Rx) (err error) {
		mark, list, err = standingOf(r, c)
		return err
	}); err != nil {
		return mark, nil, err
	}
	docs := make([]match.Item, len(list))
	from, size := len(list), 0
	for from > 0 && size < maxPairedBytes {
		from--
		a := list[from]
		if err := s.db.Read(ctx, func(r *store.Rx) error {
			t, err := articles.TextOf(r, a.ID, 0)
			if articles.IsComing(err) { // a newer text came since the list was made
				return nil
			}
			docs[from] = match.Item{ID: strconv.FormatInt(int64(a.ID), 10), Lang: t.Article.Lang, Text: t.Revision.Raw}
			size += len(t.Revision.Raw)
			return err
		}); err != nil {
			return mark, nil, err
		}
	}
	for _, o := range match.Origins(docs[from:]) {
		a, errA := strconv.ParseInt(o.A, 10, 64)
		b, errB := strconv.ParseInt(o.B, 10, 64)
		if errA == nil && errB == nil {
			pairs = append(pairs, likePair{articles.ID(min(a, b)), articles.ID(max(a, b)), o.Kind,
				int(o.Overlap*1000 + 0.5)})
		}
	}
	return mark, pairs, nil
}
