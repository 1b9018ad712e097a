package extract

import (
	"strings"

	"claimbench/internal/text"
)

// enAccuses are the verbs whose subject makes a charge.
var enAccuses = strings.Fields("accused accuses blamed blames criticized criticised criticizes condemned condemns")

// enDoubts are the verbs whose subject doubts or fears what is not cut from them.
var enDoubts = strings.Fields("doubt doubts doubted fear fears feared worry worries worried question questioned")

// enExpects are the verbs whose subject foretells what "to" opens.
var enExpects = strings.Fields("expect expects expected forecast forecasts predicts predict")

// aheadTo says whether "to" stands after the object of the verb at v: "expects inflation to fall".
func (e *enParse) aheadTo(v, to int) bool {
	end := find(v+2, min(to, v+12), func(i int) bool { return e.is(i, "to") || e.comma(i) || e.has(i, cVerb) })
	return e.is(end, "to")
}

// agent names who denies or accuses: the words before the verb.
func (e *enParse) agent(from, to int) string {
	v := find(from, to, func(i int) bool {
		return !e.inside(i) && (e.has(i, cDeny) && e.denies(i) || e.is(i, enAccuses...) &&
			!e.is(i+1, "of", "by", "for") || e.is(i, enDoubts...) && e.has(i, cVerb) &&
			!e.anyOf(from, i, cAux|cNot) || e.is(i, enExpects...) && e.aheadTo(i, to))
	})
	if v == to {
		return ""
	}
	a := from
	if e.has(from, cPrep|cWhen|cTime) || enOpens.has(e.form(from)) || e.contrasted(from) {
		a = e.pastFront(from, v)
	}
	far := 0
	for i := a; i < v; i++ {
		if !e.inside(i) {
			far++
		}
	}
	if v <= a || far > 11 || e.has(v-1, cAux|cPrep) && !e.is(v-1, "has", "have", "had") || e.has(v-1, cPron) &&
		v-1 > a { // "a charge he rejects"
		return ""
	}
	b := find(a, v, func(i int) bool { return e.comma(i) || e.has(i, cVerb|cAdv) })
	if b == a {
		return ""
	}
	if c := e.namedTo(a, b, v); c > b {
		return e.before.resolve(e.words(a, c), false)
	}
	return e.named(a, b)
}

// officeBefore gives the comma before the office that stands in front of the name after the comma at c, or c: "…, its
// owner, the Berg Group, said".
func (e *enParse) officeBefore(from, c int) int {
	for d := c - 2; d > from+2 && c-d <= 6; d-- {
		if e.comma(d) {
			if e.has(d+1, cDet) && e.anyOf(d+1, c, cRole) && e.verb(d+1, c) == c && e.verb(from, d) < d {
				return d
			}
			break
		}
	}
	return c
}

// saidInside names who says what a relative clause [from,to) states: "which the army says was launched from a boat",
// "which, according to the army, was …"; "" for the one who says the rest.
func (e *enParse) saidInside(from, to int) string {
	for from < to && e.comma(from) {
		from++
	}
	if e.is(from, "according") && e.is(from+1, "to") {
		end := find(from+2, to, func(i int) bool { return e.has(i, cVerb) || e.comma(i) })
		return e.before.resolve(e.words(from+2, end), false)
	}
	v := e.verb(from, min(to, from+8))
	if v == min(to, from+8) || v == from || !e.has(v, cSay) || !e.has(v+1, cVerb) || e.has(from, cPron) || e.heads(v) {
		return ""
	}
	return e.before.resolve(e.words(from, v), false)
}

// putIt names who speaks in "as X put it", "as X says"; "" where [from,to) is no such words.
func (e *enParse) putIt(from, to int) string {
	if !e.is(from, "as") || to-from > 10 {
		return ""
	}
	v := e.verb(from+1, to)
	put := e.is(v, "put", "puts") && e.is(v+1, "it") && v+2 == to
	if v <= from+1 || !put && !(v+1 == to && e.has(v, cSay)) || e.has(from+1, cPron) {
		return ""
	}
	return e.words(from+1, v)
}

