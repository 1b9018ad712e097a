package value

import (
	"slices"

	"claimbench/internal/lang"
)

// dateHit is a date as the words give it, before the publication date is brought in.
type dateHit struct {
	start, end       int32 // runes of the sentence
	year, month, day int   // 0: not said
	yearEnd          int   // last year of an interval
	weekday          uint8
	calendar         Calendar
	decade           bool   // year is the first of ten
	relative         string // in English; "" for a date that is not relative
	// d w m y D (decade) W (weekday) V (weekday of a week): what shift counts; 0 when the words fix nothing
	relUnit             byte
	shift               int
	yearTied, monthTied bool // shift holds for the year, or the month, of a date given otherwise: January this year
	deictic             bool // shift is "last" or "next" of a weekday or month
	future              bool // the sentence looks ahead
	elsewhere           bool // its year is told by another date: 翌年3月
	amount              int  // how long an interval that ends or starts at the publication is; 0 none
}

// dateReader finds the dates among the tokens of a sentence.
type dateReader struct {
	sc   *Scan
	pack *lang.Pack
}

// findDates fills sc.dates and marks their tokens, once.
func (sc *Scan) findDates() {
	if sc.dated {
		return
	}
	sc.dated = true
	if sc.cjk {
		sc.findCJKDates()
		return
	}
	rd := dateReader{sc: sc, pack: sc.pack}
	for i := 0; i < len(sc.tokens); {
		h, from, end := rd.at(i)
		if end <= i {
			i++
			continue
		}
		rd.keep(h, from, end)
		i = rd.untilDay(h, end)
	}
	if len(sc.dates) > 0 {
		slices.SortFunc(sc.dates, func(a, b dateHit) int { return int(a.start - b.start) })
		rd.shareYears()
		rd.lookAhead()
	}
}

// untilDay reads the last day of a stretch that goes on after a date whose parts stand behind their figures: 5월 3일부터
// 5일까지. It gives the token to go on from.
func (rd *dateReader) untilDay(h dateHit, k int) int {
	sc := rd.sc
	if !rd.pack.Is(lang.LetteredDates) || h.day == 0 || h.month == 0 {
		return k
	}
	n := k
	if sc.is(n, "부터") || isHyphen(sc.symbol(n)) || isOneOf(sc.symbol(n), "~〜～") {
		n++
	}
	if n == k || n+1 >= len(sc.tokens) || sc.tokens[n].kind != tokenNumber || !sc.has(n+1, senseDayWord) {
		return k
	}
	day := sc.tokens[n].number
	if day.decimal || day.grouped || day.dotted || int(day.value) <= h.day || day.value > 31 {
		return k
	}
	h.day, h.weekday = int(day.value), 0
	rd.keep(h, n, n+2)
	return n + 2
}

// keep records hit h over the tokens from start to end, widened by the words that belong to it: يوم, روز, early, أوائل.
func (rd *dateReader) keep(h dateHit, start, end int) {
	sc := rd.sc
	for k := start; k < end; k++ {
		sc.tokens[k].taken = true
	}
	for start > 0 && sc.has(start-1, senseDayWord|senseMonthWord|sensePart|senseYear) && !sc.tokens[start-1].taken &&
		rd.pack.Known {
		if !rd.pack.Is(lang.HeadNouns) && !sc.has(start-1, sensePart) {
			break
		}
		start--
		sc.tokens[start].taken = true
	}
	h.start, h.end = sc.tokens[start].start, sc.tokens[end-1].end
	sc.dates = append(sc.dates, h)
}

// at tries every form of date at token i, the longest first; end 0 means none. from is where it starts, which is i.
func (rd *dateReader) at(i int) (h dateHit, from, end int) {
	sc := rd.sc
	t := &sc.tokens[i]
	if t.kind == tokenAddress || t.taken || t.kind == tokenSymbol {
		return
	}
	if t.kind == tokenNumber {
		if h, end = rd.numeric(i); end > 0 {
			return h, i, end
		}
	}
	var s sense
	if t.word != nil {
		s = t.word.senses
	}
	if t.phrase != nil {
		s |= t.phrase.senses
	}
	if t.kind == tokenNumber {
		s |= senseNum
	}
	if s&(senseDated|senseCounts) == 0 {
		return
	}
	h, end = rd.form(i, s)
	return h, i, end
}

// Senses that a date can begin with, and those that a number can.
const (
	senseCounts = senseNum | senseOrd | senseTeenUnit | senseScale | senseHundred | senseDual | senseSome | senseVague
	senseDated  = senseDecadeHead | senseWeekday | senseMonth | senseMonthWord | senseDayWord | senseYear |
		senseDecade | senseDecadeNum | senseCentury | senseRel | senseDeixis | senseSince | senseTime |
		senseArticle | senseFrac | senseLead
)

