package extract

import (
	"strings"

	"claimbench/internal/text"
)

// trailing reads who said it where that stands after what was said: "…»، X گفت",
// "…، به گفتهٔ X", "…؛ این را X گفت". The clauses then end before it.
func (f *faParse) trailing() {
	if !f.on(ruleSpeech) || f.source != "" {
		return
	}
	last := f.n
	for last > 0 && f.toks[last-1].kind == mark {
		last--
	}
	for c := last - 2; c > f.at && last-c <= tailWords; c-- { // "…، این را X، وکیل، گفت": the name and its office
		if f.toks[c].kind == mark && f.is(c+1, "این", "آن") && f.is(c+2, "را") {
			if name := f.tailSource(c+1, last); name != "" {
				f.endAt(c, name, c+1, last)
				return
			}
		}
	}
	if f.afterQuotation(last) {
		return
	}
	for c := last - 2; c > f.at && last-c <= tailWords; c-- {
		if !f.comma(c) && !f.isMark(c, "؛;»”\"") {
			continue
		}
		from := c + 1
		for from < last && f.toks[from].kind == mark {
			from++
		}
		if f.verbEnd(f.at, c) < 0 && !f.toks[c].quoted && !f.toks[max(c-1, 0)].quoted {
			return
		}
		if f.awaitsVerb(c) {
			return
		}
		if name := f.tailSource(from, last); name != "" {
			if d := f.nameBefore(c); d < c && f.has(from, cRole) {
				if whole := f.tailSource(d+1, last); whole != "" {
					c, from, name = d, d+1, whole
				}
			}
			f.endAt(c, name, from, last)
			return
		}
	}
}

// awaitsVerb says whether what a verb of saying opened with که has no verb yet at c: the last verb is its own,
// "ادعا کرد که رقیب او، لیلا صادقی، … گفته است".
func (f *faParse) awaitsVerb(c int) bool {
	that := c - 1
	for that > f.at && !f.is(that, "که") {
		that--
	}
	return that > f.at+1 && f.has(that-1, cVerb) && !f.toks[that].quoted && f.anyOf(max(f.at, that-3), that, cSay) &&
		f.verbEnd(that, c) < 0
}

// nameBefore gives the mark before the name that stands in front of an office after the comma at c: "؛ نیما فلاح،
// سخنگوی شرکت، می‌گوید"; c where there is none.
func (f *faParse) nameBefore(c int) int {
	d := c - 1
	for d > f.at && c-d <= 5 && f.toks[d].kind == word && f.toks[d].class&^cNoun == 0 {
		d--
	}
	if c-d >= 3 && c-d <= 5 && f.isMark(d, "؛;،") {
		return d
	}
	return c
}

// splitQuote reads "«P»، X گفت، «Q»": both halves are what X said.
func (f *faParse) splitQuote() bool {
	if !f.on(ruleSpeech) || f.source != "" || !f.isMark(0, "«“\"") || !f.toks[0].quoted {
		return false
	}
	c := find(1, f.n, func(i int) bool { return !f.toks[i].quoted })
	from := find(c, f.n, func(i int) bool { return f.toks[i].kind != mark })
	open := find(from, min(f.n, c+16), func(i int) bool { return f.isMark(i, "«“\"") })
	to := open
	for to > from && f.toks[to-1].kind == mark && !f.isMark(to-1, ":") {
		to--
	}
	if open >= min(f.n-2, c+16) || to == open || f.isMark(to-1, ":") {
		return false
	}
	name := f.tailSource(from, to)
	if name == "" {
		return false
	}
	f.source, f.outer = name, name
	f.framed(from, to)
	for _, half := range [][2]int{{0, c}, {open, len(f.toks)}} {
		f.at, f.n, f.lead, f.verbless = half[0], half[1], [2]int{}, false
		for f.at < f.n && f.verbEnd(f.at, f.n) >= 0 {
			f.clause()
		}
	}
	return true
}

