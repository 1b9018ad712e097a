package extract

import "strings"

// extend moves the end of a clause over what still belongs to it: a verb that
// no mark or joining word follows is not the last one, and a verb of wanting
// takes its تا or که clause along.
func (f *faParse) extend(start, end int) int {
	for end < f.n {
		next := f.verbEnd(end, f.n)
		switch {
		case f.binds(end) && next >= 0:
		case f.is(end, "یا") && f.is(end+1, "نه", "خیر"):
			return end + 2
		case next < 0 || !f.on(ruleCoordination) && !f.on(ruleSubordinate):
			return f.tail(end)
		case f.is(end, "که") && (f.cleft(start, end) || f.irrealis(start, end, next)):
		case f.is(end, "تا") && f.on(ruleFaithful) && subjunctive(f.toks[next-1].form): // what for
		case f.is(end, "که", "تا") && (f.wants(start, end) || !f.on(ruleSubordinate)):
		case f.parts(end) && (f.count(f.opening(end), next) >= 2 || f.has(next-1, cSay)):
			return end
		}
		end = next
	}
	return end
}

// cleft says whether "this is not the first time that …": a copula whose که
// clause is its subject, so that the two are one claim.
func (f *faParse) cleft(start, end int) bool {
	if !f.is(end-1, "است", "نیست", "بود", "نبود") {
		return false
	}
	return f.is(start, "این", "آن") || f.is(end-1, "نیست", "نبود") || f.count(start, end) <= 5 || f.has(start, cTime)
}

// irrealis says whether که after the verb of [start,end) opens what the verb
// does not state: the verb is negated, or what follows is in the subjunctive.
func (f *faParse) irrealis(start, end, next int) bool {
	if !f.on(ruleFaithful) {
		return false
	}
	v := f.toks[end-1].form
	if strings.HasPrefix(v, "ن") && !faUnaware.has(v) && !f.nearby(max(start, end-4), end, faAware) &&
		!f.has(end-1, cNoun) {
		return true
	}
	return subjunctive(f.toks[next-1].form)
}

// faUnaware are verbs whose content holds though they are negated: nobody knew it.
var (
	faUnaware = newWordList(`نمی‌دانست* نمیدانست* ندانست* نفهمید* نشنید* نشناخت* نمی‌فهمید*`)
	faAware   = newWordList(`خبر اطلاع متوجه آگاه باخبر یاد تکذیب انکار رد پنهان`)
)

// subjunctive tells the forms of verbs that state nothing: باشد, کند, بگیرد.
func subjunctive(w string) bool {
	if faSubjunctive.has(w) {
		return true
	}
	r := []rune(w)
	return len(r) >= 4 && r[0] == 'ب' &&
		(strings.HasSuffix(w, "د") || strings.HasSuffix(w, "یم")) && !faIndicative.has(w)
}

var (
	faSubjunctive = newWordList(`باشد باشند باشیم نباشد
		نباشند کند کنند کنیم نکند نکنند شود شوند شویم نشود نشوند دهد دهند
		ندهد ندهند گیرد گیرند نگیرد گردد گردند نگردد یابد یابند زند زنند رود روند آید آیند گذارد گذارند سازد سازند بیند
		بینند گوید گویند داند دانند`)
	faIndicative = newWordList(`بود بودند برد بردند بخشید بخشیدند
		برگزید برگزیدند بلعید بوسید بارید باریدند برید بریدند بافتند
		باختند بستند بازگشتند برگشتند برخوردند برداشتند بازماندند برآمدند برید بازداشتند بالید بلند باد`)
)

// tail gives the end of the sentence when what is left cannot stand alone.
func (f *faParse) tail(end int) int {
	if f.toks[end].kind == mark && f.count(end, f.n) > 0 && f.stop(end) {
		return end
	}
	return f.n
}

