package shelf

import (
	"context"
	"encoding/json"
	"fmt"
	"io"

	"claimbench/internal/auth"
	"claimbench/internal/fault"
	"claimbench/internal/history"
	"claimbench/internal/store"
)

// ExportAsk says what of a shelf is written.
type ExportAsk struct {
	In  auth.CollectionID
	Set string // the SHA-256 of a set: the claims of that set alone, as the set's own JSON file has them; "": all
}

// Record says in the history that somebody takes a shelf away, before the first byte.
func (s *Service) Record(ctx context.Context, actor auth.Actor, ask ExportAsk) (err error) {
	defer fault.In(&err, "shelf.Record(%d)", ask.In)
	if err := s.mayRead(actor, ask.In, "collection"); err != nil {
		return err
	}
	who, err := s.policy.May(actor, auth.ThingShelf, auth.Export, ask.In)
	if err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *store.Tx) error {
		_, err := history.Append(tx, who, history.Event{Action: "shelf.exported",
			Object: fmt.Sprintf("collection:%d", ask.In), Collection: int64(ask.In)})
		return err
	})
}

// exportedAtOnce is how many entries are read at once.
const exportedAtOnce = 16

// Export writes the entries of a shelf that are on it, each in the bytes that it came in. It asks no permission: Record
// did. What it writes can be imported by another shelf, and is the same there.
func (s *Service) Export(ctx context.Context, ask ExportAsk, w io.Writer) (err error) {
	defer fault.In(&err, "shelf.Export(%d)", ask.In)
	if ask.Set != "" {
		return s.exportSet(ctx, ask, w)
	}
	begun := false
	write := func(parts ...[]byte) error {
		for _, p := range parts {
			if _, err := w.Write(p); err != nil {
				return err
			}
		}
		return nil
	}
	head, err := json.Marshal(map[string]string{"format": "claimbench/shelf/1"})
	if err != nil {
		return err
	}
	if err := write([]byte(`{"shelf":`), head, []byte(",\n\"entries\":[")); err != nil {
		return err
	}
	if err := s.eachKept(ctx, ask.In, "raw", func(e Entry) error {
		var src Source
		if err := json.Unmarshal([]byte(e.Source), &src); err != nil {
			return err
		}
		line, err := src.line(e.Raw)
		if err != nil {
			return err
		}
		if begun {
			if err := write([]byte{','}); err != nil {
				return err
			}
		}
		begun = true
		return write([]byte{'\n'}, line)
	}); err != nil {
		return err
	}
	return write([]byte("\n]}\n"))
}

// eachKept gives the entries of a shelf in the order in which they came, with their source and some columns more.
func (s *Service) eachKept(ctx context.Context, in auth.CollectionID, columns string, do func(Entry) error) error {
	for last := EntryID(0); ; {
		var rows []Entry
		if err := s.db.Read(ctx, func(r *store.Rx) (err error) {
			rows, err = store.Select[Entry](r, "SELECT id, source, "+columns+" FROM shelf_entries WHERE "+
				"collection_id = ? AND state = 'kept' AND id > ? ORDER BY id LIMIT ?", in, last, exportedAtOnce)
			return err
		}); err != nil || len(rows) == 0 {
			return err
		}
		for _, e := range rows {
			last = e.ID
			if err := do(e); err != nil {
				return err
			}
		}
	}
}
