package value

import "claimbench/internal/lang"

// numeral is a number read from tokens: digits, words or both ("3 million", "خمسة وعشرون", "دو میلیون و ۳۰۰ هزار").
type numeral struct {
	value       float64
	end         int     // the token after it
	scale       float64 // the last scale, 1 when none: "5 to 10 million" shares it
	plain       float64 // value / scale where one scale closes it
	digits      bool    // has digits
	grouped     bool
	decimal     bool
	thousandths bool // three decimals after a full stop, and no scale: may be grouped
	vague       bool // "thousands of": value is the lower power
	ordinal     bool
	fraction    bool
	money       string // of a sign between digits and scale: 37$ بلین
	wholeDigits int8   // digits of the whole part, when it is written in digits alone
	words       int
}

// numeralReader adds words to a numeral, keeping what may still follow: after twenty a unit may, another ten may not.
type numeralReader struct {
	sc        *Scan
	pack      *lang.Pack
	total     float64
	cur       float64
	hasCur    bool
	slots     uint8   // of cur: 1 units, 2 tens, 4 hundreds
	lastScale float64 // of the group added last
	n         numeral
	lastScaleWord, lastDigits,
	lastTeenUnit, lastHalf bool
}

const (
	slotUnit uint8 = 1 << iota
	slotTen
	slotHundred
	slotAll = slotUnit | slotTen | slotHundred
)

// numeral reads the number that starts at token i.
func (sc *Scan) numeral(i int) (numeral, bool) {
	if !sc.mayStartNumeral(i) {
		return numeral{}, false
	}
	if n, ok := sc.vague(i); ok {
		return n, true
	}
	if sc.pack.Is(lang.Juxtaposed) {
		return sc.plainNumeral(i)
	}
	rd := numeralReader{sc: sc, pack: sc.pack, lastScale: 1e18}
	rd.n.scale = 1
	j := i
	if sc.has(j, senseArticle) { // a hundred, a dozen, half a million
		j++
	}
	for j < len(sc.tokens) && rd.n.words < 24 { // the longest numerals have fewer words
		k, joined := rd.joiner(j, j == i || rd.n.words == 0)
		if k < 0 || !rd.add(k, joined) {
			break
		}
		rd.n.words++
		j = k + 1
		rd.n.end = j
		if rd.n.ordinal && !rd.arabicOrdinalGoesOn(j) {
			break
		}
	}
	if rd.n.words == 0 {
		return numeral{}, false
	}
	rd.suffix()
	return rd.result(), true
}

func (sc *Scan) mayStartNumeral(i int) bool {
	t := &sc.tokens[i]
	if t.taken {
		return false
	}
	if t.kind == tokenNumber {
		return !t.number.dotted
	}
	const starts = senseNum | senseHundred | senseScale | senseDual | senseVague | senseSome | senseOrd | senseFrac |
		senseTeenUnit
	if t.phrase != nil && t.phrase.senses&starts != 0 && sc.pack.Is(lang.Juxtaposed) {
		return true
	}
	if t.word == nil {
		return t.kind == tokenSymbol && fractionSign(sc.symbol(i)) > 0
	}
	if t.word.senses&starts != 0 {
		return true
	}
	return sc.has(i, senseArticle) && sc.has(i+1, senseHundred|senseScale|senseFrac|senseOrd) && sc.is(i, "a") &&
		sc.tokens[i+1].spaced
}

