package claimset

import (
	"encoding/json"

	"claimbench/internal/claims"
	"claimbench/internal/fault"
	"claimbench/internal/store"
)

// Holder is a frozen set that prints a claim.
type Holder struct {
	SetID   ID        `gorm:"column:set_id"`
	ClaimID claims.ID `gorm:"column:claim_id"`
}

// mostHolders bounds what HoldersOf reads.
const mostHolders = 1000

// HoldersOf lists the frozen sets that print some claims, the newest first. It asks no permission.
func HoldersOf(r *store.Rx, ids []claims.ID) ([]Holder, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	return store.Select[Holder](r, "SELECT m.set_id, m.claim_id FROM claim_set_claims m JOIN claim_sets s ON "+
		"s.id = m.set_id WHERE m.claim_id IN ? AND s.state <> 'draft' ORDER BY m.set_id DESC, m.claim_id LIMIT ?", ids,
		mostHolders)
}

// Verdict is what a frozen set prints of a claim, and how that stands today.
type Verdict struct {
	Claim   claims.ID
	Verdict claims.Verdict
	Standing
}

// VerdictsIn reads what a frozen set prints of some claims. It asks no permission.
func VerdictsIn(r *store.Rx, id ID, ids []claims.ID) (out []Verdict, err error) {
	set, err := ByID(r, id)
	if err != nil {
		return nil, err
	}
	t, err := timesOf(r, set)
	if err != nil {
		return nil, err
	}
	rows, err := t.rows(r, set, " AND m.claim_id IN ?", ids)
	if err != nil {
		return nil, err
	}
	all, err := store.Select[struct {
		ClaimID claims.ID
		Frozen  string `words:"article"`
	}](r, "SELECT claim_id, frozen FROM claim_set_claims WHERE set_id = ? AND claim_id IN ?", id, ids)
	if err != nil {
		return nil, err
	}
	printed := map[claims.ID]string{}
	for _, x := range all {
		printed[x.ClaimID] = x.Frozen
	}
	for _, row := range rows {
		var e struct {
			Verdict claims.Verdict `json:"verdict"`
		}
		if err := json.Unmarshal([]byte(printed[row.ClaimID]), &e); err != nil {
			return nil, fault.Wrap(fault.Internal, err, "claim %d of set %d as it was frozen", row.ClaimID, id)
		}
		out = append(out, Verdict{row.ClaimID, e.Verdict, t.of(row)})
	}
	return out, nil
}
