package history

import (
	"encoding/base64"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
	"gorm.io/gorm"

	"claimbench/internal/fault"
	"claimbench/internal/store"
)

// Checkpoint is the size and root of the history at a moment, signed. Note is the whole text (C2SP tlog-checkpoint in a
// C2SP signed-note): the thing to keep elsewhere.
type Checkpoint struct {
	Origin string
	Size   int64
	Root   tlog.Hash
	At     store.Micros // when it was signed; 0 when its note does not say
	After  int64        // the size of the checkpoint stored before it, 0 for the first; -1 when its note does not say
	Signed bool         // a given key's signature was checked
	Note   string
}

// maxCheckpoint bounds what is read as a checkpoint, in bytes.
const maxCheckpoint = 64 << 10

type checkpointRow struct {
	Size int64  `gorm:"column:size;primaryKey;autoIncrement:false"`
	Root []byte `gorm:"column:root"`
	At   int64  `gorm:"column:at"`
	Note string `gorm:"column:note"`
}

func (checkpointRow) TableName() string { return "checkpoints" }

func (r checkpointRow) checkpoint() Checkpoint {
	c := Checkpoint{Size: r.Size, At: store.Micros(r.At), Note: r.Note}
	if len(r.Root) == tlog.HashSize {
		c.Root = tlog.Hash(r.Root)
	}
	c.Origin, _, _ = strings.Cut(r.Note, "\n")
	return c
}

func checkpointBody(origin string, size int64, root tlog.Hash) string {
	return fmt.Sprintf("%s\n%d\n%s\n", origin, size, base64.StdEncoding.EncodeToString(root[:]))
}

// signedLine is the line after the root (an extension line of C2SP tlog-checkpoint): when the checkpoint was signed,
// and which one was stored before it, so that neither is changed unseen. Checkpoints of earlier programs have no such
// line.
const signedLine = "signed %d after %d"

// sign makes a checkpoint; after is the size of the one stored before it, 0 for the first.
func (k *Key) sign(size int64, root tlog.Hash, at store.Micros, after int64) (Checkpoint, error) {
	body := checkpointBody(k.Origin(), size, root) + fmt.Sprintf(signedLine, at, after) + "\n"
	signed, err := note.Sign(&note.Note{Text: body}, k.signer)
	if err != nil {
		return Checkpoint{}, err
	}
	return Checkpoint{Origin: k.Origin(), Size: size, Root: root, At: at, After: after, Signed: true,
		Note: string(signed)}, nil
}

// ParseCheckpoint reads a checkpoint. With keys, one of them must have signed it, else the error says so; without, its
// signature is not checked and Signed is false.
func ParseCheckpoint(data []byte, keys ...note.Verifier) (Checkpoint, error) {
	bad := func(err error) (Checkpoint, error) {
		return Checkpoint{}, fault.Wrap(fault.Invalid, err, "This is not a checkpoint of a Claimbench history.")
	}
	if len(data) > maxCheckpoint {
		return bad(fmt.Errorf("%d bytes", len(data)))
	}
	opened, err := note.Open(data, note.VerifierList(keys...))
	var unknown *note.UnverifiedNoteError
	switch {
	case err == nil:
	case errors.As(err, &unknown) && len(keys) == 0:
		opened = unknown.Note
	case errors.As(err, &unknown):
		return Checkpoint{}, fault.Wrap(fault.Invalid, err, "The checkpoint is signed by %s, not by the key given.",
			signersOf(unknown.Note))
	default:
		return bad(err)
	}
	c := Checkpoint{Note: string(data), Signed: len(opened.Sigs) > 0, After: -1}
	lines := strings.Split(opened.Text, "\n")
	if len(lines) < 4 || lines[0] == "" {
		return bad(errors.New("fewer than three lines"))
	}
	c.Origin = lines[0]
	c.Size, err = strconv.ParseInt(lines[1], 10, 64)
	if err != nil || c.Size < 0 || strconv.FormatInt(c.Size, 10) != lines[1] {
		return bad(fmt.Errorf("size %q", lines[1]))
	}
	if c.Root, err = tlog.ParseHash(lines[2]); err != nil {
		return bad(err)
	}
	var at store.Micros
	var after int64
	if n, err := fmt.Sscanf(lines[3], signedLine, &at, &after); err == nil && n == 2 &&
		lines[3] == fmt.Sprintf(signedLine, at, after) {
		c.At, c.After = at, after
	}
	if c.Signed && len(opened.Sigs) > 0 && opened.Sigs[0].Name != c.Origin {
		return bad(fmt.Errorf("signed by %s for the log of %s", opened.Sigs[0].Name, c.Origin))
	}
	return c, nil
}

func signersOf(n *note.Note) string {
	var names []string
	for _, s := range n.UnverifiedSigs {
		names = append(names, fmt.Sprintf("%s+%08x", s.Name, s.Hash))
	}
	return strings.Join(names, ", ")
}

// LatestCheckpoint is the newest checkpoint stored; nil when none was signed yet.
func LatestCheckpoint(rx *store.Rx) (*Checkpoint, error) {
	var row checkpointRow
	err := rx.Gorm().Order("size DESC").Take(&row).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	c := row.checkpoint()
	return &c, nil
}

// CheckpointAt is the oldest checkpoint that covers event seq; nil when none does yet.
func CheckpointAt(rx *store.Rx, seq int64) (*Checkpoint, error) {
	var row checkpointRow
	err := rx.Gorm().Where("size >= ?", seq).Order("size").Take(&row).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	c := row.checkpoint()
	return &c, nil
}

// Checkpoints gives the newest first, below a size (0: all), at most limit.
func Checkpoints(rx *store.Rx, before int64, limit int) ([]Checkpoint, error) {
	g := rx.Gorm().Session(&gorm.Session{})
	if before > 0 {
		g = g.Where("size < ?", before)
	}
	var rows []checkpointRow
	if err := g.Order("size DESC").Limit(min(max(limit, 1), MaxLimit)).Find(&rows).Error; err != nil {
		return nil, err
	}
	out := make([]Checkpoint, len(rows))
	for i, r := range rows {
		out[i] = r.checkpoint()
	}
	return out, nil
}
