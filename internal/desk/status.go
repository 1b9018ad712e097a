package desk

import (
	"context"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/claimset"
	"claimbench/internal/fault"
	"claimbench/internal/status"
)

// Statuses are the frozen sets of a collection, the newest first, with those whose status is at a public address.
type Statuses struct {
	Frame     Frame
	List      []claimset.Set
	Published map[claimset.ID]status.Publication
	Next      claimset.ID // before which the next page begins; 0 on the last
	Publishes bool        // may publish and withdraw
}

// Statuses answers for the page on which the status of sets is published.
func (d *Desk) Statuses(ctx context.Context, actor auth.Actor, c auth.CollectionID, before claimset.ID) (out Statuses,
	err error) {
	defer fault.In(&err, "desk.Statuses(%d, %d)", c, before)
	err = d.look(ctx, actor, func(l *look) (err error) {
		out = Statuses{}
		if err := l.must(auth.ThingStatus, auth.Read, c); err != nil {
			return err
		}
		if out.Frame, err = l.frame(c); err != nil {
			return err
		}
		out.Publishes = l.may(auth.ThingStatus, auth.Write, c)
		if out.List, err = status.Publishable(l.rx, c, before, setsPage+1); err != nil {
			return err
		}
		if len(out.List) > setsPage {
			out.List = out.List[:setsPage]
			out.Next = out.List[setsPage-1].ID
		}
		words, ids := []*string{}, make([]claimset.ID, len(out.List))
		for i := range out.List {
			words = append(words, articles.OwnWords(&out.List[i])...)
			ids[i] = out.List[i].ID
		}
		if err := l.forget(c, words...); err != nil {
			return err
		}
		out.Published, err = status.Of(l.rx, ids)
		return err
	})
	return out, err
}

// StatusJSON is a frozen set, and whether its status is at a public address, as programs read it.
type StatusJSON struct {
	Set         claimset.ID `json:"set"`
	Title       string      `json:"title"`
	N           int         `json:"n"`
	FrozenAt    *Time       `json:"frozen_at,omitempty"`
	Address     string      `json:"address,omitempty"` // path of the list; left out: it is not published
	PublishedAt *Time       `json:"published_at,omitempty"`
}

// StatusPath is the public path of a list.
func StatusPath(name string) string { return "/status/" + name }

// StatusOf is a set with its publication, nil when there is none.
func StatusOf(s claimset.Set, p *status.Publication) StatusJSON {
	out := StatusJSON{Set: s.ID, Title: s.Title, N: s.N, FrozenAt: timeOf(s.FrozenAt)}
	if p != nil {
		out.Address, out.PublishedAt = StatusPath(p.Name), timeOf(&p.PublishedAt)
	}
	return out
}

// JSON is the list for programs.
func (s Statuses) JSON() List[StatusJSON] {
	var out List[StatusJSON]
	for _, x := range s.List {
		var at *status.Publication
		if p, there := s.Published[x.ID]; there {
			at = &p
		}
		out.Items = append(out.Items, StatusOf(x, at))
	}
	if s.Next != 0 {
		out.Next = decimal(s.Next)
	}
	return out
}

// PublishedJSON is what became of the status of a set, as programs read it. The address stands in the list of the
// collection.
type PublishedJSON struct {
	Set       claimset.ID `json:"set"`
	Published bool        `json:"published"`
}
