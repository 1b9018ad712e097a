package extract

import "strings"

// arabic is the grammar of Arabic: the verb opens its clause, so a clause
// begins at a verb that و joins, at أن, at a relative pronoun or a conjunction.
var arabic = grammar{words: arabicWordsOf, parse: parseArabic}

// arParse walks an Arabic sentence from left to right in writing order.
type arParse struct {
	*parse
	n      int
	joined []bool // a و or ف is attached to the token
	source string
	outer  string // the source named in front of the whole sentence
	apps   [][2]int
	rel    int // the relative pronoun of a clause whose own verb stands after its relative clause
	told   int // and where that verb stands
}

// parseArabic cuts an Arabic sentence.
func parseArabic(p *parse) {
	a := &arParse{parse: p, n: len(p.toks), joined: make([]bool, len(p.toks))}
	markArabic(p.line, a.joined)
	a.testimony()
	a.ascribed()
	a.answers()
	a.standing()
	if !a.anyOf(0, a.n, cVerb) && !a.has(0, cSource) && !a.namesSource() { // a caption or a headline without a verb
		a.add(0, a.n, piece{})
		return
	}
	if a.on(ruleApposition) {
		a.appositions()
	}
	if a.on(ruleParenthesis) {
		a.ages()
	}
	start := 0
	if a.is(0, "اقرا", "شاهد") && a.is(1, "المزید", "ایضا") { // the label of a link
		start = 2
	}
	p.govern(a.cuts(0, a.n))
	a.refuser()
	if c := a.labelEnd(); c > 0 && start == 0 && a.on(ruleSpeech) {
		a.source, start = a.before.resolve(a.words(0, c), false), c+1
		a.outer = a.source
	}
	if c := a.quotedLabel(); c > 0 && start == 0 && a.on(ruleSpeech) {
		a.source, start = a.before.resolve(a.words(0, c), false), c+1
		a.outer = a.source
	}
	start, end := a.outerSource(start, a.n)
	if a.source == "" && a.on(ruleSpeech) {
		start = a.interposed(start, end)
	}
	cuts := a.cuts(start, end)
	for k := 0; k+1 < len(cuts); k++ {
		a.clause(cuts[k], cuts[k+1])
	}
}

// cuts gives the token at which each clause begins, and the end.
func (a *arParse) cuts(start, end int) []int {
	out := []int{start}
	for i := start + 1; i < end; i++ {
		if i-out[len(out)-1] >= 2 && !a.binds(i) && a.opens(i, out[len(out)-1], end) {
			out = append(out, i)
		}
	}
	return append(out, end)
}

// opens says whether a clause begins at token i; from is where the current one did.
func (a *arParse) opens(i, from, end int) bool {
	t := a.toks[i]
	if t.depth > 0 {
		return false
	}
	if a.stop(i-1) && a.count(i, end) >= 3 {
		return true
	}
	if t.kind != word {
		return false
	}
	if a.unknownThat(from, i) {
		return false
	}
	verbAhead := a.anyOf(i, find(i, min(end, i+6), func(j int) bool { return a.isMark(j, ":") }), cVerb)
	switch {
	case a.joined[i] && t.class&cVerb != 0 && strings.HasPrefix(t.form, "ف") && a.anyOf(from, from+1, cIf):
		return false // إذا … ف…: one claim
	case a.joined[i] && t.class&cVerb != 0 || t.form == "و" && a.has(i+1, cVerb):
		return a.on(ruleCoordination) && a.anyOf(from, i, cVerb) && a.count(i, end) >= 2
	case t.class&cAdding != 0 && a.nounOfSaying(i, end) && !strings.HasPrefix(t.form, "بال"):
		return a.on(ruleSpeech)
	case t.form == "کما" && a.has(i+1, cVerb):
		stop := find(i, end, func(j int) bool { return a.stop(j) || a.fullStop(j) })
		return a.on(ruleCoordination) && a.anyOf(from, i, cVerb) && a.count(i, stop) >= 3
	case a.joined[i] && t.class&cNot != 0 && a.has(i+1, cVerb):
		return a.on(ruleCoordination) && a.count(i, end) >= 3
	case a.joined[i] && t.class&(cCause|cThat|cIf) != 0 && a.on(ruleCoordination):
		return a.count(i, end) >= 4
	case t.class&cCause != 0 && a.on(ruleSubordinate) && !a.has(i-1, cPrep|cThat):
		return a.count(i, end) >= 4 && (!arForNoun.has(t.form) || verbAhead)
	case a.is(i, "وقد", "ولقد") && a.has(i+1, cVerb), a.is(i, "لذا", "لذلک", "ولذا", "ولذلک", "وبالتالی"):
		return a.on(ruleCoordination) && a.anyOf(from, i, cVerb) && a.count(i, end) >= 4
	case t.form == "بل" && a.nearbyToken(from, i,
		"فحسب", "فقط", "یکتف", "تکتف", "یقتصر", "تقتصر"): // not only A, but B
		return a.on(ruleCoordination)
	case t.class&cBut != 0 && a.comma(i-1) && t.form != "بل" && (t.form != "غیر" || a.is(i+1, "ان", "انه", "انها")):
		return verbAhead && a.on(ruleCoordination)
	case a.comma(i-1) && a.is(i, "رغم", "برغم", "علی") && (a.is(i+1, "ان", "انه", "انها") || a.is(i+1, "الرغم")):
		return verbAhead && a.on(ruleSubordinate) && a.anyOf(from, i, cVerb) && a.count(i, end) >= 4
	case a.is(i, "فضلا") && a.is(i+1, "عن"):
		return a.count(i, end) >= 4 && a.on(ruleCoordination)
	case t.class&cWhen != 0 && t.class&cPrep == 0:
		return a.on(ruleSubordinate) && verbAhead && a.count(i, end) >= 4
	case a.comma(i-1) && t.class&cThat == 0 && a.fronted(from, i):
		return a.on(ruleAdjunct) && a.anyOf(i, min(end, i+3), cVerb)
	}
	return a.splitByApposition(i, from, end)
}

