package extract

import "strings"

// clause notes the clause [from,to): what a verb of saying reports, or itself.
func (e *enParse) clause(from, to int) {
	for from < to && (e.toks[from].kind == mark && !e.isMark(from, "“\"([") ||
		e.has(from, cAnd|cBut) && !e.heads(from) ||
		e.has(from, cCause|cWhen) && !e.has(from, cPrep) && !e.frontsClause(from, to) && !e.asOf(from) ||
		e.is(from, "since", "because", "as") && from > 0 ||
		e.has(from, cAdding)) {
		from++
	}
	if from > 0 && (e.isMark(from-1, ";") && !e.toks[from-1].quoted || e.contradicts(from) || e.rebukes(from, to)) {
		e.source, e.lead, e.cited = e.outer, "", "" // what follows a semicolon is not said by who spoke before it
	}
	if from > 0 && e.is(from, "that") && !e.has(from+1, cVerb) {
		from++
	}
	if e.own > 0 && from >= e.own {
		e.source, e.own = "", 0
	}
	if p, ok := e.speech(from, to); ok {
		from = p
	} else if v := e.ownVerb(from, to); v > from && v < to && e.has(v, cSay) && from > 0 && e.has(from-1, cAnd|cBut) &&
		(e.capital(from) || e.has(from, cDet)) && e.source != e.outer {
		e.source = e.outer // somebody else says something
	}
	if n := e.count(from, to); n < 2 || n == 2 && !e.rebuts(from) && !e.contradicts(from) &&
		(e.verb(from+1, to) == to || e.has(from, cPron|cVerb|cPrep|cAdv) ||
			e.anyOf(from, to, cSay|cAux)) {
		return
	}
	span := e.spanBefore(from) && from > 0 && e.comma(from-1)
	if span && e.source != e.outer {
		e.source = e.outer // who said the rest did not say it
	}
	if e.is(from, "with") && from > 0 && e.comma(from-1) && e.absolute(from+1, to) {
		from++
	}
	q := piece{role: asClause, source: e.source}
	if e.source != "" {
		q.role = asContent
	} else if e.on(ruleSpeech) {
		q.source = e.agent(from, to)
	}
	if (e.has(from, cVerb) || from > 0 && e.comma(from-1) && e.participle(from)) && e.on(ruleCarry) {
		q.lead = e.carriedBe(from)
	}
	if e.is(from, "not") && e.compares(from-1, to) {
		q.lead = e.did
	}
	to = e.restrictive(from, to)
	e.around(from, to, q)
	if span {
		for from < to && !e.is(from-1, "after", "before") {
			from++
		}
	}
	if e.is(from, "after", "when", "while") && e.verb(from, to) < to { // its own subject is who "and killed" tells of
		from++
	}
	if !e.has(from, cVerb|cPrep|cWhen|cIf) {
		v := e.ownVerb(from, to)
		if a := e.asideIn(from, v); a > from { // "the bridge, whose pillars date from 1931, was closed and will reopen"
			v = a
		}
		if v > from && v < to && v-from <= 8 {
			for v > from+1 && (e.has(v-1, cAdv) || strings.HasSuffix(e.form(v-1), "ly")) {
				v--
			}
			e.lead = e.words(from, v)
			if front := e.pastFront(from, v); front > from && (enOpens.has(e.form(from)) || e.contrasted(from)) {
				e.lead = e.words(front, v)
			}
			v = e.verb(from, to)
			e.leadBe = e.passiveBe(v)
			if !e.has(v, cAux) {
				e.did = e.words(from, v+1)
			}
		}
	}
}

// asOf says whether "as" at i opens a measure or a point of time: "as many as 300", "as of 14 August".
func (e *enParse) asOf(i int) bool {
	return e.is(i, "as") && e.is(i+1, "of", "many", "much", "few", "little", "early", "late", "recently", "long",
		"part")
}

// frontsClause says whether "when" at i, without a comma after it, opens a clause in front of another: "when I went
// back there was no door".
func (e *enParse) frontsClause(i, to int) bool {
	if !e.is(i, "when", "if", "once") || e.verb(i+1, to) == to {
		return false
	}
	v := e.verb(i+1, to)
	next := find(v+1, to, func(k int) bool { return e.has(k, cVerb) && !e.onlyAux(v, k) })
	return next < to && !e.anyOf(v, next, cAnd|cBut|cThat|cRel|cCause) &&
		find(v, next, func(k int) bool { return e.comma(k) }) == next
}

