package extract

import "strings"

// clause notes the clause [from,to): what a verb of saying reports, or itself.
func (e *enParse) clause(from, to int) {
	for from < to && (e.toks[from].kind == mark && !e.isMark(from, "“\"") || e.has(from, cAnd|cBut) ||
		e.has(from, cCause|cWhen) && !e.has(from, cPrep) || e.is(from, "since", "because", "as") && from > 0 ||
		e.has(from, cAdding)) {
		from++
	}
	if from > 0 && e.isMark(from-1, ";") && !e.toks[from-1].quoted {
		e.source, e.lead = e.outer, "" // what follows a semicolon is not said by who spoke before it
	}
	if from > 0 && e.is(from, "that") && !e.has(from+1, cVerb) {
		from++
	}
	if p, ok := e.speech(from, to); ok {
		from = p
	}
	if n := e.count(from, to); n < 2 || n == 2 && (e.verb(from+1, to) == to || e.has(from, cPron|cVerb|cPrep|cAdv) ||
		e.anyOf(from, to, cSay|cAux)) {
		return
	}
	q := piece{role: asClause, source: e.source}
	if e.source != "" {
		q.role = asContent
	} else if e.on(ruleSpeech) {
		q.source = e.agent(from, to)
	}
	if e.has(from, cVerb) && e.on(ruleCarry) {
		q.lead = e.lead
	}
	to = e.restrictive(from, to)
	e.around(from, to, q)
	if !e.has(from, cVerb|cPrep|cWhen|cIf) {
		if v := e.verb(from, to); v > from && v-from <= 8 {
			for v > from+1 && (e.has(v-1, cAdv) || strings.HasSuffix(e.form(v-1), "ly")) {
				v--
			}
			e.lead = e.words(from, v)
		}
	}
}

// around notes [from,to) in the parts that the stretches between commas leave.
func (e *enParse) around(from, to int, q piece) {
	for _, a := range e.apps {
		if a[0] <= from || a[0] >= to {
			continue
		}
		own := e.verb(from, a[0]) == a[0] && e.verb(a[1], to) < to // the verb comes after: Jane Roe, 45, will resign
		if e.count(a[1], to) < 3 && !own {
			to = a[0]
			break
		}
		if e.verb(from, a[0]) < a[0] && e.verb(a[1], to) == to { // the verb stands before, a tail after
			continue
		}
		before := e.words(from, a[0])
		if e.verb(from, a[0]) < a[0] && e.count(from, a[0]) >= 4 {
			e.add(from, a[0], q)
		}
		from, q.lead = a[1], before
	}
	if e.count(from, to) >= 2 || q.lead != "" && e.verb(from, to) < to {
		e.add(from, to, q)
	}
}

// enAccuses are the verbs whose subject makes a charge.
var enAccuses = strings.Fields("accused accuses blamed blames criticized criticised criticizes condemned condemns")

// agent names who denies or accuses: the words before the verb.
func (e *enParse) agent(from, to int) string {
	v := find(from, to, func(i int) bool {
		return !e.inside(i) && (e.has(i, cDeny) && e.denies(i) || e.is(i, enAccuses...) &&
			!e.is(i+1, "of", "by", "for"))
	})
	if v == to {
		return ""
	}
	a := from
	if c := e.nextComma(from, v); c < v-1 && e.has(from, cPrep|cWhen|cTime) {
		a = c + 1
	}
	far := 0
	for i := a; i < v; i++ {
		if !e.inside(i) {
			far++
		}
	}
	if v <= a || far > 11 || e.has(v-1, cAux|cPrep) || e.has(v-1, cPron) && v-1 > a { // "a charge he rejects"
		return ""
	}
	b := find(a, v, func(i int) bool { return e.comma(i) || e.has(i, cVerb|cAdv) })
	if b == a {
		return ""
	}
	return e.before.resolve(e.words(a, b), e.has(a, cPron))
}

// speech reads "X said (that) P" and gives where P begins.
func (e *enParse) speech(from, to int) (int, bool) {
	v, open, ok := e.frameAt(from, to)
	if !ok {
		return from, false
	}
	name := e.speaker(from, v)
	if name == "" {
		return from, false
	}
	if e.on(ruleSpeechAct) && e.anyOf(from, open, cTime) && e.count(from, open) >= 5 {
		act := open
		if e.is(act-1, "that") {
			act--
		}
		e.add(from, act, piece{role: asSpeech})
	}
	e.source = chained(e.outer, chainedTo(name, e.citedIn(from, v)))
	if e.cited != "" {
		e.source = chained(name, e.cited)
	}
	e.framed(from, open)
	e.lead = ""
	return open, true
}

// citedIn names whom the speaker quotes: "X, citing two officials, said".
func (e *enParse) citedIn(from, v int) string {
	i := find(from+1, v, func(i int) bool { return e.comma(i-1) && e.is(i, "citing", "quoting") })
	if i == v {
		return ""
	}
	return e.words(i+1, e.nextComma(i+1, v))
}

