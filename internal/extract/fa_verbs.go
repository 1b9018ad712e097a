package extract

import "strings"

// markPersianVerbs marks the finite verbs that the lexicon does not list.
func markPersianVerbs(l *line) {
	for i := range l.toks {
		t := &l.toks[i]
		if t.kind == word && t.class&cVerb != 0 && faNouns.has(t.form) && (l.nounPlace(i) || l.nounAhead(i)) {
			t.class &^= cVerb // "construction of the station", no "built"
		}
		if t.kind == word && (t.form == "گفته" || t.form == "نوشته") && l.is(i-1, "به", "بنابه", "طبق") {
			t.class &^= cVerb | cSay | cPart // "according to"
		}
		if (t.form == "گفته" || t.form == "نوشته") && (l.is(i+1, "را") || l.is(i-1, "این", "آن", "همین") &&
			!l.has(i+1, cAux)) { // "rejected this statement"
			t.class &^= cVerb | cSay | cPart
		}
		if (t.form == "خبر" || t.form == "اطلاع") && faHas.has(l.form(i+1)) {
			t.class &^= cSay | cReport // to know of, not to report
		}
		if t.form == "زیست" && l.is(i-1, "محیط") {
			t.class &^= cVerb // the environment
		}
		if t.form == "شهادت" && !l.is(i+1, "داد", "دادند", "داده", "میدهد", "میدهند") { // martyrdom, a certificate
			t.class &^= cSay
		}
		if t.kind != word || t.class&(cVerb|cNoun) != 0 {
			continue
		}
		if rest, ok := strings.CutSuffix(t.form, "ند"); ok && i > 0 { // معتقدند, مدعی‌اند
			if c := persianWordsOf()[strings.TrimSuffix(rest, "ا")] & cThink; c != 0 ||
				faHolds.has(strings.TrimSuffix(rest, "ا")) {
				t.class |= cVerb | cSay | cThink
				continue
			}
		}
		if persianFinite(t.form) && persianWordsOf()[t.form]&cNoun == 0 {
			t.class |= cVerb | persianStem(t.form)
			continue
		}
		if l.copula(i) {
			t.class |= cVerb
			continue
		}
		if l.has(i-1, cSay|cDeny) && l.is(i, "کرده", "داده") || l.is(i-1, "مدعی", "یادآور", "متذکر") && l.is(i, "شده") {
			t.class |= cVerb // "مدعی شده به سرورها نفوذ کرده است"
		}
		end := i+1 == len(l.toks) || l.toks[i+1].kind == mark || l.is(i+1, "و", "یا", "که", "تا", "اما", "ولی")
		if (t.class&cPart != 0 || negatedParticiple(t.form)) && end || (l.is(i-1, "می", "نمی") && t.class == 0) {
			t.class |= cVerb
		}
	}
}

// faHas are the forms of having.
var faHas = newWordList(`داشت داشتند داشتیم داشتم داشته داشته‌است داشته‌اند دارد دارند داریم دارم نداشت نداشتند نداشته
	نداشته‌است نداشته‌اند ندارد ندارند می‌داشت می‌داشتند`)

// faHolds are adjectives of those who hold something to be so.
var faHolds = newWordList(`مدعی معتقد نگران منکر مطمئن خواستار`)

// faNouns are finite verbs that are nouns, too: ساخت, خرید.
var faNouns = newWordList(`ساخت خرید پرداخت شناخت گذشت برداشت دید خواست نشست ریخت سوخت بست باخت فروخت گشت زد کشت پیوست`)

// nounPlace says whether the word at i opens its clause or follows a
// preposition, and another word follows it: a verb stands last.
func (l *line) nounPlace(i int) bool {
	opens := i == 0 || l.toks[i-1].kind == mark || l.has(i-1, cPrep|cThat|cAnd|cBut|cAim) ||
		l.is(i-1, "یک", "این", "همین", "هر", "چند")
	return opens && i+1 < len(l.toks) && l.toks[i+1].kind == word && !l.has(i+1, cAnd|cThat|cBut|cAim)
}

// nounAhead says whether the word at i, which is a verb or a noun, has a noun after it that it owns: "در حاشیه نشست
// هیئت دولت". A verb would stand last.
func (l *line) nounAhead(i int) bool {
	if !l.is(i, "نشست", "ساخت", "خرید", "پرداخت", "برداشت") || i == 0 || i+1 >= len(l.toks) {
		return false
	}
	next := l.toks[i+1]
	return next.kind == word && next.class&^(cNoun|cRole|cReport|cTime) == 0 && !l.has(i-1, cPron|cVerb|cNot) &&
		!l.is(i-1, "را") && l.toks[i-1].class&^(cNoun|cRole|cPrep|cReport) == 0
}

