package requests

import (
	"context"

	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/deeds"
	"claimbench/internal/fault"
	"claimbench/internal/history"
	"claimbench/internal/store"
)

// work is the Write of one act: who does it, and, where it takes another back, why and with what.
type work struct {
	tx            *store.Tx
	who           history.Who
	actor         auth.Actor
	reason, batch string
}

// change does one act to a request, and to those like it where it was asked for, in one Write, as one deed.
func (s *Service) change(ctx context.Context, actor auth.Actor, need auth.Action, kind string, a Act,
	do func(*work, Request, []Link) (Request, error)) (out Done, err error) {
	seen, err := s.mayRead(ctx, actor, a.ID)
	if err != nil {
		return out, err
	}
	who, err := s.policy.May(actor, auth.ThingRequest, need, seen.CollectionID)
	if err != nil {
		return out, err
	}
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		out = Done{}
		w := &work{tx: tx, who: who, actor: actor}
		all, left, err := reached(tx, seen.CollectionID, a)
		if err != nil {
			return err
		}
		out.Left, out.Others = left, len(all)-1
		parts := make([]part, len(all))
		for i, x := range all {
			have, err := LinksOf(&tx.Rx, x.ID)
			if err != nil {
				return err
			}
			after, err := do(w, x, have)
			if err != nil {
				return err
			}
			if err := w.save(x, &after, actions[after.State]); err != nil {
				return err
			}
			if parts[i] = partOf(x, have, after); i == 0 {
				out.Request = after
			}
		}
		return note(w, kind, parts)
	})
	return out, err
}

// reached reads the request of an act, and those like it in the same state where they are meant, too; left says that
// there are more. No other act on requests of the collection goes on beside this one.
func reached(tx *store.Tx, in auth.CollectionID, a Act) (all []Request, left bool, err error) {
	if err := tx.Alone("requests:" + history.Num(in)); err != nil {
		return nil, false, err
	}
	now, err := ByID(&tx.Rx, a.ID)
	if err != nil {
		return nil, false, err
	}
	if err := Decidable(now); err != nil {
		return nil, false, err
	}
	if now.Version != a.Version {
		return nil, false, fault.Stale("Somebody else decided about this request. Look again, and choose.")
	}
	if all = []Request{now}; !a.Alike || now.HeadID == 0 {
		return all, false, nil
	}
	more, err := store.Select[Request](&tx.Rx, "SELECT * FROM requests WHERE head_id = ? AND state = ? AND id <> ? "+
		"ORDER BY id LIMIT ?", now.HeadID, now.State, now.ID, mostAtOnce+1)
	return append(all, more[:min(len(more), mostAtOnce)]...), len(more) > mostAtOnce, err
}

// actions are what the history calls a request that came into a state.
var actions = map[State]string{Received: "request.reopened", Checking: "request.checking",
	NotChecked: "request.refused", Withheld: "request.withheld"}

// save writes a request that was decided about.
func (w *work) save(before Request, after *Request, action string) error {
	after.DecidedBy, after.DecidedAt = &w.actor.UserID, w.tx.Now()
	return w.keep(before, after, action)
}

// keep writes a request, with its event.
func (w *work) keep(before Request, after *Request, action string) error {
	after.Version = before.Version + 1
	if err := w.tx.Gorm().Save(after).Error; err != nil {
		return err
	}
	return w.record(action, Object(after.ID), *after, fields(before), fields(*after), texts(*after))
}

// link says that claims say what was asked.
func (w *work) link(x Request, ids []claims.ID) error {
	for _, id := range ids {
		l := Link{CollectionID: x.CollectionID, RequestID: x.ID, ClaimID: id, LinkedBy: w.actor.UserID,
			LinkedAt: w.tx.Now()}
		if err := w.tx.Gorm().Create(&l).Error; err != nil {
			return err
		}
		if err := w.record("request.linked", linkObject(l.ID), x, nil, linkFields(l), nil); err != nil {
			return err
		}
	}
	return nil
}

func (w *work) unlink(x Request, links []Link) error {
	for _, l := range links {
		if err := w.tx.Gorm().Delete(&l).Error; err != nil {
			return err
		}
		if err := w.record("request.unlinked", linkObject(l.ID), x, linkFields(l), nil, nil); err != nil {
			return err
		}
	}
	return nil
}

func (w *work) record(action, object string, of Request, before, after history.Fields, with history.Texts) error {
	_, err := history.Append(w.tx, w.who, history.Event{Action: action, Object: object,
		Collection: int64(of.CollectionID), Before: before, After: after, Texts: with, Reason: w.reason,
		Batch: w.batch})
	return err
}

func note(w *work, kind string, parts []part) error {
	one := parts[0]
	d := deeds.Deed{Kind: kind, Object: Object(one.ID), CollectionID: one.in, Version: one.Version, Other: one.Was}
	if err := d.Hold(parts); err != nil {
		return err
	}
	return deeds.Note(w.tx, w.who, d)
}