// arForNoun are words for "because of", after which a noun may stand that is no claim.
var arForNoun = newWordList(`بسبب نتيجة إثر جراء نظرا كون`)

// unknownThat says whether an أن before i hands what follows to a verb or noun
// that is not known to state it: what it governs stays in one piece.
func (a *arParse) unknownThat(from, i int) bool {
	if !a.on(ruleFaithful) {
		return false
	}
	that := find(from+1, i, func(j int) bool {
		return a.has(j, cThat) && !a.joined[j] && !a.has(j-1, cPrep|cBut|cWhen|cCause|cAnd)
	})
	return that < i && !a.anyOf(from, that, cSay) && !a.comma(i-1)
}

// fronted says whether [from,i) is an adverbial clause in front of the main one,
// long enough to be a claim of its own.
func (a *arParse) fronted(from, i int) bool {
	if a.is(from, "مع", "رغم", "برغم") && a.is(from+1, "ان", "انه", "انها") { // although
		return a.count(from, i) >= 4
	}
	return a.count(from, i) >= 6 && a.anyOf(from, i, cVerb) && !a.is(from, "سعیا", "وسعیا") &&
		(a.has(from, cWhen|cPrep|cTime) || a.joined[from])
}

// splitByApposition parts a clause where an apposition between commas ends.
func (a *arParse) splitByApposition(i, from, end int) bool {
	for _, app := range a.apps {
		if app[1] == i && app[0] > from {
			return a.count(i, end) >= 3 && !a.complement(from, i, end)
		}
	}
	return false
}

// complement says whether the أن of a verb of saying before i opens after it,
// perhaps behind the person who was told.
func (a *arParse) complement(from, i, end int) bool {
	reach := i + 5
	if find(from, i, func(j int) bool { return a.has(j, cSay) && a.has(j, cVerb) }) < i {
		reach = i + 20
	}
	reach = min(end, reach)
	return find(i, reach, func(j int) bool { return a.has(j, cThat) || reach > i+5 && a.isMark(j, ":“\"") }) < reach
}

// clause notes the clause [from,to): what a verb of saying reports, or itself;
// and the relative clauses inside it.
func (a *arParse) clause(from, to int) {
	if p, ok := a.speech(from, to); ok {
		from = p
	} else if a.source != "" && (a.keptBack(from) || a.deniesIt(from, to) || a.contradicts(from, to)) {
		a.source = a.outer
	}
	if a.is(from, "لذا", "لذلک", "ولذا", "ولذلک") {
		from++
	}
	if a.is(from, "غیر", "بید") && a.is(from+1, "ان", "انه", "انها") ||
		from > 0 && a.is(from, "رغم", "برغم") && a.is(from+1, "ان", "انه", "انها") {
		from += 2
	}
	if a.has(from, cCause) {
		from++
	}
	if a.has(from, cThat) && from < to && (!a.joined[from] || strings.HasPrefix(a.form(from), "ف")) {
		from++
	}
	if a.is(from, "فضلا") {
		from = min(from+3, to)
	}
	for _, app := range a.apps { // what stands before and after an apposition
		if app[0] <= from || app[0] >= to {
			continue
		}
		if a.anyOf(from, app[0], cVerb) && !a.anyOf(app[1], to, cVerb) {
			continue // the clause goes on after it
		}
		if a.count(from, app[0]) >= 3 && (a.anyOf(from, app[0], cVerb|cPlan) || a.count(from, app[0]) >= 6) &&
			!(a.anyOf(from, app[0], cSay) && a.count(from, app[0]) <= 4 && !a.anyOf(from, app[0], cTime)) {
			a.plainClause(from, app[0])
		}
		from = min(app[1], to)
	}
	if a.count(from, to) >= 4 || a.anyOf(from, to, cVerb) ||
		a.source != "" && a.count(from, to) >= 2 {
		a.plainClause(from, to)
	}
}

