package review

import (
	"claimbench/internal/claims"
	"claimbench/internal/store"
)

// ObjectsOf names the rounds, reviews, questions and decisions of a claim for its history. It asks no permission, and
// names what is veiled too: the history hides those events.
func ObjectsOf(r *store.Rx, id claims.ID) ([]string, error) {
	return store.Select[string](r, "SELECT object FROM (SELECT 'round:' || public AS object FROM review_rounds "+
		"WHERE claim_id = ? ORDER BY id LIMIT ?) r UNION ALL SELECT object FROM (SELECT 'review:' || public AS object "+
		"FROM reviews WHERE claim_id = ? ORDER BY id LIMIT ?) v UNION ALL SELECT object FROM (SELECT "+
		"'decision:' || id AS object FROM decisions WHERE claim_id = ? ORDER BY id LIMIT ?) d UNION ALL SELECT object "+
		"FROM (SELECT 'question:' || public AS object FROM review_questions WHERE claim_id = ? ORDER BY id LIMIT ?) q",
		id, claims.MostOfAKind, id, claims.MostOfAKind, id, claims.MostOfAKind, id, claims.MostOfAKind)
}