// joiner gives the token at which the numeral goes on after position j, stepping over "and", "و", a hyphen; -1 when it
// cannot. joined says that a conjunction was there, also one glued to an Arabic word.
func (rd *numeralReader) joiner(j int, first bool) (k int, joined bool) {
	sc := rd.sc
	if j >= len(sc.tokens) || sc.tokens[j].taken {
		return -1, false
	}
	if first {
		return j, false
	}
	t := &sc.tokens[j]
	switch {
	case rd.pack.Is(lang.AndInNumerals) && t.kind == tokenSymbol && isHyphen(sc.symbol(j)) && !t.spaced &&
		j+1 < len(sc.tokens) &&
		!sc.tokens[j+1].spaced && sc.tokens[j+1].kind == tokenWord:
		return j + 1, false
	case rd.pack.Is(lang.AndInNumerals) && sc.is(j, "and"):
		// "two and a half", "a hundred and five"
		if sc.is(j+1, "a") && sc.has(j+2, senseFrac) {
			return j + 2, true
		}
		if !rd.lastScaleWord {
			return -1, false
		}
		return j + 1, true
	case rd.pack.Is(lang.AndInNumerals) && sc.is(j, "a") && rd.n.fraction && sc.has(j+1, senseHundred|senseScale):
		return j + 1, false
	case rd.pack.Is(lang.WawInNumerals) && sc.is(j, "و"):
		return j + 1, true
	}
	return j, t.clitics&proclitConj != 0
}

// add takes token k into the numeral, if the grammar allows it there.
func (rd *numeralReader) add(k int, joined bool) bool {
	sc := rd.sc
	if k >= len(sc.tokens) || sc.tokens[k].taken {
		return false
	}
	t := &sc.tokens[k]
	first := rd.n.words == 0
	if joined && !sc.has(k, senseFrac) && sc.has(k+1, senseScale) && sc.tokens[k+1].word.num == rd.lastScale {
		return false // three thousand and five thousand
	}
	if f := fractionSign(sc.symbol(k)); f > 0 && !joined {
		rd.cur, rd.hasCur, rd.slots, rd.n.fraction = rd.cur+f, true, slotAll, first
		return first || rd.lastDigits
	}
	if t.kind == tokenNumber {
		return rd.addDigits(t, first, joined)
	}
	w := t.word
	if w == nil {
		return false
	}
	switch {
	case w.senses&senseFrac != 0 && (first || joined || rd.n.words == 1 && !rd.n.digits):
		if ok := rd.addFraction(w, first, joined); ok {
			return true
		}
	}
	switch {
	case w.senses&senseScale != 0:
		return rd.addScale(w.num, first, joined, t)
	case w.senses&senseDual != 0 && (first || joined):
		rd.total += rd.cur + 2*w.num
		rd.cur, rd.hasCur, rd.slots, rd.lastScale, rd.n.scale = 0, false, 0, w.num, 1
		rd.mark(true, false)
		return true
	case w.senses&senseHundred != 0:
		return rd.addHundred(first, joined)
	case w.senses&senseOrd != 0:
		return rd.addOrdinal(k, w, first, joined)
	case w.senses&(senseNum|senseTeenUnit) != 0:
		return rd.addNum(w, first, joined)
	}
	return false
}

func (rd *numeralReader) mark(scaleWord, digits bool) {
	rd.lastScaleWord, rd.lastDigits, rd.lastTeenUnit, rd.lastHalf = scaleWord, digits, false, false
}

func (rd *numeralReader) addDigits(t *token, first, joined bool) bool {
	v := t.number.value
	if t.number.dotted || !first && (rd.hasCur || !joined || v >= rd.lastScale || rd.pack.Is(lang.AndInNumerals)) {
		return false
	}
	rd.cur, rd.hasCur, rd.slots = v, true, slotAll
	rd.n.digits, rd.n.grouped, rd.n.decimal = true, rd.n.grouped || t.number.grouped, rd.n.decimal || t.number.decimal
	rd.n.thousandths = t.number.thousandths
	rd.n.wholeDigits = t.number.digits
	rd.mark(false, true)
	return true
}

