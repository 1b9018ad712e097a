package extract

import (
	"strings"
	"unicode/utf8"
)

// markArabic takes the attached و and ف off the words the lexicon knows only
// without them, and marks the verbs it does not list.
func markArabic(l *line, joined []bool) {
	for i := range l.toks {
		t := &l.toks[i]
		if t.kind != word {
			continue
		}
		if t.class == 0 && strings.HasPrefix(l.words(i, i+1), "أل") && strings.HasSuffix(t.form, "ت") {
			t.class = cVerb // أل is no article
		} else if t.class == 0 {
			t.class, joined[i] = arabicClass(t.form)
		} else if t.form == "والذی" || t.form == "والتی" || t.form == "والذین" {
			joined[i] = true
		}
	}
	for i := range l.toks { // what follows لم, لن, قد, سوف is a verb
		t := &l.toks[i]
		l.preposed(i, joined)
		if t.kind == word && t.class&(cVerb|cPron|cDet|cPrep|cThat) == 0 && l.is(i-1, "لم", "لن", "قد", "لقد", "سوف",
			"ولم", "ولن", "وقد", "فقد") {
			t.class |= cVerb
		}
		if t.kind == word && t.class == 0 && l.is(i-1, "لا", "ولا") && (strings.HasPrefix(t.form, "ت") ||
			strings.HasPrefix(t.form, "ی")) && !strings.HasSuffix(t.form, "ة") {
			t.class = cVerb
		}
		if t.class&(cVerb|cPrep|cDet|cThat|cNoun|cRel) == 0 &&
			(l.passiveMark(i) || l.has(i-1, cRel) && !arDefinite(t.form) &&
				t.class == 0) {
			t.class |= cVerb // أُقيل; and what follows الذي
		}
		if arDaytimes.has(t.form) && (l.has(i+1, cTime) || l.is(i+1, "یوم", "امس", "الیوم")) {
			t.class = cTime // at dawn on Sunday
		}
		if joined[i] && t.class == cVerb && t.form[:len("ف")] == "ف" && arDefinite(l.form(i-1)) &&
			(l.has(i-1, cRole) || arNamesWithFa.has(t.form) || l.comma(i-2) && adjectival(l.form(i-1))) {
			t.class, joined[i] = 0, false // the deputy فادي
		}
		if t.class&cNoun != 0 || (l.has(i-1, cPrep) || l.is(i-1, "مقابل")) && t.class&cSay == 0 {
			t.class &^= cVerb
		}
	}
}

// arNamesWithFa are names that look like "and so" with a verb.
var arNamesWithFa = newWordList(`فيصل فيروز فيليب فيكتور فيفيان فيديل فينسنت`)

// preposed takes the class of a verb off a preposition or a noun of its shape: وفي, عقب المباراة, في أخطر خرق.
func (l *line) preposed(i int, joined []bool) {
	t := &l.toks[i]
	switch {
	case t.form == "وفی" && t.class&cVerb != 0 && l.runes[t.end-1] == 'ي':
		t.class, joined[i] = cPrep, true
	case t.form == "عقب" && t.class&cSay != 0 && (i > 0 || arDefinite(l.form(i+1))) && !strings.ContainsRune(
		string(l.runes[t.start:t.end]), 0x651) && !l.nearby(i+1, i+4, arComments):
		t.class = cWhen | cPrep
	case t.class&cVerb != 0 && l.has(i-2, cPrep) && l.toks[i-1].class == 0 && len([]rune(l.form(i-1))) == 4 &&
		l.runes[l.toks[i-1].start] == 'أ':
		t.class &^= cVerb
	}
}

// arComments stand after عقب where it is the verb of commenting.
var arComments = newWordList(`على قائلا قائلة بالقول بأن مضيفا مضيفة`)

// arDaytimes are times of the day that are forms of verbs, too.
var arDaytimes = newWordList(`فجر ظهر عصر`)

// passiveMark says whether token i is written with the vowel of a passive verb: جُرح, اعتُقل.
func (l *line) passiveMark(i int) bool {
	t := l.toks[i]
	r := l.runes[t.start:t.end]
	if len(r) < 4 || r[0] == 'م' || r[0] != 'أ' && arDefinite(t.form) {
		return false
	}
	for k := 1; k < len(r) && k <= 4; k++ {
		if r[k] == 0x64f { // damma
			return k == 1 || k == 2 || r[0] == 'ا'
		}
	}
	return false
}

// arDefinite says whether a word begins with the article.
func arDefinite(w string) bool {
	for _, p := range []string{"ال", "لل", "بال", "وال", "کال", "فال"} {
		if strings.HasPrefix(w, p) {
			return true
		}
	}
	return false
}

