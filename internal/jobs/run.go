package jobs

import (
	"context"
	"errors"
	"math/bits"
	"time"

	"gorm.io/gorm"

	"claimbench/internal/fault"
	"claimbench/internal/store"
)

const (
	// lease is how long a job stays with a process that is not heard of: after it the process is taken for dead.
	lease = 20 * time.Second
	// lookEvery is how often a server looks for jobs that others added, or that a dead process left.
	lookEvery = 5 * time.Second
	// retryAfter is the pause after the database failed.
	retryAfter = time.Second
	// aim is how long a slice should hold the writer; slices grow and shrink towards it.
	aim = 15 * time.Millisecond

	firstSlice, mostItems = 16, 2048
)

// errTaken says that another process has the job now.
var errTaken = errors.New("the job is held by another process")

// Run does what waits, one job at a time, until ctx ends.
func (s *Service) Run(ctx context.Context) {
	tick := time.NewTicker(lookEvery)
	defer tick.Stop()
	for {
		for ctx.Err() == nil {
			j, ok, err := s.take(ctx, 0)
			if err != nil && ctx.Err() == nil {
				s.log.Warn("no job can be taken", "err", err)
			}
			if !ok || err != nil {
				break
			}
			s.work(ctx, j)
		}
		select {
		case <-ctx.Done():
			return
		case <-s.wake:
		case <-tick.C:
		}
	}
}

// Finish does a job to its end and gives it as it then is. When another process has it, Finish waits for that one.
func (s *Service) Finish(ctx context.Context, id ID) (_ Job, err error) {
	defer fault.In(&err, "jobs.Finish(%d)", id)
	tick := time.NewTicker(lookEvery / 20)
	defer tick.Stop()
	for {
		j, ok, err := s.take(ctx, id)
		if err != nil {
			return j, err
		}
		if ok {
			s.work(ctx, j)
		}
		if err := s.db.Read(ctx, func(r *store.Rx) error {
			return store.Take(r.Gorm(), &j, "such job", "id = ?", id)
		}); err != nil {
			return j, err
		}
		if j.Ended() {
			return j, nil
		}
		select {
		case <-ctx.Done():
			return j, fault.Wrap(fault.Unavailable, ctx.Err(),
				"The work is not done yet. It goes on with the next start.")
		case <-tick.C:
		}
	}
}

// take gives a job that nobody works on to this process: number id, or with 0 the oldest.
func (s *Service) take(ctx context.Context, id ID) (j Job, ok bool, err error) {
	free := func(g *gorm.DB, now store.Micros) *gorm.DB {
		g = g.Where("state IN ('waiting', 'running') AND held_until < ?", now)
		if id != 0 {
			g = g.Where("id = ?", id)
		}
		return g.Order("id").Limit(1)
	}
	var found []Job
	if err = s.db.Read(ctx, func(r *store.Rx) error {
		return free(r.Gorm(), s.db.Now()).Find(&found).Error
	}); err != nil || len(found) == 0 {
		return j, false, err
	}
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		found = nil
		if err := free(tx.Lock(), tx.Now()).Find(&found).Error; err != nil || len(found) == 0 {
			return err
		}
		found[0].State, found[0].Holder = Running, s.me
		found[0].HeldUntil, found[0].ChangedAt = until(tx), tx.Now()
		return tx.Gorm().Model(&Job{}).Where("id = ?", found[0].ID).Select("state", "holder", "held_until",
			"changed_at").Updates(&found[0]).Error
	})
	if err != nil || len(found) == 0 {
		return j, false, err
	}
	return found[0], true, nil
}

func until(tx *store.Tx) store.Micros { return tx.Now() + store.Micros(lease.Microseconds()) }

