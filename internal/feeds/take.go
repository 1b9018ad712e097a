package feeds

import (
	"context"
	"errors"
	"time"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/fault"
	"claimbench/internal/history"
	"claimbench/internal/store"
)

// MostAtOnce is how many items are taken, or let pass, at once.
const MostAtOnce = 200

// take lets items become articles: the page of each that has an address is asked for in the same Write, the others wait
// for Run.
func (s *Service) take(tx *store.Tx, actor auth.Actor, f Feed, items []Item) error {
	var pages []string
	var asked, own []ItemID
	for _, it := range items {
		if it.Address != "" {
			pages, asked = append(pages, it.Address), append(asked, it.ID)
		} else {
			own = append(own, it.ID)
		}
	}
	if len(pages) > 0 {
		if err := s.web.AskIn(tx, actor, f.CollectionID, pages); err != nil {
			return err
		}
		if err := tx.Gorm().Exec("UPDATE feed_items SET state = 'taken', taker = ? WHERE id IN ?", actor.UserID,
			asked).Error; err != nil {
			return err
		}
	}
	if len(own) == 0 {
		return nil
	}
	tx.AfterCommit(func() {
		select {
		case s.wake <- struct{}{}:
		default:
		}
	})
	return tx.Gorm().Exec("UPDATE feed_items SET state = 'taking', taker = ? WHERE id IN ?", actor.UserID, own).Error
}

// Take takes items of a feed that wait, in the name of the person who chooses them. It gives how many.
func (s *Service) Take(ctx context.Context, actor auth.Actor, id ID, ids []ItemID) (n int, err error) {
	defer fault.In(&err, "feeds.Take(%d)", id)
	return s.choose(ctx, actor, id, ids, func(tx *store.Tx, f Feed, items []Item) error {
		return s.take(tx, actor, f, items)
	})
}

// Pass lets items of a feed that wait go by. They do not come again.
func (s *Service) Pass(ctx context.Context, actor auth.Actor, id ID, ids []ItemID) (n int, err error) {
	defer fault.In(&err, "feeds.Pass(%d)", id)
	return s.choose(ctx, actor, id, ids, func(tx *store.Tx, _ Feed, _ []Item) error {
		return tx.Gorm().Exec("UPDATE feed_items SET state = 'passed', raw = '', taker = ? WHERE id IN ?", actor.UserID,
			ids).Error
	})
}

func (s *Service) choose(ctx context.Context, actor auth.Actor, id ID, ids []ItemID,
	do func(*store.Tx, Feed, []Item) error) (n int, err error) {
	f, _, err := s.may(ctx, actor, id)
	if err != nil {
		return 0, err
	}
	if len(ids) == 0 || len(ids) > MostAtOnce {
		return 0, fault.New(fault.Invalid, "Choose one to %d items.", MostAtOnce).With("item", "Choose some.")
	}
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		if err := tx.Alone("feeds:" + history.Num(f.CollectionID)); err != nil {
			return err
		}
		items, err := store.Select[Item](&tx.Rx, "SELECT * FROM feed_items WHERE feed_id = ? AND id IN ? AND "+
			"state = 'open' ORDER BY id", id, ids)
		if err != nil {
			return err
		}
		if n = len(items); n != len(ids) {
			return fault.New(fault.Conflict, "Some of these items do not wait any more. Look at the list again.")
		}
		return do(tx, f, items)
	})
	return n, err
}

// errTaken says that another process took the item.
var errTaken = errors.New("the item was taken by another process")

const lookEvery = 5 * time.Second

// Run takes in the items that have no address, one after the other, until ctx ends.
func (s *Service) Run(ctx context.Context) {
	tick := time.NewTicker(lookEvery)
	defer tick.Stop()
	for {
		for did := true; did && ctx.Err() == nil; {
			var err error
			if did, err = s.takeOne(ctx); err != nil && ctx.Err() == nil {
				s.log.Warn("an item of a feed cannot be taken in", "err", err)
				break
			}
		}
		select {
		case <-ctx.Done():
			return
		case <-s.wake:
		case <-tick.C:
		}
	}
}

// takeOne takes in the item that waits longest.
func (s *Service) takeOne(ctx context.Context) (did bool, err error) {
	var it Item
	var f Feed
	if err := s.db.Read(ctx, func(r *store.Rx) (err error) {
		if it, did, err = store.One[Item](r, "SELECT * FROM feed_items WHERE state = 'taking' ORDER BY id LIMIT "+
			"1"); err !=
			nil || !did {
			return err
		}
		f, err = ByID(r, it.FeedID)
		return err
	}); err != nil || !did {
		return false, err
	}
	err = s.takeIn(ctx, f, it)
	if kind := fault.KindOf(err); err != nil && !errors.Is(err, errTaken) && kind != fault.Unavailable &&
		kind != fault.Unknown && ctx.Err() == nil {
		note := fault.Message(err)
		if closed := (*articles.Closed)(nil); errors.As(err, &closed) {
			note = notTaken
		}
		err = s.db.Write(ctx, func(tx *store.Tx) error {
			return tx.Gorm().Exec("UPDATE feed_items SET state = 'passed', raw = '', note = ? WHERE id = ? AND "+
				"state = 'taking'", note, it.ID).Error
		})
	}
	if errors.Is(err, errTaken) {
		err = nil
	}
	return true, err
}

// notTaken stands beside an item whose text is closed.
const notTaken = "This document is not taken in here."

// takeIn takes the text of an item in; what became of the item is kept in the very Write.
func (s *Service) takeIn(ctx context.Context, f Feed, it Item) error {
	actor, err := s.users.ActorByID(ctx, it.Taker, history.System, "feed")
	if err != nil {
		return err
	}
	in := articles.Import{Collection: f.CollectionID, Name: "The item", Later: true, Raw: it.Raw, Title: it.Title,
		Lang: it.Lang, Byline: it.Byline, Published: it.Published}
	in.Also = func(tx *store.Tx, out *articles.Imported) error {
		res := tx.Gorm().Exec("UPDATE feed_items SET state = 'taken', raw = '', article_id = ? WHERE id = ? AND "+
			"state = 'taking'", out.Article.ID, it.ID)
		if res.Error != nil {
			return res.Error
		}
		if res.RowsAffected != 1 {
			return errTaken
		}
		if out.Existing {
			return nil
		}
		return s.claims.ProposeIn(tx, actor, out.Article)
	}
	_, err = s.texts.Import(ctx, actor, in)
	return err
}
