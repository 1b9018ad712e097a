package claimset

import (
	"context"
	"log/slog"
	"strconv"
	"strings"
	"time"

	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/fault"
	"claimbench/internal/jobs"
	"claimbench/internal/store"
)

// freezeRow says that a draft is being frozen, in which version, and by whom: a job, or a process that says again and
// again that it lives.
type freezeRow struct {
	SetID     ID           `gorm:"column:set_id;primaryKey;autoIncrement:false"`
	Version   int64        `gorm:"column:version"`
	Holder    string       `gorm:"column:holder" words:"own"`
	HeldUntil store.Micros `gorm:"column:held_until"`
}

func (freezeRow) TableName() string { return "claim_set_freezes" }

const (
	// Freezing is the kind of the jobs that freeze a set.
	Freezing = "freeze"
	// byJob is the holder of a freeze that is a job: there is one open job of a set at most.
	byJob = "job"
	// freezeLease is how long a process that is not heard of is taken to live.
	freezeLease = 30 * time.Second
	// sweptAtOnce is how many rows one Write of a sweep clears.
	sweptAtOnce = 200
)

func until(tx *store.Tx) store.Micros { return tx.Now() + store.Micros(freezeLease.Microseconds()) }

// lives says whether somebody still does this freeze.
func (f freezeRow) lives(tx *store.Tx) (bool, error) {
	if f.Holder != byJob {
		return f.HeldUntil > tx.Now(), nil
	}
	_, open, err := jobs.Open(&tx.Rx, Freezing, Object(f.SetID))
	return open, err
}

// writeDown puts weighed claims into their rows, in one statement.
func writeDown(tx *store.Tx, set ID, all []written) error {
	if len(all) == 0 {
		return nil
	}
	args := make([]any, 0, 2*len(all)+1)
	for _, w := range all {
		args = append(args, int64(w.claim), w.frozen)
	}
	values := strings.Repeat(", (CAST(? AS BIGINT), CAST(? AS TEXT))", len(all))[2:]
	res := tx.Gorm().Exec("UPDATE claim_set_claims AS m SET frozen = v.column2 FROM (VALUES "+values+
		") AS v WHERE m.set_id = ? AND m.claim_id = v.column1", append(args, set)...)
	if res.Error == nil && res.RowsAffected != int64(len(all)) {
		return fault.Stale("Somebody changed which claims are in the set while it was being frozen. " +
			"Look at the set, then freeze it again; nothing was lost.")
	}
	if res.Error != nil {
		return res.Error
	}
	return rest(tx, set, all)
}

// Ask freezes a draft, or, when it is large, has it frozen by a job: then the set is still a draft, and its page says
// how far the job is. The job is nil when the set is frozen.
func (s *Service) Ask(ctx context.Context, actor auth.Actor, id ID, version int64) (_ Set, _ *jobs.Job, err error) {
	defer fault.In(&err, "claimset.Ask(%d)", id)
	if _, _, err := s.allowed(ctx, actor, id, auth.Freeze); err != nil {
		return Set{}, nil, err
	}
	n := 0
	if err := s.db.Read(ctx, func(r *store.Rx) error {
		set, err := ByID(r, id)
		if err != nil {
			return err
		}
		if err := opened(set, version); err != nil {
			return err
		}
		if err := Hindrance(r, set); err != nil {
			return err
		}
		sizes, err := Sizes(r, []ID{id})
		n = sizes[id]
		return err
	}); err != nil {
		return Set{}, nil, err
	}
	if n <= s.atOnce {
		set, err := s.Freeze(ctx, actor, id, version)
		return set, nil, err
	}
	var set Set
	var job jobs.Job
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		if set, err = ByID(&tx.Rx, id); err != nil {
			return err
		}
		f := freezing{s: s, set: id, version: version, holder: byJob}
		if err := f.take(tx); err != nil {
			return err
		}
		job, err = s.work.Add(tx, actor, jobs.Wanted{Kind: Freezing, Object: Object(id), Collection: set.CollectionID,
			Total: n})
		return err
	})
	return set, &job, err
}

// FreezingOf gives the newest job that freezes a set; nil when there was none. It asks no permission.
func FreezingOf(r *store.Rx, id ID) (*jobs.Job, error) {
	all, err := jobs.ListOf(r, Object(id))
	if err != nil || len(all) == 0 {
		return nil, err
	}
	return &all[0], nil
}