// parts says whether token i separates two clauses.
func (f *faParse) parts(i int) bool {
	return f.toks[i].kind == mark || f.has(i, cAnd|cBut|cAim|cCause|cThat|cWhen) ||
		f.is(i, "اگر") && f.is(i+1, "چه") || f.is(i, "اگرچه", "هرچند") || f.is(i, "در") && f.is(i+1, "حالی") &&
		f.is(i+2, "که")
}

// wants says whether the clause asks, wants or leaves open what follows, so
// that the two are one claim.
func (f *faParse) wants(start, end int) bool {
	return f.anyOf(max(start, end-5), end, cAct|cPlan|cMust) ||
		f.sourceOf(start, end) == "" && f.anyOf(max(start, end-4), end, cSay|cThink) ||
		f.is(end-2, "ممکن", "لازم", "قادر", "تلاش", "حاضر", "قصد", "معلوم", "مشخص", "روشن", "بعید", "واضح", "معنی",
			"معنا")
}

// emit notes the clause [start,end), parted by the appositions in it and by a
// long adverbial in front.
func (f *faParse) emit(start, end int) {
	q := piece{role: asClause, source: f.source, lead: f.carried(start)}
	f.verbless = false
	if (q.source == "" || f.bylined && q.source == f.outer) && f.on(ruleSpeech) && f.disputes(start, end) {
		if name := f.sourceOf(start, end); name != "" {
			q.source = name
		}
	}
	if f.source != "" && f.source != f.outer && f.says(start, end) && f.ownSpeaker(start, end) {
		q.source = f.outer // another one speaks
	}
	if q.source != "" && q.source != f.outer && f.answers(start, end) {
		q.source = f.outer // "…»، اما پلیس تکذیب کرد": the answer is another's
		if name := f.sourceOf(start, end); name != "" {
			q.source = name
		}
	}
	if q.source != "" {
		q.role = asContent
	}
	if f.is(start, "تا") {
		q.role = asAim
	}
	if f.told > start && f.told < end && f.lead[0] == start && f.count(f.told, end) >= 2 && f.on(ruleCarry) {
		q.lead, start = f.words(f.lead[0], f.lead[1]), f.told
	}
	if f.on(ruleAdjunct) && f.aside[1] == 0 {
		start = f.fronted(start, end)
	}
	for _, a := range f.apps {
		if a[0] <= start || a[1] >= end || f.count(a[1], end) < 3 {
			continue
		}
		if !f.anyOf(start, a[0], cVerb) && f.count(a[1], end) < 5 {
			continue // a subject, and little after it
		}
		before := f.words(start, a[0])
		if f.count(start, a[0]) >= 4 && f.anyOf(start, a[0], cVerb) { // half a clause states nothing
			f.add(start, a[0], q)
		}
		start, q.lead = a[1], before
	}
	if n := len(f.out); f.count(start, end) <= 2 && start > 0 && f.comma(start-1) && n > 0 &&
		f.out[n-1].role != asApposition && f.out[n-1].end <= f.toks[start].start {
		f.out[n-1].end = f.toks[max(start, end-1)].end // the verb that a long object has parted from its clause
		return
	}
	if f.count(start, end) < 2 {
		return
	}
	f.add(start, end, q)
	f.remember(start, end)
}

// answers says whether a short clause after "but" tells that somebody with a name of their own denied what was said.
func (f *faParse) answers(start, end int) bool {
	if start == 0 || !f.has(start-1, cBut) && !f.has(start, cBut) || f.count(start, end) > 7 {
		return false
	}
	s := start
	if f.has(s, cBut) {
		s++
	}
	v := find(s, end, func(i int) bool { return f.has(i, cDeny) && f.denies(i) })
	return v < end && v > s && !f.has(s, cPron|cPrep) && !f.anyOf(s, v, cVerb|cThat)
}

// ownSpeaker says whether a verb of saying in [start,end) has a subject of its own, not the one who speaks already.
func (f *faParse) ownSpeaker(start, end int) bool {
	v := find(start, end, func(i int) bool { return faSays.has(f.form(i)) && f.has(i, cVerb) })
	return v < end-1 && v > start && f.toks[v-1].kind == word && !f.has(start, cPrep|cPron)
}

