package value

import (
	"strconv"

	"claimbench/internal/lang"
)

// decade reads 1990s, دهه ۹۰, تسعينيات القرن الماضي.
func (rd *dateReader) decade(i int) (h dateHit, end int) {
	sc := rd.sc
	t := &sc.tokens[i]
	switch {
	case t.kind == tokenNumber && rd.pack.Is(lang.SpelledDecades) && i+1 < len(sc.tokens) && !sc.tokens[i+1].spaced &&
		sc.is(i+1, "s"):
		v := int(t.number.value)
		if v%10 != 0 || t.number.grouped || t.number.decimal || !(v >= 1500 && v < 2100 || v >= 20 && v < 100) {
			return
		}
		if v < 100 {
			if !(sc.symbol(i-1) == '\'' || sc.symbol(i-1) == '’' || sc.has(i-1, sensePart) || sc.is(i-1, "the")) {
				return // temperatures in the 80s are not a decade
			}
			v += 1900
		}
		return dateHit{year: v, decade: true}, i + 2
	case rd.pack.Is(lang.HeadDecades) && sc.has(i, senseDecade) && i+1 < len(sc.tokens):
		n, ok := sc.numeral(i + 1)
		if !ok || n.ordinal || n.vague || int(n.value)%10 != 0 || n.value < 10 {
			return
		}
		h = dateHit{year: int(n.value), decade: true}
		end = rd.era(&h, n.end)
		if h.year < 100 {
			h.year += 1300
			if sc.is(end-1, "میلادی") {
				h.year, h.calendar = h.year+600, Gregorian
			} else {
				h.calendar = Solar
			}
		}
		return h, end
	case t.kind == tokenNumber && rd.pack.Is(lang.Juxtaposed):
		return rd.markedDecade(i)
	case rd.phraseOrWord(i, senseDecadeHead) > 0:
		return rd.headedDecade(i)
	case sc.has(i, senseDecadeNum):
		h = dateHit{year: 1900 + t.word.decade, decade: true}
		end = i + 1
		if sc.has(end, senseCentury) {
			end++
			if sc.has(end, senseDeixis) {
				if sc.tokens[end].word.shift == 0 {
					h.year += 100
				}
				end++
			} else if n, ok := sc.numeral(end); ok {
				h.year = (int(n.value)-1)*100 + t.word.decade
				end = n.end
			}
		}
		return h, end
	}
	return
}

// phraseOrWord gives the token after the word or listed phrase of sense s that starts at token i, 0 for none.
func (rd *dateReader) phraseOrWord(i int, s sense) int {
	sc := rd.sc
	if i >= len(sc.tokens) {
		return 0
	}
	if t := &sc.tokens[i]; t.phrase != nil && t.phrase.senses&s != 0 {
		return i + int(t.phraseLen)
	}
	if sc.has(i, s) {
		return i + 1
	}
	return 0
}

// markedDecade reads 1980er, 1980-х, 1980'li, 1980 के दशक.
func (rd *dateReader) markedDecade(i int) (h dateHit, end int) {
	sc := rd.sc
	y, ok := rd.decadeYear(i)
	if !ok {
		return
	}
	k := i + 1
	if r := sc.symbol(k); (isHyphen(r) || r == '\'' || r == '’') && !sc.tokens[k].spaced {
		k++
	}
	if end = rd.phraseOrWord(k, senseDecadeMark); end == 0 {
		return dateHit{}, 0
	}
	if sc.tokens[k].spaced && sc.tokens[k].phrase == nil {
		return dateHit{}, 0
	}
	return dateHit{year: y, decade: true}, end
}

// headedDecade reads années 80, años 1980, שנות ה-80.
func (rd *dateReader) headedDecade(i int) (h dateHit, end int) {
	k := rd.phraseOrWord(i, senseDecadeHead)
	if isHyphen(rd.sc.symbol(k)) {
		k++
	}
	y, ok := rd.decadeYear(k)
	if !ok {
		return
	}
	return dateHit{year: y, decade: true}, k + 1
}

