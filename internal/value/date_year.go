package value

import (
	"strings"

	"claimbench/internal/lang"
)

// year reads the year that follows a date, said or pointed at ("2017", "من العام الماضي", "this year", "الماضي"), into
// h, and gives the token after it; k is the token to look at, and what is returned when nothing is there.
func (rd *dateReader) year(h *dateHit, k int) int {
	sc := rd.sc
	next := k
	if c := rd.skipComma(k); c > k && (rd.pack.Is(lang.MonthFirst) || h.day > 0 && rd.pack.Is(lang.Juxtaposed)) {
		next = c
	}
	if isHyphen(sc.symbol(next)) && next+1 < len(sc.tokens) && !sc.tokens[next+1].spaced {
		next++
	}
	if sc.has(next, senseOf) && !sc.has(next+1, senseDeixis) {
		next++
	}
	headed := false
	if rd.pack.Is(lang.HeadNouns) && sc.has(next, senseYear) {
		headed = true
		next++
	}
	if y, end := rd.yearNumber(next, headed, h.calendar); end > 0 && (next == k || headed ||
		rd.pack.Is(lang.MonthFirst) ||
		sc.symbol(k) != 0 || y > 1000) {
		h.year = y
		return rd.era(h, end)
	}
	if headed && sc.has(next, senseDeixis) { // سال گذشته, العام الماضي
		h.yearTied, h.shift = true, sc.tokens[next].word.shift
		return next + 1
	}
	if sc.has(next, senseRel) && sc.tokens[next].word.relUnit == 'y' { // امسال
		h.yearTied, h.shift = true, sc.tokens[next].word.shift
		return next + 1
	}
	if rd.pack.Is(lang.DeixisFirst) && sc.has(k, senseDeixis) && sc.is(k+1, "year") {
		h.yearTied, h.shift = true, sc.tokens[k].word.shift
		return k + 2
	}
	if rd.demonstrative(next) && sc.has(next+1, senseYear) {
		h.yearTied = true
		return next + 2
	}
	if rd.pack.Is(lang.DeixisAfter) && sc.has(k, senseDeixis) && !sc.is(k, "پیش") &&
		h.year == 0 {
		h.deictic, h.shift = true, sc.tokens[k].word.shift // مارس الماضي
		return k + 1
	}
	return k
}

func (rd *dateReader) demonstrative(k int) bool {
	sc := rd.sc
	return sc.is(k, "هذا") || sc.is(k, "هذه") || sc.is(k, "این")
}

// yearNumber reads a year at token k. headed says that the word year stands before, so that words and Solar Hijri
// years are believed too.
func (rd *dateReader) yearNumber(k int, headed bool, c Calendar) (year, end int) {
	sc := rd.sc
	if k >= len(sc.tokens) || sc.tokens[k].taken {
		return 0, 0
	}
	t := &sc.tokens[k]
	if t.kind == tokenNumber {
		n := t.number
		if n.digits == 2 && (headed || c == Solar) && rd.pack.Is(lang.SolarYears) && !n.decimal && n.value >= 50 &&
			n.value <= 99 {
			return 1300 + int(n.value), k + 1
		}
		if n.digits != 4 || n.grouped || n.decimal || n.dotted || n.value < 1000 || n.value >= 2200 {
			return 0, 0
		}
		if k+1 < len(sc.tokens) && !headed && c == Gregorian && n.value < 1400 && !rd.pack.Is(lang.SolarYears) {
			return 0, 0
		}
		if !headed && c == Gregorian && k+1 < len(sc.tokens) && (sc.symbol(k+1) == '%' || sc.symbol(k+1) == '٪') {
			return 0, 0
		}
		return int(n.value), k + 1
	}
	if !headed || !sc.has(k, senseNum|senseScale|senseDual) {
		return 0, 0
	}
	n, ok := sc.numeral(k)
	if !ok || n.vague || n.value < 1000 || n.value >= 2200 {
		return 0, 0
	}
	return int(n.value), n.end
}

// era steps over م, میلادی, شمسی after a year and notes the calendar it names.
func (rd *dateReader) era(h *dateHit, k int) int {
	sc := rd.sc
	for k < len(sc.tokens) && sc.has(k, senseEra) && !sc.tokens[k].taken {
		switch string(sc.fold(k)) {
		case "شمسی", "خورشیدی":
			h.calendar = Solar
		case "قمری", "هجریه":
			h.calendar = Lunar
		case "هجری", "ه":
			if rd.pack.Is(lang.LunarYears) {
				h.calendar = Lunar
			}
		case "bc", "bce":
			h.year = -h.year
		}
		k++
	}
	if rd.pack.Is(lang.SolarYears) && h.calendar == Gregorian && h.year >= 1200 && h.year < 1500 && h.month == 0 {
		h.calendar = Solar
	}
	return k
}

// yearHead reads "عام 2015", "سال ۱۴۰۰", "the year 2015", "سال گذشته" is left to deictic.
func (rd *dateReader) yearHead(i int) (h dateHit, end int) {
	if !rd.sc.has(i, senseYear) {
		return
	}
	at := i + 1
	if rd.sc.is(at, "مالی") || rd.sc.is(at, "تحصیلی") || rd.sc.is(at, "زراعی") { // سال مالی ۱۴۰۲
		at++
	}
	y, k := rd.yearNumber(at, true, Gregorian)
	if k == 0 {
		return
	}
	if d, end := rd.markedDecade(k - 1); end > 0 { // tahun 1980-an
		return d, end
	}
	h.year = y
	return h, rd.yearRange(&h, rd.era(&h, k))
}

