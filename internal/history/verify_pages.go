package history

import (
	"context"

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
}

func readPages(ctx context.Context, rx *store.Rx) *pages {
	ctx, cancel := context.WithCancel(ctx)
	p := &pages{c: make(chan *page, 4), cancel: cancel, done: make(chan struct{})}
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
	r := pageReader{rx: rx, words: map[string]string{}}
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
}

// mostWords bounds the words that are kept.
const mostWords = 10_000

func (r *pageReader) word(b store.RawBytes) string {
	if w, ok := r.words[string(b)]; ok {
		return w
	}
	w := string(b)
	if len(r.words) < mostWords {
		r.words[w] = w
	}
	return w
}

func (r *pageReader) page(after int64) (*page, error) {
	pg := &page{events: make([]eventRow, 0, verifyPage)}
	var name, role, via, action, texts store.RawBytes
	err := scan(r.rx, `SELECT seq, at, user_id, user_name, role, via, request, batch, action, object, collection_id,
		veil, row_before, row_after, texts FROM events WHERE seq > ? ORDER BY seq LIMIT ?`,
		[]any{max(after, 0), verifyPage},
		func(scan func(...any) error) error {
			pg.events = append(pg.events, eventRow{})
			e := &pg.events[len(pg.events)-1]
			err := scan(&e.Seq, &e.At, &e.UserID, &name, &role, &via, &e.Request, &e.Batch, &action, &e.Object,
				&e.CollectionID, &e.Veil, &e.RowBefore, &e.RowAfter, &texts)
			e.UserName, e.Role, e.Via, e.Action = r.word(name), r.word(role), r.word(via), r.word(action)
			if e.Texts = noTexts; string(texts) != noTexts {
				e.Texts = string(texts)
			}
			return err
		})
	if err != nil || len(pg.events) == 0 {
		return pg, err
	}
	last := pg.events[len(pg.events)-1].Seq
	pg.texts = make([]textRow, 0, 2*len(pg.events))
	err = scan(r.rx, `SELECT seq, name, salt, text FROM event_texts WHERE seq > ? AND seq <= ? ORDER BY seq, name`,
		[]any{after, last},
		func(scan func(...any) error) error {
			pg.texts = append(pg.texts, textRow{})
			t := &pg.texts[len(pg.texts)-1]
			err := scan(&t.Seq, &name, &t.Salt, &t.Text)
			t.Name = r.word(name)
			return err
		})
	if err != nil {
		return pg, err
	}
	pg.hashes = make([]hashRow, 0, 2*len(pg.events))
	err = scan(r.rx, `SELECT idx, hash FROM log_hashes WHERE idx >= ? AND idx < ? ORDER BY idx`,
		[]any{tlog.StoredHashCount(after), tlog.StoredHashCount(last)},
		func(scan func(...any) error) error {
			pg.hashes = append(pg.hashes, hashRow{})
			h := &pg.hashes[len(pg.hashes)-1]
			return scan(&h.Idx, &h.Hash)
		})
	return pg, err
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
