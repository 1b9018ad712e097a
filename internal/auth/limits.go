package auth

import (
	"math"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"claimbench/internal/fault"
)

// Tries at signing in, per account and per address. They live in memory: each server of several counts its own.
const (
	accountBurst   = 5
	accountEvery   = 10 * time.Second
	addressBurst   = 20
	addressEvery   = time.Second
	maxLimiters    = 10_000
	limiterForgets = 10 * time.Minute // by then every bucket is full again
)

// RetryAfter is the detail of a fault.Limited: how long to wait.
type RetryAfter time.Duration

// Seconds rounds up to whole seconds, as a Retry-After header has it.
func (r RetryAfter) Seconds() int { return int(math.Ceil(time.Duration(r).Seconds())) }

type limiter struct {
	*rate.Limiter
	used time.Time
}

type limits struct {
	mu sync.Mutex
	by map[string]*limiter
}

func newLimits() *limits { return &limits{by: map[string]*limiter{}} }

func accountKey(name string) string    { return "account " + name }
func addressKey(address string) string { return "address " + address }

// take counts one try against an account and an address; either may be "".
func (l *limits) take(now time.Time, account, address string) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if address != "" {
		if err := l.one(now, addressKey(address), addressEvery, addressBurst); err != nil {
			return err
		}
	}
	if account != "" {
		return l.one(now, accountKey(account), accountEvery, accountBurst)
	}
	return nil
}

func (l *limits) one(now time.Time, key string, every time.Duration, burst int) error {
	lim := l.by[key]
	if lim == nil {
		l.makeRoom(now)
		lim = &limiter{Limiter: rate.NewLimiter(rate.Every(every), burst)}
		l.by[key] = lim
	}
	lim.used = now
	r := lim.ReserveN(now, 1)
	wait := r.DelayFrom(now)
	if wait == 0 {
		return nil
	}
	r.CancelAt(now) // a refused try costs nothing more
	seconds := RetryAfter(wait).Seconds()
	return fault.New(fault.Limited, "Too many tries. Wait %d seconds and try again.", seconds).WithDetail(
		RetryAfter(wait))
}

// makeRoom forgets what has refilled; if strangers filled the table within minutes, any one goes.
func (l *limits) makeRoom(now time.Time) {
	if len(l.by) < maxLimiters {
		return
	}
	for key, lim := range l.by {
		if now.Sub(lim.used) > limiterForgets {
			delete(l.by, key)
		}
	}
	for key := range l.by {
		if len(l.by) < maxLimiters {
			return
		}
		delete(l.by, key)
	}
}

// forget lets an account start anew, after it signed in.
func (l *limits) forget(account string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	delete(l.by, accountKey(account))
}
