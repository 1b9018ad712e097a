package extract

import "strings"

// english is the grammar of English: closed-class words and finite verbs tell
// where a clause begins; what was said stands after the verb of saying or
// before it.
var english = grammar{words: newLexicon(englishWords), parse: parseEnglish}

// enParse walks an English sentence from left to right.
type enParse struct {
	*parse
	n      int
	source string
	outer  string // who quotes all of the sentence: according to, ", X said"
	own    int    // where, after who said it, a clause of the article's own begins
	cited  string // whom a source inside what was said cites
	lead   string
	leadBe string   // the "was" of the last clause, where it is a passive
	did    string   // the subject and verb of the last clause
	apps   [][2]int // [comma, end) of what stands between commas after a noun
}

// parseEnglish cuts an English sentence.
func parseEnglish(p *parse) {
	markEnglishVerbs(p.line)
	e := &enParse{parse: p, n: len(p.toks)}
	e.before.mentions = append(e.before.mentions, e.mentions()...)
	p.govern(e.cuts(0, e.n))
	added := e.addition() // "…, adding that Q"
	if e.splitQuote() {
		return
	}
	if s := e.stopAfterQuote(); s > 0 { // "“P,” X said; Y says Q": Q has nothing to do with X
		e.n, added = s, min(added, s)
		defer func() {
			e.n, e.source, e.outer, e.lead = len(e.toks), "", "", ""
			e.between(s+1, e.n)
			e.clauses(s+1, e.n)
		}()
	}
	from := 0
	if c := e.headlineLabel(); c > 0 && e.on(ruleSpeech) {
		e.source, from = e.before.resolve(e.words(0, c), false), c+1
	}
	from, to := e.outerSource(from, min(added, e.headlineTail()))
	e.outer = e.source
	if e.on(ruleSpeech) {
		e.interjections(from, to)
	}
	e.between(from, to)
	if to < added { // the speaker's own appositions, which the article adds
		speaker := e.source
		e.source = ""
		e.between(to, added)
		e.source = speaker
	}
	e.clauses(from, to)
	if added < e.n {
		e.adds()
		if e.is(added, "telling") { // ", telling AFN that"
			if that := find(added, min(e.n, added+8), func(i int) bool { return e.is(i, "that") }); that < min(e.n,
				added+8) {
				added = that + 1
			}
		}
		if e.is(added, "who") {
			if added += 2; e.is(added, "that") {
				added++
			}
		}
		e.between(added, e.n)
		e.clauses(added, e.n)
	}
}

// stopAfterQuote gives the semicolon after the words that report a quotation at the head of the sentence, before
// another
// clause; 0 for none.
func (e *enParse) stopAfterQuote() int {
	if !e.on(ruleSpeech) || !e.isMark(0, "“\"") {
		return 0
	}
	c := find(3, e.n, func(i int) bool { return e.isMark(i, "”\"") })
	s := find(c+2, min(e.n, c+20), func(i int) bool { return e.isMark(i, ";") && !e.toks[i].quoted })
	if s >= min(e.n-4, c+20) || !e.anyOf(c, s, cSay) || e.verb(s, e.n) == e.n {
		return 0
	}
	return s
}

// clauses cuts [from,to) and notes each clause.
func (e *enParse) clauses(from, to int) {
	cuts := e.cuts(from, to)
	for k := 0; k+1 < len(cuts); k++ {
		e.clause(cuts[k], cuts[k+1])
	}
}

// addition gives where ", adding that Q" begins: its speaker is the one before.
func (e *enParse) addition() int {
	if !e.on(ruleSpeech) {
		return e.n
	}
	return find(4, e.n, func(i int) bool {
		return e.comma(i-1) && !e.toks[i].quoted && !e.binds(i) && (e.has(i, cAdding) || e.is(i, "who") &&
			e.saysMore(i))
	})
}

