package extract

import "strings"

// nameFrom gives where the name after the verb of saying v begins: past "each of" and past those who were told:
// "أكد كل من الوزير ونظيره", "صرح لنا مسؤول".
func (a *arParse) nameFrom(v, open int) int {
	at := v + 1
	if a.is(at, "لنا", "لی", "لهم", "لها", "له", "الینا", "لکم") && at+1 < open && a.toks[at+1].kind == word &&
		!a.has(at+1, cPrep|cThat|cTime) {
		at++
	}
	if a.is(at, "کل", "کلا", "کلتا") && a.is(at+1, "من") && at+2 < open {
		at += 2
	}
	return at
}

// relayed names X in "نُقل عن X قوله إن": nobody says who passed it on.
func (a *arParse) relayed(v, open int) string {
	if !arRelays.has(a.form(v)) || !a.is(v+1, "عن") {
		return ""
	}
	end := find(v+2, open, func(i int) bool { return arHisWords.has(a.form(i)) || a.comma(i) })
	if end == open || end == v+2 || a.comma(end) || a.anyOf(v+2, end, cVerb|cThat) {
		return ""
	}
	return a.words(v+2, end)
}

// objectAt says whether the object of the verb v begins at i, after its subject: "رفضت الشركة هذا الاستنتاج" and
// "أبلغ المدققون الوزير بأن".
func (a *arParse) objectAt(v, i int) bool {
	if i <= v+1 || a.toks[i-1].kind != word {
		return false
	}
	// "ونفت صادقي ذلك مؤكدة أنها": a name without the article
	if a.is(i, "ذلک") && !a.definite(i+1) || a.is(i, "هذا") && a.has(i+1, cAdding) {
		return true
	}
	if !a.definite(i - 1) {
		return false
	}
	if a.is(i, "هذا", "هذه", "ذلک", "تلک", "هؤلاء", "هولاء") {
		return true
	}
	return arInforms.has(a.form(v)) && a.definite(i) && (a.has(i, cRole) || arHearers.has(a.form(i)))
}

// arInforms are the verbs of telling somebody something.
var arInforms = newWordList(`أبلغ أبلغت أبلغوا يبلغ تبلغ وأبلغ وأبلغت وأبلغوا أخبر أخبرت أخبروا يخبر تخبر وأخبر وأخبرت
	وأخبروا طمأن طمأنت وطمأن وطمأنت أعلم أعلمت وأعلم وأعلمت`)

// arHearers are those whom somebody tells something, beside the offices.
var arHearers = newWordList(`الصحفيين الصحافيين المحكمة القضاة البرلمان النواب المجلس اللجنة المحققين الشرطة النيابة
	الحكومة الوزارة العمال الموظفين السكان الأهالي الصحيفة الوكالة المساهمين المستثمرين اللاعبين الطلاب المرضى`)

// counterpart goes on after "ونظيرها في الدولة المجاورة": the name of the second speaker follows the place.
func (a *arParse) counterpart(b, open int) int {
	if b >= open || !a.is(b, "فی", "من") || !arCounterparts.has(a.form(b-1)) {
		return b
	}
	end := find(b+1, open, func(i int) bool {
		return a.toks[i].kind != word || a.has(i, cVerb|cThat|cTime|cPrep|cRel)
	})
	if end-b < 3 || end < open && !a.has(end, cThat) && a.toks[end].kind == word {
		return b
	}
	return end
}

// arCounterparts are those who hold the same office elsewhere.
var arCounterparts = newWordList(`ونظيره ونظيرها ونظيرته ونظيرتها ونظراؤه ونظراؤها وزميله وزميلته وزميلها وزميلتها`)

// written says whether "جاء في X أن" or "ورد في X أن" stands at v: X says what follows.
func (a *arParse) written(v int) bool {
	return arWritten.has(a.form(v)) && a.is(v+1, "فی")
}

// arWritten are the verbs by which something stands in a text.
var arWritten = newWordList(`جاء وجاء ورد وورد`)

// standing marks جاء as a verb of saying where a report and what it says follow.
func (a *arParse) standing() {
	if a.is(0, "وبین", "بین") && (a.has(1, cRole) || arTitles.has(a.form(1))) {
		that := find(2, min(a.n, 9), func(j int) bool { return a.has(j, cThat) || a.is(j, "وبین", "و") })
		if a.has(that, cThat) {
			a.toks[0].class = cSay | cVerb // "وبين الدكتور رامي أن"
		}
	}
	for i := range a.toks {
		if !a.written(i) {
			continue
		}
		end := min(a.n, i+12)
		rel := find(i+2, end, func(j int) bool { return a.has(j, cRel) })
		if rel < end {
			end = min(a.n, rel+14)
		}
		that := find(i+2, end, func(j int) bool {
			return a.has(j, cThat) || a.has(j, cVerb) && j < rel || a.toks[j].kind == mark && !a.comma(j) ||
				a.comma(j) && rel != j+1 && j < rel
		})
		if that < end && that > i+2 && a.is(that, "ان", "انه", "انها", "انهم") && find(i+2, that, func(j int) bool {
			return arTexts.has(strings.TrimPrefix(a.form(j), "ال"))
		}) < that {
			a.toks[i].class |= cSay | cVerb
		}
	}
}

// arTexts are what something stands in.
var arTexts = newWordList(`تقرير بيان رسالة كتاب خطاب دراسة وثيقة وثائق مذكرة محضر حكم نص
	لائحة حيثيات شكوى إفادة اعتراف رد توصيات تحقيق عريضة
	دعوى قرار ملف تسجيل استطلاع تقارير`)

// study names the body of "دراسة نشرها X يوم الإثنين": the study and who made or published it.
func (a *arParse) study(from, to int) string {
	for from < to && a.toks[from].kind == mark {
		from++
	}
	if !arTexts.has(strings.TrimPrefix(a.form(from), "ل")) && !arTexts.has(a.form(from)) {
		return ""
	}
	v := find(from+1, min(to, from+4), func(i int) bool { return arPublished.has(a.form(i)) })
	if v == min(to, from+4) {
		return ""
	}
	end := find(v+1, to, func(i int) bool { return a.has(i, cPrep|cTime|cVerb|cRel|cThat) || a.toks[i].kind == mark })
	if end == v+1 {
		return ""
	}
	name := a.words(from, end)
	if arTexts.has(a.form(from)) {
		return name
	}
	return strings.TrimPrefix(name, "ل")
}

// arPublished are the verbs for who made a study or report.
var arPublished = newWordList(`نشرها نشرته نشرتها نشره أعدها أعده أعدته أعدتها أجراها أجرته أجرتها أجراه
	أصدرها أصدره
	أصدرته أصدرتها أنجزها أنجزتها صدرت صدر`)
