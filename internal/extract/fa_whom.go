package extract

import "strings"

// faHappened are nouns of what happened, which somebody denies: no name of a body goes on with them.
var faHappened = newWordList(`تعطیلی وقوع افزایش کاهش استعفا استعفای اخراج برکناری بازداشت دستگیری قطع قطعی حضور دخالت
	نشت سقوط فروپاشی آلودگی کمبود گرانی لغو تعویق شیوع حمله کشته مرگ اختلاف وجود هرگونه ورود خروج انتقال بستری امکان`)

// faOwners are plural nouns that only an object begins with, after a subject in the plural.
var faOwners = newWordList(`صاحبان مدیران مسئولان مسئولین مقام‌های مقامات مالکان رهبران اعضای مأموران ماموران سران
	فرماندهان گردانندگان سازندگان پیمانکاران مدیریت`)

// accusedAt says whether the object of an accusation begins at i, after a subject in the plural: "امدادگران صاحبان هتل
// را متهم کردند". The object ends at ra.
func (f *faParse) accusedAt(i, ra int) bool {
	return f.plural(i-1) && faOwners.has(f.form(i)) && f.is(ra+1, "متهم", "مقصر", "مسئول", "مسبب")
}

// plural says whether the word at i ends as plurals do.
func (f *faParse) plural(i int) bool {
	return strings.HasSuffix(f.form(i), "ان") || strings.HasSuffix(f.form(i), "ها")
}

// roleAfter gives the comma that closes the office of who is named in [from,c), whose name the comma at c ends; c where
// none follows.
func (f *faParse) roleAfter(from, c int) int {
	if f.has(from, cRole|cPron) || !f.has(c+1, cRole) {
		return c
	}
	d := find(c+1, min(f.n, c+9), func(i int) bool { return f.comma(i) || f.has(i, cVerb|cThat) })
	if d < min(f.n, c+9) && f.comma(d) && f.count(c+1, d) >= 2 && f.verbEnd(d, f.n) > 0 {
		return d
	}
	return c
}

// theyWay gives the token after "آن‌طور که" at i, 0 where it does not stand there.
func (f *faParse) theyWay(i int) int {
	switch {
	case f.is(i, "آنطور", "آنگونه", "همانطور", "همانگونه", "چنان") && f.is(i+1, "که"):
		return i + 2
	case f.is(i, "آن", "همان") && f.is(i+1, "طور", "گونه") && f.is(i+2, "که"):
		return i + 3
	case f.is(i, "چنانکه", "آنطورکه"):
		return i + 1
	}
	return 0
}

// saidBy names who is quoted by "از قول X نقل شده که" and "از سوی X اعلام شد که".
func (f *faParse) saidBy(start, end int) string {
	if !f.is(start, "از") || !f.is(start+1, "قول", "زبان", "سوی") || !f.is(end, "که", ":") ||
		!f.is(end-1, "شد", "شده", "شدهاست", "است", "میشود") {
		return ""
	}
	v := find(start+3, end, func(i int) bool {
		return f.is(i, "نقل", "گفته", "روایت", "اعلام", "گزارش", "مطرح", "بیان", "تأکید", "تاکید") &&
			(f.is(i+1, "شد", "شده", "شدهاست", "میشود"))
	})
	if v == end || f.anyOf(start+2, v, cVerb|cThat) || f.is(start+2, "دیگر", "دیگری") ||
		f.is(start+1, "زبان") && !f.is(v, "نقل", "روایت") {
		return ""
	}
	stop := find(start+3, v, func(i int) bool { return f.has(i, cTime) || f.comma(i) || f.has(i, cPrep) })
	return f.before.resolve(f.words(start+2, stop), false)
}

// mostOf says whether "بیشتر" at i opens its clause and so means most of what follows, and no "more".
func (l *line) mostOf(i int) bool {
	return i == 0 || l.toks[i-1].kind == mark || l.has(i-1, cThat|cAnd|cBut|cPrep)
}

// named names the speaker [from,to), "" where there is none.
func (f *faParse) named(from, to int) string {
	if to <= from {
		return ""
	}
	return f.before.resolve(f.words(from, to), to == from+1 && f.has(from, cPron))
}

// weighs says whether the clause tells how likely its subject holds something: "زلزله‌شناسان احتمال … را کم می‌دانند".
func (f *faParse) weighs(start, end int) bool {
	i := find(start+1, min(end, start+8), func(i int) bool { return f.is(i, "احتمال", "امکان") })
	ra := find(i+1, end, func(k int) bool { return f.is(k, "را") })
	return i < min(end, start+8) && ra < end-1 && find(ra+1, end, func(k int) bool {
		return f.is(k, "میدانند", "میداند", "دانست", "دانستند", "دانسته", "خواند", "خواندند", "ارزیابی")
	}) < end
}
