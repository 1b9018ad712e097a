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
			a.isMark(i, "“«\"") && (i <= v+6 || a.toks[i-1].kind == mark) || i > v+2 && a.stop(i-1) || a.dashed(v, i)
	})
	if open == to {
		return from, false
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
	if said <= 3 && !(said >= 2 && a.anyOf(open+1, to, cVerb)) && !counted {
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
	if i == end && arRelays.has(a.form(from)) { // "ونقلت الوكالة عن مسؤولين أن"
		i = find(from+1, end, func(i int) bool { return a.is(i, "عن") }) - 1
	}
	if i >= end-1 {
		return ""
	}
	return a.words(i+2, find(i+2, end, func(j int) bool {
		return a.comma(j) || a.has(j, cSay) || a.is(j, "قوله", "قولها", "قولهم", "قولهما")
	}))
}

// arRelays are the verbs of passing on what another said.
var arRelays = newWordList(`نقل نقلت ونقل ونقلت ينقل تنقل وتنقل وينقل`)

// namedTo gives the end of a speaker who goes on after the comma at b: an office and then the name of who holds it, or
// two speakers with an office each. It gives b where neither is certain. What was said opens at open.
func (a *arParse) namedTo(from, b, open int) int {
	if b >= open || !a.comma(b) || b == from {
		return b
	}
	next := find(b+1, open, func(i int) bool { return a.comma(i) })
	if next < open && a.anyOf(from, b, cRole) && next-b <= 5 && !a.definite(b+1) && find(b+1, next, func(i int) bool {
		return a.toks[i].kind != word || a.toks[i].class&^cNoun != 0
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
	stopAt := func(i int) bool {
		if a.is(i, "العام", "العامة") && a.has(i-1, cRole) {
			return false // the attorney general, no year
		}
		if i > v+1 && i == open-1 && a.has(i, cVerb) && !a.listedVerb(i, i+1) {
			return false // a surname in the shape of a verb
		}
		return a.toks[i].kind == mark && a.toks[i].depth == 0 && !a.abbreviates(i) ||
			a.is(i, "وهو", "وهی", "عقب", "مرارا", "نقلا", "ردا", "جوابا", "امس", "خلال", "اثناء") ||
			a.has(i, cPrep|cThat|cTime|cVerb) && !a.isAli(i) || i > v+1 && a.has(i, cReport) ||
			a.is(i, "ایضا", "انه", "انها") || a.objectAt(v, i) ||
			strings.HasPrefix(a.toks[i].form, "لوکالة") || strings.HasPrefix(a.toks[i].form, "لصحیفة") ||
			i > v+1 && arTold.has(a.toks[i].form)
	}
	if a.passiveMark(v) { // "it is expected that": nobody says who
		return ""
	}
	if a.written(v) { // "the report has it that"
		return a.before.resolve(a.words(v+2, open), false)
	}
	if a.has(v, cAdding) { // whoever spoke before
		if a.source != "" {
			return a.source
		}
		if w := find(0, v, func(i int) bool { return a.has(i, cVerb) }); w < v && v-w <= 10 { // "ورد الوزير قائلا إن"
			if b := find(w+1, v, stopAt); b > w+1 && !a.has(w+1, cPron) {
				return a.before.resolve(a.words(w+1, b), false)
			}
		}
		return a.before.resolve(a.unnamed(v), true)
	}
	if v > from && a.has(v-1, cThat) { // "فإنه يذكر": the subject is the pronoun before it
		return a.before.resolve(a.unnamed(v), true)
	}
	if !a.has(v, cVerb) { // the subject of the verb before the noun of saying
		if w := find(from, v, func(i int) bool { return a.has(i, cVerb) }); w < v {
			v = w
		}
	}
	if name := a.hadSaid(from, v); name != "" {
		return a.before.resolve(name, false)
	}
	if v > from && v-from <= 4 && !a.joined[v] &&
		!a.anyOf(from, v, cPrep|cVerb|cWhen|cThat|cRel|cTime|cPron|cBut|cSource) && a.toks[v-1].kind == word &&
		a.toks[from].kind == word {
		return a.before.resolve(a.words(from, v), false) // the subject stands first
	}
	b := a.namedTo(v+1, a.counterpart(find(v+1, open, stopAt), open), open)
	if b > v+1 && !a.has(v+1, cPron) {
		return a.before.resolve(a.words(v+1, b), false)
	}
	if v > from && !a.joined[v] {
		s := from
		if a.has(s, cBut) {
			s++
		}
		if c := find(from, v, func(i int) bool { return a.comma(i) }); c < v-1 {
			s = c + 1
		}
		if !a.has(s, cPrep|cVerb|cWhen|cThat|cRel|cAux) && a.count(s, v) <= 6 && a.count(s, v) > 0 {
			return a.before.resolve(a.words(s, v), a.has(s, cPron))
		}
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

// outerSource reads "وفقا ل X،" in front and ", وفقا ل X" at the end, and gives
// the tokens between.
func (a *arParse) outerSource(from, to int) (int, int) {
	if !a.on(ruleSpeech) {
		return from, to
	}
	if c := find(from, min(to, from+4), func(i int) bool { return a.comma(i) }); c < min(to, from+4) && c > from &&
		!a.anyOf(from, c, cVerb) && (a.has(c+1, cSource) || a.has(c+1, cSay)) {
		from = c + 1 // "بالتالي،"
	}
	if at := a.viewOf(from); at > from {
		if c := find(at, min(to, at+12), func(i int) bool { return a.comma(i) }); c < min(to, at+12) && c > at {
			a.source = a.sourceWords(at, c)
			a.outer = a.source
			return c + 1, to
		}
	}
	if a.has(from, cSource) {
		if c := find(from+1, min(to, from+14), func(i int) bool { return a.comma(i) }); c < min(to, from+14) {
			a.source = a.sourceWords(from+1, c)
			a.outer = a.source
			return c + 1, to
		}
	}
	if c, name := a.trailing(from, to); name != "" {
		a.source = name
		a.framed(c+1, to)
		return from, c
	}
	for i := from + 2; i < to; i++ {
		// "…، كما أفادت الصحيفة"
		if a.is(i, "کما", "حسبما") && a.has(i+1, cSay) && a.comma(i-1) && to-i <= 9 && !a.anyOf(i, to, cThat) {
			a.source = a.before.resolve(a.words(i+2, to), false)
			a.framed(i, to)
			return from, i
		}
		if a.interjected(i, to) {
			return from, to
		}
		if a.has(i, cSource) && a.comma(i-1) && !a.joined[i] {
			end := find(i+1, to, func(j int) bool { return a.comma(j) })
			if end < to-1 || end-i > 9 {
				continue
			}
			if name := a.study(i+1, end); name != "" {
				a.source = a.before.resolve(name, false)
				a.framed(i, to)
				return from, i
			}
			// "as was announced at …": a claim of its own
			if !a.saidBy(i+1) && a.anyOf(i+1, end, cVerb) || strings.HasPrefix(a.form(i), "حسبما") {
				a.add(i, end, piece{role: asSpeech})
				return from, i
			}
			a.source = a.sourceWords(i+1, end)
			return from, i
		}
	}
	return from, to
}

// viewOf gives the token after "من وجهة نظر" or "في رأي" at i, or i; "from an economic point of view" is nobody's.
func (a *arParse) viewOf(i int) int {
	at := i
	switch {
	case a.is(i, "من") && a.is(i+1, "وجهة", "وجهه") && a.is(i+2, "نظر"):
		at = i + 3
	case a.is(i, "فی") && a.is(i+1, "رای", "نظر", "تقدیر", "اعتقاد"):
		at = i + 2
	case a.is(i, "برای") && !a.joined[i] && a.definite(i+1):
		at = i + 1
	}
	if at > i && a.comma(at+1) && !a.definite(at) && adjectival(a.form(at)) {
		return i
	}
	return at
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

// answers marks ورد as "and answered" where what was answered follows; else it tells that something arrived.
func (a *arParse) answers() {
	for i := range a.toks {
		if !arAnswers.has(a.form(i)) {
			continue
		}
		end := min(a.n, i+7)
		if find(i+1, end, func(j int) bool {
			return a.has(j, cThat) && strings.HasPrefix(a.form(j), "ب") || a.is(j, "قایلا", "قایلة", "قایلین")
		}) < end {
			a.toks[i].class, a.joined[i] = cSay|cVerb, true
		}
	}
}

// arAnswers are the forms of "and answered" that may be another verb.
var arAnswers = newWordList(`ورد وردت وردوا ويرد وترد`)

// arTestifies are the forms of "testified".
var arTestifies = newWordList(`شهد شهدت شهدوا شهدا وشهد وشهدت وشهدوا يشهد تشهد ويشهد وتشهد`)

// sourceWords is the name in "ل X التي …", without the attached preposition.
func (a *arParse) sourceWords(from, to int) string {
	if a.saidBy(from) {
		from += 2
	}
	b := find(from, to, func(i int) bool { return a.has(i, cRel) || a.comma(i) })
	name := a.words(from, b)
	if rest, ok := strings.CutPrefix(name, "لل"); ok {
		name = "ال" + rest
	} else if rest, ok := strings.CutPrefix(name, "ل"); ok && !strings.HasPrefix(name, "لو") {
		name = rest
	}
	return a.before.resolve(name, false)
}

// interjected reads "P، بحسب X، P" at i, and keeps its words where they stand.
func (a *arParse) interjected(i, to int) bool {
	if !a.has(i, cSource) || !a.comma(i-1) || a.joined[i] {
		return false
	}
	end := find(i+1, min(to, i+10), func(j int) bool { return a.comma(j) })
	if end >= min(to-1, i+10) || a.anyOf(i+1, end, cVerb) || a.count(end, to) < 2 {
		return false
	}
	a.source = a.sourceWords(i+1, end)
	a.framed(i, end)
	for k := max(1, i-1); k <= end+1 && k < len(a.bound); k++ {
		a.bound[k] = true
	}
	return true
}
