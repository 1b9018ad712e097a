package value

import (
	"strconv"

	"claimbench/internal/lang"
)

// weekday reads a day of the week, and the date it belongs to: "Friday, 5 May", "جمعه پنجم مه", "يوم الاثنين 6 مايو",
// "last Friday" by its second word.
func (rd *dateReader) weekday(i int) (h dateHit, end int) {
	sc := rd.sc
	k := i
	for rd.pack.Is(lang.HeadNouns) && sc.has(k, senseDayWord) && k < i+2 && !sc.has(k, senseRel) {
		k++
	}
	shift, deictic := 0, false
	if rd.pack.Is(lang.DeixisFirst) && sc.has(k, senseDeixis) && sc.has(k+1, senseWeekday) {
		shift, deictic = sc.tokens[k].word.shift, true
		k++
	}
	wd, k := rd.weekdayAt(k)
	if wd == 0 {
		return
	}
	h.weekday = wd
	if rd.pack.Is(lang.DeixisAfter) && sc.has(k, senseDeixis) && !((sc.is(k, "پیش") || sc.is(k, "قبل")) &&
		sc.is(k+1, "از")) {
		shift, deictic = sc.tokens[k].word.shift, true
		k++
	}
	h.shift, h.deictic = shift, deictic
	next := rd.skipComma(k)
	if sc.symbol(k) == '(' || isHyphen(sc.symbol(k)) && sc.tokens[k].spaced {
		next = k + 1
	}
	for rd.pack.Is(lang.HeadNouns) && (sc.has(next, senseDayWord) || sc.is(next, "الموافق")) {
		next++
	}
	if sc.is(next, "the") {
		next++
	}
	d, e := rd.dayMonth(next)
	if e == 0 {
		d, e = rd.monthFirst(next)
		if d.day == 0 {
			e = 0
		}
	}
	if e == 0 && next < len(sc.tokens) && sc.tokens[next].kind == tokenNumber {
		d, e = rd.numeric(next)
		if d.day == 0 {
			e = 0
		}
	}
	if e > 0 {
		d.weekday = wd
		return d, e
	}
	h.relative = weekdayNames[wd]
	if deictic {
		h.relative = deixisWord(shift) + " " + h.relative
	}
	h.relUnit = 'W'
	return h, k
}

func (rd *dateReader) weekdayAt(k int) (uint8, int) {
	sc := rd.sc
	if k >= len(sc.tokens) || sc.tokens[k].taken {
		return 0, 0
	}
	t := &sc.tokens[k]
	if t.phrase != nil && t.phrase.senses&senseWeekday != 0 {
		return t.phrase.weekday, k + int(t.phraseLen)
	}
	if !sc.has(k, senseWeekday) || rd.pack.Is(lang.CapitalMonths) && !t.upper {
		return 0, 0
	}
	end := k + 1
	if rd.pack.Is(lang.CutWeekdays) && t.end-t.start <= 4 {
		if t.word.senses&senseMonth != 0 || t.allUpper {
			return 0, 0
		}
		if sc.symbol(end) == '.' && !sc.tokens[end].spaced && end+1 < len(sc.tokens) {
			end++
		} else if end < len(sc.tokens) && sc.tokens[end].kind == tokenWord && !sc.has(end, senseMonth) {
			return 0, 0 // sun, sat, wed
		}
	}
	return t.word.weekday, end
}

// monthFirst reads "May 5, 2017", "May 2017", "شهر يونيو", "مارس الماضي", "last March" and a month alone.
func (rd *dateReader) monthFirst(i int) (h dateHit, end int) {
	sc := rd.sc
	k, cue := i, false
	if rd.pack.Is(lang.DeixisFirst) && sc.has(i, senseDeixis) && !sc.is(i, "previous") {
		m, ok := rd.monthAt(i + 1)
		if !ok {
			return
		}
		h = dateHit{month: m.month, deictic: true, shift: sc.tokens[i].word.shift}
		return h, m.end
	}
	if rd.pack.Is(lang.HeadNouns) && sc.has(k, senseMonthWord) {
		k, cue = k+1, true
	}
	m, ok := rd.monthAt(k)
	if !ok {
		return
	}
	h = dateHit{month: m.month, calendar: m.calendar}
	end = m.end
	if rd.pack.Is(lang.MonthFirst) {
		if day, e := rd.dayAt(end); day > 0 && !rd.unitFollows(e) && sc.tokens[end].spaced {
			h.day, end = day, e
			if isHyphen(sc.symbol(end)) || sc.has(end, senseAnd|senseTo) {
				rd.dayRange(&h, end)
			}
			return h, rd.year(&h, end)
		}
	}
	if tail := rd.monthTail(end); tail > end {
		end, cue = tail, true
	}
	before := end
	end = rd.year(&h, end)
	if end == before && m.unsure && !cue && !rd.monthCertain(i, m) {
		return dateHit{}, 0
	}
	return h, end
}

