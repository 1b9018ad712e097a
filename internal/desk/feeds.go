package desk

import (
	"context"

	"claimbench/internal/addresses"
	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/fault"
	"claimbench/internal/feeds"
)

// How many feeds, and how many items of one, a page has.
const (
	feedsPage = 50
	itemsPage = 100
)

// Feeds are the feeds of a collection.
type Feeds struct {
	Frame Frame
	Off   string // why none is asked for, in words for people; "" they are
	List  []feeds.Line
	Next  feeds.ID // before which the next page begins; 0 on the last
}

// Feeds answers those who may import into the collection.
func (d *Desk) Feeds(ctx context.Context, actor auth.Actor, in auth.CollectionID, before feeds.ID) (out Feeds,
	err error) {
	defer fault.In(&err, "desk.Feeds(%d, before %d)", in, before)
	err = d.look(ctx, actor, func(l *look) (err error) {
		out = Feeds{}
		if err := l.must(auth.ThingArticle, auth.Import, in); err != nil {
			return err
		}
		if out.Frame, err = l.frame(in); err != nil {
			return err
		}
		if _, err := addresses.Fetches(l.rx, in); fault.KindOf(err) == fault.Forbidden {
			out.Off = fault.Message(err)
		} else if err != nil {
			return err
		}
		if out.List, err = feeds.List(l.rx, in, before, feedsPage+1); err != nil {
			return err
		}
		if len(out.List) > feedsPage {
			out.List = out.List[:feedsPage]
			out.Next = out.List[feedsPage-1].ID
		}
		return nil
	})
	return out, err
}

// Feed is one of them, with its items in one fate.
type Feed struct {
	Frame Frame
	Feed  feeds.Line
	State feeds.Fate
	Items []feeds.Item
	Next  feeds.ItemID // before which the next page begins; 0 on the last
	Names Names
}

// Feed answers those who may import into its collection.
func (d *Desk) Feed(ctx context.Context, actor auth.Actor, id feeds.ID, state feeds.Fate, before feeds.ItemID) (
	out Feed, err error) {
	defer fault.In(&err, "desk.Feed(%d)", id)
	err = d.look(ctx, actor, func(l *look) (err error) {
		out = Feed{Names: l.names, State: state}
		if state == "" {
			out.State = feeds.Open
		}
		if out.Feed, err = feeds.Of(l.rx, id); err != nil {
			return err
		}
		in := out.Feed.CollectionID
		if err := l.reads(auth.ThingArticle, in, "feed"); err != nil {
			return err
		}
		if err := l.must(auth.ThingArticle, auth.Import, in); err != nil {
			return err
		}
		if out.Frame, err = l.frame(in); err != nil {
			return err
		}
		l.name(out.Feed.SetBy)
		if out.Items, err = feeds.Items(l.rx, out.Feed.Feed, out.State, before, itemsPage+1); err != nil {
			return err
		}
		if len(out.Items) > itemsPage {
			out.Items = out.Items[:itemsPage]
			out.Next = out.Items[itemsPage-1].ID
		}
		var words []*string
		for i := range out.Items {
			words = append(words, articles.OwnWords(&out.Items[i])...)
		}
		return l.forget(in, words...)
	})
	return out, err
}

// FeedJSON is a feed for programs.
type FeedJSON struct {
	ID       feeds.ID    `json:"id"`
	Address  string      `json:"address"`
	Mode     feeds.Mode  `json:"mode"`
	State    feeds.State `json:"state"`
	Title    string      `json:"title,omitempty"`    // as the feed calls itself
	Answered string      `json:"answered,omitempty"` // from where, when it led elsewhere
	Gone     string      `json:"gone,omitempty"`     // since which day
	AskedAt  *Time       `json:"asked_at,omitempty"`
	NextAt   *Time       `json:"next_at,omitempty"`
	Message  string      `json:"message,omitempty"` // why the last try failed
	Waits    int         `json:"waits"`             // items to choose from
	Version  int64       `json:"version"`
}

func feedOf(f feeds.Line) FeedJSON {
	out := FeedJSON{ID: f.ID, Address: f.Address, Mode: f.Mode, State: f.State, Title: f.Title, Answered: f.Answered,
		Gone: f.GoneDay, Message: f.Message, Waits: f.Waits, Version: f.Version}
	if f.AskedAt != 0 {
		out.AskedAt = timeOf(&f.AskedAt)
	}
	if f.NextAt != 0 {
		out.NextAt = timeOf(&f.NextAt)
	}
	return out
}

// FeedSetOf is a feed that was set or ended, for programs.
func FeedSetOf(f feeds.Feed) FeedSetJSON {
	return FeedSetJSON{ID: f.ID, Mode: f.Mode, State: f.State, Version: f.Version}
}

// FeedSetJSON is a feed that was set or ended.
type FeedSetJSON struct {
	ID      feeds.ID    `json:"id"`
	Mode    feeds.Mode  `json:"mode"`
	State   feeds.State `json:"state"`
	Version int64       `json:"version"`
}

// JSON is the list for programs.
func (f Feeds) JSON() List[FeedJSON] {
	var out List[FeedJSON]
	for _, x := range f.List {
		out.Items = append(out.Items, feedOf(x))
	}
	if f.Next != 0 {
		out.Next = decimal(f.Next)
	}
	return out
}

// FeedItemJSON is an item of a feed; one of a protected article has neither title nor address.
type FeedItemJSON struct {
	ID        feeds.ItemID `json:"id"`
	State     feeds.Fate   `json:"state"`
	Title     string       `json:"title"`
	Address   string       `json:"address,omitempty"`
	Published string       `json:"published,omitempty"`
	Note      string       `json:"note,omitempty"` // why it could not be taken
	Article   *articles.ID `json:"article,omitempty"`
	FoundAt   Time         `json:"found_at"`
}

// FeedPageJSON is a feed with its items.
type FeedPageJSON struct {
	FeedJSON
	Found List[FeedItemJSON] `json:"found"`
}

// JSON is the feed for programs.
func (f Feed) JSON() FeedPageJSON {
	out := FeedPageJSON{FeedJSON: feedOf(f.Feed)}
	for _, x := range f.Items {
		out.Found.Items = append(out.Found.Items, FeedItemJSON{ID: x.ID, State: x.State, Title: x.Title,
			Address: x.Address, Published: x.Published, Note: x.Note, Article: x.ArticleID, FoundAt: Time(x.FoundAt)})
	}
	if f.Next != 0 {
		out.Found.Next = decimal(f.Next)
	}
	return out
}
