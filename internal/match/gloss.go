package match

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"unicode"

	"claimbench/internal/text"
	"claimbench/internal/value"
)

// Differ is something that a gloss, a text in another language, does not say as its source does. Kind is one of the
// Differs constants; Source and Gloss are the words of each as written, "" where one says nothing; Message is for
// people. Sure says that both name it and cannot mean the same; what is not sure may be a matter of reading.
type Differ struct {
	Kind    string `json:"kind"`
	Source  string `json:"source"`
	Gloss   string `json:"gloss"`
	Message string `json:"message"`
	Sure    bool   `json:"sure"`
}

// The kinds of what a gloss differs in.
const (
	DiffersNumber    = "number"
	DiffersUnit      = "unit"
	DiffersLimit     = "limit" // at least, up to, about
	DiffersDate      = "date"
	DiffersYear      = "year"
	DiffersMonth     = "month"
	DiffersWeekday   = "weekday"
	DiffersName      = "name"
	DiffersNegation  = "negation"
	DiffersDirection = "direction"
)

// mostDiffers is how much is named: of a text that is another altogether nobody reads more.
const mostDiffers = 12

// Differs compares a gloss with its source across languages and scripts: numbers, in words too, with their units and
// what bounds them, days, months, weekdays and years, names as far as they can be heard or looked up, denials and
// whether something rose or fell. It is pure; a text that is not UTF-8 or empty has no differences. Never nil.
func Differs(source, gloss Item) []Differ {
	out := []Differ{}
	a, okA := readStatement(source)
	b, okB := readStatement(gloss)
	if !okA || !okB {
		return out
	}
	g := glossed{source: source, gloss: gloss, a: a, b: b}
	out = append(out, g.numbers()...)
	days := g.dates()
	out = append(out, days...)
	out = append(out, g.calendar(len(days) > 0)...)
	out = append(out, g.names()...)
	out = append(out, g.turned()...)
	out = append(out, g.ways()...)
	return out[:min(len(out), mostDiffers)]
}

// glossed is a source and its gloss, read.
type glossed struct {
	source, gloss Item
	a, b          statement
}

// differ is a difference with its words.
func differ(kind, source, gloss string, sure bool, extra string) Differ {
	d := Differ{Kind: kind, Source: source, Gloss: gloss, Sure: sure}
	switch {
	case source == "":
		d.Message = fmt.Sprintf("The gloss says “%s”; nothing of the kind was found in the claim", gloss)
	case gloss == "":
		d.Message = fmt.Sprintf("The claim says “%s”; nothing of the kind was found in the gloss", source)
	default:
		d.Message = fmt.Sprintf("The claim says “%s”, the gloss “%s”", source, gloss)
	}
	d.Message += extra + "."
	return d
}

// numbers pairs each number with one of the other side that has its value; what is left over on both sides differs for
// sure.
func (g glossed) numbers() (out []Differ) {
	used := make([]bool, len(g.b.quantities))
	var left []value.Quantity
	for _, q := range g.a.quantities {
		i := slices.IndexFunc(nearestFirst(q, g.b.quantities), func(i int) bool {
			return !used[i] && sameValue(q, g.b.quantities[i])
		})
		if i < 0 {
			left = append(left, q)
			continue
		}
		i = nearestFirst(q, g.b.quantities)[i]
		used[i] = true
		out = append(out, g.paired(q, g.b.quantities[i])...)
	}
	var extra []value.Quantity
	for i, o := range g.b.quantities {
		if !used[i] && !slices.ContainsFunc(g.a.quantities, func(q value.Quantity) bool { return sameValue(q, o) }) {
			extra = append(extra, o)
		}
	}
	for _, q := range left {
		said := g.a.doc.Slice(q.Span)
		// the same digits may be a year or a part of a date here; the same digits without their “million” are not
		scaled := slices.IndexFunc(extra, func(o value.Quantity) bool { return ScaleDiffers(q, o) })
		if scaled < 0 && heldDigits(said, g.gloss.Text) {
			continue
		}
		if len(extra) == 0 {
			out = append(out, differ(DiffersNumber, said, "", false, ""))
			continue
		}
		i := scaled
		if i < 0 {
			i = slices.IndexFunc(extra, func(o value.Quantity) bool { return sameUnit(q.Unit, o.Unit) })
		}
		o := extra[max(i, 0)]
		extra = slices.Delete(extra, max(i, 0), max(i, 0)+1)
		out = append(out, differ(DiffersNumber, said, g.b.doc.Slice(o.Span), !agree(q, o),
			fmt.Sprintf(": %s against %s",
				quantityWords(q), quantityWords(o))))
	}
	for _, o := range extra {
		if said := g.b.doc.Slice(o.Span); !heldDigits(said, g.source.Text) {
			out = append(out, differ(DiffersNumber, "", said, strings.ContainsFunc(said, unicode.IsDigit), ""))
		}
	}
	return out
}

