package proof

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"claimbench/internal/fault"
)

// handoverHead is the first line of the note by which a log goes on under another key. A checkpoint's first line is the
// name of its log and its second a number, so that neither note is ever taken for the other.
const handoverHead = "claimbench/handover 1"

// Handover says that a log goes on under another key: a C2SP signed note with the signatures of both. The key From
// signs checkpoints of at most Size events, the key To those of more.
type Handover struct {
	From, To string // public keys, as golang.org/x/mod/sumdb/note writes them
	Size     int64
	Root     Hash  // of the tree of Size events
	At       int64 // UTC microseconds
	Note     string
}

// Text is what both keys sign.
func (h Handover) Text() string {
	return fmt.Sprintf("%s\nfrom %s\nto %s\nsize %d\nroot %s\nat %d\n", handoverHead, h.From, h.To, h.Size,
		tlog.Hash(h.Root), h.At)
}

// ParseHandover reads the note and checks that both of the keys that it names signed it. Whether either is a key to
// trust is for Chain to say.
func ParseHandover(data []byte) (h Handover, err error) {
	bad := func(err error) (Handover, error) {
		return Handover{}, fault.Wrap(fault.Invalid, err, "This is no handover of a log from one key to another.")
	}
	if len(data) > MaxCheckpoint {
		return bad(fmt.Errorf("%d bytes", len(data)))
	}
	text, _, _ := strings.Cut(string(data), "\n\n")
	lines := strings.Split(text, "\n")
	if len(lines) != 6 || lines[0] != handoverHead {
		return bad(errors.New("it has another form"))
	}
	for i, into := range map[int]*string{1: &h.From, 2: &h.To} {
		*into, _ = strings.CutPrefix(lines[i], []string{"", "from ", "to "}[i])
	}
	size, _ := strings.CutPrefix(lines[3], "size ")
	root, _ := strings.CutPrefix(lines[4], "root ")
	at, _ := strings.CutPrefix(lines[5], "at ")
	var errs [3]error
	var parsed tlog.Hash
	h.Size, errs[0] = strconv.ParseInt(size, 10, 64)
	parsed, errs[1] = tlog.ParseHash(root)
	h.At, errs[2] = strconv.ParseInt(at, 10, 64)
	h.Root, h.Note = Hash(parsed), string(data)
	if err := errors.Join(errs[:]...); err != nil || h.Size < 0 || h.Text() != text+"\n" {
		return bad(errors.Join(err, errors.New("its lines are not in their form")))
	}
	return h, h.signed()
}

// signed checks the signatures of both keys.
func (h Handover) signed() error {
	bad := func(err error) error {
		return fault.Wrap(fault.Invalid, err, "The handover is not signed by both of the keys that it names.")
	}
	from, err := note.NewVerifier(h.From)
	if err != nil {
		return bad(err)
	}
	to, err := note.NewVerifier(h.To)
	if err != nil {
		return bad(err)
	}
	if from.Name() != to.Name() || h.From == h.To || from.KeyHash() == to.KeyHash() {
		return bad(errors.New("it is not about two keys of one log"))
	}
	opened, err := note.Open([]byte(h.Note), note.VerifierList(from, to))
	if err != nil {
		return bad(err)
	}
	if len(opened.Sigs) != 2 || len(opened.UnverifiedSigs) > 0 || opened.Sigs[0].Hash == opened.Sigs[1].Hash {
		return bad(fmt.Errorf("%d signatures", len(opened.Sigs)+len(opened.UnverifiedSigs)))
	}
	return nil
}

// Trusted is a key with the sizes of the checkpoints that it may have signed: more than After events, at most Until
// (-1: no end).
type Trusted struct {
	note.Verifier
	After, Until int64
}

// named says whether it is this public key.
func (t Trusted) named(public string) bool {
	v, err := note.NewVerifier(public)
	return err == nil && t.Name() == v.Name() && t.KeyHash() == v.KeyHash()
}

// Chain gives the keys given, and those that a row of handovers leads to from any of them, forwards and backwards, each
// with the sizes that the handovers leave it. A handover that does not hang on a key given is passed over.
func Chain(keys []note.Verifier, handovers []Handover) []Trusted {
	var out []Trusted
	known := func(public string) int {
		return slices.IndexFunc(out, func(t Trusted) bool { return t.named(public) })
	}
	for _, k := range different(keys) {
		out = append(out, Trusted{Verifier: k, Until: -1})
	}
	add := func(public string) {
		if v, err := note.NewVerifier(public); err == nil && known(public) < 0 {
			out = append(out, Trusted{Verifier: v, Until: -1})
		}
	}
	for range handovers { // each turn may add the next one of a row, in whatever order they stand
		for _, h := range handovers {
			if known(h.From) >= 0 {
				add(h.To)
			} else if known(h.To) >= 0 {
				add(h.From)
			}
		}
	}
	for _, h := range handovers {
		if i := known(h.From); i >= 0 {
			out[i].Until = h.Size
		}
		if i := known(h.To); i >= 0 {
			out[i].After = h.Size
		}
	}
	return out
}

// Verifiers are the keys alone.
func Verifiers(all []Trusted) []note.Verifier {
	out := make([]note.Verifier, len(all))
	for i, t := range all {
		out[i] = t.Verifier
	}
	return out
}

// ParseCheckpointBy is ParseCheckpoint with keys that may sign some sizes only.
func ParseCheckpointBy(data []byte, keys []Trusted) (Checkpoint, error) {
	c, err := ParseCheckpoint(data, Verifiers(keys)...)
	if err != nil || !c.Signed {
		return c, err
	}
	var out error
	for _, k := range keys {
		if _, err := ParseCheckpoint(data, k.Verifier); err != nil {
			continue
		}
		if c.Size > k.After && (k.Until < 0 || c.Size <= k.Until) {
			return c, nil
		}
		out = fault.New(fault.Invalid, "The checkpoint of %d events is signed by the key %s+%08x, which was handed "+
			"over and signs checkpoints of more than %d and at most %d events.", c.Size, k.Name(), k.KeyHash(),
			k.After, k.Until)
		if k.Until < 0 {
			out = fault.New(fault.Invalid, "The checkpoint of %d events is signed by the key %s+%08x, to which the "+
				"log was handed over at %d events.", c.Size, k.Name(), k.KeyHash(), k.After)
		}
	}
	return Checkpoint{}, out
}

// SplitHandovers reads the handovers that stand one after the other in a text.
func SplitHandovers(text string) (out []Handover, err error) {
	for at := range strings.SplitSeq(text, handoverHead+"\n") {
		if strings.TrimSpace(at) == "" {
			continue
		}
		h, err := ParseHandover([]byte(handoverHead + "\n" + strings.TrimRight(at, "\n") + "\n"))
		if err != nil {
			return nil, err
		}
		out = append(out, h)
	}
	return out, nil
}

// ParsePublicKeys reads a public key and the handovers behind it, as the file beside a log key has them: the key in
// force first, then those before it.
func ParsePublicKeys(text string) ([]note.Verifier, []Handover, error) {
	line, rest, _ := strings.Cut(strings.TrimSpace(text), "\n")
	v, err := note.NewVerifier(strings.TrimSpace(line))
	if err != nil {
		return nil, nil, err
	}
	handovers, err := SplitHandovers(rest)
	if err != nil {
		return nil, nil, err
	}
	return Verifiers(Chain([]note.Verifier{v}, handovers)), handovers, nil
}
