package claimset

import (
	"claimbench/internal/claims"
	"claimbench/internal/store"
)

// Decided is a decision as a frozen set prints it.
type Decided struct {
	Set         ID
	N           int // version of the set
	Verdict     claims.Verdict
	Reason      claims.Reason
	Explanation string
}

// DecidedIn lists how frozen sets print a claim, the newest first, at most mostPrinted. It asks no permission.
func DecidedIn(r *store.Rx, id claims.ID) ([]Decided, error) {
	rows, err := store.Select[struct {
		ID     ID
		N      int
		Frozen string
	}](r, "SELECT s.id, s.n, c.frozen FROM claim_set_claims c JOIN claim_sets s ON s.id = c.set_id "+
		"WHERE c.claim_id = ? AND s.state <> 'draft' ORDER BY s.frozen_at DESC, s.id DESC LIMIT ?", id, mostPrinted)
	out := make([]Decided, len(rows))
	for i, row := range rows {
		e, _, err := shown([]byte(row.Frozen), nil)
		if err != nil {
			return nil, err
		}
		out[i] = Decided{row.ID, row.N, e.Verdict, e.Reason, e.Explanation}
	}
	return out, err
}
