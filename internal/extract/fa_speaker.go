package extract

import "strings"

// faFinds are verbs of finding out, before که.
var faFinds = newWordList(`دریافت دریافتند دریافته‌اند دریافته فهمید فهمیدند فهمیده‌اند`)

// speech reads "X said that P": it emits the saying where it is news and lets
// X assert what follows. It reports false when the clause is no such thing.
func (f *faParse) speech(start, end int) bool {
	document := f.standsIn(start, end)
	if document == "" {
		document = f.saidBy(start, end)
	}
	if !f.on(ruleSpeech) || !f.says(start, end) && document == "" && f.newsOf(start, end) == "" || f.binds(end-1) ||
		f.heads(end-1) {
		return false
	}
	if v := f.verbEnd(end, f.n); v > 0 && subjunctive(f.form(v-1)) && f.predicts(start, end) {
		return false // "پیش‌بینی می‌کند تورم به ۳۱ درصد برسد": what may come stays with who foretells it
	}
	open := end
	colon := f.isMark(open, ":：")
	if colon {
		open++
	}
	quote := f.isMark(open, "«“\"")
	that := f.is(open, "که") || f.comma(open) && f.is(open+1, "که")
	if !colon && !quote && !that && !(f.has(end-1, cVerb) && f.verbEnd(end, f.n) > 0 &&
		f.toks[min(open, f.n-1)].kind != mark && !f.has(open, cAnd|cBut|cCause) && (!f.has(open, cAim) ||
		f.has(open+1, cTime) || faSays.has(f.form(end-1)))) {
		return false
	}
	source := document
	if source == "" {
		source = f.newsOf(start, end)
	}
	if source == "" {
		source = f.sourceOf(start, end)
	}
	if source == "" && f.is(end-1, "میشود", "شد", "شده", "شدهاست", "میشد") && f.is(end-2, "گفته", "اعلام", "گزارش",
		"ادعا", "مطرح", "عنوان", "نوشته") {
		return false // "it is said": by nobody named
	}
	if source == "" && f.anyOf(max(start, end-2), end, cSay) &&
		f.count(start, end) <= 4 { // "and said": who acted or spoke before
		source = f.unnamed()
	}
	if source == "" || f.verbEnd(open, f.n) < 0 && !quote && !colon {
		return false
	}
	if act := max(start, f.after); f.on(ruleSpeechAct) && f.dated(act, end) && f.count(act, end) >= 3 {
		f.add(act, end, piece{role: asSpeech})
	}
	switch {
	case source == f.source:
	case f.source != "" && f.frame[1] > 0 && f.toks[start].start >= f.frame[1] && f.toks[start].start-f.frame[1] <= 5:
		source = chained(f.source, source) // "مادرش گفت فرمانده به او گفته بود که"
	case !f.bylined:
		source = chained(f.outer, source)
	}
	f.source = source
	f.framed(start, end)
	f.lead, f.verbless = [2]int{}, false
	f.at = open
	if that {
		f.at = find(open, f.n, func(i int) bool { return f.is(i, "که") }) + 1
	}
	return true
}

// newsOf names who gave the news in "خبر را نخستین بار رادیو مرز داد: …"; "" where the clause is none.
func (f *faParse) newsOf(start, end int) string {
	ra := find(start, min(end, start+3), func(i int) bool { return f.is(i, "را") })
	if ra == min(end, start+3) || !f.is(ra-1, "خبر", "موضوع", "مطلب") || !f.isMark(end, ":") && !f.is(end, "که") {
		return ""
	}
	from := f.pastTime(ra+1, end)
	for from < end && (f.is(from, "نخستین", "اولین", "بار", "ابتدا", "نخست")) {
		from++
	}
	return f.tailName(from, end)
}

