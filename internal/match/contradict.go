package match

import (
	"slices"
	"strings"
	"unicode/utf8"

	"claimbench/internal/text"
	"claimbench/internal/value"
)

// A passage that says nearly what the claim says, and differs in a day, a count, a name, a score, a direction or a
// negation, contradicts it. One more number or date beside the claim's own does not, and two texts that share little
// cannot contradict each other.

// leastShared is how much of the words of the claim or of the passage the other must share, by weight, before a
// difference is a contradiction.
const leastShared = 0.5

// mostCompared is how many units a text has at most that can contradict another: a longer one is no sentence, and two
// articles on one matter name other people and give other counts.
const mostCompared = 90

// meetingTexts are a claim and a passage with the units that they share.
type meetingTexts struct {
	claim, passage   *said
	queryUnits       []asked
	hitUnits         []unit
	links            []link
	linkedIn, linked []bool // by unit: of the claim, of the passage
}

// contradicts says whether a passage gives another day, count, name, score or direction than the claim, or denies what
// the claim says, or the other way round.
func (ix *Index) contradicts(m *meetingTexts) bool {
	m.linkedIn, m.linked = make([]bool, len(m.queryUnits)), make([]bool, len(m.hitUnits))
	for _, l := range m.links {
		m.linkedIn[l.query], m.linked[l.hit] = true, true
	}
	own := 0
	for _, a := range m.queryUnits {
		if a.source == "" {
			own++
		}
	}
	if own > mostCompared || len(m.hitUnits) > mostCompared {
		return false
	}
	if !ix.shareMuch(m) {
		return !m.oneLanguage() && m.otherToll() || m.oneLanguage() && m.opposeDirections() && m.oneSubject()
	}
	if m.opposeDirections() || m.otherWeekday() || m.oneLanguage() && (m.otherScore() || m.oneDenies()) {
		return true
	}
	a, okA := m.claim.statement()
	b, okB := m.passage.statement()
	if !okA || !okB {
		return false
	}
	return otherDay(a, b) || otherCount(a, b) || m.oneLanguage() && m.otherName()
}

// shareMuch says whether the texts share enough of their words to speak of one thing. Numbers, dates and the words
// that tell a direction do not count: they are what may differ.
func (ix *Index) shareMuch(m *meetingTexts) bool {
	all, shared, words := 0.0, 0.0, 0
	done := m.sharedActs()
	for i, a := range m.queryUnits {
		if a.unit.value != "" || a.source != "" {
			continue
		}
		all += a.mass
		if m.linkedIn[i] || slices.ContainsFunc(done, func(d actAt) bool {
			return d.start < a.unit.end && a.unit.start < d.end
		}) {
			shared += a.mass
			words++
		}
	}
	return words >= 2 && shared >= leastShared*all
}

// sharedActs gives the places in the claim that name an act which the passage names too, by whatever word.
func (m *meetingTexts) sharedActs() []actAt {
	theirs := m.passage.actsIn()
	return slices.DeleteFunc(slices.Clone(m.claim.actsIn()), func(a actAt) bool {
		return !slices.ContainsFunc(theirs, func(b actAt) bool { return a.act == b.act })
	})
}

// otherToll says whether two texts of different languages, of whose words few are known to be the same, count persons
// to whom the same was done otherwise: both have a name in common and an act, and no other count of it.
func (m *meetingTexts) otherToll() bool {
	named := slices.ContainsFunc(m.links, func(l link) bool {
		return m.queryUnits[l.query].unit.kind == KindName && m.queryUnits[l.query].source == ""
	})
	if !named || len(m.sharedActs()) == 0 {
		return false
	}
	a, okA := m.claim.statement()
	b, okB := m.passage.statement()
	acted := func(st statement) bool {
		return slices.ContainsFunc(st.quantities, func(q value.Quantity) bool { return st.actOf(q) != "" })
	}
	return okA && okB && acted(a) && acted(b) && otherCount(a, b)
}

// otherDay says whether no date of the passage agrees with a date of the claim, and one is said as exactly and cannot
// be the same.
func otherDay(a, b statement) bool {
	differ := false
	for _, x := range a.dates {
		if x.Norm == "" {
			continue
		}
		for _, y := range b.dates {
			if y.Norm == "" || x.Calendar != y.Calendar || !comparable(x.Norm, y.Norm) {
				continue
			}
			if datesAgree(x, y) {
				return false
			}
			differ = true
		}
	}
	return differ
}

