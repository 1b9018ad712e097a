package claims

import (
	"context"
	"strconv"
	"strings"

	"claimbench/internal/auth"
	"claimbench/internal/deeds"
	"claimbench/internal/fault"
	"claimbench/internal/history"
	"claimbench/internal/jobs"
	"claimbench/internal/store"
)

// Batching is the kind of job that does a batch, takes it back, or does it again.
const Batching = "claims.batch"

// mostBatched is how many claims a slice has: each is a change of its own, with its event.
const mostBatched = 64

// batching does such jobs. What is to be done follows from the batch's state.
type batching struct{ *Service }

// batchRun is a batch while its job goes on.
type batchRun struct {
	s     *Service
	actor auth.Actor
	b     Batch
	said  string // the reason of its events
}

// Prepare reads the batch. After a crash it goes on where the slices before ended.
func (w batching) Prepare(ctx context.Context, actor auth.Actor, j jobs.Job) (_ jobs.Plan, err error) {
	defer fault.In(&err, "claims.Prepare(%d)", j.ID)
	id, err := batchNamed(j.Object)
	if err != nil {
		return jobs.Plan{}, err
	}
	run := batchRun{s: w.Service, actor: actor}
	if err := w.db.Read(ctx, func(r *store.Rx) (err error) {
		run.b, err = BatchOf(r, actor.UserID, id)
		return err
	}); err != nil {
		return jobs.Plan{}, err
	}
	plan := jobs.Plan{Total: len(run.b.Chosen), Most: batches[run.b.Act].most}
	do, ends := run.do, BatchDone
	run.said = run.b.Reason
	switch run.b.State {
	case BatchDoing:
	case BatchUndoing:
		do, ends, run.said = run.back, BatchUndone, "took back: batch "+history.Num(run.b.ID)
	case BatchRedoing:
		do, run.said = run.again, "did again: batch "+history.Num(run.b.ID)
	default:
		return jobs.Plan{}, nil // another job did it
	}
	plan.Slice = func(tx *store.Tx, from, n int) error {
		deeds.Quietly(tx)
		return history.Together(tx, func() error { return do(tx, from, n) })
	}
	plan.Finish = func(tx *store.Tx) error {
		return store.Changed(tx.Gorm().Model(&Batch{}).Where("id = ? AND state = ?", run.b.ID, run.b.State).Updates(
			map[string]any{"state": ends, "changed_at": tx.Now()}), "this batch")
	}
	return plan, nil
}

// batchNamed is the batch that BatchObject named.
func batchNamed(object string) (BatchID, error) {
	id, err := strconv.ParseInt(strings.TrimPrefix(object, "batch:"), 10, 64)
	if err != nil {
		return 0, fault.New(fault.Internal, "“%s” names no batch", object)
	}
	return BatchID(id), nil
}

// Failed says that a batch goes on no more. What it did stays done, and is taken back as all of a batch is.
func (w batching) Failed(tx *store.Tx, j jobs.Job) error {
	id, err := batchNamed(j.Object)
	if err != nil {
		return err
	}
	for going, stopped := range stoppedAs {
		if err := tx.Gorm().Model(&Batch{}).Where("id = ? AND state = ?", id, going).Updates(map[string]any{
			"state": stopped, "changed_at": tx.Now()}).Error; err != nil {
			return err
		}
	}
	return nil
}

// stoppedAs are the states of batches that go on, with those that they have when they do not.
var stoppedAs = map[BatchState]BatchState{BatchDoing: BatchDone, BatchUndoing: BatchUndone, BatchRedoing: BatchDone}

// refusal gives what a person reads of a claim that is left out, and lets a failure pass.
func refusalOf(err error) (why string, left bool) {
	switch fault.KindOf(err) {
	case fault.Conflict, fault.Invalid, fault.NotFound, fault.Forbidden:
		return fault.Message(err), true
	}
	return "", false
}

// do does the act to some of the claims, and keeps what became of each.
func (b batchRun) do(tx *store.Tx, from, n int) error {
	items := make([]batchItem, n)
	for i, x := range b.b.Chosen[from : from+n] {
		items[i] = batchItem{BatchID: b.b.ID, N: from + i + 1, ClaimID: ID(x[0]), Version: x[1], State: FateDone}
	}
	if other, ok := b.s.batchers[b.b.Act]; ok {
		if err := b.doElsewhere(tx, other, items, false); err != nil {
			return err
		}
		return tx.Gorm().Create(&items).Error
	}
	for i, it := range items {
		after, err := b.doOne(tx, it.ClaimID, it.Version)
		if why, left := refusalOf(err); left {
			it.State, it.Why = FateRefused, why
		} else if err != nil {
			return err
		} else {
			it.Version, it.Other = after.Version, it.Version
		}
		items[i] = it
	}
	return tx.Gorm().Create(&items).Error
}

func (b batchRun) doOne(tx *store.Tx, id ID, version int64) (after Claim, err error) {
	c, err := lockSeen(tx, id)
	if err != nil {
		return c, err
	}
	if c.CollectionID != b.b.CollectionID {
		c = Claim{}
	}
	how := batches[b.b.Act]
	if err := batchable(c, version, how.guard); err != nil {
		return c, err
	}
	who, err := b.s.mayBatch(b.actor, b.b)
	if err != nil {
		return c, err
	}
	after = c
	if b.b.Act == BatchAccept {
		err = b.s.open(tx, b.actor, &after)
	} else {
		after.State = how.as
	}
	if err != nil {
		return c, err
	}
	return after, b.s.update(tx, who, c, &after, how.action, b.said, BatchObject(b.b.ID))
}

