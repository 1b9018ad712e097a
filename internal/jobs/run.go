package jobs

import (
	"context"
	"errors"
	"sync"
	"time"

	"claimbench/internal/auth"
	"claimbench/internal/fault"
	"claimbench/internal/notices"
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

	// preparing is how many jobs work out at once what is to be done.
	preparing = 2
)

var (
	// errTaken says that another process has the job now.
	errTaken = errors.New("the job is held by another process")
	// errTurn says that the job gives its place to another one, and goes on later.
	errTurn = errors.New("the job had its turn")
)

// Run does what waits until ctx ends: some jobs at once, slice by slice in turns, so that a short one is done while a
// long one goes on.
func (s *Service) Run(ctx context.Context) {
	tick := time.NewTicker(lookEvery)
	defer tick.Stop()
	var hands sync.WaitGroup
	defer hands.Wait()
	held, ended := map[auth.UserID]int{}, make(chan auth.UserID, mostHeld)
	for n := 0; ; {
		for ctx.Err() == nil && n < mostHeld {
			j, ok, err := s.takeNext(ctx, full(held))
			if err != nil && ctx.Err() == nil {
				s.log.Warn("no job can be taken", "err", err)
			}
			if !ok || err != nil {
				break
			}
			n++
			held[j.UserID]++
			hands.Go(func() {
				s.work(ctx, j, &hold{since: time.Now(), byServer: true})
				ended <- j.UserID
			})
		}
		s.lookForMore(ctx, n)
		select {
		case <-ctx.Done():
			return
		case user := <-ended:
			n--
			held[user]--
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
		j, ok, err := s.takeFor(ctx, id)
		if err != nil {
			return j, err
		}
		if ok {
			s.work(ctx, j, &hold{})
		}
		j = Job{}
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

func until(tx *store.Tx) store.Micros { return tx.Now() + store.Micros(lease.Microseconds()) }

// work does a job until it ends, ctx ends, another process has it or, where h says so, it had its turn. A database that
// fails is tried again; any other error ends the job, with its message for people.
func (s *Service) work(ctx context.Context, j Job, h *hold) {
	me := j.Holder
	for {
		err := s.slices(ctx, &j, h)
		switch {
		case err == nil, errors.Is(err, errTaken):
			return
		case ctx.Err() != nil, errors.Is(err, errTurn):
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
			s.release(j)
			return
		case <-time.After(retryAfter):
		}
		if err := s.db.Read(ctx, func(r *store.Rx) error { // what is done may be more than was answered
			return store.Take(r.Gorm(), &j, "such job", "id = ?", j.ID)
		}); err == nil && (j.Ended() || j.Holder != me) {
			return
		}
		if s.hadTurn(h, j.UserID) {
			s.release(j)
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
func (s *Service) slices(ctx context.Context, j *Job, h *hold) error {
	begun := time.Now()
	plan, err := s.prepare(ctx, *j)
	if err != nil {
		return err
	}
	h.prepared = time.Since(begun)
	err = drive(ctx, s.db, plan, &j.Done, func(ctx context.Context, piece func()) error {
		if s.hadTurn(h, j.UserID) {
			return errTurn
		}
		return s.inTurn(ctx, j.UserID, piece)
	}, func(tx *store.Tx, done int, last bool) error {
		now := *j
		now.Done, now.Total = done, plan.Total
		if last {
			now.State = Done
			if err := tell(tx, now); err != nil {
				return err
			}
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

// inTurn does a piece of a job and rests after it, when it is the turn of the person who asked for the job.
func (s *Service) inTurn(ctx context.Context, user auth.UserID, piece func()) error {
	if err := s.turns.take(ctx, int64(user)); err != nil {
		return err
	}
	begun := time.Now()
	defer func() { s.turns.give(int64(user), time.Since(begun)) }()
	s.Beside(ctx, piece)
	return nil
}

// prepare asks the work what is to be done, and meanwhile says that this process lives.
func (s *Service) prepare(ctx context.Context, j Job) (Plan, error) {
	w, ok := s.kinds[j.Kind]
	if !ok {
		return Plan{}, fault.New(fault.Internal, "nobody does jobs of the kind %s", j.Kind)
	}
	actor, err := s.users.ActorLater(ctx, j.UserID, j.Via, j.Request, j.Token)
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
	if err := s.preparing.take(ctx, int64(j.UserID)); err != nil {
		return Plan{}, err
	}
	begun := time.Now()
	defer func() { s.preparing.give(int64(j.UserID), time.Since(begun)) }()
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
	res := tx.Gorm().Model(&Job{}).Where("id = ? AND holder = ? AND state = ?", j.ID, j.Holder, Running).
		Select("state", "done", "total", "message", "held_until", "changed_at").Updates(&j)
	if res.Error == nil && res.RowsAffected != 1 {
		return errTaken
	}
	return res.Error
}

// end ends a job that cannot be done. Its work is told first: what it locks is locked before the job's row, as by
// those who add one.
func (s *Service) end(ctx context.Context, j Job, message string) error {
	j.State, j.Message = Failed, message
	return s.db.Write(ctx, func(tx *store.Tx) error {
		if w, is := s.kinds[j.Kind].(Fails); is {
			if err := w.Failed(tx, j); err != nil {
				return err
			}
		}
		if err := tell(tx, j); err != nil {
			return err
		}
		return s.keep(tx, j)
	})
}

// longWork is how long a job takes before whoever asked for it is told that it is done: of a shorter one they wait for
// the page.
const longWork = store.Micros(60 * 1e6)

// tell tells whoever asked for a job what became of it.
func tell(tx *store.Tx, j Job) error {
	about := notices.About{In: j.Collection, Kind: notices.JobFailed, Ref: j.Object}
	if j.State == Done {
		if tx.Now()-j.AddedAt < longWork {
			return nil
		}
		about.Kind = notices.JobDone
	}
	return notices.Tell(tx, about, j.UserID)
}

// release gives a job back when the server stops, so that the next one need not wait for the lease to end.
func (s *Service) release(j Job) {
	ctx, cancel := context.WithTimeout(context.Background(), retryAfter/2)
	defer cancel()
	if err := s.db.Write(ctx, func(tx *store.Tx) error {
		return tx.Gorm().Model(&Job{}).Where("id = ? AND holder = ? AND state = ?", j.ID, j.Holder, Running).
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