// dayRange leaves "May 5-7" as its first day; the second is found as a bare number and dropped here.
func (rd *dateReader) dayRange(h *dateHit, k int) {
	day, end := rd.dayAt(k + 1)
	if day <= h.day || end == 0 || rd.unitFollows(end) {
		return
	}
	second := dateHit{month: h.month, day: day, calendar: h.calendar}
	rd.year(&second, end)
	h.year = second.year
	rd.keep(second, k+1, end)
}

func (rd *dateReader) unitFollows(k int) bool {
	qr := quantityReader{sc: rd.sc}
	u := qr.unit(numeral{end: k})
	return u.end == k+1 || rd.sc.has(k, senseScale|senseHundred)
}

// monthCertain judges a bare name that is also another word: May and March in English, آب in Arabic, مهر in Persian.
func (rd *dateReader) monthCertain(i int, m monthName) bool {
	sc := rd.sc
	if rd.pack.Is(lang.CapitalMonths) {
		if i == 0 || !sc.has(i-1, senseLead|sensePart) || sc.is(i-1, "and") || sc.is(i-1, "to") || sc.is(i-1, "the") ||
			sc.is(i-1, "for") {
			return false
		}
		// "by May" the minister: a name goes on with a verb of saying or a capital.
		return m.end >= len(sc.tokens) || sc.tokens[m.end].kind != tokenWord || !sc.tokens[m.end].upper
	}
	if rd.pack.Is(lang.Clitics) {
		return i > 0 && (sc.is(i-1, "فی") || sc.is(i-1, "منذ") || sc.is(i-1, "خلال") || sc.is(i-1, "نهايه") ||
			sc.is(i-1, "بدايه"))
	}
	return i > 0 && sc.has(i-1, sensePart) && m.month != 5
}

// known reads the words and phrases that are a relative date by themselves.
func (rd *dateReader) known(i int) (h dateHit, end int) {
	sc := rd.sc
	t := &sc.tokens[i]
	w, end := t.phrase, i+int(t.phraseLen)
	if w == nil || w.senses&senseRel == 0 {
		w, end = t.word, i+1
		if w == nil || w.senses&senseRel == 0 {
			return dateHit{}, 0
		}
		if sc.is(i, "الیوم") && sc.has(i+1, senseDeixis|senseOrd) {
			return dateHit{}, 0 // اليوم الأخير, the last day
		}
		if sc.is(i, "الیوم") && sc.is(i-1, "فی") {
			return dateHit{}, 0 // a day, each day
		}
	}
	return dateHit{relative: w.relative, relUnit: w.relUnit, shift: w.shift}, end
}

// timeUnitAt reads a unit of time at token k.
func (rd *dateReader) timeUnitAt(k int) (string, bool) {
	sc := rd.sc
	if !sc.has(k, senseTime) || sc.is(k, "سالگی") || sc.tokens[k].taken ||
		sc.tokens[k].word.senses&(senseDualUnit|senseOrd) != 0 && rd.pack.Is(lang.HeadNouns) {
		return "", false
	}
	return sc.tokens[k].word.unit, true
}

