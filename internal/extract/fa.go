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
	if f.onlySource() {
		return
	}
	f.source = f.openingSource()
	if c := f.labelEnd(); c > 0 && f.source == "" && f.on(ruleSpeech) {
		f.source, f.at = f.before.resolve(f.words(0, c), false), c+1
	}
	f.trailing()
	f.interjected()
	f.outer = f.source
	if p.on(ruleApposition) {
		f.appositions()
	}
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
	verbless bool   // the subject before a relative clause still waits for its verb
}

// markPersianVerbs marks the finite verbs that the lexicon does not list.
func markPersianVerbs(l *line) {
	for i := range l.toks {
		t := &l.toks[i]
		if t.kind == word && t.class&cVerb != 0 && faNouns.has(t.form) && l.nounPlace(i) {
			t.class &^= cVerb // "construction of the station", no "built"
		}
		if t.kind == word && (t.form == "گفته" || t.form == "نوشته") && l.is(i-1, "به", "بنابه", "طبق") {
			t.class &^= cVerb | cSay | cPart // "according to"
		}
		if t.form == "شهادت" && !l.is(i+1, "داد", "دادند", "داده", "میدهد", "میدهند") { // martyrdom, a certificate
			t.class &^= cSay
		}
		if t.kind != word || t.class&(cVerb|cNoun) != 0 {
			continue
		}
		if persianFinite(t.form) && persianWordsOf[t.form]&cNoun == 0 {
			t.class |= cVerb | persianStem(t.form)
			continue
		}
		end := i+1 == len(l.toks) || l.toks[i+1].kind == mark || l.is(i+1, "و", "یا", "که", "تا", "اما", "ولی")
		if (t.class&cPart != 0 || negatedParticiple(t.form)) && end || (l.is(i-1, "می", "نمی") && t.class == 0) {
			t.class |= cVerb
		}
	}
}

// faNouns are finite verbs that are nouns, too: ساخت, خرید.
var faNouns = newWordList(`ساخت خرید پرداخت شناخت گذشت برداشت دید خواست نشست ریخت سوخت بست باخت فروخت گشت زد کشت پیوست`)

// nounPlace says whether the word at i opens its clause or follows a
// preposition, and another word follows it: a verb stands last.
func (l *line) nounPlace(i int) bool {
	opens := i == 0 || l.toks[i-1].kind == mark || l.has(i-1, cPrep|cThat|cAnd|cBut|cAim)
	return opens && i+1 < len(l.toks) && l.toks[i+1].kind == word && !l.has(i+1, cAnd|cThat|cBut|cAim)
}

// negatedParticiple tells نکشیده, نیافته: a participle that stands for a verb.
func negatedParticiple(w string) bool {
	if !strings.HasPrefix(w, "ن") || len([]rune(w)) < 5 {
		return false
	}
	for _, s := range []string{"یده", "سته", "شته", "خته", "فته", "رده", "اده", "نده"} {
		if strings.HasSuffix(w, s) {
			return true
		}
	}
	return false
}

// persianStem gives the class of the verb under its prefix or ending: می‌گوید, گفته‌اند.
func persianStem(w string) class {
	for _, prefix := range []string{"نمی", "می"} {
		if rest, ok := strings.CutPrefix(w, prefix); ok {
			return persianWordsOf[rest] & (cSay | cAct | cThink)
		}
	}
	for _, suffix := range []string{"اند", "است", "ایم"} {
		if rest, ok := strings.CutSuffix(w, suffix); ok {
			return persianWordsOf[rest] & (cSay | cAct | cThink)
		}
	}
	return 0
}

// persianWordsOf is the lexicon of Persian.
var persianWordsOf = newLexicon(persianWords, verbForms("fa", persianPast))

