package claimset

import (
	"bufio"
	"context"
	"io"

	"claimbench/internal/auth"
	"claimbench/internal/fault"
	"claimbench/internal/history"
	"claimbench/internal/store"
)

// bufferSize bounds what an export holds in memory besides one page of claims.
const bufferSize = 64 << 10

// Record notes in the history that a frozen set is about to be exported, by whom and how, and gives the set. A door
// calls it before the first byte of Export goes out.
func (s *Service) Record(ctx context.Context, actor auth.Actor, id ID, o Options) (_ Set, err error) {
	defer fault.In(&err, "claimset.Record(%d)", id)
	set, who, err := s.allowed(ctx, actor, id, auth.Export)
	if err != nil {
		return set, err
	}
	if err := o.Check(); err != nil {
		return set, err
	}
	if err := Exportable(set); err != nil {
		return set, err
	}
	return set, s.db.Write(ctx, func(tx *store.Tx) error {
		_, err = history.Append(tx, who, history.Event{Action: "claimset.exported", Object: Object(id),
			Collection: int64(set.CollectionID), Reason: o.Format}) // no row changes
		return err
	})
}

// Export writes a frozen set, claim by claim.
func (s *Service) Export(ctx context.Context, actor auth.Actor, id ID, w io.Writer, o Options) (err error) {
	defer fault.In(&err, "claimset.Export(%d)", id)
	set, _, err := s.allowed(ctx, actor, id, auth.Export)
	if err != nil {
		return err
	}
	f, err := o.format()
	if err != nil {
		return err
	}
	if err := Exportable(set); err != nil {
		return err
	}
	return s.db.Read(ctx, func(r *store.Rx) error {
		out := bufio.NewWriterSize(w, bufferSize)
		if err := f.write(r, out, set, o); err != nil {
			return err
		}
		return out.Flush()
	})
}
