package claimset

import (
	"context"
	"slices"
	"strconv"

	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/fault"
	"claimbench/internal/store"
)

// Move says where a claim of a draft is to stand: by a way, or without one at a place, from 1.
type Move struct {
	Claim claims.ID
	Way   Way
	Place int
}

// Moved is a draft of which a claim was moved.
type Moved struct {
	Set
	Place int       // where the claim stands, from 1
	After claims.ID // where the page of EntryPage claims begins on which it stands, as Open takes it
}

// Move moves a claim of a draft to another place of its order. A claim that stands there already is no change.
func (s *Service) Move(ctx context.Context, actor auth.Actor, id ID, version int64, m Move) (out Moved, err error) {
	defer fault.In(&err, "claimset.Move(%d, claim %d)", id, m.Claim)
	if err := m.check(); err != nil {
		return out, err
	}
	out.Set, err = s.change(ctx, actor, id, version, moved, func(tx *store.Tx, set *Set, there []slot) ([]slot, error) {
		from := slices.IndexFunc(there, func(s slot) bool { return s.Claim == m.Claim })
		if from < 0 {
			return nil, fault.New(fault.Invalid, "There is no claim %d in this set.", m.Claim).With("claim",
				"Choose a claim of this set.")
		}
		to, err := m.to(from, len(there))
		if err != nil {
			return nil, err
		}
		is, err := moveTo(tx, set.ID, there, from, to)
		if out.Place = to + 1; to >= EntryPage && err == nil {
			out.After = is[to/EntryPage*EntryPage-1].Claim
		}
		return is, err
	})
	return out, err
}

func (m Move) check() error {
	switch {
	case m.Claim == 0:
		return fault.New(fault.Invalid, "Name the claim that is moved.").With("claim",
			"Give the number of a claim of this set.")
	case m.Way != "" && !Ways.Has(m.Way):
		return fault.New(fault.Invalid, "“%s” is no way to move a claim. Say top, up, down or end, or give a place.",
			m.Way).With("to", "Say top, up, down or end.")
	case m.Way == "" && m.Place == 0:
		return fault.New(fault.Invalid, "Say where the claim is to stand.").With("place", "Give a place, from 1.")
	}
	return nil
}

// to gives where of n claims the one at from is to stand, from 0.
func (m Move) to(from, n int) (int, error) {
	switch m.Way {
	case ToTop:
		return 0, nil
	case OneUp:
		return max(0, from-1), nil
	case OneDown:
		return min(n-1, from+1), nil
	case ToEnd:
		return n - 1, nil
	}
	if m.Place < 1 || m.Place > n {
		return 0, fault.New(fault.Invalid, "There is no place %d in this set: it has %d claims.", m.Place, n).With(
			"place", "Give a place from 1 to "+strconv.Itoa(n)+".")
	}
	return m.Place - 1, nil
}

// moveTo moves the claim at one place to another, both from 0, and gives the claims as they then stand.
func moveTo(tx *store.Tx, set ID, there []slot, from, to int) ([]slot, error) {
	if from == to {
		return there, nil
	}
	all, fresh := movedTo(there, from, to)
	return all, put(tx, set, there, all, fresh)
}

// movedTo gives the claims as they stand when one was moved; that one has no place yet.
func movedTo(there []slot, from, to int) (all []slot, fresh []bool) {
	all = slices.Delete(slices.Clone(there), from, from+1)
	all = slices.Insert(all, to, slot{Claim: there[from].Claim})
	fresh = make([]bool, len(all))
	fresh[to] = true
	return all, fresh
}
