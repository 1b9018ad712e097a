package breakdowns

import (
	"context"
	"errors"
	"time"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/fault"
	"claimbench/internal/store"
)

var (
	// ErrEnough says that the collection asked as many questions as it may today.
	ErrEnough = errors.New("the questions of the day are used up")
	// ErrEnded says that what was to be sent is not sent any more.
	ErrEnded = errors.New("the text is not sent any more")
)

// spend counts one question, if the text may still be sent and the day has one left.
func (s *Service) spend(ctx context.Context, b Breakdown) error {
	return Spend(ctx, s.db, b.CollectionID, func(tx *store.Tx) error {
		a, err := articles.ByID(&tx.Rx, b.ArticleID)
		if err != nil {
			return err
		}
		if a.State != articles.Live || a.RevisionID == nil || *a.RevisionID != b.RevisionID {
			return ErrEnded
		}
		return nil
	})
}

// Spend counts one question of a collection, if still says that what is to be sent may be sent, the collection sends,
// and its day has a question left: else it is still's error, ErrEnded or ErrEnough. What is not there any more is
// ErrEnded.
func Spend(ctx context.Context, db *store.DB, in auth.CollectionID, still func(*store.Tx) error) error {
	err := db.Write(ctx, func(tx *store.Tx) error {
		if err := still(tx); err != nil {
			return err
		}
		sends, err := SendingOf(&tx.Rx, in)
		if err != nil {
			return err
		}
		if !sends.Allowed {
			return ErrEnded
		}
		if err := tx.Alone("model_uses"); err != nil {
			return err
		}
		day := Day(tx.Now())
		used, err := UsedOn(&tx.Rx, in, day)
		if err != nil {
			return err
		}
		if used >= sends.PerDay {
			return ErrEnough
		}
		return tx.Gorm().Exec("INSERT INTO model_uses (collection_id, day, questions) VALUES (?, ?, 1) "+
			"ON CONFLICT (collection_id, day) DO UPDATE SET questions = model_uses.questions + 1", in, day).Error
	})
	if fault.KindOf(err) == fault.NotFound {
		return ErrEnded
	}
	return err
}

// Pauses are those after a first outage of the model, a second, and so on; after the last it is given up.
var Pauses = []time.Duration{time.Minute, 5 * time.Minute, 30 * time.Minute, 2 * time.Hour, 12 * time.Hour}

// Tomorrow is the first moment of the next day, UTC.
func Tomorrow(at store.Micros) store.Micros {
	t := at.Time().UTC()
	return store.Micros(time.Date(t.Year(), t.Month(), t.Day()+1, 0, 0, 0, 0, time.UTC).UnixMicro())
}
