package value

import (
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"claimbench/internal/lang"
	"claimbench/internal/text"
)

// Lack is something that a statement says and its words do not hold, or a negation of its words that the statement has
// lost. Kind is one of the Lack constants, Text the part as written.
type Lack struct{ Kind, Text string }

// What may lack support.
const (
	LackNumber   = "number"
	LackDate     = "date"
	LackName     = "name"
	LackNegation = "negation"      // the statement denies, its words do not
	LostNegation = "lost negation" // its words deny, the statement does not

	LackDirection = "direction" // the statement says that something fell where its words say that it rose
	LackLimit     = "limit"     // the statement says "only", its words do not
)

// Bracket is what was put into a statement in square brackets, with the words of the article that it came from.
type Bracket struct{ Text, From string }

// Unsupported names each number, date, name and negation of a statement that its words do not hold. Spans are the words
// of the claim's spans, window the sentences they stand in, from which a subject may have been carried over; brackets
// are what was filled in, each with its source. Code is the language of all of them. It compares by value ("5 million"
// holds "5,000,000"), and is pure. Nothing found gives nil.
func Unsupported(code, statement string, spans, window []string, brackets []Bracket) []Lack {
	return UnsupportedBy(code, statement, spans, window, brackets, nil)
}

// NamedIn gives, for some words, a function that says whether a name written in another script stands in them.
type NamedIn func(words string) func(name string) bool

// UnsupportedBy is Unsupported where named knows names across scripts: “Macron” in a Persian statement is held by
// مکرون.
func UnsupportedBy(code, statement string, spans, window []string, brackets []Bracket, named NamedIn) []Lack {
	own, filled := outside(statement)
	around := append(append([]string{}, spans...), window...)
	for _, b := range brackets {
		around = append(around, b.From)
	}
	held := holds(code, around)
	if named != nil {
		held.named = sync.OnceValue(func() func(string) bool { return named(strings.Join(around, " \n ")) })
	}
	out := held.lacks(own)
	for _, f := range filled {
		out = append(out, held.lacks(f)...)
	}
	words, all := strings.Join(spans, " \n "), strings.Join(around, " \n ")
	return append(append(out, denials(code, own, words, all)...), turned(code, own, words, all)...)
}

// outside parts a statement into what stands outside its square brackets and what inside.
func outside(statement string) (string, []string) {
	var own strings.Builder
	var inside []string
	for statement != "" {
		before, rest, found := strings.Cut(statement, "[")
		in, after, closed := strings.Cut(rest, "]")
		if !found || !closed {
			own.WriteString(statement)
			break
		}
		own.WriteString(before + " · ")
		inside = append(inside, in)
		statement = after
	}
	return own.String(), inside
}

// values are the figures and names of some words.
type values struct {
	quantities []Quantity
	dates      []Date
	names      []Name
	doc        *text.Doc
}

func valuesOf(code, words string) values {
	d, err := text.NewDoc(words)
	if err != nil || d.Len() == 0 {
		return values{}
	}
	sc := NewScan(d, text.Sentence{N: 1, Span: text.Span{Start: 0, End: d.Len()}, Lang: code, Kind: text.KindBody})
	return values{dates: sc.Dates(Published{}), quantities: sc.Quantities(), names: sc.Names(), doc: d}
}

// held is what the words of a claim hold.
type held struct {
	lang     string
	text     string               // folded
	numbers  map[float64][]string // value → units
	bounds   map[float64]int      // value → 1 for more than, 2 for less than, 4 for itself
	dates    map[heldDate]bool
	searched map[string]bool // words looked for in text, and whether they stand there
	named    func() func(name string) bool
}

// heldDate is a date by its norm or any beginning of it (2021, 2021-05), or by its relative words.
type heldDate struct {
	calendar Calendar
	words    string
}

// maxSearched is how many different words are looked for in the text of a claim, so that a statement that is no
// statement costs no more than its length.
const maxSearched = 256

// holds gathers the values of the words that may hold a statement up.
func holds(code string, words []string) held {
	h := held{lang: code, text: text.Fold(strings.Join(words, " \n ")), numbers: map[float64][]string{},
		bounds: map[float64]int{},
		dates:  map[heldDate]bool{}, searched: map[string]bool{}}
	for _, w := range words {
		v := valuesOf(code, w)
		for _, q := range v.quantities {
			h.bounds[q.Value] |= boundOf(q)
			if !slices.Contains(h.numbers[q.Value], q.Unit) {
				h.numbers[q.Value] = append(h.numbers[q.Value], q.Unit)
			}
		}
		for _, d := range v.dates {
			for i, c := range d.Norm {
				if c == '-' && i > 0 {
					h.dates[heldDate{d.Calendar, d.Norm[:i]}] = true
				}
			}
			h.dates[heldDate{d.Calendar, d.Norm + d.Relative}] = true
		}
	}
	return h
}

