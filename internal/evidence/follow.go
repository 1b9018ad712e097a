package evidence

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/store"
)

// following is the work beside the requests: the indexes and the pairs of collections into which something came.
type following struct {
	mu      sync.Mutex
	on      bool // somebody follows
	stirred []auth.CollectionID
	wake    chan struct{}
	done    chan struct{} // closed and made anew whenever a collection is up to date
	begun   time.Time     // when the collection in hand was begun; zero when none is
	settled func()        // nil: nobody is told
}

// OnSettled is told once, when Follow has brought up to date what was there when it began: what the indexes and the
// tables of words were made from is not needed any more. It is called before Follow.
func (s *Service) OnSettled(tell func()) { s.follow.settled = tell }

// Stir says that texts of a collection may have come, changed or gone. Whoever follows brings its index and its pairs
// up to date. It does not wait.
func (s *Service) Stir(c auth.CollectionID) {
	f := &s.follow
	f.mu.Lock()
	defer f.mu.Unlock()
	if !f.on {
		return
	}
	for _, there := range f.stirred {
		if there == c {
			return
		}
	}
	f.stirred = append(f.stirred, c)
	select {
	case f.wake <- struct{}{}:
	default:
	}
}

// Follow keeps the indexes and pairs of all collections up to date beside the requests, until ctx ends. It begins with
// what is there. The work is done in pieces by do: jobs.Service.Beside lets them take turns with other such work.
func (s *Service) Follow(ctx context.Context, log *slog.Logger, do func(ctx context.Context, piece func())) {
	f := &s.follow
	f.mu.Lock()
	f.on = true
	f.mu.Unlock()
	defer func() {
		f.mu.Lock()
		defer f.mu.Unlock()
		f.on, f.stirred = false, nil
	}()
	var all []articles.Collection
	if err := s.db.Read(ctx, func(r *store.Rx) error { return r.Gorm().Order("id").Find(&all).Error }); err != nil {
		log.Warn("passages are indexed when they are asked for", "err", err)
	}
	for _, c := range all {
		s.Stir(c.ID)
	}
	settled := false
	ahead := map[auth.CollectionID]bool{} // collections with names that nobody has foreseen
	for ctx.Err() == nil {
		c, ok := f.next()
		if !ok {
			if !settled && s.follow.settled != nil {
				s.follow.settled()
			}
			settled = true
			var rested <-chan time.Time
			if len(ahead) > 0 {
				rested = time.After(foreseenAfter)
			}
			select {
			case <-ctx.Done():
			case <-f.wake:
			case <-rested:
				s.foresee(ctx, ahead, do)
			}
			continue
		}
		ahead[c] = true
		if err := s.bringUp(ctx, c, do); err != nil && ctx.Err() == nil {
			log.Warn("the index and the pairs of a collection are behind", "collection", int64(c), "err", err)
		}
		f.tell()
	}
	last, cancel := context.WithTimeout(context.WithoutCancel(ctx), keepPatience)
	defer cancel()
	if err := s.keepAll(last); err != nil {
		log.Warn("the index of passages is not kept: the next start makes it anew", "err", err)
	}
}

// keepPatience is how long the indexes may take to be written when the server stops.
const keepPatience = 5 * time.Second

// bringUp brings one collection up to date.
func (s *Service) bringUp(ctx context.Context, c auth.CollectionID, do beside) error {
	sh := s.shelfOf(c)
	if _, err := s.catchUp(ctx, sh, c, do); err != nil {
		return err
	}
	if err := s.keepNow(ctx, sh, c, false); err != nil {
		return err
	}
	s.follow.tell()
	return s.pair(ctx, c, do)
}

// foresee works out which names of some collections sound alike, and takes those off that are done. It ends when
// something comes in: who imports many texts would have it done for each of them, and it is only about who asks first.
func (s *Service) foresee(ctx context.Context, some map[auth.CollectionID]bool, do beside) {
	for c := range some {
		sh := s.shelfOf(c)
		for more := true; more; {
			if ctx.Err() != nil || s.follow.waits() {
				return
			}
			sh.mu.RLock()
			ix := sh.index
			sh.mu.RUnlock()
			do(ctx, func() { more = ix.Foresee(foreseenAtOnce) })
		}
		delete(some, c)
	}
}

const (
	foreseenAtOnce = 100             // names that one piece of work is about: some milliseconds
	foreseenAfter  = 2 * time.Second // without anything that came in
)

// waits says whether something came in that is not brought up to date.
func (f *following) waits() bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	return len(f.stirred) > 0
}

func (f *following) next() (c auth.CollectionID, ok bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if len(f.stirred) == 0 {
		return 0, false
	}
	c = f.stirred[0]
	f.stirred = f.stirred[1:]
	f.begun = time.Now()
	return c, true
}

// tell wakes those who wait for a collection.
func (f *following) tell() {
	f.mu.Lock()
	defer f.mu.Unlock()
	close(f.done)
	f.done, f.begun = make(chan struct{}), time.Time{}
}

// patience is how long a page should wait: what has taken longer already will not be ready soon.
func (f *following) patience() time.Duration {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.begun.IsZero() {
		return pagePatience
	}
	return pagePatience - time.Since(f.begun)
}

// isOn says whether somebody follows.
func (f *following) isOn() (on bool, done <-chan struct{}) {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.on, f.done
}

// await waits until ready, or ctx ends.
func (f *following) await(ctx context.Context, ready func() bool) {
	for {
		_, done := f.isOn()
		if ready() {
			return
		}
		select {
		case <-ctx.Done():
			return
		case <-done:
		}
	}
}

// pagePatience is how long a page waits for the passages of a text that came just now, while they are indexed beside
// it.
const pagePatience = 150 * time.Millisecond
