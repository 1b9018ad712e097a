package history

import (
	"encoding/base64"
	"errors"
	"fmt"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
	"gorm.io/gorm"

	"claimbench/internal/proof"
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
	// how many signatures of witnesses stand in Note behind the log's own, as they were kept: not checked again
	Cosigned int
}

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

// sign makes a checkpoint; after is the size of the one stored before it, 0 for the first.
func (k *Key) sign(size int64, root tlog.Hash, at store.Micros, after int64) (Checkpoint, error) {
	body := checkpointBody(k.Origin(), size, root) + fmt.Sprintf(proof.SignedLine, at, after) + "\n"
	signed, err := note.Sign(&note.Note{Text: body}, k.half().signer)
	if err != nil {
		return Checkpoint{}, err
	}
	return Checkpoint{Origin: k.Origin(), Size: size, Root: root, At: at, After: after, Signed: true,
		Note: string(signed)}, nil
}

// ParseCheckpoint is proof.ParseCheckpoint, with the note itself.
func ParseCheckpoint(data []byte, keys ...note.Verifier) (Checkpoint, error) {
	c, err := proof.ParseCheckpoint(data, keys...)
	return parsed(c, data), err
}

// checkpointBy is ParseCheckpoint with keys that may sign some sizes only.
func checkpointBy(data []byte, keys []proof.Trusted) (Checkpoint, error) {
	c, err := proof.ParseCheckpointBy(data, keys)
	return parsed(c, data), err
}

func parsed(c proof.Checkpoint, data []byte) Checkpoint {
	return Checkpoint{Origin: c.Origin, Size: c.Size, Root: tlog.Hash(c.Root), At: store.Micros(c.At), After: c.After,
		Signed: c.Signed, Note: string(data)}
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
	return row.carried(rx)
}

// carried is the checkpoint with what witnesses signed of it.
func (r checkpointRow) carried(rx *store.Rx) (*Checkpoint, error) {
	one := []Checkpoint{r.checkpoint()}
	return &one[0], carry(rx, one)
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
	return row.carried(rx)
}

// AttestedAt is the oldest checkpoint that covers event seq and that a witness signed, else the oldest that covers it;
// nil when none does yet.
func AttestedAt(rx *store.Rx, seq int64) (*Checkpoint, error) {
	attested, _, err := store.One[int64](rx, "SELECT COALESCE(MIN(size), 0) FROM cosignatures WHERE size >= ?", seq)
	if err != nil {
		return nil, err
	}
	return CheckpointAt(rx, max(seq, attested))
}

// CheckpointOf is the checkpoint of a size; nil when none was signed of it.
func CheckpointOf(rx *store.Rx, size int64) (*Checkpoint, error) {
	row, there, err := store.One[checkpointRow](rx, "SELECT * FROM checkpoints WHERE size = ?", size)
	if err != nil || !there {
		return nil, err
	}
	return row.carried(rx)
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
	return out, carry(rx, out)
}
