package model

import "claimbench/internal/term"

// Why says why something that a model proposed is refused.
type Why string

// The reasons.
const (
	Missing    Why = "missing"
	Several    Why = "several"
	Elsewhere  Why = "elsewhere"
	NoSentence Why = "sentence"
	NoWords    Why = "words"
	Number     Why = "number"
	Date       Why = "date"
	Name       Why = "name"
	Negation   Why = "negation"
	Direction  Why = "direction"
	Limit      Why = "limit"
	Speaker    Why = "speaker"
	Filled     Why = "bracket"
	Long       Why = "long"
	Unreadable Why = "unreadable"
	Language   Why = "language"
	Governed   Why = "governed"
)

// Whys are the reasons with their words.
var Whys = term.New("reason to refuse what a model proposed",
	why(Missing, "not in the text", "Its first or last words do not stand in the sentence that it names."),
	why(Several, "in several places", "Its first and last words stand in the sentence more than once."),
	why(Elsewhere, "other words", "What it says stands mostly outside of the words that it names."),
	why(NoSentence, "no such sentence", "It names a sentence that was not sent, or was sent only to be read beside."),
	why(NoWords, "no statement", "It is empty, too long, or holds signs that nobody sees."),
	why(Number, "a number not held", "It has a number that its words do not have."),
	why(Date, "a date not held", "It has a date that its words do not have."),
	why(Name, "a name not held", "It has a name that its sentence does not have."),
	why(Negation, "a negation changed", "It denies what its words do not, or leaves out that they deny."),
	why(Governed, "what governs it left out",
		"Its sentence denies, doubts, asks, conditions or plans it, or tells it as "+
			"rumour, and it leaves the words for that out."),
	why(Direction, "turned about", "It says that something fell where its words say that it rose, or the other way."),
	why(Limit, "narrowed", "It says “only” where its sentence does not, or bounds a number the other way."),
	why(Speaker, "a speaker not there", "Whom it names as saying it is not in the text that was sent."),
	why(Filled, "a bracket not held", "What stands in its brackets is not in the text that was sent."),
	why(Long, "too long", "The sentence is longer than what is sent."),
	why(Unreadable, "unreadable", "The answer was not what was asked for."),
	why(Language, "another language", "It is not in the language of its sentence, or has marks of a page in it."),
)

func why(name Why, word, about string) term.Term[Why] {
	return term.Term[Why]{Name: name, Word: word, About: about}
}

// Word is how people read a reason.
func (w Why) Word() string { return Whys.Word(w) }

// Refusal is something of an answer that was not taken. Sentence is 0 where it names none; Statement is as the model
// wrote it, cut to what can be shown; What is the part that is wrong.
type Refusal struct {
	Sentence  int    `json:"sentence"`
	Statement string `json:"statement"`
	Why       Why    `json:"why"`
	What      string `json:"what"`
}
