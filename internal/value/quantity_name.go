package value

import "claimbench/internal/lang"

// isName says that the number at token i is a label, part of a name or a list's mark, and counts nothing. first is
// where the number's currency starts, u the unit found after it.
func (rd *quantityReader) isName(i, first int, n numeral, u unitAfter) bool {
	sc := rd.sc
	if n.ordinal {
		return rd.ordinalIsName(i, n)
	}
	if n.digits {
		return rd.scaleUnknown(n, u) || rd.digitsAreName(i, first, n, u)
	}
	if rd.wordIsUncertain(i, n, u) {
		return true
	}
	if judge := sc.judge.word; judge != nil {
		return judge(rd, i, n, u)
	}
	return false
}

// scaleUnknown is true where the word after the figures may multiply them, in a language whose words for thousand and
// million nobody gave: 5 miljoner.
func (rd *quantityReader) scaleUnknown(n numeral, u unitAfter) bool {
	sc := rd.sc
	return !sc.pack.Scales && u.end == 0 && n.end < len(sc.tokens) && sc.tokens[n.end].kind == tokenWord
}

func (rd *quantityReader) digitsAreName(i, first int, n numeral, u unitAfter) bool {
	sc := rd.sc
	t := &sc.tokens[i]
	if n.end < len(sc.tokens) {
		next := &sc.tokens[n.end]
		if !next.spaced && next.kind == tokenWord && next.writing == writingLatin && u.end == 0 {
			return true // 5G, 737MAX
		}
		if r := sc.symbol(n.end); !next.spaced && (r == '/' || r == '+' || r == ':' || r == '\\' || r == '_' ||
			r == '=' || r == '&') && n.end+1 < len(sc.tokens) && !sc.tokens[n.end+1].spaced &&
			sc.tokens[n.end+1].kind != tokenSymbol {
			return !(r == '/' && sc.tokens[n.end+1].kind == tokenWord) // 24/7, 5+1; but 5/day
		}
	}
	if sc.inDigitChain(i) || sc.besideNumber(i, n.end) {
		return true
	}
	if first != i || u.end > 0 && u.kind&senseNoun == 0 && !glued(sc, i) {
		return sc.symbol(i-1) == '#'
	}
	if i == 0 {
		r := sc.symbol(n.end)
		return n.end < len(sc.tokens) && u.end == 0 && (r == '.' || r == ')' || r == '-' &&
			(n.end+1 >= len(sc.tokens) || sc.tokens[n.end+1].spaced)) &&
			n.words == 1 && !n.grouped
	}
	prev := &sc.tokens[i-1]
	if r := sc.symbol(i - 1); r != 0 {
		switch r {
		case '.':
			return i > 1 && !sc.tokens[i-1].spaced && (sc.is(i-2, "no") || sc.has(i-2, senseLabel)) // No.1, p. 12
		case '№':
			return true
		case '#', '/', '_', '=', '&', '+', '@', ':':
			return !t.spaced && i > 1 && (!prev.spaced || r == '#' || r == '@')
		case '[', '(':
			c := sc.symbol(n.end)
			return u.end == 0 && (c == ']' || c == ')' && i == 1)
		case '-', '–', '\u2011':
			if i > 1 && sc.pack.Is(lang.Prefixes) && sc.tokens[i-2].end-sc.tokens[i-2].start <= 2 {
				return false // ל-1,250
			}
			return !t.spaced && !prev.spaced && i > 1 && sc.tokens[i-2].kind == tokenWord && !compoundHead(sc.fold(i-2))
		}
		return false
	}
	return rd.labelBefore(i, n, u)
}

// inDigitChain is true for parts of phone numbers and codes: 859-292-3680.
func (sc *Scan) inDigitChain(i int) bool {
	joined := func(k int) bool { // token k is a hyphen between two numbers
		return k > 0 && k+1 < len(sc.tokens) && isHyphen(sc.symbol(k)) && !sc.tokens[k].spaced &&
			!sc.tokens[k+1].spaced &&
			sc.tokens[k-1].kind == tokenNumber && sc.tokens[k+1].kind == tokenNumber
	}
	links := 0
	for k := i + 1; links < 2 && joined(k); k += 2 {
		links++
	}
	for k := i - 1; links < 2 && joined(k); k -= 2 {
		links++
	}
	return links > 1
}