// work does a job until it ends, ctx ends or another process has it. A database that fails is tried again; any other
// error ends the job, with its message for people.
func (s *Service) work(ctx context.Context, j Job) {
	for {
		err := s.slices(ctx, &j)
		switch {
		case err == nil, errors.Is(err, errTaken):
			return
		case ctx.Err() != nil:
			s.release(j)
			return
		}
		if kind := fault.KindOf(err); kind != fault.Unavailable && kind != fault.Unknown {
			s.log.Warn("a job failed", "job", int64(j.ID), "kind", j.Kind, "object", j.Object, "err", err)
			if err = s.end(ctx, j, failure(err)); err == nil || errors.Is(err, errTaken) {
				return
			}
		}
		s.log.Warn("a job is tried again", "job", int64(j.ID), "kind", j.Kind, "object", j.Object, "err", err)
		select {
		case <-ctx.Done():
			return
		case <-time.After(retryAfter):
		}
		if err := s.db.Read(ctx, func(r *store.Rx) error { // what is done may be more than was answered
			return store.Take(r.Gorm(), &j, "such job", "id = ?", j.ID)
		}); err == nil && (j.Ended() || j.Holder != s.me) {
			return
		}
	}
}

// failure is what a job that failed says to people.
func failure(err error) string {
	if fault.KindOf(err) == fault.Internal {
		return "Something went wrong on our side; the server's log says what."
	}
	return fault.Message(err)
}

// slices prepares a job and does its slices. j follows what is kept.
func (s *Service) slices(ctx context.Context, j *Job) error {
	plan, err := s.prepare(ctx, *j)
	if err != nil {
		return err
	}
	err = drive(ctx, s.db, plan, &j.Done, s.Beside, func(tx *store.Tx, done int, last bool) error {
		now := *j
		now.Done, now.Total = done, plan.Total
		if last {
			now.State = Done
		}
		return s.keep(tx, now)
	})
	if err != nil {
		return err
	}
	j.State = Done
	if plan.After != nil {
		if err := plan.After(ctx); err != nil { // all of the job is kept
			s.log.Warn("what follows a job failed", "job", int64(j.ID), "kind", j.Kind, "object", j.Object, "err", err)
		}
	}
	return nil
}

// InSlices does a plan at once and to its end, without a job: for work that is short, or that a command waits for. When
// it fails, the slices before are kept.
func InSlices(ctx context.Context, db *store.DB, plan Plan) error {
	done := 0
	err := drive(ctx, db, plan, &done, func(ctx context.Context, piece func()) {
		begun := time.Now()
		piece()
		Pause(ctx, time.Since(begun))
	}, func(*store.Tx, int, bool) error { return nil })
	if err == nil && plan.After != nil {
		err = plan.After(ctx)
	}
	return err
}

// drive does the items of a plan from *done on, each slice with its keep in one Write and one piece of beside.
func drive(ctx context.Context, db *store.DB, plan Plan, done *int, beside func(context.Context, func()),
	keep func(tx *store.Tx, done int, last bool) error) error {
	n := firstSlice
	for last := false; !last; {
		n = max(min(n, plan.Total-*done), 0)
		if plan.Most > 0 {
			n = min(n, plan.Most)
		}
		var err error
		var took time.Duration
		beside(ctx, func() {
			if plan.Ahead != nil {
				if err = plan.Ahead(ctx, *done, n); err != nil {
					return
				}
			}
			var begun time.Time
			err = db.Write(ctx, func(tx *store.Tx) error {
				begun = time.Now() // the wait for the writer is not the slice's
				last = *done+n >= plan.Total
				if err := keep(tx, *done+n, last); err != nil {
					return err
				}
				if n > 0 {
					if err := plan.Slice(tx, *done, n); err != nil {
						return err
					}
				}
				if last && plan.Finish != nil {
					return plan.Finish(tx)
				}
				return nil
			})
			took = time.Since(begun)
		})
		if err != nil {
			return err
		}
		*done += n
		n = NextSlice(n, took)
	}
	return nil
}

// Beside does a piece of work that nobody waits for, and then pauses: one piece of this process at a time, so that all
// background work together takes one core at most. A piece takes some milliseconds.
func (s *Service) Beside(ctx context.Context, piece func()) {
	select {
	case s.turn <- struct{}{}:
	case <-ctx.Done():
		piece() // which sees that ctx has ended
		return
	}
	begun := time.Now()
	func() {
		defer func() { <-s.turn }()
		piece()
	}()
	Pause(ctx, time.Since(begun))
}

