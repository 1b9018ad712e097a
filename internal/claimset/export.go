package claimset

import (
	"context"
	"strings"

	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/fault"
	"claimbench/internal/history"
	"claimbench/internal/store"
)

// ToExport gives a set that the actor may export now, and who they are for the history.
func (s *Service) ToExport(ctx context.Context, actor auth.Actor, id ID) (set Set, who history.Who, err error) {
	defer fault.In(&err, "claimset.ToExport(%d)", id)
	if set, who, err = s.allowed(ctx, actor, id, auth.Export); err != nil {
		return set, who, err
	}
	return set, who, Exportable(set)
}

// Editions gives the versions that a set superseded, the newest first, and the one that superseded it; nil: none did.
// It asks no permission.
func Editions(r *store.Rx, set Set) (older []Set, by *Set, err error) {
	for at := set.Supersedes; at != nil && len(older) < mostEditions; {
		was, err := ByID(r, *at)
		if err != nil {
			return nil, nil, err
		}
		older, at = append(older, was), was.Supersedes
	}
	var next []Set
	err = r.Gorm().Where("supersedes = ? AND state <> ?", set.ID, Draft).Limit(1).Find(&next).Error
	if len(next) > 0 {
		by = &next[0]
	}
	return older, by, err
}

// mostEditions is how many older versions of a set are read.
const mostEditions = 100

// Ruling is a verdict and its reason.
type Ruling struct {
	Verdict claims.Verdict
	Reason  claims.Reason
}

// RulingsOf gives the verdict that each claim of a frozen set was frozen with, without its words. It asks no
// permission.
func RulingsOf(r *store.Rx, set Set) (map[claims.ID]Ruling, error) {
	out := map[claims.ID]Ruling{}
	err := Each(r, set, func(f Kept) error {
		e, err := f.Entry() // whose strings lie in the claim's row, which would be held with them
		out[e.Claim] = Ruling{claims.Verdict(strings.Clone(string(e.Verdict))),
			claims.Reason(strings.Clone(string(e.Reason)))}
		return err
	})
	return out, err
}
