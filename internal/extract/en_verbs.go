package extract

import (
	"strings"
	"unicode"

	"claimbench/internal/text"
)

// markEnglishVerbs marks past forms in -ed as finite, unless an article,
// adjective or preposition before or "by" after makes them participles.
func markEnglishVerbs(l *line) {
	headline := l.sent.Kind == text.KindTitle || l.sent.Kind == text.KindHeading
	for i := range l.toks {
		t := &l.toks[i]
		if t.kind != word {
			continue
		}
		if t.class == 0 && len(t.form) > 4 && strings.HasSuffix(t.form, "ed") &&
			(!l.has(i-1, cDet|cPrep) || l.is(i-1, "that") && l.plainNoun(i-2)) &&
			!l.is(i+1, "by") && !strings.Contains(t.form, "-") {
			t.class |= cVerb
		}
		if i > 0 && !headline && l.toks[i-1].kind != mark && unicode.IsUpper(l.runes[t.start]) && t.class&cVerb != 0 {
			t.class &^= cVerb | cAux | cSay | cAct | cThink | cDeny // a name: the United States
		}
		if t.class == 0 && len(t.form) > 3 && strings.HasSuffix(t.form, "s") && l.is(i-1, "he", "she", "it") {
			t.class |= cVerb // "it floods every spring"
		}
		if t.form == "that" && l.counted(i) { // "the 600 troops that …"
			t.class = cRel
		}
		if l.is(i, "point", "points", "pointed") && l.is(i+1, "out") {
			t.class |= cVerb | cSay
		}
		if t.form == "claims" && i > 0 && enPaid.has(l.form(i-1)) {
			t.class &^= cVerb | cSay // insurance claims
		}
		if t.form == "states" && l.lands(i) {
			t.class &^= cVerb | cSay
		}
		if l.pluralSays(i) {
			t.class |= enPluralSays()[t.form]
		}
		if t.form == "may" && l.month(i) || t.class&cVerb != 0 && t.class&cAux == 0 && l.has(i-1, cPrep) &&
			strings.HasSuffix(t.form, "s") {
			t.class &^= cVerb | cAux | cSay | cAct | cThink
		}
		if t.class&cVerb != 0 && t.class&cAux == 0 && (l.has(i-1, cDet) && !l.is(i-1, "that", "this", "those", "these",
			"some", "many", "several", "both", "all") || l.is(i-1, "to")) {
			t.class &^= cVerb | cSay | cAct | cThink
		}
		if i <= 1 && enOpens.has(t.form) && (l.has(i+1, cPrep) || l.is(i+1, "whether", "if", "why", "how")) {
			t.class &^= cVerb | cSay | cAct // "Asked about the delay, X said"
		}
	}
	for i := range l.toks {
		if l.reduced(i) {
			l.toks[i].class = l.toks[i].class&^(cVerb|cSay) | cPart
		}
	}
	thirdPersons(l)
}

// reduced says whether the past form at i is a participle after its noun, whose clause has its verb elsewhere: "a study
// published in May found", "in a statement issued late on Monday, the firm said".
func (l *line) reduced(i int) bool {
	form := l.toks[i].form
	past := len(form) > 4 && strings.HasSuffix(form, "ed") || enParticiples.has(form) || l.has(i, cPart)
	if i == 0 || !past || !l.has(i, cVerb) || l.has(i, cAux|cSay|cThink) && form != "posted" ||
		l.toks[i-1].kind != word ||
		l.toks[i-1].class&^(cRole|cNoun|cReport|cSource) != 0 || !l.has(i+1, cPrep|cTime) &&
		!l.is(i+1, "late", "early", "online") && !(form == "dated" && l.toks[min(i+1, len(l.toks)-1)].kind == number) {
		return false
	}
	from := i
	for from > 0 && l.toks[from-1].kind != mark && !l.has(from-1, cAnd|cBut|cThat|cRel) {
		from--
	}
	if l.anyOf(from, i, cVerb) {
		return false
	}
	for j := i + 1; j < len(l.toks); j++ {
		switch {
		case l.comma(j):
			return l.has(from, cPrep) && from == 0
		case l.toks[j].kind == mark || l.has(j, cAnd|cBut|cThat|cRel|cCause) || l.has(j, cWhen) && !l.has(j, cPrep):
			return false
		case l.has(j, cVerb):
			return !l.has(j-1, cPron|cDet) && !l.clauseOpens(i+1, j)
		}
	}
	return false
}

// clauseOpens says whether "after", "before" or "as" in [from,to) opens a clause whose verb stands at to: "he resigned
// after prices rose".
func (l *line) clauseOpens(from, to int) bool {
	return find(from, to, func(k int) bool { return l.has(k, cWhen) && l.toks[k].class&cTime == 0 }) < to
}

// enOpens are participles that open a sentence in front of who spoke.
var enOpens = newWordList(`asked pressed questioned quizzed quoted told confronted challenged`)