// besideNumber is true for digits with other digits right before or after them, as telephone numbers have.
func (sc *Scan) besideNumber(i, end int) bool {
	return i > 0 && sc.tokens[i-1].kind == tokenNumber && !sc.tokens[i-1].taken || end == i+1 && end < len(sc.tokens) &&
		sc.tokens[end].kind == tokenNumber && !sc.tokens[end].taken
}

func glued(sc *Scan, i int) bool {
	return i > 1 && isHyphen(sc.symbol(i-1)) && !sc.tokens[i-1].spaced && !sc.tokens[i].spaced
}

// labelBefore says whether the word before makes the number a name's: Article 5, Windows 10, Guccifer 2.0.
func (rd *quantityReader) labelBefore(i int, n numeral, u unitAfter) bool {
	sc := rd.sc
	prev := &sc.tokens[i-1]
	if prev.kind != tokenWord {
		return false
	}
	if sc.has(i-1, senseLabel) && !n.grouped && (u.end == 0 || u.kind&senseNoun != 0) {
		if prev.writing == writingLatin && !prev.upper && len(sc.fold(i-1)) < 4 {
			return false
		}
		return !n.decimal || u.end == 0
	}
	if prev.writing != writingLatin || !prev.upper ||
		sc.has(i-1, sensePre|senseMoney|senseMonth|senseLead|senseArticle|senseBetween) {
		return false
	}
	if !sc.pack.Is(lang.CapitalNames) {
		if !sc.pack.Is(lang.Juxtaposed) {
			return u.end == 0 && n.words == 1 && !n.grouped
		}
		// A noun may begin with a capital: the number is a name's only where nothing can be counted after it.
		return u.end == 0 && n.words == 1 && !n.grouped && !n.decimal && !isHyphen(sc.symbol(n.end)) &&
			(n.end >= len(sc.tokens) || sc.tokens[n.end].kind != tokenWord || sc.has(n.end, senseAnd|senseLead))
	}
	if u.end > 0 || n.grouped || n.words > 1 {
		return false
	}
	if n.decimal {
		return true
	}
	if isHyphen(sc.symbol(n.end)) && n.end+1 < len(sc.tokens) && sc.tokens[n.end+1].kind == tokenNumber {
		return false // a score after a team's name
	}
	// In English a plain noun may follow: "In London 25 died" states a number, "Boeing 737 crashed" does not.
	if i == 1 && sc.has(0, senseNoun) && prev.upper {
		return true // Company 2 paid
	}
	return i > 1 && !(n.end < len(sc.tokens) && sc.tokens[n.end].kind == tokenWord && !sc.tokens[n.end].upper &&
		sc.tokens[n.end].word == nil && !englishNoAdjective(sc.fold(n.end)))
}

func compoundHead(w []byte) bool {
	switch string(w) {
	case "mid", "pre", "post", "sub", "top", "under", "over", "late", "early", "twenty", "thirty", "a", "an", "the",
		"non":
		return true
	}
	return false
}

func (rd *quantityReader) ordinalIsName(i int, n numeral) bool {
	sc := rd.sc
	if n.digits {
		return n.value == 1 && rd.namedAfter(n.end)
	}
	if n.value == 1 {
		return true // "first" is said of anything
	}
	if rd.ordinalIsUncertain(i, n) {
		return true
	}
	if judge := sc.judge.ordinal; judge != nil {
		return judge(rd, i, n)
	}
	return false
}