// standsIn names the document of "در گزارش کمیسیون آمده است که" and its like, "" where the clause is none.
func (f *faParse) standsIn(start, end int) string {
	if !f.is(start, "در") || end-start < 3 || !f.isMark(end, ":«،") && !f.is(end, "که") {
		return ""
	}
	v := find(start+2, end, func(i int) bool {
		return f.is(i, "آمده", "آمدهاست", "میخوانیم", "میخوانید") ||
			f.is(i, "ذکر", "قید", "درج", "نوشته", "تأکید", "تاکید", "تصریح", "اعلام", "گفته") &&
				f.is(i+1, "شده", "شدهاست", "شد")
	})
	if v == end {
		return ""
	}
	from := start + 1
	for from < v && (f.is(from, "ادامه", "بخش", "بخشی", "بخشهایی", "بند", "متن", "پایان", "ابتدای", "این") &&
		!f.is(from, "این") || f.is(from, "از") && from > start+1 || f.is(from, "دیگری") ||
		f.toks[from].kind == number) {
		from++
	}
	papers := find(from, v, func(i int) bool { return faPapers.has(f.form(i)) })
	stop := find(from, v, func(i int) bool { return f.comma(i) || f.is(i, "که", "نیز", "هم", "همچنین") })
	if papers == v || papers-from > 2 || f.anyOf(from, stop, cVerb) {
		return ""
	}
	return f.before.resolve(f.words(from, stop), false)
}

// faPapers are documents in which something stands.
var faPapers = newWordList(`گزارش گزارشی بیانیه بیانیه‌ای اطلاعیه اطلاعیه‌ای نامه نامه‌ای سند سندی اسناد کیفرخواست مقاله
	مقاله‌ای خبر یادداشت یادداشتی پیام پیامی اعلامیه حکم رأی قرارداد مصوبه مطالعه پژوهش تحقیق کتاب پست توییت توییتی
	جمع‌بندی بیانیهٔ اطلاعیهٔ نامهٔ متن گزارش‌های پیش‌نویس لایحه شکایت دادخواست کارنامه فهرست آگهی بخشنامه دستورالعمل`)

// unnamed is the speaker of a verb without a subject of its own.
func (f *faParse) unnamed() string {
	switch {
	case f.source != "":
		return f.source
	case f.lead[1] > f.lead[0]:
		return f.before.resolve(f.words(f.lead[0], f.lead[1]), f.has(f.lead[0], cPron))
	case f.acted != "":
		return f.before.resolve(f.acted, false)
	}
	return f.before.resolve("او", true)
}

// says says whether the verb complex that ends at end is one of saying.
func (f *faParse) says(start, end int) bool {
	i := end - 1
	if f.has(i, cVerb) && f.is(i-1, "آن", "این") && f.is(i-2, "از", "بر") && f.is(i-3, "حاکی", "نشانگر", "گویای",
		"مبنی") {
		return true // the report has it that
	}
	if f.has(i, cVerb) && f.is(i-1, "ادامه", "پاسخ", "جواب") && (f.isMark(i+1, ":«") || f.is(i+1, "که")) {
		return true
	}
	if f.has(i, cVerb) && f.is(i-1, "تعریف", "حکایت", "روایت") && f.is(i+1, "که", ":") && i-1 > start {
		return true
	}
	if f.has(i, cVerb) && f.is(i-1, "حاکی", "گویای") || f.is(i+1, "که") && (faFinds.has(f.form(i)) ||
		f.has(i, cVerb) && f.is(i-1, "نتیجه", "پی")) {
		return true
	}
	for i > start && f.has(i, cVerb|cPart) && f.toks[i].class&cSay == 0 {
		i--
	}
	if f.has(i, cSay|cDeny) && !f.has(i, cAct) {
		return true
	}
	return f.has(i, cThink) && f.has(end-1, cVerb)
}