// enPluralSays are the forms of verbs of saying that are nouns, too, or that only a plural has.
var enPluralSays = newLexicon([]table{
	{cVerb | cSay,
		"claim complain argue warn insist expect predict estimate suggest show note report admit acknowledge " +
			"allege contend maintain hope assert explain find stress worry agree concede conclude indicate " +
			"write recall recommend"},
	{cVerb | cSay | cThink, "fear suspect doubt consider feel"},
	{cVerb | cSay | cDeny, "deny dispute"},
})

// plainNoun says whether token i may be a noun and is in no class of another kind.
func (l *line) plainNoun(i int) bool {
	return i >= 0 && l.toks[i].kind == word && l.toks[i].class&^(cRole|cNoun) == 0 && !enContents.has(l.form(i))
}

// counted says whether a noun with its number stands before token i, and a subject with its verb after.
func (l *line) counted(i int) bool {
	if !l.plainNoun(i - 1) {
		return false
	}
	number := find(max(0, i-4), i-1, func(k int) bool { return l.toks[k].kind == number }) < i-1
	return number && (l.has(i+1, cDet|cPron) || i+1 < len(l.toks) && unicode.IsUpper(l.runes[l.toks[i+1].start]))
}

// claimsVerb says whether "claims" at i is the verb of a subject before it: "the union claims that".
func (l *line) claimsVerb(i int) bool {
	if !l.is(i, "claims", "claim", "fears", "fear", "suspects", "suspect") || i == 0 || l.toks[i-1].kind != word {
		return false
	}
	if l.is(i, "claim", "fear", "suspect") {
		return l.has(i, cVerb)
	}
	c := l.toks[i-1].class
	from := i - 1
	for from > 0 && (l.toks[from-1].kind != mark || l.isMark(from-1, "'’")) {
		from--
	}
	opens := l.has(from, cDet|cPron) || unicode.IsUpper(l.runes[l.toks[from].start])
	return opens && c&^(cRole|cNoun|cPron) == 0 && !strings.HasSuffix(l.form(i-1), "s") &&
		!enClaimKinds.has(l.form(i-1)) && !l.anyOf(from, i, cVerb) && (i-from > 1 || c&cPron != 0 || l.capital(i-1) &&
		i+1 < len(l.toks) && !l.anyFinite(l.clauseAfter(i), len(l.toks)))
}

// capital says whether token i begins with a capital letter.
func (l *line) capital(i int) bool {
	return i >= 0 && i < len(l.toks) && unicode.IsUpper(l.runes[l.toks[i].start])
}

// clauseAfter gives the token after the first finite verb that follows i.
func (l *line) clauseAfter(i int) int {
	v := find(i+1, len(l.toks), func(k int) bool { return l.has(k, cVerb) })
	return find(v+1, len(l.toks), func(k int) bool { return !l.has(k, cVerb|cAux|cPart) })
}

// enClaimKinds are words before "claims" as a noun.
var enClaimKinds = newWordList(`false baseless unproven unfounded viral online misleading repeated recent such
	persistent
	widespread wild conspiracy similar earlier multiple many several these those previous old new other further bogus
	fresh more election government official media insurance`)

// lands says whether "states" at i names lands and is no verb: "three Baltic states announced", "Member states agreed".
func (l *line) lands(i int) bool {
	if i == 0 || l.toks[i-1].kind != word || l.is(i+1, "that") {
		return false
	}
	f := l.form(i + 1)
	many := find(max(0, i-3), i, func(k int) bool {
		return l.toks[k].kind == number || enMany.has(l.form(k)) || l.is(k, numberWords...)
	}) < i
	return many || enLands.has(l.form(i-1)) || l.has(i+1, cVerb) ||
		len(f) > 4 && strings.HasSuffix(f, "ed") && !l.has(i-1, cPron)
}

// enLands are words before states that are lands.
var enLands = newWordList(`member gulf baltic arab swing blue red southern northern eastern western coastal border
	island nation federal confederate neighbouring neighboring eu un nato other all both`)

// enPaid are words before claims that ask for money or a right.
var enPaid = newWordList(`expense expenses insurance flood tax asylum benefit benefits jobless unemployment damages
	compensation injury warranty refund medical medicare medicaid territorial disability pension`)

// enMany are the words before such a verb that are plural without an s.
var enMany = newWordList(`police people they we i you who many some others most critics media both women men few`)

