package claims

import (
	"claimbench/internal/articles"
	"claimbench/internal/store"
)

// MostOfAKind is of how many objects of one kind the history of a claim tells: those made first, so that what a veil
// hides moves none of them out.
const MostOfAKind = 2_000

// ObjectsOf names what the history of a claim tells of in this room: the claim itself, its glosses, what was
// refused of machines, and its comments. It
// asks no permission: what is veiled is the history's to hide.
func ObjectsOf(r *store.Rx, id ID) ([]string, error) {
	all, err := store.Select[string](r, "SELECT object FROM (SELECT 'gloss:' || id AS object FROM glosses "+
		"WHERE claim_id = ? ORDER BY id LIMIT ?) g UNION ALL SELECT object FROM "+
		"(SELECT 'comment:' || public AS object FROM comments WHERE claim_id = ? ORDER BY id LIMIT ?) c UNION ALL "+
		"SELECT object FROM (SELECT 'proposal_refusal:' || id AS object FROM proposal_refusals WHERE claim_id = ? "+
		"ORDER BY id LIMIT ?) p", id, MostOfAKind, id, MostOfAKind, id, MostOfAKind)
	return append([]string{Object(id)}, all...), err
}

// ObjectsIn names the claims that were made of an article for the history, at most limit.
func ObjectsIn(r *store.Rx, article articles.ID, limit int) ([]string, error) {
	return store.Select[string](r, "SELECT 'claim:' || id AS object FROM claims WHERE article_id = ? ORDER BY id "+
		"LIMIT ?", article, limit)
}
