package review

import (
	"claimbench/internal/claims"
	"claimbench/internal/store"
)

// DecisionsOf names in the history the decision that each of some claims came to in a round, by its number: at most a
// page of claims. It asks no permission.
func DecisionsOf(r *store.Rx, rounds map[claims.ID]int) (map[claims.ID]string, error) {
	ids := make([]claims.ID, 0, len(rounds))
	for id := range rounds {
		ids = append(ids, id)
	}
	var rows []struct {
		ID      DecisionID
		ClaimID claims.ID
		N       int
	}
	err := r.Gorm().Raw("SELECT d.id, d.claim_id, rd.n FROM decisions d JOIN review_rounds rd ON rd.id = d.round_id "+
		"WHERE d.claim_id IN ?", append(ids, 0)).Scan(&rows).Error
	out := make(map[claims.ID]string, len(rows))
	for _, x := range rows {
		if rounds[x.ClaimID] == x.N {
			out[x.ClaimID] = decisionObject(x.ID)
		}
	}
	return out, err
}