// saysMore says whether "who" at i adds what the same speaker said: "…, according to two aides, who said P"; "…, said
// Lind, who added that P".
func (e *enParse) saysMore(i int) bool {
	if !e.has(i+1, cSay) || e.has(i+1, cDeny) || e.count(i+2, e.n) < 4 {
		return false
	}
	c := i - 2
	for c > 0 && !e.comma(c) && !e.isMark(c, "”\"") {
		c--
	}
	open := c + 1
	for open < i && e.toks[open].kind == mark {
		open++
	}
	return c > 2 && (e.is(open, "according") || enInverts.has(e.form(open)))
}

// interjections reads "P, X said, P" and sets its words apart.
func (e *enParse) interjections(from, to int) {
	for i := from + 1; i+3 < to; i++ {
		if !e.comma(i) || e.toks[i].quoted {
			continue
		}
		if end := e.nextComma(i+1, min(to, i+8)); end < min(to, i+8) && end > i+1 && !e.isMark(end, ":") {
			name := e.tail(i+1, end)
			if put := e.putIt(i+1, end); put != "" {
				name = e.before.resolve(put, false)
			}
			if name != "" {
				e.cited = name
				e.source = chained(e.source, name)
				e.framed(i+1, end)
				e.apps = append(e.apps, [2]int{i, end + 1})
				if e.verb(from, i) < i && e.has(end+1, cWhen) { // "P, X said on Monday, as Q": Q is the article's
					e.own = end + 1
				}
				i = end
			}
		}
	}
}

// verb gives the first finite verb in [from,to) outside brackets, or to.
func (e *enParse) verb(from, to int) int {
	return find(from, to, func(i int) bool { return e.has(i, cVerb) && e.toks[i].depth == 0 })
}

// comma gives the next comma in [from,to), or to.
func (e *enParse) nextComma(from, to int) int {
	return find(from, to, func(i int) bool { return e.comma(i) || e.stop(i) })
}

// capital says whether token i begins with a capital letter.
func (e *enParse) capital(i int) bool {
	if i < 0 || i >= e.n {
		return false
	}
	r := e.runes[e.toks[i].start]
	return r >= 'A' && r <= 'Z' || r >= 'À' && r <= 'Þ'
}

// outerSource reads "According to X, P", "P, X said" and "P, according to X",
// one inside the other too, and gives the tokens of P.
func (e *enParse) outerSource(from, to int) (int, int) {
	if !e.on(ruleSpeech) {
		return from, to
	}
	// "Thus,"
	if c := e.nextComma(from, to); c-from <= 3 && c < to && e.toks[from].kind == word && e.verb(from, c) == c {
		if e.has(c+1, cSource) && strings.HasSuffix(e.form(from), "ly") && c == from+1 ||
			e.has(from, cAdv) || e.is(from, "thus",
			"however", "meanwhile", "but", "and", "still", "instead", "overall", "elsewhere",
			"moreover") {
			from = c + 1
		}
	}
	if c := e.nextComma(from, to); e.is(from, "as") && c < to-2 {
		if name := e.putIt(from, c); name != "" { // "As the mayor put it, P"
			e.source, from = e.before.resolve(name, false), c+1
		}
	}
	if at := e.sourceAt(from); at > from {
		if c := e.nextComma(from, to); c < to-2 {
			e.source = e.before.resolve(e.words(at, c), false)
			from = c + 1
			if d := e.nextComma(from, to); e.is(from, "citing", "quoting") && d < to-2 {
				e.source = chained(e.source, e.words(from+1, d))
				from = d + 1
			} else if e.has(from, cRel) && d < to-2 { // "the paper, which cited two of the crew,"
				if e.is(from+1, "cited", "quoted", "cites", "quotes", "citing") {
					e.source = chained(e.source, e.words(from+2, d))
				}
				from = d + 1
			}
		}
	}
	for range 2 {
		end := e.quotedTail(from, to)
		if end == to {
			end = e.spokenTail(from, to)
		}
		if end == to {
			break
		}
		to = end
	}
	return from, to
}

