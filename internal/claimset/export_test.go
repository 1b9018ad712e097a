package claimset

import (
	"context"

	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/jobs"
)

// PlanOf is a freeze that a test does step by step.
func (s *Service) PlanOf(ctx context.Context, actor auth.Actor, id ID, version int64, holder string) (jobs.Plan,
	error) {
	f := &freezing{s: s, actor: actor, set: id, version: version, holder: holder}
	if err := f.begin(ctx, 0); err != nil {
		return jobs.Plan{}, err
	}
	return f.plan(), nil
}

// SetAtOnce sets how many claims of a set Ask freezes at once.
func (s *Service) SetAtOnce(n int) { s.atOnce = n }

// FormNow, ClaimsField and ListedMost are the form of a set's claims in the history.
var (
	FormNow     = formNow
	ClaimsField = claimsField
)

const ListedMost = listedMost

// Quick reads a frozen claim by the order of its fields; false when it has another form.
func Quick(frozen []byte) (e Entry, ok bool) {
	q := quickly(frozen)
	ok = q.entry(&e)
	return e, ok
}

// VerdictIn and NamesAny look into a frozen claim without reading it.
var (
	VerdictIn = verdictIn
	NamesAny  = namesAny
)

// Order is the order of a draft of n claims, without a database.
type Order struct{ all []slot }

// NewOrder begins with claims that were added one behind the other.
func NewOrder(n int) *Order {
	m := &Order{make([]slot, n)}
	fresh := make([]bool, n)
	for i := range n {
		m.all[i].Claim, fresh[i] = claims.ID(i+1), true
	}
	settle(m.all, fresh)
	return m
}

// Move moves a claim, and says how many rows that writes.
func (m *Order) Move(from, to int) (rows int) {
	if from == to {
		return 0
	}
	all, fresh := movedTo(m.all, from, to)
	settle(all, fresh)
	for _, x := range fresh {
		if x {
			rows++
		}
	}
	m.all = all
	return rows
}

// Claims gives them as their places say, which must be apart.
func (m *Order) Claims() []claims.ID {
	for i := 1; i < len(m.all); i++ {
		if m.all[i-1].Place >= m.all[i].Place {
			return nil
		}
	}
	return idsOf(m.all)
}
