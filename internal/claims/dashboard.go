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
	return store.Select[StateCount](r, "SELECT lang, state, verdict, COUNT(*) AS n FROM "+Summed(r)+
		" WHERE collection_id = ? GROUP BY state, lang, verdict ORDER BY state, lang, verdict", collection)
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