// sourceAt gives the token after "according to" or "in the view of" at i, or i.
func (e *enParse) sourceAt(i int) int {
	switch {
	case e.is(i, "according") && e.is(i+1, "to"), e.is(i, "per"):
		return i + 2
	case e.is(i, "in") && e.is(i+1, "the") && e.is(i+2, "view", "opinion", "judgment", "judgement", "words",
		"estimation", "telling") && e.is(i+3, "of"):
		return i + 4
	case e.is(i, "from") && e.is(i+1, "the") && e.is(i+2, "perspective", "viewpoint") && e.is(i+3, "of"):
		return i + 4
	}
	return i
}

// quotedTail reads "“P,” said X of Y on Monday" and gives where P ends, or to.
func (e *enParse) quotedTail(from, to int) int {
	if !e.isMark(from, "“\"") {
		return to
	}
	c := find(from+3, to, func(i int) bool { return e.isMark(i, "”\"") })
	if c >= to-2 || !(e.comma(c-1) || e.comma(c+1) || e.isMark(c-1, ",.!?")) {
		return to
	}
	a := c + 1
	for a < to && e.toks[a].kind == mark {
		a++
	}
	v := find(a, min(to, a+24), func(i int) bool { return e.has(i, cSay) })
	if v >= min(to, a+24) {
		return to
	}
	b := find(a, v, func(i int) bool { return e.comma(i) || e.has(i, cVerb|cRel) || i > a && e.has(i, cAdv|cTime) })
	pronoun := e.pronoun(a, b)
	if v == a {
		b = e.nameEnd(v+1, to)
		a, pronoun = v+1, b == v+2 && e.has(v+1, cPron)
		b = max(b, e.namedTo(a, b, to)) // said the port's director, Jan Roth, on Monday
	}
	if b <= a {
		return to
	}
	if v > b { // "his sister, Ada Kern, told the court"
		b = max(b, e.namedTo(a, b, v))
	}
	e.source = chained(e.source, e.before.resolve(e.words(a, b), pronoun))
	e.framed(c+1, e.nextComma(v+1, to))
	if e.on(ruleSpeechAct) && e.anyOf(v, to, cTime|cWhen) && e.count(c+1, to) >= 5 {
		e.add(c+1, to, piece{role: asSpeech})
	}
	return c
}

// spokenTail reads "P, X said" and "P, according to X" and gives where P ends, or to.
func (e *enParse) spokenTail(from, to int) int {
	last := to
	for c := to - 2; c > from+2 && to-c < 24; c-- { // ", said the people, who asked not to be identified"
		if e.comma(c) && e.is(c+1, "who") && find(max(from, c-8), c, func(i int) bool {
			return e.comma(i) && enInverts.has(e.form(i+1))
		}) < c {
			last = c
		}
	}
	for last > from && e.toks[last-1].kind == mark && !e.isMark(last-1, "”\"") {
		last--
	}
	for c := last - 2; c > from+2 && last-c <= 20; c-- {
		if !e.comma(c) && !e.isMark(c, "”\"") || e.toks[c+1].kind == mark {
			continue
		}
		if e.verb(from, c) == c && !e.isMark(c, "”\"") && !e.anyQuoted(from, c) && (e.count(from, c) < 6 &&
			e.isMark(e.n-1, ".!?”\"") || e.count(from, c) < 3 ||
			e.has(from, cPrep|cTime|cWhen|cSource)) {
			continue // "Reza Kaveh, the prosecutor, announced two arrests": nothing was said before
		}
		if name := e.tail(c+1, last); name != "" {
			if d := e.officeBefore(from, c); d < c {
				if whole := e.tail(d+1, last); whole != "" {
					c, name = d, whole // ", its owner, the Berg Group, said"
				}
			}
			e.source = chained(e.source, name)
			v := find(c+1, last, func(i int) bool { return e.has(i, cSay) })
			e.framed(c+1, e.nextComma(v+1, last))
			return c
		}
	}
	return to
}

