package auth

import (
	"context"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"github.com/alexedwards/argon2id"

	"claimbench/internal/store"
)

// Options says how the service is opened.
type Options struct {
	Demo bool // demo users may sign in, by one click
	Log  *slog.Logger
	// HasCollection says whether a collection exists, for grants; nil: not asked.
	HasCollection func(*store.Rx, CollectionID) (bool, error)
	// Hash sets the cost of argon2id; nil: 19 MiB, 2 passes, 1 lane (OWASP Password Storage Cheat Sheet).
	Hash *argon2id.Params
	// Sleep waits before a try that came too soon is looked at; nil: in real time.
	Sleep func(context.Context, time.Duration) error
}

// Session limits: a session ends when it was not used for Idle, and Absolute after sign-in in any case.
const (
	Idle     = 8 * time.Hour
	Absolute = 72 * time.Hour
	// LinkLife is how long an invitation, a reset or a first-admin link may be spent.
	LinkLife = 24 * time.Hour
	// seenEvery bounds how often a session's last use is written: most requests write nothing.
	seenEvery = time.Minute
)

// Service keeps users, their sessions and roles. It is safe for use by several goroutines.
type Service struct {
	db     *store.DB
	policy *Policy
	demo   bool
	log    *slog.Logger
	has    func(*store.Rx, CollectionID) (bool, error)

	params  *argon2id.Params
	hashing chan struct{} // at most two at once: each takes 19 MiB and a core
	dummy   func() string // what an unknown person's password is compared with, so that both take as long
	waiting chan struct{} // people whose try must wait
	taken   atomic.Int64  // tries counted by this server, for the sweep
	sleep   func(context.Context, time.Duration) error
}

// New makes the service. It reads nothing yet.
func New(db *store.DB, policy *Policy, o Options) *Service {
	s := &Service{db: db, policy: policy, demo: o.Demo, log: o.Log, has: o.HasCollection, params: o.Hash,
		hashing: make(chan struct{}, 2), waiting: make(chan struct{}, maxWaiting),
		sleep: o.Sleep}
	if s.log == nil {
		s.log = slog.Default()
	}
	if s.sleep == nil {
		s.sleep = sleep
	}
	if s.params == nil {
		s.params = &argon2id.Params{Memory: 19 * 1024, Iterations: 2, Parallelism: 1, SaltLength: 16, KeyLength: 32}
	}
	s.dummy = sync.OnceValue(func() string {
		h, err := argon2id.CreateHash(newToken(), s.params)
		if err != nil {
			s.log.Error("no dummy hash", "err", err)
		}
		return h
	})
	return s
}

// Policy is what the service asks.
func (s *Service) Policy() *Policy { return s.policy }

// Demo says whether demo users may sign in.
func (s *Service) Demo() bool { return s.demo }
