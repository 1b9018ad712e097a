package extract

import "strings"

// persian is the grammar of Persian: the verb stands last, so a clause ends
// where a finite verb does, and که opens both content and relative clauses.
var persian = grammar{words: persianWordsOf, parse: parsePersian}

// parsePersian cuts a Persian sentence.
func parsePersian(p *parse) {
	markPersianVerbs(p.line)
	p.govern(nil)
	f := &faParse{parse: p, n: len(p.toks)}
	if f.onlySource() || f.toldBack() {
		return
	}
	f.source = f.openingSource()
	if c := f.labelEnd(); c > 0 && f.source == "" && f.on(ruleSpeech) {
		f.source, f.at = f.before.resolve(f.words(0, c), false), c+1
	}
	if f.splitQuote() {
		return
	}
	f.trailing()
	f.interjected()
	f.outer = f.source
	if p.on(ruleApposition) {
		f.appositions()
	}
	f.before.mentions = append(f.before.mentions, f.mentions()...)
	for f.at < f.n {
		f.clause()
	}
}

// faParse walks the clauses of a Persian sentence from left to right.
type faParse struct {
	*parse
	n, at  int
	source string   // who asserts the clauses from here on
	outer  string   // the source named in front of the whole sentence
	lead   [2]int   // tokens of the subject that later clauses share
	apps   [][2]int // tokens of the appositions, commas included

	aside    [2]int // tokens that say who said it, inside what was said
	told     int    // where the last relative clause ends that is a claim of its own
	after    int    // where the clause goes on after its relative clauses
	acted    string // who did what the clause before tells
	bylined  bool   // the source in front is the agency whose report the article is: who speaks speaks themselves
	verbless bool   // the subject before a relative clause still waits for its verb
}

// verbEnd gives the end of the verb complex that begins at or after from: the
// token after the last finite form, or -1 when there is none before to.
func (f *faParse) verbEnd(from, to int) int {
	i := find(from, to, func(i int) bool { return f.has(i, cVerb) && f.toks[i].depth == 0 && !f.inSetPhrase(i) })
	if i == to {
		return -1
	}
	for i++; i < to; i++ { // گفته شده است, منتشر خواهد شد: the auxiliaries belong
		before := f.toks[i-1]
		if !f.has(i, cAux) && !(f.has(i, cVerb|cPart) && (before.class&(cPart|cWill) != 0 || f.is(i-1, "می", "نمی",
			"کرد") && f.has(i, cAux))) {
			break
		}
	}
	return i
}

// clause reads one clause from f.at and moves past it.
func (f *faParse) clause() {
	at := f.at
	start := f.saidAlong(f.sourceAhead(f.opening(at)))
	if find(at, start, func(i int) bool { return f.isMark(i, "…") }) < start {
		f.lead, f.verbless = [2]int{}, false // what trailed off has no part in what comes after
	}
	if find(at, start, func(i int) bool { return f.isMark(i, ".!؟") }) < start {
		f.lead, f.verbless = [2]int{}, false // another sentence of a quotation
	}
	if start >= f.n {
		f.at = f.n
		return
	}
	from := start
	if f.has(start, cIf) || f.fronts(start) { // a condition stays with what follows from it
		if e := f.verbEnd(start, f.n); e > 0 && f.verbEnd(e, f.n) > 0 {
			from = e
		}
	}
	from = f.relatives(start, from)
	f.after = from
	end := f.verbEnd(from, f.n)
	if end < 0 {
		f.rest(start)
		return
	}
	if f.speech(start, end) {
		return
	}
	if f.on(ruleSpeech) && f.source == "" && f.says(start, end) && f.before.label == "" {
		f.sourceOf(start, end) // who spoke of it is who "he said" after it is
	}
	end = f.extend(start, end)
	f.acted = f.actor(start, end)
	f.emit(start, end)
	f.at = end
}

// fronts says whether "when …" opens the clause: it stays with its main clause
// when it is short.
func (f *faParse) fronts(start int) bool {
	e := f.verbEnd(start, f.n)
	return e > 0 && f.count(start, e) < 9 && f.comma(e) && (f.has(start, cWhen) || f.has(start, cTime) &&
		f.has(start+1, cWhen))
}