// otherCount says whether the claim counts or measures something that the passage counts too, with no value in common.
func otherCount(a, b statement) bool {
	for _, q := range a.quantities {
		same, differ := false, false
		for _, o := range b.quantities {
			switch {
			case agree(q, o) && sameAct(a, q, b, o): // "up to 20" and "18" differ, but do not contradict
				same = true
			case otherActs(a, q, b, o):
			case q.Unit != "" && q.Unit == o.Unit && (q.Qualifier == value.QOrdinal) == (o.Qualifier == value.QOrdinal):
				differ = true
			case q.Unit == "" && o.Unit == "" && nextWord(a.doc, q.Span) != "" &&
				nextWord(a.doc, q.Span) == nextWord(b.doc, o.Span):
				differ = true
			}
		}
		if differ && !same {
			return true
		}
	}
	return false
}

// nextWord gives the stem of the word after a span: what is counted, in the languages that write it there.
func nextWord(d *text.Doc, s text.Span) string {
	rest := d.Slice(text.Span{Start: s.End, End: min(d.Len(), s.End+40)})
	toks := scan(rest, nil)
	if len(toks) == 0 || toks[0].start > 1 || toks[0].script == scriptDigits {
		return ""
	}
	return stem(text.Fold(rest[toks[0].start:toks[0].end]), toks[0].script)
}

// otherWeekday says whether both name days of the week, and no day is in both.
func (m *meetingTexts) otherWeekday() bool {
	var mine, theirs []string
	for _, a := range m.queryUnits {
		if a.source == "" && strings.HasPrefix(a.unit.value, "weekday:") {
			mine = append(mine, a.unit.value)
		}
	}
	for _, u := range m.hitUnits {
		if strings.HasPrefix(u.value, "weekday:") {
			theirs = append(theirs, u.value)
		}
	}
	return disjoint(mine, theirs)
}

// otherScore says whether both give results as 4-2, and none is the same.
func (m *meetingTexts) otherScore() bool {
	return disjoint(m.claim.scores(), m.passage.scores())
}

// scores finds results of games and votes: two numbers of at most three digits with a hyphen, a dash or a colon, and
// nothing else, between them.
func scores(s string) []string {
	var out []string
	toks := scan(s, nil)
	for i := 0; i+1 < len(toks); i++ {
		a, b := toks[i], toks[i+1]
		if a.script != scriptDigits || b.script != scriptDigits || a.end-a.start > 3 || b.end-b.start > 3 {
			continue
		}
		switch s[a.end:b.start] {
		case "-", "–", "−", ":":
			beside := i > 0 && toks[i-1].script == scriptDigits && a.start-toks[i-1].end <= 3 ||
				i+2 < len(toks) && toks[i+2].script == scriptDigits && toks[i+2].start-b.end <= 3
			if !beside { // 2019-05-03 is a day
				out = append(out, text.Fold(s[a.start:a.end]+"-"+s[b.start:b.end]))
			}
		}
	}
	return out
}

// oneSubject says whether two short texts name one thing on one day, and each has one word at most that the other has
// not: Unemployment rose in May, unemployment fell in May.
func (m *meetingTexts) oneSubject() bool {
	shared, mine, theirs := 0, 0, 0
	for i, a := range m.queryUnits {
		switch {
		case a.unit.value != "" || a.source != "":
		case m.linkedIn[i]:
			shared++
		default:
			mine++
		}
	}
	for i, u := range m.hitUnits {
		if u.value == "" && !m.linked[i] {
			theirs++
		}
	}
	if shared == 0 || mine > 1 || theirs > 1 {
		return false
	}
	a, okA := m.claim.statement()
	b, okB := m.passage.statement()
	return okA && okB && slices.ContainsFunc(a.dates, func(x value.Date) bool {
		return x.Norm != "" && slices.ContainsFunc(b.dates, func(y value.Date) bool {
			return y.Norm != "" && datesAgree(x, y)
		})
	})
}

func (m *meetingTexts) opposeDirections() bool {
	return m.claim.direction()*m.passage.direction() < 0
}

// oneLanguage says whether both texts are of one language. Across languages a denial is often said by another kind of
// word, a name is written otherwise, and a result is turned about in scripts from the right; Compare shows such
// differences to a person, who judges them.
func (m *meetingTexts) oneLanguage() bool { return m.claim.language() == m.passage.language() }

// oneDenies says whether one of the texts denies a word that both have, and the other does not.
func (m *meetingTexts) oneDenies() bool {
	switch mineDeny, theirsDeny := len(m.claim.denials()) > 0, len(m.passage.denials()) > 0; {
	case mineDeny == theirsDeny:
		return false // both deny something, perhaps the same by other words
	case mineDeny:
		mine, linkedIn := make([]unit, len(m.queryUnits)), make([]bool, len(m.queryUnits))
		for i, a := range m.queryUnits {
			mine[i], linkedIn[i] = a.unit, m.linkedIn[i] && a.source == ""
		}
		return deniesShared(m.claim, mine, linkedIn)
	}
	return deniesShared(m.passage, m.hitUnits, m.linked)
}

// nearDenial is how many bytes may lie between a word that denies and the word it denies.
const nearDenial = 14