// deictic reads "last week", "هفته گذشته", "العام الماضي", "this month", "the past 24 hours", "طی ۲۴ ساعت گذشته".
func (rd *dateReader) deictic(i int) (h dateHit, end int) {
	sc := rd.sc
	if rd.pack.Is(lang.DeixisFirst) {
		if !sc.has(i, senseDeixis) || sc.is(i, "following") || sc.is(i, "current") {
			return
		}
		shift := sc.tokens[i].word.shift
		k := i + 1
		if sc.is(k, "few") || sc.is(k, "several") {
			k++
			if u, ok := rd.timeUnitAt(k); ok {
				return around(shift, u), k + 1
			}
			return
		}
		if k < len(sc.tokens) && sc.mayStartNumeral(k) && shift != 0 {
			if n, ok := sc.numeral(k); ok && !n.ordinal && !n.fraction {
				if u, ok := rd.timeUnitAt(n.end); ok {
					return stretch(shift, n, u), n.end + 1
				}
			}
			return
		}
		u, ok := rd.timeUnitAt(k)
		if !ok || u == "second" || u == "minute" || u == "quarter" && !sc.is(k, "quarter") || shift == 0 &&
			sc.is(i, "this") && u == "hour" {
			return
		}
		if sc.is(k, u+"s") {
			return around(shift, u), k + 1
		}
		return pointed(shift, u), k + 1
	}
	if rd.demonstrative(i) {
		if u, ok := rd.timeUnitAt(i + 1); ok && u != "hour" && u != "minute" && u != "second" &&
			(!rd.pack.Is(lang.Clitics) ||
				sc.tokens[i+1].clitics&proclitAl != 0 || sc.has(i+1, senseYear)) {
			return pointed(0, u), i + 2
		}
		return
	}
	u, ok := rd.timeUnitAt(i)
	if ok && sc.has(i+1, senseDeixis) {
		if u == "hour" || u == "minute" || u == "second" || u == "day" && rd.pack.Is(lang.Clitics) {
			return
		}
		if sc.is(i+2, "از") || rd.pack.Is(lang.Clitics) && sc.tokens[i].clitics&proclitAl == 0 &&
			!definiteWord(sc, i) {
			return
		}
		return pointed(sc.tokens[i+1].word.shift, u), i + 2
	}
	return rd.stretchAfter(i)
}

// stretchAfter reads an amount of time with "past" after it: ۲۴ ساعت گذشته, السنوات الثلاث الماضية, العامين الماضيين.
func (rd *dateReader) stretchAfter(i int) (h dateHit, end int) {
	sc := rd.sc
	if rd.pack.Is(lang.IndefiniteAmounts) {
		if sc.has(i, senseDualUnit) && sc.has(i, senseTime) && sc.has(i+1, senseDeixis) {
			return stretch(sc.tokens[i+1].word.shift, numeral{value: 2}, sc.tokens[i].word.unit), i + 2
		}
		if u, ok := rd.timeUnitAt(i); ok && i+1 < len(sc.tokens) && sc.mayStartNumeral(i+1) {
			if n, ok := sc.numeral(i + 1); ok && !n.ordinal && sc.has(n.end, senseDeixis) {
				return stretch(sc.tokens[n.end].word.shift, n, u), n.end + 1
			}
		}
	}
	if sc.has(i, senseSome) { // چند روز آینده
		if u, ok := rd.timeUnitAt(i + 1); ok && sc.has(i+2, senseDeixis) && !sc.has(i+2, senseAgo) &&
			sc.tokens[i+2].word.shift != 0 {
			return around(sc.tokens[i+2].word.shift, u), i + 3
		}
	}
	if !sc.mayStartNumeral(i) {
		return
	}
	n, ok := sc.numeral(i)
	if !ok || n.ordinal || n.fraction {
		return
	}
	u, ok := rd.timeUnitAt(n.end)
	if !ok || !sc.has(n.end+1, senseDeixis) || sc.has(n.end+1, senseAgo) || sc.tokens[n.end+1].word.shift == 0 {
		return
	}
	return stretch(sc.tokens[n.end+1].word.shift, n, u), n.end + 2
}

