package extract

import "strings"

// pastTime steps over the words of time in front of a subject: "سال گذشته دیوان محاسبات گزارش داد" is told by the
// court.
func (f *faParse) pastTime(a, end int) int {
	i := a
	for i < end && !f.givenName(i) && (f.has(i, cTime) || faWhen.has(f.form(i)) ||
		f.toks[i].kind == number && (i > a || f.has(i+1, cTime) || faWhen.has(f.form(i+1))) ||
		f.is(i, "یک", "دو", "سه", "چند", "همین", "این") && (f.has(i+1, cTime) && !f.givenName(i+1) ||
			faWhen.has(f.form(i+1))) ||
		i > a && f.is(i, "پیش", "قبل", "بعد", "جاری", "اخیر")) {
		i++
	}
	if i < end && f.comma(i) && i > a {
		i++
	}
	return i
}

// faWhen are nouns of time, with the ending that joins the next word.
var faWhen = newWordList(`سال سالهای ماه ماه‌های هفته هفتهٔ هفته‌ی روز روزهای شب شامگاه صبح بامداد ظهر عصر غروب نیمه‌شب
	دقیقه ساعت ساعاتی لحظاتی سپس`)

// ofThis says whether "this" at i belongs to the office before it, whose holder the comma after it names: "the lawyer
// of this accused, Fariba Javadian, said".
func (f *faParse) ofThis(a, i, end int) bool {
	c := find(i+1, min(end, i+4), func(k int) bool { return f.comma(k) || f.is(k, "را") || f.has(k, cVerb|cPrep|cSay) })
	return i == a+1 && c < min(end, i+4) && c > i+1 && !f.has(i+1, cTime) && (f.comma(c) || f.has(c, cPrep) &&
		(f.has(a, cRole) || faKin.has(f.form(a))))
}

// faKin are nouns of kinship, which "this" after them owns.
var faKin = newWordList(`مادر پدر برادر خواهر همسر پسر دختر وکیل خانوادهٔ خانواده دوست همکار همسایهٔ همسایه عمو دایی`)

// givenName says whether the word at i, which names a month, is the given name of a person here: آذر موسوی.
func (f *faParse) givenName(i int) bool {
	return f.is(i, "آذر", "مهر", "بهمن", "خرداد") && i+1 < f.n && f.toks[i+1].kind == word && f.toks[i+1].class == 0 &&
		(i == 0 || f.toks[i-1].kind == word && !f.has(i-1, cPrep|cTime) || f.toks[i-1].kind == mark) &&
		!f.is(i+1, "ماه", "سال", "امسال", "پارسال", "را")
}

// objectAt ends the subject [a,b) where the object of its verb begins: "سخنگوی دولت گزارش‌ها را تأیید نکرد". Persian
// marks the end of an object (را) and not its beginning, so only words that are no part of a name begin one.
func (f *faParse) objectAt(a, b, end int) int {
	ra := find(b, end, func(i int) bool { return f.is(i, "را") || f.has(i, cVerb|cThat) })
	if ra == end || !f.is(ra, "را") {
		return b
	}
	if f.has(ra-1, cPron) && !f.is(ra-1, "خود", "خویش") && ra-1 > a && !f.has(ra-1, cDet) {
		return ra - 1 // "دادستان او را"
	}
	if f.is(ra-1, "خود", "خویش") && ra-2 > a { // "رئیس‌جمهور رقیب خود را"
		return ra - 2
	}
	return find(a+1, b, func(i int) bool {
		if f.izafe(i - 1) {
			return false
		}
		switch {
		case faReported.has(f.form(i)):
			return true
		case (i > a+1 || f.plural(i-1)) && faHappened.has(f.form(i)) && f.anyOf(ra, end, cDeny), f.accusedAt(i, ra):
			return true
		case i == a+2 && f.is(a, "این", "آن"): // "this firm the rumour …"
			return true
		case f.has(i, cRole) && f.is(i-1, "دادستان", "دادستانی", "دادگاه", "پلیس", "شاکی", "وکیل", "قاضی", "مجلس"):
			return true
		}
		return false
	})
}

// izafe says whether the word at i is written with the ending that joins it to the next.
func (f *faParse) izafe(i int) bool {
	w := string(f.runes[f.toks[i].start:f.toks[i].end])
	return strings.HasSuffix(w, "ٔ") || strings.HasSuffix(w, "ۀ") || strings.HasSuffix(w, "ای") ||
		strings.HasSuffix(w, "وی") || strings.HasSuffix(w, "ه‌ی")
}

// faReported are nouns of what is said, which somebody denies, confirms or answers.
var faReported = newWordList(`شایعه شایعهٔ شایعات شایعه‌های گزارش‌ها گزارش‌های خبرها خبرهای اخبار
	ادعا ادعای ادعاها ادعاهای
	اتهام اتهامات اتهام‌ها اتهام‌های انتقاد انتقادها انتقادهای انتقادات درخواست درخواست‌های پیشنهاد پیشنهادهای
	اظهارات سخنان نتیجه نتیجهٔ نتایج احتمال شکایت اعتراض`)

// actor is the subject of a clause that tells what somebody did, for the "and said" after it; "" where it is not sure.
func (f *faParse) actor(start, end int) string {
	if f.source != "" || f.has(start, cPrep|cPron|cAim|cWhen|cIf|cDet|cNot|cBut) || f.is(start, "نه", "هیچ") {
		return ""
	}
	a := f.pastTime(start, end)
	b := find(a, end, func(i int) bool {
		return f.toks[i].kind == mark || f.is(i, "را", "که", "این", "آن", "هر", "همه", "خود", "نیز", "هم", "تنها",
			"فقط") ||
			f.has(i, cPrep|cVerb|cSay|cDeny|cThink|cAct|cAnd|cBut) || f.has(i, cTime) && !f.givenName(i) ||
			f.toks[i].kind == number
	})
	switch {
	case f.comma(b) && f.appositionAt(b) && b > a:
	case b <= a || b-a > 5 || f.has(b, cAnd|cBut) || b == end:
		return ""
	case f.is(b, "را"): // the object may be all there is
		if c := f.objectAt(a, b, end); c < b {
			b = c
		} else {
			return ""
		}
	case f.has(b, cVerb|cDeny|cAct|cSay):
		if b-a > 2 { // a noun and an object or a predicate cannot be told apart
			return ""
		}
	}
	return f.words(a, b)
}

// appositionAt says whether an apposition begins at the comma i.
func (f *faParse) appositionAt(i int) bool {
	for _, a := range f.apps {
		if a[0] == i {
			return true
		}
	}
	return false
}
