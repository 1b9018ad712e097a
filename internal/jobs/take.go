package jobs

import (
	"context"
	"crypto/rand"
	"time"

	"gorm.io/gorm"

	"claimbench/internal/auth"
	"claimbench/internal/store"
)

const (
	// mostHeld is how many jobs a server does at once, each with its text in memory; mostEach of one person.
	mostHeld, mostEach = 6, 3
	// turnLasts is how long a job is held at least while others wait for its place, and three times what it took to
	// prepare: it is prepared again when it goes on.
	turnLasts = 4 * time.Second
	// anybody stands for the person whose job waits, where any place that gets free is theirs.
	anybody = -1
)

// hold is how long this process has had a job.
type hold struct {
	since    time.Time
	prepared time.Duration // what it took to prepare
	byServer bool          // the job gives its place to others when it had its time
}

// free are the jobs that nobody works on. Those of one object are done one after the other, in the order in which they
// were asked for.
func free(g *gorm.DB, now store.Micros) *gorm.DB {
	return g.Model(&Job{}).Where(`jobs.state IN ('waiting', 'running') AND jobs.held_until < ? AND NOT EXISTS (
		SELECT 1 FROM jobs AS e WHERE e.object = jobs.object AND e.id < jobs.id
			AND e.state IN ('waiting', 'running'))`, now)
}

// next is the free job whose turn it is: of the person of whom the fewest are being done, and of theirs the one that
// waits longest. Jobs of the people in without are left out.
func next(g *gorm.DB, now store.Micros, without []auth.UserID) *gorm.DB {
	g = free(g, now).Joins(`LEFT JOIN (SELECT user_id, COUNT(*) AS n FROM jobs WHERE state = 'running'
		AND held_until >= ? GROUP BY user_id) AS held ON held.user_id = jobs.user_id`, now)
	if len(without) > 0 {
		g = g.Where("jobs.user_id NOT IN ?", without)
	}
	return g.Select("jobs.*").Order("COALESCE(held.n, 0), jobs.changed_at, jobs.id").Limit(1)
}

// takeNext gives the job whose turn it is to this process.
func (s *Service) takeNext(ctx context.Context, without []auth.UserID) (Job, bool, error) {
	return s.take(ctx, func(g *gorm.DB) *gorm.DB { return next(g, s.db.Now(), without) })
}

// takeFor gives this process the job with a number, or one of the same object that must be done before it.
func (s *Service) takeFor(ctx context.Context, id ID) (Job, bool, error) {
	return s.take(ctx, func(g *gorm.DB) *gorm.DB {
		return free(g, s.db.Now()).Limit(1).
			Where("jobs.id <= ? AND jobs.object = (SELECT object FROM jobs WHERE id = ?)", id, id)
	})
}

// take gives the job that is chosen to this process, unless another took it meanwhile.
func (s *Service) take(ctx context.Context, choose func(*gorm.DB) *gorm.DB) (j Job, ok bool, err error) {
	for {
		var found []Job
		if err = s.db.Read(ctx, func(r *store.Rx) error {
			return choose(r.Gorm()).Find(&found).Error
		}); err != nil || len(found) == 0 {
			return j, false, err
		}
		id := found[0].ID
		if err = s.db.Write(ctx, func(tx *store.Tx) error {
			found = nil
			if err := free(tx.Lock(), tx.Now()).Where("jobs.id = ?", id).Find(&found).Error; err != nil ||
				len(found) == 0 {
				return err
			}
			found[0].State, found[0].Holder = Running, s.me+rand.Text()[:8]
			found[0].HeldUntil, found[0].ChangedAt = until(tx), tx.Now()
			return tx.Gorm().Model(&Job{}).Where("id = ?", id).Select("state", "holder", "held_until",
				"changed_at").Updates(&found[0]).Error
		}); err != nil {
			return j, false, err
		}
		if len(found) == 1 {
			return found[0], true, nil
		}
	}
}

// full gives the people of whom this process holds as many jobs as it may.
func full(held map[auth.UserID]int) (out []auth.UserID) {
	for user, n := range held {
		if n >= mostEach {
			out = append(out, user)
		}
	}
	return out
}

// lookForMore notes whose job waits although this process would do more: then one that had its time is given back.
func (s *Service) lookForMore(ctx context.Context, held int) {
	if held == 0 {
		s.waits.Store(0)
		return
	}
	var found []Job
	if err := s.db.Read(ctx, func(r *store.Rx) error {
		return next(r.Gorm(), s.db.Now(), nil).Find(&found).Error
	}); err != nil || len(found) == 0 {
		s.waits.Store(0)
		return
	}
	if held == mostHeld {
		s.waits.Store(anybody)
		return
	}
	s.waits.Store(int64(found[0].UserID))
}

// hadTurn says, once for each job that waits, that a job of a person is to be given back: it was held for its time.
func (s *Service) hadTurn(h *hold, user auth.UserID) bool {
	if !h.byServer || time.Since(h.since) < max(s.turnLasts, 3*h.prepared) {
		return false
	}
	return s.waits.CompareAndSwap(anybody, 0) || s.waits.CompareAndSwap(int64(user), 0)
}
