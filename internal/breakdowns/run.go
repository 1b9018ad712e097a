package breakdowns

import (
	"cmp"
	"context"
	"crypto/rand"
	"errors"
	"log/slog"
	"time"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/extract"
	"claimbench/internal/fault"
	"claimbench/internal/model"
	"claimbench/internal/store"
)

const (
	// lease is how long a text stays with a process that is not heard of; it is renewed while a question is asked.
	lease = 30 * time.Second
	// lookEvery is how often a server looks for what others added and what is due.
	lookEvery = 5 * time.Second
)

// Model is what breaks a text down, a window at a time (model.Breakdown).
type Model interface {
	Name() string // of the model
	Host() string // where it is
	Window(ctx context.Context, doc extract.Document, from int, spend func(context.Context) error) (model.Broken, int,
		error)
}

// Service sends texts to the model and takes in what comes.
type Service struct {
	db     *store.DB
	policy *auth.Policy
	users  *auth.Service
	claims *claims.Service
	model  Model // nil: there is none
	log    *slog.Logger
	me     string
	wake   chan struct{}
}

// New makes the service. of may be nil: then nothing is ever sent. log may be nil.
func New(db *store.DB, policy *auth.Policy, users *auth.Service, with *claims.Service, of Model,
	log *slog.Logger) *Service {
	s := &Service{db: db, policy: policy, users: users, claims: with, model: of, log: cmp.Or(log, slog.Default()),
		me: rand.Text()[:16], wake: make(chan struct{}, 1)}
	with.OnProposing(s.want)
	return s
}

// Asks says which model is asked, and at which host and port; "" where there is none.
func (s *Service) Asks() (name, host string) {
	if s.model == nil {
		return "", ""
	}
	return s.model.Name(), s.model.Host()
}

// want adds a text that came in, in the Write in which candidates are asked for, where its collection sends texts.
func (s *Service) want(tx *store.Tx, actor auth.Actor, a articles.Article) error {
	if s.model == nil {
		return nil
	}
	sends, err := SendingOf(&tx.Rx, a.CollectionID)
	if err != nil || !sends.Allowed {
		return err
	}
	s.wakeAfter(tx)
	return tx.Gorm().Exec("INSERT INTO breakdowns (article_id, collection_id, revision_id, user_id, via, request, "+
		"model, state, next_sentence, questions, taken, refused, refusals, tries, next_at, message, holder, "+
		"held_until, added_at, changed_at, token) VALUES (?, ?, 0, ?, ?, ?, '', 'waiting', 1, 0, 0, 0, '', 0, 0, '', "+
		"'', 0, ?, ?, ?) "+
		"ON CONFLICT (article_id) DO UPDATE SET state = 'waiting', next_sentence = 1, questions = 0, taken = 0, "+
		"refused = 0, refusals = '', tries = 0, next_at = 0, message = '', user_id = excluded.user_id, "+
		"via = excluded.via, request = excluded.request, token = excluded.token, changed_at = excluded.changed_at",
		a.ID, a.CollectionID, actor.UserID, actor.Via, actor.Request, tx.Now(), tx.Now(),
		actor.ByToken()).Error
}

func (s *Service) wakeAfter(tx *store.Tx) {
	tx.AfterCommit(func() {
		select {
		case s.wake <- struct{}{}:
		default:
		}
	})
}

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
			s.log.Warn("texts cannot be broken down", "err", err)
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

// Step asks about one window of the text that waits longest, and says whether there was one.
func (s *Service) Step(ctx context.Context) (more bool, err error) {
	defer fault.In(&err, "breakdowns.Step()")
	if s.model == nil {
		return false, nil
	}
	b, ok, err := s.take(ctx)
	if err != nil || !ok {
		return false, err
	}
	beating, stop := context.WithCancel(ctx)
	beats := make(chan struct{})
	go func() {
		defer close(beats)
		s.beat(beating, b)
	}()
	err = s.window(ctx, &b)
	stop()
	<-beats
	if ctx.Err() != nil {
		ctx = context.WithoutCancel(ctx) // it is given back
		b.HeldUntil = 0
		return false, s.keep(ctx, b)
	}
	s.judge(&b, err)
	return true, s.keep(ctx, b)
}

