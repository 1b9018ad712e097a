package claims

import (
	"context"
	"errors"
	"log/slog"
	"maps"
	"slices"
	"strconv"
	"time"

	"claimbench/internal/auth"
	"claimbench/internal/fault"
	"claimbench/internal/jobs"
	"claimbench/internal/store"
	"claimbench/internal/worth"
)

// Facts about the database (store_meta): the last claim that was there before the list by worth was, and the last one
// whose profile has been worked out since. Neither is set in a database that began with the list.
const (
	oldWorth  = "worth_old"
	doneWorth = "worth_done"
)

// notWeighed says whether the profile of a claim is still to be worked out.
func notWeighed(r *store.Rx, id ID) (bool, error) {
	last, done, err := oldOf(r)
	return id > done && id <= last, err
}

func oldOf(r *store.Rx) (last, done ID, err error) {
	for name, at := range map[string]*ID{oldWorth: &last, doneWorth: &done} {
		v, err := r.Meta(name)
		if err != nil {
			return 0, 0, err
		}
		if v != "" {
			n, err := strconv.ParseInt(v, 10, 64)
			if err != nil {
				return 0, 0, fault.Wrap(fault.Internal, err, "%s is %q", name, v)
			}
			*at = ID(n)
		}
	}
	return last, done, nil
}

// WeighOld works out the profiles of the claims that were there before the list by worth was: of candidates, so that
// they stand where they belong, and of decided ones, so that people's decisions are learnt from. It does so in slices
// beside the requests, each one Write, and goes on where it ended. Until then all of them are on the list, as worthy as
// any. beside is jobs.Service.Beside. It ends when all is done, or with ctx.
func (s *Service) WeighOld(ctx context.Context, log *slog.Logger, beside func(context.Context, func())) {
	for n, more := 16, true; more && ctx.Err() == nil; {
		var err error
		var took time.Duration
		beside(ctx, func() {
			err = s.db.Write(ctx, func(tx *store.Tx) (err error) {
				begun := time.Now() // the wait for the writer is not the slice's
				more, err = weighOld(tx, n)
				took = time.Since(begun)
				return err
			})
		})
		if err != nil {
			if ctx.Err() == nil && !errors.Is(err, context.Canceled) {
				log.Warn("old candidates cannot be put in the order of their worth; the next start goes on", "err", err)
			}
			return
		}
		n = jobs.NextSlice(n, took)
	}
}

// weighOld does one slice of n claims, and says whether there are more.
func weighOld(tx *store.Tx, n int) (more bool, err error) {
	last, done, err := oldOf(&tx.Rx)
	if err != nil || done >= last {
		return false, err
	}
	var part []Claim
	if err := tx.Lock().Where("id > ? AND id <= ?", done, last).Order("id").Limit(n).Find(&part).Error; err != nil {
		return false, err
	}
	moves := map[auth.CollectionID]map[worth.Profile]tallied{}
	for _, c := range part {
		if c.ByHand || c.State == Merged {
			continue
		}
		t, p := tallied{accepted: 1}, profileOf(c)
		switch c.State {
		case Rejected:
			t = tallied{rejected: 1}
		case Candidate:
			t = tallied{waiting: 1}
			if err := tx.Gorm().Model(&waits{}).Where("claim_id = ?", c.ID).Update("profile", p).Error; err != nil {
				return false, err
			}
		}
		to := moves[c.CollectionID]
		if to == nil {
			to = map[worth.Profile]tallied{}
			moves[c.CollectionID] = to
		}
		is, was := to[p], to[0]
		to[p] = tallied{is.waiting + t.waiting, is.accepted + t.accepted, is.rejected + t.rejected}
		to[0] = tallied{was.waiting - t.waiting, was.accepted - t.accepted, was.rejected - t.rejected}
	}
	for _, c := range slices.Sorted(maps.Keys(moves)) {
		if _, err := lockInbox(tx, c); err != nil {
			return false, err
		}
		if err := countBy(tx, c, moves[c]); err != nil {
			return false, err
		}
	}
	done = last
	if len(part) == n {
		done = part[n-1].ID
	}
	return done < last, tx.SetMeta(doneWorth, strconv.FormatInt(int64(done), 10))
}
