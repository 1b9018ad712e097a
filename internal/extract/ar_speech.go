package extract

import "strings"

// speech reads "قال X إن P": X asserts P from here on; the saying is noted
// where it is news. It gives where P begins.
func (a *arParse) speech(from, to int) (int, bool) {
	if !a.on(ruleSpeech) {
		return from, false
	}
	reach := min(to, from+12)
	v := find(from, reach, func(i int) bool {
		return a.has(i, cSay) && !a.binds(i) && !a.heads(i) && a.toks[i].depth == 0 && (a.has(i, cVerb) ||
			a.nounOfSaying(i, to))
	})
	if v == reach || a.withinRelative(from, v) || a.has(v, cDeny) && !a.denies(v) {
		return from, false
	}
	open := find(v+1, to, func(i int) bool {
		return a.has(i, cThat) || a.isMark(i, ":") ||
			a.isMark(i, "“«\"") && (i <= v+6 || a.toks[i-1].kind == mark) && !a.calledSo(i, to) && !a.withinName(i) ||
			i > v+2 && a.stop(i-1) || a.dashed(v, i)
	})
	open = a.pastRelative(v, open, to)
	if open == to {
		return from, false
	}
	if k := find(v+2, open, func(i int) bool { return a.is(i, "وجود", "صحة", "صحه") }); a.has(v, cDeny) {
		open = min(open, k) // "نفى الخبراء وجود أدلة على أن": what they deny begins there
	}
	name := a.speaker(from, v, open)
	if name == "" {
		return from, false
	}
	name = chainedTo(name, a.citedIn(v, open))
	if name != a.source {
		name = chained(a.outer, name)
	}
	a.source = name
	a.framed(from, open)
	counted := find(open, to, func(i int) bool { return a.toks[i].kind == number }) < to
	said := a.count(open+1, to)
	if said <= 3 && !(said >= 2 && (a.anyOf(open+1, to, cVerb) || a.has(open, cThat))) && !counted {
		// too little said to stand without its frame
		return from, true
	}
	if a.on(ruleSpeechAct) && a.anyOf(from, open, cTime) && a.count(from, open) >= 4 {
		act := open
		for _, app := range a.apps {
			if app[0] > v && app[0] < act {
				act = app[0]
			}
		}
		a.add(from, act, piece{role: asSpeech})
	}
	if a.on(ruleRelative) && a.anyOf(v, open, cRel) { // who the speaker is
		saying := a.source
		a.source = ""
		a.relatives(from, open)
		a.source = saying
	}
	for open < to && (a.isMark(open, ":“«\"") || a.is(open, "بان", "ان")) {
		open++
	}
	return open, true
}

// pastRelative gives where what was said opens where the clause after the name has an أن of its own: "قالت لمى، التي
// اكتشفت أن ابنتها مريضة، إن".
func (a *arParse) pastRelative(v, open, to int) int {
	rel := find(v+1, open, func(i int) bool { return a.has(i, cRel) && a.comma(i-1) })
	if rel >= open || !a.has(open, cThat) || a.comma(open-1) {
		return open
	}
	at := find(open+1, to, func(i int) bool {
		return a.has(i, cThat) && a.comma(i-1) || a.isMark(i, ":") || a.isMark(i, "«“") && a.toks[i-1].kind == mark
	})
	if at == to {
		return open
	}
	return at
}

// withinRelative says whether the verb of saying at v only tells of a noun of
// the clause: "appeared X, who denies that …".
func (a *arParse) withinRelative(from, v int) bool {
	rel := find(from, v, func(i int) bool { return a.has(i, cRel) })
	return rel < v && rel > from && v-rel <= 3
}

// refuser remembers who would not confirm, for the "but she said" after it.
func (a *arParse) refuser() {
	for _, r := range a.regions {
		if r.op.name == "not confirmed" && r.hit.to-r.hit.from > 2 && a.has(r.hit.from, cVerb) {
			a.before.resolve(a.words(r.hit.from+1, r.hit.to-1), false)
		}
	}
}

