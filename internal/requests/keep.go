package requests

import (
	"context"
	"log/slog"
	"time"

	"claimbench/internal/fault"
	"claimbench/internal/history"
	"claimbench/internal/store"
)

const (
	lookEvery     = 10 * time.Second // for what came by other servers
	eraseEvery    = time.Hour
	erasedAtATime = 500
)

// Run puts together what came, and erases how people are reached when its time is over, until ctx ends.
func (s *Service) Run(ctx context.Context, log *slog.Logger) {
	tick, old := time.NewTicker(lookEvery), time.NewTicker(eraseEvery)
	defer tick.Stop()
	defer old.Stop()
	warn := func(what string, err error) {
		if err != nil && ctx.Err() == nil {
			log.Warn(what, "err", err)
		}
	}
	warn("how people are reached cannot be erased; nobody is shown it", s.Forget(ctx))
	for {
		for n, err := 1, error(nil); n > 0 && err == nil && ctx.Err() == nil; {
			n, err = s.Sort(ctx)
			warn("requests cannot be put together", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-s.wake:
		case <-tick.C:
		case <-old.C:
			warn("how people are reached cannot be erased; nobody is shown it", s.Forget(ctx))
		}
	}
}

// Forget erases how people are reached whose time is over. On SQLite the bytes are overwritten.
func (s *Service) Forget(ctx context.Context) (err error) {
	defer fault.In(&err, "requests.Forget()")
	for n := int64(1); n > 0 && err == nil; {
		err = s.db.Write(ctx, func(tx *store.Tx) error {
			if err := history.Overwrite(tx); err != nil {
				return err
			}
			res := tx.Gorm().Exec("DELETE FROM request_contacts WHERE request_id IN (SELECT request_id FROM "+
				"request_contacts WHERE erase_at <= ? ORDER BY erase_at LIMIT ?)", tx.Now(), erasedAtATime)
			n = res.RowsAffected
			return res.Error
		})
	}
	return err
}
