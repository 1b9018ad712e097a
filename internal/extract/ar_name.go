package extract

import "strings"

// Where the name of who speaks ends: before its object, after the place of its office, at the name in quotation
// marks.

// endsName says whether the name of the speaker whose verb stands at v ends before i; what they said opens at open.
func (a *arParse) endsName(v, i, open int) bool {
	if a.is(i, "العام", "العامة") && (a.has(i-1, cRole) || arGenerals.has(a.form(i-1))) {
		return false // the attorney general, no year
	}
	if i > v+1 && i == open-1 && a.has(i, cVerb) && !a.listedVerb(i, i+1) {
		return false // a surname in the shape of a verb
	}
	if a.is(i, "صادر", "صادرة") && a.is(i+1, "عن") || a.withinName(i) {
		return false
	}
	if a.toks[i].kind == mark && a.toks[i].depth == 0 && !a.abbreviates(i) {
		return !a.calledSo(i, open)
	}
	return a.is(i, "وهو", "وهی", "عقب", "ما", "مرارا", "نقلا", "ردا", "جوابا", "امس", "خلال", "اثناء") ||
		a.has(i, cPrep|cThat|cTime|cVerb) && !a.isAli(i) && !(i == v+1 &&
			!a.has(i, cThat|cPrep|cTime) && !a.listedVerb(i, i+1)) ||
		i > v+1 && a.has(i, cReport|cSay) || a.has(i, cAdding) ||
		a.is(i, "فیه", "فیها", "به", "بها", "عنه", "عنها", "ایضا", "انه", "انها", "نیابة", "عبر") ||
		arHisWords.has(a.form(i)) || a.objectAt(v, i) ||
		strings.HasPrefix(a.toks[i].form, "لوکالة") || strings.HasPrefix(a.toks[i].form, "لصحیفة") ||
		i > v+1 && arTold.has(a.toks[i].form)
}

// arGenerals are offices that "general" follows.
var arGenerals = newWordList(`الأمين الأمينة المدير المديرة القائد المفتش المنسق المنسقة المراقب المدعي المدعية
	النائب الحاكم المفوض
	المفوضة السكرتير القنصل`)

// calledSo says whether the quotation mark at i opens a name: "صحيفة «الأفق» عن … أن". Few words stand in it, and what
// was said opens later.
func (a *arParse) calledSo(i, to int) bool {
	if !a.isMark(i, "“«\"") || i == 0 || a.toks[i-1].kind != word {
		return false
	}
	end := find(i+1, min(to, i+5), func(j int) bool { return a.isMark(j, "»”\"") })
	return end < min(to, i+5) && find(end+1, min(a.n, end+24), func(j int) bool {
		return a.has(j, cThat) || a.isMark(j, ":“«")
	}) < min(a.n, end+24)
}

// closesName says whether the mark at i closes such a name.
func (a *arParse) closesName(i int) bool { return a.isMark(i, "»”\"") && a.withinName(i) }

// withinName says whether such a name was opened just before i.
func (a *arParse) withinName(i int) bool {
	for k := i - 1; k > 0 && k >= i-4; k-- {
		if a.isMark(k, "“«\"") {
			return a.calledSo(k, a.n)
		}
		if a.isMark(k, "»”") {
			return false
		}
	}
	return false
}

// arTakesObject are verbs of saying whose object stands between their subject and what was said.
var arTakesObject = newWordList(`وصف وصفت وصفوا يصف تصف
	ووصف ووصفت ويصف وتصف اعتبر اعتبرت واعتبر واعتبرت يعتبر تعتبر ويعتبر وتعتبر`)

// ofSpeech says whether token i is a noun of what was said, with a pronoun: تصريحها, كلمته.
func (a *arParse) ofSpeech(i int) bool { return arOfSpeech.has(a.form(i)) }

var arOfSpeech = newWordList(`تصريحه تصريحها تصريحاته تصريحاتها كلمته كلمتها حديثه حديثها خطابه خطابها مؤتمره
	مؤتمرها مداخلته مداخلتها بيانه
	بيانها رسالته رسالتها شهادته شهادتها إفادته إفادتها إحاطته إحاطتها`)