// bareYear reads a year that no word announces: four digits between 1900 and 2099 that count nothing.
func (rd *dateReader) bareYear(i int) (h dateHit, end int) {
	sc := rd.sc
	if sc.tokens[i].kind != tokenNumber {
		return
	}
	n := sc.tokens[i].number
	if y := rd.shortYear(i); y > 0 {
		return dateHit{year: y}, i + 1
	}
	if rd.pack.Is(lang.SolarYears) && n.value > 1300 && n.value < 1450 && n.digits == 4 && !n.decimal && !n.grouped &&
		i > 1 && sc.has(i-1, senseOrd) && rd.quarterBefore(i-2) { // سه‌ماههٔ نخست ۱۴۰۳
		return dateHit{year: int(n.value), calendar: Solar}, i + 1
	}
	if rd.pack.Is(lang.SolarYears) && n.value > 1300 && n.value < 1450 && n.digits == 4 && !n.decimal && !n.grouped &&
		(sc.is(i-1, "بهار") || sc.is(i-1, "تابستان") || sc.is(i-1, "پاییز") || sc.is(i-1, "زمستان")) {
		return dateHit{year: int(n.value), calendar: Solar}, i + 1
	}
	y, k := rd.yearNumber(i, false, Gregorian)
	if k == 0 || n.value < 1000 || i > 0 && (currencySign(sc.symbol(i-1)) != "" || sc.symbol(i-1) == '#') {
		return
	}
	led := i > 0 && sc.has(i-1, senseLead) && !(sc.is(i-1, "of") || sc.is(i-1, "for") ||
		sc.is(i-1, "and") || sc.is(i-1, "to") || sc.is(i-1, "the"))
	if y < 1500 && !sc.has(k, senseEra) && !(led && rd.pack.Is(lang.SolarYears) && y > 1250) || (y < 1900 ||
		y > 2099) && !led &&
		!sc.has(k, senseEra) {
		return dateHit{}, 0
	}
	if k < len(sc.tokens) {
		qr := quantityReader{sc: sc}
		if u := qr.unit(numeral{end: k}); u.end == k+1 && !sc.has(k, senseEra) && !(led && u.kind&senseNoun != 0) &&
			!rd.singular(k) && !sc.is(k, "election") && !sc.is(k, "elections") {
			return dateHit{}, 0
		}
		if next := &sc.tokens[k]; !next.spaced && next.kind == tokenWord && next.writing == writingLatin &&
			!sc.is(k, "s") || sc.has(k, senseScale|senseHundred) {
			return dateHit{}, 0
		}
	}
	if i > 0 && sc.has(i-1, sensePre) && !led {
		return dateHit{}, 0
	}
	h.year = y
	end = rd.era(&h, k)
	if m, ok := rd.monthAt(end); ok && rd.pack.Is(lang.YearFirst) && !m.unsure {
		h.month = m.month
		if end = m.end; sc.has(end, senseMonthWord) {
			end++
		}
		return h, end
	}
	return h, rd.yearRange(&h, end)
}

// singular says, in English, that token k is one of what its plural in -s counts: the 1997 match.
func (rd *dateReader) singular(k int) bool {
	sc := rd.sc
	if !rd.pack.Is(lang.AdjectivesFirst) || !sc.has(k, senseNoun) {
		return false
	}
	w := string(sc.fold(k))
	for _, plural := range []string{w + "s", w + "es", strings.TrimSuffix(w, "y") + "ies"} {
		if p := sc.words.find([]byte(plural)); p != nil && p.unit == sc.tokens[k].word.unit {
			return true
		}
	}
	return false
}

// quarterBefore says that token k is سه‌ماهه, three months, or the second half of it.
func (rd *dateReader) quarterBefore(k int) bool {
	sc := rd.sc
	return sc.is(k, "سهماهه") || sc.is(k, "ماهه") || sc.is(k, "نیمه") || sc.is(k, "نیمسال") || sc.is(k, "فصل") ||
		sc.is(k, "سال") && sc.is(k-1, "نیم")
}

// shortYear reads '08 after a word that may stand before a year.
func (rd *dateReader) shortYear(i int) int {
	sc := rd.sc
	r := sc.symbol(i - 1)
	n := sc.tokens[i].number
	if sc.is(i-1, "fy") && n.digits == 2 && !n.decimal && rd.pack.Is(lang.SpelledDecades) {
		return 2000 + int(n.value) // FY 24
	}
	if i < 2 || r != '\'' && r != '’' && r != '‘' || sc.tokens[i].spaced || !sc.tokens[i-1].spaced || n.digits != 2 ||
		n.decimal || n.grouped || !sc.has(i-2, senseLead|sensePart) || !rd.pack.Is(lang.SpelledDecades) ||
		i+1 < len(sc.tokens) && !sc.tokens[i+1].spaced && sc.tokens[i+1].kind != tokenSymbol {
		return 0
	}
	if n.value < 40 {
		return 2000 + int(n.value)
	}
	return 1900 + int(n.value)
}

// yearRange reads the second half of "2016-17"; a full second year is a date of its own.
func (rd *dateReader) yearRange(h *dateHit, k int) int {
	sc := rd.sc
	c := sc.symbol(k)
	if !(isHyphen(c) || c == '/') || sc.tokens[k].spaced || k+1 >= len(sc.tokens) || sc.tokens[k+1].spaced ||
		sc.tokens[k+1].kind != tokenNumber {
		return k
	}
	n := sc.tokens[k+1].number
	switch {
	case n.digits != 2 || n.decimal:
	case int(n.value) == (h.year+1)%100:
		h.yearEnd = h.year + 1
		return k + 2
	case int(n.value) > h.year%100 && isHyphen(c) && !rd.unitFollows(k+2): // the 1950-53 war
		rd.keep(dateHit{year: h.year - h.year%100 + int(n.value)}, k+1, k+2)
	}
	return k
}
