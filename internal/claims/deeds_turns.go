package claims

import (
	"slices"

	"claimbench/internal/auth"
	"claimbench/internal/deeds"
	"claimbench/internal/store"
)

// What each act of this room on a claim's state does when it is taken back, and when it is done again.

func (s *Service) unaccept(t turned) (string, error) {
	if err := Withdrawable(t.was); err != nil {
		return "", err
	}
	if err := s.leave(t.tx, t.was); err != nil {
		return "", err
	}
	c := t.after
	c.State, c.OpenedBy, c.OpenedAt = Candidate, nil, nil // its round rests
	return "claim.unaccepted", t.place(t.held.Was)
}

func (s *Service) acceptAgain(t turned) (string, error) {
	if err := s.open(t.tx, t.actor, t.after); err != nil {
		return "", err
	}
	return "candidate.accepted", t.place(t.held.Is)
}

func toCandidate(t turned) (string, error) {
	t.after.State = Candidate
	return "candidate.restored", Restorable(t.was)
}

func toRejected(t turned) (string, error) {
	t.after.State = Rejected
	return "candidate.rejected", Rejectable(t.was)
}

// priority puts a claim where it stood in everybody's queue; that needs the permission of those who may.
func (s *Service) priority(t turned) (string, error) {
	if _, err := s.policy.May(t.actor, auth.ThingClaim, auth.Prioritise, t.was.CollectionID); err != nil {
		return "", err
	}
	t.after.Priority = t.held.Priority[0]
	if t.deed.Again() {
		t.after.Priority = t.held.Priority[1]
	}
	return "claim.prioritised", Prioritisable(t.was)
}

func (s *Service) toWithdrawn(t turned) (string, error) {
	if err := Withdrawable(t.was); err != nil {
		return "", err
	}
	t.after.State = Withdrawn
	if t.deed.Kind == "claim.created" {
		return "claim.withdrawn", s.leave(t.tx, t.was)
	}
	return "claim.withdrawn", nil
}

func (s *Service) toOpen(t turned) (string, error) {
	if err := readable(t.was); err != nil {
		return "", err
	}
	return "claim.restored", s.live(t.tx, t.after, Open)
}

// live makes a claim that had ended what it was. The round of an open one rested, and goes on; an earlier program
// closed it, and then it begins another.
func (s *Service) live(tx *store.Tx, c *Claim, as State) error {
	c.State, c.MergedInto = as, nil
	if as != Open {
		return nil
	}
	n, err := s.lastRound(&tx.Rx, c.ID)
	if n >= c.Round {
		c.Round = n + 1
	}
	return err
}

// leave asks whether an open claim may stop being one.
func (s *Service) leave(tx *store.Tx, c Claim) error {
	if s.leaves == nil || c.State != Open {
		return nil
	}
	return s.leaves(tx, c)
}

// unsplit gives the first part the words of the whole, and ends the others in it.
func (s *Service) unsplit(t turned) (string, error) {
	if err := Editable(t.was); err != nil {
		return "", err
	}
	return editedAction(t.was), errorOr(t.place(t.held.Was), func() error {
		return s.eachOther(t, func(o Claim, after *Claim) (string, error) {
			after.State, after.MergedInto = Merged, &t.was.ID
			return "claim.merged_away", s.leave(t.tx, o)
		})
	})
}

func (s *Service) splitAgain(t turned) (string, error) {
	if err := Editable(t.was); err != nil {
		return "", err
	}
	return "claim.split", errorOr(t.place(t.held.Is), func() error {
		return s.eachOther(t, func(o Claim, after *Claim) (string, error) {
			return "claim.restored", s.live(t.tx, after, t.was.State)
		})
	})
}

// unmerge gives the merged claims back what they were, and unlinks what was taken over from them.
func (s *Service) unmerge(t turned) (string, error) {
	if err := Editable(t.was); err != nil {
		return "", err
	}
	if err := t.place(t.held.Was); err != nil {
		return "", err
	}
	i := 0
	if err := s.eachOther(t, func(o Claim, after *Claim) (string, error) {
		i++
		if err := settleMerged(t.tx, t.who, t.was.ID, o.ID, ""); err != nil {
			return "", err
		}
		return "claim.restored", s.live(t.tx, after, t.held.Others[i-1].State)
	}); err != nil || s.unmerged == nil {
		return "claim.unmerged", err
	}
	return "claim.unmerged", s.unmerged(t.tx, t.who, *t.deed, t.was, t.held.At)
}

func (s *Service) mergeAgain(t turned) (string, error) {
	if err := Mergeable(t.was); err != nil {
		return "", err
	}
	t.held.At = t.tx.Now()
	if err := s.eachOther(t, func(o Claim, after *Claim) (string, error) {
		if err := MergeableInto(t.was, o); err != nil {
			return "", err
		}
		after.State, after.MergedInto = Merged, &t.was.ID
		if err := settleMerged(t.tx, t.who, t.was.ID, o.ID, Accepted); err != nil {
			return "", err
		}
		if s.merged == nil {
			return "claim.merged_away", nil
		}
		return "claim.merged_away", s.merged(t.tx, t.who, t.was, o, t.deed.Batch())
	}); err != nil {
		return "", err
	}
	return "claim.merged", t.place(t.held.Is)
}

// eachOther changes the other claims of an act, in the order of their numbers, each as the deed left it.
func (s *Service) eachOther(t turned, do func(was Claim, after *Claim) (string, error)) error {
	slices.SortFunc(t.held.Others, func(a, b party) int { return int(a.ID - b.ID) })
	for i, p := range t.held.Others {
		c, err := s.standing(t.tx, t.actor, p.ID, p.Version, *t.deed)
		if err != nil {
			return err
		}
		after := c
		action, err := do(c, &after)
		if err != nil {
			return err
		}
		if err := s.update(t.tx, t.who, c, &after, action, t.deed.Reason(), t.deed.Batch()); err != nil {
			return err
		}
		if err := deeds.Alike(t.tx, Object(p.ID), after.Version, p.Other); err != nil {
			return err
		}
		t.held.Others[i].Version, t.held.Others[i].Other = after.Version, p.Version
	}
	return nil
}

func errorOr(err error, then func() error) error {
	if err != nil {
		return err
	}
	return then()
}
