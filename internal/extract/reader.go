package extract

import (
	"strings"

	"claimbench/internal/text"
)

// reader walks the sentences of one document and remembers what later ones
// lean on: the last named subject, the last source, the source of a section
// that quotes a text in full, the titles already seen.
type reader struct {
	doc     Document
	off     ruleSet
	seen    map[string]bool
	section string
	source  string
	subject string
}

func newReader(doc Document, off ruleSet) *reader {
	return &reader{doc: doc, off: off, seen: map[string]bool{}}
}

// read gives the candidates of one sentence.
func (r *reader) read(s text.Sentence) []Candidate {
	raw := r.doc.Text.Slice(s.Span)
	if !r.states(s, raw) {
		return nil
	}
	lang := s.Lang
	l := newLine(raw, s, lang, nil)
	pieces := []piece{{start: 0, end: len(l.runes)}}
	out := make([]Candidate, 0, len(pieces))
	for _, p := range pieces {
		if c, ok := r.candidate(l, p); ok {
			out = append(out, c)
		}
	}
	return inOrder(out)
}

// states says whether there is anything to check in a sentence of this kind.
// A title that came before (pages repeat their headline) says nothing new.
func (r *reader) states(s text.Sentence, raw string) bool {
	switch s.Kind {
	case "boilerplate", "question":
		return false
	case "title", "heading", "caption", "link":
		key := strings.TrimSpace(raw)
		if r.seen[key] {
			return false
		}
		r.seen[key] = true
	}
	return true
}