// citedIn names whom the speaker quotes: "نقلا عن مسؤولين أن".
func (a *arParse) citedIn(from, end int) string {
	i := find(from, end, func(i int) bool {
		return a.is(i, "نقلا") && a.is(i+1, "عن") || a.is(i, "استنادا") &&
			a.is(i+1, "الی")
	})
	if i == end && arAscribes.has(a.form(from)) { // "نسبت الوكالة إلى المدير قوله إن"
		i = find(from+1, end, func(i int) bool { return a.is(i, "الی") }) - 1
	}
	if i == end && a.is(from, "علمت", "وعلمت", "علم", "وعلم") {
		i = find(from+1, end, func(i int) bool { return a.is(i, "من") }) - 1
	}
	if i == end && arRelays.has(a.form(from)) { // "ونقلت الوكالة عن مسؤولين أن"
		i = find(from+1, end, func(i int) bool { return a.is(i, "عن") }) - 1
	}
	if i >= end-1 || a.is(from+1, "الی") || i == from {
		return ""
	}
	return a.words(i+2, find(i+2, end, func(j int) bool {
		return a.comma(j) || a.has(j, cSay) || arHisWords.has(a.form(j)) || a.refuses(j)
	}))
}

// refuses says whether the relative clause of somebody who would not be named begins at i: "مسؤول رفض الكشف عن
// هويته".
func (a *arParse) refuses(i int) bool {
	return a.has(i, cVerb) && arDeclines.has(a.form(i))
}

// arDeclines are the verbs of somebody who would not be named.
var arDeclines = newWordList(`رفض رفضت رفضوا طلب طلبت طلبوا فضل فضلت اشترط اشترطت`)

// arHisWords stand between whom somebody quotes and what they said.
var arHisWords = newWordList(`قوله قولها قولهم قولهما القول تأكيده تأكيدها تأكيدهم`)

// arAscribes are the verbs of ascribing words to somebody.
var arAscribes = newWordList(`نسب نسبت ونسب ونسبت ينسب تنسب وينسب وتنسب`)

// arRelays are the verbs of passing on what another said.
var arRelays = newWordList(`نقل نقلت ونقل ونقلت ينقل تنقل وتنقل وينقل`)

// namedTo gives the end of a speaker who goes on after the comma at b: an office and then the name of who holds it, or
// two speakers with an office each. It gives b where neither is certain. What was said opens at open.
func (a *arParse) namedTo(from, b, open int) int {
	if b >= open || !a.comma(b) || b == from {
		return b
	}
	next := find(b+1, open, func(i int) bool { return a.comma(i) })
	if next < open && a.anyOf(from, b, cRole) && next-b <= 5 &&
		(!a.definite(b+1) || arTitles.has(a.form(b+1)) || adjectival(a.form(b+1)) && !a.definite(b+2)) &&
		find(b+1, next, func(i int) bool {
			return a.toks[i].kind != word || a.toks[i].class&^cNoun != 0 && !a.isAli(i) &&
				(!a.has(i, cVerb) || a.listedVerb(i, i+1))
		}) == next {
		return next
	}
	and := find(b+1, open, func(i int) bool {
		return a.comma(i-1) && strings.HasPrefix(a.form(i), "و") && a.toks[i].class&(cVerb|cPron|cSay) == 0 &&
			!a.is(i, "وهو", "وهی", "وهم", "وهما")
	})
	both := a.is(open, "انهما", "انهم", "بانهما", "بانهم", "انهن")
	if and == open || a.anyOf(b, open, cVerb|cRel) || !both && a.anyOf(b, open, cPrep) {
		return b
	}
	for c := open - 1; c > and; c-- { // "…، لصحيفة الميناء، أنهما": to whom they said it
		if a.comma(c) && (a.has(c+1, cPrep) || arTold.has(a.form(c+1))) {
			open = c
		}
	}
	for open > and && a.comma(open-1) {
		open--
	}
	return open
}

// nounOfSaying says whether the noun of saying at i takes أن just after.
func (a *arParse) nounOfSaying(i, to int) bool {
	return a.has(i+1, cThat) && i+1 < to || a.has(i+2, cThat) && i+2 < to
}

// dashed says whether what was said begins at i, after "X - at such a place -".
func (a *arParse) dashed(v, i int) bool {
	if !a.isMark(i-1, "-–") || i-1 <= v {
		return false
	}
	first := find(v+1, i-1, func(j int) bool { return a.isMark(j, "-–") })
	return first < i-1
}