// persianFinite tells a finite verb by its prefix and ending.
func persianFinite(w string) bool {
	for _, prefix := range []string{"نمی", "می"} { // می‌شد, می‌زد: too short for the endings
		if rest, ok := strings.CutPrefix(w, prefix); ok && persianWordsOf[rest]&cVerb != 0 {
			return true
		}
	}
	r := []rune(w)
	if len(r) < 4 {
		return false
	}
	for _, suffix := range []string{"یم", "ید", "م"} { // آوردیم, بردم
		rest, ok := strings.CutSuffix(w, suffix)
		if c := persianWordsOf[rest]; ok && len([]rune(rest)) >= 3 && c&cVerb != 0 && c&(cNoun|cAux) == 0 {
			return true
		}
	}
	ends := func(suffixes ...string) bool {
		for _, s := range suffixes {
			if strings.HasSuffix(w, s) {
				return true
			}
		}
		return false
	}
	if (strings.HasPrefix(w, "می") || strings.HasPrefix(w, "نمی")) && len(r) >= 5 {
		return ends("د", "ند", "یم", "ید", "ست", "شت", "فت")
	}
	if len(r) >= 6 && ends("هاند", "هاست", "هایم", "هبود", "هبودند") {
		return true
	}
	if len(r) >= 5 && ends("ردند", "ستند", "فتند", "ختند", "شتند", "یدند", "ادند", "اندند", "ودند") {
		return true
	}
	return len(r) >= 5 && (strings.HasPrefix(w, "ب") || strings.HasPrefix(w, "ن")) && ends("ند") && !ends("مند")
}

// verbEnd gives the end of the verb complex that begins at or after from: the
// token after the last finite form, or -1 when there is none before to.
func (f *faParse) verbEnd(from, to int) int {
	i := find(from, to, func(i int) bool { return f.has(i, cVerb) && f.toks[i].depth == 0 })
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
	start := f.opening(f.at)
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
	if f.is(i, "هرچند", "اگرچه", "گرچه") && f.on(ruleSubordinate) && f.verbEnd(i, f.n) > 0 {
		return f.opening(i + 1)
	}
	if n := f.concession(i); n > 0 && f.on(ruleSubordinate) {
		return f.opening(i + n)
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
		if k >= end-2 || f.contentNoun(k) || f.seals(k) {
			return from
		}
		if m := find(k+3, end-2, func(i int) bool { return f.is(i, "شده") && !f.has(i+1, cVerb|cAux) }); m < end-2 &&
			f.count(m+1, end) >= 2 {
			end = m + 1 // the participle closes the relative clause
		}
		next := f.verbEnd(end, f.n)
		if next < 0 || f.count(end, next) < 2 && !f.has(next-1, cSay) {
			return from
		}
		if f.on(ruleRelative) && f.count(k+1, end) >= 3 {
			f.add(f.nounStart(start, k), end, piece{role: asRelative, source: f.source})
			f.told = end
		}
		f.lead, f.verbless = [2]int{start, k}, true
		from = end
	}
}

// contentNoun says whether که at k opens the content of a noun or verb of saying just before it.
func (f *faParse) contentNoun(k int) bool {
	return f.has(k-1, cSay|cThink|cVerb|cAct|cReport|cWhen) || f.is(k-1, "این", "آن", "چنین", "حالی", "اینکه", "آنکه",
		"وجود", "طوری", "صورتی", "جایی", "گونهای")
}

// nounStart gives the start of the noun phrase that ends before k, not before start.
func (f *faParse) nounStart(start, k int) int {
	i := k - 1
	for i > start && k-i < 7 && !f.has(i-1, cPrep|cVerb) && f.toks[i-1].kind != mark && !f.is(i-1, "را", "و") {
		i--
	}
	return i
}

// speech reads "X said that P": it emits the saying where it is news and lets
// X assert what follows. It reports false when the clause is no such thing.
func (f *faParse) speech(start, end int) bool {
	if !f.on(ruleSpeech) || !f.says(start, end) || f.binds(end-1) || f.heads(end-1) {
		return false
	}
	open := end
	colon := f.isMark(open, ":：")
	if colon {
		open++
	}
	quote := f.isMark(open, "«“\"")
	that := f.is(open, "که") || f.comma(open) && f.is(open+1, "که")
	if !colon && !quote && !that && !(f.has(end-1, cVerb) && f.verbEnd(end, f.n) > 0 &&
		f.toks[min(open, f.n-1)].kind != mark && !f.has(open, cAnd|cBut|cCause) && (!f.has(open, cAim) ||
		f.has(open+1, cTime))) {
		return false
	}
	source := f.sourceOf(start, end)
	if source == "" && f.has(end-1, cSay) && f.count(start, end) <= 4 { // "and said": who acted or spoke before
		source = f.unnamed()
	}
	if source == "" || f.verbEnd(open, f.n) < 0 && !quote && !colon {
		return false
	}
	if act := max(start, f.after); f.on(ruleSpeechAct) && f.dated(act, end) && f.count(act, end) >= 3 {
		f.add(act, end, piece{role: asSpeech})
	}
	if source != f.source {
		source = chained(f.outer, source)
	}
	f.source = source
	f.framed(start, end)
	f.lead, f.verbless = [2]int{}, false
	f.at = open
	if that {
		f.at = find(open, f.n, func(i int) bool { return f.is(i, "که") }) + 1
	}
	return true
}