// deniesShared says whether a word that denies stands right before a shared word, or is part of one, or follows it in
// a language that denies at the end.
func deniesShared(it *said, units []unit, shared []bool) bool {
	nouns := it.language() == "de" // whose nouns have capitals, as names have elsewhere
	for _, at := range it.denials() {
		for i, u := range units {
			if !shared[i] || u.kind != KindWord && (u.kind != KindName || !nouns) {
				continue
			}
			before := u.start >= at[1] && u.start-at[1] <= nearDenial && !otherBetween(units, at[1], u.start)
			after := deniesBehind(it.Item, at) && at[0] >= u.end && at[0]-u.end <= nearDenial &&
				!otherBetween(units, u.end, at[0])
			inside := u.start < at[1] && at[0] < u.end
			if before || after || inside {
				return true
			}
		}
	}
	return false
}

// deniesBehind says whether the word at a place denies what stands before it: the verb of a language that ends with it.
func deniesBehind(it Item, at [2]int) bool {
	raw := it.Text[at[0]:at[1]]
	lang, d := denyingOf(it.language())
	if behind, there := d.behind[raw]; there {
		return behind
	}
	folded := text.Fold(raw)
	if behind, there := d.behind[folded]; there {
		return behind
	}
	return lang == "fa" || lang == "tr" // known by its prefix or ending
}

// otherBetween says whether a unit lies whole between two places.
func otherBetween(units []unit, from, to int) bool {
	return slices.ContainsFunc(units, func(u unit) bool { return u.start >= from && u.end <= to })
}

// otherName says whether both give a name of two words or more with the same last word and another first one: Anna
// Lindholm, Maria Lindholm.
func (m *meetingTexts) otherName() bool {
	for _, x := range m.claim.people() {
		for _, y := range m.passage.people() {
			if m.shares(x[1], y[1]) && !m.linkedWithin(x[0], true) && !m.linkedWithin(y[0], false) &&
				m.unknown(x[0], true) && m.unknown(y[0], false) {
				return true
			}
		}
	}
	return false
}

// namesIn gives, of the names of persons that have two words or more, the bytes of the first word and of the last.
func namesIn(st statement) [][2][2]int {
	s := text.Sentence{N: 1, Span: text.Span{Start: 0, End: st.doc.Len()}, Lang: st.lang, Dir: text.DirOf(st.lang)}
	var out [][2][2]int
	for _, n := range value.Names(st.doc, s) {
		start, end := st.doc.ByteSpan(n.Span)
		raw := st.doc.Slice(n.Span)
		if toks := scan(raw, nil); len(toks) >= 2 && end-start == len(raw) {
			first, last := toks[0], toks[len(toks)-1]
			out = append(out, [2][2]int{{start + first.start, start + first.end}, {start + last.start,
				start + last.end}})
		}
	}
	return out
}

// shares says whether a link joins a unit in x of the claim with one in y of the passage.
func (m *meetingTexts) shares(x, y [2]int) bool {
	return slices.ContainsFunc(m.links, func(l link) bool {
		u, h := m.queryUnits[l.query], m.hitUnits[l.hit]
		return u.source == "" && u.unit.start >= x[0] && u.unit.end <= x[1] && h.start >= y[0] && h.end <= y[1]
	})
}

func (m *meetingTexts) linkedWithin(at [2]int, inClaim bool) bool {
	if inClaim {
		for i, a := range m.queryUnits {
			if m.linkedIn[i] && a.source == "" && a.unit.start < at[1] && at[0] < a.unit.end {
				return true
			}
		}
		return false
	}
	for i, u := range m.hitUnits {
		if m.linked[i] && u.start < at[1] && at[0] < u.end {
			return true
		}
	}
	return false
}

// givenNames are given names that are words as well, or that the lexicon knows for somebody else: Saint Peter.
var givenNames = wordSet("peter mark bill rose grace james jean will frank jack max ray guy rob sue dawn hope faith " +
	"joy ivy lily daisy may june april summer victor dean chase chuck drew gene grant harry jay miles nick norman " +
	"pierce roman stan wade ward warren angel amber autumn ruby pearl olive iris violet penny robin christian jordan " +
	"claire blanche marine pierre franz ernst wolf john job luke ruth simon josh rod don gale gail")

// unknown says whether the word at a place is a name of more than two letters that the lexicon does not know, or a
// given name that is a word: a title is no given name.
func (m *meetingTexts) unknown(at [2]int, inClaim bool) bool {
	is := func(u unit) bool {
		return u.start == at[0] && u.word != nil && (!u.word.sure || givenNames[u.word.folded]) &&
			utf8.RuneCountInString(u.word.folded) > 2
	}
	if inClaim {
		return slices.ContainsFunc(m.queryUnits, func(a asked) bool { return a.source == "" && is(a.unit) })
	}
	return slices.ContainsFunc(m.hitUnits, is)
}
