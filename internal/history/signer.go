package history

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
	"gorm.io/gorm"

	"claimbench/internal/fault"
	"claimbench/internal/proof"
	"claimbench/internal/store"
)

// When a checkpoint is due: after this time with an unsigned event, or after this many.
const (
	SignEvery  = 60 * time.Second
	SignEvents = 100
)

// lastPatience is how long a server that stops waits for its last checkpoint. Without it the next start signs.
const lastPatience = 500 * time.Millisecond

// ErrRewritten is in the chain of the error of a Signer that met a history which contradicts what it signed before.
var ErrRewritten = errors.New("the history does not continue what was signed")

// ErrOtherKey is in the chain of the error of a Signer whose key is not the one that signed the history last.
var ErrOtherKey = errors.New("another key signed this history last")

// Signer signs checkpoints of one history with one key. It is safe for use by several goroutines.
type Signer struct {
	db   *store.DB
	key  *Key
	log  *slog.Logger
	poll time.Duration // how often Run looks at the head
	mu   sync.Mutex

	failed time.Time // when Run last said that it could not sign
}

// NewSigner makes a signer; log may be nil.
func NewSigner(db *store.DB, key *Key, log *slog.Logger) *Signer {
	if log == nil {
		log = slog.Default()
	}
	return &Signer{db: db, key: key, log: log, poll: 2 * time.Second}
}

// Key is the signer's key.
func (s *Signer) Key() *Key { return s.key }

// Sign signs the history as it stands, or gives the checkpoint of that size if there is one. It refuses a history that
// does not continue what this key signed before (ErrRewritten), and one that another key signed last (ErrOtherKey).
func (s *Signer) Sign(ctx context.Context) (c Checkpoint, err error) {
	defer fault.In(&err, "history.Sign()")
	return s.signed(ctx, false)
}

// Adopt is Sign with a key that follows another: from then on the history is signed with this one. Auditors need the
// public halves of both.
func (s *Signer) Adopt(ctx context.Context) (c Checkpoint, err error) {
	defer fault.In(&err, "history.Adopt()")
	return s.signed(ctx, true)
}

// Check says whether this key may sign the history: a server asks before it begins.
func (s *Signer) Check(ctx context.Context) (err error) {
	defer fault.In(&err, "history.Check()")
	return s.db.Read(ctx, s.mine)
}

// mine refuses a history that another key signed last: two servers with a key each would make a history that verifies
// with neither alone.
func (s *Signer) mine(rx *store.Rx) error {
	c, err := LatestCheckpoint(rx)
	if err != nil {
		return err
	}
	all, err := Handovers(rx)
	if err != nil {
		return err
	}
	if n := len(all); n > 0 && (c == nil || c.Size <= all[n-1].Size) { // nothing was signed since
		if s.key.Public() == all[n-1].To {
			return nil
		}
		return s.key.follow(all)
	}
	if c == nil || s.signedBy(c) {
		return nil
	}
	if len(all) > 0 && s.key.follow(all) == nil && s.signedBy(c) {
		return nil
	}
	return fault.Wrap(fault.Unavailable, ErrOtherKey,
		"This history was signed last by the key %s; the key in %s is %s. All servers of one database share one log "+
			"key: copy the key file and its .pub from the machine that has them to here, or name them with --log-key. "+
			"If that key is lost, run “workbench audit checkpoint --new-key --log-key %s” once; auditors then need "+
			"both public keys.",
		signersOf(c.Note), s.key.path, KeyName(s.key.Public()), s.key.path)
}

// signedBy says whether the key signed a checkpoint.
func (s *Signer) signedBy(c *Checkpoint) bool {
	_, err := ParseCheckpoint([]byte(c.Note), s.key.half().verifier)
	return err == nil
}

// signersOf names the keys whose signatures a note bears.
func signersOf(text string) string {
	_, err := note.Open([]byte(text), note.VerifierList())
	var unknown *note.UnverifiedNoteError
	if errors.As(err, &unknown) {
		return proof.SignersOf(unknown.Note)
	}
	return "of another program"
}

func (s *Signer) signed(ctx context.Context, adopt bool) (Checkpoint, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	var c Checkpoint
	err := s.db.Write(ctx, func(tx *store.Tx) (err error) {
		if !adopt {
			if err := s.mine(&tx.Rx); err != nil {
				return err
			}
		}
		c, err = s.sign(tx)
		return err
	})
	if err != nil {
		return Checkpoint{}, err
	}
	return c, s.key.keep(c)
}

