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

// Cause is what raised an alarm on a frozen set.
type Cause string

// The causes of alarms.
const (
	CauseReopened  Cause = "reopened"
	CauseWithdrawn Cause = "withdrawn"
	CauseRedecided Cause = "redecided"
	CauseUnlinked  Cause = "unlinked"
	CauseOrigin    Cause = "origin"
	CauseTakenDown Cause = "taken_down"
	CauseRevised   Cause = "revised"
	CauseEditor    Cause = "editor"
)

// Causes are the causes of alarms.
var Causes = term.New("cause of an alarm",
	term.Term[Cause]{Name: CauseReopened, Word: "claim reopened", About: "A printed claim is reviewed anew."},
	term.Term[Cause]{Name: CauseWithdrawn, Word: "claim withdrawn", About: "A printed claim was withdrawn or merged."},
	term.Term[Cause]{Name: CauseRedecided, Word: "decided otherwise",
		About: "A printed claim has another verdict or reason now."},
	term.Term[Cause]{Name: CauseUnlinked, Word: "evidence unlinked",
		About: "An item of printed evidence was unlinked."},
	term.Term[Cause]{Name: CauseOrigin, Word: "evidence of another origin",
		About: "The origin of an article that is printed as evidence was stated anew."},
	term.Term[Cause]{Name: CauseTakenDown, Word: "article taken down",
		About: "An article on which printed claims rest was taken down."},
	term.Term[Cause]{Name: CauseRevised, Word: "article changed",
		About: "An article on which printed claims rest has a newer text."},
	term.Term[Cause]{Name: CauseEditor, Word: "withdrawn by an editor",
		About: "An editor withdrew a claim from the set without an alarm."},
)

// Word is the cause as people read it.
func (c Cause) Word() string { return Causes.Word(c) }

// About says what happened.
func (c Cause) About() string { return Causes.About(c) }

// Reply is how an alarm was answered; "" while it waits. A correction that supersedes the set answers too, with none.
type Reply string

// The answers to an alarm.
const (
	Stands  Reply = "stands"
	PullOut Reply = "withdrawn"
)

// Replies are the answers to an alarm.
var Replies = term.New("answer to an alarm",
	term.Term[Reply]{Name: Stands, Word: "stands as printed", About: "What is printed holds all the same."},
	term.Term[Reply]{Name: PullOut, Word: "withdrawn from the set",
		About: "The set prints it no longer; whoever holds a copy is told so."},
)

// Word is the answer as people read it.
func (r Reply) Word() string { return Replies.Word(r) }

// Condition is how a printed claim stands today.
type Condition string

// The conditions of a printed claim.
const (
	Valid       Condition = "valid"
	Corrected   Condition = "corrected"
	PulledOut   Condition = "withdrawn"
	UnderReview Condition = "under_review"
)

// Conditions are the conditions of a printed claim.
var Conditions = term.New("condition of a printed claim",
	term.Term[Condition]{Name: Valid, Word: "valid", About: "It stands as printed."},
	term.Term[Condition]{Name: Corrected, Word: "corrected",
		About: "The newest version of the set prints it otherwise."},
	term.Term[Condition]{Name: PulledOut, Word: "withdrawn", About: "It is printed no longer."},
	term.Term[Condition]{Name: UnderReview, Word: "under review",
		About: "Something happened to what it rests on, and nobody has answered yet."},
)

// Word is the condition as people read it.
func (c Condition) Word() string { return Conditions.Word(c) }

// Way is how a claim of a draft is moved.
type Way string

// The ways to move a claim.
const (
	ToTop   Way = "top"
	OneUp   Way = "up"
	OneDown Way = "down"
	ToEnd   Way = "end"
)

// Ways are the ways to move a claim.
var Ways = term.New("way to move a claim",
	term.Term[Way]{Name: ToTop, Word: "to the top", About: "It stands first."},
	term.Term[Way]{Name: OneUp, Word: "one up", About: "It changes places with the claim before it."},
	term.Term[Way]{Name: OneDown, Word: "one down", About: "It changes places with the claim behind it."},
	term.Term[Way]{Name: ToEnd, Word: "to the end", About: "It stands last."},
)