// frameAt finds the verb of saying that frames [from,to) and where what it
// reports begins.
func (e *enParse) frameAt(from, to int) (verb, open int, ok bool) {
	if !e.on(ruleSpeech) {
		return 0, 0, false
	}
	v := find(from, min(to, from+16), func(i int) bool {
		return e.has(i, cSay) && !e.is(i-1, "than") && !e.binds(i) && !e.heads(i) && !e.inside(i) && !e.is(i-1,
			"was", "were", "been", "be", "is", "are", "being")
	})
	if v >= min(to, from+16) || !e.onlyAux(e.verb(from, v), v) || e.count(from, v) > 14 {
		return 0, 0, false
	}
	open = -1
	for i := v + 1; i < to && i <= v+12 && open < 0; i++ {
		switch {
		case e.is(i, "that") && e.count(i, to) >= 3:
			open = i + 1
		case (e.isMark(i, ":") || e.isMark(i, "“\"") && (i <= v+2 || e.toks[i-1].kind == mark)) && e.count(i, to) >= 3:
			open = i
		case e.comma(i) && !e.isMark(i+1, "“\""):
			i = to
		}
	}
	if open < 0 && !e.has(v, cDeny) {
		open = e.bareContent(v, to)
	}
	return v, open, open >= 0 && (v > from || e.lead != "")
}

// bareContent gives where what was said begins without "that": after the verb
// and a word of time, if a finite verb follows; or -1.
func (e *enParse) bareContent(v, to int) int {
	o := v + 1
	if e.is(v, "told", "tell", "tells") { // past those who were told
		first := e.verb(o, min(to, o+14))
		for o = first - 1; o > v+1 && !e.has(o, cDet|cPron); o-- {
		}
		if o <= v+1 || first == min(to, v+15) {
			return -1
		}
	}
	if report := find(o, min(to, o+4), func(i int) bool { return e.has(i, cReport) }); e.has(o, cPrep) &&
		report < min(to, o+4) {
		o = report + 1
	} else if e.has(o, cPrep) && e.has(o+1, cTime) {
		o += 2
	} else if e.has(o, cTime) {
		o++
	}
	for e.toks[min(o, e.n-1)].kind == number && o < to && e.has(o-1, cTime) {
		o++
	}
	if o >= to || e.comma(o) || e.has(o, cPrep|cAnd) || e.toks[o].kind == mark {
		return -1
	}
	reach := min(to, o+14)
	first := e.verb(o, reach)
	if first == reach || e.anyOf(o, first, cAnd) && !e.is(v, "said", "says", "say", "added", "insisted", "argued",
		"claimed", "believes", "believed", "thinks", "thought") {
		return -1 // "conceded a goal and X worked …": the object, then another clause
	}
	return o
}

// onlyAux says whether nothing but auxiliaries and adverbs stands from the first
// finite verb to the verb at v.
func (e *enParse) onlyAux(first, v int) bool {
	for i := first; i < v; i++ {
		if !e.has(i, cAux|cAdv|cNot) {
			return false
		}
	}
	return true
}

// speaker names the subject of the verb of saying at v.
func (e *enParse) speaker(from, v int) string {
	a := e.pastTime(from, v)
	if c := e.nextComma(from, v); c < v-1 && (e.has(from, cPrep|cWhen|cTime|cAdv) ||
		strings.HasSuffix(e.form(from), "ing")) {
		a = c + 1
	}
	if e.comma(v-1) && a == from && (e.has(from, cPrep|cWhen|cTime|cAdv) || strings.HasSuffix(e.form(from), "ing")) {
		return "" // "In May, reports that …"
	}
	b := find(a, v, func(i int) bool { return e.comma(i) || e.has(i, cVerb|cAdv) || i > a && e.has(i, cTime) })
	if b <= a {
		if e.lead == "" {
			return ""
		}
		return e.before.resolve(e.lead, false)
	}
	if e.is(b-1, "both", "all", "each") && b-1 > a {
		b--
	}
	return e.before.resolve(e.words(a, b), e.has(a, cPron))
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

// mainVerb gives where, after the verb of a relative clause in [from,to), the
// verb of the clause around it stands, or to.
func (e *enParse) mainVerb(from, to int) int {
	first := e.verb(from, to)
	return find(min(first+2, to), to, func(i int) bool {
		return e.has(i, cVerb) && !e.has(i-1, cVerb|cAux|cAnd|cBut|cThat|cRel|cPron|cAdv|cDet) &&
			!e.is(i-1, "to", "not")
	})
}

// restrictive notes the relative clauses without commas ("a supplier that sold
// …") with their noun; one at the end of its clause is taken off it.
func (e *enParse) restrictive(from, to int) int {
	if !e.on(ruleRelative) {
		return to
	}
	for i := from + 2; i+2 < to; i++ {
		if !e.is(i, "who", "which", "that", "whose") || e.inside(i) || e.seals(i) || e.comma(i-1) ||
			e.has(i-1, cSay|cThink|cVerb|cPrep|cAdv) {
			continue
		}
		if !e.has(i+1, cVerb|cAdv) && !e.is(i, "whose") || e.is(i, "that") && e.has(i+1, cDet) {
			continue
		}
		stop := e.nextComma(i+1, to)
		if e.verb(from, i) == i {
			stop = e.mainVerb(i+1, stop)
		}
		if e.count(i+1, stop) < 3 {
			continue
		}
		h := e.head(from, i)
		e.add(h, stop, piece{role: asRelative, source: e.source})
		if stop >= to-1 && e.count(from, i) >= 4 && e.verb(from, i) < i {
			return i
		}
		i = stop
	}
	return to
}
