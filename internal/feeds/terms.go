package feeds

import "claimbench/internal/term"

// Mode says what becomes of new items.
type Mode string

// The modes.
const (
	Choose Mode = "choose"
	Take   Mode = "take"
)

// Modes are the modes with their words.
var Modes = term.New("what becomes of new items",
	term.Term[Mode]{Name: Choose, Word: "a list to choose from", About: "Nothing is fetched before somebody chooses."},
	term.Term[Mode]{Name: Take, Word: "taken in by themselves", About: "Each becomes an article."})

// Word is the mode as people read it.
func (m Mode) Word() string { return Modes.Word(m) }

// State says whether a feed is asked for.
type State string

// The states of a feed.
const (
	On    State = "on"
	Ended State = "ended"
)

// Fate says what became of an item.
type Fate string

// The fates.
const (
	Open   Fate = "open"
	Taking Fate = "taking"
	Taken  Fate = "taken"
	Passed Fate = "passed"
)

// Fates are the fates with their words.
var Fates = term.New("what became of an item",
	term.Term[Fate]{Name: Open, Word: "to choose"},
	term.Term[Fate]{Name: Taking, Word: "being taken in"},
	term.Term[Fate]{Name: Taken, Word: "taken"},
	term.Term[Fate]{Name: Passed, Word: "let pass"})