// disputes says whether the verb of the clause denies or accuses, so that its
// subject asserts it.
func (f *faParse) disputes(start, end int) bool {
	from := max(start, end-4)
	deny := find(from, end, func(i int) bool {
		return f.has(i, cDeny) && f.denies(i)
	})
	doubts := find(start, min(start+8, end), func(i int) bool {
		return f.is(i, "تردید", "شک") && f.is(i+1, "دارند", "دارد", "داشت", "داشتند")
	})
	if doubts < min(start+8, end) && !f.has(start, cPrep) || f.tells(start, end) || f.weighs(start, end) {
		return true
	}
	return deny < end || find(start, end, func(i int) bool {
		return f.is(i, "متهم") && f.is(i+1, "به", "کرد",
			"کردند", "کرده")
	}) < end &&
		f.anyOf(start, end, cVerb)
}

// tells says whether the clause says by a noun what its subject announced or foretold: "از بازداشت سه نفر خبر داد",
// "پیش‌بینی می‌کند تورم … برسد".
func (f *faParse) tells(start, end int) bool {
	v := find(start+1, end, func(i int) bool { return f.has(i, cVerb) })
	if v == end {
		return false
	}
	switch {
	case f.is(v-1, "خبر", "سخن") && f.is(v, "داد", "دادند", "میدهد", "میدهند", "داده", "دادهاست", "دادهاند", "گفت",
		"گفتند", "میگوید", "گفته"):
		return find(start, v, func(i int) bool { return f.is(i, "از", "درباره") }) < v
	}
	return f.predicts(start, v+1)
}

// predicts says whether the clause [start,end) ends in a verb of foretelling: پیش‌بینی کرد, انتظار دارد.
func (f *faParse) predicts(start, end int) bool {
	v := find(max(start+1, end-3), end, func(i int) bool { return f.has(i, cVerb) })
	return v < end && f.is(v-1, "پیشبینی", "انتظار", "برآورد", "تخمین", "احتمال", "حدس") &&
		f.is(v, "کرد", "کردند", "میکند",
			"میکنند", "کرده", "کردهاست", "کردهاند", "دارد", "دارند", "داشت", "زد", "میزند", "میزنند", "میدهند", "میدهد",
			"داد")
}

// carried gives the subject that the clause at start shares with an earlier one.
func (f *faParse) carried(start int) string {
	if f.is(start-1, "که", "چون", "زیرا", "هرچند",
		"اگرچه", "گرچه", "اینکه", "آنکه") && !f.verbless { // another subject stands here
		return ""
	}
	if !f.on(ruleCarry) || f.lead[1] <= f.lead[0] || start < f.lead[1] {
		return ""
	}
	ownObject := f.onlyObject(start)
	if f.has(start, cPrep) && f.has(start+1, cPron) { // "in which": its subject follows
		return ""
	}
	if !f.verbless && !ownObject && !f.has(start, cPrep) && !f.noSubject(start) { // another subject may stand here
		return ""
	}
	return f.words(f.lead[0], f.lead[1])
}

// opensObject says whether an object may open at i: with a figure, or a word that points.
func (f *faParse) opensObject(i int) bool {
	return f.toks[i].kind == number || f.is(i, numberWords...) || f.is(i, "این", "آن", "همه", "هر", "چند", "یک", "خود",
		"برخی", "تمام", "همهٔ")
}

// onlyObject says whether the clause at start opens with its object, so that its subject stands in the clause before:
// "و آن را ساختگی خواند". "۱۲ نفر بینایی خود را" has a subject of its own.
func (f *faParse) onlyObject(start int) bool {
	ra := find(start, min(start+5, f.n), func(i int) bool { return f.is(i, "را") })
	switch {
	case ra == min(start+5, f.n) || f.is(start+1, "نفر", "تن"):
		return false
	case ra-start > 1 && f.is(ra-1, "خود", "خویش"):
		return ra-start == 2 // "جای خود را"
	case ra-start > 1 && f.has(ra-1, cPron):
		return false // "پلیس آنها را"
	}
	return ra-start <= 2 || f.opensObject(start)
}

