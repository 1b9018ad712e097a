package extract

import (
	"slices"
	"strings"
	"unicode"
)

// grammar is what the reader needs of a language: its words, and the function
// that marks the finite verbs of a line and cuts it into pieces.
type grammar struct {
	words lexicon
	parse func(*parse)
}

// parse is the work on one sentence: the line, what is known from before, and
// the pieces found so far.
type parse struct {
	*line
	off    ruleSet
	before *reader
	out    []piece
	frame  [2]int // the words that report what follows, in code points

	speaks string // who is about to be quoted: the sentence only says that they spoke

	speaksOf string // who spoke the quotation that is the sentence before

	regions []region // the operators with their scopes
	bound   []bool   // tokens, or letters in Japanese, where nothing may be cut
	headed  []bool   // the words of the operators themselves
	sealed  []bool   // and those from which no relative clause may be taken
}

// framed notes tokens [from,to) as the words that report what follows.
func (p *parse) framed(from, to int) {
	if from < to && to <= len(p.toks) {
		p.frame = [2]int{p.toks[from].start, p.toks[to-1].end}
	}
}

// on says whether a rule is in force.
func (p *parse) on(rule ruleSet) bool { return p.off.on(rule) }

// add notes tokens [from,to) as a piece. Marks at its edges go; a piece of no
// word is none.
func (p *parse) add(from, to int, q piece) {
	from, to = p.bare(from, to)
	if p.count(from, to) == 0 {
		return
	}
	q.start, q.end = p.toks[from].start, p.toks[to-1].end
	if q.source != "" {
		q.frame = p.frame
	}
	p.out = append(p.out, q)
}

// bare takes the marks off both ends of [from,to); opening quotation marks stay.
func (p *parse) bare(from, to int) (int, int) {
	from, to = max(from, 0), min(to, len(p.toks))
	for from < to && p.toks[from].kind == mark && !p.isMark(from, "«“\"(（[［【„") {
		from++
	}
	for to > from && p.toks[to-1].kind == mark && !p.isMark(to-1, "»”\")″）]］】“") {
		to--
	}
	return from, to
}

// find gives the first token in [from,to) for which ok holds, or to.
func find(from, to int, ok func(i int) bool) int {
	for i := from; i < to; i++ {
		if ok(i) {
			return i
		}
	}
	return to
}

// anyOf says whether a token in [from,to) has one of the classes.
func (l *line) anyOf(from, to int, c class) bool {
	for i := max(from, 0); i < to && i < len(l.toks); i++ {
		if l.toks[i].class&c != 0 {
			return true
		}
	}
	return false
}

// comma says whether token i is a comma, outside brackets.
func (l *line) comma(i int) bool {
	return l.isMark(i, ",،、，") && l.toks[i].depth == 0 && !l.dateComma(i)
}

// dateComma says whether a comma at i stands inside a date: "March 3, 2024", "Monday, Nov. 4", "June, 2017,".
func (l *line) dateComma(i int) bool {
	if i < 1 || i+1 >= len(l.toks) {
		return false
	}
	year := l.toks[i+1].kind == number && len(l.toks[i+1].form) == 4
	switch {
	case l.toks[i-1].kind == number:
		return year && len(l.toks[i-1].form) <= 2 && (l.has(i-2, cTime) || l.monthEnds(i-1))
	case year && l.monthEnds(i): // and no number of people: "In March, 2000 people died"
		return l.form(i+1) >= "1500" && l.form(i+1) < "2100" && (i+2 >= len(l.toks) || l.toks[i+2].kind == mark)
	}
	if !l.capital(i-1) || !l.capital(i+1) && !l.numberAt(i+1) {
		return false
	}
	return enWeekdays.has(l.form(i-1)) && (enMonths.has(l.form(i+1)) && (l.numberAt(i+2) || l.isMark(i+2, ".") &&
		l.numberAt(i+3)) || l.numberAt(i+1) && enMonths.has(l.form(i+2)))
}

// monthEnds says whether the name of a month, or its abbreviation with a stop, ends before token i.
func (l *line) monthEnds(i int) bool {
	if l.isMark(i-1, ".") {
		i--
	}
	return i > 0 && enMonths.has(l.form(i-1)) && unicode.IsUpper(l.runes[l.toks[i-1].start])
}

// numberAt says whether token i is a number.
func (l *line) numberAt(i int) bool { return i >= 0 && i < len(l.toks) && l.toks[i].kind == number }

var (
	enWeekdays = newWordList(`monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur
		thurs fri sat sun`)
	enMonths = newWordList(`january february march april may june july august september october november
		december jan feb mar apr jun jul aug sep sept oct nov dec`)
)

// stop says whether token i is a mark that parts clauses as a full stop does.
func (l *line) stop(i int) bool {
	return l.isMark(i, ";؛:：—–") && !l.rangeDash(i) ||
		i >= 0 && i < len(l.toks) && strings.HasPrefix(l.toks[i].form, "..")
}

// rangeDash says whether a dash at i stands between two numbers: 3–5%.
func (l *line) rangeDash(i int) bool {
	if i < 1 || i+1 >= len(l.toks) || !l.isMark(i, "–—") || l.apart(i-1) || l.apart(i) {
		return false
	}
	figure := func(k int) bool {
		return slices.ContainsFunc(l.runes[l.toks[k].start:l.toks[k].end], unicode.IsDigit)
	}
	from := i - 1 // of what is written in one with the dash: 20°C–25°C
	for from > 0 && i-from < 4 && !figure(from) && !l.apart(from-1) {
		from--
	}
	return figure(from) && figure(i+1)
}

// apart says whether a space stands between token i and the next; a sign of money may.
func (l *line) apart(i int) bool {
	gap := l.runes[l.toks[i].end:l.toks[i+1].start]
	return len(gap) > 1 || len(gap) == 1 && unicode.IsSpace(gap[0])
}

// abbreviates says whether the full stop at i belongs to a title of one letter: د. سامي.
func (l *line) abbreviates(i int) bool {
	if i == 0 || !l.isMark(i, ".") || l.toks[i-1].kind != word || l.toks[i-1].end != l.toks[i].start {
		return false
	}
	n := l.toks[i-1].end - l.toks[i-1].start
	return n == 1 || n == 2 && l.runes[l.toks[i-1].start] == 'و' && primary(l.lang) == "ar" // ود. سارة
}
