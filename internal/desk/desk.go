package desk

import (
	"context"
	"log/slog"
	"maps"
	"slices"
	"sync"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/fault"
	"claimbench/internal/house"
	"claimbench/internal/presence"
	"claimbench/internal/store"
)

// Desk answers the doors. It is made once for a House, and safe for use by several goroutines.
type Desk struct {
	h   *house.House
	log *slog.Logger

	pagesMu  sync.Mutex
	pagesKey []byte // nil until somebody needs it

	boards boards
	here   presence.Room // who looks at what now
}

// New makes the desk of a House. What a page can do without, and what failed, goes to log; nil is slog.Default().
func New(h *house.House, log *slog.Logger) *Desk {
	if log == nil {
		log = slog.Default()
	}
	return &Desk{h: h, log: log}
}

// look is one look at the database for one answer to one person: the snapshot, who asks, and what was read once.
type look struct {
	*Desk
	rx      *store.Rx
	actor   auth.Actor
	col     *articles.Collection // the one that was read last
	inForce int                  // the number of the version of its guidelines that is in force, 0: none
	framed  *Frame               // the one that was made last: a page and its panes are in one collection
	goneIn  map[auth.CollectionID]*claims.Gone
	names   Names // of everybody whom the answer names; read at the end of the look, in one query
}

// look runs f in one read transaction. f must not keep the look.
func (d *Desk) look(ctx context.Context, actor auth.Actor, f func(*look) error) error {
	return d.h.DB.Read(ctx, func(r *store.Rx) error {
		l := &look{Desk: d, rx: r, actor: actor, names: Names{}}
		if err := f(l); err != nil {
			return err
		}
		return l.readNames()
	})
}

// may says whether the person may do this in a collection (0: in none).
func (l *look) may(t auth.Thing, a auth.Action, c auth.CollectionID) bool {
	return l.h.Policy.Allows(l.actor, t, a, c)
}

// must is may, as a fault that names the roles that would do.
func (l *look) must(t auth.Thing, a auth.Action, c auth.CollectionID) error {
	_, err := l.h.Policy.May(l.actor, t, a, c)
	return err
}

// reads refuses what is in a collection of which the person does not read such things: it is not there for them.
func (l *look) reads(t auth.Thing, c auth.CollectionID, what string) error {
	if err := l.must(t, auth.Read, c); err != nil {
		return fault.Wrap(fault.NotFound, err, "There is no such %s.", what)
	}
	return nil
}

// Names says what people are called. It is read once for an answer, after everything that names somebody.
type Names map[auth.UserID]string

// all are the names of several, in their order.
func (n Names) all(ids []auth.UserID) []string {
	out := make([]string, len(ids))
	for i, id := range ids {
		out[i] = n.Of(id)
	}
	return out
}

// Of is a person's name; "someone" for one who is not named here, and "somebody" for one who is not known.
func (n Names) Of(id auth.UserID) string {
	if id == 0 {
		return "someone"
	}
	if name := n[id]; name != "" {
		return name
	}
	return "somebody"
}

// name says that the answer names these people; 0 is nobody. Their names are in l.names when the look has ended.
func (l *look) name(ids ...auth.UserID) {
	for _, id := range ids {
		if id != 0 {
			l.names[id] = ""
		}
	}
}

func (l *look) readNames() error {
	ids := slices.Sorted(maps.Keys(l.names))
	found, err := auth.Names(l.rx.Now(), ids) // on a page of the past too: who they are is known by today's name
	maps.Copy(l.names, found)
	return err
}
