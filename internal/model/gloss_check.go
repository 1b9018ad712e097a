package model

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"claimbench/internal/match"
	"claimbench/internal/text"
	"claimbench/internal/value"
)

// GlossDiffers compares words with their translation, whoever wrote it. why is "" when it has no number and no date
// that they do not have, else it says which, and what is how they differ; notes are the other differences, to be shown
// beside it.
func GlossDiffers(own, theirs match.Item) (why Why, what string, notes []string) {
	there := match.Compare(own, theirs)
	for _, d := range slices.Concat(there, match.Compare(theirs, own)) {
		switch {
		case d.Bound:
		case d.Kind == match.DiffNumber:
			return Number, d.Message, nil
		case d.Kind == match.DiffDate:
			return Date, d.Message, nil
		}
	}
	if why, what = added(readFigures(own), readFigures(theirs)); why != "" {
		return why, what, nil
	}
	for _, d := range there {
		notes = append(notes, d.Message)
	}
	return "", "", notes
}

// figures are the numbers and dates of a text, and all numbers that are written in it, by their digits.
type figures struct {
	doc        *text.Doc
	quantities []value.Quantity
	dates      []value.Date
	written    map[string]bool
}

func readFigures(it match.Item) (f figures) {
	f.written = map[string]bool{}
	d, err := text.NewDoc(it.Text)
	if err != nil || d.Len() == 0 {
		return f
	}
	s := text.Sentence{N: 1, Span: text.Span{End: d.Len()}, Lang: it.Lang, Dir: text.DirOf(it.Lang)}
	f.doc, f.quantities, f.dates = d, value.Quantities(d, s), value.Dates(d, s, value.Published{})
	for _, n := range numbersIn(it.Text) {
		f.written[strings.TrimLeft(n, "0")] = true
	}
	for _, date := range f.dates {
		for _, n := range numbersIn(date.Norm) {
			f.written[strings.TrimLeft(n, "0")] = true
		}
	}
	return f
}

// added finds a number in digits, or a date, of a translation that its source does not have. Numbers in words are not
// looked for: “both” is written as 2 in some languages.
func added(own, theirs figures) (Why, string) {
	for _, q := range theirs.quantities {
		words := theirs.doc.Slice(q.Span)
		if !strings.ContainsFunc(words, unicode.IsDigit) || own.written[strconv.FormatFloat(q.Value, 'f', -1, 64)] ||
			slices.ContainsFunc(own.quantities, func(o value.Quantity) bool {
				return math.Abs(o.Value-q.Value) <= 1e-9*math.Abs(q.Value)
			}) {
			continue
		}
		return Number, "“" + words + "” is not in what was sent."
	}
	for _, d := range theirs.dates {
		if len(own.dates) > 0 {
			break // they were compared
		}
		for i, n := range strings.Split(d.Norm, "-") {
			if n = strings.TrimLeft(n, "0"); i != 1 && n != "" && !own.written[n] { // months have names
				return Date, "“" + theirs.doc.Slice(d.Span) + "” is not in what was sent."
			}
		}
	}
	return "", ""
}