// NextSlice is how many items the next slice should have, when n took so long: slices hold the writer for about 15 ms.
// It is a power of two, so that the statements of all slices are few, and need not be prepared again.
func NextSlice(n int, took time.Duration) int {
	switch {
	case took > aim:
		n = n * int(aim) / int(took)
	case took < aim/2:
		n *= 2
	}
	n = min(max(n, 1), mostItems)
	return 1 << (bits.Len(uint(n)) - 1)
}

// Pause lets others write and compute, after work that took so long: a job takes three quarters of the time at most.
func Pause(ctx context.Context, took time.Duration) {
	t := time.NewTimer(min(took/3, aim))
	defer t.Stop()
	select {
	case <-ctx.Done():
	case <-t.C:
	}
}

// prepare asks the work what is to be done, and meanwhile says that this process lives.
func (s *Service) prepare(ctx context.Context, j Job) (Plan, error) {
	w, ok := s.kinds[j.Kind]
	if !ok {
		return Plan{}, fault.New(fault.Internal, "nobody does jobs of the kind %s", j.Kind)
	}
	actor, err := s.users.ActorByID(ctx, j.UserID, j.Via, j.Request)
	if err != nil {
		return Plan{}, err
	}
	beating, stop := context.WithCancel(ctx)
	stopped := make(chan struct{})
	go func() {
		defer close(stopped)
		s.beat(beating, j)
	}()
	defer func() { stop(); <-stopped }()
	return w.Prepare(ctx, actor, j)
}

// beat renews the lease until ctx ends.
func (s *Service) beat(ctx context.Context, j Job) {
	tick := time.NewTicker(lease / 4)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			if err := s.db.Write(ctx, func(tx *store.Tx) error { return s.keep(tx, j) }); err != nil &&
				ctx.Err() == nil {
				s.log.Warn("a job's lease cannot be renewed", "job", int64(j.ID), "err", err)
			}
		}
	}
}

// keep writes how far a job is, if this process still has it.
func (s *Service) keep(tx *store.Tx, j Job) error {
	j.HeldUntil, j.ChangedAt = until(tx), tx.Now()
	res := tx.Gorm().Model(&Job{}).Where("id = ? AND holder = ? AND state = ?", j.ID, s.me, Running).
		Select("state", "done", "total", "message", "held_until", "changed_at").Updates(&j)
	if res.Error == nil && res.RowsAffected != 1 {
		return errTaken
	}
	return res.Error
}

// end ends a job that cannot be done.
func (s *Service) end(ctx context.Context, j Job, message string) error {
	j.State, j.Message = Failed, message
	return s.db.Write(ctx, func(tx *store.Tx) error { return s.keep(tx, j) })
}

// release gives a job back when the server stops, so that the next one need not wait for the lease to end.
func (s *Service) release(j Job) {
	ctx, cancel := context.WithTimeout(context.Background(), retryAfter/2)
	defer cancel()
	if err := s.db.Write(ctx, func(tx *store.Tx) error {
		return tx.Gorm().Model(&Job{}).Where("id = ? AND holder = ? AND state = ?", j.ID, s.me, Running).
			Updates(map[string]any{"held_until": 0, "changed_at": tx.Now()}).Error
	}); err != nil {
		s.log.Warn("a job could not be given back", "job", int64(j.ID), "err", err)
	}
}

// Resume gives back what a dead server of this database held. On SQLite there is one server, so that whoever starts
// knows that the one before is dead; on PostgreSQL the leases of dead servers end by themselves. It is called before
// Run.
func (s *Service) Resume(ctx context.Context) (err error) {
	defer fault.In(&err, "jobs.Resume()")
	s.me = serving + s.me
	if s.db.Dialect() != store.SQLite {
		return nil
	}
	return s.db.Write(ctx, func(tx *store.Tx) error {
		return tx.Gorm().Model(&Job{}).Where("state = ? AND holder LIKE ?", Running, serving+"%").
			Update("held_until", 0).Error
	})
}

// serving begins the names of processes that serve; commands hold jobs too, and live beside a server that starts.
const serving = "serve-"