// noSubject says whether nothing but the words of the verb stands in the clause at start, after its words of time: "سال
// آینده بازگشایی می‌شود", "شعار دادند".
func (f *faParse) noSubject(start int) bool {
	i := f.pastTime(start, f.n)
	v := f.verbEnd(i, f.n)
	return v > 0 && i < f.n && f.count(i, v) <= 2 && f.toks[i].kind == word && !f.has(i, cPron|cDet|cNot) &&
		!f.is(i, "کسی")
}

// remember keeps the first noun phrase of a clause for the clauses after it.
func (f *faParse) remember(start, end int) {
	if f.lead[1] > f.lead[0] || f.has(start, cPrep|cTime|cAim|cWhen|cIf) {
		return
	}
	b := find(start, end, func(i int) bool {
		return f.comma(i) || f.is(i, "را", "که", "با", "در", "به", "از", "برای", "بر", "بیش", "کمتر",
			"حدود", "دستکم", "تنها", "فقط", "حتی") || f.has(i, cVerb|cSay|cAct|cDeny)
	})
	if f.is(b, "را") { // its object cannot be told from its subject, but where a figure or the like opens it
		known := f.objectAt(start, b, end)
		b = min(known, find(start+1, b, func(i int) bool { return f.opensObject(i) }))
		if f.is(b, "را") || f.toks[start].kind == number || b-start > 1 && !f.has(start, cRole) && !f.is(start, "پلیس",
			"ارتش", "دادگاه", "وزارت", "دولت", "نیروی", "نیروهای") {
			return
		}
	}
	start = f.pastTime(start, b)
	for start < b && f.toks[start].kind == mark {
		start++
	}
	if f.has(b, cVerb) { // "وزیر استعفا داد": the last noun belongs to the verb
		b--
	}
	if b > start+1 && f.is(b-1, "این", "آن", "هر") { // its object begins there
		b--
	}
	if b > start && b-start <= 6 {
		f.lead = [2]int{start, b}
	}
}

// fronted emits a long adverbial in front of a clause ("جمعه، چند ساعت پیش از
// …،") as a claim of its own and gives where the clause goes on.
func (f *faParse) fronted(start, end int) int {
	if !f.has(start, cTime) && !f.has(start, cPrep) {
		return start
	}
	last := -1
	for i := start; i < end; i++ {
		if f.comma(i) && i-start <= 14 {
			last = i
		}
		if i > start && f.comma(i) && !f.has(i+1, cTime|cPrep|cWhen) && f.toks[min(i+1, f.n-1)].kind != number {
			break
		}
	}
	if last < 0 || f.count(start, last) < 5 || !f.dated(start, last) || f.count(last, end) < 4 ||
		!f.anyOf(start, last, cVerb) {
		return start
	}
	f.add(start, last, piece{role: asAdjunct, source: f.source})
	return last + 1
}

// rest takes the words after the last verb: a sentence without any verb is one
// piece, a tail goes to the piece before it.
func (f *faParse) rest(start int) {
	if len(f.out) == 0 || f.at == 0 {
		f.add(start, f.n, piece{source: f.source})
	} else if last := &f.out[len(f.out)-1]; f.count(start, f.n) >= 3 && last.role != asApposition {
		last.end = f.toks[f.n-1].end
	}
	f.at = f.n
}

// faJoins stand in front of a sentence and join it to the one before.
var faJoins = newWordList(`بنابراین همچنین ضمنا البته درنهایت سرانجام درمجموع درعین‌حال درواقع مثلا نهایتا`)

