package extract

import "strings"

// definite says whether token i is a noun with the article, alone or after an
// attached preposition.
func (a *arParse) definite(i int) bool {
	if i < 0 || i >= a.n || a.toks[i].kind != word {
		return false
	}
	w := a.toks[i].form
	for _, prefix := range []string{"ال", "لل", "بال", "وال", "کال", "فال"} {
		if strings.HasPrefix(w, prefix) {
			return true
		}
	}
	return a.has(i, cDet)
}

// relatives notes the relative clauses of [from,to) with the noun they belong
// to, and gives where the clause itself ends.
func (a *arParse) relatives(from, to int) int {
	first := find(from, to, func(i int) bool { return a.has(i, cVerb) })
	end := to
	for i := from + 1; i < to; i++ {
		if a.toks[i].depth > 0 || a.appositive(i, i+1) || a.seals(i) {
			continue
		}
		switch {
		case a.has(i, cRel) && a.is(i-1, "الوقت", "الیوم", "المکان", "الحد"): // "at the time that": no noun of its own
		case a.has(i, cRel) && a.has(i+1, cSay) && a.has(i+1, cVerb) && !a.has(i+1, cDeny) && a.has(i+2, cThat) &&
			!a.comma(i-1) && a.on(ruleSpeech): // "الشركة التي قالت إن نظامها سليم"
			stop := a.relativeEnd(from, i, to)
			head := a.head(from, i, a.definite)
			at := i + 2
			if a.is(at, "ان", "بان") {
				at++
			}
			if !a.falsified(at, stop) {
				a.add(at, stop, piece{role: asContent, source: chained(a.source, a.words(head, i))})
			}
			i = stop
		case a.has(i, cRel) && a.count(i+1, to) >= 2:
			stop := a.relativeEnd(from, i, to)
			head := a.head(from, i, a.definite)
			if a.comma(i-1) || a.joined[i] { // not restrictive: what it says stands alone
				head = i + 1
			}
			if a.count(i+1, stop) >= 2 && !a.tentative(head, i) && !a.nearbyToken(head, i, "ضعف", "نصف", "اضعاف") {
				if !a.anyOf(from, i, cVerb) && a.has(stop, cVerb) && !a.joined[stop] &&
					a.count(stop, to) >= 2 && !a.comma(i-1) {
					a.rel, a.told = i, stop
				}
				a.add(head, stop, piece{role: asRelative, source: a.toldIn(i, stop)})
				end = a.shortened(from, i, stop, to, end)
			}
			i = stop
		case a.bareRelative(i, first, from) && a.count(i, to) >= 3:
			stop := find(i+1, to, func(j int) bool {
				return a.comma(j) || a.stop(j) || a.has(j, cRel) || a.fullStop(j)
			})
			head := a.head(from, i, func(j int) bool { return !a.definite(j) && !a.has(j, cPrep|cVerb|cThat|cRel) })
			if a.tentative(head, i) || head == first+1 && i-head >= 3 { // "سحبت مجلة علمية دراسة زعمت"
				continue
			}
			if a.has(i, cSay) && a.has(i+1, cThat) && a.on(ruleSpeech) { // "وثائق تفيد بأن"
				at := i + 1
				if a.is(at, "ان", "بان") {
					at++
				}
				a.add(at, stop, piece{role: asContent, source: chained(a.source, a.words(head, i))})
				i = stop
				continue
			}
			a.add(head, stop, piece{role: asRelative, source: a.source})
			if a.count(head, stop) >= 5 && a.count(from, i) >= 6 {
				end = a.shortened(from, i, stop, to, end)
			}
			i = stop
		}
	}
	return end
}

// fullStop says whether a sentence of a quotation ends at i.
func (a *arParse) fullStop(i int) bool {
	return a.isMark(i, ".!؟?") && i+1 < a.n && a.endsAt(a.toks[i].start, false)
}

// falsified says whether a word in [from,to) says that what was told is false: "الوثيقة التي تقول إن البنك ربح مزورة".
func (a *arParse) falsified(from, to int) bool {
	for _, r := range a.regions {
		if r.op.name == "false" && r.hit.from > from && r.hit.from < to {
			return true
		}
	}
	return false
}

