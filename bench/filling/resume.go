package filling

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"time"

	"claimbench/internal/articles"
	"claimbench/internal/claims"
	"claimbench/internal/store"
)

// resume takes a filling up again that ended before its time, or that is to become larger: its collection, its people,
// the time of its last event, and what is approved and in no set. The rows that come are of another seed.
func (f *filler) resume(ctx context.Context) error {
	if err := f.DB.Read(ctx, f.whereItStands); err != nil {
		return err
	}
	f.r = rand.New(rand.NewPCG(f.o.Seed, uint64(f.made.Articles)))
	for range f.made.Articles {
		f.texts.Next(42)
	}
	return f.staff(ctx)
}

func (f *filler) whereItStands(r *store.Rx) error {
	var last articles.Collection
	err := r.Gorm().Where("name LIKE ?", collectionName+"%").Order("id DESC").Take(&last).Error
	if err != nil {
		return errors.Join(err, errors.New("no collection of a filling is there to go on with"))
	}
	f.made.Collection = last.ID
	var at int64
	var sentences, made, all int64
	in := r.Gorm().Model(&articles.Article{}).Where("collection_id = ?", last.ID)
	if err := errors.Join(
		r.Gorm().Table("events").Select("MAX(at)").Scan(&at).Error,
		in.Count(&made).Error,
		r.Gorm().Table("sentences").Count(&sentences).Error,
		r.Gorm().Table("claims").Where("collection_id = ?", last.ID).Count(&all).Error,
		r.Gorm().Table("claims").Where("collection_id = ? AND state = ?", last.ID, claims.Approved).
			Where("id NOT IN (SELECT claim_id FROM claim_set_claims)").Order("id").Pluck("id", &f.approved).Error,
	); err != nil {
		return fmt.Errorf("where the filling stands: %w", err)
	}
	f.clock = time.UnixMicro(at).UTC()
	f.made.Articles, f.made.Sentences, f.made.Claims = int(made), int(sentences), int(all)
	return nil
}
