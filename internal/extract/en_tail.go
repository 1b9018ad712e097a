package extract

import "strings"

// Who spoke behind or between what was said: ", X said", "…" X said "…", dashes and asides.

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
	for c := last - 2; c >= from+2 && last-c <= 20; c-- {
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
	if e.verb(v+1, to) < to || e.count(v+1, to) > 8 || e.has(v, cDeny) && e.has(from, cDet) && v+1 < to {
		return ""
	}
	b := find(from+1, v, func(i int) bool { return e.has(i, cAux|cAdv) && e.onlyAux(i, v) })
	return chainedTo(e.named(from, b), e.citedIn(v, to))
}

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
			if h := e.head(from, i); e.count(h, i) > 0 {
				e.add(h, end, piece{role: asParenthesis})
			}
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

// apposedThat says whether [from,to) is a noun phrase with a relative clause: "a firm that went bankrupt in 2019".
func (e *enParse) apposedThat(from, to int) bool {
	if !e.is(from, "a", "an", "the", "one") {
		return false
	}
	k := find(from+2, min(to, from+7), func(i int) bool { return e.is(i, "that", "who", "which") })
	return k < min(to, from+7) && e.verb(from, k) == k && e.has(k+1, cVerb|cAdv) && e.count(k, to) >= 3
}
