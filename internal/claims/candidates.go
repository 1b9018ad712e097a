package claims

import (
	"context"

	"claimbench/internal/auth"
	"claimbench/internal/fault"
	"claimbench/internal/store"
	"claimbench/internal/text"
)

// Accept makes a candidate a claim that is open for review.
func (s *Service) Accept(ctx context.Context, actor auth.Actor, id ID, version int64) (_ Claim, err error) {
	defer fault.In(&err, "claims.Accept(%d)", id)
	return s.change(ctx, actor, id, version, auth.ThingCandidate, "candidate.accepted", "", func(tx *store.Tx,
		c *Claim) error {
		return s.open(tx, actor, c)
	})
}

func (s *Service) open(tx *store.Tx, actor auth.Actor, c *Claim) (err error) {
	if err := c.see(&tx.Rx); err != nil {
		return err
	}
	if err := Acceptable(*c); err != nil {
		return err
	}
	now, by := tx.Now(), actor.UserID
	c.State, c.OpenedBy, c.OpenedAt = Open, &by, &now
	c.Round, err = s.nextRound(&tx.Rx, *c)
	return err
}

// nextRound is the number of the round of a claim that is opened: the first, or the one after those that ended. One
// that rested since the claim was open before goes on: another number would tell that somebody had reviewed in it.
func (s *Service) nextRound(r *store.Rx, c Claim) (int, error) {
	if c.Version <= 1 { // it was never open
		return 1, nil
	}
	n, err := s.lastRound(r, c.ID)
	return n + 1, err
}

// lastRound is the newest round of a claim that ended, 0 for none.
func (s *Service) lastRound(r *store.Rx, id ID) (int, error) {
	if s.newest == nil {
		return 0, nil
	}
	return s.newest(r, id)
}

// Reject ends a candidate that is no claim. The history keeps the reason as people read it.
func (s *Service) Reject(ctx context.Context, actor auth.Actor, id ID, version int64, why WhyNot) (_ Claim,
	err error) {
	defer fault.In(&err, "claims.Reject(%d, %s)", id, why)
	if err := WhyNots.Check("reason", why); err != nil {
		return Claim{}, err
	}
	return s.change(ctx, actor, id, version, auth.ThingCandidate, "candidate.rejected", WhyNots.Word(why),
		func(_ *store.Tx, c *Claim) error {
			if err := Rejectable(*c); err != nil {
				return err
			}
			c.State = Rejected
			return nil
		})
}

// Restore makes a rejected candidate a candidate again.
func (s *Service) Restore(ctx context.Context, actor auth.Actor, id ID, version int64) (_ Claim, err error) {
	defer fault.In(&err, "claims.Restore(%d)", id)
	return s.change(ctx, actor, id, version, auth.ThingCandidate, "candidate.restored", "",
		func(_ *store.Tx, c *Claim) error {
			if err := Restorable(*c); err != nil {
				return err
			}
			c.State = Candidate
			return nil
		})
}

// Withdraw ends an open claim that should not be checked after all.
func (s *Service) Withdraw(ctx context.Context, actor auth.Actor, id ID, version int64, reason string) (_ Claim,
	err error) {
	defer fault.In(&err, "claims.Withdraw(%d)", id)
	if err := text.CheckReason(&reason, "Say why; the history keeps the reason.", "A reason is needed."); err != nil {
		return Claim{}, err
	}
	return s.change(ctx, actor, id, version, auth.ThingClaim, "claim.withdrawn", reason,
		func(_ *store.Tx, c *Claim) error {
			if err := Withdrawable(*c); err != nil {
				return err
			}
			c.State = Withdrawn
			return nil
		})
}

// change is the common road of a change of one claim: permission, lock, version, the change itself, history.
func (s *Service) change(ctx context.Context, actor auth.Actor, id ID, version int64, thing auth.Thing, action,
	reason string, do func(*store.Tx, *Claim) error) (Claim, error) {
	_, who, err := s.allowed(ctx, actor, id, thing, auth.Write)
	if err != nil {
		return Claim{}, err
	}
	var after Claim
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		c, err := lock(tx, id)
		if err != nil {
			return err
		}
		if c.Version != version {
			return staleVersion(&tx.Rx, c, version)
		}
		after = c
		if err := do(tx, &after); err != nil {
			return err
		}
		if err := s.update(tx, who, c, &after, action, reason, ""); err != nil {
			return err
		}
		if err := note(tx, who, action, c, after, nil); err != nil {
			return err
		}
		after, err = Filled(&tx.Rx, after)
		return err
	})
	if err != nil {
		return Claim{}, err
	}
	return after, nil
}
