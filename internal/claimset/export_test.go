package claimset

import (
	"context"

	"claimbench/internal/auth"
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