// take gives this process the text that is due longest.
func (s *Service) take(ctx context.Context) (b Breakdown, ok bool, err error) {
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		if err := tx.Alone("breakdowns"); err != nil {
			return err
		}
		now := tx.Now()
		b, ok, err = store.One[Breakdown](&tx.Rx, "SELECT * FROM breakdowns WHERE state = 'waiting' AND next_at <= "+
			"? AND "+
			"held_until < ? ORDER BY next_at, id LIMIT 1", now, now)
		if err != nil || !ok {
			return err
		}
		b.Holder, b.HeldUntil = s.me+rand.Text()[:8], now+store.Micros(lease.Microseconds())
		return tx.Gorm().Model(&Breakdown{}).Where("id = ?", b.ID).Updates(map[string]any{"holder": b.Holder,
			"held_until": b.HeldUntil}).Error
	})
	return b, ok, err
}

// beat renews the lease until ctx ends.
func (s *Service) beat(ctx context.Context, b Breakdown) {
	tick := time.NewTicker(lease / 3)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			if err := s.db.Write(ctx, func(tx *store.Tx) error {
				return tx.Gorm().Model(&Breakdown{}).Where("id = ? AND holder = ?", b.ID, b.Holder).Update("held_until",
					tx.Now()+store.Micros(lease.Microseconds())).Error
			}); err != nil && ctx.Err() == nil {
				s.log.Warn("a text's lease cannot be renewed", "breakdown", int64(b.ID), "err", err)
			}
		}
	}
}

// window asks about the next window of a text and takes in what comes.
func (s *Service) window(ctx context.Context, b *Breakdown) error {
	actor, err := s.users.ActorLater(ctx, b.UserID, b.Via, b.Request, b.Token)
	if err != nil {
		return err
	}
	var t articles.Text
	if err := s.db.Read(ctx, func(r *store.Rx) error {
		a, err := articles.ByIDFor(r, s.policy, actor, b.ArticleID)
		if err != nil {
			return err
		}
		if a.State != articles.Live {
			return ErrEnded
		}
		t, err = articles.TextOf(r, b.ArticleID, 0)
		return err
	}); err != nil {
		return err
	}
	if t.Revision.ID != b.RevisionID { // another text, or the first look at this one
		b.RevisionID, b.Next = t.Revision.ID, 1
	}
	b.Model = s.model.Name()
	got, next, err := s.model.Window(ctx, claims.Document(t), b.Next, func(ctx context.Context) error {
		return s.spend(ctx, *b)
	})
	if err != nil {
		return err
	}
	all := make([]claims.Suggested, len(got.Candidates))
	for i, c := range got.Candidates {
		all[i] = claims.Suggested{Candidate: c.Candidate, Made: claims.Made{Maker: model.Maker, Version: c.Made.Version,
			Model: c.Made.Model, Prompt: c.Made.Prompt, Parameters: c.Made.Parameters, Input: c.Made.Input}}
	}
	if _, err := s.claims.Suggest(ctx, actor, t, all); err != nil {
		return err
	}
	if b.Next = next; next == 0 {
		b.State = Done
	}
	return b.add(got, len(all))
}

// judge says what becomes of a text after one look at it.
func (s *Service) judge(b *Breakdown, err error) {
	now := s.db.Now()
	switch {
	case err == nil:
		b.Tries, b.Message = 0, ""
	case errors.Is(err, ErrEnded):
		b.State, b.Message = Done, "The text is not sent any more: it was replaced, or its collection sends none."
	case errors.Is(err, ErrEnough):
		b.NextAt, b.Message = Tomorrow(now), "As many questions were asked for this collection today as an admin "+
			"allows."
	case articles.IsComing(err):
		b.NextAt = now + store.Micros(lookEvery.Microseconds())
	case fault.KindOf(err) == fault.Unavailable && b.Tries < len(Pauses):
		b.NextAt, b.Message = now+store.Micros(Pauses[b.Tries].Microseconds()), fault.Message(err)
		b.Tries++
	default:
		s.log.Warn("a text cannot be broken down", "article", int64(b.ArticleID), "err", err)
		b.State, b.Message = Failed, fault.Message(err)
	}
	b.HeldUntil = 0
}

// keep writes how far a text is, if this process still has it. One that was taken down meanwhile is not there.
func (s *Service) keep(ctx context.Context, b Breakdown) error {
	return s.db.Write(ctx, func(tx *store.Tx) error {
		b.ChangedAt = tx.Now()
		return tx.Gorm().Model(&Breakdown{}).Where("id = ? AND holder = ?", b.ID, b.Holder).Select("revision_id",
			"model",
			"state", "next_sentence", "questions", "taken", "refused", "refusals", "tries", "next_at", "message",
			"held_until", "changed_at").Updates(&b).Error
	})
}