// speaker names the subject of the verb of saying v: after it, before it, or
// the last source when the verb carries its subject.
func (a *arParse) speaker(from, v, open int) string {
	stopAt := func(i int) bool { return a.endsName(v, i, open) }
	if arAscribes.has(a.form(v)) && a.is(v+1, "الی") { // "نُسب إلى مسؤول القول إن"
		return a.before.resolve(a.words(v+2, find(v+2, open, func(i int) bool {
			return a.comma(i) || arHisWords.has(a.form(i))
		})), false)
	}
	if name := a.relayed(v, open); name != "" {
		return a.before.resolve(name, false)
	}
	if a.passiveMark(v) { // "it is expected that": nobody says who
		return ""
	}
	if a.written(v) { // "the report has it that"
		return a.before.resolve(a.words(v+2, find(v+2, open, func(i int) bool {
			return a.has(i, cRel) || a.comma(i)
		})), false)
	}
	if a.has(v, cAdding) { // the subject of the clause, or whoever spoke before
		if w := find(from, v, func(i int) bool { return a.has(i, cVerb) && !a.has(i, cAdding) }); w < v {
			stopAt := func(i int) bool { return a.endsName(w, i, v) }
			if b := a.subjectTo(w+1, find(w+1, v, stopAt)); b > w+1 && !a.has(w+1, cPron) && !a.ofSpeech(w+1) {
				return a.before.resolve(a.words(w+1, b), false)
			}
		}
		if a.source != "" {
			return a.source
		}
		if w := find(0, v, func(i int) bool { return a.has(i, cVerb) }); w < v && v-w <= 10 { // "ورد الوزير قائلا إن"
			stopAt := func(i int) bool { return a.endsName(w, i, v) }
			if b := a.subjectTo(w+1, find(w+1, v, stopAt)); b > w+1 && !a.has(w+1, cPron) && !a.ofSpeech(w+1) {
				return a.before.resolve(a.words(w+1, b), false)
			}
		}
		return a.before.resolve(a.unnamed(v), true)
	}
	if a.is(from, "اما") && a.joined[v] && v-from <= 12 { // "أما المدير، ماهر، فيقول إن"
		return a.before.resolve(a.words(from+1, v), false)
	}
	if v > from && a.has(v-1, cThat) && !a.is(v-2, "سبق", "وسبق") { // "فإنه يذكر": the subject is the pronoun before it
		return a.before.resolve(a.unnamed(v), true)
	}
	if !a.has(v, cVerb) && a.has(v+2, cThat) && a.definite(v+1) && !a.has(v+1, cTime) { // "إعلان البنك أن"
		return a.before.resolve(a.words(v+1, v+2), false)
	}
	if !a.has(v, cVerb) { // the subject of the verb before the noun of saying
		if w := find(from, v, func(i int) bool { return a.has(i, cVerb) }); w < v {
			v = w
		}
	}
	if name := a.hadSaid(from, v); name != "" {
		return a.before.resolve(name, false)
	}
	if v > from && v-from <= 4 && !a.joined[v] && !a.is(from, "کما") &&
		!a.anyOf(from, v, cPrep|cVerb|cWhen|cThat|cRel|cTime|cPron|cBut|cSource) && a.toks[v-1].kind == word &&
		a.toks[from].kind == word {
		return a.before.resolve(a.words(from, v), false) // the subject stands first
	}
	if name := a.study(v+1, open); name != "" {
		return a.before.resolve(name, false)
	}
	if arTold.has(a.form(v+1)) || strings.HasPrefix(a.form(v+1), "لوکالة") { // "وقال لوكالة الساحل مسؤول محلي إن"
		s := find(v+2, open, func(i int) bool { return a.has(i, cRole) || arWithin.has(a.form(i)) })
		if s < open {
			return a.before.resolve(a.words(s, find(s+1, open, stopAt)), false)
		}
	}
	at := a.nameFrom(v, open)
	b := find(at, open, stopAt)
	if arTakesObject.has(a.form(v)) {
		if b-v > 2 && strings.HasPrefix(a.form(open), "ب") && a.definite(b-1) && !adjectival(a.form(b-1)) &&
			!arEpithets.has(a.form(b-1)) {
			b-- // "وصف الأمين العام الوضع بأنه"
		}
		b = a.subjectTo(at, b)
	}
	b = a.namedTo(at, a.beyond(at, a.counterpart(b, open), open), open)
	if b > at && !a.has(at, cPron) && !a.is(at, "النقاب", "الستار") {
		return a.before.resolve(a.words(at, b), false)
	}
	if v > from && !a.joined[v] {
		s := from
		if a.has(s, cBut) {
			s++
		}
		if c := find(from, v, func(i int) bool { return a.comma(i) }); c < v-1 {
			s = c + 1
		}
		if !a.has(s, cPrep|cVerb|cWhen|cThat|cRel|cAux) && !a.is(s, "کما") && a.count(s, v) <= 6 && a.count(s, v) > 0 {
			return a.before.resolve(a.words(s, v), a.has(s, cPron))
		}
	}
	if name := a.subjectOf(v); name != "" && a.source == "" && a.before.sourced < a.before.now {
		return a.before.resolve(name, false)
	}
	return a.before.resolve(a.unnamed(v), true)
}