// afterQuotation reads "«…»، X، role، … گفت": the name begins just after the quotation, however far its verb stands.
func (f *faParse) afterQuotation(last int) bool {
	c := last - 1
	for c > f.at && !f.isMark(c, "»”\"") {
		c--
	}
	from := c + 1
	for from < last && f.toks[from].kind == mark {
		from++
	}
	if c <= f.at || last-c > longTail || from == c+1 && f.isMark(c, "»”") && !f.comma(c-1) {
		return false
	}
	name := f.tailSource(from, last)
	if name == "" {
		return false
	}
	f.endAt(c, name, from, last)
	return true
}

// longTail is how many tokens may lie between a quotation and the verb that reports it.
const longTail = 32

// endAt ends what was said before the mark at c; [from,to) are the words that report it.
func (f *faParse) endAt(c int, name string, from, to int) {
	f.source = name
	f.framed(from, to)
	for f.n = c; f.n > 0 && f.isMark(f.n-1, "،,؛;"); {
		f.n--
	}
	if f.isMark(c, "»”\"") {
		f.n = c + 1
	}
}

// tailWords is how many tokens a trailing speaker may have.
const tailWords = 14

// tailSource names the speaker in [from,to), "" where it is none.
func (f *faParse) tailSource(from, to int) string {
	if k := f.theyWay(from); k > 0 && f.verbEnd(k, f.n) == to && f.says(k, to) && f.n-to <= 1 {
		v := find(k, to, func(i int) bool { return f.has(i, cVerb|cSay|cPrep|cTime) })
		return f.named(k, v)
	}
	if at := f.sourcePhrase(from); at > from && !f.anyOf(from, to, cVerb) && f.count(at, to) > 0 {
		return f.before.resolve(f.words(at, to), false)
	}
	if f.is(from, "این", "آن") && f.is(from+1, "را") || f.is(from, "چنین", "اینچنین") {
		from++
		if f.is(from, "را") {
			from++
		}
	}
	if !f.has(to-1, cVerb) || !f.says(from, to) || f.has(from, cAnd|cBut|cThat|cPrep|cWhen|cIf|cAim|cCause) ||
		f.anyOf(from, to, cThat|cDeny|cAct) || f.heads(to-1) {
		return ""
	}
	first := f.verbEnd(from, to)
	if first >= 0 && first < to {
		return ""
	}
	return f.tailName(from, to)
}

// tailName is the name in front of the verb of saying; one with its role between
// commas keeps both.
func (f *faParse) tailName(from, to int) string {
	stop := find(from, to, func(i int) bool {
		if f.is(i, "از") && f.is(i-1, "یکی", "برخی", "بسیاری", "گروهی", "تعدادی", "شماری") {
			return false
		}
		return f.has(i, cPrep|cVerb|cTime) || f.is(i, "را") || i > from && f.has(i, cSay)
	})
	for stop > from && f.toks[stop-1].kind == mark {
		stop--
	}
	if stop <= from || f.has(from, cSay|cVerb) {
		return ""
	}
	return f.before.resolve(f.words(from, stop), stop == from+1 && f.has(from, cPron))
}

// sourcePhrase gives the token after "بر اساس", "به گفتهٔ", "به نقل از" at i, or i.
func (f *faParse) sourcePhrase(i int) int {
	at := i
	switch {
	case f.has(i, cSource) && !f.is(i, "بنا"):
		at = i + 1
	case f.is(i, "به") && f.is(i+1, "نقل") && f.is(i+2, "از"):
		return i + 3
	case f.is(i, "از") && f.is(i+1, "نظر", "دید", "نگاه", "دیدگاه", "منظر", "نقطهنظر"),
		f.is(i, "به") && f.is(i+1, "نظر", "عقیده", "باور", "اعتقاد", "زعم"):
		if f.onlyRelation(i+2) || f.has(i+2, cVerb|cAux) {
			return i
		}
		return i + 2
	case f.is(i, "بر", "به", "بنا") && f.is(i+1, "اساس", "پایه", "پایهٔ", "مبنای",
		"گفته", "گزارش", "نوشته", "ادعای", "به", "بر", "استناد"):
		at = i + 2
		if f.is(at, "گفته", "اعلام") || f.is(at, "گزارش") && f.is(at+1, "خبرگزاری", "روزنامه", "شبکه", "سایت") {
			at++
		}
	}
	return at
}

