package auth

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"math"
	"net/netip"
	"slices"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"claimbench/internal/fault"
	"claimbench/internal/store"
)

// limit says how many tries without success are free, and how the pauses grow after them: first, twice first, and so on
// up to most.
type limit struct {
	free        int64
	first, most time.Duration
	// queued: a try waits until the pause after the one before it has passed, so that the rate is bounded. Otherwise
	// each try waits by itself, and nobody can fill the queue before another.
	queued bool
}

// The limits of a try. A try on a name from an address meets three of them; one from a browser in which this person
// signed in before meets knownDevice alone, so that nobody elsewhere can make its owner wait.
var (
	addressAndName = limit{free: 5, first: time.Second, most: 15 * time.Second, queued: true}
	knownDevice    = limit{free: 5, first: time.Second, most: 15 * time.Second, queued: true}
	oldPassword    = limit{free: 5, first: time.Second, most: 15 * time.Second, queued: true}
	linkToken      = limit{free: 20, first: time.Second, most: 15 * time.Second, queued: true}
	oneAddress     = limit{free: 100, first: 250 * time.Millisecond, most: 2 * time.Second, queued: true}
	oneName        = limit{free: 20, first: time.Second, most: 10 * time.Second}
)

const (
	maxPause   = 20 * time.Second // a try that would wait longer is refused
	triesAfter = 15 * time.Minute // without another try, a row starts anew after this
	maxTries   = 20_000           // rows that are kept
	sweepEvery = 64               // tries
	sweepAtOne = 1000             // rows that one sweep deletes: more than came in between
	maxWaiting = 500              // people who wait at one server
)

// RetryAfter is the detail of a fault.Limited: how long to wait.
type RetryAfter time.Duration

// Seconds rounds up to whole seconds, as a Retry-After header has it.
func (r RetryAfter) Seconds() int { return int(math.Ceil(time.Duration(r).Seconds())) }

// tryRow counts the tries under one key that brought nobody in.
type tryRow struct {
	Key      []byte       `gorm:"column:key;primaryKey"`
	Failures int64        `gorm:"column:failures"`
	NextAt   store.Micros `gorm:"column:next_at"` // when the next try may be looked at
	SeenAt   store.Micros `gorm:"column:seen_at"`
}

func (tryRow) TableName() string { return "sign_in_tries" }

// counted is a key with the limit that it meets. shared keys are those that others' tries count on, too.
type counted struct {
	key    []byte
	limit  limit
	shared bool
}

// count makes the key of a limit. The parts are hashed: the table names nobody.
func count(l limit, shared bool, parts ...string) counted {
	h := sha256.New()
	for _, p := range parts {
		h.Write([]byte(p))
		h.Write([]byte{0})
	}
	return counted{key: h.Sum(nil), limit: l, shared: shared}
}

// network is the part of an address that one person holds: the address itself, or the /64 of an IPv6 address.
func network(address string) string {
	a, err := netip.ParseAddr(address)
	if err != nil {
		return address
	}
	a = a.WithZone("").Unmap()
	if a.Is4() {
		return a.String()
	}
	return netip.PrefixFrom(a, 64).Masked().String()
}

// tickets are the keys on which one try was counted.
type tickets []counted

