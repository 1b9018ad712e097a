package extract

import "strings"

// enVerdicts stand after "found" as what somebody was found to be; no clause begins with them: "found guilty of filing
// false claims".
var enVerdicts = newWordList(`guilty innocent liable dead alive unconscious unharmed responsible safe negligent
	incompetent complicit unfit culpable`)

// verdict says whether "found" at i tells what somebody was found to be, and no content.
func (e *enParse) verdict(i int) bool {
	if !e.is(i, "found") {
		return false
	}
	i++
	for i < e.n && (e.has(i, cNot) || e.has(i, cAdv) || strings.HasSuffix(e.form(i), "ly")) {
		i++
	}
	return enVerdicts.has(e.form(i))
}

// enSuffered are participles that share the "was" of the clause before: who was arrested and jailed did not jail.
var enSuffered = newWordList(`convicted acquitted sentenced jailed fined charged remanded released deported exonerated
	extradited hospitalised hospitalized evacuated indicted`)

// carriedBe gives the subject of the clause before with its "was", where the clause at i begins with a participle that
// shares it: "… was cleared of bribery but found guilty of fraud"; else the subject alone.
func (e *enParse) carriedBe(i int) string {
	for i < e.n && e.has(i, cAdv) {
		i++
	}
	passive := e.verdict(i) || enSuffered.has(e.form(i)) && e.has(i+1, cPrep|cTime)
	if e.leadBe == "" || e.lead == "" || !passive {
		return e.lead
	}
	return e.lead + " " + e.leadBe
}

// passiveBe gives the "was" of the passive whose first finite verb stands at v, "" where that is none.
func (e *enParse) passiveBe(v int) string {
	if !e.is(v, "was", "were", "is", "are") {
		return ""
	}
	k := v + 1
	for k < e.n && (e.has(k, cAdv|cNot) || strings.HasSuffix(e.form(k), "ly")) {
		k++
	}
	f := e.form(k)
	if e.has(k, cPart) || enParticiples.has(f) || len(f) > 4 && strings.HasSuffix(f, "ed") {
		return e.words(v, v+1)
	}
	return ""
}

// pastFront gives where the subject of the clause [from,to) begins, past what stands in front of it between its start
// and a comma: "Asked about the delay, the contractor", "Unlike the police, who blame ice, the investigator".
func (e *enParse) pastFront(from, to int) int {
	c := e.nextComma(from, to)
	if c >= to-1 || !(e.has(from, cPrep|cWhen|cTime|cAdv) || enOpens.has(e.form(from)) || e.contrasted(from) ||
		strings.HasSuffix(e.form(from), "ing")) {
		return from
	}
	if d := e.nextComma(c+1, to); e.has(c+1, cRel) && d < to-1 { // who or which the front speaks of says more of it
		c = d
	}
	for d := e.nextComma(c+1, to); d < to-1 && e.comma(d); d = e.nextComma(c+1, to) { // "in Boise, Idaho, on Monday,"
		place := d == c+2 && e.capital(c+1) && e.capital(c-1) && e.has(c-2, cPrep)
		if !place && !e.has(c+1, cPrep|cTime) || e.anyOf(c+1, d, cVerb|cRel) {
			break
		}
		c = d
	}
	return c + 1
}

// contrasted says whether token i opens what the subject is set against: "Unlike the police,".
func (e *enParse) contrasted(i int) bool { return e.is(i, "unlike", "alongside", "besides") }

// plainButFor says whether "but for" in [i,end) sets no condition, for nothing beside it "would have" been: "But for
// years the dam was safe".
func (l *line) plainButFor(i, end int) bool {
	if end != i+2 || !l.is(i, "but") || !l.is(i+1, "for") {
		return false
	}
	would := find(max(0, i-12), min(len(l.toks), i+24), func(k int) bool {
		return l.is(k, "would", "could", "might") && (l.is(k+1, "have", "be") || l.is(k+2, "have", "be"))
	})
	return would == min(len(l.toks), i+24)
}

// byWhom reads "It was announced by X that P" and gives X and where P begins; "" where it is none.
func (e *enParse) byWhom(from, to int) (name string, open int) {
	if !e.is(from, "it") || !enBe.has(e.form(from+1)) && !e.has(from+1, cAux) {
		return "", 0
	}
	v := from + 2
	for v < to && (e.has(v, cAdv|cTime) || e.is(v, "been")) {
		v++
	}
	by := find(v+1, min(to, v+6), func(i int) bool { return e.is(i, "by") })
	that := find(by+2, min(to, by+14), func(i int) bool { return e.is(i, "that") })
	if !enToldBy.has(e.form(v)) || by >= min(to, v+6) || that >= min(to, by+14) || e.binds(v) || e.heads(v) ||
		e.anyOf(v+1, by, cVerb|cNot) || e.anyOf(by+1, that, cVerb) {
		return "", 0
	}
	end := find(by+2, that, func(i int) bool { return e.has(i, cTime) || e.comma(i) })
	end = e.nounEnd(by+1, end)
	return e.before.resolve(e.words(by+1, end), e.has(by+1, cPron)), that + 1
}

// enToldBy are participles of saying.
var enToldBy = newWordList(`announced reported said stated confirmed revealed disclosed noted argued suggested warned
	claimed declared explained acknowledged`)

// pronoun says whether who speaks in [from,to) is a pronoun: "her", and not "her lawyer".
func (e *enParse) pronoun(from, to int) bool {
	return e.has(from, cPron) && !(e.has(from, cDet) && to > from+1)
}
