package match

import (
	"errors"
	"testing"
	"time"
)

// TestPatience: who asks while something is added waits as long as the index says, and finds again afterwards; without
// patience the question waits for the end.
func TestPatience(t *testing.T) {
	t.Parallel()
	ix := NewIndex(Builtin(), Patience(time.Millisecond))
	there := Item{ID: "a", Doc: "1", Lang: "en", Text: "The ferry Marn ran aground off Wickmarsh."}
	if err := ix.Add(there); err != nil {
		t.Fatal(err)
	}
	q := Item{Doc: "2", Lang: "en", Text: "Off Wickmarsh the ferry Marn ran aground."}
	ix.mu.Lock() // as Add has it
	if _, err := ix.QueryFrom(q, 3, nil); !errors.Is(err, ErrBusy) {
		t.Errorf("while something is added a query gives %v, want ErrBusy", err)
	}
	if _, err := ix.ProposeFrom(q, 3, nil); !errors.Is(err, ErrBusy) {
		t.Errorf("while something is added a proposal gives %v, want ErrBusy", err)
	}
	ix.mu.Unlock()
	if hits, err := ix.QueryFrom(q, 3, nil); err != nil || len(hits) != 1 {
		t.Errorf("afterwards %d hits, %v; want 1", len(hits), err)
	}
	waits := NewIndex(Builtin())
	waits.mu.Lock()
	found := make(chan error, 1)
	go func() {
		_, err := waits.QueryFrom(q, 3, nil)
		found <- err
	}()
	waits.mu.Unlock()
	if err := <-found; err != nil {
		t.Errorf("a query without patience gives %v", err)
	}
}