// pluralSays says whether token i is such a form and a verb: a plural stands before it, a clause after.
func (l *line) pluralSays(i int) bool {
	if enPluralSays()[l.toks[i].form] == 0 || i == 0 || l.toks[i-1].kind != word {
		return false
	}
	before := l.form(i - 1)
	plural := strings.HasSuffix(before, "s") && len(before) > 3 && !strings.HasSuffix(before, "'s") &&
		!strings.HasSuffix(before, "ss") && !l.has(i-1, cDet|cPrep|cVerb|cAux)
	if l.pluralOpens(i) && (l.is(i+1, "that") || l.saysLast(i)) {
		return true
	}
	if !plural && !enMany.has(before) {
		return false
	}
	if l.is(i+1, "that") || l.saysLast(i) {
		return true
	}
	end := find(i+1, min(i+12, len(l.toks)), func(k int) bool { return l.toks[k].kind == mark })
	return end > i+2 && !l.has(i+1, cPrep|cAnd) && l.anyFinite(i+2, end)
}

// pluralOpens says whether the noun phrase before i, with what stands between them, opens with a plural: "documents
// seen by the paper show", "economists at the bank predict".
func (l *line) pluralOpens(i int) bool {
	from := i
	for from > 0 && l.toks[from-1].kind != mark && !l.has(from-1, cAnd|cBut|cThat) {
		from--
	}
	if i-from < 3 || i-from > 10 || l.has(i-1, cDet|cPrep|cAux) || l.is(i-1, "to") {
		return false
	}
	k := find(from, min(from+3, i-1), func(k int) bool {
		f := l.form(k)
		return len(f) > 4 && strings.HasSuffix(f, "s") && !strings.HasSuffix(f, "ss") && l.toks[k].class&cVerb == 0 ||
			enMany.has(f) && !l.has(k, cPron|cDet)
	})
	return k < min(from+3, i-1) && (l.has(k+1, cPrep|cPart) || strings.HasSuffix(l.form(k+1), "ed") ||
		enParticiples.has(l.form(k+1))) && !l.has(from, cPrep)
}

// saysLast says whether the plural verb at i ends who spoke between a comma and the next mark: ", prosecutors allege."
func (l *line) saysLast(i int) bool {
	if i+1 < len(l.toks) && l.toks[i+1].kind != mark {
		return false
	}
	from := i
	for from > 0 && l.toks[from-1].kind != mark {
		from--
	}
	opens := from > 1 && l.isMark(from-1, ",”\"") && !l.has(from, cPrep|cAnd|cBut|cRel|cWhen)
	return opens && i-from <= 8 && !l.anyOf(from, i, cVerb)
}

// anyFinite says whether a finite verb stands in [from,to), by its form alone.
func (l *line) anyFinite(from, to int) bool {
	return find(from, to, func(k int) bool {
		form := l.toks[k].form
		return l.has(k, cVerb) || len(form) > 4 && strings.HasSuffix(form, "ed") && !l.has(k-1, cDet|cPrep)
	}) < to
}

// thirdPersons marks the one verb in -s of a clause that has no other: "the index collects data".
func thirdPersons(l *line) {
	from := 0
	for i := 0; i <= len(l.toks); i++ {
		if i < len(l.toks) && l.toks[i].kind != mark && !l.has(i, cAnd|cBut|cWhen|cCause|cRel|cThat|cIf) {
			continue
		}
		if !l.anyOf(from, i, cVerb) {
			l.thirdPerson(from, i)
		}
		from = i + 1
	}
}

// thirdPerson marks the first word of [from,to) that can only be a verb in -s: after a singular noun that opens the
// clause, before an object.
func (l *line) thirdPerson(from, to int) {
	if l.has(from, cPrep|cTime) {
		return
	}
	for k := from + 1; k+1 < min(to, from+7); k++ {
		t := &l.toks[k]
		if t.kind != word || t.class != 0 || len(t.form) < 4 || !strings.HasSuffix(t.form, "s") ||
			strings.HasSuffix(t.form, "ss") || strings.Contains(t.form, "'") || unicode.IsUpper(l.runes[t.start]) {
			continue
		}
		before := l.toks[k-1]
		noun := before.kind == word && (before.class&^(cRole|cNoun|cReport) == 0 || before.class&cPron != 0) &&
			!strings.HasSuffix(before.form, "s")
		object := l.has(k+1, cDet|cPron) || l.toks[k+1].kind == number || l.toks[k+1].kind == word &&
			l.toks[k+1].class == 0
		if noun && object && (l.has(from, cDet|cPron) || unicode.IsUpper(l.runes[l.toks[from].start])) && k-from >= 1 &&
			!(k-from == 1 && l.has(from, cDet)) {
			t.class |= cVerb
			return
		}
	}
}

// month says whether "May" at i is the month: a number stands beside it, or a
// preposition or comma.
func (l *line) month(i int) bool {
	if r := l.runes[l.toks[i].start]; r != 'M' || i == 0 {
		return false
	}
	near := func(k int) bool { return k >= 0 && k < len(l.toks) && l.toks[k].kind == number }
	return near(i-1) || near(i+1) || l.has(i-1, cPrep) || l.is(i-1, "last", "late", "early", "mid") ||
		i+1 == len(l.toks) || l.toks[i+1].kind == mark
}