// hadSaid names X in "كان X قد ذكر أن".
func (a *arParse) hadSaid(from, v int) string {
	end := v
	if end > from && a.is(end-1, "قد") {
		end--
	}
	was := find(from, end, func(i int) bool { return arBeing.has(a.form(i)) })
	if was >= end-1 || a.anyOf(was+1, end, cVerb|cThat|cRel|cPron) {
		return ""
	}
	return a.words(was+1, find(was+1, end, func(i int) bool { return a.comma(i) || a.has(i, cPrep) }))
}

// arTold are those to whom something is told: they are no part of a name.
var arTold = newWordList(`للصح* للإعلام* للإذاع* للتلفز* للوكال* للجزير* للقنا* للنواب للمراسل* لقناة لإذاعة
	لرويترز لموقع لمراسل* لبي لصحيف* لشبك* لمجل* لراديو لقنات* مراسلنا مراسلها مراسلتنا الصحفيين الصحافيين لسي`)

// unnamed is the pronoun for a speaker whom only the ending of the verb names.
func (a *arParse) unnamed(v int) string {
	w := a.form(v)
	switch {
	case strings.HasSuffix(w, "وا") || strings.HasSuffix(w, "ون"):
		return "هم"
	case strings.HasSuffix(w, "ت") || strings.HasPrefix(w, "ت"):
		return "هي"
	}
	return "هو"
}

// testimony marks شهد with بأن as a verb of saying; without it a year sees what happens in it.
func (a *arParse) testimony() {
	for i := range a.toks {
		if !arTestifies.has(a.form(i)) {
			continue
		}
		that := find(i+1, min(a.n, i+12), func(j int) bool { return a.has(j, cVerb) || a.has(j, cThat) })
		if that < min(a.n, i+12) && strings.HasPrefix(a.form(that), "ب") && a.has(that, cThat) {
			a.toks[i].class |= cSay
		}
	}
}

// ascribed marks نسب with قوله as a verb of saying.
func (a *arParse) ascribed() {
	for i := range a.toks {
		if arAscribes.has(a.form(i)) && find(i+1, min(a.n, i+16), func(j int) bool {
			return arHisWords.has(a.form(j))
		}) < min(a.n, i+16) {
			a.toks[i].class |= cSay | cVerb
		}
		if a.is(i, "علمت", "وعلمت", "علم", "وعلم") { // "وعلمت الأفق من مصادر أن"
			from := find(i+1, min(a.n, i+7), func(j int) bool { return a.is(j, "من") })
			if from < min(a.n, i+7) && arWithin.has(a.form(from+1)) {
				a.toks[i].class |= cSay | cVerb
			}
		}
	}
}

// answers marks ورد as "and answered" where what was answered follows; else it tells that something arrived.
func (a *arParse) answers() {
	for i := range a.toks {
		if !arAnswers.has(a.form(i)) {
			continue
		}
		end := min(a.n, i+7)
		if find(i+1, end, func(j int) bool {
			return a.has(j, cThat) && strings.HasPrefix(a.form(j), "ب") || a.is(j, "قایلا", "قایلة", "قایلین", "بالقول")
		}) < end {
			a.toks[i].class, a.joined[i] = cSay|cVerb, true
		}
	}
}

// arAnswers are the forms of "and answered" that may be another verb.
var arAnswers = newWordList(`ورد وردت وردوا ويرد وترد`)

// arTestifies are the forms of "testified".
var arTestifies = newWordList(`شهد شهدت شهدوا شهدا وشهد وشهدت وشهدوا يشهد تشهد ويشهد وتشهد`)
