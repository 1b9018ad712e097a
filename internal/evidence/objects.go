package evidence

import (
	"claimbench/internal/claims"
	"claimbench/internal/store"
)

// ObjectsOf names the evidence of a claim for its history, unlinked items too, with its captures; it asks no
// permission.
func ObjectsOf(r *store.Rx, id claims.ID) ([]string, error) {
	return store.Select[string](r, "SELECT object FROM (SELECT 'evidence:' || id AS object, id, 0 AS k FROM evidence "+
		"WHERE claim_id = ? UNION ALL SELECT 'capture:' || c.id, c.id, 1 FROM captures c JOIN evidence e ON "+
		"e.id = c.evidence_id WHERE e.claim_id = ?) AS x ORDER BY k, id LIMIT ?", id, id, claims.MostOfAKind)
}
