package articles

import (
	"slices"

	"claimbench/internal/store"
)

// EachOf gives the facts of some articles, each once, in the order of their ids; an id that no article has is left out.
// It asks no permission.
func EachOf(r *store.Rx, ids []ID, yield func(Article) error) error {
	ids = slices.Compact(slices.Sorted(slices.Values(ids)))
	for chunk := range slices.Chunk(ids, idsAtOnce) {
		var part []Article
		if err := r.Gorm().Where("id IN ?", chunk).Order("id").Find(&part).Error; err != nil {
			return err
		}
		for _, a := range part {
			if err := yield(a); err != nil {
				return err
			}
		}
	}
	return nil
}
