package value

import "claimbench/internal/lang"

// plainReader reads numerals whose parts follow each other, as most languages write them: двести пять, 2,5 millions,
// mil quinientos, 1억 2000만. Compounds such as einundzwanzig are words of their own in the tables.
type plainReader struct {
	sc        *Scan
	total     float64
	group     float64 // of Korean: what stands below the next 10,000
	cur       float64
	hasCur    bool
	slots     uint8
	lastScale float64
	n         numeral
	last      plainPart
}

// plainPart is what was read last.
type plainPart uint8

const (
	partNone plainPart = iota
	partDigits
	partWord
	partScale
)

// plainNumeral reads the numeral that starts at token i.
func (sc *Scan) plainNumeral(i int) (numeral, bool) {
	rd := plainReader{sc: sc, lastScale: 1e18}
	rd.n.scale = 1
	for j := i; j < len(sc.tokens) && rd.n.words < 12; {
		k := rd.skipAnd(j)
		end := rd.add(k)
		if end == 0 {
			break
		}
		rd.n.words++
		j, rd.n.end = end, end
		if rd.n.ordinal || rd.n.fraction || rd.n.vague {
			break
		}
	}
	if rd.n.words == 0 {
		return numeral{}, false
	}
	rd.mark()
	return rd.result(), true
}

// skipAnd steps over one "and" or hyphen between the words of a numeral.
func (rd *plainReader) skipAnd(j int) int {
	sc := rd.sc
	switch {
	case rd.last == partNone || rd.last == partDigits && !sc.has(j+1, senseScale):
	case sc.has(j, senseAnd) && !sc.tokens[j].taken:
		return j + 1
	case isHyphen(sc.symbol(j)) && !sc.tokens[j].spaced && j+1 < len(sc.tokens) && !sc.tokens[j+1].spaced:
		return j + 1
	}
	return j
}

// add takes what stands at token k into the numeral and gives the token after it, 0 when it does not belong there.
func (rd *plainReader) add(k int) int {
	sc := rd.sc
	if k >= len(sc.tokens) || sc.tokens[k].taken {
		return 0
	}
	t := &sc.tokens[k]
	if f := fractionSign(sc.symbol(k)); f > 0 && (rd.last == partNone || rd.last == partDigits) {
		rd.cur, rd.hasCur, rd.slots, rd.last = rd.cur+f, true, slotAll, partDigits
		return k + 1
	}
	if t.kind == tokenNumber {
		return rd.addDigits(k)
	}
	w, end := t.word, k+1
	if p := t.phrase; p != nil && p.senses&(senseNum|senseOrd|senseScale|senseHundred|senseFrac) != 0 {
		w, end = p, k+int(t.phraseLen)
	}
	if w == nil {
		return 0
	}
	ok := false
	switch {
	case w.senses&senseScale != 0 && sc.pack.Is(lang.DigitsAfterScale):
		ok = rd.addMyriad(w)
	case w.senses&senseScale != 0:
		ok = rd.addScale(w)
	case w.senses&senseVague != 0 && w.num >= 1000 && rd.last == partWord && rd.total == 0: // on binlerce
		rd.total, rd.cur, rd.hasCur, rd.n.vague, rd.last, ok = rd.cur*w.num, 0, false, true, partScale, true
	case w.senses&senseHundred != 0:
		ok = rd.addHundred()
	case w.senses&senseNum != 0:
		ok = rd.addNum(w.num)
	case w.senses&senseFrac != 0 && rd.last == partWord && rd.slots == slotUnit && rd.total == 0 && rd.cur > 1:
		rd.cur, rd.n.fraction, ok = rd.cur*w.frac, true, true // deux tiers, tres cuartos
	case w.senses&senseOrd != 0:
		ok = rd.addOrdinal(w.num)
	case w.senses&senseFrac != 0 && rd.last == partNone:
		rd.cur, rd.hasCur, rd.n.fraction, ok = w.frac, true, true, true
	case w.senses&senseFrac != 0 && rd.last == partWord && rd.slots == slotUnit && rd.total == 0: // deux tiers
		rd.cur, rd.n.fraction, ok = rd.cur*w.frac, true, true
	}
	if !ok {
		return 0
	}
	return end
}

func (rd *plainReader) addDigits(k int) int {
	t := &rd.sc.tokens[k]
	after := rd.last == partScale && rd.sc.pack.Is(lang.DigitsAfterScale) && t.number.value < rd.lastScale
	if t.number.dotted || rd.last != partNone && !after {
		return 0
	}
	n := t.number
	rd.cur, rd.hasCur, rd.slots, rd.last = n.value, true, slotAll, partDigits
	rd.n.digits, rd.n.grouped, rd.n.decimal = true, rd.n.grouped || n.grouped, rd.n.decimal || n.decimal
	rd.n.wholeDigits, rd.n.thousandths = n.digits, n.thousandths
	if sign := currencySign(rd.sc.symbol(k + 1)); sign != "" && !rd.sc.tokens[k+1].spaced &&
		rd.sc.has(k+2, senseScale) {
		rd.n.money = sign // 37$ بلین
		return k + 2
	}
	return k + 1
}

