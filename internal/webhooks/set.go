package webhooks

import (
	"cmp"
	"context"
	"crypto/rand"
	"fmt"
	"log/slog"
	"time"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/fault"
	"claimbench/internal/fetch"
	"claimbench/internal/history"
	"claimbench/internal/store"
)

// Poster sends letters. fetch.Client is the program's.
type Poster interface {
	Deliver(context.Context, fetch.Letter) error
	Check(address string) (site string, err error)
}

// MostEach is how many webhooks a collection has at most.
const MostEach = 20

// Service is what may be done with webhooks.
type Service struct {
	db      *store.DB
	policy  *auth.Policy
	post    Poster
	contact func(*store.Rx) (string, error)
	log     *slog.Logger
	me      string
	pauses  []store.Micros // after a first failure, a second, and so on
	patient store.Micros   // how long a receiver may take nothing before its webhook stops
}

// usualPauses are those after a failure that may mend itself: in ten tries more than two days.
var usualPauses = []time.Duration{5 * time.Second, 30 * time.Second, 2 * time.Minute, 10 * time.Minute,
	30 * time.Minute, time.Hour, 3 * time.Hour, 6 * time.Hour, 12 * time.Hour, 24 * time.Hour}

const usualPatience = 3 * 24 * time.Hour

// New makes the service. contact reads how receivers reach whoever runs the workbench; log may be nil.
func New(db *store.DB, policy *auth.Policy, post Poster, contact func(*store.Rx) (string, error),
	log *slog.Logger) *Service {
	s := &Service{db: db, policy: policy, post: post, contact: contact, log: cmp.Or(log, slog.Default()),
		me: rand.Text()[:16], patient: micros(usualPatience)}
	for _, d := range usualPauses {
		s.pauses = append(s.pauses, micros(d))
	}
	return s
}

func micros(d time.Duration) store.Micros { return store.Micros(d.Microseconds()) }

// may asks whether a person may change the webhooks of a collection: an admin of the whole workbench, for what is told
// leaves it.
func (s *Service) may(actor auth.Actor) (history.Who, error) {
	return s.policy.May(actor, auth.ThingSettings, auth.Write, 0)
}

// Add lets an address be told what happens in a collection from now on. It gives the webhook with its secret, which
// nobody is shown again.
func (s *Service) Add(ctx context.Context, actor auth.Actor, in auth.CollectionID, address string,
	topics []Topic) (w Webhook, err error) {
	defer fault.In(&err, "webhooks.Add(%d)", in)
	who, err := s.may(actor)
	if err != nil {
		return w, err
	}
	if _, err := s.post.Check(address); err != nil {
		return w, err
	}
	names, err := column(topics)
	if err != nil {
		return w, err
	}
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		if _, err := articles.CollectionByID(&tx.Rx, in); err != nil {
			return err
		}
		if err := tx.Alone("webhooks"); err != nil {
			return err
		}
		all, err := store.Select[Webhook](&tx.Rx, "SELECT * FROM webhooks WHERE collection_id = ? ORDER BY id", in)
		if err != nil {
			return err
		}
		for _, x := range all {
			if x.Address == address {
				return fault.New(fault.Conflict, "This address is told already.").With("address",
					fmt.Sprintf("It is webhook %d.", x.ID))
			}
		}
		if len(all) >= MostEach {
			return fault.New(fault.Conflict, "A collection has at most %d webhooks. Give one of them another use.",
				MostEach)
		}
		seen, err := history.Still(tx)
		if err != nil {
			return err
		}
		w = Webhook{CollectionID: in, Address: address, Topics: names, State: On, SetBy: actor.UserID, SetAt: tx.Now(),
			Version: 1, Secret: newSecret(), SeenSeq: seen}
		if err := tx.Gorm().Create(&w).Error; err != nil {
			return err
		}
		return record(tx, who, "webhook.added", nil, w)
	})
	return w, err
}

// Want says how a webhook is to be.
type Want struct {
	On      bool
	Topics  []Topic
	Version int64 // as it was seen
}

