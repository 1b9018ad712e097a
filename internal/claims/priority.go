package claims

import (
	"context"

	"claimbench/internal/auth"
	"claimbench/internal/fault"
	"claimbench/internal/store"
)

// Priority says what stands before others in the queue; the highest comes first.
type Priority int

// The priorities.
const (
	First Priority = 1
	Usual Priority = 0
	Last  Priority = -1
)

// Priorities are the priorities with their words, the highest first.
var Priorities = []struct {
	Priority Priority
	Word     string
}{{First, "first"}, {Usual, "as usual"}, {Last, "last"}}

// Word is the priority as people read it.
func (p Priority) Word() string {
	for _, x := range Priorities {
		if x.Priority == p {
			return x.Word
		}
	}
	return ""
}

// Prioritise puts a claim before others in everybody's queue, or behind them.
func (s *Service) Prioritise(ctx context.Context, actor auth.Actor, id ID, p Priority) (c Claim, err error) {
	defer fault.In(&err, "claims.Prioritise(%d, %d)", id, p)
	if p.Word() == "" {
		return c, fault.New(fault.Invalid, "A priority is 1 (first), 0 (as usual) or -1 (last).").With("priority",
			"Choose 1, 0 or -1.")
	}
	_, who, err := s.allowed(ctx, actor, id, auth.ThingClaim, auth.Prioritise)
	if err != nil {
		return c, err
	}
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		was, err := lock(tx, id)
		if err != nil {
			return err
		}
		if err := Prioritisable(was); err != nil {
			return err
		}
		if c = was; was.Priority != p {
			c.Priority = p
			if err := s.update(tx, who, was, &c, "claim.prioritised", "", ""); err != nil {
				return err
			}
			if err := note(tx, who, "claim.prioritised", was, c, nil); err != nil {
				return err
			}
		}
		c, err = Filled(&tx.Rx, c)
		return err
	})
	return c, err
}

// Prioritisable says whether a claim still goes through the queue.
func Prioritisable(c Claim) error {
	if c.State == Candidate || c.State == Approved || c.State.Ended() {
		return fault.New(fault.Conflict, "Claim %d is %s; it waits in no queue.", c.ID, c.State.Word())
	}
	return nil
}
