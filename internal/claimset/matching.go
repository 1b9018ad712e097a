package claimset

import (
	"context"
	"slices"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/fault"
	"claimbench/internal/store"
)

// AddMatching puts all approved claims into a draft that fit a filter, whatever state it names, but for those that are
// in it already, and says how many that are. They go in by MostChosen, each part an act and an event of its own; what
// is in stays in when a later part is refused.
func (s *Service) AddMatching(ctx context.Context, actor auth.Actor, id ID, version int64, f claims.Filter) (set Set,
	n int, err error) {
	defer fault.In(&err, "claimset.AddMatching(%d)", id)
	if set, _, err = s.allowed(ctx, actor, id, auth.Write); err != nil {
		return set, 0, err
	}
	if err := checkMatching(f); err != nil {
		return set, 0, err
	}
	f.Collection, f.State, f.Fold, f.After = set.CollectionID, claims.Approved, false, 0
	var todo []claims.ID
	if err := s.db.Read(ctx, func(r *store.Rx) error {
		if err := opened(set, version); err != nil {
			return err
		}
		there, err := membersOf(r, id)
		if err != nil {
			return err
		}
		ids, err := claims.IDsOf(r, f, actor.UserID, MostOfSet+1)
		in := among(there)
		todo = slices.DeleteFunc(ids, func(c claims.ID) bool {
			_, is := in[c]
			return is
		})
		if err != nil {
			return err
		}
		return HasRoom(set, len(there)+len(todo))
	}); err != nil {
		return set, 0, err
	}
	if len(todo) == 0 {
		return set, 0, fault.New(fault.Invalid, "No approved claim fits that is not in the set already.").With("text",
			"Take a condition away.")
	}
	for part := range slices.Chunk(todo, MostChosen) {
		if set, err = s.Add(ctx, actor, id, version, part); err != nil {
			return set, n, err
		}
		n, version = n+len(part), set.Version
	}
	return set, n, nil
}

// checkMatching says whether a filter is one.
func checkMatching(f claims.Filter) error {
	var bad fault.Collect
	if f.Lang != "" && !articles.IsLang(f.Lang) {
		bad.Add("lang", "“%s” is no language tag. Write fa, ar, ja, en and so on.", f.Lang)
	}
	if f.Verdict != "" && f.Verdict != claims.NoVerdict && !claims.Verdicts.Has(f.Verdict) {
		bad.Add("verdict", "“%s” is no verdict.", f.Verdict)
	}
	return bad.Err()
}
