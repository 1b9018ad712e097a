package addresses

import (
	"context"
	"time"

	"claimbench/internal/fault"
	"claimbench/internal/fetch"
	"claimbench/internal/store"
)

const (
	// turnLasts is how long a site stays with whoever took the turn and is not heard of again: longer than a fetch may
	// take.
	turnLasts = 45 * time.Second
	// turnWait is how long somebody waits for their turn, and turnLook how often they look.
	turnWait, turnLook = 20 * time.Second, 200 * time.Millisecond
)

// Turn waits until the site of an address is visited by nobody, on no server, and may be visited; then it is the
// caller's, who gives it back with what came of the visit. It is for rooms that ask for a page in work of their own.
// fault.Unavailable: the site is not free within a while.
func (s *Service) Turn(ctx context.Context, address string) (done func(cause error), err error) {
	defer fault.In(&err, "addresses.Turn()")
	site, err := s.web.Check(address)
	if err != nil {
		return nil, err
	}
	for begun := time.Now(); ; {
		until, ok, err := s.takeTurn(ctx, site)
		if err != nil {
			return nil, err
		}
		if ok {
			return func(cause error) { s.endTurn(ctx, address, site, until, cause) }, nil
		}
		if time.Since(begun) > turnWait {
			return nil, fault.New(fault.Unavailable, "The site is visited for somebody else, or is to be left alone "+
				"for a while. It is tried again.")
		}
		select {
		case <-ctx.Done():
			return nil, fault.Wrap(fault.Unavailable, ctx.Err(), "The fetching was stopped.")
		case <-time.After(turnLook):
		}
	}
}

// takeTurn takes a site that is free, until a moment.
func (s *Service) takeTurn(ctx context.Context, name string) (until store.Micros, ok bool, err error) {
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		if err := tx.Alone("site:" + name); err != nil { // two servers at one site
			return err
		}
		now := tx.Now()
		taken, _, err := store.One[bool](&tx.Rx, "SELECT EXISTS (SELECT 1 FROM addresses WHERE site = ? AND state = "+
			"'fetching' AND held_until >= ?) OR EXISTS (SELECT 1 FROM sites WHERE site = ? AND next_at > ?) AS taken",
			name, now, name, now)
		if ok = !taken; err != nil || taken {
			return err
		}
		until = now + store.Micros(turnLasts.Microseconds())
		return leaveAlone(tx, name, turnLasts)
	})
	return until, ok, err
}

// endTurn gives a site back, which is then left alone for as long as it wants.
func (s *Service) endTurn(ctx context.Context, address, name string, until store.Micros, cause error) {
	_, d, err := s.web.Delay(address)
	if err == nil {
		d = max(d, fetch.After(cause))
		err = s.db.Write(context.WithoutCancel(ctx), func(tx *store.Tx) error {
			if err := tx.Gorm().Exec("UPDATE sites SET next_at = ? WHERE site = ? AND next_at = ?", tx.Now(), name,
				until).Error; err != nil {
				return err
			}
			return leaveAlone(tx, name, d)
		})
	}
	if err != nil {
		s.log.Warn("a site is left alone for longer than it wants", "site", name, "err", err)
	}
}