// copula says whether the word at i ends in "are" or "is": مخالف این طرح‌اند.
func (l *line) copula(i int) bool {
	w := l.words(i, i+1)
	return strings.HasSuffix(w, "\u200cاند") || strings.HasSuffix(w, "\u200cست")
}

// faPreverbs stand in front of the verb's own prefix: برمی‌گردد, درنمی‌آید.
var faPreverbs = strings.Fields("بر باز در فرو فرا وا ور")

// negatedParticiple tells نکشیده, نیافته: a participle that stands for a verb.
func negatedParticiple(w string) bool {
	if !strings.HasPrefix(w, "ن") || len([]rune(w)) < 4 {
		return false
	}
	for _, s := range []string{"شده", "کرده", "بوده", "یده", "سته", "شته", "خته", "فته", "رده", "اده", "نده"} {
		if strings.HasSuffix(w, s) {
			return true
		}
	}
	return false
}

// persianStem gives the class of the verb under its prefix or ending: می‌گوید, گفته‌اند.
func persianStem(w string) class {
	for _, prefix := range []string{"نمی", "می"} {
		if rest, ok := strings.CutPrefix(w, prefix); ok {
			return persianWordsOf()[rest] & (cSay | cAct | cThink)
		}
	}
	for _, suffix := range []string{"اند", "است", "ایم"} {
		if rest, ok := strings.CutSuffix(w, suffix); ok {
			return persianWordsOf()[rest] & (cSay | cAct | cThink)
		}
	}
	return 0
}

// persianWordsOf is the lexicon of Persian.
var persianWordsOf = newLexicon(persianWords, func() []table { return verbForms("fa", persianPast) })

// persianFinite tells a finite verb by its prefix and ending.
func persianFinite(w string) bool {
	for _, prefix := range []string{"نمی", "می"} { // می‌شد, می‌زد: too short for the endings
		if rest, ok := strings.CutPrefix(w, prefix); ok && persianWordsOf()[rest]&cVerb != 0 {
			return true
		}
	}
	if rest, ok := strings.CutPrefix(w, "ب"); ok && strings.HasSuffix(w, "د") && persianWordsOf()[rest]&cVerb != 0 {
		return true // بدهد, بگیرد
	}
	for _, pre := range faPreverbs {
		if rest, ok := strings.CutPrefix(w, pre); ok && (strings.HasPrefix(rest, "می") || strings.HasPrefix(rest,
			"نمی")) && persianFinite(rest) {
			return true
		}
	}
	r := []rune(w)
	if len(r) < 4 {
		return false
	}
	if rest, ok := strings.CutSuffix(w, "یم"); ok && (len([]rune(rest)) >= 3 || rest == "شد" || rest == "زد") &&
		(persianWordsOf()[rest]&cVerb != 0 ||
			persianWordsOf()[rest+"د"]&cVerb != 0) { // شدیم, بردیم, نداریم
		return true
	}
	for _, suffix := range []string{"یم", "ید", "م"} { // آوردیم, بردم
		rest, ok := strings.CutSuffix(w, suffix)
		if c := persianWordsOf()[rest]; ok && len([]rune(rest)) >= 3 && c&cVerb != 0 && c&(cNoun|cAux) == 0 {
			return true
		}
	}
	ends := func(suffixes ...string) bool {
		for _, s := range suffixes {
			if strings.HasSuffix(w, s) {
				return true
			}
		}
		return false
	}
	if (strings.HasPrefix(w, "می") || strings.HasPrefix(w, "نمی")) && len(r) >= 5 {
		return ends("د", "ند", "یم", "ید", "ست", "شت", "فت")
	}
	if len(r) >= 6 && ends("هاند", "هاست", "هایم", "هبود", "هبودند") {
		return true
	}
	if len(r) >= 5 && ends("ردند", "ستند", "فتند", "ختند", "شتند", "یدند", "ادند", "اندند", "ودند") {
		return true
	}
	return len(r) >= 5 && (strings.HasPrefix(w, "ب") || strings.HasPrefix(w, "ن")) && ends("ند") && !ends("مند")
}
