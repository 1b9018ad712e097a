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
	e.curlQuotes()
	for e.n > 3 && e.has(e.n-1, cAnd) && e.isMark(e.n-2, ";,") { // "the council lost 3 cases; and"
		e.n--
	}
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
			from, to := e.outerSource(s+1, e.n)
			e.outer = e.source
			e.between(from, to)
			e.clauses(from, to)
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

// curlQuotes makes double marks of the single ones around a quotation at the head of the sentence: ‘P,’ said X.
func (e *enParse) curlQuotes() {
	if !e.isMark(0, "‘'") || e.n < 5 || !e.on(ruleSpeech) {
		return
	}
	c := find(2, e.n, func(i int) bool { return e.isMark(i, "’'") && e.isMark(i-1, ",.!?") })
	if c >= e.n-1 || e.toks[c+1].kind != word {
		return
	}
	e.toks[0].form, e.toks[c].form = "“", "”"
	for i := 0; i <= c; i++ {
		e.toks[i].quoted = true
	}
}

// stopAfterQuote gives the semicolon after the words that report a quotation at the head of the sentence, before
// another clause; 0 for none.
func (e *enParse) stopAfterQuote() int {
	if !e.on(ruleSpeech) {
		return 0
	}
	if !e.isMark(0, "“\"") {
		return e.stopAfterTail()
	}
	c := find(3, e.n, func(i int) bool { return e.isMark(i, "”\"") })
	s := find(c+2, min(e.n, c+20), func(i int) bool { return e.isMark(i, ";") && !e.toks[i].quoted })
	if s >= min(e.n-4, c+20) || !e.anyOf(c, s, cSay) || e.verb(s, e.n) == e.n {
		return 0
	}
	return s
}

// stopAfterTail gives the semicolon after who said what stands before it: "P, X said; Q, Y said"; 0 for none.
func (e *enParse) stopAfterTail() int {
	s := find(4, e.n, func(i int) bool { return e.isMark(i, ";") && !e.toks[i].quoted && e.toks[i].depth == 0 })
	if s >= e.n-3 || e.verb(s, e.n) == e.n {
		return 0
	}
	for c := s - 2; c > 2 && s-c <= 8; c-- {
		if e.comma(c) {
			if v := find(c+1, s, func(i int) bool { return e.has(i, cSay) }); v == s || e.verb(0, c) == c ||
				e.tail(c+1, s) == "" {
				return 0
			}
			return s
		}
	}
	return 0
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
			e.has(from, cAdv) && !e.is(from, "reportedly", "allegedly") || e.is(from, "thus",
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

// enInverts are the verbs of saying that stand before their speaker: ", said X".
var enInverts = newWordList(`said says added adds wrote writes explained explains announced announces reported reports
	warned warns argued argues noted notes insisted insists predicted predicts recalled claimed claims stated replied
	admitted declared tweeted acknowledged concluded confirmed stressed`)

// enParticiples are participles that are finite forms, too.
var enParticiples = newWordList(`built bought brought caught cut found founded held hit hurt kept laid led left lost
	made
	met paid put set shot sold sent spent struck won bent born`)

// enClauseNouns are nouns that stand for the clause before them, no noun of it: ", a move that".
var enClauseNouns = newWordList(`view move decision step remark figure claim charge sign drop rise fall
	increase decrease
	blow setback result rate level number share record feat fact finding scenario situation practice policy trend
	change development period process measure stance position`)

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
