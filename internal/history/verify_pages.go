package history

import (
	"context"

	"golang.org/x/mod/sumdb/tlog"

	"claimbench/internal/store"
)

// verifyPage is how many events are read at once.
const verifyPage = 2000

// page is a stretch of the history: events, their texts and the hashes stored with them, each by number.
type page struct {
	events []eventRow
	texts  []textRow
	hashes []hashRow
	from   int64 // the newest event before this page
}

// pages reads ahead, so that one core reads while the other hashes.
type pages struct {
	c      chan page
	cancel context.CancelFunc
	done   chan struct{}
	err    error
}

func readPages(ctx context.Context, rx *store.Rx, headSize int64) *pages {
	ctx, cancel := context.WithCancel(ctx)
	p := &pages{c: make(chan page, 2), cancel: cancel, done: make(chan struct{})}
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
	for last := int64(0); ; {
		pg, err := readPage(rx, last)
		if err != nil {
			return err
		}
		if len(pg.events) == 0 {
			return nil
		}
		last = pg.events[len(pg.events)-1].Seq
		select {
		case p.c <- pg:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

func readPage(rx *store.Rx, after int64) (page, error) {
	pg := page{from: after}
	err := scan(rx, `SELECT seq, at, user_id, user_name, role, via, request, batch, action, object, collection_id, veil,
		row_before, row_after, texts FROM events WHERE seq > ? ORDER BY seq LIMIT ?`, []any{max(after, 0), verifyPage},
		func(scan func(...any) error) error {
			var r eventRow
			err := scan(&r.Seq, &r.At, &r.UserID, &r.UserName, &r.Role, &r.Via, &r.Request, &r.Batch, &r.Action,
				&r.Object,
				&r.CollectionID, &r.Veil, &r.RowBefore, &r.RowAfter, &r.Texts)
			pg.events = append(pg.events, r)
			return err
		})
	if err != nil || len(pg.events) == 0 {
		return pg, err
	}
	last := pg.events[len(pg.events)-1].Seq
	err = scan(rx, `SELECT seq, name, salt, text FROM event_texts WHERE seq > ? AND seq <= ? ORDER BY seq, name`,
		[]any{after, last},
		func(scan func(...any) error) error {
			var r textRow
			err := scan(&r.Seq, &r.Name, &r.Salt, &r.Text)
			pg.texts = append(pg.texts, r)
			return err
		})
	if err != nil {
		return pg, err
	}
	err = scan(rx, `SELECT idx, hash FROM log_hashes WHERE idx >= ? AND idx < ? ORDER BY idx`,
		[]any{tlog.StoredHashCount(after), tlog.StoredHashCount(last)},
		func(scan func(...any) error) error {
			var r hashRow
			err := scan(&r.Idx, &r.Hash)
			pg.hashes = append(pg.hashes, r)
			return err
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
