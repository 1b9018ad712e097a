package model

import (
	"slices"
	"strings"
	"unicode"

	"claimbench/internal/extract"
	"claimbench/internal/text"
	"claimbench/internal/value"
)

// Numbers are read in two ways. By what they say (readFigures): with scale, unit and bound, in words too, where two
// texts are to say the same. As they are written (figuresOf, and digitsIn without points): where no digit may be there
// that nobody wrote, whatever it counts, for what is no quantity (APT31) is not read as one.

// figures are the quantities and dates of some words, by what they say.
type figures struct {
	quantities []value.Quantity
	dates      []value.Date
}

func readFigures(doc *text.Doc, s text.Sentence) figures {
	sc := value.NewScan(doc, s)
	return figures{sc.Quantities(), sc.Dates(value.Published{})}
}

func figuresIn(code, words string) figures {
	doc, err := text.NewDoc(words)
	if err != nil || doc.Len() == 0 {
		return figures{}
	}
	return readFigures(doc, text.Sentence{N: 1, Span: text.Span{End: doc.Len()}, Lang: code, Kind: text.KindBody})
}

// sayAs says whether each quantity and each date is one of others, with its unit and with what bounds it: a statement
// that leaves “million”, “at least” or the year out says another number or day than its words.
func (f figures) sayAs(others figures) bool {
	return !slices.ContainsFunc(f.quantities, func(q value.Quantity) bool {
		return !slices.ContainsFunc(others.quantities, func(o value.Quantity) bool {
			return q.Value == o.Value &&
				q.Unit == o.Unit && q.Qualifier == o.Qualifier
		})
	}) && !slices.ContainsFunc(f.dates, func(d value.Date) bool {
		return !slices.ContainsFunc(others.dates, func(o value.Date) bool {
			return d.Norm == o.Norm &&
				d.Relative == o.Relative && d.Calendar == o.Calendar
		})
	})
}

// bounding are the hedges that say what bounds a number, by what the reader of values calls it.
var bounding = map[string]string{value.QGt: "more than", value.QGe: "more than", value.QLt: "less than",
	value.QLe: "less than", value.QApprox: "about"}

// cutFigure gives the words of a quantity of a sentence that a span cuts to another: “2.5” of “2.5 million”. What
// bounds a number and stands outside of the span becomes a hedge.
func (j judge) cutFigure(s text.Sentence, span text.Span, c *extract.Candidate) string {
	own := readFigures(j.doc, text.Sentence{N: s.N, Span: span, Lang: s.Lang, Dir: s.Dir, Kind: s.Kind})
	for _, q := range readFigures(j.doc, s).quantities {
		if !q.Span.Overlaps(span) {
			continue
		}
		at := slices.IndexFunc(own.quantities, func(o value.Quantity) bool { return o.Span.Overlaps(q.Span) })
		if at < 0 {
			if span.Contains(q.Span) { // it is one only beside what the span leaves out
				continue
			}
			return j.doc.Slice(q.Span)
		}
		o := own.quantities[at]
		if o.Value != q.Value || o.Unit == "" && q.Unit != "" && !span.Contains(q.Span) {
			return j.doc.Slice(q.Span)
		}
		if h := bounding[q.Qualifier]; h != "" && bounding[o.Qualifier] != h && j.hedges[h] &&
			!slices.Contains(c.Hedge, h) {
			c.Hedge = append(c.Hedge, h)
		}
	}
	return ""
}

// figuresOf lists the figures of a text in their order: digits with their points, in ASCII.
func figuresOf(s string) (out []string) {
	for _, w := range strings.FieldsFunc(text.Fold(s), func(r rune) bool {
		return !unicode.IsDigit(r) && !strings.ContainsRune(".,:/%", r)
	}) {
		if w = strings.Trim(w, ".,:/%"); w != "" {
			out = append(out, w)
		}
	}
	return out
}

// inOrder says whether some figures stand among others in the same order; else it gives the first that does not.
func inOrder(some, all []string) (string, bool) {
	at := 0
	for _, f := range some {
		for at < len(all) && all[at] != f {
			at++
		}
		if at == len(all) {
			return f, false
		}
		at++
	}
	return "", true
}

// digitsIn are the runs of digits of a text, in the digits of ASCII: of “5.3” there are two, for languages point
// numbers otherwise.
func digitsIn(s string) (out []string) {
	for _, f := range figuresOf(s) {
		out = append(out, strings.FieldsFunc(f, func(r rune) bool { return !unicode.IsDigit(r) })...)
	}
	return out
}
