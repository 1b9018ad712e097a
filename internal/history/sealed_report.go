package history

import (
	"encoding/hex"
	"errors"
	"fmt"
	"strings"

	"golang.org/x/mod/sumdb/note"

	"claimbench/internal/fault"
	"claimbench/internal/proof"
)

// reportHead is the first line of the note that signs a report. A checkpoint's first line is the name of its key and
// its second a number, so that neither note is ever taken for the other.
const reportHead = "claimbench/report 1"

// SealReport signs the SHA-256 of a report, as a C2SP signed note.
func (s *Signer) SealReport(sum [32]byte) (string, error) {
	signed, err := note.Sign(&note.Note{Text: reportText(sum[:])}, s.key.half().signer)
	return string(signed), err
}

func reportText(sum []byte) string { return reportHead + "\nsha256 " + hex.EncodeToString(sum) + "\n" }

// OpenReport reads such a note: the SHA-256 that was signed, and by which key. With keys, one of them must have signed
// it; without, its signature is not checked, and checked is false.
func OpenReport(data []byte, keys ...note.Verifier) (sum [32]byte, signer string, checked bool, err error) {
	bad := func(err error) ([32]byte, string, bool, error) {
		return sum, "", false, fault.Wrap(fault.Invalid, err, "The signature of the report cannot be read. Ask for "+
			"the report again.")
	}
	if len(data) > proof.MaxCheckpoint {
		return bad(fmt.Errorf("%d bytes", len(data)))
	}
	opened, err := note.Open(data, note.VerifierList(keys...))
	var unknown *note.UnverifiedNoteError
	switch {
	case err == nil:
		signer, checked = opened.Sigs[0].Name, true
	case errors.As(err, &unknown) && len(keys) == 0:
		opened, signer = unknown.Note, proof.SignersOf(unknown.Note)
	case errors.As(err, &unknown):
		return sum, "", false, fault.Wrap(fault.Invalid, err, "The report is signed by %s, not by the key given. Ask "+
			"who runs that log for the file that ends in .pub.", proof.SignersOf(unknown.Note))
	default:
		return bad(err)
	}
	if len(opened.Sigs)+len(opened.UnverifiedSigs) != 1 {
		return bad(errors.New("a report has one signature"))
	}
	words, found := strings.CutPrefix(opened.Text, reportHead+"\nsha256 ")
	raw, err := hex.DecodeString(strings.TrimSuffix(words, "\n"))
	if !found || err != nil || len(raw) != len(sum) || opened.Text != reportText(raw) {
		return bad(errors.New("it is no note about a report"))
	}
	return [32]byte(raw), signer, checked, nil
}