// onlyRelation says whether nothing but adjectives of relation stands from i to the next mark: "از نظر مالی و فنی،".
func (f *faParse) onlyRelation(i int) bool {
	end := find(i, f.n, func(j int) bool { return f.toks[j].kind == mark })
	return find(i, end, func(j int) bool { return !f.is(j, "و") && !strings.HasSuffix(f.form(j), "ی") }) == end
}

// interjected reads "P، به گفتهٔ X، P" and keeps its words where they stand.
func (f *faParse) interjected() {
	if !f.on(ruleSpeech) || f.source != "" {
		return
	}
	for i := f.at + 1; i+3 < f.n; i++ {
		if !f.comma(i) {
			continue
		}
		at := f.sourcePhrase(i + 1)
		end := find(at, min(f.n, at+9), func(j int) bool { return f.comma(j) })
		name := end
		if k := find(at+1, end, func(j int) bool {
			return f.is(j,
				"که")
		}); k < end { // "… کارشناسانی که با ما حرف زدند،"
			name = k
		}
		if at == i+1 || end == min(f.n, at+9) || f.anyOf(at, name, cVerb) ||
			f.verbEnd(f.at, i) >= 0 || f.verbEnd(end, f.n) < 0 {
			continue
		}
		f.source = f.before.resolve(f.words(at, name), name == at+1 && f.has(at, cPron))
		f.framed(i+1, end)
		f.aside = [2]int{i, end + 1}
		return
	}
}

// onlySource says whether the sentence is nothing but "به گفتهٔ X": who spoke the quotation before it.
func (f *faParse) onlySource() bool {
	at := f.sourcePhrase(0)
	if at == 0 || !f.on(ruleSpeech) || f.anyOf(at, f.n, cVerb|cThat) || f.count(at, f.n) > 8 || f.count(at, f.n) == 0 ||
		find(at, f.n-1, func(i int) bool { return f.toks[i].kind == mark }) < f.n-1 {
		return false
	}
	f.speaksOf = f.words(at, f.n)
	return true
}

// toldBack says whether the sentence only says who spoke the quotation before it: "این را مهناز راد به روزنامه افق
// گفت."
func (f *faParse) toldBack() bool {
	end := f.n
	for end > 0 && f.toks[end-1].kind == mark {
		end--
	}
	if !f.on(ruleSpeech) || f.n > 24 || end < 3 || !f.is(0, "این") || !f.is(1, "را") || !f.has(end-1, cVerb) ||
		!f.anyOf(end-2, end, cSay) || f.anyOf(0, end-1, cThat) || f.verbEnd(0, f.n) < end {
		return false
	}
	from := f.pastTime(2, end)
	if f.has(from, cPrep) || f.has(from, cSay) {
		return false
	}
	f.speaksOf = f.tailName(from, end)
	return f.speaksOf != ""
}

// labelEnd gives the colon after the office or name that opens a sentence as who speaks: "دادستان: …"; 0 for none.
func (p *parse) labelEnd() int {
	heading := p.sent.Kind == text.KindTitle || p.sent.Kind == text.KindHeading
	if !p.has(0, cRole) && !heading {
		return 0
	}
	c := find(1, min(len(p.toks), 6), func(i int) bool { return p.toks[i].kind == mark })
	if c == min(len(p.toks), 6) || !p.isMark(c, ":") || p.anyOf(0, c, cVerb|cPrep|cSay|cTime) ||
		noLabelAr.has(p.form(0)) {
		return 0
	}
	return c
}

// noLabelAr are the words before a colon in a headline that are nobody's name.
var noLabelAr = newWordList(`فيديو صور صورة بالفيديو بالصور عاجل تحليل تقرير خاص حصري شاهد تحديث استطلاع دراسة مقال
	رأي فیدیو
	ویدئو ویدیو عکس عکس‌ها تصاویر فوری تحلیل گزارش اختصاصی نظرسنجی یادداشت گفت‌وگو گفتگو مصاحبه اینفوگرافی`)