// subjectTo gives the end of the subject in [from,b) of a verb that takes an object: after an office and the two words
// of a name, the object begins: "افتتح محافظ الدلتا رؤوف شاكر معرض الكتاب".
func (a *arParse) subjectTo(from, b int) int {
	if end := find(from, b, func(i int) bool { return a.closesName(i) }); end < b {
		return 1 + end // منظمة «عين الحق»
	}
	b = find(from+1, b, func(i int) bool { return a.objectOf(from, i) })
	first := find(from, b, func(i int) bool {
		return i > from && !a.definite(i) && a.toks[i].class&^cNoun == 0 && !a.has(i-1, cRole) &&
			(!adjectival(a.form(i)) || a.definite(i-1)) // سامي is a name after الدفاع
	})
	if first == b || !a.anyOf(from, first, cRole) && !a.definite(from) {
		return b
	}
	last := first
	for last < b && (!a.definite(last) || a.is(last-1, "عبد")) && a.toks[last].kind == word {
		last++
	}
	if last-first == 1 && last < b && // سامي الخطيب فصائل
		a.anyOf(from, first, cRole) &&
		(!adjectival(a.form(last)) || arOfNames.has(a.form(last))) {
		last++
		if arOfNames.has(a.form(last-1)) && last < b && !a.definite(last) { // حسام الدين فهمي
			last++
		}
		return last
	}
	switch {
	case last-first >= 3 && last < b: // the last of them has the noun after it: معرض الكتاب
		return last - 1
	case last-first >= 2 && last < b:
		return last
	}
	return b
}

// arOfNames are the second halves of given names.
var arOfNames = newWordList(`الدين الله الرحمن الرحيم الكريم الحميد العزيز القادر السلام الناصر الفتاح المجيد`)

// objectOf says whether an object begins at i after the subject that begins at from: with ب ("بالخطوة", "بمحاسبة
// المسؤولين"), or a second noun with the article after an office that has one: "محامي الدفاع الاتهامات".
func (a *arParse) objectOf(from, i int) bool {
	if strings.HasPrefix(a.form(i), "بال") || a.withBa(i) && a.definite(i+1) && a.definite(i-1) {
		return true
	}
	return i == from+2 && !a.definite(from) && a.has(from, cRole) && a.definite(from+1) && a.definite(i) &&
		!adjectival(a.form(i)) && !arEpithets.has(a.form(i))
}

// arEpithets are adjectives of offices that adjectival does not know.
var arEpithets = newWordList(`السابق السابقة الأسبق الجديد الجديدة المنتخب المنتخبة المؤقت المؤقتة الراحل الراحلة
	المستقيل العام العامة
	الأول الأولى الأعلى المقال المعين المكلف المكلفة المشترك المشتركة المحافظ المعارض المستقل المتحدة`)

// beyond gives the end of a speaker whose office has a place before the name: "المبعوث الأممي إلى اليمن هانس غروندبرغ",
// "مصدر في الشرطة". The name ended at b for its preposition.
func (a *arParse) beyond(from, b, open int) int {
	if b <= from || b >= open || !a.has(b, cPrep) || b+1 >= open || arOccasions.has(a.form(b+1)) ||
		a.has(b+1, cReport|cTime|cDet|cPron) {
		return b
	}
	end := find(b+1, open, func(i int) bool {
		return a.toks[i].kind != word || a.has(i, cThat|cVerb|cTime|cRel|cReport) || arOccasions.has(a.form(i)) ||
			arTold.has(a.form(i)) || arHisWords.has(a.form(i)) || i > b+1 && a.has(i, cPrep)
	})
	switch {
	case a.is(b, "فی", "من", "لدی") && arWithin.has(a.form(from)) && (a.definite(b+1) || a.definite(b+2)),
		a.is(b, "عن") && a.is(b-1, "صادر", "صادرة", "الصادر", "الصادرة"):
		return end
	case !a.is(b, "عن") && end-b >= 4 && (a.anyOf(from, b, cRole) || a.definite(from)) &&
		!a.definite(end-1) && !a.definite(end-2):
		return end
	}
	c := find(b, open, func(i int) bool { return a.comma(i) })
	if c < open && c-b <= 10 && a.anyOf(from, b, cRole) && !a.anyOf(b, c, cVerb|cThat|cTime) &&
		a.namedTo(from, c, open) > c {
		return c
	}
	return b
}

// idle says whether the words of an operator govern nothing here: "ما لا يقل عن", "وهو ما"; or only say that somebody
// would not be named: "مسؤول رفض الكشف عن هويته".
func (p *parse) idle(h hit) bool {
	if primary(p.lang) != "ar" {
		return false
	}
	if p.is(h.to-1, "یقل", "تقل") && p.is(h.to, "عن") || // ما لا يقل عن: at least
		p.is(h.from, "غیر") && p.is(h.from+1, "ان", "انه", "انها", "انهم") || // however
		p.is(h.from, "ما") && p.is(h.from-1, "وهو", "وهی", "هو", "هی") || // which is what
		h.op.name == "negated" && h.to-h.from > 2 && p.is(h.to-1, "وان") { // "لم يغادروا مواقعهم وأن"
		return true
	}
	end := min(h.from+6, len(p.toks))
	at := find(h.from, end, func(i int) bool { return arIdentity.has(p.form(i)) || p.has(i, cThat) })
	return at < end && !p.has(at, cThat)
}

