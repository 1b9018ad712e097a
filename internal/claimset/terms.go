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

// People says how a set names those who decided and approved.
type People string

// The ways to name people.
const (
	Named  People = "names"
	Roles  People = "roles"
	Nobody People = "none"
)

// Peoples are the ways in which a set names people, the one that is meant when nobody says first.
var Peoples = term.New("naming of people",
	term.Term[People]{Name: Named, Word: "names", About: "Who approved is named."},
	term.Term[People]{Name: Roles, Word: "roles", About: "“An editor” approved; no name is in the set."},
	term.Term[People]{Name: Nobody, Word: "nothing", About: "Nothing is said of who approved."},
)

// Word is the way as people read it.
func (p People) Word() string { return Peoples.Word(p) }
