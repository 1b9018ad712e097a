package witness

import (
	"fmt"
	"strconv"
	"strings"
	"sync"

	"filippo.io/torchwood"
	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"claimbench/internal/fault"
)

// Answer is what a witness says to a request: an HTTP status with its body.
type Answer struct {
	Status int
	Kind   string // Content-Type
	Body   string
	Failed error // why nothing could be written down, for whoever runs the witness; nil: it is no fault of theirs
}

// The statuses of the specification.
const (
	signed      = 200 // the body has the signature lines
	malformed   = 400 // it is no request
	untrusted   = 403 // no known key of the log signed the checkpoint
	unknownLog  = 404
	otherSize   = 409 // the body has the size signed last
	notGrown    = 422 // the proof does not hold
	unavailable = 500 // what was signed could not be written down, so nothing is signed
)

const (
	plainText = "text/plain; charset=utf-8"
	sizeText  = "text/x.tlog.size"
)

// Witness answers requests of some logs. It is safe for use by several goroutines.
type Witness struct {
	key  *Key
	logs map[string][]note.Verifier // by origin

	mu    sync.Mutex
	state *state
}

// New makes a witness of the logs whose keys are given; several keys of one name are of one log. The file holds what it
// signed last.
func New(key *Key, stateFile string, logs []note.Verifier) (*Witness, error) {
	s, err := openState(stateFile)
	if err != nil {
		return nil, err
	}
	w := &Witness{key: key, logs: map[string][]note.Verifier{}, state: s}
	for _, v := range logs {
		w.logs[v.Name()] = append(w.logs[v.Name()], v)
	}
	return w, nil
}

// Close lets another process have the state.
func (w *Witness) Close() error { return w.state.close() }

// Sizes gives the size signed last of each log.
func (w *Witness) Sizes() map[string]int64 {
	w.mu.Lock()
	defer w.mu.Unlock()
	out := map[string]int64{}
	for origin, s := range w.state.of {
		out[origin] = s.size
	}
	return out
}

func refused(status int, format string, a ...any) Answer {
	return Answer{Status: status, Kind: plainText, Body: fmt.Sprintf(format, a...) + "\n"}
}

// AddCheckpoint answers the body of one add-checkpoint request. Comparing with what was signed before and writing it
// down are one step, so two requests at once cannot set the witness back.
func (w *Witness) AddCheckpoint(body []byte) Answer {
	if len(body) > MaxRequest {
		return refused(malformed, "the request has more than %d bytes", MaxRequest)
	}
	r, err := parseRequest(string(body))
	if err != nil {
		return refused(malformed, "%s", err)
	}
	c, text, no := w.opened(r.checkpoint)
	if no.Status != 0 {
		return no
	}
	if r.old > c.N {
		return refused(malformed, "the old size %d is larger than the checkpoint’s %d", r.old, c.N)
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	last := w.state.of[c.Origin]
	if r.old != last.size {
		return conflict(last.size)
	}
	if r.old == c.N && r.old > 0 && last.root != c.Hash {
		return conflict(last.size)
	}
	if err := grown(r, last, c); err != nil {
		return refused(notGrown, "%s", err)
	}
	line, err := w.key.line(text)
	if err != nil {
		return refused(malformed, "the checkpoint cannot be signed: %s", err)
	}
	if now := (seen{c.N, c.Hash}); now != last {
		if err := w.state.set(c.Origin, now); err != nil {
			no := refused(unavailable, "the checkpoint could not be written down, so it is not signed; try again later")
			no.Failed = fault.Wrap(fault.Unavailable, err, "The state %s could not be written, so nothing was signed: "+
				"%s. Look at the disk and at the rights of its folder.", w.state.path, err)
			return no
		}
	}
	return Answer{Status: signed, Kind: plainText, Body: line}
}

func conflict(size int64) Answer {
	return Answer{Status: otherSize, Kind: sizeText, Body: strconv.FormatInt(size, 10) + "\n"}
}

// opened reads the checkpoint, and asks whether its log is known and signed it.
func (w *Witness) opened(signedNote string) (c torchwood.Checkpoint, text string, no Answer) {
	end := strings.LastIndex(signedNote, "\n\n")
	if end < 0 {
		return c, "", refused(malformed, "the checkpoint is no signed note")
	}
	c, err := torchwood.ParseCheckpoint(signedNote[:end+1])
	if err != nil || c.String() != signedNote[:end+1] {
		return c, "", refused(malformed, "the checkpoint cannot be read")
	}
	if c.N < 0 {
		return c, "", refused(malformed, "the checkpoint has no size")
	}
	keys := w.logs[c.Origin]
	if keys == nil {
		return c, "", refused(unknownLog, "this witness does not know the log %s", c.Origin)
	}
	opened, err := note.Open([]byte(signedNote), note.VerifierList(keys...))
	if err != nil {
		return c, "", refused(untrusted, "no key known of the log signed the checkpoint")
	}
	return c, opened.Text, Answer{}
}

// emptyTree is the root of a tree without leaves: SHA-256 of nothing (RFC 6962, 2.1).
var emptyTree, _ = tlog.TreeHash(0, nil)

// grown says whether a checkpoint only adds to what was signed before.
func grown(r request, last seen, c torchwood.Checkpoint) error {
	switch {
	case r.old == 0 || r.old == c.N:
		if len(r.proof) > 0 {
			return fmt.Errorf("a proof from size %d to %d has no lines", r.old, c.N)
		}
		if c.N == 0 && c.Hash != emptyTree {
			return fmt.Errorf("a tree without leaves has another root")
		}
		return nil
	}
	return tlog.CheckTree(r.proof, c.N, c.Hash, last.size, last.root)
}