// plainClause notes [from,to) with its relative clauses and lists.
func (a *arParse) plainClause(from, to int) {
	opens := find(from, to, func(i int) bool { return a.toks[i].kind != mark })
	short := a.count(from, to) < 3 && !(a.count(from, to) == 2 && a.has(opens, cVerb))
	told := a.source != "" && a.count(from, to) == 2
	if short && (from > 0 || to < a.n-1) && !told || a.appositive(from, to) {
		return
	}
	if a.on(ruleRelative) {
		to = a.relatives(from, to)
	}
	q := piece{role: asClause, source: a.source}
	if a.source != "" {
		q.role = asContent
	} else if a.on(ruleSpeech) {
		q.source = a.disputant(from, to)
	}
	if a.told > from && a.told < to && a.on(ruleCarry) { // the noun, its relative clause, and then its verb
		q.lead, from = a.words(from, a.rel), a.told
	}
	a.told = 0
	a.add(from, to, q)
}

// disputant names the subject of a clause that denies, accuses or criticises.
func (a *arParse) disputant(from, to int) string {
	v := find(from, to, func(i int) bool { return a.has(i, cVerb) })
	if a.withinRelative(from, v) {
		return ""
	}
	if !a.has(v, cDeny) && !arReports.has(a.form(v)) &&
		!a.is(v, "اتهم", "اتهمت", "واتهم", "واتهمت", "انتقد", "انتقدت", "وانتقد", "وانتقدت", "ادان",
			"ادانت", "وادان", "وادانت") && !arDoubts.has(a.form(v)) {
		return ""
	}
	if a.has(v, cDeny) && !a.denies(v) { // who refuses a bid or a budget reports nothing
		return ""
	}
	if v > from && !a.joined[v] && a.count(from, v) <= 5 && !a.has(from, cPrep|cNot|cWhen) {
		s := from
		if a.has(s, cBut) {
			s++
		}
		if s < v {
			return a.before.resolve(a.words(s, v), a.has(s, cPron))
		}
	}
	return a.before.resolve(a.words(v+1, a.disputantTo(v, to)), false)
}

// disputantTo gives the end of the subject after the verb v of a clause that ends at to.
func (a *arParse) disputantTo(v, to int) int {
	named, reports := a.definite(v+1), arReports.has(a.form(v))
	// "انتقد مدرب نجوم الجبل كريم بوعزة قرارات الحكم"
	if (!named || a.is(v+2, "باسم")) && a.has(v+1, cRole) && !reports {
		if b := a.subjectTo(v+1, find(v+1, to, func(i int) bool { return a.endsName(v, i, to) })); b-v > 2 {
			return b
		}
	}
	e := v + 1
	for e < to && e-v <= 8 {
		if e > v+1 && a.calledSo(e, to) { // منظمة «عين الحق»
			e = 1 + find(e+1, to-1, func(i int) bool { return a.closesName(i) })
			continue
		}
		if e-v > 5 || a.toks[e].kind != word || a.toks[e].class&(cPrep|cThat|cVerb|cDet) != 0 ||
			e > v+1 && !adjectival(a.toks[e].form) && named != a.definite(e) && !(e == v+2 && !named) {
			break
		}
		if e > v+2 && !named && !a.definite(e) && a.definite(e-1) && a.definite(e+1) && !a.anyOf(v+1, e, cRole) {
			break // "اتهم رجال الإنقاذ أصحاب الفندق"
		}
		if e > v+1 && reports && (a.withBa(e) || a.definite(e) && a.definite(e-1) && !adjectival(a.form(e))) {
			break // "أفاد مصدر بوصول جرحى", "أرجع الأخير التأخير إلى"
		}
		e++
		if e == v+2 && e+1 < to && arTitles.has(a.form(v+1)) && a.toks[e].kind == word && !a.definite(e) &&
			a.toks[e].class&^cNoun == 0 {
			return e + 2 // the title, the given name and the surname
		}
	}
	return e
}