// toldIn names who tells what a relative clause says: "السفينة التي يقول خفر السواحل إنها كانت تحمل النفط".
func (a *arParse) toldIn(rel, stop int) string {
	if !a.has(rel+1, cSay) || !a.has(rel+1, cVerb) || a.has(rel+1, cDeny) {
		return a.source
	}
	that := find(rel+2, stop, func(i int) bool { return a.has(i, cThat) })
	if that == stop || that == rel+2 || a.anyOf(rel+2, that, cPrep|cVerb) {
		return a.source
	}
	return chained(a.source, a.words(rel+2, that))
}

// arTentative are nouns of what is not yet so: a bill that raises the age raises nothing.
var arTentative = newWordList(`مشروع مشروعا خطة خططا مقترح مقترحا اقتراح اقتراحا مسودة قانون قانونا طرح مبادرة المشروع
	الخطة المقترح الاقتراح`)

// tentative says whether the noun in [head,i) is such a noun.
func (a *arParse) tentative(head, i int) bool {
	return a.on(ruleFaithful) && a.nearby(head, i, arTentative)
}

// relativeEnd gives where the relative clause that opens at i ends: at a comma,
// or where the verb of the clause around it comes, when that began with its noun.
func (a *arParse) relativeEnd(from, i, to int) int {
	stop := find(i+1, to, func(j int) bool { return a.comma(j) || a.stop(j) || a.fullStop(j) })
	if a.anyOf(from, i, cVerb) {
		return stop
	}
	first := find(i+1, stop, func(j int) bool { return a.has(j, cVerb) })
	for j := first + 3; j < stop; j++ {
		if a.has(j, cVerb) && !a.joined[j] && !a.has(j-1, cThat|cRel|cNot|cVerb|cAnd) && !a.bareRelative(j, first,
			from) {
			if a.is(j-1, "قد", "لقد") {
				return j - 1
			}
			return j
		}
	}
	if last := a.lastVerb(first+2, stop); last > 0 {
		return last
	}
	return stop
}

// lastVerb gives the one verb of [from,to) that could be that of the clause around a relative clause, 0 for none.
func (a *arParse) lastVerb(from, to int) int {
	at := 0
	for j := from; j < to; j++ {
		if a.has(j, cVerb) && !a.joined[j] && !a.has(j-1, cThat|cRel|cNot|cVerb|cAnd|cPrep) {
			if at > 0 {
				return 0
			}
			at = j
		}
	}
	return at
}

// shortened gives where the clause ends when the relative clause [i,stop) is
// its tail: before it, if enough is left to stand alone.
func (a *arParse) shortened(from, i, stop, to, end int) int {
	if a.nearbyToken(max(from, i-5), i, "ای", "ضعف", "نصف", "اضعاف") { // "twice the sum that …": the sum is what counts
		return end
	}
	if a.count(stop, to) == 0 && a.count(from, i) >= 4 && a.anyOf(from, i, cVerb) && !a.comma(i-1) {
		return i
	}
	return end
}

// bareRelative says whether a verb at i follows an indefinite noun without any
// joining word, which makes it a relative clause in Arabic.
func (a *arParse) bareRelative(i, first, from int) bool {
	if a.has(first, cAux) && !a.anyOf(first+1, i, cVerb) { // كان … يفعل: one verb
		return false
	}
	if a.has(i-1, cTime) || strings.HasSuffix(a.form(i-1), "یا") { // "every day": no noun
		return false
	}
	if i <= first || i-from < 2 || !a.has(i, cVerb) || a.joined[i] {
		return false
	}
	return a.toks[i-1].kind == word && !a.definite(i-1) &&
		a.toks[i-1].class&(cVerb|cThat|cRel|cNot|cPron|cAux|cWhen|cPrep|cCause|cIf|cBut|cAnd) == 0
}

