package desk

import (
	"context"
	"slices"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/fault"
	"claimbench/internal/guidelines"
)

// Frame is what stands around every page: the collection it is in, and where this person may go.
type Frame struct {
	Collection *articles.Collection // nil: the person reads none
	Roles      []auth.Role          // held in the collection, or everywhere
	Tabs       []Tab                // in their order
	Search     bool                 // may search the collection
	Guide      bool                 // may read its guidelines
	Print      bool                 // may read what happened to its frozen sets
	Status     bool                 // may read the status of what was printed
	Shelf      bool                 // may read what others have checked already
	Requests   bool                 // may read what readers ask
	Import     bool                 // may import articles
	Gives      bool                 // may give its claims to others
	Tells      bool                 // may let programs elsewhere be told of it
	Unread     int                  // notices that they have not read, at most notices.CountCap
	Writes     bool                 // may work on the claims of the collection
	Past       bool                 // may read it as it stood at any moment
	Undo, Redo *Turn                // what the person may take back, and do again; nil for nothing
	Stays      *Turn                // their last act, where it is not taken back so; nil where Undo is not
}

// In is the collection of the page, 0 for none.
func (f Frame) In() auth.CollectionID {
	if f.Collection == nil {
		return 0
	}
	return f.Collection.ID
}

// Tab is a part of the workbench that has an entry in the navigation.
type Tab string

// The tabs. All but the last four are of a collection.
const (
	TabQueue       Tab = "queue"
	TabArticles    Tab = "articles"
	TabClaims      Tab = "claims"
	TabSets        Tab = "sets"
	TabHistory     Tab = "history"
	TabDashboard   Tab = "dashboard"
	TabUsers       Tab = "users"
	TabCollections Tab = "collections"
	TabSources     Tab = "sources"
	TabErasures    Tab = "erasures"
)

// entrance is what a tab asks: any one of these permissions.
type entrance struct {
	tab   Tab
	house bool // of the house, not of a collection
	any   []permission
}

type permission struct {
	thing  auth.Thing
	action auth.Action
}

var entrances = []entrance{
	{TabQueue, false, []permission{{auth.ThingReview, auth.Submit}, {auth.ThingReview, auth.ReadOpen}}},
	{TabArticles, false, []permission{{auth.ThingArticle, auth.Read}}},
	{TabClaims, false, []permission{{auth.ThingClaim, auth.Read}}},
	{TabSets, false, []permission{{auth.ThingClaimSet, auth.Read}}},
	{TabHistory, false, []permission{{auth.ThingHistory, auth.Read}}},
	{TabDashboard, false, []permission{{auth.ThingReview, auth.Read}}},
	{TabUsers, true, []permission{{auth.ThingUser, auth.Read}}},
	{TabCollections, true, []permission{{auth.ThingCollection, auth.Write}}},
	{TabSources, true, []permission{{auth.ThingSource, auth.Write}}},
	{TabErasures, true, []permission{{auth.ThingHistory, auth.Erase}}},
}

// Frame is the frame of a page that is in a collection, or with 0 of one that is in none: then it is that of the first
// collection that the person reads.
func (d *Desk) Frame(ctx context.Context, actor auth.Actor, c auth.CollectionID) (f Frame, err error) {
	defer fault.In(&err, "desk.Frame(%d)", c)
	err = d.look(ctx, actor, func(l *look) error {
		f, err = l.frame(c)
		return err
	})
	return f, err
}

// FrameOr is Frame of a collection that the person used before, or with one that they read no more, or that there is
// not, of the first that they read.
func (d *Desk) FrameOr(ctx context.Context, actor auth.Actor, last auth.CollectionID) (f Frame, err error) {
	defer fault.In(&err, "desk.FrameOr(%d)", last)
	if last > 0 && d.h.Policy.Allows(actor, auth.ThingCollection, auth.Read, last) {
		if f, err = d.Frame(ctx, actor, last); fault.KindOf(err) != fault.NotFound {
			return f, err
		}
	}
	return d.Frame(ctx, actor, 0)
}

func (l *look) frame(c auth.CollectionID) (f Frame, err error) {
	if l.framed != nil && c != 0 && l.framed.In() == c {
		return *l.framed, nil
	}
	col := l.col
	if c == 0 {
		if col, err = l.firstCollection(); err != nil {
			return f, err
		}
	} else if col == nil || col.ID != c {
		read, inForce, err := guidelines.CollectionOf(l.rx, c)
		if err != nil {
			return f, err
		}
		col, l.col, l.inForce = &read, &read, inForce
	}
	f = l.frameOf(col)
	err = l.own(&f)
	l.framed = &f
	return f, err
}

// firstCollection is the first that the person reads, nil when there is none.
func (l *look) firstCollection() (*articles.Collection, error) {
	all, ids := l.h.Policy.Collections(l.actor, auth.ThingCollection, auth.Read)
	first, err := articles.CollectionsIn(l.rx, all, ids, 1)
	if err != nil || len(first) == 0 {
		return nil, err
	}
	return &first[0], nil
}

func (l *look) frameOf(col *articles.Collection) Frame {
	f := Frame{Collection: col}
	in := auth.CollectionID(0)
	if col != nil {
		in = col.ID
		f.Search = l.may(auth.ThingSearch, auth.Read, in)
		f.Guide = l.may(auth.ThingGuideline, auth.Read, in)
		f.Print = l.may(auth.ThingClaimSet, auth.Read, in)
		f.Status = l.may(auth.ThingStatus, auth.Read, in)
		f.Shelf = l.may(auth.ThingShelf, auth.Read, in)
		f.Requests = l.may(auth.ThingRequest, auth.Read, in)
		f.Import = l.may(auth.ThingArticle, auth.Import, in)
		f.Gives = l.may(auth.ThingAssignment, auth.Give, in)
		f.Tells = l.may(auth.ThingSettings, auth.Write, 0)
		f.Past = l.may(auth.ThingHistory, auth.ReadAll, in)
	}
	for _, g := range l.actor.Grants {
		if (g.Collection == 0 || g.Collection == in) && !slices.Contains(f.Roles, g.Role) {
			f.Roles = append(f.Roles, g.Role)
		}
	}
	for _, e := range entrances {
		at := in
		if e.house {
			at = 0
		} else if col == nil {
			continue
		}
		if slices.ContainsFunc(e.any, func(p permission) bool { return l.may(p.thing, p.action, at) }) {
			f.Tabs = append(f.Tabs, e.tab)
		}
	}
	return f
}
