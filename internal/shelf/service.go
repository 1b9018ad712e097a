package shelf

import (
	"context"
	"sync"

	"claimbench/internal/auth"
	"claimbench/internal/fault"
	"claimbench/internal/history"
	"claimbench/internal/jobs"
	"claimbench/internal/store"
)

// Taking is the kind of the jobs that take the entries of a file in.
const Taking = "shelf.taking"

// Service is what may be done with shelves.
type Service struct {
	db     *store.DB
	policy *auth.Policy
	work   *jobs.Service
	most   int64 // bytes of a file: MostBytes

	mu    sync.Mutex
	stand map[auth.CollectionID]stateOf // the shelves that hold something, as last seen; nil before
	wake  chan struct{}
}

// New makes the service, and says how its jobs are done.
func New(db *store.DB, policy *auth.Policy, work *jobs.Service) *Service {
	s := &Service{db: db, policy: policy, work: work, most: MostBytes, wake: make(chan struct{}, 1)}
	work.Register(Taking, taking{s})
	return s
}

// Stands says whether a collection has a shelf that holds something. It reads no table but the first time, and may be
// late by a second for what another process did.
func (s *Service) Stands(ctx context.Context, in auth.CollectionID) bool {
	s.mu.Lock()
	known := s.stand != nil
	entries := s.stand[in].Entries
	s.mu.Unlock()
	if !known && s.lookAround(ctx) == nil {
		return s.Stands(ctx, in)
	}
	return entries > 0
}

// lookAround sees which shelves hold something.
func (s *Service) lookAround(ctx context.Context) error {
	now := map[auth.CollectionID]stateOf{}
	err := s.db.Read(ctx, func(r *store.Rx) error {
		all, err := store.Select[stateOf](r, "SELECT * FROM shelf_states WHERE entries > 0")
		for _, x := range all {
			now[x.CollectionID] = x
		}
		return err
	})
	if err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.stand = now
	return nil
}

// stir lets whoever follows look at once.
func (s *Service) stir() {
	s.mu.Lock()
	s.stand = nil
	s.mu.Unlock()
	select {
	case s.wake <- struct{}{}:
	default:
	}
}

// state reads how far a shelf is; one that was never filled is empty.
func state(r *store.Rx, in auth.CollectionID) (stateOf, error) {
	x, _, err := store.One[stateOf](r, "SELECT * FROM shelf_states WHERE collection_id = ?", in)
	x.CollectionID = in
	return x, err
}

// mayRead says whether a person reads the shelf of a collection. To others it is not there.
func (s *Service) mayRead(actor auth.Actor, in auth.CollectionID, what string) error {
	if _, err := s.policy.May(actor, auth.ThingShelf, auth.Read, in); err != nil {
		return fault.Wrap(fault.NotFound, err, "There is no such %s.", what)
	}
	return nil
}

// EntryByID reads an entry with its bytes; it asks no permission.
func EntryByID(r *store.Rx, id EntryID) (Entry, error) {
	return store.Get[Entry](r, "such entry", "SELECT * FROM shelf_entries WHERE id = ?", id)
}

// FileByID reads a file; it asks no permission.
func FileByID(r *store.Rx, id FileID) (File, error) {
	return store.Get[File](r, "such file", "SELECT * FROM shelf_files WHERE id = ? AND state <> 'coming'", id)
}

// MatchByID reads a match; it asks no permission.
func MatchByID(r *store.Rx, id MatchID) (Match, error) {
	return store.Get[Match](r, "such match", "SELECT * FROM shelf_matches WHERE id = ?", id)
}

// entry reads an entry for an act, and asks whether the person may.
func (s *Service) entry(ctx context.Context, actor auth.Actor, id EntryID, act auth.Action) (e Entry, who history.Who,
	err error) {
	if err = s.db.Read(ctx, func(r *store.Rx) (err error) {
		e, err = EntryByID(r, id)
		return err
	}); err != nil {
		return e, who, err
	}
	if err := s.mayRead(actor, e.CollectionID, "entry"); err != nil {
		return e, who, err
	}
	who, err = s.policy.May(actor, auth.ThingShelf, act, e.CollectionID)
	return e, who, err
}
