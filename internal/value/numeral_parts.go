package value

import "claimbench/internal/lang"

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