// anyQuoted says whether a token in [from,to) stands inside quotation marks.
func (e *enParse) anyQuoted(from, to int) bool {
	return find(from, to, func(i int) bool { return e.toks[i].quoted }) < to
}

// tail names the source of "…, X said on Monday" or "…, according to X".
func (e *enParse) tail(from, to int) string {
	for c := from + 2; c+2 < to; c++ { // "…, according to state television, which quoted the ministry"
		if e.comma(c) && e.is(c+1, "which", "who", "whose") && (e.is(from, "according") || e.anyOf(from, c, cSay)) {
			cited := ""
			if e.is(c+2, "quoted", "cited", "quotes", "cites") {
				cited = e.words(c+3, e.nextComma(c+3, to))
			}
			return chainedTo(e.tail(from, c), cited)
		}
	}
	if e.is(from, "according") && e.is(from+1, "to") {
		if c := e.nextComma(from, to); e.verb(c, to) < to {
			return "" // "the bank, according to X, had frozen …": no tail
		}
		return e.before.resolve(e.words(from+2, to), false)
	}
	if find(from, to, func(i int) bool { return e.isMark(i, ";:") }) < to {
		return "" // "…, she said; 60,000 drink from it"
	}
	reach := min(to, from+12)
	v := find(from, reach, func(i int) bool { return e.has(i, cSay) })
	if v >= reach || e.has(from, cAnd|cBut|cRel|cThat|cWhen|cPrep) || e.has(v+1, cThat) ||
		!e.onlyAux(e.verb(from, v), v) {
		return ""
	}
	if v == from { // "said X"
		if b := e.nameEnd(v+1, to); b > v+1 &&
			enInverts.has(e.form(v)) && !e.has(v+1, cNot) && (e.capital(v+1) || e.has(v+1, cDet|cPron|cRole)) &&
			(e.has(b, cRel) || e.verb(b, e.nextComma(b, to)) == e.nextComma(b, to)) {
			return e.named(v+1, b)
		}
		return ""
	}
	if e.toks[min(v+1, e.n-1)].kind == word && v+1 < to && !e.is(v, "told", "tells") &&
		!e.has(v+1, cPrep|cTime|cAdv|cWhen|cReport) && !e.is(v+1, "out") && !enHearers.has(e.form(v+1)) {
		return "" // "auditors found a shortfall": what stands before was not said by them
	}
	if e.verb(v+1, to) < to || e.count(v+1, to) > 8 || e.has(v, cDeny) && e.has(from, cDet) {
		return ""
	}
	b := find(from+1, v, func(i int) bool { return e.has(i, cAux|cAdv) && e.onlyAux(i, v) })
	return chainedTo(e.named(from, b), e.citedIn(v, to))
}

// enInverts are the verbs of saying that stand before their speaker: ", said X".
var enInverts = newWordList(`said says added adds wrote writes explained explains announced announces reported reports
	warned warns argued argues noted notes insisted insists predicted predicts recalled claimed claims stated replied
	admitted declared tweeted acknowledged concluded confirmed stressed`)