// ScaleDiffers says whether two numbers differ by a power of ten, ten at least: “5 million” and “5”, 12万 and 12.
func ScaleDiffers(a, b value.Quantity) bool {
	if a.Value <= 0 || b.Value <= 0 {
		return false
	}
	power := math.Abs(math.Log10(a.Value / b.Value))
	return power > 0.5 && math.Abs(power-math.Round(power)) < 1e-9
}

// sameValue says whether two quantities give one value: half is 50 per cent.
func sameValue(a, b value.Quantity) bool {
	switch {
	case (a.Qualifier == value.QOrdinal) != (b.Qualifier == value.QOrdinal) && a.Unit != "" && b.Unit != "":
		return false
	case closeTo(a.Value, b.Value):
		return true
	case a.Unit == "%" && b.Unit == "":
		return closeTo(a.Value, b.Value*100)
	case b.Unit == "%" && a.Unit == "":
		return closeTo(b.Value, a.Value*100)
	}
	return false
}

// paired compares two numbers of one value by what they count and what bounds them.
func (g glossed) paired(q, o value.Quantity) (out []Differ) {
	said, told := g.a.doc.Slice(q.Span), g.b.doc.Slice(o.Span)
	against := fmt.Sprintf(": %s against %s", quantityWords(q), quantityWords(o))
	if g.otherMoney(q, o) {
		out = append(out, differ(DiffersUnit, said, told, true, ""))
	} else if q.Unit != o.Unit && q.Unit != "" && o.Unit != "" && !counted(q.Unit) && !counted(o.Unit) {
		out = append(out, differ(DiffersUnit, said, told, true, against))
	} else if (q.Unit == "%") != (o.Unit == "%") && closeTo(q.Value, o.Value) {
		out = append(out, differ(DiffersUnit, said, told, q.Unit != "" && o.Unit != "", against))
	}
	x, y := limitOf(q.Qualifier), limitOf(o.Qualifier)
	if x != y {
		out = append(out, differ(DiffersLimit, said, told, x*y < 0, against))
	}
	return out
}

// limitOf is 1 for what is at least its value, -1 for at most, 0 for all else.
func limitOf(qualifier string) int {
	switch looseQualifier(qualifier) {
	case value.QGt:
		return 1
	case value.QLt:
		return -1
	}
	return 0
}

// heldDigits says whether the digits of some words stand in a text, in whatever script: a year may be read as a number
// on one side, and as a day on the other.
func heldDigits(words, in string) bool {
	runs := func(s string) []string {
		return strings.FieldsFunc(text.Fold(s), func(r rune) bool { return !unicode.IsDigit(r) })
	}
	mine, theirs := runs(words), runs(in)
	for _, d := range mine {
		if !slices.Contains(theirs, d) {
			return false
		}
	}
	return len(mine) > 0
}

// dates compares the days of both: those that cannot be one day differ for sure.
func (g glossed) dates() (out []Differ) {
	used := make([]bool, len(g.b.dates))
	for _, d := range g.a.dates {
		i := slices.IndexFunc(g.b.dates, func(o value.Date) bool { return datesAgree(d, o) })
		if i >= 0 {
			used[i] = true
			continue
		}
		for i, o := range g.b.dates {
			if used[i] || d.Norm == "" || o.Norm == "" || slices.ContainsFunc(g.a.dates, func(s value.Date) bool {
				return datesAgree(s, o)
			}) {
				continue
			}
			kind, sure := DiffersDate, d.Calendar == o.Calendar && comparable(d.Norm, o.Norm)
			switch x, y := dateParts(d.Norm), dateParts(o.Norm); {
			case x[1]+x[2] == y[1]+y[2]:
				kind = DiffersYear
			case x[2]+y[2] == "" && x[0] == y[0]:
				kind = DiffersMonth
			case (x[2] == "") != (y[2] == "") && x[1] != y[1]:
				sure = false // the month may be a name: Theresa May
			}
			used[i] = true
			out = append(out, differ(kind, g.a.doc.Slice(d.Span), g.b.doc.Slice(o.Span), sure, ""))
			break
		}
	}
	return out
}

// calendar compares the weekdays that are named, and the months and years unless their days were found to differ, as
// the lexicon knows them.
func (g glossed) calendar(dated bool) (out []Differ) {
	mine, theirs := namedDays(g.source.Text), namedDays(g.gloss.Text)
	for _, kind := range []string{DiffersWeekday, DiffersMonth, DiffersYear} {
		if dated && kind != DiffersWeekday {
			continue
		}
		var lost, added []unit
		for _, u := range mine[kind] {
			if !hasDay(theirs[kind], u) {
				lost = append(lost, u)
			}
		}
		for _, u := range theirs[kind] {
			if !hasDay(mine[kind], u) {
				added = append(added, u)
			}
		}
		for i := range max(len(lost), len(added)) {
			said, told := "", ""
			if i < len(lost) {
				said = g.source.Text[lost[i].start:lost[i].end]
			}
			if i < len(added) {
				told = g.gloss.Text[added[i].start:added[i].end]
			}
			// a year or month alone may stand as a number, or in another calendar, on the other side
			if said == "" && heldDigits(told, g.source.Text) || told == "" && heldDigits(said, g.gloss.Text) ||
				(said == "" || told == "") && kind != DiffersWeekday && (g.otherCalendar() || kind == DiffersMonth) {
				continue
			}
			name := kind == DiffersMonth && (i < len(lost) && surnamed.MatchString(g.source.Text[lost[i].end:]) ||
				i < len(added) && surnamed.MatchString(g.gloss.Text[added[i].end:]))
			out = append(out, differ(kind, said, told, said != "" && told != "" && !name && !g.otherCalendar(), ""))
		}
	}
	return out
}

