package feeds

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"
	"time"

	"claimbench/internal/addresses"
	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/fault"
	"claimbench/internal/history"
	"claimbench/internal/intake"
	"claimbench/internal/store"
	"claimbench/internal/text"
)

const (
	fewWords  = 200  // runes: a shorter text does not tell two items apart
	keysOnce  = 500  // keys that one query asks for
	mostTitle = 300  // runes of a title that are kept
	mostOpen  = 2000 // items of a feed that wait to be chosen; older ones pass
)

// Came is told what a visit brought: items that were not seen yet wait in the list, or are taken in.
func (s *Service) Came(ctx context.Context, actor auth.Actor, v addresses.Visit) (err error) {
	defer fault.In(&err, "feeds.Came(feed %d)", v.Address.Object)
	who, err := s.policy.May(actor, auth.ThingArticle, auth.Import, v.Address.CollectionID)
	if err != nil {
		return err
	}
	var doc intake.Document
	if v.Gone == nil && !v.Page.Unchanged {
		if doc, err = read(v); err != nil {
			return err
		}
	}
	return s.db.Write(ctx, func(tx *store.Tx) error { return s.keep(tx, actor, who, v, doc) })
}

// read reads what came as a feed, whatever the site says that it is.
func read(v addresses.Visit) (doc intake.Document, err error) {
	if doc, err = v.Read(); err != nil {
		return doc, fault.Wrap(fault.Invalid, err, "At this address is no feed that can be read: %s",
			fault.Message(err))
	}
	if doc.Items = append(doc.Items, doc.Bare...); len(doc.Items) == 0 || doc.Items[0].Reader != "feed" {
		return doc, fault.New(fault.Invalid, "At this address is a page, not a feed. Look on the site for its "+
			"feed: RSS, "+
			"Atom or JSON Feed.")
	}
	return doc, nil
}

// keep keeps what a visit brought, in one Write.
func (s *Service) keep(tx *store.Tx, actor auth.Actor, who history.Who, v addresses.Visit, doc intake.Document) error {
	f, err := hold(tx, ID(v.Address.Object))
	if err != nil {
		return err
	}
	last, known, err := store.One[Visit](&tx.Rx, "SELECT * FROM feed_visits WHERE feed_id = ?", f.ID)
	if err != nil {
		return err
	}
	fresh, err := unseen(tx, f, doc.Items)
	if err != nil {
		return err
	}
	next := last
	next.FeedID, next.AskedAt, next.Step = f.ID, tx.Now(), last.Step+1
	if len(fresh) > 0 || !known {
		next.Step = 0
	}
	if v.Gone == nil && !v.Page.Unchanged {
		next.Title, next.Note, next.Answered = cut(doc.Title), strings.Join(firstFew(doc.Notes), " "), ""
		if v.Page.Final != v.Address.Address {
			next.Answered = v.Page.Final
		}
	}
	if err := addresses.Later(tx, v, s.steps[min(next.Step, len(s.steps)-1)]); err != nil {
		return err
	}
	if err := keepGone(tx, who, f, v); err != nil {
		return err
	}
	if err := tx.Gorm().Save(&next).Error; err != nil {
		return err
	}
	// What stood there before anybody asked for the feed is no news: it waits to be chosen.
	return s.add(tx, actor, f, fresh, f.Mode == Take && known)
}

func firstFew(notes []string) []string { return notes[:min(len(notes), 3)] }

func cut(s string) string {
	if r := []rune(s); len(r) > mostTitle {
		return string(r[:mostTitle]) + "…"
	}
	return s
}

// keysOf are by what an item is known again: how the feed names it, its address, and its words where it has no address
// or many words. The oldest of several feeds that name items anew each time is its address.
func keysOf(d intake.Document) (out []string) {
	add := func(kind, s string) {
		if s = strings.TrimSpace(s); s != "" {
			sum := sha256.Sum256([]byte(kind + "\x00" + s))
			out = append(out, hex.EncodeToString(sum[:16]))
		}
	}
	add("id", d.GUID)
	if d.URL != "" {
		add("address", articles.Bare(d.URL))
	}
	words := d.Text
	if body := strings.TrimSpace(strings.TrimPrefix(words, d.Title)); body != "" {
		words = body // the same words under another title are no other item
	}
	if words = text.Fold(words); d.URL == "" || len([]rune(words)) > fewWords {
		add("words", words)
	}
	return out
}

// unseen gives the items that no key tells as seen, the oldest first, and keeps the keys of all.
func unseen(tx *store.Tx, f Feed, items []intake.Document) (fresh []intake.Document, err error) {
	var all []string
	for _, d := range items {
		all = append(all, keysOf(d)...)
	}
	seen := map[string]bool{}
	for part := range slices.Chunk(all, keysOnce) {
		rows, err := store.Select[key](&tx.Rx, "SELECT * FROM feed_keys WHERE feed_id = ? AND name IN ?", f.ID, part)
		if err != nil {
			return nil, err
		}
		for _, k := range rows {
			seen[k.Name] = true
		}
	}
	var add []key
	for _, d := range slices.Backward(items) { // feeds begin with the newest
		names := keysOf(d)
		if !slices.ContainsFunc(names, func(n string) bool { return seen[n] }) && len(names) > 0 {
			fresh = append(fresh, d)
		}
		for _, n := range names {
			if !seen[n] {
				seen[n] = true
				add = append(add, key{f.ID, n})
			}
		}
	}
	if len(add) == 0 {
		return fresh, nil
	}
	return fresh, tx.Gorm().CreateInBatches(add, keysOnce).Error
}

// add keeps new items: to choose from, or to be taken in.
func (s *Service) add(tx *store.Tx, actor auth.Actor, f Feed, fresh []intake.Document, take bool) error {
	if len(fresh) == 0 {
		return nil
	}
	rows := make([]Item, len(fresh))
	for i, d := range fresh {
		rows[i] = Item{FeedID: f.ID, State: Open, Title: cut(d.Title), Address: d.URL, Lang: d.Lang,
			Byline:    cut(d.Byline),
			Published: d.Published, FoundAt: tx.Now()}
		if d.URL == "" {
			rows[i].Raw = d.Text
		}
	}
	if err := tx.Gorm().CreateInBatches(rows, 50).Error; err != nil {
		return err
	}
	if err := tx.Gorm().Exec("UPDATE feed_items SET state = 'passed', raw = '' WHERE feed_id = ? AND state = "+
		"'open' AND "+
		"id < (SELECT MIN(id) FROM (SELECT id FROM feed_items WHERE feed_id = ? AND state = 'open' ORDER BY id DESC "+
		"LIMIT ?) AS newest)", f.ID, f.ID, mostOpen).Error; err != nil {
		return err
	}
	if !take {
		return nil
	}
	return s.take(tx, actor, f, rows)
}

// keepGone notes since when a feed is gone, and that it is there again.
func keepGone(tx *store.Tx, who history.Who, f Feed, v addresses.Visit) error {
	if (v.Gone != nil) == (f.GoneDay != "") {
		return nil
	}
	before, action := f, "feed.back"
	f.GoneDay = ""
	if v.Gone != nil {
		f.GoneDay, action = v.Page.Day.UTC().Format(time.DateOnly), "feed.gone"
	}
	f.Version++
	if err := tx.Gorm().Save(&f).Error; err != nil {
		return err
	}
	return record(tx, who, action, &before, f)
}