// Set switches a webhook on or off, and says what it is told. Switched off, what waits is cancelled and what happens
// meanwhile is not told later; one that stopped goes on where it stopped.
func (s *Service) Set(ctx context.Context, actor auth.Actor, id ID, want Want) (w Webhook, err error) {
	defer fault.In(&err, "webhooks.Set(%d)", id)
	return s.change(ctx, actor, id, want.Version, "webhook.set", func(tx *store.Tx, w *Webhook) error {
		names, err := column(want.Topics)
		if err != nil {
			return err
		}
		was := w.State
		w.Topics, w.State = names, Off
		if want.On {
			w.State = On
		}
		switch {
		case w.State == Off && was != Off:
			return s.drop(tx, w.ID)
		case w.State == On && was == Off:
			if w.SeenSeq, err = history.Still(tx); err != nil {
				return err
			}
			fallthrough
		case w.State == On && was == Stopped:
			w.Tries, w.FailingSince, w.NextAt, w.Message = 0, 0, 0, ""
		}
		return nil
	})
}

// NewSecret gives a webhook another secret; the old one signs nothing any more.
func (s *Service) NewSecret(ctx context.Context, actor auth.Actor, id ID, version int64) (w Webhook, err error) {
	defer fault.In(&err, "webhooks.NewSecret(%d)", id)
	return s.change(ctx, actor, id, version, "webhook.secret_made", func(_ *store.Tx, w *Webhook) error {
		w.Secret = newSecret()
		return nil
	})
}

// change changes a webhook in one Write, with its event.
func (s *Service) change(ctx context.Context, actor auth.Actor, id ID, version int64, action string,
	do func(*store.Tx, *Webhook) error) (w Webhook, err error) {
	who, err := s.may(actor)
	if err != nil {
		return w, err
	}
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		if w, err = hold(tx, id); err != nil {
			return err
		}
		if w.Version != version {
			return fault.Stale("Somebody else changed this webhook. Look again, and choose.")
		}
		before := w
		if err := do(tx, &w); err != nil {
			return err
		}
		w.SetBy, w.SetAt, w.Version = actor.UserID, tx.Now(), version+1
		if err := tx.Gorm().Save(&w).Error; err != nil {
			return err
		}
		return record(tx, who, action, &before, w)
	})
	return w, err
}

// hold reads a webhook, which nobody else changes until the Write has ended.
func hold(tx *store.Tx, id ID) (w Webhook, err error) {
	return w, store.Take(tx.Lock(), &w, "such webhook", "id = ?", id)
}

// drop cancels what waits, and forgets what a veil holds back.
func (s *Service) drop(tx *store.Tx, id ID) error {
	if err := tx.Gorm().Model(&Delivery{}).Where("webhook_id = ? AND state = ?", id, Waiting).Updates(map[string]any{
		"state": Cancelled, "message": "The webhook was switched off.", "changed_at": tx.Now()}).Error; err != nil {
		return err
	}
	return tx.Gorm().Where("webhook_id = ?", id).Delete(&heldRow{}).Error
}

// Again lets a delivery that ended be sent again, with its number and under the rights of now: what may not be told any
// more is cancelled when its turn comes.
func (s *Service) Again(ctx context.Context, actor auth.Actor, id ID, number int64) (d Delivery, err error) {
	defer fault.In(&err, "webhooks.Again(%d, %d)", id, number)
	who, err := s.may(actor)
	if err != nil {
		return d, err
	}
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		w, err := hold(tx, id)
		if err != nil {
			return err
		}
		if w.State != On {
			return fault.New(fault.Conflict, "The webhook is not on. Switch it on, and send the delivery again.")
		}
		if d, err = store.Get[Delivery](&tx.Rx, "such delivery", "SELECT * FROM webhook_deliveries WHERE "+
			"webhook_id = ? AND number = ?", id, number); err != nil {
			return err
		}
		if d.State == Waiting {
			return fault.New(fault.Conflict, "This delivery waits already.")
		}
		d.State, d.Tries, d.Message, d.ChangedAt = Waiting, 0, "", tx.Now()
		if err := tx.Gorm().Save(&d).Error; err != nil {
			return err
		}
		if err := tx.Gorm().Model(&Webhook{}).Where("id = ?", id).Update("next_at", 0).Error; err != nil {
			return err
		}
		_, err = history.Append(tx, who, history.Event{Action: "webhook.replayed", Object: Object(id),
			Collection: int64(w.CollectionID), Texts: history.Texts{"delivery": history.Num(number)}})
		return err
	})
	return d, err
}
