package proof

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"claimbench/internal/fault"
)

// Checkpoint is the size and root of a history at a moment (C2SP tlog-checkpoint).
type Checkpoint struct {
	Origin string
	Size   int64
	Root   Hash
	At     int64 // when it was signed, UTC microseconds; 0 when its note does not say
	After  int64 // the size of the checkpoint stored before it, 0 for the first; -1 when its note does not say
	Signed bool  // a given key's signature was checked
}

// MaxCheckpoint bounds what is read as a checkpoint, in bytes.
const MaxCheckpoint = 64 << 10

// SignedLine is the line after the root (an extension line of C2SP tlog-checkpoint): when the checkpoint was signed,
// and which one was stored before it, so that neither is changed unseen. Checkpoints of earlier programs have no such
// line.
const SignedLine = "signed %d after %d"

// ParseCheckpoint reads a checkpoint in a C2SP signed-note. With keys, one of them must have signed it, else the error
// says so; without, its signature is not checked and Signed is false.
func ParseCheckpoint(data []byte, keys ...note.Verifier) (Checkpoint, error) {
	bad := func(err error) (Checkpoint, error) {
		return Checkpoint{}, fault.Wrap(fault.Invalid, err, "This is not a checkpoint of a Claimbench history. "+
			"Give a file as “workbench audit checkpoint” prints it.")
	}
	if len(data) > MaxCheckpoint {
		return bad(fmt.Errorf("%d bytes", len(data)))
	}
	opened, err := note.Open(data, note.VerifierList(different(keys)...))
	var unknown *note.UnverifiedNoteError
	switch {
	case err == nil:
	case errors.As(err, &unknown) && len(keys) == 0:
		opened = unknown.Note
	case errors.As(err, &unknown):
		return Checkpoint{}, fault.Wrap(fault.Invalid, err, "The checkpoint is signed by %s, not by the key given. "+
			"Ask who runs that log for the file that ends in .pub.", SignersOf(unknown.Note))
	default:
		return bad(err)
	}
	c := Checkpoint{Signed: len(opened.Sigs) > 0, After: -1}
	lines := strings.Split(opened.Text, "\n")
	if len(lines) < 4 || lines[0] == "" {
		return bad(errors.New("fewer than three lines"))
	}
	c.Origin = lines[0]
	c.Size, err = strconv.ParseInt(lines[1], 10, 64)
	if err != nil || c.Size < 0 || strconv.FormatInt(c.Size, 10) != lines[1] {
		return bad(fmt.Errorf("size %q", lines[1]))
	}
	root, err := tlog.ParseHash(lines[2])
	if err != nil {
		return bad(err)
	}
	c.Root = Hash(root)
	var at, after int64
	if n, err := fmt.Sscanf(lines[3], SignedLine, &at, &after); err == nil && n == 2 &&
		lines[3] == fmt.Sprintf(SignedLine, at, after) {
		c.At, c.After = at, after
	}
	if c.Signed && opened.Sigs[0].Name != c.Origin {
		return bad(fmt.Errorf("signed by %s for the log of %s", opened.Sigs[0].Name, c.Origin))
	}
	return c, nil
}

// SignersOf lists the keys whose signatures a note bears and nobody checked: name+hash, joined by commas.
func SignersOf(n *note.Note) string {
	var names []string
	for _, s := range n.UnverifiedSigs {
		names = append(names, fmt.Sprintf("%s+%08x", s.Name, s.Hash))
	}
	return strings.Join(names, ", ")
}