// sourceOf gives the subject of a verb of saying: the words before the first
// preposition, time word, comma or که, after a fronted adverbial.
func (f *faParse) sourceOf(start, end int) string {
	a := start
	if f.isMark(a, "«“\"") && !f.toks[a].quoted {
		a++
	}
	if c := find(a, min(a+4, end), func(i int) bool { return f.isMark(i, ":") }); c < min(a+4, end-1) {
		a = c + 1 // "گفت‌وگو: وزیر می‌گوید"
	}
	if f.has(a, cBut|cMust) || f.isMark(a, "«“\"") {
		return ""
	}
	if f.givenName(a) {
		// آذر موسوی: no month
	} else if f.has(a, cPrep|cTime|cWhen) || f.dated(a, a+1) || f.is(a, "بیش", "کمتر", "حدود") {
		if c := find(a, end, func(i int) bool { return f.comma(i) }); c < end-1 {
			a = c + 1
		}
	}
	a = f.pastTime(a, end)
	b := find(a, end, func(i int) bool {
		if f.givenName(i) {
			return false
		}
		if i > a && f.is(i, "تردید", "شک") && f.has(i+1, cVerb) {
			return true
		}
		if f.is(i, "این", "آن") && i > a && (f.ownedBy(i, end) || f.ofThis(a, i, end)) || f.is(i, "حاکی") {
			return f.is(i, "حاکی")
		}
		if i == a+1 && f.is(a, "خبرگزاری", "روزنامه", "وبسایت", "شبکه") && !f.has(i, cPrep) {
			return false // مهر is an agency, too
		}
		if f.is(i, "بدون") && f.inSetPhrase(i) { // Doctors without Borders
			return false
		}
		if f.is(i, "از") && f.is(i-1, "یکی", "برخی", "بسیاری", "گروهی", "تعدادی", "شماری") {
			return false
		}
		return f.comma(i) || f.is(i, "که", "را", "نیز", "هم", "پیشتر", "همچنین", "موسوم", "می", "نمی", "ضمن", "بارها",
			"بعدا") || i > a && faAdverbs.has(f.form(i)) || i > a && (f.has(i, cPrep|cTime|cVerb) ||
			f.is(i, "این", "آن", "هر", "هرگونه")) ||
			(f.has(i, cSay|cDeny|cThink) || f.is(i, "انتظار", "خواستار", "ادامه") || f.is(i, "پاسخ", "جواب") &&
				f.has(i+1, cVerb) ||
				f.is(i, "احتمال", "حدس") && f.has(i+1, cVerb)) && i > a
	})
	b = f.objectAt(a, b, end)
	report := f.has(a, cReport) && f.count(a, b) >= 2 && !f.has(a+1, cVerb) // "the report of the centre shows"
	if a >= b || f.has(a, cSay|cVerb|cPrep) && !report || f.is(a, "نه") {   // "neither … nor": nobody said it
		return ""
	}
	if f.is(b, "موسوم", "معروف", "مشهور") && f.is(b+1, "به") { // the campaign called «…»
		if q := find(b+2, min(end, b+9), func(i int) bool { return f.isMark(i, "»") }); q < min(end, b+9) {
			return chainedTo(f.before.resolve(f.words(a, q+1), false), f.citedIn(q, end))
		}
	}
	if f.is(b, "به") && f.is(b+1, "نام", "اسم") { // "a witness by the name of Laila Sadr"
		b = find(b+2, end, func(i int) bool { return f.toks[i].kind == mark || f.has(i, cPrep|cVerb|cSay|cTime) })
	}
	if f.has(b, cPrep) && f.has(a, cRole) { // "نماینده شهر در مجلس، حسین طاهری،"
		if c := find(b+1, min(end, b+5), func(i int) bool { return f.comma(i) }); c < min(end, b+5) &&
			f.namedTo(a, c, end) > c {
			b = c
		}
	}
	if c := f.namedTo(a, b, end); c > b {
		return chainedTo(f.before.resolve(f.words(a, c), false), f.citedIn(c, end))
	}
	if f.has(a, cPron) && !f.has(a, cDet) && f.is(a, "او", "وی", "آنها", "آنان", "ایشان") {
		b = a + 1
	}
	return chainedTo(f.before.resolve(f.words(a, b), f.count(a, b) == 1 && f.has(a, cPron)), f.citedIn(b, end))
}

// faAdverbs stand between who speaks and the verb.
var faAdverbs = newWordList(`تعریف حکایت
	ساعتی ساعاتی دقایقی لحظاتی روزی تلفنی رسما صراحتا علنا بصراحت مجددا اخیرا بتازگی تازگی دیشب
	سپس نهایتا سرانجام شخصا شفاهی کتبا حالا اکنون هنوز`)

