package desk

import (
	"context"

	"claimbench/internal/addresses"
	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/fault"
	"claimbench/internal/watches"
)

// watchesPage is how many watches a page has.
const watchesPage = 100

// Watch is whether the address of an article is asked for again, what was found there, and what the person may do.
type Watch struct {
	Frame   Frame
	Article articles.Article
	Seen    watches.Seen
	Was     string // the text of the article, where another one waits; "" it is not whole yet
	Off     string // why it cannot be watched, in words for people; "" it can
	Today   string // YYYY-MM-DD
	Names   Names
	Decides bool // the person may watch, and decide about what was found
}

// Watch answers whoever reads the article.
func (d *Desk) Watch(ctx context.Context, actor auth.Actor, id articles.ID) (out Watch, err error) {
	defer fault.In(&err, "desk.Watch(%d)", id)
	err = d.look(ctx, actor, func(l *look) (err error) {
		out = Watch{Names: l.names, Today: watches.Today(d.h.DB.Now())}
		if out.Article, err = articles.ByID(l.rx, id); err != nil {
			return err
		}
		if err := l.reads(auth.ThingArticle, out.Article.CollectionID, "article"); err != nil {
			return err
		}
		if out.Frame, err = l.frame(out.Article.CollectionID); err != nil {
			return err
		}
		return l.watch(&out)
	})
	return out, err
}

func (l *look) watch(out *Watch) (err error) {
	a := out.Article
	out.Decides = l.may(auth.ThingArticle, auth.Import, a.CollectionID)
	_, fetches := addresses.Fetches(l.rx, a.CollectionID)
	for _, why := range []error{watches.Watchable(a), fetches} {
		if kind := fault.KindOf(why); why != nil && kind != fault.Conflict && kind != fault.Forbidden {
			return why
		} else if why != nil && out.Off == "" {
			out.Off = fault.Message(why)
		}
	}
	if out.Seen, err = watches.Of(l.rx, a); err != nil {
		return err
	}
	l.name(out.Seen.Watch.SetBy)
	for _, p := range out.Seen.Earlier {
		if p.DecidedBy != nil {
			l.name(*p.DecidedBy)
		}
	}
	if out.Seen.Open == nil {
		return nil
	}
	now, err := articles.TextOf(l.rx, a.ID, 0)
	if articles.IsComing(err) {
		return nil
	}
	out.Was = now.Revision.Raw
	return err
}

// On says whether the address is asked for now.
func (w Watch) On() bool { return w.Seen.Watch.Watches(w.Today) }

// ProposedJSON is a text that was found, for programs.
type ProposedJSON struct {
	ID        watches.ProposedID `json:"id"`
	State     watches.Fate       `json:"state"`
	Text      string             `json:"text,omitempty"` // of one that waits
	SHA256    string             `json:"sha256"`
	Silent    bool               `json:"changed_in_silence"`
	Stated    string             `json:"stated,omitempty"` // when the page says that it was changed last
	FoundAt   Time               `json:"found_at"`
	DecidedBy *auth.UserID       `json:"decided_by,omitempty"`
}

func proposedOf(p watches.Proposed) ProposedJSON {
	return ProposedJSON{ID: p.ID, State: p.State, Text: p.Raw, SHA256: p.SHA256, Silent: p.Silent, Stated: p.Stated,
		FoundAt: Time(p.FoundAt), DecidedBy: p.DecidedBy}
}

// WatchJSON is a watch for programs.
type WatchJSON struct {
	Article articles.ID        `json:"article"`
	Of      int64              `json:"article_version"` // to be sent when a text is taken
	On      bool               `json:"on"`
	Until   string             `json:"until,omitempty"`
	Gone    string             `json:"gone,omitempty"` // since which day the page is gone
	AskedAt *Time              `json:"asked_at,omitempty"`
	NextAt  *Time              `json:"next_at,omitempty"`
	Message string             `json:"message,omitempty"` // why the last try failed
	Open    *ProposedJSON      `json:"proposed,omitempty"`
	Earlier List[ProposedJSON] `json:"earlier"` // the last 20
	Version int64              `json:"version"`
}

// JSON is the watch for programs.
func (w Watch) JSON() WatchJSON {
	s := w.Seen
	out := WatchJSON{Article: w.Article.ID, Of: w.Article.Version, On: w.On(), Until: s.Watch.UntilDay,
		Gone: s.Watch.GoneDay, Version: s.Watch.Version}
	if s.AskedAt != 0 {
		out.AskedAt = timeOf(&s.AskedAt)
	}
	if s.Work != nil && w.On() {
		out.NextAt, out.Message = timeOf(&s.Work.NextAt), s.Work.Message
	}
	if s.Open != nil {
		p := proposedOf(*s.Open)
		out.Open = &p
	}
	for _, p := range s.Earlier {
		out.Earlier.Items = append(out.Earlier.Items, proposedOf(p))
	}
	return out
}

// WatchSetJSON is a watch that was set or ended, as programs read it.
type WatchSetJSON struct {
	Article articles.ID `json:"article"`
	Until   string      `json:"until"`
	On      bool        `json:"on"`
	Version int64       `json:"version"`
}

// WatchSetOf is a watch that was set or ended, for programs.
func WatchSetOf(w watches.Watch) WatchSetJSON {
	return WatchSetJSON{Article: w.ArticleID, Until: w.UntilDay, On: w.State == watches.On, Version: w.Version}
}

// ProposedRefusedJSON names the article of which a text was refused; what waits there now is on its watch.
type ProposedRefusedJSON struct {
	Article articles.ID `json:"article"`
}

// Watches are the articles of a collection that are watched, or whose found text waits.
type Watches struct {
	Frame Frame
	List  []watches.Line
	Next  watches.ID // before which the next page begins; 0 on the last
	Today string
}

// Watches answers whoever reads the articles of the collection.
func (d *Desk) Watches(ctx context.Context, actor auth.Actor, in auth.CollectionID, before watches.ID) (out Watches,
	err error) {
	defer fault.In(&err, "desk.Watches(%d, before %d)", in, before)
	err = d.look(ctx, actor, func(l *look) (err error) {
		out = Watches{Today: watches.Today(d.h.DB.Now())}
		if err := l.must(auth.ThingArticle, auth.Read, in); err != nil {
			return err
		}
		if out.Frame, err = l.frame(in); err != nil {
			return err
		}
		if out.List, err = watches.List(l.rx, in, before, watchesPage+1); err != nil {
			return err
		}
		if len(out.List) > watchesPage {
			out.List = out.List[:watchesPage]
			out.Next = out.List[watchesPage-1].ID
		}
		return nil
	})
	return out, err
}

// WatchLineJSON is a watched article in a list.
type WatchLineJSON struct {
	Article articles.ID `json:"article"`
	On      bool        `json:"on"`
	Until   string      `json:"until"`
	Gone    string      `json:"gone,omitempty"`
	Waits   bool        `json:"proposed"` // a text waits for a decision
}

// JSON is the list for programs.
func (w Watches) JSON() List[WatchLineJSON] {
	var out List[WatchLineJSON]
	for _, x := range w.List {
		out.Items = append(out.Items, WatchLineJSON{Article: x.ArticleID, On: x.Watches(w.Today), Until: x.UntilDay,
			Gone: x.GoneDay, Waits: x.Waits})
	}
	if w.Next != 0 {
		out.Next = decimal(w.Next)
	}
	return out
}
