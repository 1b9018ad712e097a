package deeds

import (
	"context"

	"claimbench/internal/auth"
	"claimbench/internal/fault"
	"claimbench/internal/history"
	"claimbench/internal/store"
)

// Kind says how acts of one kind are taken back. Its room declares it, once.
type Kind struct {
	Words string // what was done, before the number of the claim: “accepted claim”
	// Back takes the act back, in the Write of the person who did it: it asks their permission and its guards again,
	// and refuses when others have built on it. It leaves the object's new version in d.Version. nil: it is not taken
	// back so, and Instead says what undoes it.
	Back    func(tx *store.Tx, actor auth.Actor, d *Deed) error
	Again   func(tx *store.Tx, actor auth.Actor, d *Deed) error // does again what was taken back
	Instead string
}

// Service takes deeds back, and does them again.
type Service struct {
	db    *store.DB
	kinds map[string]Kind
	after []func(tx *store.Tx, actor auth.Actor, d Deed) error
}

// New makes the service.
func New(db *store.DB) *Service { return &Service{db: db, kinds: map[string]Kind{}} }

// Register says how acts of some kinds are taken back. Every kind is registered before the first request.
func (s *Service) Register(kinds map[string]Kind) {
	for name, k := range kinds {
		s.kinds[name] = k
	}
}

// Kinds lists the kinds that are registered, with their words for people.
func (s *Service) Kinds() map[string]Kind { return s.kinds }

// After lets a room follow in the same Write, when a deed was taken back or done again.
func (s *Service) After(f func(tx *store.Tx, actor auth.Actor, d Deed) error) {
	s.after = append(s.after, f)
}

// Words say what was done: “accepted claim 12”.
func (s *Service) Words(d Deed) string {
	k, ok := s.kinds[d.Kind]
	if !ok {
		k.Words = d.Kind
	}
	return name(d, k)
}

// Offered says whether z takes a deed back; else it only says what does.
func (s *Service) Offered(d Deed) bool { return s.kinds[d.Kind].Back != nil }

// Ask names the deed that a person saw offered; without one it is their last in the collection.
type Ask struct {
	Collection auth.CollectionID
	N          N // 0: the last
}

// Undo takes a person's last deed in a collection back, as events of its own. It is fault.Conflict when the deed that
// they saw is not the last any more, when it was taken back already, or when others have built on it.
func (s *Service) Undo(ctx context.Context, actor auth.Actor, a Ask) (_ Deed, err error) {
	defer fault.In(&err, "deeds.Undo(%d, %d)", a.Collection, a.N)
	return s.turn(ctx, actor, a, false)
}

// Redo does again what the person took back last, unless they did something else since.
func (s *Service) Redo(ctx context.Context, actor auth.Actor, a Ask) (_ Deed, err error) {
	defer fault.In(&err, "deeds.Redo(%d, %d)", a.Collection, a.N)
	return s.turn(ctx, actor, a, true)
}

func (s *Service) turn(ctx context.Context, actor auth.Actor, a Ask, again bool) (out Deed, err error) {
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		return history.Together(tx, func() error {
			d, err := s.choose(tx, actor, a, again)
			if err != nil {
				return err
			}
			out = d
			return s.turnOne(tx, actor, &out)
		})
	})
	return out, err
}

// turnOne takes one deed back, or does it again, and keeps which.
func (s *Service) turnOne(tx *store.Tx, actor auth.Actor, d *Deed) error {
	k := s.kinds[d.Kind]
	do, was, is := k.Back, Done, TakenBack
	if d.again {
		do, was, is = k.Again, TakenBack, Done
	}
	if do == nil {
		return fault.New(fault.Conflict, "You %s. %s", d.words, k.Instead)
	}
	Quietly(tx)
	from := d.Version
	if err := do(tx, actor, d); err != nil {
		if fault.KindOf(err) == fault.Invalid { // no field of the form that asked for it is wrong
			return fault.Wrap(fault.Conflict, err, "It stays as it is: you %s. %s", d.words, fault.Message(err))
		}
		return err
	}
	if d.Version != from {
		if err := Alike(tx, d.Object, d.Version, d.Other); err != nil {
			return err
		}
		d.Other = from
	}
	for _, f := range s.after {
		if err := f(tx, actor, *d); err != nil {
			return err
		}
	}
	d.State, d.ChangedAt = is, tx.Now()
	return store.Changed(tx.Gorm().Model(&Deed{}).Where(one+" AND state = ?", d.UserID, d.CollectionID, d.N,
		was).Updates(map[string]any{
		"state": d.State, "version": d.Version, "other": d.Other, "data": d.Data,
		"changed_at": d.ChangedAt}), "this act")
}

// choose finds the deed that is meant, and locks it.
func (s *Service) choose(tx *store.Tx, actor auth.Actor, a Ask, again bool) (d Deed, err error) {
	back, forth, err := Last(&tx.Rx, actor.UserID, a.Collection)
	if err != nil {
		return d, err
	}
	next := back
	if again {
		next = forth
	}
	if a.N != 0 {
		asked, there, err := store.One[Deed](&tx.Rx, "SELECT * FROM deeds WHERE "+one, actor.UserID, a.Collection, a.N)
		if err != nil {
			return d, err
		}
		if err := s.fits(asked, there, next, again); err != nil {
			return d, err
		}
	}
	if next == nil {
		return d, nothing(again)
	}
	// Taken by two tabs at once: the second waits here, and finds it changed.
	if err := store.Take(tx.Lock(), &d, "such act", one, next.UserID, next.CollectionID, next.N); err != nil {
		return d, err
	}
	if d.State != next.State {
		return d, s.already(d)
	}
	d.words, d.request, d.again = s.Words(d), actor.Request, again
	return d, nil
}

// one finds a deed.
const one = "user_id = ? AND collection_id = ? AND n = ?"

// fits says whether the deed that a person saw offered is the one whose turn it is.
func (s *Service) fits(asked Deed, there bool, next *Deed, again bool) error {
	switch {
	case !there:
		return fault.New(fault.NotFound, "There is no such act of yours. Look again what can be taken back.")
	case next != nil && next.N == asked.N:
		return nil
	case (asked.State == TakenBack) != again:
		return s.already(asked)
	case next == nil:
		return nothing(again)
	case again:
		return fault.Stale("You did something else since you took this back (you %s), so it cannot be done again so. "+
			"Do it anew where you want it.", s.Words(asked))
	}
	return fault.Stale("You did something else since: you %s. Look again, then take back what was last.",
		s.Words(*next))
}

func (s *Service) already(d Deed) error {
	if d.State == TakenBack {
		return fault.Stale("This was taken back already, in another tab or by a press before this one: you %s. "+
			"Nothing was changed.", s.Words(d))
	}
	return fault.Stale("This was done again already: you %s. Nothing was changed.", s.Words(d))
}

func nothing(again bool) error {
	if again {
		return fault.New(fault.Conflict, "There is nothing to do again here: what you took back last stands, or "+
			"you did something else since.")
	}
	return fault.New(fault.Conflict, "You did nothing here in the last 30 days that can be taken back.")
}
