package publish

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"hash"
	"io"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/claimset"
	"claimbench/internal/fault"
	"claimbench/internal/history"
	"claimbench/internal/methods"
	"claimbench/internal/store"
)

// bufferSize bounds what an export holds in memory besides one claim.
const bufferSize = 64 << 10

// Service writes frozen sets as files, and notes each in the history.
type Service struct {
	db   *store.DB
	sets *claimset.Service
	key  string
}

// New makes the service. key is the public key that signs the history, which a report names; "" it is not known here.
func New(db *store.DB, sets *claimset.Service, key string) *Service {
	return &Service{db: db, sets: sets, key: key}
}

// Record notes in the history that a frozen set is about to be exported, by whom and how, and gives the set. A door
// calls it before the first byte of Export goes out.
func (s *Service) Record(ctx context.Context, actor auth.Actor, id claimset.ID, o Options) (_ claimset.Set, err error) {
	defer fault.In(&err, "publish.Record(%d)", id)
	set, who, err := s.sets.ToExport(ctx, actor, id)
	if err != nil {
		return set, err
	}
	if err := o.Check(); err != nil {
		return set, err
	}
	if o.Format == WACZ {
		if err := keptOf(set); err != nil {
			return set, err
		}
	}
	if o.Format == Bundle { // said before the first byte goes out
		if err := s.db.Read(ctx, func(r *store.Rx) error {
			_, err := openSeal(r, set)
			return err
		}); err != nil {
			return set, err
		}
	}
	return set, s.db.Write(ctx, func(tx *store.Tx) error {
		if o.Claim != 0 {
			in, err := claimset.Holding(&tx.Rx, id, []claims.ID{o.Claim})
			if err != nil {
				return err
			}
			if !in[o.Claim] {
				return fault.New(fault.Invalid, "There is no claim %d in this set.", o.Claim).With("claim",
					"Name a claim of this set.")
			}
		}
		return note(tx, who, set, Began, Taken{Format: o.Format, Claim: o.Claim})
	})
}

// note adds an event about an export; no row changes.
func note(tx *store.Tx, who history.Who, set claimset.Set, action string, what Taken) error {
	_, err := history.Append(tx, who, history.Event{Action: action, Object: claimset.Object(set.ID),
		Collection: int64(set.CollectionID), Reason: what.String()})
	return err
}

// Export writes a frozen set, claim by claim, and then notes in the history the length and the SHA-256 of what was
// written. An error means that the file is not whole.
func (s *Service) Export(ctx context.Context, actor auth.Actor, id claimset.ID, w io.Writer, o Options) (err error) {
	defer fault.In(&err, "publish.Export(%d)", id)
	set, who, err := s.sets.ToExport(ctx, actor, id)
	if err != nil {
		return err
	}
	sum := &sums{w: w, h: sha256.New()}
	if err := s.db.Read(ctx, func(r *store.Rx) error {
		p, err := open(r, set, o)
		if err != nil {
			return err
		}
		if p.Key = s.key; p.seal != nil && p.seal.key != "" { // the log key may have been handed over since
			p.Key = p.seal.key
		}
		return Write(sum, p, o)
	}); err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *store.Tx) error {
		return note(tx, who, set, Wrote, Taken{o.Format, o.Claim, sum.n, hex.EncodeToString(sum.h.Sum(nil))})
	})
}

// sums counts and hashes what goes through it.
type sums struct {
	w io.Writer
	h hash.Hash
	n int64
}

func (s *sums) Write(p []byte) (int, error) {
	n, err := s.w.Write(p)
	_, _ = s.h.Write(p[:n]) // a hash takes everything
	s.n += int64(n)
	return n, err
}

// open reads what a print of a set needs beside its claims. Its Each reads these while r lasts.
func open(r *store.Rx, set claimset.Set, o Options) (*Print, error) {
	p := &Print{Set: set}
	gone, err := claims.GoneIn(r, set.CollectionID)
	if err != nil {
		return nil, err
	}
	if _, err := gone.TakeOut(articles.OwnWords(&p.Set)...); err != nil {
		return nil, err
	}
	c, err := history.AttestedAt(r, set.FrozenSeq+1)
	if err != nil {
		return nil, err
	}
	if c != nil {
		p.Checkpoint = c.Note
	}
	if set.MethodN > 0 {
		m, err := methods.Numbered(r, set.CollectionID, set.MethodN)
		if err != nil {
			return nil, err
		}
		if _, err := gone.TakeOut(m.Texts()...); err != nil {
			return nil, err
		}
		printed := m.Printed()
		p.Method = &printed
	}
	if p.Older, p.By, err = claimset.Editions(r, set); err != nil {
		return nil, err
	}
	if len(p.Older) > 0 && o.Format == Report {
		if p.Was, err = claimset.RulingsOf(r, p.Older[0]); err != nil {
			return nil, err
		}
	}
	sizes, err := claimset.Sizes(r, []claimset.ID{set.ID})
	if err != nil {
		return nil, err
	}
	p.Size = sizes[set.ID]
	p.Each = lean(func(do func(claimset.Kept) error) error { return claimset.Each(r, set, do) })
	switch o.Format {
	case Bundle:
		p.seal, err = openSeal(r, set)
	case WACZ:
		p.kept = r
	case Report:
		err = p.sealReport(func() (*seal, error) { return openSeal(r, set) })
	}
	return p, err
}

// Write writes a print; the options must be ones.
func Write(w io.Writer, p *Print, o Options) error {
	f, err := o.format()
	if err != nil {
		return err
	}
	out := bufio.NewWriterSize(w, bufferSize)
	if err := f.write(out, p, o); err != nil {
		return err
	}
	return out.Flush()
}
