package evidence

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"sync"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/fault"
	"claimbench/internal/match"
	"claimbench/internal/store"
)

// pairings keeps which articles of each collection look like one text.
type pairings struct {
	mu    sync.Mutex
	by    map[auth.CollectionID]*pairing
	clock int64
}

// pairing is what is known of one collection. Each text is compared once, when it has come in, with those that share
// rare keys with it; never while a page waits. What it is compared by lives in memory and holds no text.
type pairing struct {
	turn  chan struct{} // one compares, the others wait
	twins *match.Twins  // by the numbers of revisions; belongs to whoever has the turn
	have  map[articles.ID]articles.RevisionID

	ready bool // guarded by pairings.mu, as what follows
	seen  liveMark
	pairs map[articles.RevisionID][]likePair
	of    map[articles.RevisionID]articles.ID
	size  int   // articles in twins
	used  int64 // when it was asked last, counted by pairings
}

// likePair is an article and another that looks like one text. Overlap is in per mille.
type likePair struct {
	other   articles.ID
	kind    string
	overlap int
}

// Limits of comparing the articles of a collection as wholes.
const (
	mostPaired     = 10_000 // articles of one collection, the newest
	mostPairedEver = 30_000 // articles of all collections whose keys are in memory
	leastDropped   = 50     // replaced texts whose keys are kept anyhow
)

func newPairing() *pairing {
	p := &pairing{turn: make(chan struct{}, 1)}
	p.begin()
	return p
}

func (p *pairing) begin() {
	p.twins, p.have = match.NewTwins(), map[articles.ID]articles.RevisionID{}
}

// pairingOf gives what is known of a collection, and notes that it was asked.
func (s *Service) pairingOf(c auth.CollectionID) *pairing {
	s.pairs.mu.Lock()
	defer s.pairs.mu.Unlock()
	p, ok := s.pairs.by[c]
	if !ok {
		p = newPairing()
		s.pairs.by[c] = p
	}
	s.pairs.clock++
	p.used = s.pairs.clock
	return p
}

// pairsOf gives the pairs of one article as they are known. pending says that articles changed and were not compared
// yet.
func (s *Service) pairsOf(a articles.Article, mark liveMark) (pairs []likePair, pending bool) {
	p := s.pairingOf(a.CollectionID)
	s.pairs.mu.Lock()
	defer s.pairs.mu.Unlock()
	if a.RevisionID != nil {
		pairs = slices.Clone(p.pairs[*a.RevisionID])
	}
	return pairs, !p.ready || p.seen != mark
}

// Compare has what came into a collection compared, and waits for it. Pages do not: they tell Stir.
func (s *Service) Compare(ctx context.Context, c auth.CollectionID) (err error) {
	defer fault.In(&err, "evidence.Compare(%d)", c)
	return s.pair(ctx, c, atOnce)
}

// Likeness is an article that a text looks like. Kind and Overlap are as those of an OriginProposal.
type Likeness struct {
	Article articles.ID
	Kind    string
	Overlap int
}

