package status

import (
	"time"

	"claimbench/internal/claims"
	"claimbench/internal/claimset"
	"claimbench/internal/fault"
	"claimbench/internal/store"
)

// claimsAtOnce is how many claims one query reads.
const claimsAtOnce = 1000

// version is one frozen version of a set, in a chain of corrections.
type version struct {
	ID         claimset.ID  `gorm:"column:id"`
	Supersedes *claimset.ID `gorm:"column:supersedes"`
	SHA256     string       `gorm:"column:sha256" words:"fact"`
}

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
func versionsOf(r *store.Rx, root claimset.ID) ([]version, error) {
	return store.Select[version](r, `WITH RECURSIVE down (id) AS (
		SELECT id FROM claim_sets WHERE id = ?
		UNION SELECT s.id FROM claim_sets s JOIN down ON s.supersedes = down.id)
		SELECT s.id, s.supersedes, s.sha256 FROM claim_sets s JOIN down ON down.id = s.id WHERE s.state <> ?
		ORDER BY s.id`, root, claimset.Draft)
}

// allVersions gives the frozen versions of all sets.
func allVersions(r *store.Rx) ([]version, error) {
	return store.Select[version](r,
		"SELECT id, supersedes, sha256 FROM claim_sets WHERE state <> ? ORDER BY id", claimset.Draft)
}

// newest gives for each version the one that is right now: the last of its corrections, itself when it has none.
func newest(all []version) map[claimset.ID]claimset.ID {
	last := make(map[claimset.ID]claimset.ID, len(all))
	for i := len(all) - 1; i >= 0; i-- { // corrections have higher numbers than what they correct
		v := all[i]
		if _, corrected := last[v.ID]; !corrected {
			last[v.ID] = v.ID
		}
		if v.Supersedes != nil {
			if _, another := last[*v.Supersedes]; !another {
				last[*v.Supersedes] = last[v.ID]
			}
		}
	}
	return last
}

// printed is what is known of one claim of a set: as it is now, and how the newest version of the set has it.
type printed struct {
	ClaimID   claims.ID    `gorm:"column:claim_id"`
	State     claims.State `gorm:"column:state"`
	Round     int          `gorm:"column:round"`
	ChangedAt store.Micros `gorm:"column:changed_at"`
	InNewest  int          `gorm:"column:in_newest"` // 0 no, 1 word for word the same, 2 otherwise
	Frozen    string       `gorm:"column:frozen" words:"article"`
	reopened  store.Micros // when it was reopened after it was frozen, 0: it was not
}

// standing says where a printed claim stands. last is the newest version of its set.
func (p printed) standing(last claimset.ID) Standing {
	switch {
	case p.InNewest == 0, p.State == claims.Withdrawn, p.State == claims.Merged, p.State == claims.Rejected:
		return Standing{What: Withdrawn}
	case p.InNewest == 2:
		return Standing{What: Corrected, In: last}
	case p.reopened != 0:
		return Standing{What: InReview, Since: p.reopened.Time().Format(time.DateOnly)}
	case p.State != claims.Approved: // it was approved when it was frozen
		return Standing{What: InReview, Since: p.ChangedAt.Time().Format(time.DateOnly)}
	}
	return Standing{What: Valid}
}

// standingsOf is the one function that reads where printed claims stand: those of one version of a set, in the order of
// their numbers. A claim that was reopened after it was printed is under review until a version of the set is frozen
// that has it, or leaves it out, whatever a new round decided: what is printed rests on the old one. Whoever adds what
// else makes a print doubtful adds it to printed, and to standing.
func standingsOf(r *store.Rx, set, last claimset.ID, yield func(Claim) error) error {
	for after := claims.ID(0); ; {
		page, err := store.Select[printed](r, `SELECT m.claim_id, c.state, c.round, c.changed_at,
			CASE WHEN n.claim_id IS NULL THEN 0 WHEN n.frozen = m.frozen THEN 1 ELSE 2 END AS in_newest,
			CASE WHEN c.round > 1 THEN m.frozen ELSE '' END AS frozen
			FROM claim_set_claims m JOIN claims c ON c.id = m.claim_id
			LEFT JOIN claim_set_claims n ON n.set_id = ? AND n.claim_id = m.claim_id
			WHERE m.set_id = ? AND m.claim_id > ? ORDER BY m.claim_id LIMIT ?`, last, set, after, claimsAtOnce)
		if err != nil {
			return err
		}
		if err := reopenings(r, page); err != nil {
			return err
		}
		for _, p := range page {
			after = p.ClaimID
			if err := yield(Claim{p.ClaimID, p.standing(last)}); err != nil {
				return err
			}
		}
		if len(page) < claimsAtOnce {
			return nil
		}
	}
}

// reopenings adds when claims were reopened after they were frozen. The round that a reopening begins is known to
// everybody at once; what is done in it is not read.
func reopenings(r *store.Rx, page []printed) error {
	was := map[claims.ID]int{}
	var ids []claims.ID
	for _, p := range page {
		if p.Frozen == "" {
			continue
		}
		round, err := claimset.RoundOf(p.Frozen)
		if err != nil {
			return fault.Wrap(fault.Internal, err, "claim %d as it was frozen", p.ClaimID)
		}
		if p.Round > round {
			was[p.ClaimID] = round
			ids = append(ids, p.ClaimID)
		}
	}
	if len(ids) == 0 {
		return nil
	}
	rounds, err := store.Select[struct {
		ClaimID  claims.ID    `gorm:"column:claim_id"`
		N        int          `gorm:"column:n"`
		OpenedAt store.Micros `gorm:"column:opened_at"`
	}](r, "SELECT claim_id, n, opened_at FROM review_rounds WHERE claim_id IN ? AND n > 1 ORDER BY claim_id, n DESC",
		ids)
	if err != nil {
		return err
	}
	first := map[claims.ID]store.Micros{}
	for _, x := range rounds {
		if x.N > was[x.ClaimID] {
			first[x.ClaimID] = x.OpenedAt
		}
	}
	for i, p := range page {
		if _, moved := was[p.ClaimID]; moved {
			page[i].reopened = first[p.ClaimID]
			if page[i].reopened == 0 {
				page[i].reopened = p.ChangedAt
			}
		}
	}
	return nil
}

// setsOf makes the sets of a list. MaxList bounds it.
func setsOf(r *store.Rx, all []version) ([]Set, error) {
	last := newest(all)
	room := MaxList - 4096
	out := make([]Set, 0, len(all))
	for _, v := range all {
		set := Set{ID: v.ID, SHA256: v.SHA256, Claims: []Claim{}}
		room -= 150
		if err := standingsOf(r, v.ID, last[v.ID], func(c Claim) error {
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