// definiteWord is true for Arabic words that an ordinal with the article can follow: with the article, or with a
// pronoun at the end. A name is neither: محمد السادس.
func definiteWord(sc *Scan, i int) bool {
	t := &sc.tokens[i]
	if t.kind != tokenWord {
		return false
	}
	if t.clitics&proclitAl != 0 {
		return true
	}
	f := string(sc.fold(i))
	for _, head := range []string{"ال", "وال", "بال", "لل", "فال", "کال", "ولل"} {
		if len(f) > len(head)+3 && f[:len(head)] == head {
			return true
		}
	}
	for _, tail := range []string{"ته", "تها", "تهم", "ها", "هم"} {
		if len(f) > len(tail)+5 && f[len(f)-len(tail):] == tail {
			return true
		}
	}
	return false
}

func persianRegnal(w []byte) bool {
	switch string(w) {
	case "الیزابت", "چارلز", "لویی", "ناپلیون", "پل", "بندیکت", "فیلیپ", "محمد", "عبدالله", "ویلیام", "جورج", "هنری",
		"کاترین", "نیکلای", "آلکساندر", "الکساندر", "فرانسیس", "داریوش", "خسرو", "عباس", "کارلوس", "سلمان":
		return true
	}
	return false
}

func (rd *quantityReader) englishWordIsName(i int, n numeral, u unitAfter) bool {
	sc := rd.sc
	t := &sc.tokens[i]
	if t.upper && i > 0 && !sc.titleLike() && n.words == 1 && sc.tokens[i-1].kind == tokenWord {
		return true // the Chicago Seven, Big Four
	}
	switch {
	case n.fraction && n.words == 1 && sc.has(i, senseFrac):
		// half of, half the, half a; not second half, half-brother, quarter-final
		next := n.end
		if isHyphen(sc.symbol(i-1)) && !t.spaced && sc.has(i-2, senseOrd) { // first-half
			return true
		}
		if sc.has(i-1, senseOrd|senseDeixis) || isHyphen(sc.symbol(next)) && u.end == 0 {
			return true
		}
		if sc.is(i, "quarter") || sc.is(i, "quarters") {
			return !sc.is(i-1, "a") || !sc.is(next, "of")
		}
		return !(sc.is(next, "of") || sc.is(next, "the") || sc.is(next, "a") || sc.is(next, "an") ||
			sc.is(next, "its") || sc.is(next, "their") || sc.is(next, "his") || u.end > 0)
	case n.value == 1 && n.words == 1:
		// "one" counts only where it stands before what is counted
		return u.end == 0 || u.end != n.end+1 || !oneCounts(u) || sc.is(n.end, "day") || sc.is(n.end, "another") ||
			sc.is(i-1, "no") || sc.is(n.end, "man") && n.end+1 < len(sc.tokens) && sc.tokens[n.end+1].upper
	case n.value == 0 && n.words == 1:
		return u.end == 0
	case n.vague && sc.is(i, "many"):
		return true
	}
	return false
}

// oneCounts is true for units before which "one" is a number and not an article.
func oneCounts(u unitAfter) bool {
	if u.kind&senseNoun == 0 {
		return true
	}
	switch u.name {
	case "people", "children", "soldiers", "officers":
		return true
	}
	return false
}

// persianWordIsNone sorts out the words that are numerals only sometimes: نه (no), سی (BBC), یک (a), ده (village), هر
// دو (both).
func (rd *quantityReader) persianWordIsNone(i int, n numeral, u unitAfter) bool {
	sc := rd.sc
	if n.words != 1 || n.vague {
		return false
	}
	scaled := sc.has(i, senseScale|senseHundred)
	switch {
	case sc.is(n.end, "ماهه") && sc.has(n.end+1, senseOrd):
		return true // سه‌ماههٔ نخست, the first quarter
	case sc.is(i-1, "بر") && sc.mayStartNumeralBefore(i-1), sc.is(n.end, "بر") && n.end+1 < len(sc.tokens) &&
		sc.mayStartNumeral(n.end+1):
		return false // یک بر صفر, one-nil
	case n.fraction:
		return sc.is(i, "ربع") || sc.is(i, "چارک") || sc.is(i, "نیم") && u.end == 0
	case sc.is(i, "یک"):
		return !(u.end > 0 && (u.kind&senseNoun == 0 && u.kind&senseTime == 0 || sc.is(n.end, "نفر") ||
			sc.is(n.end, "تن")))
	case sc.is(i, "نه"), sc.is(i, "سی"), sc.is(i, "ده"), sc.is(i, "صفر"):
		return u.end == 0 || sc.is(i-1, "بی") || sc.is(i-1, "ام")
	case sc.is(i, "دو"):
		return sc.is(i-1, "هر") || n.end >= len(sc.tokens) || sc.tokens[n.end].kind != tokenWord ||
			persianFunction(sc.fold(n.end))
	case sc.is(i-1, "هر"):
		return true
	case scaled:
		return false
	}
	return n.end >= len(sc.tokens) || sc.tokens[n.end].kind != tokenWord && u.end == 0
}

