package match

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"claimbench/internal/text"
	"claimbench/internal/value"
)

// Difference is something that a claim and a passage do not say alike. Kind is "number", "date" or "negation"; Claim
// and Passage are the words of each as written, "" where one says nothing; Message is for people.
type Difference struct {
	Kind    string `json:"kind"`
	Claim   string `json:"claim"`
	Passage string `json:"passage"`
	Message string `json:"message"`
	// Bound says that the two give one number, and one of them only as what is reached or passed: 100 million, more
	// than 100 million.
	Bound bool `json:"-"`
}

// The kinds of difference.
const (
	DiffNumber   = "number"
	DiffDate     = "date"
	DiffNegation = "negation"
)

// statement is a text with its numbers and dates read.
type statement struct {
	doc        *text.Doc
	quantities []value.Quantity
	dates      []value.Date
	acts       *once[[]actAt]
	lang       string
}

// Compare shows what a claim and a passage do not say alike, across scripts: a number of the same unit with another
// value or another qualifier, a date that cannot be the same day, and a negation on one side only. What only one of
// them mentions is no difference. It proposes nothing: stance and kind are a person's. A text that is not UTF-8 has no
// differences.
func Compare(claim, passage Item) []Difference {
	a, okA := readStatement(claim)
	b, okB := readStatement(passage)
	if !okA || !okB {
		return nil
	}
	out := compareNumbers(a, b)
	out = append(out, compareDates(a, b)...)
	switch mine, theirs := findNegation(claim), findNegation(passage); {
	case mine != "" && theirs == "":
		out = append(out, Difference{Kind: DiffNegation, Claim: mine,
			Message: fmt.Sprintf("The claim denies (“%s”), the passage does not.", mine)})
	case mine == "" && theirs != "":
		out = append(out, Difference{Kind: DiffNegation, Passage: theirs,
			Message: fmt.Sprintf("The passage denies (“%s”), the claim does not.", theirs)})
	}
	return out
}

func readStatement(it Item) (statement, bool) {
	d, err := text.NewDoc(it.Text)
	if err != nil || d.Len() == 0 {
		return statement{}, false
	}
	lang := it.language()
	s := text.Sentence{N: 1, Span: text.Span{Start: 0, End: d.Len()}, Lang: lang, Dir: text.DirOf(lang)}
	return statement{doc: d, quantities: value.Quantities(d, s), dates: value.Dates(d, s, value.Published{}),
		acts: &once[[]actAt]{}, lang: lang}, true
}

// compareNumbers sets every number of the claim that the passage does not have against the passage's numbers of the
// same unit that the claim does not have.
func compareNumbers(a, b statement) []Difference {
	var out []Difference
	usedB := make([]bool, len(b.quantities))
	var left []value.Quantity
	for _, q := range a.quantities {
		i := slices.IndexFunc(b.quantities, func(o value.Quantity) bool {
			return sameQuantity(q, o) && sameAct(a, q, b, o)
		})
		if i < 0 {
			left = append(left, q)
			continue
		}
		usedB[i] = true
	}
	for _, q := range left {
		for _, i := range nearestFirst(q, b.quantities) {
			o := b.quantities[i]
			if usedB[i] || !sameUnit(q.Unit, o.Unit) ||
				(q.Qualifier == value.QOrdinal) != (o.Qualifier == value.QOrdinal) || otherActs(a, q, b, o) {
				continue
			}
			usedB[i] = true
			qs, os := a.doc.Slice(q.Span), b.doc.Slice(o.Span)
			msg := fmt.Sprintf("The claim says “%s”, the passage “%s”: %s against %s.", qs, os, quantityWords(q),
				quantityWords(o))
			out = append(out, Difference{DiffNumber, qs, os, msg, closeTo(q.Value, o.Value)})
			break
		}
	}
	return out
}

// nearestFirst gives the places of quantities, those of one value with q first.
func nearestFirst(q value.Quantity, all []value.Quantity) []int {
	out := make([]int, 0, len(all))
	for _, same := range []bool{true, false} {
		for i, o := range all {
			if closeTo(q.Value, o.Value) == same {
				out = append(out, i)
			}
		}
	}
	return out
}

// sameUnit is strict for measures, for 60 % is not 60 years. A number that names no unit may count what the other does.
func sameUnit(a, b string) bool {
	return a == b || a == "" && counted(b) || b == "" && counted(a)
}

