package replies

import "claimbench/internal/term"

// Way is how somebody was asked.
type Way string

// The ways.
const (
	Email    Way = "email"
	Phone    Way = "phone"
	Letter   Way = "letter"
	InPerson Way = "in_person"
	Message  Way = "message"
	Other    Way = "other"
)

// Ways are the ways of asking.
var Ways = term.New("way of asking",
	term.Term[Way]{Name: Email, Word: "e-mail", About: "By e-mail."},
	term.Term[Way]{Name: Phone, Word: "telephone", About: "By telephone."},
	term.Term[Way]{Name: Letter, Word: "letter", About: "By letter."},
	term.Term[Way]{Name: InPerson, Word: "in person", About: "They were met."},
	term.Term[Way]{Name: Message, Word: "message", About: "By a message on a platform."},
	term.Term[Way]{Name: Other, Word: "other", About: "In another way."},
)

// Outcome is what came of asking.
type Outcome string

// The outcomes.
const (
	Waiting  Outcome = ""
	Answered Outcome = "answered"
	Declined Outcome = "declined"
	Silent   Outcome = "silent"
)

// Outcomes are what can be written down as the outcome.
var Outcomes = term.New("outcome",
	term.Term[Outcome]{Name: Answered, Word: "answered", About: "They said something about the claim; it is printed."},
	term.Term[Outcome]{Name: Declined, Word: "declined to answer", About: "They said that they do not comment."},
	term.Term[Outcome]{Name: Silent, Word: "did not answer", About: "Nothing came by the day that they were given."},
)

// Word is the way as people read it.
func (w Way) Word() string { return Ways.Word(w) }

// Word is the outcome as people read it.
func (o Outcome) Word() string { return Outcomes.Word(o) }
