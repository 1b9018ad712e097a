package vectors

import (
	"cmp"
	"context"
	"errors"
	"log/slog"
	"slices"
	"sync"
	"time"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/breakdowns"
	"claimbench/internal/fault"
	"claimbench/internal/store"
	"claimbench/internal/text"
)

const (
	atOnce    = 64   // sentences of one question
	mostWords = 2000 // code points of one; what is longer is cut
	swept     = 500  // vectors deleted in one Write
	lookEvery = 5 * time.Second
	lookAgain = time.Minute // at a collection of which nothing is missing
)

// Model makes vectors (model.Vectors).
type Model interface {
	Name() string
	Host() string
	// Vectors gives one for each of some texts, in their order, all of one length.
	Vectors(ctx context.Context, words []string) ([][]float64, error)
}

// Service makes vectors and keeps them.
type Service struct {
	db    *store.DB
	model Model // nil: there is none
	log   *slog.Logger
	wake  chan struct{}

	mu      sync.Mutex
	todo    map[auth.CollectionID]*progress
	looked  bool // the collections of the database were looked for
	cleaned bool // those of other models are gone
	banks   map[auth.CollectionID]*bank
	total   int // numbers in all banks
	tick    int64
}

// progress is how far a collection is.
type progress struct {
	after articles.SentenceID // sentences up to this one were looked at
	until store.Micros        // it is left alone until then
	tries int
	stale bool         // texts may have been replaced
	asked store.Micros // whether its texts are sent
}

// New makes the service. of may be nil: then no vectors are made, and those that are there are deleted. log may be nil.
func New(db *store.DB, of Model, log *slog.Logger) *Service {
	return &Service{db: db, model: of, log: cmp.Or(log, slog.Default()), wake: make(chan struct{}, 1),
		todo: map[auth.CollectionID]*progress{}, banks: map[auth.CollectionID]*bank{}}
}

// Asks says which model makes vectors, and where it is; "" where there is none.
func (s *Service) Asks() (name, host string) {
	if s.model == nil {
		return "", ""
	}
	return s.model.Name(), s.model.Host()
}

// Stir says that texts of a collection came, changed or went. It does not wait.
func (s *Service) Stir(in auth.CollectionID) {
	s.mu.Lock()
	p := s.todo[in]
	if p == nil {
		p = &progress{}
		s.todo[in] = p
	}
	if p.after, p.stale = 0, true; p.tries == 0 {
		p.until = 0
	}
	s.mu.Unlock()
	select {
	case s.wake <- struct{}{}:
	default:
	}
}

// Forget drops the vectors of a collection from memory, for a text that is taken down may not stay there. They are read
// again.
func (s *Service) Forget(in auth.CollectionID) {
	s.drop(in)
	s.Stir(in)
}

func (s *Service) drop(in auth.CollectionID) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if b := s.banks[in]; b != nil {
		s.total -= len(b.codes)
		delete(s.banks, in)
	}
	s.tick++
}

// Run makes vectors until ctx ends, one question at a time.
func (s *Service) Run(ctx context.Context) {
	tick := time.NewTicker(lookEvery)
	defer tick.Stop()
	for ctx.Err() == nil {
		more, err := s.Step(ctx)
		if err != nil && ctx.Err() == nil {
			s.log.Warn("vectors of sentences are not made", "err", err)
		}
		if more && err == nil {
			continue
		}
		if s.model == nil {
			return // what was there is deleted
		}
		select {
		case <-ctx.Done():
		case <-s.wake:
		case <-tick.C:
		}
	}
}

// Step does one piece of work, and says whether there was one.
func (s *Service) Step(ctx context.Context) (more bool, err error) {
	defer fault.In(&err, "vectors.Step()")
	if more, err := s.clean(ctx); more || err != nil || s.model == nil {
		return more, err
	}
	if err := s.look(ctx); err != nil {
		return false, err
	}
	if more, err := s.forbidden(ctx); more || err != nil {
		return more, err
	}
	for _, in := range s.due() {
		more, err := s.collection(ctx, in)
		if more || err != nil {
			return more, err
		}
		if err := s.load(ctx, in); err != nil {
			return false, err
		}
	}
	return false, nil
}

// clean deletes vectors that another model made.
func (s *Service) clean(ctx context.Context) (bool, error) {
	if s.cleaned {
		return false, nil
	}
	name, _ := s.Asks()
	gone, err := s.sweep(ctx, "SELECT sentence_id FROM vectors WHERE model <> ? LIMIT ?", name, swept)
	s.cleaned = err == nil && gone == 0
	return gone > 0, err
}

