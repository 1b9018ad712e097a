package extract

import "strings"

// cuts gives the token at which each clause begins, and the end.
func (e *enParse) cuts(from, to int) []int {
	out := []int{from}
	for i := from + 1; i < to; i++ {
		last := out[len(out)-1]
		if i-last >= 2 && e.toks[i].depth == 0 && !e.binds(i) && !e.inside(i) && e.opens(i, last, to) &&
			!(e.is(i, "after", "before") && e.spanBefore(last)) {
			out = append(out, i)
		}
	}
	return append(out, to)
}

// opens says whether a clause begins at token i.
func (e *enParse) opens(i, from, to int) bool {
	if e.stop(i-1) && !(e.isMark(i-1, "–—") && e.opensBetween(i-1)) {
		if e.isMark(i-1, "–—") && e.has(i-2, cSay) && !e.contradicts(i) {
			return false // "said—without proof—that"
		}
		return e.contradicts(i) || (e.count(i, to) >= 3 || e.rebuts(i)) && !(e.isMark(i-1, ":") &&
			e.anyOf(max(from, i-6), i, cSay))
	}
	if e.toks[i].kind != word {
		return false
	}
	before := e.ownVerb(from, i) < i
	if e.unknownThat(from, i, to) {
		return false
	}
	switch {
	case e.comma(i-1) && e.spanBefore(i):
		return e.on(ruleSubordinate) && before
	case e.comma(i-1) && e.compares(i, to):
		return e.on(ruleSubordinate) && before
	case e.comma(i-1) && e.is(i, "with"):
		return e.on(ruleSubordinate) && before && e.absolute(i+1, e.nextComma(i+1, to))
	case e.has(i, cAnd|cBut) && !e.is(i, "nor"):
		if e.is(i+1, "that") {
			return e.on(ruleCoordination) && e.clauseAhead(i+2, to)
		}
		return e.on(ruleCoordination) && before && !e.awaits(from, i) && e.clauseAhead(i+1, to)
	case e.comma(i-1) && e.has(i, cVerb) && e.toks[i].class&(cAux|cSay) == 0 && before:
		return e.on(ruleCoordination) && e.listed(i, to)
	case e.is(i, "that") && find(max(from, i-8), i, func(j int) bool { return e.is(j, "so", "such") }) < i:
		return e.on(ruleSubordinate) && before && e.clauseAhead(i+1, to)
	case e.is(i, "as") && (e.has(i+1, cPron|cDet) || e.capital(i+1)) && !e.is(i-1, "such", "well", "as", "same",
		"known"):
		stop := min(e.nextComma(i+1, to), i+7)
		v := e.verb(i+1, stop)
		return e.on(ruleSubordinate) && before && v < stop && (e.toks[v].quoted || !e.toks[i].quoted)
	case e.is(i, "before", "until", "till") && e.reported(from, i):
		return false // "said the contract had expired before the tour began": only when
	case e.has(i, cCause|cWhen) && !e.has(i, cAux) && !(e.is(i, "as") && e.has(i+1, cAdding)) &&
		!(e.is(i, "because") && e.is(i+1, "of")):
		stop := e.nextComma(i+1, to)
		v := e.verb(i+1, min(stop, i+12))
		return e.on(ruleSubordinate) && before && v < min(stop, i+12) && v > i+1 && e.count(i, to) >= 4 &&
			!e.anyOf(i+1, v, cAnd|cBut) && !(e.has(i+1, cPron) && enAtTime.has(e.form(i)) &&
			e.count(i, stop) <= 6) && !(v == i+2 && e.toks[i+1].kind == number)
	case e.comma(i-1) && strings.HasSuffix(e.toks[i].form, "ing") && len(e.toks[i].form) > 4 &&
		!e.is(i, "nothing", "something", "anything", "everything") &&
		!e.is(i, "calling", "describing", "labelling", "branding", "including", "according", "depending"):
		return e.on(ruleSubordinate) && before && e.count(i, to) >= 4
	case e.comma(i-1) && (e.is(i, "to", "in") && (e.is(i, "to") || e.is(i+1, "order"))):
		return e.on(ruleSubordinate) && before && e.count(i, to) >= 4
	case e.is(i, "so") && e.is(i+1, "that"):
		return e.on(ruleSubordinate) && before
	case e.comma(i-1) && ((e.has(from, cWhen|cPrep|cTime) || e.is(from, "even") && e.is(from+1, "though")) &&
		e.verb(from, i) < i || strings.HasSuffix(e.toks[from].form,
		"ed") && e.has(from+1, cPrep)):
		return e.on(ruleAdjunct) && e.clauseAhead(i, to) && (e.count(from, i) >= 5 || e.is(from, "although", "though",
			"while", "whereas", "because", "since", "even") && e.verb(from+2, i) < i)
	}
	return false
}