// otherCalendar says whether one side gives days in a calendar that the other has not.
func (g glossed) otherCalendar() bool {
	of := func(all []value.Date) (out []value.Calendar) {
		for _, d := range all {
			out = append(out, d.Calendar)
		}
		return out
	}
	mine, theirs := of(g.a.dates), of(g.b.dates)
	other := func(c value.Calendar) bool { return c != value.Gregorian }
	return slices.ContainsFunc(mine, other) != slices.ContainsFunc(theirs, other)
}

func hasDay(all []unit, u unit) bool {
	return slices.ContainsFunc(all, func(o unit) bool { return o.value == u.value })
}

// namedDays are the weekdays, months and years that a text names, by kind, each once.
func namedDays(s string) map[string][]unit {
	out := map[string][]unit{}
	for _, u := range NewTerms().rd.read(s) {
		kind, _, _ := strings.Cut(u.value, ":")
		if kind == DiffersMonth { // without its day: month:5-3
			u.value, _, _ = strings.Cut(u.value, "-")
		}
		if (kind == DiffersWeekday || kind == DiffersMonth || kind == DiffersYear) && !hasDay(out[kind], u) {
			out[kind] = append(out[kind], u)
		}
	}
	return out
}

// names are those of the gloss that are neither written nor heard in the source, and persons of the source that are not
// in the gloss. A name may be another in another language, so nothing of it is sure.
func (g glossed) names() (out []Differ) {
	var lost, added []string
	for _, n := range namesOf(g.b) {
		if n.Type != value.NameOther && !g.named(n.Text, g.source.Text) {
			added = append(added, n.Text)
		}
	}
	for _, n := range namesOf(g.a) {
		// a place that the gloss leaves out is told of beside another that it has
		asked := n.Type == value.NamePerson || n.Type == value.NamePlace && len(added) > 0
		if asked && !g.named(n.Text, g.gloss.Text) {
			lost = append(lost, n.Text)
		}
	}
	for i := range max(len(lost), len(added)) {
		said, told := "", ""
		if i < len(lost) {
			said = lost[i]
		}
		if i < len(added) {
			told = added[i]
		}
		out = append(out, differ(DiffersName, said, told, false, ""))
	}
	return out
}

func namesOf(s statement) []value.Name {
	return value.Names(s.doc, text.Sentence{N: 1, Span: text.Span{End: s.doc.Len()}, Lang: s.lang,
		Dir:  text.DirOf(s.lang),
		Kind: text.KindBody})
}

// named says whether a name stands in a text: as it is written, by the place or people that it means, or by its sound.
func (g glossed) named(name, in string) bool {
	folded := text.Fold(in)
	if strings.Contains(folded, text.Fold(name)) || NamedIn(in)(name) {
		return true
	}
	there := map[conceptID]bool{}
	for _, u := range NewTerms().rd.read(in) {
		for _, c := range u.concepts {
			there[c] = true
		}
	}
	units := NewTerms().rd.read(name)
	for _, u := range units {
		known := slices.ContainsFunc(u.concepts, func(c conceptID) bool { return there[c] }) ||
			strings.Contains(folded, text.Fold(name[u.start:u.end])) || NamedIn(in)(name[u.start:u.end])
		if !known && (u.word == nil || u.word.stem != "") {
			return false
		}
	}
	return len(units) > 0
}

// ways compares denials and directions.
func (g glossed) ways() (out []Differ) {
	switch mine, theirs := glossNegation(g.source), glossNegation(g.gloss); {
	case mine != "" && theirs == "" && len(value.Denials(g.b.lang, g.gloss.Text)) == 0:
		out = append(out, Differ{Kind: DiffersNegation, Source: mine,
			Message: fmt.Sprintf("The claim denies (“%s”), and no denial was found in the gloss.", mine)})
	case mine == "" && theirs != "" && len(value.Denials(g.a.lang, g.source.Text)) == 0:
		out = append(out, Differ{Kind: DiffersNegation, Gloss: theirs,
			Message: fmt.Sprintf("The gloss denies (“%s”), and no denial was found in the claim.", theirs)})
	}
	up, said := value.Direction(g.source.Text)
	down, told := value.Direction(g.gloss.Text)
	if up*down < 0 {
		out = append(out, differ(DiffersDirection, said, told, true, ""))
	}
	return out
}
