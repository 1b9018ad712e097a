package shelf

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"hash"
	"io"
	"path/filepath"
	"strings"
	"time"
	"unicode/utf8"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/fault"
	"claimbench/internal/history"
	"claimbench/internal/jobs"
	"claimbench/internal/store"
)

// MostBytes is the largest file that is taken in.
const MostBytes = 1 << 30

// pieceBytes is how much of a file one row holds, and one Write writes.
const pieceBytes = 512 << 10

// staleAfter is how long a file may come in before it is swept away as one that broke off.
const staleAfter = store.Micros(24 * time.Hour / time.Microsecond)

// Bring keeps a file until its entries are taken, and looks at it: a dry run. Nothing of it is on the shelf then. It
// holds half a megabyte of it in memory.
func (s *Service) Bring(ctx context.Context, actor auth.Actor, in auth.CollectionID, name string, body io.Reader) (
	f File, look Look, err error) {
	defer fault.In(&err, "shelf.Bring(%d)", in)
	who, err := s.policy.May(actor, auth.ThingShelf, auth.Write, in)
	if err != nil {
		return f, look, err
	}
	if f, err = s.begin(ctx, actor, in, fileName(name)); err != nil {
		return f, look, err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, s.forget(context.WithoutCancel(ctx), f.ID))
		}
	}()
	w := &pieces{ctx: ctx, s: s, f: f, sum: sha256.New()}
	look, err = LookAt(io.TeeReader(io.LimitReader(body, s.most+1), w))
	if err == nil {
		_, err = io.Copy(w, io.LimitReader(body, s.most+1-w.size)) // what follows the last fact-check
	}
	switch {
	case err != nil:
		return f, look, err
	case w.size > s.most:
		return f, look, fault.New(fault.TooLarge, "The file is larger than %d MB. Send it in parts.", s.most>>20)
	case look.Good == 0 && look.BadOnes == 0:
		return f, look, fault.New(fault.Invalid, "No fact-check was found in the file. A shelf reads ClaimReview, "+
			"claim sets and tables.").With("file", "It holds no fact-check.")
	}
	if err = w.flush(); err != nil {
		return f, look, err
	}
	said, err := json.Marshal(look)
	if err != nil {
		return f, look, err
	}
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		f.Format, f.Bytes, f.SHA256, f.Look, f.State = look.Format, w.size, hex.EncodeToString(w.sum.Sum(nil)),
			string(said), Looked
		if err := tx.Gorm().Model(&File{}).Where("id = ?", f.ID).Select("format", "bytes", "sha256", "look", "state").
			Updates(&f).Error; err != nil {
			return err
		}
		_, err := history.Append(tx, who, history.Event{Action: "shelf.file_brought", Object: FileObject(f.ID),
			Collection: int64(in), After: fileFields(f), Texts: fileTexts(f)})
		return err
	})
	return f, look, err
}