// Like says which articles of a collection a text looks like that is no article yet: near-copies, and what it may be a
// translation of. It waits until what came in is compared; nothing of the text stays. It asks no permission, and
// whoever shows it asks again which of the articles are open.
func (s *Service) Like(ctx context.Context, c auth.CollectionID, lang, raw string) (out []Likeness, err error) {
	defer fault.In(&err, "evidence.Like(%d)", c)
	if err := s.pair(ctx, c, atOnce); err != nil {
		return nil, err
	}
	p := s.pairingOf(c)
	select {
	case p.turn <- struct{}{}:
		defer func() { <-p.turn }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	found := p.twins.Like(match.Item{ID: "new", Lang: lang, Text: raw})
	s.pairs.mu.Lock()
	defer s.pairs.mu.Unlock()
	for _, x := range found {
		if id := p.of[revisionOf(x.A)]; id != 0 {
			out = append(out, Likeness{id, x.Kind, int(x.Overlap*1000 + 0.5)})
		}
	}
	return out, nil
}

// pair compares what came into a collection since the last time, in the order in which it came.
func (s *Service) pair(ctx context.Context, c auth.CollectionID, do beside) (err error) {
	defer func() { // it runs beside the requests, where nobody else would catch it
		if r := recover(); r != nil {
			err = fmt.Errorf("comparing the articles of collection %d: %v", c, r)
		}
	}()
	p := s.pairingOf(c)
	select {
	case p.turn <- struct{}{}:
		defer func() { <-p.turn }()
	case <-ctx.Done():
		return ctx.Err()
	}
	had := s.pairedUpTo(p)
	var mark liveMark
	var list []standing
	only := false
	if err := s.db.Read(ctx, func(r *store.Rx) (err error) {
		mark, list, only, err = standingSince(r, c, had)
		return err
	}); err != nil {
		return err
	}
	if s.leave(p, list, only) && only {
		if err := s.db.Read(ctx, func(r *store.Rx) (err error) {
			mark, list, _, err = standingSince(r, c, liveMark{})
			return err
		}); err != nil {
			return err
		}
	}
	for _, a := range list[max(0, len(list)-mostPaired):] {
		if p.have[a.ID] == a.RevisionID {
			continue
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		do(ctx, func() { err = s.pairOne(ctx, p, a) })
		if err != nil {
			return err
		}
	}
	s.pairs.mu.Lock()
	defer s.pairs.mu.Unlock()
	p.ready, p.seen = true, mark
	s.makeRoom(p)
	return nil
}

// pairedUpTo gives the mark of the articles that were compared, when no article has to be left out for more of them.
func (s *Service) pairedUpTo(p *pairing) liveMark {
	s.pairs.mu.Lock()
	defer s.pairs.mu.Unlock()
	if !p.ready || p.twins.Len() >= 2*mostPaired {
		return liveMark{}
	}
	return p.seen
}

// leave forgets the texts that were replaced; with only the list has what came, else it has all articles. When an
// article was taken down, or copies rest on what is gone, all is begun anew, and anew is true: words of what was taken
// down may not stay in memory.
func (s *Service) leave(p *pairing, list []standing, only bool) (anew bool) {
	old, down := gone(p.have, list, only)
	if only && len(old) == 0 {
		return false
	}
	var touched []string
	anew = down
	for _, a := range old {
		for _, o := range p.twins.Of(docID(a.RevisionID)) {
			touched = append(touched, o.A, o.B)
		}
		dropped := p.twins.Drop(docID(a.RevisionID))
		anew = anew || !dropped
		delete(p.have, a.ID)
	}
	dropped := p.twins.Dropped()
	if anew || p.twins.Len() > 2*mostPaired || dropped > leastDropped && dropped > p.twins.Len()/4 {
		p.begin()
		anew = true
	}
	if p.twins.Len() > 0 {
		s.keepPairs(p, touched)
		return anew
	}
	s.pairs.mu.Lock()
	defer s.pairs.mu.Unlock()
	p.pairs, p.of = map[articles.RevisionID][]likePair{}, map[articles.RevisionID]articles.ID{}
	p.size = 0
	return anew
}

// pairOne compares one article with those before it, and keeps the pairs that it changed.
func (s *Service) pairOne(ctx context.Context, p *pairing, a standing) error {
	var lang string
	var rv articles.Revision
	if err := s.db.Read(ctx, func(r *store.Rx) (err error) {
		lang, rv, err = articles.RawOf(r, a.ID, a.RevisionID)
		return err
	}); err != nil {
		return err
	}
	var touched []string
	if rv.ID != 0 { // else it was taken down since the list was made
		touched = p.twins.Add(match.Item{ID: docID(a.RevisionID), Lang: lang, Text: rv.Raw})
	}
	p.have[a.ID] = a.RevisionID
	s.pairs.mu.Lock()
	p.of[a.RevisionID] = a.ID
	p.size = p.twins.Len()
	s.pairs.mu.Unlock()
	s.keepPairs(p, touched)
	return nil
}

// keepPairs keeps the pairs of some articles as they now are.
func (s *Service) keepPairs(p *pairing, touched []string) {
	s.pairs.mu.Lock()
	defer s.pairs.mu.Unlock()
	for _, id := range touched {
		own := revisionOf(id)
		delete(p.pairs, own)
		for _, o := range p.twins.Of(id) {
			other := revisionOf(o.A)
			if o.A == id {
				other = revisionOf(o.B)
			}
			p.pairs[own] = append(p.pairs[own], likePair{p.of[other], o.Kind, int(o.Overlap*1000 + 0.5)})
		}
	}
}

func revisionOf(docID string) articles.RevisionID {
	n, _ := strconv.ParseInt(docID, 10, 64) // docID wrote it
	return articles.RevisionID(n)
}

// makeRoom forgets the collections that were asked longest ago, when there are too many articles in memory. Whoever
// asks next has them compared again.
func (s *Service) makeRoom(own *pairing) {
	for {
		total := 0
		var oldest auth.CollectionID
		var least *pairing
		for c, p := range s.pairs.by {
			total += p.size
			if p != own && p.size > 0 && (least == nil || p.used < least.used) {
				oldest, least = c, p
			}
		}
		if total <= mostPairedEver || least == nil {
			return
		}
		delete(s.pairs.by, oldest)
	}
}
