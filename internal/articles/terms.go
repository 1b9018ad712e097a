package articles

import "claimbench/internal/term"

// State says whether an article's text is there to be read.
type State string

// The states of an article.
const (
	Live      State = "live"
	TakenDown State = "taken_down"
	Protected State = "protected"
)

// States are the states of an article.
var States = term.New("state of an article",
	term.Term[State]{Name: Live, Word: "live", About: "Its text can be read."},
	term.Term[State]{Name: TakenDown, Word: "taken down",
		About: "Its text is withheld; the history keeps that it was there."},
	term.Term[State]{Name: Protected, Word: "protected",
		About: "Its source is protected: the editors read it, and the reviewers whom they name."},
)

// Word is the state as people read it.
func (s State) Word() string { return States.Word(s) }

// Rule says how the reviews of a round become a decision.
type Rule string

// The rules.
const (
	Unanimous Rule = "unanimous"
	Majority  Rule = "majority"
)

// Rules are the rules; the first is the one of a new collection.
var Rules = term.New("rule",
	term.Term[Rule]{Name: Unanimous, Word: "unanimous", About: "All reviews give one verdict."},
	term.Term[Rule]{Name: Majority, Word: "majority", About: "More than half of the reviews give one verdict."},
)

// Word is the rule as people read it.
func (r Rule) Word() string { return Rules.Word(r) }

// Guard is what a verdict must meet. A collection may turn one into advice; review.Check applies them.
type Guard string

// The guards.
const (
	GuardCorroborated Guard = "corroborated"
	GuardUnanswered   Guard = "refuting_unanswered"
	GuardDisputed     Guard = "disputed"
	GuardConflicting  Guard = "conflicting"
	GuardOutOfContext Guard = "out_of_context"
	GuardUnverified   Guard = "unverified"
	GuardNotCheckable Guard = "not_checkable"
)

// Guards are the guards that a collection may turn into advice.
var Guards = term.New("guard",
	term.Term[Guard]{Name: GuardCorroborated, Word: "corroborated",
		About: "Corroborated needs a primary document, an official record, or two known and different origins."},
	term.Term[Guard]{Name: GuardUnanswered, Word: "refuting unanswered",
		About: "Every refuting item is answered in the rationale."},
	term.Term[Guard]{Name: GuardDisputed, Word: "disputed", About: "Disputed needs a refuting item."},
	term.Term[Guard]{Name: GuardConflicting, Word: "conflicting",
		About: "Conflicting needs one supporting and one refuting item."},
	term.Term[Guard]{Name: GuardOutOfContext, Word: "out of context",
		About: "Out of context needs a refuting or context item."},
	term.Term[Guard]{Name: GuardUnverified, Word: "unverified", About: "Unverified needs a note of what was searched."},
	term.Term[Guard]{Name: GuardNotCheckable, Word: "not checkable",
		About: "Not checkable needs a rationale that says why."},
)

// Word is the guard as people read it.
func (g Guard) Word() string { return Guards.Word(g) }
