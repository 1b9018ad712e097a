package webhooks

import (
	"context"
	"strconv"

	"claimbench/internal/fault"
	"claimbench/internal/history"
	"claimbench/internal/store"
)

const (
	// gatherPage is how many events one Write makes deliveries of.
	gatherPage = 500
	// mostWaiting is how many deliveries of a webhook wait; then it looks at no more events until some are taken.
	mostWaiting = 5000
	// behind is how many events the mark of a webhook may lie behind while nothing of it is told.
	behind = 5000
)

// Gather makes deliveries of what happened since it was called last, in the order in which it became known.
func (s *Service) Gather(ctx context.Context) (err error) {
	defer fault.In(&err, "webhooks.Gather()")
	var all []Webhook
	if err := s.db.Read(ctx, func(r *store.Rx) (err error) {
		all, err = store.Select[Webhook](r, "SELECT * FROM webhooks WHERE state = 'on' ORDER BY id")
		return err
	}); err != nil {
		return err
	}
	for _, w := range all {
		for more := true; more; {
			if more, err = s.gather(ctx, w); err != nil {
				return err
			}
		}
	}
	return nil
}

// happened is an event that is told.
type happened struct {
	Seq    int64        `gorm:"column:seq"`
	Action string       `gorm:"column:action"`
	Object string       `gorm:"column:object"`
	At     store.Micros `gorm:"column:at"`
	Veil   int64        `gorm:"column:veil"`
	Lifted bool         `gorm:"column:lifted"`
	Row    *string      `gorm:"column:row_is"`
}

// gather does one page of one webhook, and says whether there is more.
func (s *Service) gather(ctx context.Context, seen Webhook) (more bool, err error) {
	var found found
	if err := s.db.Read(ctx, func(r *store.Rx) (err error) {
		found, err = look(r, seen)
		return err
	}); err != nil || !found.some() {
		return false, err
	}
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		w, err := hold(tx, seen.ID)
		if err != nil || w.State != On {
			return err
		}
		if found, err = look(&tx.Rx, w); err != nil {
			return err
		}
		more = found.more
		return found.keep(tx, w)
	})
	return more, err
}

// found is what is new for a webhook.
type found struct {
	opened []happened // that a veil hid
	fresh  []happened
	seen   int64
	moved  bool // the mark is to be moved, though nothing is told
	more   bool
}

func (f found) some() bool { return len(f.opened)+len(f.fresh) > 0 || f.moved }

// look reads what is new for a webhook: first what a veil hid that is lifted now, for whatever ended the secret came
// after it.
func look(r *store.Rx, w Webhook) (f found, err error) {
	f.seen = w.SeenSeq
	waiting, _, err := store.One[int64](r, "SELECT COUNT(*) FROM (SELECT 1 FROM webhook_deliveries WHERE "+
		"webhook_id = ? AND state = 'waiting' LIMIT ?) AS d", w.ID, mostWaiting)
	if err != nil || waiting >= mostWaiting {
		return f, err
	}
	if f.opened, err = store.Select[happened](r, "SELECT e.seq, e.action, e.object, e.at, e.veil, TRUE AS lifted, "+
		"COALESCE(e.row_after, e.row_before) AS row_is FROM webhook_held AS h JOIN veils AS v ON v.veil = h.veil JOIN "+
		"events AS e ON e.seq = h.event_seq WHERE h.webhook_id = ? ORDER BY h.event_seq LIMIT ?", w.ID,
		gatherPage); err != nil || len(f.opened) == gatherPage {
		f.more = err == nil
		return f, err
	}
	size, err := history.Size(r)
	if err != nil || size <= w.SeenSeq {
		return f, err
	}
	if f.fresh, err = store.Select[happened](r, "SELECT e.seq, e.action, e.object, e.at, e.veil, (e.veil = 0 OR "+
		"EXISTS (SELECT 1 FROM veils AS v WHERE v.veil = e.veil)) AS lifted, COALESCE(e.row_after, e.row_before) "+
		"AS row_is FROM events AS e WHERE e.collection_id = ? AND e.seq > ? AND e.seq <= ? AND e.action IN ? ORDER BY "+
		"e.seq LIMIT ?", w.CollectionID, w.SeenSeq, size, actions(w.Told()), gatherPage); err != nil {
		return f, err
	}
	if f.seen = size; len(f.fresh) == gatherPage {
		f.seen, f.more = f.fresh[gatherPage-1].Seq, true
	}
	f.moved = f.seen > w.SeenSeq+behind
	return f, nil
}

// keep makes deliveries of what is told, and keeps back what a veil hides.
func (f found) keep(tx *store.Tx, w Webhook) error {
	if len(f.opened) > 0 {
		if err := tx.Gorm().Where("webhook_id = ? AND event_seq IN ?", w.ID, seqs(f.opened)).Delete(
			&heldRow{}).Error; err != nil {
			return err
		}
	}
	all := append([]happened{}, f.opened...)
	var held []heldRow
	for _, h := range f.fresh {
		if h.Lifted {
			all = append(all, h)
		} else {
			held = append(held, heldRow{w.ID, h.Seq, h.Veil})
		}
	}
	if len(held) > 0 {
		if err := tx.Gorm().CreateInBatches(&held, 100).Error; err != nil {
			return err
		}
	}
	made, err := deliveries(tx, &w, all)
	if err != nil {
		return err
	}
	if len(made) > 0 {
		if err := tx.Gorm().CreateInBatches(&made, 50).Error; err != nil {
			return err
		}
	}
	return tx.Gorm().Model(&Webhook{}).Where("id = ?", w.ID).Updates(map[string]any{"seen_seq": f.seen,
		"last_number": w.Last}).Error
}

// deliveries are those of events; what tells of something protected makes none.
func deliveries(tx *store.Tx, w *Webhook, all []happened) (out []Delivery, err error) {
	objects := make([]string, len(all))
	for i, h := range all {
		objects[i] = h.Object
	}
	hidden, err := history.HiddenAmong(&tx.Rx, objects)
	if err != nil {
		return nil, err
	}
	for _, h := range all {
		if hidden[h.Object] {
			continue
		}
		w.Last++
		claim, err := claimOf(h)
		if err != nil {
			return nil, err
		}
		out = append(out, Delivery{WebhookID: w.ID, Number: w.Last, EventSeq: h.Seq, Action: h.Action, Object: h.Object,
			ClaimID: claim, At: h.At, State: Waiting, ChangedAt: tx.Now()})
	}
	return out, nil
}

// claimOf is the number of the claim that an event is about; 0 for none.
func claimOf(h happened) (int64, error) {
	if n, is := history.Number(h.Object, "claim"); is {
		return n, nil
	}
	f, err := history.DecodeRow(h.Row)
	if err != nil || f["claim"] == "" {
		return 0, err
	}
	n, err := strconv.ParseInt(f["claim"], 10, 64)
	if err != nil {
		return 0, nil // a row of another kind, whose field is no number
	}
	return n, nil
}

func seqs(all []happened) (out []int64) {
	for _, h := range all {
		out = append(out, h.Seq)
	}
	return out
}
