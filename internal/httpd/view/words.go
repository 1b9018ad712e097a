package view

import (
	"strings"

	"claimbench/internal/claims"
	"claimbench/internal/term"
)

// Foreign is a text in some language, with the language (BCP 47) and direction every page must say beside it.
type Foreign struct{ Text, Lang, Dir string }

// Keywords is what a foreign text speaks of, in a language of the reader; it is no translation. No text: none.
type Keywords struct{ Foreign }

// Verdict is one of corroborated, disputed, unverified; or unreviewed (none yet), in conflict (reviewed, and no
// verdict), or candidate (not a claim yet).
type Verdict string

// The verdicts, and the three states of a claim that has none.
const (
	Corroborated Verdict = "corroborated"
	Disputed     Verdict = "disputed"
	Unverified   Verdict = "unverified"
	Unreviewed   Verdict = "unreviewed"
	InConflict   Verdict = "in conflict"
	Candidate    Verdict = "candidate"
)

// VerdictOf is how a claim in a state with a verdict, "" for none, is drawn.
func VerdictOf(state claims.State, verdict claims.Verdict) Verdict {
	return Verdict(claims.Drawn(state, verdict))
}

// Word is the verdict as a person reads it.
func (v Verdict) Word() string { return Phrase(string(v)) }

// Icon names the verdict's symbol in the sprite.
func (v Verdict) Icon() string {
	switch v {
	case Corroborated:
		return "cor"
	case Disputed:
		return "dis"
	case Unverified:
		return "unv"
	case Candidate:
		return "can"
	case InConflict:
		return "second"
	}
	return "non"
}

// Given reports whether the verdict is one of the three that a reviewer can give.
func (v Verdict) Given() bool { return v == Corroborated || v == Disputed || v == Unverified }

// Stance is how evidence stands to its claim: supports, refutes, context.
type Stance string

// Word is the stance as a person reads it.
func (s Stance) Word() string { return Phrase(string(s)) }

// Icon names the stance's symbol in the sprite.
func (s Stance) Icon() string {
	switch s {
	case "supports":
		return "plus"
	case "refutes":
		return "minus"
	}
	return "ring"
}

// Code is a word of the system's own vocabulary, such as primary_document, shown with spaces and a capital.
type Code string

// Word is the code as a person reads it.
func (c Code) Word() string { return Phrase(string(c)) }

// Lower is the code inside a sentence.
func (c Code) Lower() string { return strings.ReplaceAll(string(c), "_", " ") }

// Phrase turns a code into words in sentence case: "primary_document" gives "Primary document".
func Phrase(code string) string {
	words := strings.ReplaceAll(code, "_", " ")
	if words == "" {
		return ""
	}
	return strings.ToUpper(words[:1]) + words[1:]
}

// Option is one choice of a select or a radio group.
type Option struct {
	Value, Word string
	Lang, Dir   string // of the word, when it is foreign
	Chosen      bool
}

// Options makes a list of choices from a vocabulary, with the chosen one marked.
func Options[T ~string](t term.Table[T], chosen T) []Option {
	var out []Option
	for _, x := range t.Terms() {
		out = append(out, Option{Value: string(x.Name), Word: Phrase(x.Word), Chosen: x.Name == chosen})
	}
	return out
}

// Codes makes a list of choices from codes that stand in no vocabulary, with the chosen one marked.
func Codes(chosen string, codes ...string) []Option {
	out := make([]Option, len(codes))
	for i, c := range codes {
		out[i] = Option{Value: c, Word: Phrase(c), Chosen: c == chosen}
	}
	return out
}

// Wrong says what is wrong with each field of a form, by field name. The empty name is the whole form.
type Wrong map[string]string

// Mistake is one field's error, ready for aria-describedby.
type Mistake struct{ ID, Msg string }

// Of gives a field's mistake, or nil.
func (w Wrong) Of(field string) *Mistake {
	msg := w[field]
	if msg == "" {
		return nil
	}
	return &Mistake{ID: "wrong-" + strings.ReplaceAll(field, "_", "-"), Msg: msg}
}

// Refused is the sentence that stands at the top of a form that was not taken, or "".
func (w Wrong) Refused() string { return w[""] }

// besides is that sentence where none of the fields says what is wrong with it: nothing is said twice.
func (w Wrong) besides(fields ...string) string {
	for _, field := range fields {
		if w[field] != "" {
			return ""
		}
	}
	return w.Refused()
}

// Empty is an empty state: what is so, what happens next, and one action.
type Empty struct{ So, Next, URL, Act string }