// form tries the forms of date that a word of senses s at token i can begin, the longest first.
func (rd *dateReader) form(i int, s sense) (h dateHit, end int) {
	try := func(on sense, read func(int) (dateHit, int)) bool {
		if s&on == 0 {
			return false
		}
		h, end = read(i)
		return end > i
	}
	switch {
	case try(senseWeekday|senseDayWord|senseDeixis, rd.weekday),
		try(senseNum, rd.lettered),
		try(senseCounts|senseDayWord|senseLead, rd.dayMonth),
		try(senseMonth|senseMonthWord|senseDeixis, rd.monthFirst),
		try(senseYear, rd.yearHead),
		try(senseNum|senseDecade|senseDecadeNum|senseDecadeHead, rd.decade),
		try(senseCounts|senseCentury, rd.century),
		try(senseRel, rd.known),
		try(senseDeixis|senseTime|senseCounts, rd.deictic),
		try(senseSince, rd.since),
		try(senseCounts|senseDeixis, rd.pastAmount),
		try(senseCounts|senseTime|senseSince|senseArticle|senseFrac, rd.ago),
		try(senseNum, rd.bareYear):
		return h, end
	}
	return dateHit{}, 0
}

// skipComma steps over one comma.
func (rd *dateReader) skipComma(k int) int {
	switch rd.sc.symbol(k) {
	case ',', '،':
		return k + 1
	}
	return k
}

// monthName is a month's name found in the text.
type monthName struct {
	month    int
	calendar Calendar
	end      int
	unsure   bool
	flanked  bool // a month only between a day and a year
	clitics  uint8
}

// monthAt reads a month's name at token k, with the second name some papers add: أيار/مايو, مايو (أيار).
func (rd *dateReader) monthAt(k int) (monthName, bool) {
	sc := rd.sc
	m, ok := rd.oneMonth(k)
	if !ok {
		return m, false
	}
	if c := sc.symbol(m.end); c == '/' || c == '(' || c == '-' {
		if other, ok := rd.oneMonth(m.end + 1); ok && other.month == m.month {
			m.end, m.unsure = other.end, false
			if c == '(' && sc.symbol(m.end) == ')' {
				m.end++
			}
		}
	}
	return m, true
}

func (rd *dateReader) oneMonth(k int) (monthName, bool) {
	sc := rd.sc
	if k >= len(sc.tokens) || sc.tokens[k].taken {
		return monthName{}, false
	}
	t := &sc.tokens[k]
	m := monthName{clitics: t.clitics}
	switch {
	case t.phrase != nil && t.phrase.senses&senseMonth != 0:
		m.month, m.calendar, m.end = int(t.phrase.month), t.phrase.calendar, k+int(t.phraseLen)
		m.unsure, m.flanked = t.phrase.senses&senseUnsure != 0, t.phrase.senses&senseFlanked != 0
	case sc.has(k, senseMonth):
		if rd.pack.Is(lang.CapitalMonths) && !t.upper {
			return monthName{}, false
		}
		m.month, m.calendar, m.end, m.unsure = int(t.word.month), t.word.calendar, k+1, t.word.senses&senseUnsure != 0
		m.flanked = t.word.senses&senseFlanked != 0
		if rd.pack.Is(lang.CutMonths) && t.word.cut && sc.symbol(k+1) == '.' && !sc.tokens[k+1].spaced &&
			k+2 < len(sc.tokens) {
			m.end++ // Sept.
		}
	default:
		return monthName{}, false
	}
	return m, true
}

// dayAt reads a day of the month at token k, in digits or words.
func (rd *dateReader) dayAt(k int) (day, end int) {
	sc := rd.sc
	if k >= len(sc.tokens) || sc.tokens[k].taken {
		return 0, 0
	}
	t := &sc.tokens[k]
	if t.kind == tokenNumber {
		n := t.number
		if n.decimal || n.dotted || n.grouped || n.digits > 2 || n.value < 1 || n.value > 31 {
			return 0, 0
		}
		end = k + 1
		if end < len(sc.tokens) && !sc.tokens[end].spaced {
			switch {
			case sc.has(end, senseOrdMark), sc.is(end, "st"), sc.is(end, "nd"), sc.is(end, "rd"), sc.is(end,
				"th"), sc.is(end, "م"),
				sc.is(end, "ام"):
				end++
			case isHyphen(sc.symbol(end)) && sc.has(end+1, senseOrdMark) && !sc.tokens[end+1].spaced: // 29-го
				end += 2
			}
		}
		return int(n.value), end
	}
	if !sc.has(k, senseOrd|senseNum|senseTeenUnit) {
		return 0, 0
	}
	n, ok := sc.numeral(k)
	if !ok || n.vague || n.fraction || n.value < 1 || n.value > 31 || n.value != float64(int(n.value)) {
		return 0, 0
	}
	if rd.pack.Is(lang.OrdinalDays) && !n.ordinal {
		return 0, 0
	}
	return int(n.value), n.end
}