// back takes back what the batch did to some of the claims. What others have built on is kept, and says so.
func (b batchRun) back(tx *store.Tx, from, n int) error {
	if other, ok := b.s.batchers[b.b.Act]; ok {
		return b.turnElsewhere(tx, from, n, FateDone, func(items []batchItem) error {
			return b.backElsewhere(tx, other, items)
		})
	}
	return b.turn(tx, from, n, FateDone, FateBack, FateKept, func(it batchItem) (Claim, error) {
		d := deeds.Deed{Kind: "batch." + string(b.b.Act)}
		c, err := b.s.standing(tx, b.actor, it.ClaimID, it.Version, d)
		if err != nil {
			return c, err
		}
		after, action := c, "claim.restored"
		switch b.b.Act {
		case BatchAccept:
			if err := Withdrawable(c); err != nil {
				return c, err
			}
			after.State, after.OpenedBy, after.OpenedAt = Candidate, nil, nil // its round rests
			action, err = "claim.unaccepted", b.s.leave(tx, c)
		case BatchReject:
			after.State, action, err = Candidate, "candidate.restored", Restorable(c)
		case BatchWithdraw:
			err = b.s.live(tx, &after, Open)
		}
		if err != nil {
			return c, err
		}
		who, err := b.s.mayBatch(b.actor, b.b)
		if err != nil {
			return c, err
		}
		return after, b.s.update(tx, who, c, &after, action, b.said, BatchObject(b.b.ID))
	})
}

// again does again what was taken back of some of the claims.
func (b batchRun) again(tx *store.Tx, from, n int) error {
	if other, ok := b.s.batchers[b.b.Act]; ok {
		return b.turnElsewhere(tx, from, n, FateBack, func(items []batchItem) error {
			return b.doElsewhere(tx, other, items, true)
		})
	}
	return b.turn(tx, from, n, FateBack, FateDone, FateRefused, func(it batchItem) (Claim, error) {
		c, err := b.s.standing(tx, b.actor, it.ClaimID, it.Version, deeds.Deed{Kind: "batch." + string(b.b.Act)})
		if err != nil {
			return c, err
		}
		return b.doOne(tx, it.ClaimID, c.Version)
	})
}

// some reads those items of some that are of one fate.
func (b batchRun) some(tx *store.Tx, from, n int, fate BatchFate) (items []batchItem, err error) {
	return items, tx.Gorm().Where("batch_id = ? AND n > ? AND n <= ? AND state = ?", b.b.ID, from, from+n, fate).
		Order("n").Find(&items).Error
}

// keep writes what became of a claim.
func (it batchItem) keep(tx *store.Tx) error {
	return store.Changed(tx.Gorm().Model(&batchItem{}).Where("batch_id = ? AND n = ?", it.BatchID, it.N).Updates(
		map[string]any{"state": it.State, "why": it.Why, "version": it.Version, "other": it.Other}), "this batch")
}

// turn changes those items of some that are of one fate.
func (b batchRun) turn(tx *store.Tx, from, n int, was, is, left BatchFate, do func(batchItem) (Claim, error)) error {
	items, err := b.some(tx, from, n, was)
	if err != nil {
		return err
	}
	for _, it := range items {
		after, err := do(it)
		why, stays := refusalOf(err)
		switch {
		case stays:
			it.State, it.Why = left, why
		case err != nil:
			return err
		default:
			if err := deeds.Alike(tx, Object(it.ClaimID), after.Version, it.Other); err != nil {
				return err
			}
			it.State, it.Why, it.Version, it.Other = is, "", after.Version, it.Version
		}
		if err := it.keep(tx); err != nil {
			return err
		}
	}
	return nil
}

// batchKinds say how batches are taken back: by a job, as they were done.
func (s *Service) batchKinds() map[string]deeds.Kind {
	out := map[string]deeds.Kind{}
	for act, how := range batches {
		out["batch."+string(act)] = deeds.Kind{Words: how.words, Back: s.turnBatch(BatchDone, BatchUndoing),
			Again: s.turnBatch(BatchUndone, BatchRedoing)}
	}
	return out
}

func (s *Service) turnBatch(was, is BatchState) func(*store.Tx, auth.Actor, *deeds.Deed) error {
	return func(tx *store.Tx, actor auth.Actor, d *deeds.Deed) error {
		b, err := lockBatch(tx, actor.UserID, BatchID(d.ObjectID()))
		if err != nil {
			return err
		}
		if _, err := s.mayBatch(actor, b); err != nil {
			return err
		}
		if stopped, is := stoppedAs[b.State]; is { // a job that failed told nobody once
			_, going, err := jobs.Open(&tx.Rx, Batching, BatchObject(b.ID))
			if err != nil {
				return err
			}
			if !going {
				b.State = stopped
			}
		}
		if b.State != was {
			return fault.Stale("Batch %d is still being worked on. Wait until it is done; its page "+
				"says how far it is.", b.ID)
		}
		return s.begin(tx, actor, &b, is)
	}
}
