package articles

import (
	"claimbench/internal/auth"
	"claimbench/internal/store"
)

// CountCap is the most articles of a collection that are counted; one more says that there are more.
const CountCap = 10_000

// Counts says how many articles collections hold, at most CountCap + 1 of each. It asks no permission.
func Counts(r *store.Rx, ids []auth.CollectionID) (map[auth.CollectionID]int, error) {
	out := map[auth.CollectionID]int{}
	if len(ids) == 0 {
		return out, nil
	}
	var rows []struct {
		ID auth.CollectionID
		N  int
	}
	err := r.Gorm().Raw("SELECT c.id, (SELECT COUNT(*) FROM (SELECT 1 FROM articles a WHERE a.collection_id = c.id "+
		"LIMIT ?) AS few) AS n FROM collections c WHERE c.id IN ?", CountCap+1, ids).Scan(&rows).Error
	for _, row := range rows {
		out[row.ID] = row.N
	}
	return out, err
}
