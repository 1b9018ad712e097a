package status

import (
	"claimbench/internal/claims"
	"claimbench/internal/claimset"
	"claimbench/internal/store"
)

// Printed is what the newest frozen set whose status is public prints of a claim.
type Printed struct {
	Set       claimset.ID
	Verdict   claims.Verdict
	Withdrawn bool // an editor withdrew the claim from the set, or its newest version leaves it out
}

// PrintedOf says what is printed of some claims in sets whose status an admin published; claims of which nothing is are
// left out. It reads frozen sets and the answers to their alarms, and no claim: a round that is open, or was reopened,
// moves nothing in it. It asks no permission.
func PrintedOf(r *store.Rx, ids []claims.ID) (map[claims.ID]Printed, error) {
	out := map[claims.ID]Printed{}
	holders, err := claimset.HoldersOf(r, ids)
	if err != nil {
		return nil, err
	}
	sets := make([]claimset.ID, len(holders))
	for i, h := range holders {
		sets[i] = h.SetID
	}
	public, err := Of(r, sets)
	if err != nil {
		return nil, err
	}
	newest, known := map[claimset.ID][]claims.ID{}, map[claims.ID]bool{}
	for _, h := range holders {
		if _, is := public[h.SetID]; is && !known[h.ClaimID] {
			newest[h.SetID], known[h.ClaimID] = append(newest[h.SetID], h.ClaimID), true
		}
	}
	for set, of := range newest {
		all, err := claimset.VerdictsIn(r, set, of)
		if err != nil {
			return nil, err
		}
		for _, v := range all {
			out[v.Claim] = Printed{Set: set, Verdict: v.Verdict, Withdrawn: v.Is == claimset.PulledOut}
		}
	}
	return out, nil
}
