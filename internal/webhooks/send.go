package webhooks

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"strings"
	"sync"
	"time"

	"claimbench/internal/auth"
	"claimbench/internal/fault"
	"claimbench/internal/fetch"
	"claimbench/internal/history"
	"claimbench/internal/store"
)

const (
	// lookEvery is how often a server looks for what happened and for what is due.
	lookEvery = time.Second
	// hands is to how many receivers a server sends at once.
	hands = 4
	// lease is how long a webhook stays with a process that is not heard of; longer than one sending takes.
	lease = 60 * time.Second
	// turn is how many deliveries are sent to one receiver before others have their turn.
	turn = 50
	// keptFor is how long the list remembers what has ended.
	keptFor = 30 * 24 * time.Hour
	// serving begins the names of processes that serve.
	serving = "serve-"
)

// Resume gives back what a dead server of this database held. On SQLite there is one server; on PostgreSQL the leases
// of dead ones end by themselves. It is called before Run.
func (s *Service) Resume(ctx context.Context) (err error) {
	defer fault.In(&err, "webhooks.Resume()")
	s.me = serving + s.me
	if s.db.Dialect() != store.SQLite {
		return nil
	}
	return s.db.Write(ctx, func(tx *store.Tx) error {
		return tx.Gorm().Model(&Webhook{}).Where("holder LIKE ?", serving+"%").Update("held_until", 0).Error
	})
}

// Run tells of what happens until ctx ends.
func (s *Service) Run(ctx context.Context) {
	tick, old := time.NewTicker(lookEvery), time.NewTicker(time.Hour)
	defer tick.Stop()
	defer old.Stop()
	var all sync.WaitGroup
	defer all.Wait()
	free := make(chan struct{}, hands)
	for {
		if err := s.Gather(ctx); err != nil && ctx.Err() == nil {
			s.log.Warn("what happened cannot be gathered for webhooks", "err", err)
		}
		s.sendDue(ctx, free, &all)
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		case <-old.C:
			if err := s.db.Write(ctx, forget); err != nil && ctx.Err() == nil {
				s.log.Warn("old deliveries cannot be forgotten", "err", err)
			}
		}
	}
}

// sendDue begins to send to each receiver that is due, while there are hands.
func (s *Service) sendDue(ctx context.Context, free chan struct{}, all *sync.WaitGroup) {
	for ctx.Err() == nil {
		select {
		case free <- struct{}{}:
		default:
			return
		}
		w, ok, err := s.take(ctx)
		if err != nil && ctx.Err() == nil {
			s.log.Warn("no webhook can be taken", "err", err)
		}
		if err != nil || !ok {
			<-free
			return
		}
		all.Go(func() {
			defer func() { <-free }()
			if err := s.send(ctx, w); err != nil && ctx.Err() == nil {
				s.log.Warn("what a webhook was told cannot be kept; it is told again", "webhook", int64(w.ID), "err",
					err)
			}
		})
	}
}

// due says of a webhook that something waits and may be sent now, and that nobody has it.
const due = `w.state = 'on' AND w.next_at <= ? AND w.held_until < ? AND EXISTS (SELECT 1 FROM webhook_deliveries AS d
	WHERE d.webhook_id = w.id AND d.state = 'waiting')`

// take gives this process the webhook that is next.
func (s *Service) take(ctx context.Context) (w Webhook, ok bool, err error) {
	now := s.db.Now()
	if err := s.db.Read(ctx, func(r *store.Rx) (err error) {
		w, ok, err = store.One[Webhook](r, "SELECT w.* FROM webhooks AS w WHERE "+due+" ORDER BY w.next_at, w.id "+
			"LIMIT 1", now, now)
		return err
	}); err != nil || !ok {
		return w, false, err
	}
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		held, err := hold(tx, w.ID)
		if ok = err == nil && held.State == On && held.HeldUntil < tx.Now() && held.NextAt <= tx.Now(); !ok {
			return err
		}
		w = held
		w.Holder, w.HeldUntil = s.me+rand.Text()[:8], tx.Now()+micros(lease)
		return tx.Gorm().Model(&Webhook{}).Where("id = ?", w.ID).Select("holder", "held_until").Updates(&w).Error
	})
	return w, ok, err
}

// send sends what waits for one receiver, the lowest number first, until one is not taken or its turn is over.
func (s *Service) send(ctx context.Context, w Webhook) error {
	goes := true
	for n := 0; goes && n < turn; n++ {
		var d Delivery
		var contact, secret string
		var told bool
		err := s.db.Read(ctx, func(r *store.Rx) (err error) {
			var now Webhook
			if now, goes, err = store.One[Webhook](r, "SELECT * FROM webhooks WHERE id = ? AND holder = ? AND "+
				"state = 'on'", w.ID, w.Holder); err != nil || !goes {
				return err
			}
			if secret = now.Secret; n > 0 && now.NextAt > s.db.Now() {
				goes = false
				return nil
			}
			if d, goes, err = store.One[Delivery](r, "SELECT * FROM webhook_deliveries WHERE webhook_id = ? AND "+
				"state = 'waiting' ORDER BY number LIMIT 1", w.ID); err != nil || !goes {
				return err
			}
			if told, err = s.mayTell(r, w, d); err == nil {
				contact, err = s.contact(r)
			}
			return err
		})
		if err != nil || !goes {
			return s.release(w, err)
		}
		var sent error
		if told {
			if sent = s.deliver(ctx, w, d, secret, contact); sent != nil && ctx.Err() != nil {
				return s.release(w, nil) // the server stops: it was no failure
			}
		}
		if goes, err = s.sent(ctx, w, d, told, sent); err != nil {
			return s.release(w, err)
		}
	}
	return s.release(w, nil)
}