// arIdentity is what those who would not be named keep back.
var arIdentity = newWordList(`هويته هويتها هويتهم هويتهما اسمه اسمها اسمهم اسميهما أسمائهم هوياتهم`)

var (
	// arWithin are those whom news names only by where they belong.
	arWithin = newWordList(`مصدر مصدران مصادر مسؤول مسؤولة مسؤولون مسؤولين مسؤولان قيادي قيادية قياديون متحدث متحدثة
	ناطق ناطقة ضابط
		ضباط عضو أعضاء نائب خبير خبيرة خبراء باحث باحثة باحثون محلل محللة محللون طبيب طبيبة أطباء موظف موظفة موظفون
		مهندس عامل عمال
		دبلوماسي دبلوماسيون مشاركون سكان شهود ناشطون ناشط`)
	// arOccasions are where or on what occasion something is said.
	arOccasions = newWordList(`مؤتمر مقابلة حديث تصريح تصريحات بيان كلمة جلسة لقاء اجتماع ختام مستهل إطار رد رده
	ردها أعقاب وقت مداخلة
		حوار منشور تغريدة تدوينة اتصال اتصالات رسالة خطاب خطابه برنامج ندوة منصة موقع حسابه حسابها صفحته صفحتها معرض
		المقابل غضون
		ضوء ظل ذكرى افتتاح حفل زيارة طريقه جولة الوقت البداية السياق الإطار ذلك هذا هذه`)
)

// subjectOf names the subject of the verb before v in the sentence where v names none: "حمل رئيس النادي كمال صبري الحكم
// المسؤولية، وقال إن". It is a person or a body, or it spoke; the two verbs agree.
func (a *arParse) subjectOf(v int) string {
	w := find(0, v, func(i int) bool { return a.has(i, cVerb) && a.toks[i].depth == 0 })
	if name := a.standsFirst(w); name != "" && w < v {
		return name
	}
	if w == v || a.toks[w].class&cAux != 0 || arFeminine(a.form(w)) != arFeminine(a.form(v)) || a.passiveMark(w) ||
		a.has(w-1, cRel) || a.has(w+1, cPron|cPrep) || a.ofSpeech(w+1) {
		return ""
	}
	b := a.subjectTo(w+1, find(w+1, v, func(i int) bool { return a.endsName(w, i, v) }))
	if b == w+1 || !a.anyOf(w+1, b, cRole) && !arTitles.has(a.form(w+1)) && !arBodies.has(a.form(w+1)) &&
		!a.has(w, cSay|cAct) {
		return ""
	}
	return a.words(w+1, b)
}

// standsFirst names the subject in front of the verb w: "غير أن عالم الأحياء فؤاد زيدان شكك في النتيجة، وقال إن".
func (a *arParse) standsFirst(w int) string {
	s := 0
	if a.has(0, cBut) {
		s = 1
	}
	if a.has(s, cThat) {
		s++
	}
	if w-s < 2 || w-s > 12 || a.joined[min(w, a.n-1)] || a.has(s, cPrep|cVerb|cWhen|cTime|cCause|cRel|cPron|cNot|cIf) ||
		a.anyOf(s, w, cVerb|cThat|cRel) || find(s, w, func(i int) bool { return a.toks[i].kind != word }) < w ||
		!a.anyOf(s, w, cRole) && !arBodies.has(a.form(s)) && !arTitles.has(a.form(s)) {
		return ""
	}
	return a.words(s, w)
}

// arFeminine says whether a verb has the ending or the beginning of the feminine.
func arFeminine(w string) bool {
	w = strings.TrimPrefix(w, "و")
	return strings.HasSuffix(w, "ت") || strings.HasPrefix(w, "ت") && len([]rune(w)) >= 4
}

// arBodies are bodies that act and speak.
var arBodies = newWordList(`الحكومة الشرطة الجيش الوزارة المنظمة البلدية المعارضة النيابة المحكمة الأسرة العائلة
	النقابة اللجنة الهيئة
	الجماعة الحركة الحزب البرلمان الرئاسة السلطات السلطة الكرملين البنتاغون الاتحاد الجمعية الادعاء الدفاع وزارة
	حكومة محكمة نيابة
	نقابة لجنة حركة بلدية جمعية شرطة جيش عائلة أسرة الولايات إسرائيل إيران روسيا أوكرانيا الصين تركيا مصر`)
