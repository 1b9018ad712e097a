package fetch

import (
	"context"
	"sync"
	"time"

	"claimbench/internal/fault"
)

const (
	usualBetween = 2 * time.Second
	// mostWait is how long a Get waits for its turn at a site; a longer one is told to come again.
	mostWait = 20 * time.Second
	// mostSites bounds how many sites are remembered.
	mostSites = 10_000
)

// turns is whose turn it is: one visit at a time to a site, and a pause after each.
type turns struct {
	now     func() time.Time
	between time.Duration

	mu    sync.Mutex
	sites map[string]*site
}

// site is what is known of one. A visit may begin at next, which the visit before has set.
type site struct {
	next  time.Time
	delay time.Duration // what its robots.txt asks for; 0 nothing
}

// of gives a site, made when it is new. The lock is held.
func (t *turns) of(name string) *site {
	if t.sites == nil {
		t.sites = map[string]*site{}
	}
	s, ok := t.sites[name]
	if !ok {
		if len(t.sites) >= mostSites {
			t.forget()
		}
		s = &site{}
		t.sites[name] = s
	}
	return s
}

// forget drops sites whose pause is over, and any one where all are waited for.
func (t *turns) forget() {
	now, before := t.now(), len(t.sites)
	for name, s := range t.sites {
		if s.next.Before(now) {
			delete(t.sites, name)
		}
	}
	for name := range t.sites {
		if len(t.sites) < before {
			return
		}
		delete(t.sites, name)
	}
}

// wait waits for the turn at a site, and takes it.
func (t *turns) wait(ctx context.Context, name string) error {
	t.mu.Lock()
	s, now := t.of(name), t.now()
	pause := max(s.next.Sub(now), 0)
	if pause > mostWait {
		t.mu.Unlock()
		return later(pause, fault.New(fault.Unavailable, "%s is left alone for another %s, as it asks.", name,
			pause.Round(time.Second)))
	}
	s.next = now.Add(pause + max(t.between, s.delay))
	t.mu.Unlock()
	timer := time.NewTimer(pause)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return fault.Wrap(fault.Unavailable, ctx.Err(), "The fetching was stopped.")
	}
}

// leaveAlone lets nobody visit a site for so long.
func (t *turns) leaveAlone(name string, d time.Duration) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if s, until := t.of(name), t.now().Add(d); s.next.Before(until) {
		s.next = until
	}
}

// asks notes the pause that a site's robots.txt asks for, from the visit that goes on now.
func (t *turns) asks(name string, d time.Duration) {
	t.mu.Lock()
	defer t.mu.Unlock()
	s := t.of(name)
	s.delay = min(d, longestWait)
	if until := t.now().Add(s.delay); s.delay > 0 && s.next.Before(until) {
		s.next = until
	}
}

// delay is the pause after a visit.
func (t *turns) delay(name string) time.Duration {
	t.mu.Lock()
	defer t.mu.Unlock()
	return max(t.between, t.of(name).delay, t.of(name).next.Sub(t.now()))
}
