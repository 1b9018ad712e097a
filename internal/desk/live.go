package desk

import (
	"context"

	"claimbench/internal/auth"
	"claimbench/internal/fault"
	"claimbench/internal/history"
	"claimbench/internal/store"
)

// newsPage is how many events are read at once, and newsPages how many pages one look reads at most; the next look goes
// on where this one ended.
const (
	newsPage  = 1000
	newsPages = 20
)

// NewsAtOnce is the most events that one call of News reads.
const NewsAtOnce = newsPage * newsPages

// Change says that something changed in a collection, never what.
type Change struct {
	Collection auth.CollectionID
	Object     string
	By         auth.UserID // who did it: what a person did is no news to them
}

// NewsJSON is what a live stream carries: that something changed in a collection, never what.
type NewsJSON struct {
	Topic  string `json:"topic"`  // "collection:1"
	Object string `json:"object"` // "" when much changed at once
}

// JSON is the message for a browser.
func (ch Change) JSON() NewsJSON { return NewsJSON{"collection:" + decimal(ch.Collection), ch.Object} }

// News gives what changed after an event, each thing once, and how far it read; -1 only finds out where the history
// stands. It is no one person's: events of an open round are veiled from everybody here, and Hears says who may hear of
// the rest.
func (d *Desk) News(ctx context.Context, last int64) (found []Change, next int64, err error) {
	defer fault.In(&err, "desk.News(%d)", last)
	err = d.h.DB.Read(ctx, func(r *store.Rx) error {
		found, next = nil, last
		size, err := history.Size(r)
		if err != nil || last < 0 || size == last {
			next = size
			return err
		}
		told := map[Change]bool{}
		for range newsPages {
			page, err := history.Changes(r, next, newsPage)
			if err != nil {
				return err
			}
			for _, ch := range page {
				next = ch.Seq
				m := Change{Collection: auth.CollectionID(ch.Collection), Object: ch.Object, By: auth.UserID(ch.By)}
				if ch.Collection != 0 && !told[m] {
					told[m] = true
					found = append(found, m)
				}
			}
			if len(page) < newsPage {
				next = size
				return nil
			}
		}
		return nil
	})
	return found, next, err
}

// Hears lists the changes in collections that a person reads, but for their own.
func (d *Desk) Hears(actor auth.Actor, all []Change) (out []Change) {
	reads := map[auth.CollectionID]bool{}
	for _, ch := range all {
		may, asked := reads[ch.Collection]
		if !asked {
			may = d.h.Policy.Allows(actor, auth.ThingClaim, auth.Read, ch.Collection)
			reads[ch.Collection] = may
		}
		if may && (ch.By == 0 || ch.By != actor.UserID) {
			ch.By = 0 // a message never says who
			out = append(out, ch)
		}
	}
	return out
}