// ago reads "three days ago", "سه روز پیش", "hours before", "قبل ساعات", "منذ أسابيع", "بعد يوم".
func (rd *dateReader) ago(i int) (h dateHit, end int) {
	sc := rd.sc
	if rd.pack.Is(lang.IndefiniteAmounts) {
		return rd.arabicAgo(i)
	}
	k, count, vague := i, 0, false
	switch {
	case sc.has(i, senseSome) && !sc.has(i+1, senseScale|senseHundred):
		k, vague = i+1, true
	case sc.mayStartNumeral(i):
		n, ok := sc.numeral(i)
		if !ok || n.ordinal || n.value > 10000 {
			return
		}
		k, count, vague = n.end, int(n.value), n.vague || n.fraction
	case sc.has(i, senseArticle):
		k, count = i+1, 1
	default:
		vague = true
	}
	if isHyphen(sc.symbol(k)) {
		return
	}
	u, ok := rd.timeUnitAt(k)
	if !ok && sc.has(i, senseDualUnit) && sc.has(i, senseTime) && sc.tokens[i].word.amount > 0 { // שנתיים לאחר מכן
		u, ok, k, count, vague = sc.tokens[i].word.unit, true, i, int(sc.tokens[i].word.amount), false
	}
	if !ok {
		return
	}
	if p, end := rd.agoAt(k + 1); end > 0 && p.relative != "" {
		return awayFrom(count, u, p.relative), end
	}
	if !sc.has(k+1, senseAgo) || sc.tokens[k+1].taken {
		return
	}
	if rd.pack.Is(lang.DeixisFirst) && vague && count == 0 && k == i && (i == 0 || !sc.is(i, u+"s")) {
		return
	}
	word := string(sc.fold(k + 1))
	back := true
	switch word {
	case "later", "after", "بعد", "پس":
		back = false
	}
	end = k + 2
	if sc.is(end, "از") {
		end++
	}
	return amountAway(count, u, back, word == "ago" || word == "پیش" && !sc.is(end-1, "از") || word == "قبل" &&
		!sc.is(end-1, "از")), end
}

// agoAt reads a word or phrase that says on which side of a point an amount of time lies: plus tard, потому, nach dem.
// A word that is also "to" says so only where no number follows: три года до 5 лет.
func (rd *dateReader) agoAt(k int) (*lex, int) {
	sc := rd.sc
	if k >= len(sc.tokens) || sc.tokens[k].taken {
		return nil, 0
	}
	t := &sc.tokens[k]
	if p := t.phrase; p != nil && p.senses&senseAgo != 0 {
		return p, k + int(t.phraseLen)
	}
	if !sc.has(k, senseAgo) || sc.has(k, senseTo) && k+1 < len(sc.tokens) && sc.mayStartNumeral(k+1) {
		return nil, 0
	}
	return t.word, k + 1
}

// awayFrom is an amount of time by a word of kind agonow, earlier or later.
func awayFrom(count int, unit, kind string) dateHit {
	return amountAway(count, unit, kind != "later", kind == "agonow")
}

// since reads an amount of time after the word for ago: vor drei Jahren, il y a deux ans, hace 18 años.
func (rd *dateReader) since(i int) (h dateHit, end int) {
	sc := rd.sc
	if !rd.pack.Is(lang.Juxtaposed) {
		return
	}
	k := rd.phraseOrWord(i, senseSince)
	count, vague := 0, false
	switch {
	case k == 0 || k >= len(sc.tokens):
		return
	case sc.has(k, senseSome):
		k, vague = k+1, true
	case sc.mayStartNumeral(k):
		n, ok := sc.numeral(k)
		if !ok || n.ordinal || n.fraction || n.value > 10000 {
			return
		}
		k, count, vague = n.end, int(n.value), n.vague
	}
	u, ok := rd.timeUnitAt(k)
	if count == 0 && !ok && sc.has(k, senseDualUnit) && sc.has(k, senseTime) { // לפני שנתיים
		u, ok, count = sc.tokens[k].word.unit, true, int(sc.tokens[k].word.amount)
	}
	if !ok || count == 0 && !vague {
		return
	}
	if vague {
		count = 0
	}
	return amountAway(count, u, true, true), k + 1
}

// pastAmount reads les deux dernières années, последние четыре дня, son dört gün.
func (rd *dateReader) pastAmount(i int) (h dateHit, end int) {
	sc := rd.sc
	if !rd.pack.Is(lang.Juxtaposed) {
		return
	}
	k, shift := i, 0
	if sc.has(k, senseDeixis) {
		shift, k = sc.tokens[k].word.shift, k+1
	}
	if k >= len(sc.tokens) || !sc.mayStartNumeral(k) {
		return
	}
	n, ok := sc.numeral(k)
	if !ok || n.ordinal || n.fraction {
		return
	}
	k = n.end
	if shift == 0 && sc.has(k, senseDeixis) {
		shift, k = sc.tokens[k].word.shift, k+1
	}
	u, ok := rd.timeUnitAt(k)
	if !ok {
		return
	}
	if k++; shift == 0 && sc.has(k, senseDeixis) && !sc.has(k, senseAgo) { // שלוש השנים האחרונות
		shift, k = sc.tokens[k].word.shift, k+1
	}
	if shift == 0 {
		return dateHit{}, 0
	}
	return stretch(shift, n, u), k
}

