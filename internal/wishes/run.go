package wishes

import (
	"cmp"
	"context"
	"crypto/rand"
	"errors"
	"log/slog"
	"sync"
	"time"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/breakdowns"
	"claimbench/internal/claims"
	"claimbench/internal/evidence"
	"claimbench/internal/fault"
	"claimbench/internal/model"
	"claimbench/internal/store"
)

const (
	// lease is how long a wish stays with a process that is not heard of. It is not renewed: one question ends sooner.
	lease = 20 * time.Minute
	// lookEvery is how often a server looks for what others added and what is due.
	lookEvery = 5 * time.Second
)

// Model is what is asked (model.Voices).
type Model interface {
	Name() string // of the model
	Host() string // where it is
	Gloss(ctx context.Context, of model.Worded, to string, spend model.Spend) (model.Glossed, error)
	Order(ctx context.Context, claim model.Worded, passages []model.Worded, spend model.Spend) (model.Ordered, error)
}

// Service asks the model, and keeps what it proposes.
type Service struct {
	db       *store.DB
	policy   *auth.Policy
	users    *auth.Service
	evidence *evidence.Service
	model    Model // nil: there is none
	log      *slog.Logger
	me       string
	wake     chan struct{}

	mu      sync.Mutex
	stirred map[auth.CollectionID]bool // texts came in
}

// New makes the service. of may be nil: then nothing is ever asked. log may be nil.
func New(db *store.DB, policy *auth.Policy, users *auth.Service, with *claims.Service, passages *evidence.Service,
	of Model, log *slog.Logger) *Service {
	s := &Service{db: db, policy: policy, users: users, evidence: passages, model: of,
		log: cmp.Or(log, slog.Default()), me: rand.Text()[:16], wake: make(chan struct{}, 1),
		stirred: map[auth.CollectionID]bool{}}
	with.OnOpen(s.opened)
	return s
}

func (s *Service) stir() {
	select {
	case s.wake <- struct{}{}:
	default:
	}
}

func (s *Service) wakeAfter(tx *store.Tx) { tx.AfterCommit(s.stir) }

// Run does what waits until ctx ends, one question at a time.
func (s *Service) Run(ctx context.Context) {
	if s.model == nil {
		return
	}
	tick := time.NewTicker(lookEvery)
	defer tick.Stop()
	for ctx.Err() == nil {
		more, err := s.Step(ctx)
		if err != nil && ctx.Err() == nil {
			s.log.Warn("the model is not asked of claims", "err", err)
		}
		if more && err == nil {
			continue
		}
		select {
		case <-ctx.Done():
		case <-s.wake:
		case <-tick.C:
		}
	}
}

// Step asks for what waits longest, glosses first, for somebody waits for them; it says whether there was something.
func (s *Service) Step(ctx context.Context) (more bool, err error) {
	defer fault.In(&err, "wishes.Step()")
	if s.model == nil {
		return false, nil
	}
	if err := s.again(ctx); err != nil {
		return false, err
	}
	w, ok, err := s.take(ctx)
	if err != nil || !ok {
		return false, err
	}
	err = s.answer(ctx, &w)
	if ctx.Err() != nil {
		ctx = context.WithoutCancel(ctx) // it is given back
		w.HeldUntil = 0
		return false, s.keep(ctx, w)
	}
	s.judge(&w, err)
	return true, s.keep(ctx, w)
}

// take gives this process the wish that is due longest.
func (s *Service) take(ctx context.Context) (w Wish, ok bool, err error) {
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		if err := tx.Alone("wishes"); err != nil {
			return err
		}
		now := tx.Now()
		for _, kind := range []Kind{Gloss, Order} {
			w, ok, err = store.One[Wish](&tx.Rx, "SELECT * FROM wishes WHERE state = 'waiting' AND kind = ? AND "+
				"next_at <= ? AND held_until < ? ORDER BY next_at, id LIMIT 1", kind, now, now)
			if err != nil || ok {
				break
			}
		}
		if err != nil || !ok {
			return err
		}
		w.Holder, w.HeldUntil = s.me+rand.Text()[:8], now+store.Micros(lease.Microseconds())
		return tx.Gorm().Model(&Wish{}).Where("id = ?", w.ID).Updates(map[string]any{"holder": w.Holder,
			"held_until": w.HeldUntil}).Error
	})
	return w, ok, err
}

// judge says what becomes of a wish after one look at it.
func (s *Service) judge(w *Wish, err error) {
	now := s.db.Now()
	switch {
	case err == nil:
		w.State, w.Tries, w.Message = Done, 0, ""
	case errors.Is(err, errAgain):
		w.NextAt = now + store.Micros(lookEvery.Microseconds())
	case errors.Is(err, breakdowns.ErrEnded):
		w.State, w.Message = Done, "It is not asked any more: the claim changed, or its collection sends no texts."
	case errors.Is(err, breakdowns.ErrEnough):
		w.NextAt, w.Message = breakdowns.Tomorrow(now), "As many questions were asked for this collection today as "+
			"an admin allows."
	case articles.IsComing(err):
		w.NextAt = now + store.Micros(lookEvery.Microseconds())
	case fault.KindOf(err) == fault.Unavailable && w.Tries < len(breakdowns.Pauses):
		w.NextAt, w.Message = now+store.Micros(breakdowns.Pauses[w.Tries].Microseconds()), fault.Message(err)
		w.Tries++
	default:
		s.log.Warn("the model cannot be asked of a claim", "claim", int64(w.ClaimID), "err", err)
		w.State, w.Message = Failed, fault.Message(err)
	}
	w.HeldUntil = 0
}

// keep writes how far a wish is, if this process still has it. One of a text that was taken down is not there.
func (s *Service) keep(ctx context.Context, w Wish) error {
	return s.db.Write(ctx, func(tx *store.Tx) error {
		w.ChangedAt = tx.Now()
		return tx.Gorm().Model(&Wish{}).Where("id = ? AND holder = ?", w.ID, w.Holder).Select("state", "why", "what",
			"tries", "next_at", "message", "proposal_id", "held_until", "changed_at").Updates(&w).Error
	})
}
