package history

import (
	"encoding/base64"
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/tlog"

	"claimbench/internal/fault"
	"claimbench/internal/proof"
	"claimbench/internal/store"
)

// Proof shows that an event is in a checkpoint's tree. Text writes it as C2SP tlog-proof; anyone can check it with the
// event's leaf and the signer's public key, without the database.
type Proof struct {
	Seq        int64
	LeafHash   tlog.Hash
	Hashes     []tlog.Hash
	Checkpoint Checkpoint
}

// Inclusion proves event seq against a checkpoint that covers it.
func Inclusion(rx *store.Rx, seq int64, c Checkpoint) (Proof, error) {
	if seq < 1 || seq > c.Size {
		return Proof{}, fault.New(fault.NotFound,
			"The checkpoint of size %d does not cover event %d yet. Try again in a minute.", c.Size, seq)
	}
	read := hashReader(rx.Gorm())
	hashes, err := tlog.ProveRecord(c.Size, seq-1, read)
	if err != nil {
		return Proof{}, err
	}
	leaf, err := read.ReadHashes([]int64{tlog.StoredHashIndex(0, seq-1)})
	if err != nil {
		return Proof{}, err
	}
	return Proof{Seq: seq, LeafHash: leaf[0], Hashes: hashes, Checkpoint: c}, nil
}

// Check says whether the proof holds for the event's own leaf hash. The checkpoint's signature is checked when it is
// parsed.
func (p Proof) Check(leaf tlog.Hash) error {
	return tlog.CheckRecord(p.Hashes, p.Checkpoint.Size, p.Checkpoint.Root, p.Seq-1, leaf)
}

// Text writes the proof as C2SP tlog-proof v1.
func (p Proof) Text() string {
	var b strings.Builder
	fmt.Fprintf(&b, "c2sp.org/tlog-proof@v1\nindex %d\n", p.Seq-1)
	for _, h := range p.Hashes {
		b.WriteString(base64.StdEncoding.EncodeToString(h[:]) + "\n")
	}
	b.WriteString("\n" + p.Checkpoint.Note)
	return b.String()
}

// Leaf gives the canonical bytes of an event and their hash, for someone who checks a proof.
func Leaf(rx *store.Rx, seq int64) ([]byte, tlog.Hash, error) {
	var row eventRow
	if err := store.Take(rx.Gorm(), &row, fmt.Sprintf("event %d in the history", seq), "seq = ?", seq); err != nil {
		return nil, tlog.Hash{}, err
	}
	b := appendLeaf(nil, &row)
	return b, tlog.RecordHash(b), nil
}

// Consistency proves that the tree of size to only adds to the tree of size from.
func Consistency(rx *store.Rx, from, to int64) ([]tlog.Hash, error) {
	if from < 1 || from > to {
		return nil, fault.New(fault.Invalid,
			"A proof goes from a smaller size of at least 1 to a larger one, not from %d to %d.", from, to)
	}
	return tlog.ProveTree(to, from, hashReader(rx.Gorm()))
}

// CheckConsistency says whether a proof shows that new only adds to old.
func CheckConsistency(proof []tlog.Hash, old, new Checkpoint) error {
	return tlog.CheckTree(proof, new.Size, new.Root, old.Size, old.Root)
}

// Growth is a checked proof that the history only grew from one checkpoint to another.
type Growth struct {
	From, To Checkpoint
	Hashes   []tlog.Hash
}

// Text is the proof as anybody can check it: “workbench verify FILE --checkpoint OLD”.
func (g Growth) Text() string { return proof.GrownText(g.From.Size, g.Hashes, g.To.Note) }

// GrowthOf proves growth between the checkpoints of two sizes; to 0: the newest.
func GrowthOf(rx *store.Rx, from, to int64) (g Growth, err error) {
	if to == 0 {
		c, err := LatestCheckpoint(rx)
		if err != nil {
			return g, err
		}
		if c != nil {
			to = c.Size
		}
	}
	if from > to {
		return g, fault.New(fault.Invalid, "The history grows: of %d and %d events the first is to be the smaller.",
			from, to).With("from", "This is larger than the other size.")
	}
	for _, side := range []struct {
		field string
		size  int64
		into  *Checkpoint
	}{{"from", from, &g.From}, {"to", to, &g.To}} {
		c, err := CheckpointOf(rx, side.size)
		if err != nil {
			return g, err
		}
		if c == nil {
			return g, fault.New(fault.NotFound, "No checkpoint of %d events was signed. Choose the size of one that "+
				"was.", side.size).With(side.field, "No checkpoint has this size.")
		}
		*side.into = *c
	}
	if g.Hashes, err = Consistency(rx, from, to); err != nil {
		return g, err
	}
	return g, CheckConsistency(g.Hashes, g.From, g.To)
}

// Find gives the number of an event by its address (15, /history/15, /events/15), or of the newest event of an object
// (claim:42), among those of some collections; nil: of all.
func Find(rx *store.Rx, at string, within []int64) (int64, error) {
	name := strings.TrimSpace(at)
	for _, before := range []string{"/history/", "/events/", "events/"} {
		name = strings.TrimPrefix(name, before)
	}
	cond, args := "seq = ?", []any{int64(0)}
	if n, err := strconv.ParseInt(name, 10, 64); err == nil {
		args[0] = n
	} else {
		cond, args[0] = "object = ?", name
	}
	if within != nil {
		cond, args = cond+" AND collection_id IN ?", append(args, within)
	}
	seq, there, err := store.One[int64](rx, "SELECT seq FROM events WHERE "+cond+" ORDER BY seq DESC LIMIT 1", args...)
	if err == nil && !there {
		err = fault.New(fault.NotFound, "There is no event at “%s”. Write its number, as 15, or an object, as "+
			"claim:42, for its newest event.", proof.Cut(at, 60)).With("at", "There is no such event.")
	}
	return seq, err
}