// openingSource reads "بر اساس X،" and "به گفته X،" and gives X.
func (f *faParse) openingSource() string {
	if !f.on(ruleSpeech) {
		return ""
	}
	if name, c := f.asTheySay(); name != "" {
		f.at = c + 1
		return name
	}
	at := 0
	if c := find(0, min(f.n, 4), func(i int) bool { return f.comma(i) }); c > 0 && c < min(f.n, 4) &&
		f.sourcePhrase(0) == 0 && f.has(c+1, cPrep|cSource) && (f.has(0, cPrep|cBut|cAnd|cCause) ||
		faJoins.has(f.form(0))) {
		at = c + 1 // "بنابراین،"
	}
	from := f.sourcePhrase(at)
	if from == at || f.is(at, "بنا") && f.is(at+2, "قانون") {
		return ""
	}
	c := find(from, min(f.n, from+12), func(i int) bool { return f.comma(i) })
	name := find(from+1, c, func(i int) bool { return f.is(i, "که") })
	if c >= min(f.n, from+12) || f.anyOf(from, name, cVerb) || name < c && f.verbEnd(c, f.n) < 0 {
		return ""
	}
	f.at = c + 1
	if name < c { // "بر اساس کیفرخواستی که سه‌شنبه خوانده شد،"
		return f.words(from, name)
	}
	if f.is(at, "به") && f.is(at+1, "ادعای", "زعم") {
		f.framed(at, from) // the words that hedge it
	}
	f.bylined = f.is(at, "به") && f.is(at+1, "گزارش") || f.is(at, "بهگزارش")
	if d := f.roleAfter(from, c); d > c { // "به باور مریم کاویان، استاد بوم‌شناسی،"
		f.at = d + 1
	}
	if c == from+1 && f.has(from, cPron) {
		name := f.before.resolve(f.words(from, c), true)
		if name == "" {
			f.at = 0 // nobody knows who "he" is
		}
		return name
	}
	if k := find(from+1, c, func(i int) bool { return f.is(i, "به") && f.is(i+1, "نقل") && f.is(i+2, "از") }); k < c {
		return chained(f.words(from, k), f.words(k+3, c))
	}
	return f.words(from, c)
}

// asTheySay names who speaks in "آن‌طور که پلیس می‌گوید،" at the head of a sentence, and gives the comma after it.
func (f *faParse) asTheySay() (string, int) {
	k := find(0, min(f.n, 3), func(i int) bool { return f.is(i, "که", "چنانکه", "همچنانکه", "آنطورکه") })
	if k == min(f.n, 3) || k == 0 && f.is(0, "که") || k > 0 && !f.is(k-1, "طور", "طوری", "آنطور", "همانطور", "چنان",
		"همچنان", "آنگونه", "همانگونه", "آنچنان", "گونه", "آنطوری") {
		return "", 0
	}
	end := f.verbEnd(k+1, min(f.n, k+9))
	if end < 0 || !f.comma(end) || !f.says(k+1, end) || f.verbEnd(end, f.n) < 0 {
		return "", 0
	}
	return f.sourceOf(k+1, end), end
}

// appositions finds "X، role …،" and notes it as background.
func (f *faParse) appositions() {
	for i := max(1, f.at); i+1 < f.n; i++ {
		if i >= f.aside[0] && i < f.aside[1] {
			continue
		}
		if !f.comma(i) || !(f.has(i+1, cRole) || f.is(i+1, "یک", "از") && f.has(i+2, cRole) || f.is(i+1, "یکی") &&
			f.is(i+2, "از")) {
			continue
		}
		head := i
		for head > 0 && i-head < 4 && !f.has(head-1, cPrep|cVerb|cAnd|cThat|cSay) && f.toks[head-1].kind != mark &&
			!f.is(head-1, "خود", "که") {
			head--
		}
		if head == i {
			continue
		}
		closed := find(i+1, f.n, func(j int) bool { return f.comma(j) || f.has(j, cVerb) })
		if closed == f.n || !f.comma(closed) { // where it ends is not certain
			continue
		}
		end := closed
		if f.count(i+1, end) < 2 { // a member of a list
			continue
		}
		if f.sent.Kind == "caption" || f.sent.Kind == "title" {
			continue
		}
		f.add(head, end, piece{role: asApposition})
		if end < f.n && f.comma(end) {
			end++
		}
		f.apps = append(f.apps, [2]int{i, end})
		i = end - 1
	}
}