// opening skips the marks and joining words in front of a clause.
func (f *faParse) opening(i int) int {
	for i < f.n && (f.toks[i].kind == mark && !f.isMark(i, "«“\"") || f.has(i, cAnd|cBut) || f.is(i, "که", "سپس",
		"همچنین", "زیرا", "چون", "چراکه")) {
		i++
	}
	if f.is(i, "این") && f.is(i+1, "در") && f.is(i+2, "حالی") && f.has(i+3, cVerb) && f.is(i+4, "که") {
		return f.opening(i + 5)
	}
	if f.is(i, "هرچند", "اگرچه", "گرچه") && f.on(ruleSubordinate) && f.verbEnd(i, f.n) > 0 {
		return f.opening(i + 1)
	}
	if n := f.concession(i); n > 0 && f.on(ruleSubordinate) {
		return f.opening(i + n)
	}
	if f.is(i, "به") && f.is(i+1, "طوری", "گونهای", "نحوی", "طوریکه", "گونه‌ای") && f.on(ruleSubordinate) {
		if f.is(i+2, "که") {
			return f.opening(i + 3)
		}
		return f.opening(i + 2)
	}
	if f.is(i, "اگر") && f.is(i+1, "چه") || f.is(i, "در") && f.is(i+1, "حالی", "صورتی") && f.is(i+2, "که") {
		return f.opening(i + 2)
	}
	if f.is(i, "به") && f.is(i+1, "علاوه", "همین", "این") || f.is(i, "با") && f.is(i+1, "این") &&
		f.is(i+2, "حال", "وجود") {
		if c := find(i, min(i+5, f.n), func(j int) bool { return f.comma(j) }); c < min(i+5, f.n) {
			return f.opening(c + 1)
		}
	}
	return i
}

// concession gives how many tokens at i say "although": با اینکه, با وجود آنکه.
func (f *faParse) concession(i int) int {
	switch {
	case f.is(i, "هر") && f.is(i+1, "چند"), f.is(i, "با") && f.is(i+1, "اینکه", "آنکه"):
		return 2
	case f.is(i, "با") && f.is(i+1, "وجود") && f.is(i+2, "اینکه", "آنکه"),
		f.is(i, "با") && f.is(i+1, "این", "آن") && f.is(i+2, "که"):
		return 3
	}
	return 0
}

// relatives emits the relative clauses "X که … verb" inside the clause that
// begins at start, and gives the token from which its own verb is to be sought.
func (f *faParse) relatives(start, from int) int {
	for {
		end := f.verbEnd(from, f.n)
		if end < 0 {
			return from
		}
		k := find(from+1, end, func(i int) bool { return f.is(i, "که") })
		if k >= end-2 || f.contentNoun(k) || f.seals(k) || f.inSetPhrase(k+1) {
			return from
		}
		if m := find(k+3, end-2, func(i int) bool { return f.is(i, "شده") && !f.has(i+1, cVerb|cAux) }); m < end-2 &&
			f.count(m+1, end) >= 2 {
			end = m + 1 // the participle closes the relative clause
		}
		if m := find(k+2, end-1, func(i int) bool {
			return strings.HasSuffix(f.form(i), "ه") && f.form(i) != "که" && len([]rune(f.form(i))) >= 4 &&
				f.says(i+1, end) && f.count(i+1, end) == 2
		}); m < end-1 {
			end = m + 1 // "سندی که به دست افق رسیده نشان می‌دهد"
		}
		next := f.verbEnd(end, f.n)
		if next > 0 && f.anyOf(k+1, end, cPlan|cMust) && f.comma(next) && subjunctive(f.toks[next-1].form) &&
			f.verbEnd(next, f.n) > 0 { // "the plant that was to be opened in May"
			end, next = next, f.verbEnd(next, f.n)
		}
		if next < 0 || f.count(end, next) < 2 && !f.has(next-1, cSay) {
			return from
		}
		if f.on(ruleRelative) && f.count(k+1, end) >= 3 {
			f.add(f.nounStart(start, k), end, piece{role: asRelative, source: chained(f.source, f.saidInside(k+1,
				end))})
			f.told = end
		}
		f.lead, f.verbless = [2]int{start, k}, true
		from = end
	}
}

// contentNoun says whether که at k opens the content of a noun or verb of saying just before it.
func (f *faParse) contentNoun(k int) bool {
	if f.is(k-1, "متهم", "محکوم") {
		return false // "the accused, who …"
	}
	return f.has(k-1, cSay|cThink|cVerb|cAct|cReport|cWhen) || f.is(k-1, "این", "آن", "چنین", "حالی", "اینکه", "آنکه",
		"وجود", "طوری", "صورتی", "جایی", "گونهای")
}

// nounStart gives the start of the noun phrase that ends before k, not before start.
func (f *faParse) nounStart(start, k int) int {
	i := k - 1
	for i > start && k-i < 7 && !f.has(i-1, cPrep|cVerb) && !f.is(i-1, "اساس", "پایه", "پایهٔ", "مبنای") &&
		f.toks[i-1].kind != mark && !f.is(i-1, "را", "و") {
		i--
	}
	return i
}
