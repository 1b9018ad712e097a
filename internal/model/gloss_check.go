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

// differing are the reasons to refuse a gloss, by what it differs in.
var differing = map[string]Why{match.DiffersNumber: Number, match.DiffersUnit: Number, match.DiffersLimit: Limit,
	match.DiffersDate: Date, match.DiffersYear: Date, match.DiffersMonth: Date, match.DiffersWeekday: Date,
	match.DiffersName: Name, match.DiffersNegation: Negation, match.DiffersDirection: Direction}

// GlossDiffers judges words that a model or a machine wrote as a translation of others. why is "" when nothing differs
// for sure, else it says in what, and what are the words; notes are the other differences, to be shown beside it.
func GlossDiffers(own, theirs match.Item) (why Why, what string, notes []string) {
	for _, d := range match.Differs(own, theirs) {
		if !d.Sure {
			notes = append(notes, d.Message)
			continue
		}
		if what = d.Gloss; what == "" {
			what = d.Source
		}
		return differing[d.Kind], shown(what), nil
	}
	if why, what = added(readGlossFigures(own), readGlossFigures(theirs)); why != "" {
		return why, what, nil
	}
	return "", "", notes
}

// glossFigures are the numbers and dates of a text, and all numbers that are written in it, by their digits.
type glossFigures struct {
	figures
	doc     *text.Doc
	written map[string]bool
}

func readGlossFigures(it match.Item) (f glossFigures) {
	f.written = map[string]bool{}
	d, err := text.NewDoc(it.Text)
	if err != nil || d.Len() == 0 {
		return f
	}
	f.doc, f.figures = d, figuresIn(it.Lang, it.Text)
	for _, n := range digitsIn(it.Text) {
		f.written[strings.TrimLeft(n, "0")] = true
	}
	for _, date := range f.dates {
		for _, n := range digitsIn(date.Norm) {
			f.written[strings.TrimLeft(n, "0")] = true
		}
	}
	return f
}

// scaled says whether the digits of a number stand in this text with a word that makes another number of them.
func (f glossFigures) scaled(q value.Quantity) bool {
	digits := strconv.FormatFloat(q.Value, 'f', -1, 64)
	return slices.ContainsFunc(f.quantities, func(o value.Quantity) bool {
		return match.ScaleDiffers(o, q) && slices.Contains(digitsIn(f.doc.Slice(o.Span)), digits)
	})
}

// added finds a number in digits, or a date, of a translation that its source does not have. Numbers in words are not
// looked for: “both” is written as 2 in some languages.
func added(own, theirs glossFigures) (Why, string) {
	if theirs.doc == nil {
		return "", ""
	}
	var known []text.Span // where digits stand that say what the source says
	for _, q := range theirs.quantities {
		words := theirs.doc.Slice(q.Span)
		if !strings.ContainsFunc(words, unicode.IsDigit) {
			continue
		}
		if own.written[strconv.FormatFloat(q.Value, 'f', -1, 64)] && !own.scaled(q) {
			continue
		}
		if !slices.ContainsFunc(own.quantities, func(o value.Quantity) bool {
			return math.Abs(o.Value-q.Value) <= 1e-9*math.Abs(q.Value)
		}) {
			return Number, "“" + words + "” is not in what was sent."
		}
		if saysOnly(words, q.Value) {
			known = append(known, q.Span)
		}
	}
	for _, d := range theirs.dates {
		// a day of another calendar has other digits, and was compared
		if slices.ContainsFunc(own.dates, func(o value.Date) bool { return o.Calendar != d.Calendar }) {
			known = append(known, d.Span)
		}
	}
	for _, run := range digitRuns(theirs.doc) {
		n := strings.TrimLeft(text.Fold(theirs.doc.Slice(run)), "0")
		if !own.written[n] && !slices.ContainsFunc(known, func(s text.Span) bool { return s.Contains(run) }) {
			if slices.ContainsFunc(theirs.dates, func(d value.Date) bool { return d.Span.Contains(run) }) {
				return Date, "“" + theirs.doc.Slice(run) + "” is not in what was sent."
			}
			return Number, "“" + theirs.doc.Slice(run) + "” is not in what was sent."
		}
	}
	return "", ""
}

// saysOnly says whether the digits of some words are those of a value, and no other: of “5 300 million” they are not
// those of 5 million. Where a sign says ten thousands, as in Chinese and Japanese, digits stand apart.
func saysOnly(words string, v float64) bool {
	if strings.ContainsFunc(words, func(r rune) bool { return unicode.Is(unicode.Han, r) }) {
		return true
	}
	written := strings.Trim(strings.Join(digitsIn(words), ""), "0")
	said := strings.Trim(strings.ReplaceAll(strconv.FormatFloat(math.Abs(v), 'f', -1, 64), ".", ""), "0")
	return written == said
}

// digitRuns are where digits stand in a text, each run as one.
func digitRuns(d *text.Doc) (out []text.Span) {
	from := -1
	letters := []rune(d.Raw())
	for i, r := range append(letters, ' ') {
		switch {
		case unicode.IsDigit(r) && from < 0:
			from = i
		case !unicode.IsDigit(r) && from >= 0:
			out, from = append(out, text.Span{Start: from, End: i}), -1
		}
	}
	return out
}
