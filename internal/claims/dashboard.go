package claims

import (
	"claimbench/internal/auth"
	"claimbench/internal/store"
	"claimbench/internal/worth"
)

// StateCount is how many claims of one language stand in one state, with one verdict or none.
type StateCount struct {
	Lang    string  `gorm:"column:lang" words:"fact"`
	State   State   `gorm:"column:state"`
	Verdict Verdict `gorm:"column:verdict"`
	N       int     `gorm:"column:n"`
}

// StatesIn counts all claims and candidates of a collection, also those that have ended; it asks no permission.
func StatesIn(r *store.Rx, collection auth.CollectionID) ([]StateCount, error) {
	return store.Select[StateCount](r, "SELECT lang, state, verdict, COUNT(*) AS n FROM claims "+
		"WHERE collection_id = ? GROUP BY state, lang, verdict ORDER BY state, lang, verdict", collection)
}

// Hour is how many claims were accepted within one hour, counted from 1970, and still wait for a verdict.
type Hour struct {
	Hour int64 `gorm:"column:hour"`
	N    int   `gorm:"column:n"`
}

// BacklogIn says since when the open claims of a collection wait, those in conflict too: by the hour at which they were
// accepted, the oldest first; and which waits longest, 0 when none does. It asks no permission.
func BacklogIn(r *store.Rx, collection auth.CollectionID) (all []Hour, oldest Claim, err error) {
	all, err = store.Select[Hour](r, "SELECT opened_at / 3600000000 AS hour, COUNT(*) AS n FROM claims "+
		"WHERE collection_id = ? AND state IN ('open', 'in_conflict') AND opened_at IS NOT NULL "+
		"GROUP BY opened_at / 3600000000 ORDER BY hour", collection)
	if err != nil || len(all) == 0 {
		return nil, oldest, err
	}
	found, err := store.Select[Claim](r, firstOf("open")+" UNION ALL "+firstOf("in_conflict")+
		" ORDER BY opened_at, id LIMIT 1", collection, collection)
	if len(found) > 0 {
		oldest = found[0]
	}
	return all, oldest, err
}

// firstOf asks for the claim of a state that waits longest.
func firstOf(state string) string {
	return "SELECT * FROM (SELECT id, opened_at FROM claims WHERE collection_id = ? AND state = '" + state +
		"' AND opened_at IS NOT NULL ORDER BY opened_at, id LIMIT 1) " + state
}

// LeftIn estimates how many of the candidates that wait are worth a check; it asks no permission.
func LeftIn(r *store.Rx, collection auth.CollectionID) (worth.Left, error) {
	var counts []inbox
	err := r.Gorm().Where("collection_id = ?", collection).Limit(1).Find(&counts).Error
	if err != nil || len(counts) == 0 {
		return worth.Left{}, err
	}
	return leftOf(r, counts[0])
}
