package extract

import (
	"strings"

	"claimbench/internal/text"
)

// page is what the lines around a text are: of the titles, headings and links
// of a copied page only the headline of its own text states something.
type page struct {
	prose    bool   // the document has sentences of prose
	copied   bool   // and many lines that are none: a line without its full stop is one of them
	headline string // the title before them whose words come again in them
}

// The bounds of a page: how many lines besides prose make a copied one, how many
// sentences of prose a headline is compared with, and what part of its letters
// must come again.
const (
	copiedLeast   = 8
	headlineProse = 6
	headlineShare = 0.15
)

// pageOf reads the kinds of a document's sentences.
func pageOf(doc *text.Doc, sentences []text.Sentence) page {
	p := page{}
	var titles []string
	var prose strings.Builder
	read, others := 0, 0
	for _, s := range sentences {
		switch s.Kind {
		case text.KindBody, text.KindQuestion:
			if p.prose = true; read < headlineProse {
				prose.WriteString(doc.Slice(s.Span) + "\n")
				read++
			}
		case text.KindCaption:
			if read < headlineProse {
				prose.WriteString(doc.Slice(s.Span) + "\n")
			}
		case text.KindTitle, text.KindHeading:
			if others++; !p.prose {
				titles = append(titles, strings.TrimSpace(doc.Slice(s.Span)))
			}
		default:
			others++
		}
		if read == headlineProse && others >= copiedLeast {
			break
		}
	}
	p.copied = p.prose && others >= copiedLeast
	p.headline = headlineOf(titles, prose.String())
	if n := len(titles); p.headline == "" && !p.copied && n > 0 {
		p.headline = titles[n-1]
	}
	return p
}

// headlineOf is the title whose letters come again most in the prose, "" where none does.
func headlineOf(titles []string, prose string) string {
	grams := gramsOf(prose)
	best, most := "", headlineShare
	for _, t := range titles {
		own := gramsOf(t)
		shared := 0
		for g := range own {
			if grams[g] {
				shared++
			}
		}
		if part := float64(shared) / float64(max(len(own), 1)); len(own) > 0 && part >= most {
			best, most = t, part
		}
	}
	return best
}

// gramsOf are the stretches of four letters of a text, of two in scripts that
// write a word with few.
func gramsOf(s string) map[string]bool {
	r := []rune(strings.ToLower(s))
	out := map[string]bool{}
	for i := range r {
		n := 4
		if r[i] >= 0x3041 && r[i] <= 0x9fff {
			n = 2
		}
		if i+n <= len(r) {
			out[string(r[i:i+n])] = true
		}
	}
	return out
}

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
	for _, end := range []string{"のか", "だろうか", "でしょうか", "ですか", "ますか"} { // a Japanese headline asks without a mark
		if strings.HasSuffix(s, end) {
			return true
		}
	}
	return strings.HasSuffix(s, "?") || strings.HasSuffix(s, "؟") || strings.HasSuffix(s, "？")
}
