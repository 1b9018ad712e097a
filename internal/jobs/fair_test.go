package jobs_test

import (
	"context"
	"fmt"
	"log/slog"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/fault"
	"claimbench/internal/jobs"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

// queue is work of which each job has as many items as its object says: "job:0" has no end.
type queue struct {
	*roomtest.World
	jobs *jobs.Service

	mu      sync.Mutex
	holders map[string]int // how many do a slice of an object just now
	begun   []string       // objects in the order of their first slices
	ended   chan string    // objects whose jobs are done
	broken  []string       // what must not be
}

func newQueue(t *testing.T, db *store.DB) *queue {
	q := &queue{World: roomtest.New(t, db, articles.CollectionNew{}), holders: map[string]int{},
		ended: make(chan string, 1000)}
	q.jobs = q.server()
	return q
}

func (q *queue) server() *jobs.Service {
	s := jobs.New(q.DB, q.Auth, q.Policy, slog.New(slog.DiscardHandler))
	for _, kind := range []string{"first", "second"} {
		s.Register(kind, q)
	}
	return s
}

// Prepare makes a plan; every slice takes no longer than its Write.
func (q *queue) Prepare(_ context.Context, _ auth.Actor, j jobs.Job) (jobs.Plan, error) {
	name := j.Kind + " " + j.Object
	return jobs.Plan{Total: j.Total, Most: 1, Ahead: func(_ context.Context, from, _ int) error {
		q.mu.Lock()
		defer q.mu.Unlock()
		if q.holders[j.Object]++; q.holders[j.Object] > 1 {
			q.broken = append(q.broken, name+" is done twice at once")
		}
		if from == 0 {
			q.begun = append(q.begun, name)
		}
		return nil
	}, Slice: func(tx *store.Tx, from, _ int) error {
		tx.AfterCommit(func() {
			q.mu.Lock()
			defer q.mu.Unlock()
			q.holders[j.Object]--
		})
		return nil
	}, After: func(context.Context) error {
		q.ended <- name
		return nil
	}}, nil
}

// ask adds a job of a person with a number of items.
func (q *queue) ask(who, kind, object string, items int) jobs.Job {
	q.T.Helper()
	var j jobs.Job
	if err := q.DB.Write(roomtest.Ctx(), func(tx *store.Tx) (err error) {
		j, err = q.jobs.Add(tx, q.As(who), jobs.Wanted{Kind: kind, Object: object, Collection: q.Collection.ID,
			Total: items})
		return err
	}); err != nil {
		q.T.Fatal(err)
	}
	return j
}

// serve runs servers until the test ends, and says then what must not have been.
func (q *queue) serve(servers ...*jobs.Service) (stop func()) {
	ctx, cancel := context.WithCancel(roomtest.Ctx())
	var all sync.WaitGroup
	for _, s := range servers {
		if err := s.Resume(ctx); err != nil {
			q.T.Fatal(err)
		}
		all.Go(func() { s.Run(ctx) })
	}
	var once sync.Once
	stop = func() {
		once.Do(func() {
			cancel()
			all.Wait()
			for _, what := range q.broken {
				q.T.Error(what)
			}
		})
	}
	q.T.Cleanup(stop)
	return stop
}

// await waits until jobs are done, whatever else is done meanwhile.
func (q *queue) await(names ...string) {
	q.T.Helper()
	left := map[string]bool{}
	for _, n := range names {
		left[n] = true
	}
	for late := time.After(time.Minute); len(left) > 0; {
		select {
		case n := <-q.ended:
			delete(left, n)
		case <-late:
			q.T.Fatalf("still not done: %v", left)
		}
	}
}

const endless = 1 << 40

// TestShortBesideLong: whatever long work goes on, of the same person or of another, a short job is done.
func TestShortBesideLong(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		t.Parallel()
		q := newQueue(t, db)
		q.jobs.SetTurnLasts(time.Millisecond)
		long := q.ask("editor-1", "first", "long:1", endless)
		q.serve(q.jobs)
		q.ask("editor-1", "first", "short:1", 5)
		q.ask("reviewer-1", "first", "short:2", 5)
		q.await("first short:1", "first short:2")
		for i := range jobs.Most + 2 { // more than one server does at once, let alone of one person
			q.ask("editor-1", "first", fmt.Sprintf("long:%d", i+2), endless)
		}
		q.ask("editor-1", "first", "short:3", 5)
		q.ask("reviewer-2", "first", "short:4", 5)
		q.await("first short:3", "first short:4")
		now, err := q.jobs.Get(roomtest.Ctx(), q.As("editor-1"), long.ID)
		if err != nil || now.Ended() || now.Done == 0 { // it runs, or waits for its next turn
			t.Errorf("the first long job: %+v, %v", now, err)
		}
	})
}

// TestOneObjectInOrder: what is to be done to one thing is done in the order in which it was asked for, by one server
// at a time, however many run, and when one gives its jobs back.
func TestOneObjectInOrder(t *testing.T) {
	t.Parallel()
	db := storetest.Postgres(t) // only there several servers may run
	q := newQueue(t, db)
	var names []string
	for i := range 8 {
		object := fmt.Sprintf("thing:%d", i)
		q.ask("editor-1", "second", object, 20) // asked for first, whatever it is called
		q.ask("reviewer-1", "first", object, 20)
		names = append(names, "second "+object, "first "+object)
	}
	other := q.server()
	for _, s := range []*jobs.Service{q.jobs, other} {
		s.SetTurnLasts(time.Millisecond)
	}
	q.serve(q.jobs, other)
	q.await(names...)
	place := map[string]int{}
	for i, n := range q.begun {
		place[n] = i
	}
	for i := range 8 {
		if object := fmt.Sprintf("thing:%d", i); place["first "+object] < place["second "+object] {
			t.Errorf("what was asked for last was begun first, of %s", object)
		}
	}
}

// TestFinishDoesWhatComesBefore: a command that waits for a job does what must be done before it, for there may be no
// server.
func TestFinishDoesWhatComesBefore(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		t.Parallel()
		q := newQueue(t, db)
		before := q.ask("editor-1", "second", "thing:1", 3)
		j, err := q.jobs.Finish(roomtest.Ctx(), q.ask("editor-1", "first", "thing:1", 3).ID)
		if err != nil || j.State != jobs.Done {
			t.Fatalf("%+v, %v", j, err)
		}
		if j, err = q.jobs.Get(roomtest.Ctx(), q.As("editor-1"), before.ID); err != nil || j.State != jobs.Done {
			t.Errorf("what comes before: %+v, %v", j, err)
		}
	})
}

// TestRetryLeavesRoom: work that fails again and again for the database's sake does not keep its place.
func TestRetryLeavesRoom(t *testing.T) {
	t.Parallel()
	q := newQueue(t, storetest.SQLite(t))
	q.jobs.SetTurnLasts(time.Millisecond)
	var tried atomic.Int64
	q.jobs.Register("second", failing{&tried})
	for i := range jobs.Most {
		q.ask([]string{"editor-1", "reviewer-1"}[i%2], "second", fmt.Sprintf("bad:%d", i), 1)
	}
	q.ask("reviewer-2", "first", "short:1", 5)
	q.serve(q.jobs)
	q.await("first short:1")
	if tried.Load() == 0 {
		t.Error("the work that fails was not tried")
	}
}

// failing is work that the database does not let be done.
type failing struct{ tried *atomic.Int64 }

func (f failing) Prepare(context.Context, auth.Actor, jobs.Job) (jobs.Plan, error) {
	f.tried.Add(1)
	return jobs.Plan{}, fault.New(fault.Unavailable, "The disk is full.")
}