// enAtTime open a clause that only says when: "the light was green when he passed it" is one claim.
var enAtTime = newWordList(`when as once until before`)

// reported says whether what stands before i in its clause is what somebody said.
func (e *enParse) reported(from, i int) bool {
	_, _, ok := e.frameAt(from, i)
	return ok
}

// ownVerb gives the first finite verb in [from,to) that does not stand between commas, or to.
func (e *enParse) ownVerb(from, to int) int {
	return find(from, to, func(i int) bool { return e.has(i, cVerb) && e.toks[i].depth == 0 && !e.inside(i) })
}

// rebuts says whether two words after a semicolon at i answer what stands before it: "…; none was."
func (e *enParse) rebuts(i int) bool {
	return e.isMark(i-1, ";") && e.has(i+1, cVerb) &&
		e.is(i, "none", "nobody", "neither", "nothing", "they", "it", "he", "she", "all", "some", "most", "few", "both")
}

// contradicts says whether a few words after a mark or "but" at i take back what was said before them: "…: it is not",
// "… – they did not", "…, but no such votes were found". They are the article's.
func (e *enParse) contradicts(i int) bool {
	if i == 0 || !e.stop(i-1) && !e.has(i-1, cBut) {
		return false
	}
	if e.is(i, "no") && e.is(i+1, "such") || e.is(i, "in") && e.is(i+1, "fact", "reality", "truth") {
		return true
	}
	if !e.has(i, cPron) && !e.is(i, "none", "nobody", "that", "this") || !e.has(i+1, cAux) {
		return false
	}
	k := i + 2
	for k < e.n && (e.has(k, cAdv) || e.is(k, "been", "so", "the", "case", "true", "happen", "done")) {
		k++
	}
	denied := find(i+1, k, func(j int) bool { return e.has(j, cNot) || strings.HasSuffix(e.form(j), "n't") }) < k
	return k-i <= 6 && (denied || e.is(i, "none", "nobody")) && (k >= e.n || e.toks[k].kind == mark)
}

// rebukes says whether the clause [from,to) after a dash or "but" tells that somebody named denied what was said
// before.
func (e *enParse) rebukes(from, to int) bool {
	if from == 0 || !e.isMark(from-1, "–—") && !e.has(from-1, cBut) || e.count(from, to) > 8 {
		return false
	}
	v := e.verb(from, to)
	return v < to && v > from && e.has(v, cDeny) && e.denies(v) && !e.has(from, cPron)
}

// listed says whether the finite verb at i is one of a list of predicates:
// "arrested four men, seized two boats and closed the harbour".
func (e *enParse) listed(i, to int) bool {
	for k := i + 2; k+1 < to; k++ {
		if e.has(k, cVerb) && !e.comma(k-1) {
			return e.has(k-1, cAnd) && e.toks[k].class&cAux == 0
		}
		if e.comma(k-1) && e.has(k, cVerb) {
			return true
		}
	}
	return false
}

// unknownThat says whether a "that" before i hands what follows to a verb or
// noun that is not known to state it: what it governs stays in one piece.
func (e *enParse) unknownThat(from, i, to int) bool {
	that := find(from, i, func(j int) bool {
		return e.is(j, "that", "whether", "if") && j > from && !e.is(j-1, "so", "such", "after", "now", "and", "but")
	})
	if !e.on(ruleFaithful) || that == i || e.has(that+1, cVerb) || e.has(i, cBut) {
		return false
	}
	_, open, ok := e.frameAt(from, to)
	return !ok || open != that+1 && open < that
}

