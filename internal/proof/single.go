package proof

import (
	"encoding/base64"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"claimbench/internal/fault"
)

// Two proofs stand alone, each a text: that an event is in a history (C2SP tlog-proof, whose extra data is the leaf of
// the event), and that a history only grew between two checkpoints (the body of a C2SP tlog-witness request).

const (
	inclusionHead = "c2sp.org/tlog-proof@v1"
	grownHead     = "old "
)

// MaxText bounds the text of a proof, in bytes.
const MaxText = 8 << 20

// Included is what a text proves of one event.
type Included struct {
	Seq        int64
	Leaf       []byte
	Checkpoint Checkpoint
}

// Grown is what a text proves of two sizes of one history.
type Grown struct {
	From       int64
	Checkpoint Checkpoint
}

// ErrNotProved is in the chain of the error of a text that has its form and proves nothing.
var ErrNotProved = errors.New("the proof does not hold")

// IncludedText writes a proof of inclusion; without leaf the leaf must be given apart.
func IncludedText(seq int64, leaf []byte, path []tlog.Hash, checkpoint string) string {
	var b strings.Builder
	b.WriteString(inclusionHead + "\n")
	if leaf != nil {
		b.WriteString("extra " + base64.StdEncoding.EncodeToString(leaf) + "\n")
	}
	fmt.Fprintf(&b, "index %d\n", seq-1)
	writeHashes(&b, path)
	return b.String() + "\n" + checkpoint
}

// GrownText writes a proof that a history only grew.
func GrownText(from int64, path []tlog.Hash, checkpoint string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s%d\n", grownHead, from)
	writeHashes(&b, path)
	return b.String() + "\n" + checkpoint
}

func writeHashes(b *strings.Builder, all []tlog.Hash) {
	for _, h := range all {
		b.WriteString(h.String() + "\n")
	}
}

// IsText says whether data begins as one of the two texts.
func IsText(data []byte) bool {
	return strings.HasPrefix(string(data[:min(len(data), 64)]), inclusionHead+"\n") || IsGrown(data)
}

// IsGrown says whether data begins as a proof that a history only grew.
func IsGrown(data []byte) bool {
	return strings.HasPrefix(string(data[:min(len(data), 64)]), grownHead)
}

// textParts are what both texts are made of.
type textParts struct {
	lines      []string // before the hashes
	path       []tlog.Hash
	checkpoint Checkpoint
}

func readText(data []byte, before int, keys []note.Verifier) (p textParts, err error) {
	bad := func(err error) (textParts, error) {
		return p, fault.Wrap(fault.Invalid, err, "This is no proof of a history: a C2SP tlog-proof, or one that a "+
			"history only grew.")
	}
	head, signed, found := strings.Cut(string(data), "\n\n")
	if !found || len(data) > MaxText {
		return bad(fmt.Errorf("%d bytes", len(data)))
	}
	lines := strings.Split(head, "\n")
	if before == 2 && len(lines) > 1 && strings.HasPrefix(lines[1], "extra ") {
		before++
	}
	if len(lines) < before || len(lines) > before+64 {
		return bad(fmt.Errorf("%d lines", len(lines)))
	}
	p.lines = lines[:before]
	for _, line := range lines[before:] {
		h, err := tlog.ParseHash(line)
		if err != nil {
			return bad(err)
		}
		p.path = append(p.path, h)
	}
	p.checkpoint, err = ParseCheckpoint([]byte(signed), keys...)
	return p, err
}

// number reads "WORD N" as it is written.
func numbered(line, word string) (int64, error) {
	text, is := strings.CutPrefix(line, word)
	n, err := strconv.ParseInt(text, 10, 64)
	if !is || err != nil || n < 0 || strconv.FormatInt(n, 10) != text {
		return 0, fault.New(fault.Invalid, "A line of the proof is not “%sN”.", word)
	}
	return n, nil
}

// CheckIncluded reads a proof of inclusion that holds the leaf, and checks it. An error with ErrNotProved in its chain
// means that the text does not prove what it says. Without keys the signature is not checked.
func CheckIncluded(data []byte, keys ...note.Verifier) (in Included, err error) {
	p, err := readText(data, 2, keys)
	if err != nil {
		return in, err
	}
	index, err := numbered(p.lines[len(p.lines)-1], "index ")
	if err != nil || p.lines[0] != inclusionHead {
		return in, errors.Join(err, ErrNotProved)
	}
	if len(p.lines) == 2 {
		return in, fault.New(fault.Invalid, "The proof does not hold the event's leaf, so that it cannot be checked "+
			"alone. The leaf of an event whose article was taken down is in an export of the history only.")
	}
	extra, _ := strings.CutPrefix(p.lines[1], "extra ")
	leaf, err := base64.StdEncoding.DecodeString(extra)
	if err != nil {
		return in, fault.Wrap(fault.Invalid, err, "The extra data of the proof is not base64.")
	}
	in = Included{Seq: index + 1, Leaf: leaf, Checkpoint: p.checkpoint}
	if seq, ok := LeafSeq(leaf); !ok || seq != in.Seq {
		return in, fmt.Errorf("%w: the leaf is not that of event %d", ErrNotProved, in.Seq)
	}
	if index >= p.checkpoint.Size {
		return in, fmt.Errorf("%w: the checkpoint does not cover event %d", ErrNotProved, in.Seq)
	}
	if err := tlog.CheckRecord(p.path, p.checkpoint.Size, tlog.Hash(p.checkpoint.Root), index,
		tlog.RecordHash(leaf)); err != nil {
		return in, fmt.Errorf("%w: %w", ErrNotProved, err)
	}
	return in, nil
}

// CheckGrown reads a proof that a history only grew from an older checkpoint on, and checks it. What old is believed
// for is the caller's to know.
func CheckGrown(data []byte, old Checkpoint, keys ...note.Verifier) (g Grown, err error) {
	p, err := readText(data, 1, keys)
	if err != nil {
		return g, err
	}
	if g.From, err = numbered(p.lines[0], grownHead); err != nil {
		return g, err
	}
	g.Checkpoint = p.checkpoint
	switch {
	case old.Origin != g.Checkpoint.Origin:
		return g, fmt.Errorf("%w: it is of the history %s, and the checkpoint given of %s", ErrNotProved,
			g.Checkpoint.Origin, old.Origin)
	case old.Size != g.From:
		return g, fault.New(fault.Invalid, "The proof begins at %d events, and the checkpoint given is of %d.", g.From,
			old.Size)
	}
	if g.From < 1 || g.From > g.Checkpoint.Size {
		return g, fmt.Errorf("%w: it goes from %d to %d events", ErrNotProved, g.From, g.Checkpoint.Size)
	}
	if err := tlog.CheckTree(p.path, g.Checkpoint.Size, tlog.Hash(g.Checkpoint.Root), old.Size,
		tlog.Hash(old.Root)); err != nil {
		return g, fmt.Errorf("%w: %w", ErrNotProved, err)
	}
	return g, nil
}

// LeafSeq reads the number of its event from a leaf.
func LeafSeq(leaf []byte) (int64, bool) {
	head, rest, _ := strings.Cut(string(leaf), "\n")
	line, _, found := strings.Cut(rest, "\n")
	parts := strings.Split(line, " ")
	if !found || !strings.HasPrefix(head, "claimbench event ") || len(parts) != 3 || parts[0] != "seq" {
		return 0, false
	}
	n, err := strconv.ParseInt(parts[2], 10, 64)
	return n, err == nil && parts[1] == strconv.Itoa(len(parts[2]))
}