// arabicAgo reads an amount of time after قبل, بعد or منذ. After منذ, years are a duration more often than a date.
func (rd *dateReader) arabicAgo(i int) (h dateHit, end int) {
	sc := rd.sc
	if !sc.has(i, senseSince) {
		return
	}
	k, count := i+1, 0
	if sc.has(k, senseSome) {
		k++
	} else if k < len(sc.tokens) && sc.mayStartNumeral(k) {
		if n, ok := sc.numeral(k); ok && !n.ordinal && n.value < 10000 {
			k, count = n.end, int(n.value)
		}
	}
	if k >= len(sc.tokens) || !sc.has(k, senseTime) || sc.tokens[k].clitics&proclitAl != 0 || sc.tokens[k].taken {
		return
	}
	w := sc.tokens[k].word
	if w.senses&senseDualUnit != 0 {
		count = 2
	}
	since := sc.is(i, "منذ")
	if since && count > 1 && (w.unit == "year" || w.unit == "decade" || w.unit == "century") {
		return
	}
	if w.unit == "day" && sc.has(k+1, senseWeekday) || sc.is(k, "عام") && k+1 < len(sc.tokens) &&
		sc.tokens[k+1].kind == tokenNumber || sc.has(k+1, senseRel) && w.unit == "day" {
		return
	}
	if count == 0 && (sc.is(k, "یوم") || sc.is(k, "عام") || sc.is(k, "شهر") || sc.is(k, "سنه") || sc.is(k, "ساعه") ||
		sc.is(k, "اسبوع")) {
		count = 1
	}
	return amountAway(count, w.unit, !sc.is(i, "بعد") && !sc.is(i, "عقب"), since || !sc.is(k+1, "من")), k + 1
}

var weekdayNames = [...]string{"", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"}

func deixisWord(shift int) string {
	switch {
	case shift < 0:
		return "last"
	case shift > 0:
		return "next"
	}
	return "this"
}

func unitCode(unit string) byte {
	switch unit {
	case "day":
		return 'd'
	case "week":
		return 'w'
	case "month":
		return 'm'
	case "year":
		return 'y'
	case "decade":
		return 'D'
	}
	return 0
}

// around is a vague stretch before or after now: recent weeks.
func around(shift int, unit string) dateHit {
	if shift > 0 {
		return dateHit{relative: "coming " + unit + "s"}
	}
	return dateHit{relative: "recent " + unit + "s"}
}

// pointed is a unit of time pointed at: last week.
func pointed(shift int, unit string) dateHit {
	return dateHit{relative: deixisWord(shift) + " " + unit, relUnit: unitCode(unit), shift: shift}
}

// stretch is an amount of time up to now or from now: the last 24 hours.
func stretch(shift int, n numeral, unit string) dateHit {
	h := dateHit{relative: deixisWord(shift) + " " + strconv.FormatFloat(n.value, 'f', -1, 64) + " " + unit + "s",
		relUnit: unitCode(unit), amount: int(n.value)}
	if n.vague || n.value > 5000 {
		h.relUnit, h.amount = 0, 0
	}
	h.shift = shift
	return h
}

// amountAway is an amount of time before or after a point; now says that the point is the time of writing.
func amountAway(count int, unit string, back, now bool) dateHit {
	h := dateHit{relative: unit + "s"}
	if count == 1 {
		h.relative = "1 " + unit
	} else if count > 1 {
		h.relative = strconv.Itoa(count) + " " + unit + "s"
	}
	switch {
	case back && now:
		h.relative += " ago"
		if count > 0 {
			h.relUnit, h.shift = unitCode(unit), -count
		}
	case back:
		h.relative += " before"
	default:
		h.relative += " later"
	}
	return h
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
