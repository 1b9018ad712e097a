package value

// vague reads "thousands", "tens of thousands", "several hundred", چند هزار, عشرات الآلاف.
func (sc *Scan) vague(i int) (numeral, bool) {
	v, j := 0.0, i
	switch {
	case sc.has(i, senseSome):
		if !sc.has(i+1, senseHundred|senseScale) {
			return numeral{}, false
		}
		v, j = 1, i+1
	case sc.has(i, senseVague):
		v, j = sc.tokens[i].word.num, i+1
	default:
		if p := sc.tokens[i].phrase; p != nil && p.senses&senseVague != 0 {
			v, j = p.num, i+int(sc.tokens[i].phraseLen)
			break
		}
		return numeral{}, false
	}
	for j < len(sc.tokens) && v < 1e12 {
		k := j
		if sc.has(k, senseOf) {
			k++
		}
		if !sc.has(k, senseVague|senseScale|senseHundred) || sc.tokens[k].clitics&proclitConj != 0 {
			break
		}
		v *= sc.tokens[k].word.num
		j = k + 1
	}
	return numeral{value: v, plain: v, scale: 1, end: j, vague: true, words: j - i}, true
}

func fractionSign(r rune) float64 {
	switch r {
	case '½':
		return 0.5
	case '¼':
		return 0.25
	case '¾':
		return 0.75
	case '⅓':
		return 1.0 / 3
	case '⅔':
		return 2.0 / 3
	case '⅛':
		return 0.125
	}
	return 0
}

func isHyphen(r rune) bool {
	switch r {
	case '-', '\u2010', '\u2011', '–', '\u2212', '—':
		return true
	}
	return false
}

func currencySign(r rune) string {
	switch r {
	case '$', '＄':
		return "USD"
	case '€':
		return "EUR"
	case '£', '￡':
		return "GBP"
	case '¥', '￥':
		return "JPY"
	case '₽':
		return "RUB"
	case '₹':
		return "INR"
	case '₺':
		return "TRY"
	case '₩':
		return "KRW"
	case '₪':
		return "ILS"
	case '﷼':
		return "IRR"
	case '₿':
		return "BTC"
	case '₴':
		return "UAH"
	case '฿':
		return "THB"
	}
	return ""
}
