// Package once makes a request that is sent again be done once. A client gives its request a key of its own; the key
// is kept in the very Write that does the work, so a crash leaves both or neither. What is kept is the outcome's status
// and address, and an answer that is made of numbers and states only; never words: whoever sends the request again is
// asked for the permission again, and reads an object that has words as it is now.
//
// The one rule not to break: nothing is kept of a request that was refused before it wrote anything. The same key with
// a mended body is a new request then.
package once

import (
	"context"
	"errors"
	"sync"
	"time"

	"claimbench/internal/auth"
	"claimbench/internal/fault"
	"claimbench/internal/store"
)

const (
	// Kept is how long a key is known.
	Kept = 24 * time.Hour
	// answering bounds how long after its first Write a request may still be worked on: above the doors' deadline.
	answering = 40 * time.Second
	// sweepAtOnce bounds how many old keys one Finish takes away.
	sweepAtOnce = 100
	maxKey      = 200
)

// ErrSent ends a Write whose request was done by another that carried the same key. It is not for people: the door
// answers with what became of the other.
var ErrSent = errors.New("once: another request with this key was faster")

// Request is one request with its key.
type Request struct {
	User  auth.UserID
	Route string // its method and pattern
	Key   string // the client's: 1 to 200 visible ASCII characters
	Body  [32]byte
}

// Outcome is what became of a request.
type Outcome struct {
	Status  int    // as it was answered; 0: the answer was never known
	Address string // where the outcome is read; "" when the answer had none
	Answer  string // what a program was answered, when there are no words in it; "": read it at the address
}

// row is one key.
type row struct {
	UserID  auth.UserID  `gorm:"column:user_id"`
	Route   string       `gorm:"column:route"`
	Key     string       `gorm:"column:key"`
	Body    []byte       `gorm:"column:body"`
	At      store.Micros `gorm:"column:at"`
	Status  int          `gorm:"column:status"`
	Address string       `gorm:"column:address"`
	Answer  string       `gorm:"column:answer"`
}

// TableName names the table.
func (row) TableName() string { return "sent_requests" }

// name is a request without its body.
type name struct {
	user       auth.UserID
	route, key string
}

func (q Request) name() name { return name{q.User, q.Route, q.Key} }

// Service keeps the keys.
type Service struct {
	db      *store.DB
	mu      sync.Mutex
	running map[name]chan struct{} // closed when the request has ended, on this server
}

// New makes the service.
func New(db *store.DB) *Service { return &Service{db: db, running: map[name]chan struct{}{}} }

// CheckKey is fault.Invalid for a key that is none.
func CheckKey(key string) error {
	ok := key != "" && len(key) <= maxKey
	for _, b := range []byte(key) {
		ok = ok && b > ' ' && b < 0x7f
	}
	if !ok {
		return fault.New(fault.Invalid,
			"An idempotency key has 1 to %d visible ASCII characters. Make a new one, for example a UUID.", maxKey)
	}
	return nil
}

// Begin waits until no other request with this key runs on this server. done tells that one was done before, with its
// outcome. Otherwise the work is done under the context that Begin gives, whose first Write keeps the key; end, which
// is never nil, is called when the request has ended, whatever came of it.
//
// The same key with another body is fault.Invalid; one that another server still works on is fault.Conflict, with how
// long to wait as its detail (auth.RetryAfter).
func (s *Service) Begin(ctx context.Context, q Request) (work context.Context, done *Outcome, end func(), err error) {
	defer fault.In(&err, "once.Begin(%d, %s)", q.User, q.Route)
	end, err = s.enter(ctx, q.name())
	if err != nil {
		return ctx, nil, end, err
	}
	if done, err = s.Look(ctx, q); err != nil || done != nil {
		return ctx, done, end, err
	}
	return store.WithFirst(ctx, func(tx *store.Tx) error { return keep(tx, q) }), nil, end, nil
}

// enter waits for the request of this name that runs here.
func (s *Service) enter(ctx context.Context, n name) (end func(), err error) {
	mine := make(chan struct{})
	for {
		s.mu.Lock()
		other, runs := s.running[n]
		if !runs {
			s.running[n] = mine
		}
		s.mu.Unlock()
		if !runs {
			return sync.OnceFunc(func() {
				s.mu.Lock()
				delete(s.running, n)
				s.mu.Unlock()
				close(mine)
			}), nil
		}
		select {
		case <-other:
		case <-ctx.Done():
			return func() {}, stillRuns()
		}
	}
}

func stillRuns() error {
	return fault.New(fault.Conflict, "This was sent before and is still worked on. Ask again in a second.").WithDetail(
		auth.RetryAfter(time.Second))
}

// keep writes the key into the Write that does the work. It waits for another transaction that has the same key.
func keep(tx *store.Tx, q Request) error {
	if err := tx.Gorm().Exec("DELETE FROM sent_requests WHERE user_id = ? AND route = ? AND key = ? AND at < ?", q.User,
		q.Route, q.Key, tx.Now()-store.Micros(Kept.Microseconds())).Error; err != nil {
		return err
	}
	res := tx.Gorm().Exec("INSERT INTO sent_requests (user_id, route, key, body, at, status, address) "+
		"VALUES (?, ?, ?, ?, ?, 0, '') ON CONFLICT (user_id, route, key) DO NOTHING", q.User, q.Route, q.Key, q.Body[:],
		tx.Now())
	if res.Error == nil && res.RowsAffected == 0 {
		return ErrSent
	}
	return res.Error
}

// Look finds what became of a request: nil when it was not sent before, or was refused. A row without an answer may be
// one that another server still works on, until its time is over; after that the answer was lost, the work was not.
func (s *Service) Look(ctx context.Context, q Request) (_ *Outcome, err error) {
	defer fault.In(&err, "once.Look(%q)", q.Route)
	var found []row
	now := s.db.Now()
	if err := s.db.Read(ctx, func(r *store.Rx) error {
		return r.Gorm().Where("user_id = ? AND route = ? AND key = ? AND at >= ?", q.User, q.Route, q.Key,
			now-store.Micros(Kept.Microseconds())).Limit(1).Find(&found).Error
	}); err != nil || len(found) == 0 {
		return nil, err
	}
	was := found[0]
	switch {
	case string(was.Body) != string(q.Body[:]):
		return nil, fault.New(fault.Invalid,
			"The key of this request was used for another one with other contents. Send it with a new key.")
	case was.Status == 0 && now < was.At+store.Micros(answering.Microseconds()):
		return nil, stillRuns()
	}
	return &Outcome{Status: was.Status, Address: was.Address, Answer: was.Answer}, nil
}

// Finish keeps the outcome, and sweeps keys that are older than a day.
func (s *Service) Finish(ctx context.Context, q Request, o Outcome) (err error) {
	defer fault.In(&err, "once.Finish(%d, %s, %d)", q.User, q.Route, o.Status)
	return s.db.Write(ctx, func(tx *store.Tx) error {
		if err := tx.Gorm().Exec("UPDATE sent_requests SET status = ?, address = ?, answer = ? WHERE user_id = ? "+
			"AND route = ? AND key = ? AND body = ?", o.Status, o.Address, o.Answer, q.User, q.Route, q.Key,
			q.Body[:]).Error; err != nil {
			return err
		}
		return tx.Gorm().Exec("DELETE FROM sent_requests WHERE (user_id, route, key) IN (SELECT user_id, route, key "+
			"FROM sent_requests WHERE at < ? ORDER BY at LIMIT ?)", tx.Now()-store.Micros(Kept.Microseconds()),
			sweepAtOnce).Error
	})
}