// citedIn names whom the speaker quotes: "به نقل از یک مقام آگاه نوشت".
func (f *faParse) citedIn(from, end int) string {
	i := find(from, end, func(i int) bool {
		return f.is(i, "نقل", "استناد") && f.is(i+1, "از", "به") || f.is(i, "از") && f.is(i+1, "قول", "زبان")
	})
	if i == end {
		return ""
	}
	stop := find(i+2, end, func(j int) bool { return f.has(j, cVerb|cSay) || f.comma(j) || j > i+2 && f.is(j, "از") })
	return f.words(i+2, stop)
}

// faCallsItself stand before a name that is a month's, too: the agency مهر.
var faCallsItself = strings.Fields("خبرگزاری روزنامه شبکه سایت وبسایت وب‌سایت بانک آقای خانم دکتر شرکت")

// dated says whether [from,to) holds a day, a month or another point of time;
// "earlier" and "last" are none.
func (f *faParse) dated(from, to int) bool {
	return find(from, to, func(i int) bool {
		return f.has(i, cTime) && !f.is(i, "پیشتر", "گذشته", "آینده") && !f.is(i-1, faCallsItself...)
	}) < to
}

// ownedBy says whether "this" at i belongs to the name before it: "the lawyer of these four said".
func (f *faParse) ownedBy(i, end int) bool {
	v := find(i, end, func(k int) bool { return f.has(k, cVerb|cSay) })
	return v < end && v-i <= 4 && find(i, v, func(k int) bool { return f.is(k, "را") || f.has(k, cPrep) }) == v &&
		v-i >= 2
}

// namedTo gives the end of a speaker who goes on after the comma at b: an office and then the name of who holds it, or
// two speakers with an office each. It gives b where neither is certain.
func (f *faParse) namedTo(a, b, end int) int {
	if b >= end || !f.comma(b) {
		return b
	}
	next := find(b+1, end, func(i int) bool { return f.comma(i) })
	if next < end && (f.has(a, cRole) || faTitles.has(f.form(b+1))) && next-b <= 4 && find(b+1, next, func(i int) bool {
		return f.toks[i].kind != word || f.toks[i].class&^cNoun != 0
	}) == next {
		if plural := strings.HasSuffix(f.form(end-1), "ند"); !plural || !f.is(next+1, "و") {
			return next
		}
	}
	and := find(b+1, end, func(i int) bool { return f.is(i, "و") && f.comma(i-1) })
	if and == end || f.anyOf(b, and, cVerb) || !strings.HasSuffix(f.form(end-1), "ند") {
		return b
	}
	stop := find(and+1, end, func(i int) bool {
		return f.has(i, cPrep|cVerb|cTime|cSay) && !f.givenName(i) || f.is(i, "را", "که")
	})
	for stop > and && f.toks[stop-1].kind == mark {
		stop--
	}
	return stop
}

// sourceAhead reads "به گفتهٔ X" in front of a clause in mid-sentence and gives where the clause begins after it.
// Without a comma only a known name ends X.
func (f *faParse) sourceAhead(start int) int {
	at := f.sourcePhrase(start)
	if at == start || start == 0 || !f.on(ruleSpeech) || f.binds(start) ||
		find(start, at, func(i int) bool { return faSayings.has(f.form(i)) }) == at {
		return start
	}
	c := find(at, min(f.n, at+10), func(i int) bool { return f.comma(i) || f.has(i, cVerb|cThat) })
	if c < min(f.n, at+10) && f.comma(c) && c > at && f.verbEnd(c, f.n) > 0 {
		f.source = chained(f.outer, f.before.resolve(f.words(at, c), false))
		f.framed(start, c)
		return f.opening(c + 1)
	}
	if c = f.knownName(at); c == at {
		c = f.nameBeforeCount(at)
	}
	if c > at && f.verbEnd(c, f.n) > 0 {
		f.source = chained(f.outer, f.before.resolve(f.words(at, c), false))
		f.framed(start, c)
		return c
	}
	return start
}

