package addresses

import (
	"context"
	"crypto/rand"
	"time"

	"claimbench/internal/auth"
	"claimbench/internal/fault"
	"claimbench/internal/store"
)

const (
	// hands is how many addresses a server fetches at once, and handsEach of one person.
	hands, handsEach = 4, 3
	// lease is how long an address stays with a process that is not heard of.
	lease = 30 * time.Second
	// lookEvery is how often a server looks for what others added, what a dead process left, and what is due.
	lookEvery = time.Second
	// keptFor is how long the list remembers what has ended.
	keptFor = 30 * 24 * time.Hour
)

// free says of an address that it is due, that nobody has it, and that its site is not visited nor to be left alone.
const free = `a.state IN ('waiting', 'fetching') AND a.next_at <= ? AND a.held_until < ?
	AND (a.ends_at = 0 OR a.ends_at > ?)
	AND NOT EXISTS (SELECT 1 FROM addresses AS h WHERE h.site = a.site AND h.state = 'fetching' AND h.held_until >= ?
		AND h.id <> a.id)
	AND NOT EXISTS (SELECT 1 FROM sites AS s WHERE s.site = a.site AND s.next_at > ?)`

// take gives this process the address that is next: of the person of whom the fewest are being fetched, the one that
// waits longest. Those of the people in without are left out; with ids only these are looked at.
func (s *Service) take(ctx context.Context, without []auth.UserID, ids []ID) (a Address, ok bool, err error) {
	now := s.db.Now()
	query, args := "SELECT a.* FROM addresses AS a WHERE "+free, []any{now, now, now, now, now}
	if len(without) > 0 {
		query, args = query+" AND a.user_id NOT IN ?", append(args, without)
	}
	if ids != nil {
		query, args = query+" AND a.id IN ?", append(args, ids)
	}
	query += ` ORDER BY (SELECT COUNT(*) FROM addresses AS u WHERE u.state = 'fetching' AND u.user_id = a.user_id
		AND u.held_until >= ?), a.next_at, a.id LIMIT 1`
	args = append(args, now)
	for {
		var found []Address
		if err := s.db.Read(ctx, func(r *store.Rx) (err error) {
			found, err = store.Select[Address](r, query, args...)
			return err
		}); err != nil || len(found) == 0 {
			return a, false, err
		}
		if a, ok, err = s.hold(ctx, found[0]); err != nil || ok {
			return a, ok, err
		}
	}
}

// hold takes an address that was seen to be free, unless another process was faster.
func (s *Service) hold(ctx context.Context, a Address) (_ Address, ok bool, err error) {
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		if err := tx.Alone("site:" + a.Site); err != nil { // two servers at one site
			return err
		}
		now := tx.Now()
		still, there, err := store.One[Address](&tx.Rx, "SELECT a.* FROM addresses AS a WHERE a.id = ? AND "+free, a.ID,
			now, now, now, now, now)
		if ok = there; err != nil || !there {
			return err
		}
		a = still
		a.State, a.Holder, a.HeldUntil, a.ChangedAt = Fetching, s.me+rand.Text()[:8], until(tx), now
		return tx.Gorm().Model(&Address{}).Where("id = ?", a.ID).Select("state", "holder", "held_until",
			"changed_at").Updates(&a).Error
	})
	return a, ok, err
}

func until(tx *store.Tx) store.Micros { return tx.Now() + store.Micros(lease.Microseconds()) }

// keep writes what is known of an address, if this process still has it.
func keep(tx *store.Tx, a Address) error {
	a.ChangedAt = tx.Now()
	res := tx.Gorm().Model(&Address{}).Where("id = ? AND holder = ? AND state = ?", a.ID, a.Holder, Fetching).
		Select("state", "tries", "next_at", "message", "article_id", "existing", "held_until", "etag",
			"modified", "changed_at").Updates(&a)
	if res.Error == nil && res.RowsAffected != 1 {
		return errTaken
	}
	return res.Error
}

// beat renews the lease until ctx ends.
func (s *Service) beat(ctx context.Context, a Address) {
	tick := time.NewTicker(lease / 4)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			if err := s.db.Write(ctx, func(tx *store.Tx) error {
				return tx.Gorm().Model(&Address{}).Where("id = ? AND holder = ? AND state = ?", a.ID, a.Holder,
					Fetching).Update("held_until", until(tx)).Error
			}); err != nil && ctx.Err() == nil {
				s.log.Warn("the lease of an address cannot be renewed", "address", int64(a.ID), "err", err)
			}
		}
	}
}

// release gives an address back, so that the next server need not wait for the lease to end.
func (s *Service) release(a Address) {
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	if err := s.db.Write(ctx, func(tx *store.Tx) error {
		return tx.Gorm().Model(&Address{}).Where("id = ? AND holder = ? AND state = ?", a.ID, a.Holder, Fetching).
			Updates(map[string]any{"state": Waiting, "held_until": 0}).Error
	}); err != nil {
		s.log.Warn("an address could not be given back", "address", int64(a.ID), "err", err)
	}
}

// leaveAlone lets no server visit a site for so long.
func leaveAlone(tx *store.Tx, name string, d time.Duration) error {
	next := tx.Now() + store.Micros(d.Microseconds())
	return tx.Gorm().Exec("INSERT INTO sites (site, next_at) VALUES (?, ?) ON CONFLICT (site) DO UPDATE SET next_at = "+
		"excluded.next_at WHERE sites.next_at < excluded.next_at", name, next).Error
}

// Resume gives back what a dead server of this database held, and forgets what is old. On SQLite there is one server;
// on PostgreSQL the leases of dead ones end by themselves. It is called before Run.
func (s *Service) Resume(ctx context.Context) (err error) {
	defer fault.In(&err, "addresses.Resume()")
	s.me = serving + s.me
	return s.db.Write(ctx, func(tx *store.Tx) error {
		if s.db.Dialect() == store.SQLite {
			if err := tx.Gorm().Model(&Address{}).Where("state = ? AND holder LIKE ?", Fetching, serving+"%").
				Update("held_until", 0).Error; err != nil {
				return err
			}
		}
		return forget(tx)
	})
}

// forget drops what ended long ago, and sites that may be visited again.
func forget(tx *store.Tx) error {
	if err := tx.Gorm().Exec("DELETE FROM addresses WHERE id IN (SELECT id FROM addresses WHERE state IN ('done', "+
		"'failed', 'cancelled') AND changed_at < ? ORDER BY changed_at LIMIT 1000)",
		tx.Now()-store.Micros(keptFor.Microseconds())).Error; err != nil {
		return err
	}
	if err := tx.Gorm().Exec("DELETE FROM addresses WHERE task <> 'page' AND ends_at <> 0 AND ends_at < ?",
		tx.Now()-store.Micros(keptFor.Microseconds())).Error; err != nil {
		return err
	}
	return tx.Gorm().Where("next_at < ?", tx.Now()).Delete(&site{}).Error
}

// serving begins the names of processes that serve; commands hold addresses too, and live beside a server that starts.
const serving = "serve-"