// asideIn gives where, in [from,to), the first stretch between commas begins, or from.
func (e *enParse) asideIn(from, to int) int {
	for _, a := range e.apps {
		if a[0] > from && a[0] < to {
			return a[0]
		}
	}
	return from
}

// participle says whether a participle without a subject stands at i: ", leaving 300 people without work".
func (e *enParse) participle(i int) bool {
	f := e.form(i)
	return len(f) > 4 && strings.HasSuffix(f, "ing") && e.toks[i].class&(cNoun|cAdding|cPrep|cNot|cTime) == 0 &&
		!e.is(i, "something", "anything", "everything")
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
		} else if e.has(from, cAnd) && q.lead != "" && own {
			before = q.lead + " " + before // "Roe, 45, and Lee, 52, were arrested"
		}
		if e.has(a[1], cPrep) && e.verb(a[1], to) < to && e.nextComma(a[1], to) < e.verb(a[1], to) {
			before += "," // "John Doe, 52, of Leeds, was jailed": the commas of what is left stand in pairs
		}
		from, q.lead = a[1], before
	}
	if e.count(from, to) >= 2 || q.lead != "" && e.verb(from, to) < to {
		e.add(from, to, q)
	}
}

// speech reads "X said (that) P" and gives where P begins.
func (e *enParse) speech(from, to int) (int, bool) {
	if name, open := e.relayed(from, to); name != "" && e.on(ruleSpeech) && e.count(open, to) >= 3 {
		e.source = chained(e.outer, name)
		e.framed(from, open)
		e.lead = ""
		return open, true
	}
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

// frameAt finds the verb of saying that frames [from,to) and where what it
// reports begins.
func (e *enParse) frameAt(from, to int) (verb, open int, ok bool) {
	if !e.on(ruleSpeech) {
		return 0, 0, false
	}
	reach := e.reach(from, to)
	v := find(from, reach, func(i int) bool {
		return e.has(i, cSay) && !e.verdict(i) && !e.is(i-1, "than") && !e.binds(i) && !e.heads(i) && !e.inside(i) &&
			!e.is(i-1, "was", "were", "been", "be", "is", "are", "being")
	})
	first := find(from, v, func(i int) bool { return e.has(i, cVerb) && e.toks[i].depth == 0 && !e.inside(i) })
	if main := e.pastRelative(from, min(to, from+24)); main > 0 { // "a man who lives next door said"
		v, first, reach = main, main, to
	}
	if v >= reach || !e.onlyAux(first, v) {
		return 0, 0, false
	}
	open = e.thatAfterAside(v, to)
	for i := v + 1; i < to && i <= v+12 && open < 0; i++ {
		switch {
		case e.is(i, "that") && e.count(i, to) >= 3:
			open = i + 1
			if e.verb(v+1, i) < i && !e.has(v, cDeny) { // "said it was not the first time that": that is another's
				if bare := e.bareContent(v, to); bare >= 0 && bare < i {
					open = bare
				}
			}
		case e.isMark(i, ":") && e.verb(v+1, i) < i && e.contradicts(i+1): // "says the pool is open: it is not"
			i = to
		case (e.isMark(i, ":") || e.isMark(i, "“\"") && (i <= v+2 || e.toks[i-1].kind == mark)) &&
			(e.count(i, to) >= 3 || e.count(i, to) == 2 && e.isMark(i+1, "“\"‘")):
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

// pastRelative gives the verb of saying whose subject has a relative clause without commas: "an officer who was not
// authorised to speak said"; 0 where there is none.
func (e *enParse) pastRelative(from, to int) int {
	k := find(from+1, min(to, from+7), func(i int) bool { return e.is(i, "who") && !e.comma(i-1) || e.has(i, cVerb) })
	if k >= min(to, from+7) || !e.is(k, "who") {
		return 0
	}
	main := e.mainVerb(k+1, e.nextComma(k+1, to))
	if main < to && e.has(main, cSay) && e.has(main, cVerb) && !e.heads(main) && !e.binds(main) {
		return main
	}
	return 0
}

// thatAfterAside gives where what was said begins after an aside or a date with commas in it: "concluded, in a report
// of June, that", "said on Monday, 3 November 2025, that"; -1 for none.
func (e *enParse) thatAfterAside(v, to int) int {
	c := v + 1
	if !e.comma(c) {
		c = e.nextComma(v+1, min(to, v+15))
		if !e.has(v+1, cPrep|cTime) || c >= min(to, v+15) || !e.comma(c) || e.anyOf(v+1, c, cVerb|cThat) {
			return -1
		}
		if e.is(c+1, "that") && e.count(c+2, to) >= 3 {
			return c + 2
		}
	}
	for range 3 {
		end := e.nextComma(c+1, min(to, c+15))
		switch {
		case end >= min(to, c+15) || !e.comma(end) || c > v+1 && e.anyOf(c+1, end, cVerb|cThat):
			return -1
		case e.is(end+1, "that") && e.count(end+2, to) >= 3:
			return end + 2
		}
		c = end
	}
	return -1
}

// reach gives how far the verb of saying of [from,to) may stand: fourteen words, what stands between commas not
// counted.
func (e *enParse) reach(from, to int) int {
	i, words := from, 0
	for ; i < to && words < 15 && i-from < 60; i++ {
		if e.toks[i].kind != mark && !e.inside(i) {
			words++
		}
	}
	return i
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
	} else if e.is(o, "late", "early", "earlier", "later") && e.has(o+1, cPrep) && e.has(o+2, cTime) {
		o += 3
	} else if e.has(o, cPrep) && e.has(o+1, cTime) {
		o += 2
	} else if e.has(o, cTime) {
		o++
	}
	for e.toks[min(o, e.n-1)].kind == number && o < to && e.has(o-1, cTime) {
		o++
	}
	if o >= to || e.comma(o) || e.is(o, "them", "him", "us", "me") || e.has(o, cPrep|cAnd) || e.toks[o].kind == mark {
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

// mainVerb gives where, after the verb of a relative clause in [from,to), the
// verb of the clause around it stands, or to.
func (e *enParse) mainVerb(from, to int) int {
	first := e.verb(from, to)
	return find(min(first+2, to), to, func(i int) bool {
		return e.has(i, cVerb) && !e.has(i-1, cVerb|cAux|cAnd|cBut|cThat|cRel|cPron|cAdv|cDet) &&
			!e.is(i-1, "to", "not")
	})
}

// objectRelative says whether "that" at i opens a relative clause with a subject of its own: "the 600 troops that
// Orsova has stationed there". "The claim that Orsova has …" is none.
func (e *enParse) objectRelative(i, to int) bool {
	if !e.is(i, "that", "which", "whom") || enContents.has(e.form(i-1)) || e.toks[i-1].class&^(cNoun|cRole) != 0 ||
		e.toks[i-1].kind != word {
		return false
	}
	h := e.head(0, i)
	counted := find(h, i, func(k int) bool { return e.toks[k].kind == number }) < i
	v := e.verb(i+1, min(to, i+6))
	return counted && (e.capital(i+1) || e.has(i+1, cDet|cPron)) && v < min(to, i+6) && v > i+1
}

// enContents are nouns whose "that" opens what they say, not which of them is meant.
var enContents = newWordList(`claim* fact* idea* report* evidence hope* fear* belief* news sign* proof suggestion*
	accus*
	allegation* rumour* rumor* theor* notion possibilit* chance* view* opinion* assumption* warning* statement* concern*
	doubt* conclusion* finding* impression* charge* condition* ground* extent way time day moment confirm* promise*
	threat*
	denial* expectation* indication* word speculation complaint* understanding people`)

// enUnits are units of a figure: "the 95 per cent that is considered safe" is no noun of its own.
var enUnits = newWordList(`cent percent % points million billion trillion degrees euros dollars pounds kilometres
	metres litres tonnes tons`)

// restrictive notes the relative clauses without commas ("a supplier that sold
// …") with their noun; one at the end of its clause is taken off it.
func (e *enParse) restrictive(from, to int) int {
	if !e.on(ruleRelative) {
		return to
	}
	for i := from + 2; i+2 < to; i++ {
		if !e.is(i, "who", "which", "that", "whose") || e.inside(i) || e.seals(i) || e.comma(i-1) ||
			e.has(i-1, cSay|cThink|cVerb|cPrep|cAdv) || enUnits.has(e.form(i-1)) {
			continue
		}
		if !e.has(i+1, cVerb|cAdv) && !e.is(i, "whose") && !e.objectRelative(i, to) {
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

// enTops says whether a word is a superlative, or tells which in a row.
func enTops(form string) bool {
	return len(form) > 5 && strings.HasSuffix(form, "est") ||
		enRanks[form]
}

var enRanks = map[string]bool{"first": true, "second": true, "third": true, "most": true, "least": true, "worst": true,
	"best": true}