// fileName is what a file is called, without the folders it lay in.
func fileName(name string) string {
	name = filepath.Base(strings.ReplaceAll(name, `\`, "/"))
	if name = plain(strings.ToValidUTF8(name, "")); name == "" || name == "." || name == "/" {
		name = "file"
	}
	if utf8.RuneCountInString(name) > 200 {
		name = string([]rune(name)[:200])
	}
	return name
}

// begin makes the row of a file, and sweeps those that broke off long ago.
func (s *Service) begin(ctx context.Context, actor auth.Actor, in auth.CollectionID, name string) (f File, err error) {
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		if _, err := articles.CollectionByID(&tx.Rx, in); err != nil {
			return err
		}
		f = File{CollectionID: in, Name: name, State: Coming, BroughtBy: actor.UserID, BroughtAt: tx.Now(), Version: 1}
		return tx.Gorm().Create(&f).Error
	})
	if err != nil {
		return f, err
	}
	var old []FileID
	if err := s.db.Read(ctx, func(r *store.Rx) (err error) {
		old, err = store.Select[FileID](r, "SELECT id FROM shelf_files WHERE collection_id = ? AND state = 'coming' "+
			"AND brought_at < ? LIMIT 10", in, f.BroughtAt-staleAfter)
		return err
	}); err != nil {
		return f, err
	}
	for _, id := range old {
		if err := s.forget(ctx, id); err != nil {
			return f, err
		}
	}
	return f, nil
}

// forget takes a file that never was in away.
func (s *Service) forget(ctx context.Context, id FileID) error {
	if err := s.sweep(ctx, id); err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *store.Tx) error {
		return tx.Gorm().Where("id = ? AND state = ?", id, Coming).Delete(&File{}).Error
	})
}

// sweep takes the bytes of a file away, some at a time.
func (s *Service) sweep(ctx context.Context, id FileID) error {
	for {
		var gone int64
		if err := s.db.Write(ctx, func(tx *store.Tx) error {
			res := tx.Gorm().Exec("DELETE FROM shelf_pieces WHERE file_id = ? AND n IN (SELECT n FROM shelf_pieces "+
				"WHERE file_id = ? ORDER BY n LIMIT 8)", id, id)
			gone = res.RowsAffected
			return res.Error
		}); err != nil || gone == 0 {
			return err
		}
	}
}

// pieces writes the bytes of a file into rows as they come.
type pieces struct {
	ctx  context.Context
	s    *Service
	f    File
	n    int64
	buf  []byte
	size int64
	sum  hash.Hash
}

func (w *pieces) Write(p []byte) (int, error) {
	w.size += int64(len(p))
	_, _ = w.sum.Write(p) // a hash takes everything
	for rest := p; len(rest) > 0; {
		n := min(pieceBytes-len(w.buf), len(rest))
		w.buf, rest = append(w.buf, rest[:n]...), rest[n:]
		if len(w.buf) == pieceBytes {
			if err := w.flush(); err != nil {
				return 0, err
			}
		}
	}
	return len(p), nil
}

func (w *pieces) flush() error {
	if len(w.buf) == 0 {
		return nil
	}
	w.n++
	err := w.s.db.Write(w.ctx, func(tx *store.Tx) error {
		return tx.Gorm().Create(&piece{FileID: w.f.ID, N: w.n, Bytes: w.buf}).Error
	})
	w.buf = w.buf[:0]
	return err
}

// bytesOf reads the bytes of a file, a piece at a time.
type bytesOf struct {
	ctx context.Context
	db  *store.DB
	id  FileID
	n   int64
	buf []byte
}

func (b *bytesOf) Read(p []byte) (int, error) {
	for len(b.buf) == 0 {
		b.n++
		err := b.db.Read(b.ctx, func(r *store.Rx) error {
			one, there, err := store.One[piece](r, "SELECT * FROM shelf_pieces WHERE file_id = ? AND n = ?", b.id, b.n)
			if err == nil && !there {
				err = io.EOF
			}
			b.buf = one.Bytes
			return err
		})
		if err != nil {
			return 0, err
		}
	}
	n := copy(p, b.buf)
	b.buf = b.buf[n:]
	return n, nil
}

// Import takes the entries of a file that was looked at onto the shelf, by a job.
func (s *Service) Import(ctx context.Context, actor auth.Actor, id FileID, version int64) (j jobs.Job, err error) {
	defer fault.In(&err, "shelf.Import(%d)", id)
	err = s.changeFile(ctx, actor, id, version, func(tx *store.Tx, who history.Who, f *File) error {
		f.State = Importing
		var err error
		j, err = s.work.Add(tx, actor, jobs.Wanted{Kind: Taking, Object: FileObject(id), Collection: f.CollectionID})
		return err
	}, "shelf.file_accepted")
	return j, err
}

// Drop takes nothing of a file that was looked at, and forgets its bytes.
func (s *Service) Drop(ctx context.Context, actor auth.Actor, id FileID, version int64) (err error) {
	defer fault.In(&err, "shelf.Drop(%d)", id)
	if err := s.changeFile(ctx, actor, id, version, func(_ *store.Tx, _ history.Who, f *File) error {
		f.State, f.Look = Dropped, withoutRows(f.Look)
		return nil
	}, "shelf.file_dropped"); err != nil {
		return err
	}
	return s.sweep(ctx, id)
}

// Looked is what a dry run found in a file.
func (f File) Looked() (out Look, err error) {
	if err := json.Unmarshal([]byte(f.Look), &out); err != nil {
		return out, fault.Wrap(fault.Internal, err, "the dry run of file %d", f.ID)
	}
	return out, nil
}

// withoutRows is what a dry run found, without the words of fact-checks.
func withoutRows(look string) string {
	var l Look
	if json.Unmarshal([]byte(look), &l) != nil {
		return "{}"
	}
	l.First = nil
	b, err := json.Marshal(l)
	if err != nil {
		return "{}"
	}
	return string(b)
}

// changeFile is what a person may do with a file that was looked at.
func (s *Service) changeFile(ctx context.Context, actor auth.Actor, id FileID, version int64,
	do func(*store.Tx, history.Who, *File) error, action string) error {
	var f File
	if err := s.db.Read(ctx, func(r *store.Rx) (err error) {
		f, err = FileByID(r, id)
		return err
	}); err != nil {
		return err
	}
	if err := s.mayRead(actor, f.CollectionID, "file"); err != nil {
		return err
	}
	who, err := s.policy.May(actor, auth.ThingShelf, auth.Write, f.CollectionID)
	if err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *store.Tx) error {
		var now File
		if err := store.Take(tx.Lock(), &now, "such file", "id = ?", id); err != nil {
			return err
		}
		if err := Acceptable(now); err != nil {
			return err
		}
		if now.Version != version {
			return fault.Stale("Somebody changed the file “%s” after you opened it. Look at it again.", now.Name)
		}
		after := now
		if err := do(tx, who, &after); err != nil {
			return err
		}
		return saveFile(tx, who, now, after, action)
	})
}

// saveFile writes a changed file and its event.
func saveFile(tx *store.Tx, who history.Who, now, after File, action string) error {
	after.Version = now.Version + 1
	if err := store.Changed(tx.Gorm().Model(&File{}).Where("id = ? AND version = ?", now.ID, now.Version).
		Select("state", "look", "taken", "known", "version").Updates(&after), "this file"); err != nil {
		return err
	}
	_, err := history.Append(tx, who, history.Event{Action: action, Object: FileObject(now.ID),
		Collection: int64(now.CollectionID), Before: fileFields(now), After: fileFields(after),
		Texts: fileTexts(after)})
	return err
}

// Acceptable says whether the entries of a file may be taken, or the file dropped: it was looked at, and no more.
func Acceptable(f File) error {
	switch f.State {
	case Looked:
		return nil
	case Importing:
		return fault.New(fault.Conflict, "The entries of “%s” are being taken in already.", f.Name)
	}
	return fault.New(fault.Conflict, "“%s” is %s already. Bring it again.", f.Name, f.State)
}