// adds makes the subject of what the article tells who says what is added to it: "The minister rejected the criticism,
// saying that …".
func (e *enParse) adds() {
	last := strings.Fields(e.lead)
	if e.source != "" || len(last) == 0 || len(last) > 10 || !e.on(ruleSpeech) {
		return
	}
	v := find(0, e.n, func(i int) bool { return e.has(i, cVerb) && !e.inside(i) })
	if enBe.has(e.form(v)) || e.has(v, cAux) && enBe.has(e.form(v+1)) {
		return // "was criticised, saying": nobody knows who says it
	}
	e.source = e.before.resolve(e.lead, e.has(v-1, cPron))
}

// splitQuote reads "“P,” said X, “Q.”": both halves are what X said.
func (e *enParse) splitQuote() bool {
	if !e.on(ruleSpeech) || !e.isMark(0, "“\"") {
		return false
	}
	c := find(3, e.n, func(i int) bool { return e.isMark(i, "”\"") })
	if c >= e.n-4 || !e.comma(c-1) {
		return false
	}
	end := e.nextComma(c+1, min(e.n, c+24))
	for end < e.n-3 && e.comma(end) && !e.isMark(end+1, "“\"") {
		end = e.nextComma(end+1, min(e.n, c+24))
	}
	if end >= e.n-3 || !e.comma(end) || !e.isMark(end+1, "“\"") {
		return false
	}
	name := e.tail(c+1, end)
	if name == "" {
		return false
	}
	e.outer, e.source = name, name
	e.framed(c+1, end)
	e.between(0, c)
	e.clauses(0, c)
	e.lead = ""
	to := e.n
	for to > end+3 && e.toks[to-1].kind == mark {
		to--
	}
	e.between(end+2, to)
	e.clauses(end+2, to)
	return true
}

// relayed reads "X quoted Y as saying that P" and "X was told by Y that P" and gives who says P and where P begins.
func (e *enParse) relayed(from, to int) (name string, open int) {
	if name, open := e.byWhom(from, to); name != "" {
		return name, open
	}
	reach := min(to, from+14)
	if v := find(from+1, reach, func(i int) bool { return e.is(i, "quoted", "quotes", "cited", "cites") }); v < reach {
		as := find(v+2, min(to, v+14), func(i int) bool {
			return e.is(i, "as") && e.is(i+1, "saying", "telling", "stating", "warning")
		})
		that := find(as+2, min(to, as+6), func(i int) bool { return e.is(i, "that") })
		switch {
		case as >= min(to, v+14) || e.has(v-1, cAux) || e.heads(v) || e.binds(as):
		case that < min(to, as+6):
			return chainedTo(e.named(from, v), e.words(v+1, as)), that + 1
		case e.is(as+1, "saying"):
			return chainedTo(e.named(from, v), e.words(v+1, as)), as + 2
		}
	}
	if v := find(from+2, reach, func(i int) bool {
		return e.is(i, "quoted", "cited") &&
			enBe.has(e.form(i-1))
	}); v < reach {
		as := find(v+1, min(to, v+12), func(i int) bool { return e.is(i, "as") && e.is(i+1, "saying", "telling") })
		if as < min(to, v+12) && !e.heads(v) && !e.binds(as) && e.verb(from, v-1) == v-1 {
			open := as + 2
			if e.is(open, "that") {
				open++
			}
			a := from
			if c := e.nextComma(from, v); e.has(from, cPrep) && c < v-2 {
				a = c + 1
			}
			name = e.named(a, v-1)
			if e.is(v+1, "by", "in") {
				return chainedTo(e.words(v+2, as), name), open
			}
			return name, open
		}
	}
	told := find(from+2, reach, func(i int) bool {
		return e.is(i, "told", "informed", "warned", "assured") && enBe.has(e.form(i-1)) && e.is(i+1, "by")
	})
	that := find(told+3, min(to, told+14), func(i int) bool { return e.is(i, "that") })
	if told >= reach || that >= min(to, told+14) || e.verb(told+2, that) < that || e.heads(told) || e.binds(told) {
		return "", 0
	}
	return e.named(told+2, that), that + 1
}

