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
	if sc.pack.Is(lang.SolarYears) && sc.is(i, "نه") && sc.neither(i) {
		return false
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

// neitherReach is how many tokens may stand between the two halves of "neither … nor …"; a line may have no end.
const neitherReach = 60

// neither says whether نه at token i is one half of "neither … nor …", and not nine.
func (sc *Scan) neither(i int) bool {
	if sc.has(i+1, senseTime|senseScale|senseHundred|senseMoney) || sc.is(i+1, "نفر") || sc.is(i+1, "تن") ||
		sc.is(i+1, "درصد") {
		return false
	}
	for k := max(0, i-neitherReach); k <= min(i+neitherReach, len(sc.tokens)-1); k++ {
		if k != i && sc.is(k, "نه") && (k > i && sc.is(k-1, "و") || k < i && sc.is(i-1, "و")) {
			return true
		}
	}
	return false
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
	case rd.pack.Is(lang.AndInNumerals) && isHyphen(sc.symbol(j)) && sc.is(j+1, "and") && isHyphen(sc.symbol(j+2)) &&
		sc.is(j+3, "a") && isHyphen(sc.symbol(j+4)) && sc.has(j+5, senseFrac): // two-and-a-half
		return j + 5, true
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
	case rd.pack.Is(lang.AndInNumerals) && sc.is(j, "of") && sc.is(j+1, "a") && rd.n.fraction && rd.cur < 1 &&
		sc.has(j+2, senseScale): // a quarter of a million
		return j + 2, false
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
