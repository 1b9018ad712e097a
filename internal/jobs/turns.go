package jobs

import (
	"context"
	"slices"
	"sync"
	"time"
)

// turns lets some do a thing at once, and the others wait: next comes the one whose person had the least of the time
// since somebody began to wait. Who comes anew has had as much as the one who had least, so that nobody saves up.
type turns struct {
	mu    sync.Mutex
	free  int
	queue []*waiter
	there map[int64]int           // how many of each person wait or have a turn
	had   map[int64]time.Duration // of those who are there
}

type waiter struct {
	person int64
	ready  chan struct{}
}

func newTurns(atOnce int) *turns {
	return &turns{free: atOnce, there: map[int64]int{}, had: map[int64]time.Duration{}}
}

// take waits for a turn. When ctx ends first, there is none, and nothing is to be given back.
func (t *turns) take(ctx context.Context, person int64) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	t.mu.Lock()
	t.come(person)
	if t.free > 0 {
		t.free--
		t.mu.Unlock()
		return nil
	}
	w := &waiter{person, make(chan struct{})}
	t.queue = append(t.queue, w)
	t.mu.Unlock()
	select {
	case <-w.ready:
		return nil
	case <-ctx.Done():
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if at := slices.Index(t.queue, w); at >= 0 {
		t.queue = slices.Delete(t.queue, at, at+1)
		t.leave(person)
		return ctx.Err()
	}
	t.pass(person) // the turn came in the same moment
	return ctx.Err()
}

// give ends a turn that took so long.
func (t *turns) give(person int64, took time.Duration) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.had[person] += took
	t.pass(person)
}

// come notes that a person is there.
func (t *turns) come(person int64) {
	if t.there[person]++; t.there[person] > 1 {
		return
	}
	least, first := time.Duration(0), true
	for _, had := range t.had {
		if first || had < least {
			least, first = had, false
		}
	}
	t.had[person] = least
}

// leave notes that one of a person's has ended.
func (t *turns) leave(person int64) {
	if t.there[person]--; t.there[person] == 0 {
		delete(t.there, person)
		delete(t.had, person)
	}
}

// pass gives a person's turn to the next who waits.
func (t *turns) pass(person int64) {
	if len(t.queue) == 0 {
		t.leave(person)
		t.free++
		return
	}
	at := 0
	for i, w := range t.queue {
		if t.had[w.person] < t.had[t.queue[at].person] {
			at = i
		}
	}
	w := t.queue[at]
	t.queue = slices.Delete(t.queue, at, at+1)
	close(w.ready)
	t.leave(person)
}
