package witness

import (
	"encoding/base64"
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/tlog"
)

// Bounds of a request and of an answer.
const (
	MostProof   = 63       // hashes of a consistency proof, by the specification
	MaxRequest  = 96 << 10 // bytes
	maxOldDigit = 19
)

// request is what a log asks: sign this checkpoint, which only adds to what you signed at size old.
type request struct {
	old        int64
	proof      []tlog.Hash
	checkpoint string // signed note
}

// Request writes an add-checkpoint request: the checkpoint, a signed note, with the proof that it only adds to what was
// signed at size old.
func Request(old int64, proof []tlog.Hash, checkpoint string) string {
	return request{old, proof, checkpoint}.body()
}

// body writes a request.
func (r request) body() string {
	var b strings.Builder
	fmt.Fprintf(&b, "old %d\n", r.old)
	for _, h := range r.proof {
		b.WriteString(base64.StdEncoding.EncodeToString(h[:]) + "\n")
	}
	return b.String() + "\n" + r.checkpoint
}

// parseRequest reads a request, and refuses what the specification does not allow.
func parseRequest(body string) (r request, err error) {
	line, rest, ok := strings.Cut(body, "\n")
	old, begins := strings.CutPrefix(line, "old ")
	if !ok || !begins || len(old) > maxOldDigit {
		return r, fmt.Errorf("the first line is not “old SIZE”")
	}
	if r.old, err = size(old); err != nil {
		return r, err
	}
	for {
		line, rest, ok = strings.Cut(rest, "\n")
		if !ok {
			return r, fmt.Errorf("no empty line stands behind the proof")
		}
		if line == "" {
			r.checkpoint = rest
			return r, nil
		}
		if len(r.proof) == MostProof {
			return r, fmt.Errorf("the proof has more than %d lines", MostProof)
		}
		raw, err := base64.StdEncoding.Strict().DecodeString(line)
		if err != nil || len(raw) != tlog.HashSize {
			return r, fmt.Errorf("line %d of the proof is no hash", len(r.proof)+1)
		}
		r.proof = append(r.proof, tlog.Hash(raw))
	}
}

// size reads the size of a tree: ASCII decimal without leading zeroes.
func size(s string) (int64, error) {
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil || n < 0 || strconv.FormatInt(n, 10) != s {
		return 0, fmt.Errorf("“%.20s” is no size of a tree", s)
	}
	return n, nil
}
