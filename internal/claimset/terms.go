package claimset

import "claimbench/internal/term"

// State is where a set stands on its way.
type State string

// The states of a set.
const (
	Draft      State = "draft"
	Frozen     State = "frozen"
	Superseded State = "superseded"
)

// States are the states of a set in their order.
var States = term.New("state of a claim set",
	term.Term[State]{Name: Draft, Word: "draft", About: "Claims are still added and taken out."},
	term.Term[State]{Name: Frozen, Word: "frozen", About: "Final: it never changes."},
	term.Term[State]{Name: Superseded, Word: "superseded",
		About: "A correction was frozen after it; it stays readable."},
)

// Word is the state as people read it.
func (s State) Word() string { return States.Word(s) }
