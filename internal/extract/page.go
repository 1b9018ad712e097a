package extract

import (
	"strings"

	"claimbench/internal/text"
)

// page is what the lines around a text are: of the titles, headings and links
// of a copied page only the headline of its own text states something.
type page struct {
	prose    bool   // the document has sentences of prose
	headline string // the last title before them
}

// pageOf reads the kinds of a document's sentences.
func pageOf(doc *text.Doc, sentences []text.Sentence) page {
	p := page{}
	for _, s := range sentences {
		switch s.Kind {
		case text.KindBody:
			p.prose = true
			return p
		case text.KindTitle, text.KindHeading:
			if raw := strings.TrimSpace(doc.Slice(s.Span)); len(strings.Fields(raw)) > 2 || len(raw) > headlineLeast {
				p.headline = raw
			}
		}
	}
	return p
}

// headlineLeast is how many bytes a headline of one or two words has: one written without spaces is long.
const headlineLeast = 30

// keeps says whether a title, heading or link may state something. A document without prose is nothing but lines, and
// they stand for themselves; a heading that says what follows it is read for that.
func (p page) keeps(s text.Sentence, raw string) bool {
	raw = strings.TrimSpace(raw)
	switch {
	case !p.prose || announces(raw):
		return true
	case s.Kind == text.KindTitle || s.Kind == text.KindHeading:
		return raw == p.headline
	}
	return false
}

// announcing are the first words of such a heading.
var announcing = []string{"以下は", "The following", "Following is", "فيما يلي", "متن کامل", "نص البيان", "Full text"}

// announces says whether a heading says that a text follows in full.
func announces(raw string) bool {
	for _, w := range announcing {
		if strings.HasPrefix(raw, w) {
			return true
		}
	}
	return false
}

// whole makes one claim of the clauses of a headline: half a headline is none.
func (p *parse) whole() {
	first, clauses := -1, 0
	for i, q := range p.out {
		if q.role == asClause && q.source == "" {
			if clauses++; first < 0 {
				first = i
			}
		}
	}
	if clauses < 2 {
		return
	}
	host := p.out[first]
	kept := p.out[:0]
	for i, q := range p.out {
		if q.role != asClause || q.source != "" {
			kept = append(kept, q)
			continue
		}
		host.start, host.end, host.lead = min(host.start, q.start), max(host.end, q.end), ""
		if i == first {
			kept = append(kept, host)
		}
	}
	for i := range kept {
		if kept[i].role == asClause && kept[i].source == "" {
			kept[i] = host
		}
	}
	p.out = kept
}

// asks says whether a line ends with a question mark.
func asks(raw string) bool {
	s := strings.TrimRight(raw, " \"”»」)）\n")
	return strings.HasSuffix(s, "?") || strings.HasSuffix(s, "؟") || strings.HasSuffix(s, "？")
}