// unnamed is the speaker of a verb without a subject of its own.
func (f *faParse) unnamed() string {
	switch {
	case f.source != "":
		return f.source
	case f.lead[1] > f.lead[0]:
		return f.before.resolve(f.words(f.lead[0], f.lead[1]), f.has(f.lead[0], cPron))
	}
	return f.before.resolve("او", true)
}

// says says whether the verb complex that ends at end is one of saying.
func (f *faParse) says(start, end int) bool {
	i := end - 1
	for i > start && f.has(i, cVerb|cPart) && f.toks[i].class&cSay == 0 {
		i--
	}
	if f.has(i, cSay|cDeny) && !f.has(i, cAct) {
		return true
	}
	return f.has(i, cThink) && f.has(end-1, cVerb)
}

// sourceOf gives the subject of a verb of saying: the words before the first
// preposition, time word, comma or که, after a fronted adverbial.
func (f *faParse) sourceOf(start, end int) string {
	a := start
	if f.isMark(a, "«“\"") && !f.toks[a].quoted {
		a++
	}
	if f.has(a, cBut|cMust) || f.isMark(a, "«“\"") {
		return ""
	}
	if f.has(a, cPrep|cTime|cWhen) || f.dated(a, a+1) || f.is(a, "بیش", "کمتر", "حدود") {
		if c := find(a, end, func(i int) bool { return f.comma(i) }); c < end-1 {
			a = c + 1
		}
	}
	b := find(a, end, func(i int) bool {
		if i == a+1 && f.is(a, "خبرگزاری", "روزنامه", "وبسایت", "شبکه") && !f.has(i, cPrep) {
			return false // مهر is an agency, too
		}
		if f.is(i, "از") && f.is(i-1, "یکی", "برخی", "بسیاری", "گروهی", "تعدادی", "شماری") {
			return false
		}
		return f.comma(i) || f.is(i, "که", "را", "نیز", "هم", "پیشتر", "همچنین", "موسوم", "می", "نمی", "ضمن", "بارها",
			"بعدا") || i > a && (f.has(i, cPrep|cTime|cVerb) || f.is(i, "این", "آن", "هر", "هرگونه")) ||
			f.has(i, cSay|cDeny|cThink) && i > a
	})
	if a >= b || f.has(a, cSay|cVerb|cPrep) || f.is(a, "نه") { // "neither … nor": nobody said it
		return ""
	}
	if f.has(a, cPron) && !f.has(a, cDet) && f.is(a, "او", "وی", "آنها", "آنان", "ایشان") {
		b = a + 1
	}
	return chainedTo(f.before.resolve(f.words(a, b), f.count(a, b) == 1 && f.has(a, cPron)), f.citedIn(b, end))
}

// citedIn names whom the speaker quotes: "به نقل از یک مقام آگاه نوشت".
func (f *faParse) citedIn(from, end int) string {
	i := find(from, end, func(i int) bool { return f.is(i, "نقل", "استناد") && f.is(i+1, "از", "به") })
	if i == end {
		return ""
	}
	stop := find(i+2, end, func(j int) bool { return f.has(j, cVerb|cSay) || f.comma(j) })
	return f.words(i+2, stop)
}

// dated says whether [from,to) holds a day, a month or another point of time;
// "earlier" and "last" are none.
func (f *faParse) dated(from, to int) bool {
	return find(from, to, func(i int) bool { return f.has(i, cTime) && !f.is(i, "پیشتر", "گذشته", "آینده") }) < to
}