func (s *Signer) sign(tx *store.Tx) (Checkpoint, error) {
	head, err := readHead(tx.Lock())
	if err != nil {
		return Checkpoint{}, err
	}
	tree, err := openEdge(head)
	if err != nil {
		return Checkpoint{}, err
	}
	if err := s.continues(tx, tree); err != nil {
		return Checkpoint{}, err
	}
	var row checkpointRow
	err = tx.Gorm().Where("size = ?", tree.size).Take(&row).Error
	if err == nil {
		if c, err := ParseCheckpoint([]byte(row.Note), s.key.half().verifier); err == nil {
			c.At = store.Micros(row.At)
			return c, nil
		}
		// Another key signed this size before; the row stays, and this key's checkpoint is given beside it.
		return s.key.sign(tree.size, tree.root(), tx.Now(), head.Signed)
	}
	if !errors.Is(err, gorm.ErrRecordNotFound) {
		return Checkpoint{}, err
	}
	c, err := s.key.sign(tree.size, tree.root(), tx.Now(), head.Signed)
	if err != nil {
		return Checkpoint{}, err
	}
	row = checkpointRow{Size: c.Size, Root: c.Root[:], At: int64(c.At), Note: c.Note}
	if err := tx.Gorm().Create(&row).Error; err != nil {
		return c, err
	}
	return c, store.Changed(tx.Gorm().Exec(
		"UPDATE log_head SET signed = ?, checkpoints = checkpoints + 1 WHERE id = 1 AND checkpoints = ?", c.Size,
		head.Checkpoints), "the head of the history")
}

// continues compares the tree with what was signed before: the file beside the key, and the newest stored checkpoint.
func (s *Signer) continues(tx *store.Tx, tree *edge) error {
	last, err := s.key.Last()
	if err != nil {
		return err
	}
	stored, err := LatestCheckpoint(&tx.Rx)
	if err != nil {
		return err
	}
	for _, c := range []*Checkpoint{last, stored} {
		if c == nil || c.Size == 0 {
			continue
		}
		if err := extends(tx, tree, *c); err != nil {
			return fault.Wrap(fault.Unavailable, err,
				"The history was rewritten or an older database was put back: it does not continue the checkpoint "+
					"of %d events signed before. "+
					"Nothing was signed. Run “workbench audit verify”, and keep %s.last as proof. "+
					"If you began a new database on purpose, give it a key of its own with --log-key.", c.Size,
				s.key.path)
		}
	}
	return nil
}

func extends(tx *store.Tx, tree *edge, c Checkpoint) error {
	if c.Size > tree.size {
		return fmt.Errorf("%w: it has %d events, %d were signed", ErrRewritten, tree.size, c.Size)
	}
	proof, err := tlog.ProveTree(tree.size, c.Size, hashReader(tx.Gorm()))
	if err == nil {
		err = tlog.CheckTree(proof, tree.size, tree.root(), c.Size, c.Root)
	}
	if err != nil {
		return fmt.Errorf("%w: %w", ErrRewritten, err)
	}
	return nil
}

// Run signs whenever a checkpoint is due, until ctx ends; then it signs once more, so that a shutdown leaves no event
// unsigned. A failure is logged and tried again; what was signed before stays.
func (s *Signer) Run(ctx context.Context) {
	tick := time.NewTicker(s.poll)
	defer tick.Stop()
	signed, since := s.signIfDue(ctx, -1, time.Time{})
	for {
		select {
		case <-ctx.Done():
			last, cancel := context.WithTimeout(context.WithoutCancel(ctx), lastPatience)
			s.signIfDue(last, signed, time.Time{})
			cancel()
			return
		case <-tick.C:
			signed, since = s.signIfDue(ctx, signed, since)
		}
	}
}

// signIfDue signs when SignEvents are unsigned, or any since a time SignEvery ago. It returns the size signed and when
// it was last known to be all.
func (s *Signer) signIfDue(ctx context.Context, signed int64, since time.Time) (int64, time.Time) {
	size := int64(0)
	err := s.db.Read(ctx, func(rx *store.Rx) (err error) {
		size, err = Size(rx)
		return err
	})
	now := time.Now()
	if err == nil && (size == signed || size == 0) {
		return size, now
	}
	if err == nil && size-signed < SignEvents && now.Sub(since) < SignEvery {
		return signed, since
	}
	if err == nil {
		var c Checkpoint
		if c, err = s.Sign(ctx); err == nil {
			return c.Size, now
		}
	}
	if ctx.Err() == nil && now.Sub(s.failed) > SignEvery { // it is tried again at once, but said once a minute
		s.failed = now
		s.log.Error("no checkpoint could be signed", "err", err)
	}
	return signed, since
}
