package httpd

import (
	"strings"
	"unicode"

	"claimbench/internal/articles"
	"claimbench/internal/claims"
	"claimbench/internal/httpd/view"
	"claimbench/internal/text"
)

// moreWords are the stretches of a claim after the first, as a form or a program sends them. Left out, they stay as
// they are; an empty field, or an empty list, says that there are none.
type moreWords struct {
	Typed     []string      `form:"stretches" json:"-"`
	Stretches []stretchSent `form:"-" json:"stretches"`
}

// stretchSent is one stretch as a program sends it. Exact is what it saw there; "" is not checked.
type stretchSent struct {
	text.Span
	Exact string `json:"exact"`
}

// more are the stretches for the room, nil when nobody spoke of them.
func (w moreWords) more() []claims.Stretch {
	if w.Typed == nil && w.Stretches == nil {
		return nil
	}
	out := []claims.Stretch{}
	for _, s := range w.Stretches {
		out = append(out, claims.Stretch{Span: s.Span, Quote: text.Quote{Exact: s.Exact}})
	}
	return append(out, readSpans(strings.Join(w.Typed, " "))...)
}

// typedAgain are the stretches as a field shows them, whoever sent them.
func (w moreWords) typedAgain() string {
	if w.Stretches != nil {
		return writeSpans(w.more())
	}
	return strings.Join(w.Typed, " ")
}

// chosenWords are the words of the stretches in a form, as far as they lie in the text that was read.
func chosenWords(slice func(text.Span) string, first text.Span, more, lang, dir string) (out []view.Foreign) {
	for _, s := range append([]claims.Stretch{{Span: first}}, readSpans(more)...) {
		if words := slice(s.Span); words != "" {
			out = append(out, foreign(words, lang, dir))
		}
	}
	return out
}

// chooseText are sentences in which words are chosen.
func chooseText(sentences []articles.Sentence, slice func(text.Span) string) []view.Text {
	out := make([]view.Text, len(sentences))
	for i, sn := range sentences {
		out[i] = view.Text{N: sn.N, Span: sn.Span, Words: foreign(slice(sn.Span), sn.Lang, sn.Dir)}
	}
	return out
}

// readSpans reads "120-140 155-160", the stretches of a form's field. What is no span is one that no text has, so that
// the room refuses it by its field.
func readSpans(typed string) (out []claims.Stretch) {
	between := func(r rune) bool { return unicode.IsSpace(r) || r == ',' || r == ';' }
	for _, part := range strings.FieldsFunc(typed, between) {
		span := text.Span{Start: -1, End: -1}
		if n, ok := wholeNumbers(strings.NewReplacer("-", ":", "–", ":").Replace(part), 2); ok {
			span = text.Span{Start: int(n[0]), End: int(n[1])}
		}
		out = append(out, claims.Stretch{Span: span})
	}
	return out
}

// writeSpans is what readSpans reads.
func writeSpans(all []claims.Stretch) string {
	parts := make([]string, len(all))
	for i, s := range all {
		parts[i] = itoa(s.Start) + "-" + itoa(s.End)
	}
	return strings.Join(parts, " ")
}