// between finds what stands between commas after a noun: appositions, ages and
// non-restrictive relative clauses.
func (e *enParse) between(from, to int) {
	for i := from + 1; i+1 < to; i++ {
		if end := e.dashed(i, to); end > i {
			e.apps = append(e.apps, [2]int{i, end + 1})
			i = end
			continue
		}
		if !e.comma(i) || e.toks[i].quoted {
			continue
		}
		end := e.nextComma(i+1, to)
		if e.has(i+1, cRel) { // "…, which lies on a long, narrow bay, could": the verb comes after the last
			for k := end; k < to && k-i < 24; k = e.nextComma(k+1, to) {
				if e.comma(k) && e.has(k+1, cVerb|cAdv) {
					end = k
					break
				}
			}
		}
		closed := end < to && e.comma(end)
		if !closed && e.isMark(to-1, ".!") {
			end = to - 1
		}
		switch {
		case e.is(i+1, "which", "who", "whose", "where", "whom") && e.on(ruleRelative):
			if e.count(i+1, end) >= 3 && !e.unknownThat(from, i, to) {
				e.add(e.head(from, i), end, piece{role: asRelative, source: chained(e.source, e.saidInside(i+2, end))})
				e.apps = append(e.apps, [2]int{i, min(end+1, to)})
			}
			i = end - 1
		case e.toks[i+1].kind == number && closed && end == i+2 && e.on(ruleParenthesis):
			e.add(e.head(from, i), end, piece{role: asParenthesis})
			e.apps = append(e.apps, [2]int{i, end + 1})
		case (e.apposed(i+1, end) || closed && e.asideAt(from, i, end, to)) && e.on(ruleApposition):
			if h := e.head(from, e.nounBefore(from, i)); !e.has(h, cPron|cTime) && !e.has(i-1, cVerb|cPart) &&
				!enClauseNouns.has(e.form(i+2)) { // "one of them, a mechanic"; "never mapped, a view shared by many"
				e.add(h, end, piece{role: asApposition})
			}
			e.apps = append(e.apps, [2]int{i, min(end+1, to)})
			i = end - 1
		case closed && e.participle(i+1) && e.has(end+1, cVerb) && e.ownVerb(from, i) == i:
			e.apps = append(e.apps, [2]int{i, end + 1}) // "an official, speaking on condition of anonymity, said"
			i = end - 1
		case e.apposedThat(i+1, end) && e.on(ruleRelative):
			e.add(e.head(from, i), end, piece{role: asRelative, source: e.source})
			e.apps = append(e.apps, [2]int{i, min(end+1, to)})
			i = end - 1
		}
	}
}

// dashed gives the dash that closes an aside of few words which the dash at i opens: "the leader – who stands again –
// said"; i where there is none.
func (e *enParse) dashed(i, to int) int {
	if !e.isMark(i, "–—") || e.rangeDash(i) || !e.has(i+1, cRel|cDet|cPrep|cPron) && !e.has(i+1, cRole) {
		return i
	}
	end := find(i+1, min(to, i+16), func(k int) bool { return e.isMark(k, "–—.;:") })
	if end == min(to, i+16) || !e.isMark(end, "–—") || !e.has(end+1, cVerb|cAdv|cPrep) {
		return i
	}
	return end
}

// apposed says whether [from,to) is a noun phrase that says what the noun
// before the comma is: no finite verb, and an article or a noun of office.
func (e *enParse) apposed(from, to int) bool {
	if e.verb(from, to) < to || e.count(from, to) < 2 || e.has(from, cPrep|cAnd|cBut|cWhen|cSource|cPron|cAdv) {
		return false
	}
	if e.isMark(to, ",") && e.has(to+1, cAnd) && e.count(from, to) < 3 {
		return false
	}
	if !e.capital(find(0, from-1, func(i int) bool { return i == from-2 })) && !e.is(from, "a", "an", "the") {
		return false
	}
	if e.is(from, "the") && enTops(e.form(from+1)) && !e.capital(from-2) {
		return false // "measles, the largest outbreak since 1994": it is not the noun that is the largest
	}
	role := find(from, min(to, from+6), func(i int) bool { return e.has(i, cRole) }) < min(to, from+6)
	return role || e.is(from, "a", "an", "the")
}