// head gives the start of the noun phrase before token i: back over the words
// that belong, and one noun in construct before them.
func (a *arParse) head(from, i int, belongs func(int) bool) int {
	h := i
	for h > from && i-h < 4 && a.toks[h-1].kind != mark && belongs(h-1) {
		h--
		if r := a.toks[h].form; strings.HasPrefix(r, "بال") || strings.HasPrefix(r, "لل") {
			return h
		}
	}
	if h > from && h == i {
		h--
	}
	if h > from && a.toks[h-1].kind == word && a.toks[h-1].class&(cPrep|cVerb|cThat|cRel|cAnd|cNot|cTime) == 0 {
		h--
	}
	return h
}

// appositions notes "X، role … ،", "X، وهو … ،" and "X وهو … ،".
func (a *arParse) appositions() {
	for i := 1; i+1 < a.n; i++ {
		bare := a.is(i, "وهو", "وهی", "وهم") && !a.comma(i-1)
		if a.is(i+2, "ما") || a.is(i+1, "ما") || bare && a.has(i+1, cVerb) { // "… while he hits them": no apposition
			continue
		}
		after := i + 1 // where the role begins
		if bare {
			after = i
		} else if !a.comma(i) {
			continue
		}
		if !a.is(after, "وهو", "وهی", "وهم") && (!a.has(after, cRole) || a.has(after, cVerb|cPrep)) &&
			!a.describes(after) {
			continue
		}
		head := a.apposed(i)
		end := find(after+1, a.n, func(j int) bool {
			return a.comma(j) || a.stop(j) || j > after+1 && (a.has(j, cThat) || a.is(j, "عقب", "خلال", "یوم", "امس",
				"اثناء"))
		})
		if a.is(i-1, "المیة", "المئة", "المایة", "المائة", "بالمیة", "بالمایة") || a.toks[i-1].kind == number {
			continue // what follows tells of the whole clause, not of the unit
		}
		if head == i || end-i > 22 || find(head, i, func(j int) bool { return a.toks[j].kind == number }) < i {
			continue // a figure is what "وهو أعلى رقم" tells of
		}
		a.add(head, end, piece{role: asApposition})
		a.apps = append(a.apps, [2]int{i, a.past(end)})
		i = max(end-1, i)
	}
}

// describes says whether a definite participle with its words stands between
// commas at i: "ماكرون، المتقدم في الاستطلاعات، …".
func (a *arParse) describes(i int) bool {
	w := a.form(i)
	if !strings.HasPrefix(w, "الم") || len([]rune(w)) < 6 || a.toks[i-2].kind != word || a.has(i-2, cPrep|cVerb) {
		return false
	}
	end := find(i, min(i+9, a.n), func(j int) bool { return a.comma(j) })
	return end < min(i+9, a.n) && a.count(i, end) >= 3 && !a.anyOf(i, end, cVerb)
}

// apposed gives the start of the noun phrase before token i that an apposition
// speaks of.
func (a *arParse) apposed(i int) int {
	head := i
	for head > 0 && i-head < 4 && a.toks[head-1].kind != mark && !a.has(head-1, cPrep|cVerb|cThat|cRel|cAnd|cPron) {
		head--
	}
	if a.is(head-1, "ام", "ابو", "ابی") && head == i-1 { // أم خالد
		head--
	}
	if head > 0 && a.isMark(head-1, ")") { // "X (IPAC)، وهو …": the short name stands for it
		head = max(head-3, 0)
	}
	return head
}

// past is the token after end, which a comma closes or not.
func (a *arParse) past(end int) int {
	if end < a.n && a.toks[end].kind == mark {
		return end + 1
	}
	return end
}

// ages notes "X (39 عاما)": a name with its age in brackets.
func (a *arParse) ages() {
	for i := 1; i+2 < a.n; i++ {
		if !a.isMark(i, "(（") || a.toks[i+1].kind != number || len(a.toks[i+1].form) > 3 {
			continue
		}
		end := find(i, min(i+5, a.n), func(j int) bool { return a.isMark(j, ")）") })
		years := end == i+2 || a.is(i+2, "عاما", "عام", "سنة", "سنوات", "اعوام")
		if end < min(i+5, a.n) && years && a.toks[i-1].kind == word {
			a.add(i-1, end+1, piece{role: asParenthesis})
		}
	}
}