// take counts one try and waits as long as it must, without holding a connection. A try that would wait too long is
// fault.Limited with a RetryAfter, and is not counted.
func (s *Service) take(ctx context.Context, keys ...counted) (tickets, error) {
	slices.SortFunc(keys, func(a, b counted) int { return bytes.Compare(a.key, b.key) })
	var wait time.Duration
	err := s.db.Read(ctx, func(rx *store.Rx) (err error) { // most of a flood is refused here
		_, wait, err = weigh(rx.Gorm(), keys, s.db.Now())
		return err
	})
	if err == nil {
		err = tooLong(wait)
	}
	if err != nil {
		return nil, err
	}
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		wait, err = countTries(tx, keys)
		if err != nil {
			return err
		}
		if s.taken.Add(1)%sweepEvery == 0 {
			return sweepTries(tx, maxTries)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return keys, s.pause(ctx, wait)
}

func countTries(tx *store.Tx, keys []counted) (time.Duration, error) {
	fresh := make([]tryRow, len(keys))
	for i, k := range keys {
		fresh[i] = tryRow{Key: k.key, SeenAt: tx.Now()}
	}
	// The rows are there before they are locked, so that two first tries at once are both counted.
	if err := tx.Gorm().Clauses(clause.OnConflict{DoNothing: true}).Create(&fresh).Error; err != nil {
		return 0, err
	}
	rows, wait, err := weigh(tx.Lock(), keys, tx.Now())
	if err == nil {
		err = tooLong(wait)
	}
	if err != nil {
		return 0, err
	}
	return wait, tx.Gorm().Clauses(clause.OnConflict{UpdateAll: true}).Create(&rows).Error
}

// weigh reads the rows of keys, gives them as they are after one more try, and how long it must wait.
func weigh(g *gorm.DB, keys []counted, now store.Micros) (after []tryRow, wait time.Duration, err error) {
	hashes := make([][]byte, len(keys))
	for i, k := range keys {
		hashes[i] = k.key
	}
	var rows []tryRow
	if err := g.Where("key IN ?", hashes).Order("key").Find(&rows).Error; err != nil {
		return nil, 0, err
	}
	for _, k := range keys {
		row := tryRow{Key: k.key, SeenAt: now}
		for _, r := range rows {
			if bytes.Equal(r.Key, k.key) {
				row = r
			}
		}
		wait = max(wait, k.limit.next(&row, now))
		after = append(after, row)
	}
	return after, wait, nil
}

// next counts one more try on a row and gives how long it waits.
func (l limit) next(row *tryRow, now store.Micros) time.Duration {
	if row.SeenAt <= now-store.Micros(triesAfter.Microseconds()) {
		row.Failures, row.NextAt = 0, 0
	}
	row.SeenAt = now
	before := l.pauseAfter(row.Failures)
	row.Failures++
	if !l.queued {
		return before
	}
	at := max(now, row.NextAt)
	row.NextAt = at + store.Micros(l.pauseAfter(row.Failures).Microseconds())
	return time.Duration(at-now) * time.Microsecond
}

// pauseAfter is the pause after so many failures.
func (l limit) pauseAfter(failures int64) time.Duration {
	over := failures - l.free
	switch {
	case over < 0:
		return 0
	case over > 20: // before the shift overflows
		return l.most
	}
	return min(l.first<<over, l.most)
}

func tooLong(wait time.Duration) error {
	if wait <= maxPause {
		return nil
	}
	return limited(wait)
}

func limited(wait time.Duration) error {
	return fault.New(fault.Limited, "Too many tries. Wait %d seconds and try again.",
		RetryAfter(wait).Seconds()).WithDetail(RetryAfter(wait))
}

// pause waits before a try is looked at. So many wait at once at most; the others come again.
func (s *Service) pause(ctx context.Context, d time.Duration) error {
	if d <= 0 {
		return nil
	}
	select {
	case s.waiting <- struct{}{}:
		defer func() { <-s.waiting }()
	default:
		return limited(d)
	}
	if err := s.sleep(ctx, d); err != nil {
		return fault.Wrap(fault.Unavailable, err, "The request ended while it waited its turn. Try again.")
	}
	return nil
}

func sleep(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// forgive takes a try back that brought somebody in: a key that is theirs alone starts anew, one that others share
// loses this one try.
func (t tickets) forgive(tx *store.Tx) error {
	for _, k := range t {
		row := tx.Gorm().Model(&tryRow{}).Where("key = ?", k.key)
		var err error
		if k.shared {
			err = row.Where("failures > 0").Updates(map[string]any{"failures": gorm.Expr("failures - 1")}).Error
		} else {
			err = row.Delete(&tryRow{}).Error
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// sweepTries deletes rows that start anew anyhow, and the oldest of those above the bound.
func sweepTries(tx *store.Tx, keep int) error {
	old := tx.Now() - store.Micros(triesAfter.Microseconds())
	var surplus tryRow
	err := tx.Gorm().Order("seen_at DESC").Offset(keep).Limit(1).Take(&surplus).Error
	switch {
	case errors.Is(err, gorm.ErrRecordNotFound):
	case err != nil:
		return err
	default:
		old = max(old, surplus.SeenAt)
	}
	return tx.Gorm().Exec("DELETE FROM sign_in_tries WHERE key IN (SELECT key FROM sign_in_tries WHERE seen_at <= ? "+
		"ORDER BY seen_at LIMIT ?)", old, sweepAtOne).Error
}
