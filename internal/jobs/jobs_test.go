package jobs_test

import (
	"context"
	"fmt"
	"log/slog"
	"strings"
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

// marks is work that writes a mark for each item, and fails on request.
type marks struct {
	items   int
	prepare func(actor auth.Actor) error
	before  func(from int) error // inside the Write of a slice
}

func (m *marks) Prepare(_ context.Context, actor auth.Actor, _ jobs.Job) (jobs.Plan, error) {
	if m.prepare != nil {
		if err := m.prepare(actor); err != nil {
			return jobs.Plan{}, err
		}
	}
	return jobs.Plan{Total: m.items, Slice: func(tx *store.Tx, from, n int) error {
		if m.before != nil {
			if err := m.before(from); err != nil {
				return err
			}
		}
		for i := from; i < from+n; i++ {
			name := fmt.Sprintf("mark:%d", i)
			was, err := tx.Meta(name)
			if err != nil {
				return err
			}
			if err := tx.SetMeta(name, was+"x"); err != nil {
				return err
			}
		}
		return nil
	}, Finish: func(tx *store.Tx) error { return tx.SetMeta("finished", "x") }}, nil
}

type bench struct {
	*roomtest.World
	jobs *jobs.Service
	work *marks
}

func newBench(t *testing.T, db *store.DB, items int) *bench {
	w := roomtest.New(t, db, articles.CollectionNew{})
	b := &bench{World: w, work: &marks{items: items}}
	b.jobs = b.process()
	return b
}

// process is another process on the same database.
func (b *bench) process() *jobs.Service {
	s := jobs.New(b.DB, b.Auth, b.Policy, slog.New(slog.DiscardHandler))
	s.Register("marks", b.work)
	return s
}

func (b *bench) add() jobs.Job {
	b.T.Helper()
	var j jobs.Job
	if err := b.DB.Write(roomtest.Ctx(), func(tx *store.Tx) (err error) {
		j, err = b.jobs.Add(tx, b.As("editor-1"), jobs.Wanted{Kind: "marks", Object: "thing:1",
			Collection: b.Collection.ID})
		return err
	}); err != nil {
		b.T.Fatal(err)
	}
	return j
}

// marked fails unless every item was done once.
func (b *bench) marked(j jobs.Job, items int) {
	b.T.Helper()
	if j.State != jobs.Done || j.Done != items || j.Total != items {
		b.T.Errorf("the job is %s, %d of %d", j.State, j.Done, j.Total)
	}
	if err := b.DB.Read(roomtest.Ctx(), func(r *store.Rx) error {
		for i := range items {
			if v, err := r.Meta(fmt.Sprintf("mark:%d", i)); err != nil || v != "x" {
				return fmt.Errorf("item %d was done %d times, %v", i, len(v), err)
			}
		}
		v, err := r.Meta("finished")
		if v != "x" {
			return fmt.Errorf("it was not finished, %w", err)
		}
		return err
	}); err != nil {
		b.T.Error(err)
	}
}

func TestEveryItemOnce(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		t.Parallel()
		for _, items := range []int{0, 1, 100} {
			b := newBench(t, storetestAgain(t, db), items)
			first := b.add()
			if again := b.add(); again.ID != first.ID {
				t.Errorf("the same work was begun twice: %d and %d", first.ID, again.ID)
			}
			j, err := b.jobs.Finish(roomtest.Ctx(), first.ID)
			if err != nil {
				t.Fatal(err)
			}
			b.marked(j, items)
			if next := b.add(); next.ID == first.ID {
				t.Error("work that is done cannot be asked for again")
			}
		}
	})
}

// storetestAgain gives another database of the same engine.
func storetestAgain(t *testing.T, db *store.DB) *store.DB {
	if db.Dialect() == store.Postgres {
		return storetest.Postgres(t)
	}
	return storetest.SQLite(t)
}