// nameBeforeCount gives the end of who speaks from token i on, where a figure or a word that no name has follows at
// once:
// "به گفتهٔ مقام‌های محلی دست‌کم ۹ نفر کشته شدند"; i where none does.
func (f *faParse) nameBeforeCount(i int) int {
	end := find(i+1, min(f.n, i+6), func(k int) bool { return f.toks[k].kind != word || faAfterName.has(f.form(k)) })
	if end >= min(f.n, i+6) || f.toks[end].kind == mark || f.anyOf(i, end, cVerb|cPrep|cThat|cPron) {
		return i
	}
	return end
}

// faAfterName are words that open a clause and stand in no name.
var faAfterName = newWordList(`دست‌کم دستکم حدود بیش کمتر تاکنون هنوز همه همهٔ هیچ قرار حداقل حداکثر نزدیک صدها ده‌ها
	هزاران بیشتر اکثر`)

// faSayings are the nouns of "according to" that name who said it.
var faSayings = newWordList(`گفته گفتهٔ گزارش نوشته اعلام ادعای نقل به‌گفته به‌گزارش بگفته اظهارات`)

// knownName gives the end of the offices and the name that begin at token i, i where no name is known there.
func (f *faParse) knownName(i int) int {
	k := i
	for k < f.n && f.has(k, cRole) {
		k++
	}
	if k >= f.n {
		return i
	}
	for _, name := range f.facts.names {
		from, to := name.Span.Start-f.base, name.Span.End-f.base
		if from > f.toks[k].start || to <= f.toks[k].start {
			continue
		}
		for k < f.n && f.toks[k].end <= to {
			k++
		}
		return k
	}
	return i
}

// saidInside names who says what a relative clause [from,to) states: "که به گفتهٔ پلیس …", "که پلیس می‌گوید …"; "" for
// the one who says the rest.
func (f *faParse) saidInside(from, to int) string {
	if at := f.sourcePhrase(from); at > from {
		end := find(at+1, min(to, at+6), func(i int) bool {
			return f.toks[i].kind != word || faAfterName.has(f.form(i)) || f.has(i, cTime|cPrep|cVerb) ||
				faWhen.has(f.form(i)) || f.is(i, numberWords...)
		})
		if end < min(to, at+6) && !f.has(at, cPron) {
			return f.before.resolve(f.words(at, end), false)
		}
		return ""
	}
	v := find(from+1, min(to, from+5), func(i int) bool { return faSays.has(f.form(i)) && f.has(i, cVerb) })
	if v < min(to, from+5) && v+1 < to && f.toks[v+1].kind == word && !f.has(from, cPrep|cPron|cTime) {
		return f.before.resolve(f.words(from, v), false)
	}
	return ""
}

// saidAlong reads "X با بیان اینکه P، گفت که Q": P is said by X as Q is. It gives where the clause of Q begins.
func (f *faParse) saidAlong(start int) int {
	if !f.on(ruleSpeech) || start >= f.n || f.binds(start) {
		return start
	}
	k := find(start+1, min(f.n, start+9), func(i int) bool { return f.is(i, "با") && faAlong.has(f.form(i+1)) })
	if k >= min(f.n-4, start+9) || f.anyOf(start, k, cVerb) {
		return start
	}
	that := find(k+2, min(f.n, k+5), func(i int) bool {
		return f.is(i, "اینکه", "آنکه") || f.is(i, "که") && f.is(i-1, "این", "آن")
	})
	if that == min(f.n, k+5) {
		return start
	}
	end := f.verbEnd(that+1, f.n)
	next := f.verbEnd(max(end, 0), f.n)
	if end < 0 || next < 0 || !f.comma(end) && !f.has(end, cSay) {
		return start
	}
	name := f.sourceOf(start, next)
	if name == "" {
		return start
	}
	speaker := f.source
	if f.source = name; !f.bylined {
		f.source = chained(f.outer, name)
	}
	f.framed(start, that+1)
	f.add(that+1, end, piece{role: asContent, source: f.source})
	if !f.says(end, next) { // "… از شهروندان خواست": what they did, and no more what they said
		f.source, f.lead, f.verbless = speaker, [2]int{start, k}, true
	}
	return f.opening(end)
}

// faAlong are the nouns of saying by which something is said beside something else.
var faAlong = newWordList(`بیان تأکید تاکید اعلام اشاره تصریح ابراز یادآوری اذعان ادعای عنوان`)