func (rd *numeralReader) addNum(w *lex, first, joined bool) bool {
	slots := slotOf(w.num)
	if rd.hasCur && rd.lastDigits {
		return false
	}
	if w.senses&senseTeen != 0 && rd.hasCur && !joined && rd.cur >= 1 && int(rd.cur)%100 < 10 &&
		rd.slots&slotTen == 0 && rd.slots&slotUnit != 0 {
		rd.cur, rd.slots = rd.cur+10, rd.slots|slotTen // ثلاثة عشر
		rd.mark(false, false)
		return true
	}
	if rd.lastTeenUnit && !(joined && slots == slotTen) || rd.slots&slots != 0 || w.num >= 1e3 {
		return false
	}
	switch {
	case first:
	case rd.pack.Is(lang.AndInNumerals):
		if !rd.lastScaleWord && !(rd.slots == slotTen || rd.slots == slotTen|slotHundred) || w.num == 0 {
			return false
		}
	case !joined:
		return false
	case rd.pack.Is(lang.UnitsBeforeTens) && slots&slotUnit != 0 && rd.slots&slotTen != 0:
		return false // twenty and five is two numbers in Arabic: the unit comes first
	case !rd.pack.Is(lang.UnitsBeforeTens) && slots&slotTen != 0 && rd.slots&slotUnit != 0:
		return false
	case slots == slotHundred && rd.slots != 0:
		return false
	}
	rd.cur, rd.hasCur, rd.slots = rd.cur+w.num, true, rd.slots|slots
	rd.mark(false, false)
	rd.lastTeenUnit = w.senses&senseTeenUnit != 0 && w.senses&senseNum == 0
	return true
}

func slotOf(v float64) uint8 {
	switch {
	case v < 10:
		return slotUnit
	case v < 20:
		return slotUnit | slotTen
	case v < 100:
		return slotTen
	}
	return slotHundred
}

func (rd *numeralReader) addHundred(first, joined bool) bool {
	switch {
	case rd.hasCur && !joined && rd.slots&slotHundred == 0 && rd.cur < 100 && !rd.lastDigits:
		rd.cur, rd.slots = rd.cur*100, slotHundred
	case rd.hasCur && !joined && rd.lastDigits && !rd.pack.Is(lang.UnitsBeforeTens) && rd.cur < 100:
		rd.cur *= 100
	case !rd.hasCur && (first || joined):
		rd.cur, rd.hasCur, rd.slots = 100, true, slotHundred
	default:
		return false
	}
	rd.mark(true, false)
	return true
}

func (rd *numeralReader) addScale(scale float64, first, joined bool, t *token) bool {
	if t.word.senses&senseVague != 0 && first {
		return false
	}
	switch {
	case rd.hasCur && !joined && scale < rd.lastScale:
		rd.total += rd.cur * scale
	case rd.hasCur && !joined && scale > rd.lastScale && (rd.total+rd.cur)*scale <= 1e18: // ۲ هزار و ۵۰۰ میلیارد
		rd.total = (rd.total + rd.cur) * scale
	case rd.lastHalf && scale == rd.lastScale: // مليون ونصف المليون
		rd.mark(true, false)
		return true
	case !rd.hasCur && !first && !joined && rd.total*scale <= 1e18: // هزار میلیارد
		rd.total *= scale
	case first, joined && scale < rd.lastScale && !rd.hasCur:
		rd.total += scale
	default:
		return false
	}
	rd.cur, rd.hasCur, rd.slots, rd.lastScale, rd.n.scale = 0, false, 0, scale, scale
	rd.mark(true, false)
	return true
}

func (rd *numeralReader) addFraction(w *lex, first, joined bool) bool {
	switch {
	case first:
		rd.cur, rd.hasCur, rd.n.fraction, rd.slots = w.frac, true, true, slotAll
	case joined && rd.hasCur: // two and a half
		rd.cur += w.frac
	case joined && rd.total > 0: // مليون ونصف
		rd.total += w.frac * rd.lastScale
		rd.mark(false, false)
		rd.lastHalf = true
		return true
	case rd.hasCur && rd.cur < 10 && rd.cur == float64(int(rd.cur)) && rd.slots == slotUnit && w.frac != 0.5:
		// three quarters; but seven halves of a match are seven
		rd.cur *= w.frac
		rd.n.fraction, rd.slots = true, slotAll
	default:
		return false
	}
	rd.mark(false, false)
	return true
}

