package desk

import (
	"context"
	"slices"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/fault"
	"claimbench/internal/notices"
)

const (
	peoplePage      = 200 // people on one page
	collectionsPage = 500 // collections that a page or a choice holds
)

// Person is somebody as those see them who run the house.
type Person struct {
	ID          auth.UserID `json:"id"`
	Name        string      `json:"name"`
	Display     string      `json:"display"`
	Enabled     bool        `json:"enabled"`
	Demo        bool        `json:"demo"`
	HasPassword bool        `json:"has_password"`
	Grants      []Grant     `json:"grants"`
	At          Time        `json:"at"`
	Version     int64       `json:"version"`
}

// Grant is a role held in a collection, or with collection 0 everywhere.
type Grant struct {
	Role           auth.Role         `json:"role"`
	Collection     auth.CollectionID `json:"collection"`
	CollectionName string            `json:"collection_name,omitempty"` // "" for everywhere, and for one not read
}

// People are users, a page of them or one, with what the reader may do.
type People struct {
	Frame       Frame
	List        List[Person]
	Collections []articles.Collection // in which a role may be given
	Writes      bool                  // may add, enable and disable people, make links, end sessions
	Grants      bool                  // may give and take roles
	History     bool                  // may read their history
}

// People lists users by name, after the name that the page before ended with.
func (d *Desk) People(ctx context.Context, actor auth.Actor, after string) (p People, err error) {
	defer fault.In(&err, "desk.People")
	err = d.look(ctx, actor, func(l *look) error {
		if p, err = l.people(); err != nil {
			return err
		}
		users, err := auth.UsersAfter(l.rx, after, peoplePage+1)
		if err != nil {
			return err
		}
		if len(users) > peoplePage {
			users = users[:peoplePage]
			p.List.Next = users[peoplePage-1].Name
		}
		for _, u := range users {
			p.List.Items = append(p.List.Items, personOf(u, p.Collections))
		}
		return nil
	})
	return p, err
}

// Person reads one user.
func (d *Desk) Person(ctx context.Context, actor auth.Actor, id auth.UserID) (p People, err error) {
	defer fault.In(&err, "desk.Person(%d)", id)
	err = d.look(ctx, actor, func(l *look) error {
		if p, err = l.people(); err != nil {
			return err
		}
		u, err := auth.UserByID(l.rx, id)
		p.List.Items = []Person{personOf(u, p.Collections)}
		return err
	})
	return p, err
}

// people is what both have around them.
func (l *look) people() (p People, err error) {
	if err := l.must(auth.ThingUser, auth.Read, 0); err != nil {
		return p, err
	}
	p = People{Writes: l.may(auth.ThingUser, auth.Write, 0), Grants: l.may(auth.ThingRole, auth.GrantRole, 0),
		History: l.may(auth.ThingHistory, auth.Read, 0)}
	if p.Frame, err = l.frame(0); err != nil {
		return p, err
	}
	p.Collections, err = l.collections()
	return p, err
}

func (l *look) collections() ([]articles.Collection, error) {
	all, ids := l.h.Policy.Collections(l.actor, auth.ThingCollection, auth.Read)
	return articles.CollectionsIn(l.rx, all, ids, collectionsPage)
}

func personOf(u auth.User, known []articles.Collection) Person {
	return Person{ID: u.ID, Name: u.Name, Display: u.Display, Enabled: u.Enabled, Demo: u.Demo,
		HasPassword: u.HasPassword, Grants: grantsOf(u.Grants, known), At: Time(u.At), Version: u.Version}
}

func grantsOf(held []auth.Grant, known []articles.Collection) []Grant {
	out := make([]Grant, len(held))
	for i, g := range held {
		out[i] = Grant{Role: g.Role, Collection: g.Collection}
		for _, c := range known {
			if c.ID == g.Collection {
				out[i].CollectionName = c.Name
			}
		}
	}
	return out
}

// Settings are a person's own.
type Settings struct {
	Mail    notices.MailChoice
	Frame   Frame
	User    string
	Display string
	Grants  []Grant
	Reads   []string // languages, by their tags; none: all
}

// Settings answers a person's own page.
func (d *Desk) Settings(ctx context.Context, actor auth.Actor) (s Settings, err error) {
	defer fault.In(&err, "desk.Settings")
	err = d.look(ctx, actor, func(l *look) error {
		if s.Frame, err = l.frame(0); err != nil {
			return err
		}
		known, err := l.collections()
		s.User, s.Display, s.Grants, s.Reads = actor.Name, actor.Display, grantsOf(actor.Grants, known), actor.Reads
		if err == nil {
			s.Mail, err = notices.MailOf(l.rx, actor.UserID)
		}
		return err
	})
	return s, err
}

// Collections are those that a person reads.
type Collections struct {
	Frame Frame
	List  []CollectionSeen
	Opens bool // may open another
}

// CollectionSeen is a collection in the list.
type CollectionSeen struct {
	articles.Collection
	Roles    []auth.Role
	Articles *int // at most articles.CountCap + 1; nil: they read none
	First    Tab  // where to enter it; "" nowhere
	Rules    bool // may change its rules
}

// Collections answers the page of collections.
func (d *Desk) Collections(ctx context.Context, actor auth.Actor) (s Collections, err error) {
	defer fault.In(&err, "desk.Collections")
	err = d.look(ctx, actor, func(l *look) error {
		s = Collections{Opens: l.may(auth.ThingCollection, auth.Write, 0)}
		if s.Frame, err = l.frame(0); err != nil {
			return err
		}
		all, err := l.collections()
		if err != nil {
			return err
		}
		ids := make([]auth.CollectionID, len(all))
		for i, c := range all {
			ids[i] = c.ID
		}
		counts, err := articles.Counts(l.rx, ids)
		for _, c := range all {
			s.List = append(s.List, l.collectionSeen(c, counts[c.ID]))
		}
		return err
	})
	return s, err
}

func (l *look) collectionSeen(c articles.Collection, n int) CollectionSeen {
	f := l.frameOf(&c)
	seen := CollectionSeen{Collection: c, Roles: f.Roles, Rules: l.may(auth.ThingSettings, auth.Write, c.ID)}
	if l.may(auth.ThingArticle, auth.Read, c.ID) {
		seen.Articles = &n
	}
	if len(f.Tabs) > 0 && !slices.Contains([]Tab{TabUsers, TabCollections}, f.Tabs[0]) {
		seen.First = f.Tabs[0]
	}
	return seen
}