// arabicClass finds the class of a word under its attached letters, and says
// whether it is joined to what is before by و or ف.
func arabicClass(w string) (class, bool) {
	if rest, ok := cutLetter(w, 'و', 'ف'); ok && (utf8.RuneCountInString(w) > 3 ||
		arabicWordsOf()[rest]&(cThat|cNot|cPrep) != 0) {
		if c := arabicWordsOf()[rest]; c != 0 {
			return c, true
		}
		if arabicVerb(rest) {
			return cVerb, true
		}
		if c := underSuffix(rest); c != 0 {
			return c, true
		}
	}
	if rest, ok := cutLetter(w, 'س'); ok && arabicWordsOf()[rest]&cVerb != 0 && (strings.HasPrefix(rest, "ی") ||
		strings.HasPrefix(rest, "ت") || strings.HasPrefix(rest, "ن")) {
		return arabicWordsOf()[rest] | cWill, false
	}
	if rest, ok := cutLetter(w, 'ب', 'ل', 'ک'); ok {
		if c := arabicWordsOf()[rest] & (cTime | cRole | cRel | cThat | cReport); c != 0 {
			return c | cPrep, false
		}
	}
	if c := underSuffix(w); c != 0 {
		return c, false
	}
	if arabicVerb(w) {
		return cVerb, false
	}
	return 0, false
}

// underSuffix finds the class of a verb or noun of saying under its pronoun:
// نشرها, قناعتها.
func underSuffix(w string) class {
	for _, suffix := range []string{"ها", "هم", "هما", "ه", "نا", "نی"} {
		rest, ok := strings.CutSuffix(w, suffix)
		if !ok {
			continue
		}
		if c := arabicWordsOf()[rest] & (cVerb | cSay | cAct | cDeny | cThink); c != 0 {
			return c
		}
		if noun, ok := strings.CutSuffix(rest, "ت"); ok && arabicWordsOf()[noun+"ة"]&cSay != 0 {
			return cSay
		}
	}
	return 0
}

// cutLetter takes one of the letters off the front of a word of four or more.
func cutLetter(w string, letters ...rune) (string, bool) {
	r, size := utf8.DecodeRuneInString(w)
	for _, letter := range letters {
		if r == letter && utf8.RuneCountInString(w) >= 3 {
			return w[size:], true
		}
	}
	return w, false
}

// arabicVerb guesses a finite verb from its shape: the imperfect of the third
// person, the perfect plural in وا, the perfect feminine in ت, the tenth form.
func arabicVerb(w string) bool {
	if arabicWordsOf()[w]&cNoun != 0 {
		return false
	}
	r := []rune(w)
	n := len(r)
	if n < 4 || r[0] == 'ا' && r[1] == 'ل' {
		return false
	}
	if r[0] == 'س' && (r[1] == 'ی' || r[1] == 'ت') && n >= 5 {
		return arabicImperfect(r[1:]) || r[1] == 'ت' && !strings.ContainsRune("اویرة", r[2]) && r[n-1] != 'ة'
	}
	switch {
	case r[n-1] == 'ا' && r[n-2] == 'و':
		return true
	case r[n-1] == 'ت' && r[n-2] != 'ا' && r[n-2] != 'ی' && r[n-2] != 'و':
		return n >= 4
	case n == 6 && r[0] == 'ا' && r[1] == 'س' && r[2] == 'ت' && r[4] != 'ا':
		return true
	}
	return arabicImperfect(r)
}

// arabicImperfect tells يفعل and تفعل from the nouns of like shape: verbal
// nouns of the second form (تفعيل) and the fifth and sixth end otherwise.
func arabicImperfect(r []rune) bool {
	n := len(r)
	if n < 4 || n > 8 {
		return false
	}
	last := r[n-1]
	switch r[0] {
	case 'ی':
		return last != 'ة' && last != 'ا' && last != 'و'
	case 'ت':
		if last == 'ة' || last == 'ا' || last == 'ت' || r[n-2] == 'ی' || r[1] == 'ا' || r[n-2] == 'ا' {
			return false
		}
		return n >= 5 && (last == 'ن' && r[n-2] == 'و' || r[1] == 'ت')
	}
	return false
}

// participlesOfSaying gives the accusatives of participles that report: مضيفا, مضيفة, مضيفين.
func participlesOfSaying(stems string) string {
	var out strings.Builder
	for _, w := range strings.Fields(stems) {
		for _, end := range []string{"ا", "ة", "ين"} {
			out.WriteString(w + end + " ")
		}
	}
	return out.String()
}

// arabicWordsOf is the lexicon of Arabic.
var arabicWordsOf = newLexicon(arabicWords, func() []table { return verbForms("ar", arabicPerfect) })
