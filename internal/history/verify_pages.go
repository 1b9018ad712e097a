package history

import (
	"context"
	"errors"
	"strings"

	"golang.org/x/mod/sumdb/tlog"

	"claimbench/internal/store"
)

// verifyPage is how many events are read at once.
const verifyPage = 2000

// page is a stretch of the history: events, their texts and the hashes stored with them, each by number; and what was
// computed of them.
type page struct {
	events []eventRow
	texts  []textRow
	hashes []hashRow

	leaves []tlog.Hash // of the events
	sums   [][32]byte  // of the texts that are not erased
	done   chan struct{}
}

// compute hashes what was read; it runs beside the reading and the comparing.
func (p *page) compute() {
	defer close(p.done)
	var buf []byte
	p.leaves, p.sums = make([]tlog.Hash, len(p.events)), make([][32]byte, len(p.texts))
	for i := range p.events {
		p.leaves[i], buf = leafHash(buf, &p.events[i])
	}
	for i := range p.texts {
		if t := &p.texts[i]; t.Salt != nil && t.Text != nil {
			p.sums[i], buf = textHashIn(buf, t.Salt, *t.Text)
		}
	}
}

// pages reads ahead: one core reads, others hash, while the verifier compares in order.
type pages struct {
	c      chan *page
	cancel context.CancelFunc
	done   chan struct{}
	err    error
	odd    map[string]bool // of pageReader; complete once done is closed
}

func readPages(ctx context.Context, rx *store.Rx) *pages {
	ctx, cancel := context.WithCancel(ctx)
	p := &pages{c: make(chan *page, 4), cancel: cancel, done: make(chan struct{}),
		odd: map[string]bool{}}
	go func() {
		defer close(p.done)
		defer close(p.c)
		p.err = p.read(ctx, rx)
	}()
	return p
}

// stop ends the reading; the transaction is free once it returns.
func (p *pages) stop() {
	p.cancel()
	<-p.done
}

func (p *pages) wait() error {
	<-p.done
	return p.err
}