// counted says whether a unit is a noun in the plural, for things counted, and not a measure.
func counted(unit string) bool {
	return len(unit) > 3 && strings.HasSuffix(unit, "s") || unit == "people"
}

// sameQuantity says whether two quantities state one value: an unnamed unit may be any.
func sameQuantity(a, b value.Quantity) bool {
	if a.Unit != b.Unit && a.Unit != "" && b.Unit != "" {
		return false
	}
	return closeTo(a.Value, b.Value) && looseQualifier(a.Qualifier) == looseQualifier(b.Qualifier)
}

// looseQualifier puts together what differs in style only: exact and about, "at least" and "or more".
func looseQualifier(q string) string {
	switch q {
	case value.QEq, value.QApprox, "":
		return value.QEq
	case value.QGe, value.QGt:
		return value.QGt
	case value.QLe, value.QLt:
		return value.QLt
	}
	return q
}

func closeTo(a, b float64) bool { return math.Abs(a-b) <= 1e-9*math.Max(math.Abs(a), math.Abs(b)) }

// quantityWords gives a value in figures, so that scripts can be compared by eye.
func quantityWords(q value.Quantity) string {
	v := formatNumber(q.Value)
	switch q.Qualifier {
	case value.QApprox:
		v = "about " + v
	case value.QLt, value.QLe:
		v = "at most " + v
	case value.QGt, value.QGe:
		v = "more than " + v
	case value.QTens, value.QHundreds, value.QThousands, value.QMillions:
		v = "several times " + v
	case value.QOrdinal:
		v = "number " + v
	}
	return strings.TrimSpace(v + " " + q.Unit)
}

// compareDates sets every date of the claim that the passage does not have against a date of the passage that is said
// as exactly and cannot be the same.
func compareDates(a, b statement) []Difference {
	var out []Difference
	usedB := make([]bool, len(b.dates))
	var left []value.Date
	for _, d := range a.dates {
		i := slices.IndexFunc(b.dates, func(o value.Date) bool {
			return d.Norm != "" && o.Norm != "" &&
				datesAgree(d, o)
		})
		if i < 0 {
			left = append(left, d)
			continue
		}
		usedB[i] = true
	}
	for _, d := range left {
		for i, o := range b.dates {
			if usedB[i] || d.Norm == "" || o.Norm == "" || d.Calendar != o.Calendar || datesAgree(d, o) ||
				!comparable(d.Norm, o.Norm) {
				continue
			}
			usedB[i] = true
			ds, os := a.doc.Slice(d.Span), b.doc.Slice(o.Span)
			out = append(out, Difference{Kind: DiffDate, Claim: ds, Passage: os,
				Message: fmt.Sprintf("The claim says “%s” (%s), the passage “%s” (%s).", ds, d.Norm, os, o.Norm)})
			break
		}
	}
	return out
}

// dateParts gives year, month and day of a partial date; "" where it says nothing.
func dateParts(norm string) [3]string {
	if rest, ok := strings.CutPrefix(norm, "---"); ok {
		return [3]string{"", "", rest}
	}
	year := ""
	rest, yearless := strings.CutPrefix(norm, "--")
	if !yearless {
		year, rest, _ = strings.Cut(norm, "-")
	}
	month, day, _ := strings.Cut(rest, "-")
	return [3]string{year, month, day}
}

// datesAgree says whether two partial dates can be the same: no part that both state differs, and they state one
// together.
func datesAgree(a, b value.Date) bool {
	if a.Calendar != b.Calendar {
		return false
	}
	x, y := dateParts(a.Norm), dateParts(b.Norm)
	together := false
	for i := range x {
		if x[i] == "" || y[i] == "" {
			continue
		}
		if x[i] != y[i] {
			return false
		}
		together = true
	}
	return together
}

// comparable says whether two partial dates state a part together.
func comparable(a, b string) bool {
	x, y := dateParts(a), dateParts(b)
	for i := range x {
		if x[i] != "" && y[i] != "" {
			return true
		}
	}
	return false
}

// language is the language of an item: the one it says, or else the likeliest.
func (it Item) language() string {
	if it.Lang != "" {
		return it.Lang
	}
	return text.Detect(it.Text)
}