// lacks lists what of a statement is not held.
func (h held) lacks(statement string) []Lack {
	var out []Lack
	v := valuesOf(h.lang, statement)
	for _, q := range v.quantities {
		if (!h.quantity(q) || h.turnsAbout(q)) && !h.written(v.doc.Slice(q.Span)) {
			out = append(out, Lack{LackNumber, v.doc.Slice(q.Span)})
		}
	}
	for _, d := range v.dates {
		if !h.date(d) && !h.written(v.doc.Slice(d.Span)) {
			out = append(out, Lack{LackDate, v.doc.Slice(d.Span)})
		}
	}
	for _, n := range v.names {
		if !h.written(n.Text) && !h.nounsWritten(n.Text) && (h.named == nil || !h.named()(n.Text)) {
			out = append(out, Lack{LackName, n.Text})
		}
	}
	return out
}

// written says whether the words stand there as they are, as whole words where the script parts words.
func (h held) written(words string) bool {
	w := strings.TrimSpace(text.Fold(words))
	found, known := h.searched[w]
	if !known && len(h.searched) < maxSearched {
		found = writtenIn(h.text, w)
		h.searched[w] = found
	}
	return found
}

func writtenIn(s, w string) bool {
	for at := 0; w != ""; {
		i := strings.Index(s[at:], w)
		if i < 0 {
			return false
		}
		i += at
		if !joined(s[:i], w, s[i+len(w):]) {
			return true
		}
		at = i + len(w)
	}
	return true
}

// joined says whether a digit or Latin letter runs on over an edge of w.
func joined(before, w, after string) bool {
	runs := func(a, b rune) bool {
		return unicode.IsDigit(a) && unicode.IsDigit(b) || unicode.In(a, unicode.Latin) && unicode.In(b, unicode.Latin)
	}
	head, _ := utf8.DecodeRuneInString(w)
	tail, _ := utf8.DecodeLastRuneInString(w)
	left, _ := utf8.DecodeLastRuneInString(before)
	right, _ := utf8.DecodeRuneInString(after)
	return before != "" && runs(left, head) || after != "" && runs(tail, right)
}

func (h held) quantity(q Quantity) bool {
	for _, unit := range h.numbers[q.Value] {
		if unit == q.Unit || unit == "" || q.Unit == "" {
			return true
		}
	}
	// A part of one, and the same in per cent: half is 50 per cent.
	switch {
	case q.Unit == "" && q.Value > 0 && q.Value < 1:
		return slices.Contains(h.numbers[q.Value*100], "%")
	case q.Unit == "%" && q.Value > 0 && q.Value < 100:
		return slices.Contains(h.numbers[q.Value/100], "")
	}
	return false
}

// boundOf gives 1 for a quantity that is more than its value, 2 for one that is less, 4 for others.
func boundOf(q Quantity) int {
	switch q.Qualifier {
	case QGt, QGe:
		return 1
	case QLt, QLe:
		return 2
	}
	return 4
}

// turnsAbout says whether a quantity is at most what its words have at least, or the other way round.
func (h held) turnsAbout(q Quantity) bool {
	return boundOf(q)|h.bounds[q.Value] == 1|2 && boundOf(q) != h.bounds[q.Value]
}

// nounsWritten says that each noun of what looks like a name stands there, in a language that gives every noun a
// capital: Der Damm is no name. Numerals and other words of value do not count.
func (h held) nounsWritten(name string) bool {
	p := lang.Of(h.lang)
	if !p.Is(lang.CapitalNouns) {
		return false
	}
	known := lexiconOf(p)
	for _, w := range strings.Fields(name) {
		if known.find([]byte(foldWord(w))) == nil && !h.written(w) {
			return false
		}
	}
	return true
}

func (h held) date(d Date) bool {
	if d.Norm != "" {
		return h.dates[heldDate{d.Calendar, d.Norm}]
	}
	return h.dates[heldDate{d.Calendar, d.Relative}]
}
