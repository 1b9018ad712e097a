package publish

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"

	"claimbench/internal/claimset"
	"claimbench/internal/store"
)

// ReportForm names what reports of this program look like: it is another when their template or words are others.
func ReportForm() string {
	h := sha256.Sum256([]byte(reportHTML + "\n" + wordsTable))
	return hex.EncodeToString(h[:8])
}

// Reprint reads a JSON export of n claims as a print, which can be shown once. It is for files that were checked.
func Reprint(r io.Reader, n int64) (*Print, error) {
	in := bufio.NewReaderSize(r, bufferSize)
	line, err := in.ReadBytes('\n')
	if err != nil {
		return nil, err
	}
	var h head
	object := bytes.TrimSuffix(bytes.TrimPrefix(bytes.TrimSpace(line), []byte(`{"claim_set":`)), []byte(","))
	if err := json.Unmarshal(object, &h); err != nil {
		return nil, err
	}
	p, err := h.print(int(n))
	if err != nil {
		return nil, err
	}
	if _, err := in.ReadBytes('\n'); err != nil {
		return nil, err
	}
	p.Each = func(do func(claimset.Kept) error) error {
		for {
			line, err := in.ReadBytes('\n')
			line = bytes.TrimSuffix(bytes.TrimSuffix(line, []byte("\n")), []byte(","))
			switch {
			case err != nil && !errors.Is(err, io.EOF):
				return err
			case err != nil || string(line) == "]}":
				return nil
			}
			if err := do(claimset.Thaw(line)); err != nil {
				return err
			}
		}
	}
	return p, nil
}

// print is a print of what an export says of its set, without its claims.
func (h head) print(n int) (*Print, error) {
	p := &Print{Size: n, Checkpoint: h.Checkpoint, Method: h.Method,
		Set: claimset.Set{ID: h.Set, Title: h.Title, N: h.N,
			State: h.State, FrozenSeq: h.FrozenSeq, SHA256: h.SHA256, Imprint: h.Imprint}}
	t, err := time.Parse(time.RFC3339Nano, h.FrozenAt)
	if err != nil {
		return nil, fmt.Errorf("the moment of its freeze is %q", h.FrozenAt)
	}
	at := store.Micros(t.UnixMicro())
	p.Set.FrozenAt = &at
	return p, nil
}

// WriteReport writes the report of a JSON export of n claims, as a bundle has it.
func WriteReport(claims io.Reader, n int64, lang string, w io.Writer) error {
	if err := (Options{Format: Report, Lang: lang}).Check(); err != nil {
		return err
	}
	p, err := Reprint(claims, n)
	if err != nil {
		return err
	}
	out := bufio.NewWriterSize(w, bufferSize)
	if err := writeBareReport(out, p, Options{Lang: lang}); err != nil {
		return err
	}
	return out.Flush()
}