// asideAt says whether what stands between the commas at i and end says more of the subject before it, whose verb
// comes only after: "the crane, a gantry built in 1989, had been …", "the bridge, built in 1974, was …".
func (e *enParse) asideAt(from, i, end, to int) bool {
	told := e.has(e.verb(from, i), cSay) && (e.has(i+1, cPart) || strings.HasSuffix(e.form(i+1), "ed"))
	if e.verb(from, i) < i && !told && !e.is(e.verb(from, i)-1, "that", "who", "which") || !e.has(end+1, cVerb) &&
		!(e.has(end+1, cAdv) &&
			e.has(end+2, cVerb)) || end >= to || e.count(i+1, end) < 2 {
		return false
	}
	f := e.form(i + 1)
	participle := len(f) > 4 && strings.HasSuffix(f, "ed") || e.has(i+1, cPart) || enParticiples.has(f)
	if e.has(end+1, cSay) && !participle {
		return false
	}
	if participle {
		return e.verb(i+2, end) == end && (e.capital(i-1) || e.has(i-1, 0) || e.toks[i-1].kind == word)
	}
	v := e.verb(i+1, end)
	return e.is(i+1, "a", "an", "the", "one") && (v == end || !e.has(v, cAux) && e.has(v+1, cPrep))
}

// nounBefore gives where the noun ends that a relative clause without commas parts from the comma at i: "the crane that
// fell in May, a gantry"; i where there is none.
func (e *enParse) nounBefore(from, i int) int {
	if v := e.verb(from, i); v < i && v-1 > from && e.is(v-1, "that", "who", "which") {
		return v - 1
	}
	return i
}

// titleStop says whether the mark at i is the stop of a title: "Gen. Viktor Sand".
func (e *enParse) titleStop(i int) bool {
	return e.isMark(i, ".") && i > 0 && e.capital(i-1) && len(e.form(i-1)) <= 4 && e.toks[i].start == e.toks[i-1].end
}

// enParticiples are participles that are finite forms, too.
var enParticiples = newWordList(`built bought brought caught cut found founded held hit hurt kept laid led left lost
	made
	met paid put set shot sold sent spent struck won bent born`)

// enClauseNouns are nouns that stand for the clause before them, no noun of it: ", a move that".
var enClauseNouns = newWordList(`view move decision step remark figure claim charge sign drop rise fall
	increase decrease
	blow setback result rate level number share record feat fact finding scenario situation practice policy trend
	change development period process measure stance position`)

// apposedThat says whether [from,to) is a noun phrase with a relative clause: "a firm that went bankrupt in 2019".
func (e *enParse) apposedThat(from, to int) bool {
	if !e.is(from, "a", "an", "the", "one") {
		return false
	}
	k := find(from+2, min(to, from+7), func(i int) bool { return e.is(i, "that", "who", "which") })
	return k < min(to, from+7) && e.verb(from, k) == k && e.has(k+1, cVerb|cAdv) && e.count(k, to) >= 3
}

// head gives the start of the noun phrase before the comma at i.
func (e *enParse) head(from, i int) int {
	h := i
	for h > from && i-h < 7 && (e.toks[h-1].kind != mark || e.isMark(h-1, "&'’") || e.titleStop(h-1)) &&
		e.toks[h-1].class&(cPrep|cVerb|cAnd|cBut|cThat|cWhen|cRel) == 0 && !e.contrasted(h-1) {
		h--
	}
	if h == i && h > from {
		h--
	}
	if h > 0 && e.is(h-1, "to") && h+1 < i && !e.capital(h) && (e.has(h+1, cDet) || e.toks[h+1].kind == number) {
		h++ // "to withdraw the 600 troops": the verb is no part of the noun
	}
	if h > 0 && h+1 < i && e.verdict(h-1) {
		h++ // "found guilty three men who …"
	}
	if h+1 < i && e.participle(h) && !e.capital(h) && e.capital(h+1) {
		h++ // "before acquitting Jane Roe, 58,"
	}
	for h > from+1 && e.has(h-1, cPrep) && !e.capital(h) && e.has(h-2, 0) {
		h--
	}
	return h
}

// inside says whether token i lies in one of the stretches between commas.
func (e *enParse) inside(i int) bool {
	for _, a := range e.apps {
		if i > a[0] && i < a[1]-1 {
			return true
		}
	}
	return false
}
