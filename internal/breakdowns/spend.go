package breakdowns

import (
	"context"
	"errors"
	"time"

	"claimbench/internal/articles"
	"claimbench/internal/fault"
	"claimbench/internal/store"
)

var (
	// errEnough says that the collection asked as many questions as it may today.
	errEnough = errors.New("the questions of the day are used up")
	// errEnded says that the text is not sent any more.
	errEnded = errors.New("the text is not sent any more")
)

// spend counts one question, if the text may still be sent and the day has one left.
func (s *Service) spend(ctx context.Context, b Breakdown) error {
	err := s.db.Write(ctx, func(tx *store.Tx) error {
		a, err := articles.ByID(&tx.Rx, b.ArticleID)
		if err != nil {
			return err
		}
		if a.State != articles.Live || a.RevisionID == nil || *a.RevisionID != b.RevisionID {
			return errEnded
		}
		sends, err := SendingOf(&tx.Rx, a.CollectionID)
		if err != nil {
			return err
		}
		if !sends.Allowed {
			return errEnded
		}
		if err := tx.Alone("model_uses"); err != nil {
			return err
		}
		day := Day(tx.Now())
		used, err := UsedOn(&tx.Rx, a.CollectionID, day)
		if err != nil {
			return err
		}
		if used >= sends.PerDay {
			return errEnough
		}
		return tx.Gorm().Exec("INSERT INTO model_uses (collection_id, day, questions) VALUES (?, ?, 1) "+
			"ON CONFLICT (collection_id, day) DO UPDATE SET questions = model_uses.questions + 1", a.CollectionID,
			day).Error
	})
	if fault.KindOf(err) == fault.NotFound {
		return errEnded
	}
	return err
}

// tomorrow is the first moment of the next day, UTC.
func tomorrow(at store.Micros) store.Micros {
	t := at.Time().UTC()
	return store.Micros(time.Date(t.Year(), t.Month(), t.Day()+1, 0, 0, 0, 0, time.UTC).UnixMicro())
}