func (p *pages) read(ctx context.Context, rx *store.Rx) error {
	r := pageReader{rx: rx, words: map[string]string{}, odd: p.odd}
	for last := int64(0); ; {
		pg, err := r.page(last)
		if err != nil {
			return err
		}
		if len(pg.events) == 0 {
			return nil
		}
		last = pg.events[len(pg.events)-1].Seq
		pg.done = make(chan struct{})
		go pg.compute()
		select {
		case p.c <- pg:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// pageReader reads pages. Words that come again and again (names, roles, actions) are kept once.
type pageReader struct {
	rx    *store.Rx
	words map[string]string
	odd   map[string]bool // tables in which a value is not of the kind that its column holds
}

// pagedTables are the tables that pageReader reads whole: it meets every value, so that nobody has to look at the kinds
// of their values apart.
var pagedTables = []string{eventRow{}.TableName(), textRow{}.TableName(), hashRow{}.TableName()}

// mostWords bounds the words that are kept.
const mostWords = 10_000

// word gives a word that does not hold the page that it came with, as long as there are not too many of them.
func (r *pageReader) word(s string) string {
	if w, ok := r.words[s]; ok {
		return w
	}
	if len(r.words) < mostWords {
		s = strings.Clone(s)
		r.words[s] = s
	}
	return s
}

// page reads the events after one, packed if the database can; a page in which a value is not of its column's kind is
// read value by value, which tells what it is.
func (r *pageReader) page(after int64) (*page, error) {
	if r.rx.Dialect() == store.SQLite {
		if pg, err := r.read(after, true); !errors.Is(err, errStrange) {
			return pg, err
		}
	}
	return r.read(after, false)
}

// errStrange says that a page holds a value that is not of its column's kind.
var errStrange = errors.New("a value is not of its column's kind")

const (
	eventColumns = "seq, at, user_id, user_name, role, via, request, batch, action, object, collection_id, veil, " +
		"row_before, row_after, texts, salt, token"
	textColumns = "seq, name, salt, text"
	hashColumns = "idx, hash"
)

func (r *pageReader) read(after int64, packed bool) (*page, error) {
	pg := &page{events: make([]eventRow, 0, verifyPage)}
	q := tableRead{table: eventRow{}.TableName(), columns: eventColumns, packed: packed}
	_, err := r.rows(q, "WHERE seq > ? ORDER BY seq LIMIT ?", []any{max(after, 0), verifyPage}, func(c *cells) {
		pg.events = append(pg.events, eventRow{})
		e := &pg.events[len(pg.events)-1]
		c.int(&e.Seq).int(&e.At).int(&e.UserID).text(&e.UserName).text(&e.Role).text(&e.Via).text(&e.Request)
		c.text(&e.Batch).text(&e.Action).text(&e.Object).int(&e.CollectionID).int(&e.Veil)
		c.textOrNone(&e.RowBefore).textOrNone(&e.RowAfter).text(&e.Texts).bytes(&e.Salt).int(&e.Token)
		e.UserName, e.Role, e.Via, e.Action = r.word(e.UserName), r.word(e.Role), r.word(e.Via), r.word(e.Action)
		if e.Texts == noTexts {
			e.Texts = noTexts
		}
	})
	if err != nil || len(pg.events) == 0 {
		return pg, err
	}
	last := pg.events[len(pg.events)-1].Seq
	if err := r.textsOf(pg, after, last, packed); err != nil {
		return pg, err
	}
	return pg, r.hashesOf(pg, tlog.StoredHashCount(after), tlog.StoredHashCount(last), packed)
}

// textsOf reads the texts of the events after one, up to the last.
func (r *pageReader) textsOf(pg *page, after, last int64, packed bool) error {
	pg.texts = make([]textRow, 0, 5*len(pg.events))
	q := tableRead{table: textRow{}.TableName(), columns: textColumns, packed: packed}
	where, args := "WHERE seq > ? AND seq <= ? ORDER BY seq, name", []any{after, last}
	for {
		more, err := r.rows(q, where, args, func(c *cells) {
			pg.texts = append(pg.texts, textRow{})
			t := &pg.texts[len(pg.texts)-1]
			c.int(&t.Seq).text(&t.Name).bytes(&t.Salt).textOrNone(&t.Text)
			t.Name = r.word(t.Name)
		})
		if err != nil || !more {
			return err
		}
		newest := pg.texts[len(pg.texts)-1]
		where = "WHERE seq >= ? AND (seq > ? OR name > ?) AND seq <= ? ORDER BY seq, name"
		args = []any{newest.Seq, newest.Seq, newest.Name, last}
	}
}

// hashesOf reads the hashes from one up to another.
func (r *pageReader) hashesOf(pg *page, from, to int64, packed bool) error {
	pg.hashes = make([]hashRow, 0, 2*len(pg.events)+64)
	q := tableRead{table: hashRow{}.TableName(), columns: hashColumns, packed: packed}
	for {
		more, err := r.rows(q, "WHERE idx >= ? AND idx < ? ORDER BY idx", []any{from, to}, func(c *cells) {
			pg.hashes = append(pg.hashes, hashRow{})
			h := &pg.hashes[len(pg.hashes)-1]
			c.int(&h.Idx).bytes(&h.Hash)
		})
		if err != nil || !more {
			return err
		}
		from = pg.hashes[len(pg.hashes)-1].Idx + 1
	}
}

// tableRead says how one of pagedTables is read.
type tableRead struct {
	table, columns string
	packed         bool
}

// rows reads rows of a table. more: they are packed, and not all fitted.
func (r *pageReader) rows(q tableRead, where string, args []any, each func(*cells)) (more bool, err error) {
	query := "SELECT " + q.columns + " FROM " + q.table + " " + where
	c := newCells(strings.Count(q.columns, ",") + 1)
	if q.packed {
		p, err := store.PackOf(r.rx, q.columns, query, args...)
		for c.pack = &p; err == nil && p.More(); {
			if each(c); c.strange {
				return false, errStrange
			}
		}
		return p.Full, err
	}
	err = scan(r.rx, query, args, func(scan func(...any) error) error {
		if err := scan(c.into...); err != nil {
			return err
		}
		c.at, c.scan, c.err = 0, scan, nil
		each(c)
		return c.err
	})
	if c.odd {
		r.odd[q.table] = true
	}
	return false, err
}

// scan reads rows without gorm's reflection: verifying reads every row there is.
func scan(rx *store.Rx, query string, args []any, each func(scan func(...any) error) error) error {
	rows, err := rx.Gorm().Raw(query, args...).Rows()
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := each(rows.Scan); err != nil {
			return err
		}
	}
	return rows.Err()
}
