package feeds

import (
	"context"
	"log/slog"
	"strings"
	"time"

	"claimbench/internal/addresses"
	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/fault"
	"claimbench/internal/history"
	"claimbench/internal/store"
)

// task is the name of this room's addresses.
const task = "feed"

// MostFeeds is how many feeds of a collection are asked for at once.
const MostFeeds = 200

// Service is what may be done with feeds.
type Service struct {
	db     *store.DB
	policy *auth.Policy
	users  *auth.Service
	texts  *articles.Service
	claims *claims.Service
	web    *addresses.Service
	log    *slog.Logger
	wake   chan struct{}
	steps  []time.Duration // after a visit that saw something new, after one more that saw nothing, and so on
}

// usualSteps grow from half an hour to a day.
var usualSteps = []time.Duration{30 * time.Minute, time.Hour, 2 * time.Hour, 4 * time.Hour, 8 * time.Hour,
	16 * time.Hour, 24 * time.Hour}

// New makes the service, which web tells what visits bring from now on; log may be nil.
func New(db *store.DB, policy *auth.Policy, users *auth.Service, texts *articles.Service, of *claims.Service,
	web *addresses.Service, log *slog.Logger) *Service {
	if log == nil {
		log = slog.Default()
	}
	s := &Service{db: db, policy: policy, users: users, texts: texts, claims: of, web: web, log: log,
		wake: make(chan struct{}, 1), steps: usualSteps}
	web.Register(task, s)
	return s
}

// Add has a feed asked for from now on, in the name of the person who adds it. One that was ended is begun again.
func (s *Service) Add(ctx context.Context, actor auth.Actor, in auth.CollectionID, address string, mode Mode) (f Feed,
	err error) {
	defer fault.In(&err, "feeds.Add(%d)", in)
	who, err := s.policy.May(actor, auth.ThingArticle, auth.Import, in)
	if err != nil {
		return f, err
	}
	if err := Modes.Check("mode", mode); err != nil {
		return f, err
	}
	address = strings.TrimSpace(address)
	if err := s.web.Fits(address); err != nil {
		return f, fault.Wrap(fault.Invalid, err, "%s", fault.Message(err)).With("address", fault.Message(err))
	}
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		if _, err := articles.CollectionByID(&tx.Rx, in); err != nil {
			return err
		}
		if err := tx.Alone("feeds:" + history.Num(in)); err != nil {
			return err
		}
		now, there, err := store.One[Feed](&tx.Rx, "SELECT * FROM feeds WHERE collection_id = ? AND address = ?", in,
			address)
		if err != nil {
			return err
		}
		if there && now.State == On {
			e := fault.New(fault.Conflict, "This feed is asked for already.")
			return e.With("address", e.Msg)
		}
		if n, _, err := store.One[int](&tx.Rx, "SELECT COUNT(*) FROM (SELECT 1 FROM feeds WHERE collection_id = ? AND "+
			"state = 'on' LIMIT ?) AS few", in, MostFeeds); err != nil || n == MostFeeds {
			return firstOf(err, fault.New(fault.Conflict, "At most %d feeds of a collection are asked for. End one.",
				MostFeeds))
		}
		f = Feed{ID: now.ID, CollectionID: in, Address: address, Mode: mode, State: On, SetBy: actor.UserID,
			SetAt: tx.Now(), Version: now.Version + 1}
		var before *Feed
		if there {
			before = &now
		}
		if err := tx.Gorm().Save(&f).Error; err != nil {
			return err
		}
		if err := s.schedule(tx, actor, f); err != nil {
			return err
		}
		return record(tx, who, "feed.set", before, f)
	})
	return f, err
}

func firstOf(err, otherwise error) error {
	if err != nil {
		return err
	}
	return otherwise
}

func (s *Service) schedule(tx *store.Tx, actor auth.Actor, f Feed) error {
	return s.web.Schedule(tx, actor, addresses.Wanted{Task: task, Object: int64(f.ID), In: f.CollectionID,
		Address: f.Address})
}

// Change says what becomes of new items from now on, in the name of the person who says it.
func (s *Service) Change(ctx context.Context, actor auth.Actor, id ID, version int64, mode Mode) (f Feed, err error) {
	defer fault.In(&err, "feeds.Change(%d)", id)
	if err := Modes.Check("mode", mode); err != nil {
		return f, err
	}
	return s.change(ctx, actor, id, version, func(tx *store.Tx, f *Feed) (string, error) {
		f.Mode, f.SetBy, f.SetAt = mode, actor.UserID, tx.Now()
		return "feed.set", s.schedule(tx, actor, *f)
	})
}

// End has a feed asked for no more. What waits in its list stays.
func (s *Service) End(ctx context.Context, actor auth.Actor, id ID, version int64) (f Feed, err error) {
	defer fault.In(&err, "feeds.End(%d)", id)
	return s.change(ctx, actor, id, version, func(tx *store.Tx, f *Feed) (string, error) {
		f.State = Ended
		return "feed.ended", addresses.Unschedule(tx, task, int64(f.ID))
	})
}

func (s *Service) change(ctx context.Context, actor auth.Actor, id ID, version int64,
	do func(*store.Tx, *Feed) (string, error)) (f Feed, err error) {
	_, who, err := s.may(ctx, actor, id)
	if err != nil {
		return f, err
	}
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		now, err := hold(tx, id)
		if err != nil {
			return err
		}
		if now.Version != version || now.State != On {
			return fault.Stale("Somebody else changed this feed. Look again, and choose.")
		}
		f = now
		f.Version++
		action, err := do(tx, &f)
		if err != nil {
			return err
		}
		if err := tx.Gorm().Save(&f).Error; err != nil {
			return err
		}
		return record(tx, who, action, &now, f)
	})
	return f, err
}

// may reads a feed, and asks whether a person may change it; one of another collection is not there.
func (s *Service) may(ctx context.Context, actor auth.Actor, id ID) (f Feed, who history.Who, err error) {
	if err = s.db.Read(ctx, func(r *store.Rx) (err error) {
		f, err = ByID(r, id)
		return err
	}); err != nil {
		return f, who, err
	}
	if _, err := s.policy.May(actor, auth.ThingArticle, auth.Read, f.CollectionID); err != nil {
		return Feed{}, who, fault.Wrap(fault.NotFound, err, "There is no such feed.")
	}
	who, err = s.policy.May(actor, auth.ThingArticle, auth.Import, f.CollectionID)
	return f, who, err
}

func hold(tx *store.Tx, id ID) (f Feed, err error) {
	return f, store.Take(tx.Lock(), &f, "such feed", "id = ?", id)
}
