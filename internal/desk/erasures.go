package desk

import (
	"context"
	"slices"

	"claimbench/internal/auth"
	"claimbench/internal/erasures"
	"claimbench/internal/fault"
	"claimbench/internal/history"
	"claimbench/internal/store"
)

// erasuresPage is how many erasures a page has.
const erasuresPage = 50

// Erasures are what was asked to be erased from the history, newest first.
type Erasures struct {
	Frame Frame
	List  []ErasureSeen
	Next  store.Drawn // the last one, when there are more
	Asks  bool        // may ask for one
	Names Names
}

// ErasureSeen is an erasure with what the person may do with it.
type ErasureSeen struct {
	erasures.Erasure
	Void     bool // it was not confirmed in time, or who asked is no admin any more
	Left     bool // who asked is no admin any more
	Confirms bool
	Refuses  bool
}

// Erasures answers admins, and auditors about what they read the whole history of.
func (d *Desk) Erasures(ctx context.Context, actor auth.Actor, before store.Drawn) (out Erasures, err error) {
	defer fault.In(&err, "desk.Erasures(%q)", before)
	_, may := d.h.Policy.May(actor, auth.ThingHistory, auth.Erase, 0)
	if all, in := d.h.Policy.Collections(actor, auth.ThingHistory, auth.ReadAll); may != nil && !all && len(in) == 0 {
		return out, may // before anything is read
	}
	err = d.look(ctx, actor, func(l *look) error {
		out = Erasures{Asks: l.may(auth.ThingHistory, auth.Erase, 0), Names: l.names}
		all, within := l.h.Policy.Collections(l.actor, auth.ThingHistory, auth.ReadAll)
		switch {
		case out.Asks || all:
			within = nil
		case len(within) == 0:
			return l.must(auth.ThingHistory, auth.Erase, 0)
		}
		if out.Frame, err = l.frame(0); err != nil {
			return err
		}
		rows, err := erasures.List(l.rx, within, before, erasuresPage+1)
		if err != nil {
			return err
		}
		if len(rows) > erasuresPage {
			rows = rows[:erasuresPage]
			out.Next = rows[erasuresPage-1].Public
		}
		words := make([]*string, len(rows))
		for i := range rows {
			words[i] = &rows[i].Reason
		}
		if err := l.forget(0, words...); err != nil { // an admin may quote the texts of every collection
			return err
		}
		admins, err := l.h.Policy.Members(l.rx, auth.ThingHistory, auth.Erase, 0)
		if err != nil {
			return err
		}
		for _, e := range rows {
			left := !slices.ContainsFunc(admins, func(p auth.Person) bool { return p.ID == e.AskedBy })
			if within != nil && history.Kind(e.Object) == history.Erasures {
				e.Object = history.Erasures // its name has the number of an event
			}
			out.List = append(out.List, l.erasure(e, left))
		}
		return nil
	})
	return out, err
}

// ErasureNamed reads one, for those who ask for them.
func (d *Desk) ErasureNamed(ctx context.Context, actor auth.Actor, name store.Drawn) (out ErasureSeen, err error) {
	defer fault.In(&err, "desk.ErasureNamed(%q)", name)
	err = d.look(ctx, actor, func(l *look) error {
		if err := l.must(auth.ThingHistory, auth.Erase, 0); err != nil {
			return err
		}
		e, err := erasures.ByName(l.rx, name)
		if err != nil {
			return err
		}
		out = l.erasure(e, false)
		return l.forget(0, &out.Reason)
	})
	return out, err
}

// Erasure is one that the person has just asked for, confirmed or refused, as it is shown to them.
func (d *Desk) Erasure(ctx context.Context, actor auth.Actor, e erasures.Erasure) (_ ErasureJSON, err error) {
	defer fault.In(&err, "desk.Erasure(%s)", e.Public)
	err = d.look(ctx, actor, func(l *look) error { return l.forget(0, &e.Reason) })
	return ErasureOf(e), err
}

func (l *look) erasure(e erasures.Erasure, left bool) ErasureSeen {
	waits, asks := e.Waits(l.h.DB.Now()), l.may(auth.ThingHistory, auth.Erase, 0)
	l.name(e.AskedBy)
	if e.EndedBy != nil {
		l.name(*e.EndedBy)
	}
	left = left && waits
	return ErasureSeen{Erasure: e, Void: e.State == erasures.Asked && (left || !waits), Left: left,
		Confirms: waits && !left && asks && e.AskedBy != l.actor.UserID, Refuses: waits && asks}
}

// ErasureJSON is an erasure for programs.
type ErasureJSON struct {
	ID      store.Drawn    `json:"id"`
	Object  string         `json:"object"`
	Text    string         `json:"text"`
	Reason  string         `json:"reason"`
	State   erasures.State `json:"state"`
	Void    bool           `json:"void,omitempty"` // it was not confirmed in time, or who asked is no admin now
	AskedBy auth.UserID    `json:"asked_by"`
	AskedAt Time           `json:"asked_at"`
	Until   Time           `json:"until"`
	EndedBy auth.UserID    `json:"ended_by,omitempty"` // who confirmed or refused it
	EndedAt *Time          `json:"ended_at,omitempty"`
	Erased  int64          `json:"erased,omitempty"` // how many texts went
}

// ErasureOf is an erasure for programs.
func ErasureOf(e erasures.Erasure) ErasureJSON {
	out := ErasureJSON{ID: e.Public, Object: e.Object, Text: e.Name, Reason: e.Reason, State: e.State,
		AskedBy: e.AskedBy, AskedAt: Time(e.AskedAt), Until: Time(e.Until), EndedAt: timeOf(e.EndedAt),
		Erased: e.Erased}
	if e.EndedBy != nil {
		out.EndedBy = *e.EndedBy
	}
	return out
}

// JSON is it for programs.
func (e ErasureSeen) JSON() ErasureJSON {
	out := ErasureOf(e.Erasure)
	out.Void = e.Void
	return out
}

// JSON is the page for programs.
func (e Erasures) JSON() List[ErasureJSON] {
	out := List[ErasureJSON]{Next: string(e.Next)}
	for _, x := range e.List {
		out.Items = append(out.Items, x.JSON())
	}
	return out
}