// withBa says whether the noun at i has the preposition ب: بوصول.
func (a *arParse) withBa(i int) bool {
	return strings.HasPrefix(a.form(i), "ب") && !a.is(i, "باسم", "بن", "بنت", "بنک") && !a.definite(i)
}

// arReports are verbs of reporting whose content may be a noun: "أفاد مصدر طبي بوصول سبعة جرحى".
var arReports = newWordList(`أفاد أفادت أفادوا وأفاد وأفادت وأفادوا يفيد تفيد
	أرجع أرجعت أرجعوا وأرجع وأرجعت عزا عزت وعزا وعزت`)

// arTitles stand before the name of a person, and arDoubts are the verbs of doubting.
var (
	arTitles = newWordList(`النائب النائبة الوزير الوزيرة السيناتور الرئيس الرئيسة الدكتور الدكتورة الخبير الخبيرة
		المحامي
		المحامية القاضي القاضية المدعي الأستاذ الأستاذة السيد السيدة المهندس المهندسة اللواء العميد الشيخ الأمير
		العقيد
		المرشح المرشحة الناشط الناشطة الصحفي الصحفية المعارض المعارضة`)
	arDoubts = newWordList(`يشكك تشكك يشككون شكك شككت شككوا ويشكك وتشكك وشكك وشككت وشككوا يشتبه تشتبه ويشتبه وتشتبه`)
)

// adjectival says whether a word has the ending of an adjective of relation or
// of a plural that agrees with one.
func adjectival(w string) bool {
	for _, end := range []string{"ی", "یة", "یه", "یون", "یین", "ون", "ین"} {
		if strings.HasSuffix(w, end) {
			return true
		}
	}
	return false
}

// appositive says whether all of [from,to) lies within an apposition.
func (a *arParse) appositive(from, to int) bool {
	for _, app := range a.apps {
		if app[0] <= from && to <= app[1] {
			return true
		}
	}
	return false
}

// keptBack says whether the clause at i tells what nobody would say: "ولم تؤكد الرئاسة ذلك", "لكنها لم تذكر أسماءهم".
// That is the article's.
func (a *arParse) keptBack(i int) bool {
	v := i + 1
	if a.has(i, cBut) {
		v = i + 2
	} else if !a.joined[i] {
		return false
	}
	return a.has(v-1, cNot) && (a.has(v, cSay) || arKeepsBack.has(a.form(v)))
}

// deniesIt says whether the clause [from,to) tells that somebody else denied what was said: "لكن الجيش نفى ذلك".
func (a *arParse) deniesIt(from, to int) bool {
	v := find(from, to, func(i int) bool { return a.has(i, cDeny) && a.has(i, cVerb) })
	return a.has(from, cBut) && v < to && v > from+1 && v-from <= 5 && !a.joined[v] && a.denies(v) &&
		!a.anyOf(from+1, v, cPron|cVerb|cThat) && a.is(v+1, "ذلک", "هذا", "الامر", "الخبر", "الاتهام", "الاتهامات",
		"صحة", "هذه")
}

// contradicts says whether the clause [from,to) takes back what was said before it: "لكن ذلك لم يحدث", "لكنه لم يحدث".
func (a *arParse) contradicts(from, to int) bool {
	k := from + 1
	if a.is(k, "ذلک", "هذا", "شیئا", "ای", "الامر", "هذه") {
		k++
	}
	return a.has(from, cBut) && a.count(from, to) <= 5 && (a.has(k, cNot) || a.is(k, "غیر")) &&
		(a.is(k+1, "یحدث", "تحدث", "یحصل", "یقع", "صحیح", "صحیحا", "دقیق", "دقیقا", "یتم") || a.is(k-1, "ذلک", "هذا"))
}

// arKeepsBack are verbs of telling more, in the jussive.
var arKeepsBack = newWordList(`تذكر يذكر تقدم يقدم تعط يعط توضح يوضح تكشف يكشف تحدد يحدد تعلق يعلق ترد يرد تؤكد يؤكد
	تنف ينف تفصح يفصح تشر يشر
	تدل يدل يصدر تصدر`)

// nearbyToken says whether one of the forms stands in [from,to).
func (a *arParse) nearbyToken(from, to int, forms ...string) bool {
	return find(from, to, func(i int) bool { return a.is(i, forms...) }) < to
}