// citedIn names whom the speaker quotes: "X, citing two officials, said".
func (e *enParse) citedIn(from, v int) string {
	if e.is(from, "citing", "quoting") { // "Citing two officials, X reported that"
		return e.words(from+1, e.nextComma(from+1, v))
	}
	i := find(from+1, v, func(i int) bool { return e.comma(i-1) && e.is(i, "citing", "quoting") })
	if i == v {
		return ""
	}
	return e.words(i+1, e.nextComma(i+1, v))
}

// speaker names the subject of the verb of saying at v.
func (e *enParse) speaker(from, v int) string {
	a := e.pastTime(from, v)
	if front := e.pastFront(from, v); front > from {
		a = front
	}
	if e.comma(v-1) && a == from && (e.has(from, cPrep|cWhen|cTime|cAdv) || strings.HasSuffix(e.form(from), "ing")) {
		return "" // "In May, reports that …"
	}
	b := find(a, v, func(i int) bool {
		return e.comma(i) || e.has(i, cVerb|cAdv) || i > a && e.has(i, cTime|cRel) || e.isMark(i, "–—")
	})
	if e.has(a, cRel) { // nobody is called "who"
		return ""
	}
	if e.has(a, cPrep) { // "in a video posted an hour later he said"
		if e.has(v-1, cPron) {
			return e.named(v-1, v)
		}
		return ""
	}
	if c := e.namedTo(a, b, v); c > b {
		return e.before.resolve(e.words(a, c), false)
	}
	if b <= a {
		if e.source != "" && e.source != e.outer && (e.has(from-1, cAnd|cBut) || e.comma(from-1)) {
			return e.source[strings.LastIndex(e.source, citing)+1:] // "said the results were good but warned that"
		}
		if e.lead == "" {
			return ""
		}
		return e.before.resolve(e.lead, false)
	}
	return e.named(a, e.nounEnd(a, b))
}

// named names the speaker [a,b): a pronoun alone is whoever it stands for, "her brother" is a noun of its own.
func (e *enParse) named(a, b int) string {
	return e.before.resolve(e.words(a, b), b == a+1 && e.has(a, cPron))
}

// nounEnd takes off a speaker's words [a,b) what belongs to no name: "both" after it, the preposition in front of a day
// and the participle that it follows.
func (e *enParse) nounEnd(a, b int) int {
	for b > a+1 && (e.isMark(b-1, "([") || e.toks[b-1].kind == number && e.has(b-2, cPart) ||
		e.is(b-1, "both", "all", "each") ||
		e.has(b-1, cPrep) && !e.is(b-1, "of") ||
		b > a+2 && e.has(b-1, cPart) && strings.HasSuffix(e.form(b-1), "ed")) {
		b--
	}
	return b
}

// pastTime gives the token after a point of time that stands in front without
// a comma: "On 25 March the FBI said".
func (e *enParse) pastTime(from, to int) int {
	i := from
	if e.has(i, cPrep) && (e.has(i+1, cTime) || i+1 < to && e.toks[i+1].kind == number) {
		i++
	}
	for i < to-1 && (e.has(i, cTime) || e.toks[i].kind == number && e.has(i+1, cTime)) {
		i++
	}
	return i
}

