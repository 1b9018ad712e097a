package status

import (
	"time"

	"claimbench/internal/claims"
	"claimbench/internal/claimset"
	"claimbench/internal/fault"
	"claimbench/internal/store"
)

// rootOf gives the first version of a set.
func rootOf(r *store.Rx, set claimset.ID) (claimset.ID, error) {
	root, there, err := store.One[claimset.ID](r, `WITH RECURSIVE up (id, supersedes) AS (
		SELECT id, supersedes FROM claim_sets WHERE id = ?
		UNION SELECT s.id, s.supersedes FROM claim_sets s JOIN up ON s.id = up.supersedes)
		SELECT id FROM up WHERE supersedes IS NULL`, set)
	if err == nil && !there {
		err = fault.New(fault.NotFound, "There is no such claim set.")
	}
	return root, err
}

// versionsOf gives the frozen versions of the set that begins with root, in the order of their numbers.
func versionsOf(r *store.Rx, root claimset.ID) ([]claimset.Set, error) {
	return store.Select[claimset.Set](r, `WITH RECURSIVE down (id) AS (
		SELECT id FROM claim_sets WHERE id = ?
		UNION SELECT s.id FROM claim_sets s JOIN down ON s.supersedes = down.id)
		SELECT s.id, s.state, s.sha256 FROM claim_sets s JOIN down ON down.id = s.id WHERE s.state <> ?
		ORDER BY s.id`, root, claimset.Draft)
}

// allVersions gives the frozen versions of all sets.
func allVersions(r *store.Rx) ([]claimset.Set, error) {
	return store.Select[claimset.Set](r, "SELECT id, state, sha256 FROM claim_sets WHERE state <> ? ORDER BY id",
		claimset.Draft)
}

// standingOf is a standing as a list says it: to the day, and without a word of what happened.
func standingOf(at claimset.Standing) Standing {
	switch at.Is {
	case claimset.Corrected:
		return Standing{What: Corrected, In: at.By}
	case claimset.PulledOut:
		return Standing{What: Withdrawn}
	case claimset.UnderReview:
		return Standing{What: InReview, Since: at.Since.Time().Format(time.DateOnly)}
	}
	return Standing{What: Valid}
}

// setsOf makes the sets of a list. MaxList bounds it.
func setsOf(r *store.Rx, all []claimset.Set) ([]Set, error) {
	room := MaxList - 4096
	out := make([]Set, 0, len(all))
	for _, v := range all {
		set := Set{ID: v.ID, SHA256: v.SHA256, Claims: []Claim{}}
		room -= 150
		if err := claimset.Standings(r, v, func(id claims.ID, at claimset.Standing) error {
			c := Claim{id, standingOf(at)}
			if room -= 25 + len(c.Standing.String()); room < 0 {
				return fault.New(fault.TooLarge, "The status list would be larger than %d MB. "+
					"Make one for each set.", MaxList>>20)
			}
			set.Claims = append(set.Claims, c)
			return nil
		}); err != nil {
			return nil, err
		}
		out = append(out, set)
	}
	return out, nil
}
