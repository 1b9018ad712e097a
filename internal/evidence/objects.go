package evidence

import (
	"claimbench/internal/claims"
	"claimbench/internal/store"
)

// ObjectsOf names the evidence of a claim for its history, unlinked items too; it asks no permission.
func ObjectsOf(r *store.Rx, id claims.ID) ([]string, error) {
	return store.Select[string](r, "SELECT 'evidence:' || id AS object FROM evidence WHERE claim_id = ? "+
		"ORDER BY id LIMIT ?", id, claims.MostOfAKind)
}