// awaits says whether the last verb before i is one of saying whose content,
// without "that", has not had its verb yet: "said the losses and the damage …".
func (e *enParse) awaits(from, i int) bool {
	for k := i - 1; k >= from; k-- {
		if e.has(k, cVerb) {
			return e.has(k, cSay) && !e.has(k, cDeny) && i-k > 1 && e.bareContent(k, e.n) == k+1
		}
	}
	return false
}

// clauseAhead says whether the words from i begin a clause: a finite verb
// comes at once, or after a noun phrase, before the next comma.
func (e *enParse) clauseAhead(i, to int) bool {
	for i < to && e.has(i, cAdv) && e.toks[i].class&cVerb == 0 {
		i++
	}
	if e.count(i, to) < 3 {
		return false
	}
	i = e.pastName(i, to)
	stop := find(i, min(to, i+14), func(j int) bool {
		return e.comma(j) && !e.opensBetween(j) || e.has(j, cThat) || e.isMark(j, ".!?") && e.endsAt(e.toks[j].start,
			false)
	})
	v := find(i, stop, func(j int) bool { return e.has(j, cVerb) && !e.inside(j) })
	return v < stop && !(v > i && e.has(v-1, cAnd) && !e.has(i, cPron)) // "fraud and perjury, and released": two nouns
}

// pastName gives, where a name stands between commas after the subject that begins at i, the token after it: "the
// firm's lawyer, Ivo Kern, insisted"; else i.
func (e *enParse) pastName(i, to int) int {
	c := find(i, min(to, i+8), func(j int) bool { return e.comma(j) || e.has(j, cVerb) })
	if c == min(to, i+8) || !e.comma(c) || c == i {
		return i
	}
	end := e.nextComma(c+1, min(to, c+7))
	if end < min(to, c+7) && e.comma(end) && e.proper(c+1, end) && e.has(end+1, cVerb|cAdv) {
		return end + 1
	}
	return i
}

// compares says whether a concession without its verb begins at i: "although not as much as bars".
func (e *enParse) compares(i, to int) bool {
	if !e.is(i, "although", "though", "albeit", "but") || !e.is(i+1, "not") {
		return false
	}
	k := find(i+2, min(to, i+8), func(j int) bool { return e.is(j, "as", "than") })
	return k+2 < to && e.verb(i+1, to) >= to
}

// spanBefore says whether "three weeks after" with a clause begins at i: the article tells it, whoever said the rest.
func (e *enParse) spanBefore(i int) bool {
	k := i
	if e.is(k, "just", "only", "barely", "about", "nearly", "almost", "a", "less", "more") {
		k++
	}
	for k < i+4 && (e.toks[min(k, e.n-1)].kind == number || e.has(k, cDet) || e.is(k, numberWords...)) {
		k++
	}
	return e.is(k, enSpans...) && e.is(k+1, "after", "before") && e.verb(k+2, min(e.n, k+9)) < min(e.n, k+9)
}

// enSpans are units of time.
var enSpans = strings.Fields("minutes hours days weeks months years day week month year hour minute decades decade")

// absolute says whether [from,to) is a noun phrase that states something without a finite verb: "food down three per
// cent", "40 people still missing".
func (e *enParse) absolute(from, to int) bool {
	if to-from < 3 || e.verb(from, to) < to && !e.has(e.verb(from, to)+1, cPrep|cTime) {
		return false
	}
	k := find(from+1, min(to, from+8), func(i int) bool {
		f := e.form(i)
		return enStates.has(f) || strings.HasSuffix(f, "ing") && len(f) > 5 || len(f) > 4 && strings.HasSuffix(f,
			"ed") &&
			!e.has(i-1, cDet)
	})
	return k < min(to, from+8) && !e.has(k-1, cPrep|cDet)
}

// enStates say how something stands, without a verb.
var enStates = newWordList(`down up still already missing dead due expected left unable ahead behind worth unchanged`)

// opensBetween says whether a stretch between commas opens at token i.
func (e *enParse) opensBetween(i int) bool {
	for _, a := range e.apps {
		if a[0] == i || a[1]-1 == i {
			return true
		}
	}
	return false
}