// sweep deletes the vectors of the sentences that a query gives, and says how many.
func (s *Service) sweep(ctx context.Context, query string, args ...any) (int, error) {
	var ids []articles.SentenceID
	if err := s.db.Read(ctx, func(r *store.Rx) (err error) {
		ids, err = store.Select[articles.SentenceID](r, query, args...)
		return err
	}); err != nil || len(ids) == 0 {
		return 0, err
	}
	return len(ids), s.db.Write(ctx, func(tx *store.Tx) error {
		return tx.Gorm().Where("sentence_id IN ?", ids).Delete(&Vector{}).Error
	})
}

// look finds the collections that are there when the server starts.
func (s *Service) look(ctx context.Context) error {
	s.mu.Lock()
	looked := s.looked
	s.looked = true
	s.mu.Unlock()
	if looked {
		return nil
	}
	var all []articles.Collection
	if err := s.db.Read(ctx, func(r *store.Rx) error { return r.Gorm().Order("id").Find(&all).Error }); err != nil {
		s.looked = false
		return err
	}
	for _, c := range all {
		s.Stir(c.ID)
	}
	return nil
}

// forbidden forgets, within a minute, the vectors of collections whose texts an admin does not let be sent any more,
// also of those that are left alone for longer.
func (s *Service) forbidden(ctx context.Context) (bool, error) {
	now := s.db.Now()
	var ask []auth.CollectionID
	s.mu.Lock()
	for in, p := range s.todo {
		if p.asked == 0 || p.asked+store.Micros(lookAgain.Microseconds()) <= now {
			ask = append(ask, in)
		}
	}
	s.mu.Unlock()
	if len(ask) == 0 {
		return false, nil
	}
	slices.Sort(ask)
	var allowed []auth.CollectionID // as few as collections
	if err := s.db.Read(ctx, func(r *store.Rx) (err error) {
		allowed, err = store.Select[auth.CollectionID](r, "SELECT collection_id FROM sending WHERE allowed")
		return err
	}); err != nil {
		return false, err
	}
	for _, in := range ask {
		if !slices.Contains(allowed, in) {
			gone, err := s.sweep(ctx, "SELECT sentence_id FROM vectors WHERE collection_id = ? LIMIT ?", in, swept)
			s.mu.Lock()
			there := s.banks[in] != nil
			s.mu.Unlock()
			if there {
				s.drop(in)
			}
			if gone > 0 || err != nil {
				return gone > 0, err
			}
		}
		s.mu.Lock()
		p := s.todo[in]
		if p.asked = now; !slices.Contains(allowed, in) {
			p.after = 0 // allowed again, all are made anew
		}
		s.mu.Unlock()
	}
	return false, nil
}

// due are the collections that are not left alone now.
func (s *Service) due() (out []auth.CollectionID) {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.db.Now()
	for in, p := range s.todo {
		if p.until <= now {
			out = append(out, in)
		}
	}
	slices.Sort(out)
	return out
}

// want is a sentence that has no vector.
type want struct {
	ID         articles.SentenceID `gorm:"column:id"`
	RevisionID articles.RevisionID `gorm:"column:revision_id"`
}

// collection does one piece of work of a collection: it deletes vectors of texts that are not read any more, or asks
// for some that are missing.
func (s *Service) collection(ctx context.Context, in auth.CollectionID) (bool, error) {
	s.mu.Lock()
	p := *s.todo[in]
	s.mu.Unlock()
	if p.stale {
		gone, err := s.sweep(ctx, "SELECT v.sentence_id FROM vectors v WHERE v.collection_id = ? AND (NOT EXISTS "+
			"(SELECT 1 FROM articles a WHERE a.revision_id = v.revision_id AND a.state = ? AND a.protected = '') OR "+
			"NOT EXISTS (SELECT 1 FROM sending s WHERE s.collection_id = v.collection_id AND s.allowed)) LIMIT ?", in,
			articles.Live, swept)
		if gone > 0 || err != nil {
			return gone > 0, err
		}
		s.mu.Lock()
		s.todo[in].stale = false
		s.mu.Unlock()
	}
	var all []want
	var words map[articles.SentenceID]string
	if err := s.db.Read(ctx, func(r *store.Rx) error {
		set, err := breakdowns.SendingOf(r, in)
		if err != nil || !set.Allowed {
			return err
		}
		if all, err = missing(r, in, p.after); err != nil {
			return err
		}
		ids := make([]articles.SentenceID, len(all))
		for i, w := range all {
			ids[i] = w.ID
		}
		words, err = articles.WordsOf(r, ids)
		return err
	}); err != nil {
		return false, err
	}
	if len(all) == 0 {
		s.pause(in, lookAgain) // others may have brought texts, and an admin may allow it at any time
		return false, nil
	}
	err := s.ask(ctx, in, all, words)
	switch {
	case err == nil:
		s.reached(in, all[len(all)-1].ID)
		return true, nil
	case errors.Is(err, breakdowns.ErrEnded):
		s.pause(in, lookEvery)
		return true, nil
	case errors.Is(err, breakdowns.ErrEnough):
		s.pause(in, time.Duration(breakdowns.Tomorrow(s.db.Now())-s.db.Now())*time.Microsecond)
		return false, nil
	case fault.KindOf(err) == fault.Unavailable:
		s.pause(in, breakdowns.Pauses[min(p.tries, len(breakdowns.Pauses)-1)])
		s.mu.Lock()
		s.todo[in].tries++
		s.mu.Unlock()
		return false, err
	case ctx.Err() != nil:
		return false, err
	}
	s.reached(in, all[len(all)-1].ID) // what it does not take is not sent again before texts come in
	return true, nil
}