// freezingWork does the jobs that freeze a set.
type freezingWork struct{ *Service }

func (w freezingWork) Prepare(ctx context.Context, actor auth.Actor, j jobs.Job) (_ jobs.Plan, err error) {
	defer fault.In(&err, "claimset.Prepare(%d)", j.ID)
	n, err := strconv.ParseInt(strings.TrimPrefix(j.Object, "claimset:"), 10, 64)
	if err != nil || Object(ID(n)) != j.Object {
		return jobs.Plan{}, fault.New(fault.Internal, "“%s” names no claim set", j.Object)
	}
	var rows []freezeRow
	if err := w.db.Read(ctx, func(r *store.Rx) error {
		return r.Gorm().Where("set_id = ? AND holder = ?", n, byJob).Find(&rows).Error
	}); err != nil {
		return jobs.Plan{}, err
	}
	if len(rows) == 0 {
		return jobs.Plan{}, fault.New(fault.Conflict, "The freeze was given up. Begin it again.")
	}
	f := &freezing{s: w.Service, actor: actor, set: ID(n), version: rows[0].Version, holder: byJob}
	if err := f.begin(ctx, j.Done); err != nil {
		return jobs.Plan{}, err
	}
	return f.plan(), nil
}

// sweepEvery is how often a server looks for freezes that died.
const sweepEvery = time.Minute

// Run sweeps at once and then every minute, until ctx ends.
func (s *Service) Run(ctx context.Context, log *slog.Logger) {
	tick := time.NewTicker(sweepEvery)
	defer tick.Stop()
	for {
		if err := s.Sweep(ctx); err != nil && ctx.Err() == nil {
			log.Warn("what a freeze left cannot be cleared away", "err", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// Sweep clears away what freezes left that nobody does any more. It takes as long as there is something left, in short
// Writes.
func (s *Service) Sweep(ctx context.Context) (err error) {
	defer fault.In(&err, "claimset.Sweep()")
	var rows []freezeRow
	if err := s.db.Read(ctx, func(r *store.Rx) error {
		return r.Gorm().Order("set_id").Limit(sweptAtOnce).Find(&rows).Error
	}); err != nil {
		return err
	}
	for _, f := range rows {
		if err := s.sweep(ctx, f.SetID, ""); err != nil {
			return err
		}
	}
	return nil
}

// sweep clears what was written down for a freeze of a set that has ended: that of a holder, or with "" of one that is
// dead.
func (s *Service) sweep(ctx context.Context, id ID, holder string) error {
	for after, more := claims.ID(0), true; more; {
		if err := s.db.Write(ctx, func(tx *store.Tx) error {
			last, err := sweepSlice(tx, id, holder, after)
			after, more = last, last != 0
			return err
		}); err != nil {
			return err
		}
	}
	return nil
}

// sweepSlice clears some rows after one, and gives the last of them; 0 when the freeze is cleared away, or goes on.
func sweepSlice(tx *store.Tx, id ID, holder string, after claims.ID) (last claims.ID, err error) {
	var now Set
	if err := store.Take(tx.Lock(), &now, "such claim set", "id = ?", id); err != nil {
		return 0, err
	}
	var rows []freezeRow
	if err := tx.Lock().Where("set_id = ?", id).Find(&rows).Error; err != nil || len(rows) == 0 {
		return 0, err
	}
	if rows[0].Holder != holder {
		if lives, err := rows[0].lives(tx); err != nil || lives {
			return 0, err
		}
	}
	var ids []claims.ID
	if now.State == Draft {
		if err := tx.Gorm().Model(&member{}).Where("set_id = ? AND claim_id > ? AND frozen <> ''", id, after).
			Order("claim_id").Limit(sweptAtOnce).Pluck("claim_id", &ids).Error; err != nil {
			return 0, err
		}
	}
	if len(ids) == 0 {
		if now.State == Draft {
			if err := tx.Gorm().Where("set_id = ?", id).Delete(&restRow{}).Error; err != nil {
				return 0, err
			}
		}
		return 0, tx.Gorm().Where("set_id = ?", id).Delete(&freezeRow{}).Error
	}
	return ids[len(ids)-1], tx.Gorm().Model(&member{}).Where("set_id = ? AND claim_id IN ?", id, ids).
		Update("frozen", "").Error
}