// decadeYear gives the first year of the decade that the figures at token k name.
func (rd *dateReader) decadeYear(k int) (int, bool) {
	if k >= len(rd.sc.tokens) || rd.sc.tokens[k].kind != tokenNumber {
		return 0, false
	}
	n := rd.sc.tokens[k].number
	v := int(n.value)
	if v%10 != 0 || n.grouped || n.decimal || n.dotted || !(v >= 1500 && v < 2100 || v >= 20 && v < 100) {
		return 0, false
	}
	if v < 100 {
		v += 1900
	}
	return v, true
}

// century reads "19th century", قرن نوزدهم, القرن التاسع عشر; it has no norm, only a meaning.
func (rd *dateReader) century(i int) (h dateHit, end int) {
	sc := rd.sc
	at := i
	if rd.pack.Is(lang.Juxtaposed) {
		return rd.markedCentury(i)
	}
	if !rd.pack.Is(lang.CenturyLast) {
		if !sc.has(i, senseCentury) {
			return
		}
		at++
	}
	if at >= len(sc.tokens) || !sc.mayStartNumeral(at) {
		return
	}
	n, ok := sc.numeral(at)
	if !ok || n.value < 1 || n.value > 30 || n.vague || n.value != float64(int(n.value)) {
		return
	}
	end = n.end
	if rd.pack.Is(lang.CenturyLast) {
		if isHyphen(sc.symbol(end)) {
			end++
		}
		if !n.ordinal || !sc.has(end, senseCentury) {
			return dateHit{}, 0
		}
		end++
	}
	return dateHit{relative: ordinalWord(int(n.value)) + " century"}, end
}

// markedCentury reads 19. Jahrhundert, 19-го века, 19. yüzyıl.
func (rd *dateReader) markedCentury(i int) (h dateHit, end int) {
	sc := rd.sc
	if end = rd.phraseOrWord(i, senseCentury); end > 0 && rd.pack.Is(lang.HeadNouns) { // המאה ה-19, abad ke-19
		return rd.headedCentury(end)
	}
	if !sc.mayStartNumeral(i) {
		return dateHit{}, 0
	}
	n, ok := sc.numeral(i)
	if !ok || n.value < 1 || n.value > 30 || n.vague || n.value != float64(int(n.value)) || n.decimal {
		return dateHit{}, 0
	}
	k := n.end
	if sc.symbol(k) == '.' && !sc.tokens[k].spaced {
		k++
	} else if !n.ordinal && (k >= len(sc.tokens) || sc.tokens[k].spaced) {
		return
	}
	if !sc.has(k, senseCentury) {
		return
	}
	return dateHit{relative: ordinalWord(int(n.value)) + " century"}, k + 1
}

// headedCentury reads the number that follows the word century, whose next token is k.
func (rd *dateReader) headedCentury(k int) (h dateHit, end int) {
	sc := rd.sc
	for n := 0; n < 2 && k < len(sc.tokens) && (isHyphen(sc.symbol(k)) || sc.has(k, senseOrdMark)); n++ {
		k++
	}
	if k >= len(sc.tokens) || !sc.mayStartNumeral(k) {
		return
	}
	n, ok := sc.numeral(k)
	if !ok || n.value < 1 || n.value > 30 || n.vague || n.fraction || n.decimal || n.value != float64(int(n.value)) {
		return
	}
	return dateHit{relative: ordinalWord(int(n.value)) + " century"}, n.end
}

func ordinalWord(n int) string {
	s := strconv.Itoa(n)
	switch {
	case n%100 >= 11 && n%100 <= 13:
		return s + "th"
	case n%10 == 1:
		return s + "st"
	case n%10 == 2:
		return s + "nd"
	case n%10 == 3:
		return s + "rd"
	}
	return s + "th"
}
