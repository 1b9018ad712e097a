package desk

import (
	"context"
	"time"

	"claimbench/internal/auth"
	"claimbench/internal/fault"
	"claimbench/internal/history"
	"claimbench/internal/house"
	"claimbench/internal/store"
)

// Micros is a moment as the rows keep it.
type Micros = store.Micros

// MicrosOf truncates a time to it.
func MicrosOf(t time.Time) Micros { return store.MicrosOf(t) }

// Then is a moment of the past that a page is read at.
type Then struct {
	At   store.Micros // what was asked for
	Last store.Micros // when the last event before it happened
}

// Backwards gives a context under which everything is read as it stood at a moment, for auditors only: an auditor
// reviews nowhere, so no past tells a reviewer what a round hides from them. What may be seen is decided today: rights
// by the actor, take-downs by the articles' present state, erasures by what the history still holds.
func (d *Desk) Backwards(ctx context.Context, actor auth.Actor, at store.Micros) (_ context.Context, t Then,
	err error) {
	defer fault.In(&err, "desk.Backwards(%s)", at)
	if _, err := d.h.Policy.MayAnywhere(actor, auth.ThingHistory, auth.ReadAll); err != nil {
		return ctx, t, err
	}
	var past *store.Past
	err = d.look(ctx, actor, func(l *look) (err error) {
		if at > d.h.DB.Now() {
			return fault.New(fault.Invalid, "%s is still to come. Ask for a moment that has been.", at).
				With("asof", "This moment is still to come.")
		}
		if past, err = house.PastAt(l.rx, at); err != nil {
			return err
		}
		if past.Seq == 0 {
			return fault.New(fault.Invalid, "Nothing had happened here before %s. Ask for a later moment.", at).
				With("asof", "Nothing had happened here before.")
		}
		t.At, past.At = at, at
		t.Last, err = history.MomentOf(l.rx, past.Seq)
		return err
	})
	if err != nil {
		return ctx, t, err
	}
	return store.InPast(ctx, past), t, nil
}

// past is the moment at which everything is read, nil for now.
func (l *look) past() *store.Past { return store.PastOf(l.rx.Context()) }

// now is the moment of the page: that at which everything is read, or the present.
func (l *look) now() store.Micros {
	if then := l.past(); then != nil {
		return then.At
	}
	return l.h.DB.Now()
}