// missing lists sentences of live texts of a collection that have no vector, after one of them.
func missing(r *store.Rx, in auth.CollectionID, after articles.SentenceID) ([]want, error) {
	return store.Select[want](r, "SELECT s.id, s.revision_id FROM articles JOIN sentences s ON s.revision_id = "+
		"articles.revision_id WHERE articles.collection_id = ? AND articles.state = ? AND articles.protected = '' AND "+
		articles.Whole+
		" AND s.id > ? AND s.kind NOT IN (?, ?) AND NOT EXISTS (SELECT 1 FROM vectors v WHERE v.sentence_id = s.id) "+
		"ORDER BY s.id LIMIT ?", in, articles.Live, after, string(text.KindBoilerplate), string(text.KindLink), atOnce)
}

func (s *Service) pause(in auth.CollectionID, d time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.todo[in].until = s.db.Now() + store.Micros(d.Microseconds())
}

func (s *Service) reached(in auth.CollectionID, id articles.SentenceID) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.todo[in].after, s.todo[in].tries = id, 0
}

// ask asks for the vectors of some sentences and keeps them, if their texts are still read then.
func (s *Service) ask(ctx context.Context, in auth.CollectionID, all []want,
	words map[articles.SentenceID]string) error {
	sent := make([]string, len(all))
	for i, w := range all {
		letters := []rune(words[w.ID])
		sent[i] = string(letters[:min(len(letters), mostWords)])
	}
	if err := breakdowns.Spend(ctx, s.db, in, func(tx *store.Tx) error {
		left, err := stillRead(&tx.Rx, all)
		if err == nil && len(left) != len(all) {
			err = breakdowns.ErrEnded // they are looked for anew
		}
		return err
	}); err != nil {
		return err
	}
	got, err := s.model.Vectors(ctx, sent)
	if err != nil {
		s.log.Warn("vectors were not taken", "collection", int64(in), "err", err)
		return err
	}
	rows := make([]Vector, 0, len(all))
	for i, w := range all {
		raw, err := packed(got[i])
		if err != nil {
			return err
		}
		rows = append(rows, Vector{SentenceID: w.ID, RevisionID: w.RevisionID, CollectionID: in,
			Model: s.model.Name(), Dims: len(got[i]), Numbers: raw})
	}
	if err := s.db.Write(ctx, func(tx *store.Tx) error {
		if err := tx.Alone("vectors"); err != nil {
			return err
		}
		dims, err := store.Select[int](&tx.Rx, "SELECT dims FROM vectors LIMIT 1")
		if err != nil {
			return err
		}
		if len(dims) > 0 && dims[0] != rows[0].Dims {
			return fault.New(fault.Invalid, "The model %s gives vectors of %d numbers now, and gave %d. Name it "+
				"otherwise, and they are made anew.", s.model.Name(), rows[0].Dims, dims[0])
		}
		left, err := stillRead(&tx.Rx, all)
		if err != nil {
			return err
		}
		rows = slices.DeleteFunc(rows, func(v Vector) bool { return !left[v.SentenceID] })
		ids := make([]articles.SentenceID, len(rows))
		for i, v := range rows {
			ids[i] = v.SentenceID
		}
		if err := tx.Gorm().Where("sentence_id IN ?", ids).Delete(&Vector{}).Error; err != nil || len(rows) == 0 {
			return err
		}
		return tx.Gorm().Create(&rows).Error
	}); err != nil {
		return err
	}
	s.mu.Lock()
	b := s.banks[in]
	behind := b != nil && all[0].ID <= b.last // they would not be read
	s.mu.Unlock()
	if behind {
		s.drop(in)
	}
	return nil
}

// stillRead says which sentences stand in texts that are live and not protected.
func stillRead(r *store.Rx, all []want) (map[articles.SentenceID]bool, error) {
	var revisions []articles.RevisionID
	for _, w := range all {
		revisions = append(revisions, w.RevisionID)
	}
	live, err := store.Select[articles.RevisionID](r, "SELECT revision_id FROM articles WHERE revision_id IN ? AND "+
		"state = ? AND protected = ''", revisions, articles.Live)
	out := map[articles.SentenceID]bool{}
	for _, w := range all {
		if slices.Contains(live, w.RevisionID) {
			out[w.ID] = true
		}
	}
	return out, err
}
