package value

// judge holds rules that say whether a number in words counts something. A language names its rules in pack.tsv; one
// that names none has none: its numerals all count.
type judge struct {
	word    func(rd *quantityReader, i int, n numeral, u unitAfter) bool // true: it counts nothing
	ordinal func(rd *quantityReader, i int, n numeral) bool
}

// judges are by the name that a language gives (lang.Pack.Numerals): by what tells a number from another word.
var judges = map[string]judge{
	"capitals": {(*quantityReader).englishWordIsName, (*quantityReader).englishOrdinalIsName},
	"verbs":    {(*quantityReader).persianWordIsNone, (*quantityReader).persianOrdinalIsName},
	"article":  {(*quantityReader).arabicWordIsNone, (*quantityReader).arabicOrdinalIsName},
	"counters": {word: (*quantityReader).koreanWordIsNone},
}

func (rd *quantityReader) englishOrdinalIsName(i int, n numeral) bool {
	sc := rd.sc
	t := &sc.tokens[i]
	if t.upper && i > 0 && !sc.titleLike() {
		return true // the Fifth Republic
	}
	if sc.is(i, "second") || sc.is(i, "seconds") {
		// A moment, or "in second place"; as an ordinal it has a determiner before and a word after.
		return n.end >= len(sc.tokens) || sc.tokens[n.end].kind != tokenWord || sc.has(i-1, senseNum|senseSome) ||
			sc.is(i-1, "a") || sc.has(n.end, senseAgo)
	}
	return false
}

func (rd *quantityReader) arabicOrdinalIsName(i int, n numeral) bool {
	sc := rd.sc
	t := &sc.tokens[i]
	if t.clitics&proclitAl == 0 {
		return sc.is(i, "ثانیه") || n.end >= len(sc.tokens) || sc.tokens[n.end].kind != tokenWord ||
			t.clitics&proclitConj != 0 && n.value < 3
	}
	return i == 0 || !definiteWord(sc, i-1)
}

func (rd *quantityReader) persianOrdinalIsName(i int, n numeral) bool {
	sc := rd.sc
	if sc.is(i-1, "می") || sc.is(i-1, "نمی") {
		return true // می دهم, I give
	}
	return i > 0 && (sc.is(i-1, "جهانی") || persianRegnal(sc.fold(i-1))) || sc.is(i, "دومی") || sc.is(i, "سومی")
}

// koreanWordIsNone is true for numerals in words that no counter follows: 네 is also "yes", 세 "tax".
func (rd *quantityReader) koreanWordIsNone(_ int, n numeral, u unitAfter) bool {
	return u.end == 0 && !n.vague && n.scale < 1e4
}