// mayTell asks again, before each try, whether a delivery may be told: that what it speaks of is not protected.
func (s *Service) mayTell(r *store.Rx, w Webhook, d Delivery) (bool, error) {
	hidden, err := history.HiddenAmong(r, []string{d.Object})
	return !hidden[d.Object], err
}

// Letter is the body of a delivery.
type Letter struct {
	Type      string `json:"type"`      // what was done: "claim.decided"
	Timestamp string `json:"timestamp"` // when, RFC 3339
	Data      Data   `json:"data"`
}

// Data says what it was done to. There are no words in it: the receiver asks the API.
type Data struct {
	Webhook    ID                `json:"webhook"`
	Number     int64             `json:"number"` // of the delivery, from 1 in each webhook, without a gap
	Collection auth.CollectionID `json:"collection"`
	Object     string            `json:"object"`          // "claim:42"
	Claim      int64             `json:"claim,omitempty"` // that it is about
}

// deliver sends one delivery.
func (s *Service) deliver(ctx context.Context, w Webhook, d Delivery, secret, contact string) error {
	body, err := json.Marshal(Letter{Type: d.Action, Timestamp: d.At.Time().UTC().Format(time.RFC3339Nano), Data: Data{
		Webhook: w.ID, Number: d.Number, Collection: w.CollectionID, Object: d.Object, Claim: d.ClaimID}})
	if err != nil {
		return err
	}
	id, now := fmt.Sprintf("msg_%d_%d", w.ID, d.Number), s.db.Now().Time()
	signature, err := Sign(secret, id, now, body)
	if err != nil {
		return err
	}
	return s.post.Deliver(ctx, fetch.Letter{Address: w.Address, Contact: contact, Body: body, Header: []fetch.Field{
		{Name: HeaderID, Value: id}, {Name: HeaderTimestamp, Value: fmt.Sprint(now.Unix())},
		{Name: HeaderSignature, Value: signature}}})
}

// sent writes what became of a try, and says whether the next delivery may follow at once.
func (s *Service) sent(ctx context.Context, w Webhook, d Delivery, told bool, cause error) (goes bool, err error) {
	err = s.db.Write(context.WithoutCancel(ctx), func(tx *store.Tx) error {
		now, err := hold(tx, w.ID)
		if err != nil || now.Holder != w.Holder { // another process has it now, and tells it again
			return err
		}
		is, err := store.Get[Delivery](&tx.Rx, "such delivery", "SELECT * FROM webhook_deliveries WHERE id = ?", d.ID)
		if err != nil || is.State != Waiting {
			return err
		}
		was := now
		is.ChangedAt = tx.Now()
		goes = s.outcome(tx.Now(), &now, &is, told, cause)
		now.HeldUntil = tx.Now() + micros(lease)
		if err := tx.Gorm().Save(&is).Error; err != nil {
			return err
		}
		if now.State == was.State {
			return tx.Gorm().Save(&now).Error
		}
		now.Version++
		if err := tx.Gorm().Save(&now).Error; err != nil {
			return err
		}
		return record(tx, history.Who{Name: "webhooks", Via: history.System}, "webhook.stopped", &was, now)
	})
	return goes, err
}

// outcome says what follows from a try, and whether the next delivery may be sent at once. A receiver that cannot be
// reached keeps its deliveries waiting, in order; one that refuses a delivery again and again is sent the next.
func (s *Service) outcome(now store.Micros, w *Webhook, d *Delivery, told bool, cause error) bool {
	switch {
	case !told:
		d.State, d.Message = Cancelled, "What it tells of may not be told any more."
		return true
	case cause == nil:
		d.State, d.Message = Delivered, ""
		w.Tries, w.FailingSince, w.NextAt, w.Message = 0, 0, 0, ""
		return true
	}
	d.Tries++
	w.Tries++
	d.Message = plain(fault.Message(cause))
	w.Message = d.Message
	if w.FailingSince == 0 {
		w.FailingSince = now
	}
	pause := max(s.pauses[min(d.Tries, len(s.pauses))-1], micros(fetch.After(cause)))
	kind := fault.KindOf(cause)
	switch {
	case kind == fault.NotFound, kind != fault.Invalid && now-w.FailingSince > s.patient:
		w.State = Stopped
	case kind == fault.Invalid && d.Tries >= mostRefused:
		d.State = Failed
		return true
	default:
		w.NextAt = now + pause
	}
	return false
}

// mostRefused is how often a delivery is sent that the receiver refuses.
const mostRefused = 5

// release gives a webhook back, so that the next server need not wait for the lease to end.
func (s *Service) release(w Webhook, cause error) error {
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Second)
	defer cancel()
	err := s.db.Write(ctx, func(tx *store.Tx) error {
		return tx.Gorm().Model(&Webhook{}).Where("id = ? AND holder = ?", w.ID, w.Holder).Update("held_until", 0).Error
	})
	if cause != nil {
		return cause
	}
	return err
}

// forget drops deliveries that ended long ago.
func forget(tx *store.Tx) error {
	return tx.Gorm().Exec("DELETE FROM webhook_deliveries WHERE id IN (SELECT id FROM webhook_deliveries WHERE state "+
		"<> 'waiting' AND changed_at < ? ORDER BY changed_at LIMIT 1000)", tx.Now()-micros(keptFor)).Error
}

// plain is a message in characters that can be written: what a site sends is bytes.
func plain(message string) string {
	return strings.ReplaceAll(strings.ToValidUTF8(message, "\ufffd"), "\x00", "\ufffd")
}
