package proof

import (
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/note"
)

// cosigned checks every line of a signature that the checkpoint bears: those of a key that was given must hold, and
// those of another are named as not checked.
func (v *verifier) cosigned(signed []byte) bool {
	witnesses := different(v.o.Witnesses)
	v.Witnesses = len(witnesses)
	opened, err := note.Open(signed, note.VerifierList(append(different(v.o.Keys), witnesses...)...))
	var none *note.UnverifiedNoteError
	if errors.As(err, &none) {
		opened, err = none.Note, nil
	}
	if err != nil {
		v.add(CheckpointFile, "a signature of it is wrong: it was changed, or the checkpoint was (%v)", err)
		return false
	}
	lines := strings.Count(string(signed)[strings.LastIndex(string(signed), "\n\n")+1:], "\n— ")
	if lines != len(opened.Sigs)+len(opened.UnverifiedSigs) {
		v.add(CheckpointFile, "a key signed it twice")
		return false
	}
	for _, s := range opened.Sigs {
		for _, w := range witnesses {
			if w.Name() == s.Name && w.KeyHash() == s.Hash {
				v.Cosigned = append(v.Cosigned, s.Name+seenAt(s))
			}
		}
	}
	for i, s := range opened.UnverifiedSigs {
		if i == 0 && len(v.o.Keys) == 0 {
			continue // the log's own: that no key was given is said elsewhere
		}
		v.unproved(CheckpointFile, fmt.Sprintf("NOT checked: the signature of %s+%08x, whose key was not given "+
			"(--witness)", s.Name, s.Hash))
	}
	return true
}

// different leaves out keys that are given twice.
func different(keys []note.Verifier) (out []note.Verifier) {
	seen := map[string]bool{}
	for _, k := range keys {
		if id := fmt.Sprintf("%s+%08x", k.Name(), k.KeyHash()); !seen[id] {
			seen[id] = true
			out = append(out, k)
		}
	}
	return out
}

// seenAt is when a witness says that it saw a checkpoint (C2SP tlog-cosignature: behind the number of the key 8 bytes
// of seconds since 1970).
func seenAt(s note.Signature) string {
	raw, err := base64.StdEncoding.DecodeString(s.Base64)
	if err != nil || len(raw) < 12 {
		return ""
	}
	at := binary.BigEndian.Uint64(raw[4:])
	return " saw it at " + time.Unix(int64(at&(1<<40-1)), 0).UTC().Format("2006-01-02 15:04:05 UTC")
}
