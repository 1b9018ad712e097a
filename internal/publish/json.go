package publish

import (
	"bufio"
	"encoding/json"
	"fmt"

	"claimbench/internal/claimset"
	"claimbench/internal/methods"
)

// head is what a JSON export says of its set. Note is the signed checkpoint that covers the freeze, "" before one was
// signed.
type head struct {
	Format     string         `json:"format"`
	Set        claimset.ID    `json:"set"`
	Title      string         `json:"title"`
	N          int            `json:"version"`
	State      claimset.State `json:"state"`
	FrozenAt   string         `json:"frozen_at"`
	FrozenSeq  int64          `json:"frozen_seq"`
	SHA256     string         `json:"sha256"`
	Checkpoint string         `json:"checkpoint"`
	Offsets    string         `json:"offsets"`
	claimset.Imprint
	Method *methods.Printed `json:"method,omitempty"` // left out where the set is bound to none
}

// headOf is the head of a print.
func headOf(p *Print) head {
	set := p.Set
	return head{Format: "claimbench/claimset/1", Set: set.ID, Title: set.Title, N: set.N, State: set.State,
		FrozenAt: set.FrozenAt.String(), FrozenSeq: set.FrozenSeq, SHA256: set.SHA256, Checkpoint: p.Checkpoint,
		Offsets: "code points of the raw text, end exclusive", Imprint: set.Imprint, Method: p.Method}
}

func writeJSON(w *bufio.Writer, p *Print, _ Options) error {
	b, err := json.Marshal(headOf(p))
	if err != nil {
		return err
	}
	_, _ = fmt.Fprintf(w, "{\"claim_set\":%s,\n\"claims\":[", b) // the last write tells of an error
	l := list{w: w}
	if err := p.Each(func(f claimset.Kept) error {
		b, err := f.JSON()
		if err != nil {
			return err
		}
		return l.item(b)
	}); err != nil {
		return err
	}
	_, err = w.WriteString("\n]}\n")
	return err
}

// list writes the items of a JSON list, one a line.
type list struct {
	w     *bufio.Writer
	begun bool
}

func (l *list) item(b []byte) error {
	if l.begun {
		_ = l.w.WriteByte(',') // a bufio.Writer tells an error again at every later write
	}
	l.begun = true
	_ = l.w.WriteByte('\n')
	_, err := l.w.Write(b)
	return err
}

// add writes a value as the next item. What stands in a page between <script> and </script> may hold it: encoding/json
// escapes <, >, & and the two line separators of Unicode.
func (l *list) add(v any) error {
	b, err := json.Marshal(v)
	if err != nil {
		return err
	}
	return l.item(b)
}