// monthAfterDay steps over what may stand between a day and its month: of, من, ماه, شهر.
func (rd *dateReader) monthAfterDay(k int) (monthName, bool) {
	sc := rd.sc
	if rd.pack.Is(lang.OrdinalStops) && sc.symbol(k) == '.' && !sc.tokens[k].spaced {
		k++
	}
	k = rd.stepOf(k)
	if rd.pack.Is(lang.HeadNouns) && sc.has(k, senseMonthWord) {
		k++
	}
	if isHyphen(sc.symbol(k)) && k+1 < len(sc.tokens) && !sc.tokens[k+1].spaced && !sc.tokens[k].spaced { // 5-May-2017
		k++
	}
	m, ok := rd.monthAt(k)
	if !ok || m.clitics&^proclitAl != 0 || sc.is(k, "صفر") && !sc.has(k-1, senseMonthWord) {
		return monthName{}, false // صفر is zero more often than Safar
	}
	return m, ok
}

// stepOf steps over one "of".
func (rd *dateReader) stepOf(k int) int {
	if rd.sc.has(k, senseOf) {
		return k + 1
	}
	return k
}

// dayMonth reads "5 May 2017", "پنجم ماه مه", "الثامن من يونيو"; and the first day of "5 and 6 May", leaving the rest.
func (rd *dateReader) dayMonth(i int) (h dateHit, end int) {
	sc := rd.sc
	k := i
	for rd.pack.Is(lang.HeadNouns) && sc.has(k, senseDayWord) && k < i+2 {
		k++
	}
	if sc.is(k, "the") {
		k++
	}
	if rd.partOrdinal(k) {
		return
	}
	day, k := rd.dayAt(k)
	if day == 0 || rd.afterHyphen(i, day) {
		return
	}
	if m, ok := rd.monthAfterDay(k); ok {
		if m.unsure && m.calendar == Gregorian && rd.persianVerbAfter(m.end) {
			return
		}
		h = dateHit{month: m.month, day: day, calendar: m.calendar}
		if end = rd.year(&h, rd.monthTail(m.end)); m.flanked && h.year == 0 {
			return dateHit{}, 0
		}
		return h, end
	}
	// من الشهر الجاري
	if at := rd.stepOf(k); rd.pack.Is(lang.HeadNouns) && sc.has(at, senseMonthWord) && sc.has(at+1, senseDeixis) &&
		!sc.tokens[at].taken && (at > k || sc.tokens[at+1].word.shift == 0) {
		return dateHit{day: day, monthTied: true, shift: sc.tokens[at+1].word.shift}, at + 2
	}
	// A list or stretch of days before one month.
	next := k
	if rd.pack.Is(lang.OrdinalStops) && sc.symbol(k) == '.' && !sc.tokens[k].spaced { // 3. bis 5. Mai
		k++
	}
	switch {
	case isHyphen(sc.symbol(k)), sc.has(k, senseTo|senseAnd), sc.symbol(k) == '،', sc.symbol(k) == ',', sc.is(k, "و"):
		next = k + 1
	case k < len(sc.tokens) && sc.tokens[k].clitics&proclitConj != 0:
	default:
		return dateHit{}, 0
	}
	if rd.pack.Is(lang.HeadNouns) && sc.has(next, senseDayWord) {
		next++
	}
	last, after := rd.dayAt(next)
	if last <= day {
		return dateHit{}, 0
	}
	m, ok := rd.monthAfterDay(after)
	if !ok {
		return dateHit{}, 0
	}
	h = dateHit{month: m.month, day: day, calendar: m.calendar}
	rd.year(&h, rd.monthTail(m.end))
	return h, k
}

// afterHyphen is true for the second number of a score before a month: 4-1 de febrero. A stretch of days goes upwards.
func (rd *dateReader) afterHyphen(i, day int) bool {
	sc := rd.sc
	return i > 1 && isHyphen(sc.symbol(i-1)) && !sc.tokens[i].spaced && sc.tokens[i-2].kind == tokenNumber &&
		sc.tokens[i-2].number.value >= float64(day)
}

// partOrdinal is true where an ordinal at token k counts halves or weeks of a month: نیمه اول اکتبر, الأسبوع الأول من
// مايو.
func (rd *dateReader) partOrdinal(k int) bool {
	sc := rd.sc
	if !rd.pack.Is(lang.HeadNouns) || k == 0 || !sc.has(k, senseOrd) || sc.has(k-1, senseDayWord) &&
		!sc.is(k-1, "نیمه") {
		return false
	}
	return sc.has(k-1, senseTime|senseFrac) || sc.is(k-1, "نیمه")
}

// persianVerbAfter tells می the verb prefix from May: after a day it is a prefix when a verb follows apart from it.
func (rd *dateReader) persianVerbAfter(k int) bool {
	sc := rd.sc
	if !sc.is(k-1, "می") || k >= len(sc.tokens) {
		return false
	}
	t := &sc.tokens[k]
	return t.kind == tokenWord && t.word == nil && (t.end-t.start > 2)
}

// monthTail steps over ماه after a Persian month.
func (rd *dateReader) monthTail(k int) int {
	if rd.sc.is(k, "ماه") {
		return k + 1
	}
	return k
}