// TestDeadProcess: another process goes on where one died, and the dead one, should it live, does nothing more.
func TestDeadProcess(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		t.Parallel()
		const items = 60
		b := newBench(t, db, items)
		j := b.add()
		now := time.Now()
		db.SetClock(func() time.Time { return now })
		reached, goOn := make(chan struct{}), make(chan struct{})
		var stuck atomic.Bool
		first := b.process()
		first.Register("marks", &marks{items: items, before: func(from int) error {
			if from > 0 && stuck.CompareAndSwap(false, true) {
				return fault.New(fault.Unavailable, "the process hangs here")
			}
			return nil
		}, prepare: func(auth.Actor) error {
			if stuck.Load() {
				close(reached)
				<-goOn
			}
			return nil
		}})
		ended := make(chan error, 1)
		go func() {
			_, err := first.Finish(roomtest.Ctx(), j.ID)
			ended <- err
		}()
		<-reached
		later := now.Add(time.Hour)
		db.SetClock(func() time.Time { return later })
		got, err := b.process().Finish(roomtest.Ctx(), j.ID)
		if err != nil {
			t.Fatal(err)
		}
		b.marked(got, items)
		close(goOn)
		if err := <-ended; err != nil {
			t.Error(err)
		}
		b.marked(got, items)
	})
}

func TestErrors(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		t.Parallel()
		b := newBench(t, db, 40)
		refused := false
		b.work.before = func(int) error {
			if refused {
				return fault.New(fault.Conflict, "This article was taken down.")
			}
			refused = true
			return fault.New(fault.Unavailable, "The disk is full.")
		}
		j, err := b.jobs.Finish(roomtest.Ctx(), b.add().ID)
		if err != nil || j.State != jobs.Failed || j.Message != "This article was taken down." {
			t.Errorf("a job that is refused: %s %q, %v", j.State, j.Message, err)
		}
		b.work.before = nil
		waiting := b.add()
		if err := b.Auth.DisableUser(roomtest.Ctx(), b.As("admin-1"), b.As("editor-1").UserID, "left"); err != nil {
			t.Fatal(err)
		}
		j, err = b.jobs.Finish(roomtest.Ctx(), waiting.ID)
		if err != nil || j.State != jobs.Failed || !strings.Contains(j.Message, "disabled") {
			t.Errorf("a job of somebody who is disabled: %s %q, %v", j.State, j.Message, err)
		}
	})
}

// TestServerRuns: a server does what is added while it runs, and stops between two slices.
func TestServerRuns(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		t.Parallel()
		b := newBench(t, db, 500)
		if err := b.jobs.Resume(roomtest.Ctx()); err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithCancel(roomtest.Ctx())
		ended := make(chan struct{})
		half := make(chan struct{})
		b.work.before = func(from int) error {
			if from > 0 && ctx.Err() == nil {
				cancel()
				close(half)
			}
			return nil
		}
		go func() { b.jobs.Run(ctx); close(ended) }()
		j := b.add()
		<-half
		<-ended
		now, err := b.jobs.Get(roomtest.Ctx(), b.As("reviewer-1"), j.ID)
		if err != nil || now.State != jobs.Running || now.Done == 0 || now.Done == 500 {
			t.Fatalf("after the stop: %+v, %v", now, err)
		}
		next := b.process()
		if err := next.Resume(roomtest.Ctx()); err != nil {
			t.Fatal(err)
		}
		if now, err = next.Finish(roomtest.Ctx(), j.ID); err != nil {
			t.Fatal(err)
		}
		b.marked(now, 500)
	})
}

func TestGetAsksPermission(t *testing.T) {
	t.Parallel()
	b := newBench(t, storetest.SQLite(t), 1)
	j := b.add()
	if _, err := b.jobs.Get(roomtest.Ctx(), auth.Actor{UserID: 99}, j.ID); fault.KindOf(err) !=
		fault.NotFound {
		t.Errorf("a stranger: %v", err)
	}
}
