package requests

import "claimbench/internal/term"

// State says what became of a request.
type State string

// The states.
const (
	Received   State = "received"
	Checking   State = "checking"
	NotChecked State = "not_checked"
	Withheld   State = "withheld"
)

// States are the states with their words.
var States = term.New("state of a request",
	term.Term[State]{Name: Received, Word: "received", About: "Nobody has decided what becomes of it."},
	term.Term[State]{Name: Checking, Word: "being checked", About: "It is linked to claims."},
	term.Term[State]{Name: NotChecked, Word: "not checked", About: "An editor said why."},
	term.Term[State]{Name: Withheld, Word: "taken down", About: "Its words are gone."})

// Word is the state as people read it.
func (s State) Word() string { return States.Word(s) }