// namedTo gives the end of a speaker who goes on after the comma at b: an office and then the name of who holds it, or
// several speakers. It gives b where neither is certain. The verb of saying stands at v.
func (e *enParse) namedTo(a, b, v int) int {
	if b >= v || !e.comma(b) {
		return b
	}
	end := v
	for end > b && (e.comma(end-1) || e.has(end-1, cAux|cAdv)) {
		end--
	}
	close := e.nextComma(b+1, end)
	and := find(b+1, end, func(i int) bool { return e.has(i, cAnd) })
	owned := find(a, b, func(i int) bool {
		return strings.HasSuffix(e.form(i), "'s") || i > a && e.is(i, "her", "his", "its", "their")
	}) < b
	if (owned || e.anyOf(a, b, cRole) || e.has(a, cDet)) && close-b <= 5 && e.proper(b+1, close) && !e.proper(a, b) {
		if and < end && and == close+1 && e.verb(b+1, end) == end && end-a <= 24 {
			return end // "the mayor, Mara Lind, and the police chief, Rosa Lund,"
		}
		return close // "the mayor, Mara Lind,"
	}
	switch {
	case and == end || e.verb(b+1, end) < end || end-a > 24:
		return b
	case e.proper(a, end), e.comma(and-1) && (e.capital(and+1) || e.has(and+1, cDet|cRole)):
		return end
	}
	return b
}

// proper says whether [from,to) is nothing but names, with commas and "and" between them.
func (e *enParse) proper(from, to int) bool {
	return from < to && find(from, to, func(i int) bool {
		return !e.comma(i) && !e.has(i, cAnd) && !(e.capital(i) && e.toks[i].class&cDet == 0) && !e.isMark(i, ".")
	}) == to
}

// nameEnd gives where the name that follows a verb of saying ends: "said Otto Berg of the Harbour Trust on Monday".
func (e *enParse) nameEnd(from, to int) int {
	b := find(from, to, func(i int) bool {
		return e.comma(i) || i > from && e.has(i, cPrep|cTime|cVerb|cRel) && !e.is(i, "of")
	})
	if e.pronoun(from, b) {
		return min(from+1, to)
	}
	return b
}

// headlineTail gives the dash before who says a headline, "Bridge was unsafe – engineers", and notes them; else the
// end.
func (e *enParse) headlineTail() int {
	if e.sent.Kind == text.KindCaption || e.isMark(e.n-1, ".!?”\"…") || !e.on(ruleSpeech) {
		return e.n
	}
	d := e.n - 1
	for d > 0 && e.n-d <= 5 && e.toks[d].kind == word {
		d--
	}
	if d < 3 || e.n-d > 5 || d == e.n-1 || !e.isMark(d, "–—-") || e.verb(0, d) == d &&
		find(0, d, func(i int) bool { return e.is(i, "to") }) == d || e.verb(d, e.n) < e.n ||
		e.has(d+1, cPrep|cAnd|cTime) || !e.anyOf(d+1, e.n, cRole|cReport) && !enMany.has(e.form(e.n-1)) &&
		!enSpeakers.has(e.form(e.n-1)) {
		return e.n
	}
	e.source = e.before.resolve(e.words(d+1, e.n), false)
	return d
}

// enSpeakers are plurals and bodies that headlines name as who says them.
var enSpeakers = newWordList(`engineers officials ministers experts scientists researchers doctors prosecutors lawyers
	sources witnesses analysts economists residents critics activists campaigners unions rebels army un who ministry
	government court watchdog inquiry audit charity regulator agency monitor auditors investigators media`)

// headlineLabel gives the colon after the office or name that opens a headline: "Minister: no shortage of insulin"; 0
// for none.
func (e *enParse) headlineLabel() int {
	head := e.sent.Kind == text.KindTitle || e.sent.Kind == text.KindHeading || !e.isMark(e.n-1, ".!?”\"…")
	c := find(0, min(e.n, 6), func(i int) bool { return e.toks[i].kind == mark })
	if c == 0 || c >= min(e.n-2, 6) || !e.isMark(c, ":") ||
		!head && !e.isMark(c+1, "“\"") || e.anyOf(0, c, cVerb|cPrep|cSay|cThat) {
		return 0
	}
	if e.anyOf(0, c, cRole) || c >= 2 && e.proper(0, c) && !noLabel.has(e.form(0)) {
		return c
	}
	return 0
}