// mayStartNumeralBefore says that a numeral stands right before token i.
func (sc *Scan) mayStartNumeralBefore(i int) bool { return i > 0 && sc.mayStartNumeral(i-1) }

// persianFunction words cannot be what is counted.
func persianFunction(w []byte) bool {
	switch string(w) {
	case "را", "به", "از", "در", "با", "که", "و", "است", "بود", "هم", "نیز", "تا", "برای", "بر", "شد":
		return true
	}
	return false
}

func (rd *quantityReader) arabicWordIsNone(i int, n numeral, u unitAfter) bool {
	sc := rd.sc
	t := &sc.tokens[i]
	switch {
	case n.words != 1:
		return false
	case n.value == 1:
		// واحد من: one of; شخص واحد counts, but the noun stands before.
		return !sc.has(i-1, senseNoun) || t.clitics != 0 || !oneCounts(unitAfter{name: sc.tokens[i-1].word.unit,
			kind: senseNoun})
	case n.fraction:
		if sc.is(i, "ربع") || t.clitics&proclitAl != 0 || sc.is(n.end, "نهایی") || sc.is(n.end, "النهایی") {
			return true
		}
		return t.clitics&proclitConj != 0
	case n.vague && t.clitics&proclitAl != 0:
		return false
	case t.clitics&proclitAl != 0 && sc.is(i-1, "مجموعه"): // G7, G20
		return true
	}
	return false
}

// titleLike is true for a sentence that capitalises most of its words, so that a capital says nothing.
func (sc *Scan) titleLike() bool {
	if sc.title == 0 {
		sc.title = 1
		if sc.sent.Kind == "title" || sc.sent.Kind == "heading" || sc.mostlyCapitals() {
			sc.title = 2
		}
	}
	return sc.title == 2
}

func (sc *Scan) mostlyCapitals() bool {
	lower, upper := 0, 0
	for i := range sc.tokens {
		t := &sc.tokens[i]
		switch {
		case t.kind != tokenWord || t.end-t.start < 3 || !t.upper && smallInTitle(sc.fold(i)):
		case t.upper:
			if t.end-t.start > 3 {
				upper++
			}
		default:
			lower++
		}
	}
	return upper+lower > 2 && lower*6 <= upper
}

// smallInTitle is true for words that English titles write without a capital.
func smallInTitle(w []byte) bool {
	switch string(w) {
	case "the", "and", "for", "nor", "but", "via", "per", "off", "out", "von", "van", "del", "der", "with", "from",
		"into", "over", "than", "that", "amid", "upon", "after", "under", "says", "are", "was", "has", "its", "not":
		return true
	}
	return false
}

// covers says whether token i, or the one after it, is what may lie on top of something.
func covers(sc *Scan, i int) bool {
	for _, w := range []string{"mud", "snow", "water", "rubble", "ice", "sand", "earth", "soil", "ash", "rock", "rocks",
		"debris", "concrete", "sediment", "silt", "lava", "dirt", "sludge", "gravel", "floodwater", "seawater",
		"clay"} {
		if sc.is(i, w) || sc.is(i+1, w) {
			return true
		}
	}
	return false
}