// addOrdinal closes the numeral with an ordinal, or, after a numerator, makes a fraction of both: two-thirds, یک سوم.
func (rd *numeralReader) addOrdinal(k int, w *lex, first, joined bool) bool {
	fraction := !joined && rd.n.words == 1 && rd.hasCur && rd.cur >= 1 && rd.cur < 10 && w.num >= 3 && w.num > rd.cur &&
		!rd.lastDigits
	switch {
	case fraction && !rd.pack.Is(lang.UnitsBeforeTens):
		rd.cur, rd.n.fraction, rd.slots = rd.cur/w.num, true, slotAll
		rd.mark(false, false)
		return true
	case first:
		if rd.pack.Is(lang.AndInNumerals) && k > 0 && rd.sc.has(k-1, senseArticle) && rd.sc.is(k+1, "of") &&
			w.num >= 3 {
			rd.cur, rd.hasCur, rd.n.fraction, rd.slots = 1/w.num, true, true, slotAll // a third of
			return true
		}
	case rd.pack.Is(lang.AndInNumerals) && !joined && rd.hasCur && rd.slots&slotOf(w.num) == 0 &&
		w.num < 10, rd.pack.Is(lang.OrdinalClosesSum) &&
		joined && rd.slots&slotUnit == 0:
	case rd.pack.Is(lang.AndInNumerals) && rd.lastScaleWord:
	default:
		return false
	}
	rd.cur, rd.hasCur, rd.slots = rd.cur+w.num, true, rd.slots|slotOf(w.num)
	rd.n.ordinal = true
	rd.mark(false, false)
	return true
}

// arabicOrdinalGoesOn says whether the ordinal before token j has more words: الخامس والعشرون, الثالث عشر.
func (rd *numeralReader) arabicOrdinalGoesOn(j int) bool {
	sc := rd.sc
	if !rd.pack.Is(lang.UnitsBeforeTens) || j >= len(sc.tokens) || !sc.has(j, senseNum) {
		return false
	}
	t := &sc.tokens[j]
	tens := t.word.num >= 20 && t.word.num < 100 && t.clitics&proclitConj != 0 && t.clitics&proclitAl != 0
	return tens || t.word.senses&senseTeen != 0 && t.clitics == 0
}

// suffix reads what is glued to digits in Latin writing: 20th, 5bn, 10k.
func (rd *numeralReader) suffix() {
	sc, j := rd.sc, rd.n.end
	if !rd.lastDigits || j >= len(sc.tokens) || sc.tokens[j].spaced || sc.tokens[j].kind != tokenWord {
		return
	}
	scale := 0.0
	switch string(sc.fold(j)) {
	case "st", "nd", "rd", "th":
		rd.n.ordinal = true
	case "م", "ام", "مین", "امین": // ۲۰م
		if !rd.pack.Is(lang.OrdinalClosesSum) {
			return
		}
		rd.n.ordinal = true
	case "k":
		scale = 1e3
	case "mn", "mln", "mio":
		scale = 1e6
	case "m":
		if sc.symbol(j+1) == '(' && j+2 < len(sc.tokens) && sc.tokens[j+2].kind == tokenNumber &&
			sc.tokens[j+2].number.value == rd.cur*1e6 { // 1.5m (1,500,000)
			scale = 1e6
			break
		}
		if !sc.moneyAt(j+1) && (rd.n.end < 2 || !sc.moneyAt(rd.n.end-2)) && !sc.has(j+1, senseNoun) {
			return
		}
		scale = 1e6
	case "bn", "b", "bln":
		scale = 1e9
	case "tn", "trn":
		scale = 1e12
	default:
		return
	}
	if scale > 0 {
		rd.cur, rd.n.scale = rd.cur*scale, scale
	}
	rd.n.end++
}

func (sc *Scan) moneyAt(i int) bool {
	return currencySign(sc.symbol(i)) != "" || sc.has(i, senseMoney)
}

func (rd *numeralReader) result() numeral {
	n := rd.n
	n.value = rd.total + rd.cur
	n.plain = n.value / n.scale
	n.thousandths = n.thousandths && n.scale == 1 && n.words == 1
	if n.words > 1 {
		n.wholeDigits = 0
	}
	return n
}