// addNum adds a number below 1000: after hundreds what is below a hundred, after tens what is below ten.
func (rd *plainReader) addNum(v float64) bool {
	slots := slotOf(v)
	switch {
	case v != float64(int(v)):
		slots = slotAll
	case v == 10:
		slots = slotTen // 열 다섯
	}
	switch {
	case v >= 1e3 || rd.last == partDigits:
		return false
	case rd.last == partScale && v >= rd.lastScale:
		return false
	case rd.hasCur && (rd.slots&slots != 0 || slots&slotHundred != 0 || rd.slots&slotUnit != 0 || v == 0):
		return false
	}
	rd.cur, rd.hasCur, rd.slots, rd.last = rd.cur+v, true, rd.slots|slots, partWord
	return true
}

func (rd *plainReader) addHundred() bool {
	switch {
	case rd.hasCur && rd.slots&slotHundred == 0 && rd.cur < 100 || rd.last == partDigits && rd.cur < 100:
		rd.cur *= 100
	case !rd.hasCur:
		rd.cur = 100
	default:
		return false
	}
	rd.hasCur, rd.slots, rd.last = true, slotHundred, partWord
	return true
}

func (rd *plainReader) addScale(w *lex) bool {
	scale := w.num
	switch {
	case w.senses&senseVague != 0 && rd.last == partNone:
		return false
	case rd.hasCur && scale < rd.lastScale:
		rd.total += rd.cur * scale
	case rd.hasCur && scale > rd.lastScale && (rd.total+rd.cur)*scale <= 1e18:
		rd.total = (rd.total + rd.cur) * scale
	case !rd.hasCur && rd.last == partScale && scale > rd.lastScale && rd.total*scale <= 1e18: // mil millones
		rd.total *= scale
	case !rd.hasCur && rd.last == partScale && scale < rd.lastScale && scale >= 1e3: // миллион тысяча
		rd.total += scale
	case rd.last == partNone && !rd.sc.pack.Is(lang.DigitsAfterScale): // 조 is also a name
		rd.total = scale
	default:
		return false
	}
	rd.cur, rd.hasCur, rd.slots, rd.lastScale, rd.n.scale, rd.last = 0, false, 0, scale, scale, partScale
	return true
}

// addMyriad adds a scale where numbers go by ten thousands: 3천5백만 is (3×1000 + 5×100) × 10,000. A word such as 백만
// closes its ten thousands as its parts would.
func (rd *plainReader) addMyriad(w *lex) bool {
	small, big := w.num, 1.0
	for _, m := range [...]float64{1e12, 1e8, 1e4} {
		if small >= m {
			small, big = small/m, m
			break
		}
	}
	switch {
	case rd.last == partNone || !rd.hasCur && rd.group == 0:
		return false // 조 is also a name
	case rd.total > 0 && big >= rd.lastScale && big > 1:
		return false
	case small > 1 && rd.hasCur:
		rd.group += rd.cur * small
	case small > 1 && rd.last == partScale && rd.group > 0:
		return false
	default:
		rd.group += rd.cur
	}
	rd.n.scale = w.num
	if big > 1 {
		rd.total, rd.group, rd.lastScale = rd.total+rd.group*big, 0, big
	}
	rd.cur, rd.hasCur, rd.slots, rd.last = 0, false, 0, partScale
	return true
}

func (rd *plainReader) addOrdinal(v float64) bool {
	if rd.last == partDigits || rd.hasCur && (rd.slots&slotOf(v) != 0 || rd.slots&slotUnit != 0) {
		return false
	}
	rd.cur, rd.hasCur, rd.n.ordinal, rd.last = rd.cur+v, true, true, partWord
	return true
}

// mark reads what makes an ordinal of figures: 3e, 3º, 20-й, 2nd.
func (rd *plainReader) mark() {
	sc, j := rd.sc, rd.n.end
	if rd.last == partWord && rd.sc.pack.Is(lang.Particles) && sc.has(j, senseOrdMark) { // 두 번째
		rd.n.ordinal, rd.n.end = true, j+1
		return
	}
	if rd.last != partDigits || rd.n.decimal || j >= len(sc.tokens) {
		return
	}
	if sc.tokens[j].spaced {
		if rd.spacedMark(j) {
			rd.n.ordinal, rd.n.end = true, j+1
		}
		return
	}
	if isHyphen(sc.symbol(j)) && j+1 < len(sc.tokens) && !sc.tokens[j+1].spaced {
		j++
	}
	if sc.has(j, senseOrdMark) {
		rd.n.ordinal, rd.n.end = true, j+1
	}
}

// spacedMark says that token j is an ordinal mark that is also written apart: 19 ویں, 19 वीं. A single letter is not.
func (rd *plainReader) spacedMark(j int) bool {
	t := &rd.sc.tokens[j]
	return rd.sc.has(j, senseOrdMark) && rd.sc.runes[t.start] >= 0x600 && t.end-t.start > 1 &&
		rd.sc.runes[t.start] < 0x1100
}

func (rd *plainReader) result() numeral {
	n := rd.n
	n.value = rd.total + rd.group + rd.cur
	n.plain = n.value / n.scale
	n.thousandths = n.thousandths && n.scale == 1 && n.words == 1
	if n.words > 1 {
		n.wholeDigits = 0
	}
	return n
}
