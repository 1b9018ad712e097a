package value

import "claimbench/internal/lang"

// weekday reads a day of the week, and the date it belongs to: "Friday, 5 May", "جمعه پنجم مه", "يوم الاثنين 6 مايو",
// "last Friday" by its second word.
func (rd *dateReader) weekday(i int) (h dateHit, end int) {
	sc := rd.sc
	k := i
	for rd.pack.Is(lang.HeadNouns) && sc.has(k, senseDayWord) && k < i+2 && !sc.has(k, senseRel) {
		k++
	}
	shift, deictic := 0, false
	if (rd.pack.Is(lang.DeixisFirst) || rd.pack.Is(lang.Juxtaposed)) && sc.has(k, senseDeixis) &&
		rd.isWeekday(k+1) {
		shift, deictic = sc.tokens[k].word.shift, true
		k++
	}
	// 다음 주 월요일
	if rd.pack.Is(lang.LetteredDates) && sc.has(k, senseDeixis) && sc.is(k+1, "주") && rd.isWeekday(k+2) {
		wd, end := rd.weekdayAt(k + 2)
		shift := sc.tokens[k].word.shift
		return dateHit{weekday: wd, relative: deixisWord(shift) + " " + weekdayNames[wd], relUnit: 'V',
			shift: shift}, end
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

func (rd *dateReader) isWeekday(k int) bool {
	wd, _ := rd.weekdayAt(k)
	return wd > 0
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
	if m.flanked || end == before && m.unsure && !cue && !rd.monthCertain(i, m) {
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
	if after := rd.year(&second, end); second.year != 0 {
		end = after
	}
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

var weekdayNames = [...]string{"", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"}
