package desk

import (
	"context"

	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/fault"
	"claimbench/internal/review"
)

// All claims that a list shows, on its page and on those that follow, for an act on many.

// ClaimsMatching gives the numbers of the claims of a list that fit its filter, at most claims.MostInBatch.
func (d *Desk) ClaimsMatching(ctx context.Context, actor auth.Actor, f claims.Filter) (out []claims.ID, err error) {
	defer fault.In(&err, "desk.ClaimsMatching(collection %d)", f.Collection)
	err = d.look(ctx, actor, func(l *look) (err error) {
		if err := l.must(auth.ThingClaim, auth.Read, f.Collection); err != nil {
			return err
		}
		f.After = 0
		if out, err = claims.IDsOf(l.rx, f, actor.UserID, claims.MostInBatch+1); err != nil {
			return err
		}
		return boundedMatch(out)
	})
	return out, err
}

// QueueMatching gives the numbers of the claims of a tab of the queue, as Queue lists them.
func (d *Desk) QueueMatching(ctx context.Context, actor auth.Actor, ask QueueAsk) (out []claims.ID, err error) {
	defer fault.In(&err, "desk.QueueMatching(%d, %s)", ask.Collection, ask.Tab)
	err = d.look(ctx, actor, func(l *look) (err error) {
		if err := l.must(auth.ThingReview, auth.Read, ask.Collection); err != nil {
			return err
		}
		if ask.Tab == "" {
			ask.Tab = review.TabTurn
		}
		q := Queue{Tab: ask.Tab, Now: l.h.DB.Now()}
		if err := l.filtered(&q, ask, l.may(auth.ThingReview, auth.Submit, ask.Collection)); err != nil {
			return err
		}
		if out, err = review.IDsOf(l.rx, actor.UserID, q.Filter, claims.MostInBatch+1); err != nil {
			return err
		}
		return boundedMatch(out)
	})
	return out, err
}

// boundedMatch says whether one act can be done to what fits.
func boundedMatch(ids []claims.ID) error {
	switch {
	case len(ids) == 0:
		return fault.New(fault.Invalid, "No claim fits these conditions.").With("text", "Take a condition away.")
	case len(ids) > claims.MostInBatch:
		return fault.New(fault.Invalid, "More than %d claims fit; one act takes at most so many. Add a condition.",
			claims.MostInBatch).With("text", "Add a condition.")
	}
	return nil
}
