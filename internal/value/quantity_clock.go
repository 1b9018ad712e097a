package value

import (
	"math"

	"claimbench/internal/lang"
)

// clock reads a time of day as hours of 24, with minutes as a fraction: 8 p.m. is 20, هشت شب is 20, الساعة الثامنة
// مساء is 20, 20:30 is 20.5. It gives the token after it.
func (rd *quantityReader) clock(i int) (int, bool) {
	sc := rd.sc
	t := &sc.tokens[i]
	head := i
	named := sc.pack.Is(lang.PrefixedTimes) && sc.has(i, senseClock)
	if named {
		i++
		if sc.pack.Is(lang.HourCounts) && i < len(sc.tokens) && sc.has(i-2, senseNum) {
			return 0, false // هشت ساعت is a stretch of time
		}
	}
	if end, ok := rd.letteredHour(head); ok {
		return end, true
	}
	if i >= len(sc.tokens) || sc.tokens[i].taken || t.taken || !sc.mayStartNumeral(i) {
		return 0, false
	}
	hour, minute, end, colon, ok := rd.clockFace(i, named)
	if !ok || hour > 24 || minute >= 60 {
		return 0, false
	}
	// The half of the day.
	after, found := end, false
	switch {
	case end < len(sc.tokens) && sc.tokens[end].phrase != nil &&
		sc.tokens[end].phrase.senses&(senseEvening|senseMorning) != 0:
		hour, after, found = halfDay(hour, sc.tokens[end].phrase.senses), end+int(sc.tokens[end].phraseLen), true
	case sc.has(end, senseMorning|senseEvening|senseNoon) && !(sc.pack.Is(lang.OClock) &&
		!sc.tokens[i].number.isHour() && !colon):
		hour, after, found = halfDay(hour, sc.tokens[end].word.senses), end+1, true
	case (colon || named) && sc.pack.Is(lang.Clitics) && (sc.is(end, "م") || sc.is(end, "ص")):
		half := senseMorning
		if sc.is(end, "م") {
			half = senseEvening
		}
		hour, after, found = halfDay(hour, half), end+1, true
	case (colon || sc.pack.Is(lang.OClock)) && rd.dottedHalf(end):
		s := senseMorning
		if sc.is(end, "p") {
			s = senseEvening
		}
		hour, after, found = halfDay(hour, s), end+3, true
	case sc.has(end, senseOClock):
		if i > 0 && sc.tokens[i-1].word != nil {
			hour = halfDay(hour, sc.tokens[i-1].word.senses)
		}
		after, found = end+1, true
		if after+1 < len(sc.tokens) && sc.tokens[after].kind == tokenNumber && sc.tokens[after].number.value < 60 &&
			sc.has(after+1, senseTime) && sc.tokens[after+1].word.unit == "minute" {
			minute, after = int(sc.tokens[after].number.value), after+2
		}
	case sc.pack.Is(lang.OClock) && sc.is(end, "o") && sc.is(end+2, "clock"):
		after, found = end+3, true
	}
	if !found && !colon {
		if !named {
			return 0, false
		}
		if u := rd.unit(numeral{end: end}); u.end > 0 && u.kind&senseTime != 0 {
			return 0, false
		}
	}
	if !found && !named && !colon {
		return 0, false
	}
	if !named && !colon && sc.is(end, "شب") && rd.nightsCounted(after) {
		return 0, false
	}
	rd.out = append(rd.out, Quantity{Span: sc.span(sc.tokens[head].start, sc.tokens[after-1].end),
		Value: float64(hour) + float64(minute)/60, Unit: "hour", Qualifier: rd.clockQualifier(head, i)})
	return after, true
}

func (n numberToken) isHour() bool { return n.digits > 0 && n.value >= 1 && n.value <= 12 }

func (rd *quantityReader) clockQualifier(head, i int) string {
	if (rd.qualifierEnd == head || rd.qualifierEnd == i) && rd.qualifier == QApprox {
		return QApprox
	}
	return QEq
}

// nightsCounted is for هشت شب, which is eight in the evening or eight nights: nights when it goes on with a word of
// duration.
func (rd *quantityReader) nightsCounted(i int) bool {
	if rd.sc.is(i, "است") && rd.sc.is(i+1, "که") {
		return true // دو شب است که
	}
	return rd.sc.is(i, "متوالی") || rd.sc.is(i, "پیاپی") || rd.sc.is(i, "اقامت")
}

// clockFace reads hours and minutes: 20:30, 8, هشت و نیم, الثامنة والنصف.
func (rd *quantityReader) clockFace(i int, named bool) (hour, minute, end int, colon, ok bool) {
	sc := rd.sc
	t := &sc.tokens[i]
	if t.kind == tokenNumber {
		if t.number.dotted || t.number.digits > 2 {
			return
		}
		if t.number.decimal { // 7.55am
			face := sc.runes[t.start:t.end]
			// Where the decimal mark is a comma, 11.15 after a word for "at" is a time: об 11.15, um 11.15.
			led := sc.pack.Decimal == ',' && sc.has(i-1, senseClock)
			if n := len(face); n > 3 && face[n-3] == '.' && (named || led ||
				sc.has(i+1, senseMorning|senseEvening|senseOClock) ||
				sc.pack.Is(lang.OClock) && rd.dottedHalf(i+1)) {
				return int(t.number.value), digitOf(face[n-2])*10 + digitOf(face[n-1]), i + 1, led, true
			}
			return
		}
		hour, end, ok = int(t.number.value), i+1, true
		if c := sc.symbol(end); (c == ':' || c == '：') && !sc.tokens[end].spaced && end+1 < len(sc.tokens) &&
			!sc.tokens[end+1].spaced && sc.tokens[end+1].kind == tokenNumber &&
			sc.tokens[end+1].end-sc.tokens[end+1].start == 2 {
			minute, end, colon = int(sc.tokens[end+1].number.value), end+2, true
			if sc.symbol(end) == ':' && end+1 < len(sc.tokens) && sc.tokens[end+1].kind == tokenNumber &&
				!sc.tokens[end+1].spaced {
				end += 2 // seconds
			}
			return
		}
	} else {
		n, good := sc.numeral(i)
		if !good || n.vague || n.value > 24 || n.value != float64(int(n.value)) && n.value != float64(int(n.value))+
			0.5 {
			return
		}
		hour, end, ok = int(n.value), n.end, true
		if n.value > float64(hour) {
			minute = 30
		}
	}
	if m := rd.minutesAfter(end); named && m.end > 0 {
		minute, end = int(m.value), m.end
	} else if sc.has(end, senseFrac) && sc.tokens[end].clitics&proclitConj != 0 { // والنصف
		minute, end = int(sc.tokens[end].word.frac*60), end+1
	} else if sc.is(end, "و") && sc.has(end+1, senseFrac) {
		minute, end = int(sc.tokens[end+1].word.frac*60), end+2
	}
	return
}

// dottedHalf says whether "a.m." or "p.m." with its stops stands at token k.
func (rd *quantityReader) dottedHalf(k int) bool {
	sc := rd.sc
	return (sc.is(k, "p") || sc.is(k, "a")) && sc.symbol(k+1) == '.' && sc.is(k+2, "m")
}

// minutesAfter reads "و ۳۰ دقیقه" and "و30 دقيقة" after an hour.
func (rd *quantityReader) minutesAfter(k int) (n numeral) {
	sc := rd.sc
	switch {
	case sc.is(k, "و"):
		k++
	case k < len(sc.tokens) && sc.tokens[k].clitics&proclitConj == 0:
		return n
	}
	if k >= len(sc.tokens) || sc.tokens[k].taken || !sc.mayStartNumeral(k) {
		return n
	}
	m, ok := sc.numeral(k)
	if !ok || m.value >= 60 || m.value != float64(int(m.value)) || !sc.has(m.end, senseTime) ||
		sc.tokens[m.end].word.unit != "minute" {
		return n
	}
	m.end++
	return m
}

func halfDay(hour int, s sense) int {
	switch {
	case s&senseEvening != 0 && hour < 12 && hour > 0:
		return hour + 12
	case s&senseMorning != 0 && hour == 12:
		return 0
	case s&senseNoon != 0 && hour >= 1 && hour <= 4:
		return hour + 12
	}
	return hour
}

// letteredHour reads 20h, 20h30 and 20 h 30, as French and Portuguese write times.
func (rd *quantityReader) letteredHour(i int) (int, bool) {
	sc := rd.sc
	t := &sc.tokens[i]
	if !sc.pack.Is(lang.HourLetter) || t.kind != tokenNumber || t.taken || t.number.decimal || t.number.dotted ||
		t.number.value > 24 || i+1 >= len(sc.tokens) || sc.tokens[i+1].kind != tokenWord {
		return 0, false
	}
	letter, minute, end := sc.fold(i+1), 0, i+2
	switch {
	case string(letter) == "h":
		if end < len(sc.tokens) && sc.tokens[end].kind == tokenNumber && sc.tokens[end].number.digits == 2 &&
			sc.tokens[end].end-sc.tokens[end].start == 2 && sc.tokens[end].number.value < 60 {
			minute, end = int(sc.tokens[end].number.value), end+1
		}
	case len(letter) == 3 && letter[0] == 'h' && letter[1] >= '0' && letter[1] <= '5' && letter[2] >= '0' &&
		letter[2] <= '9':
		minute = int(letter[1]-'0')*10 + int(letter[2]-'0')
	default:
		return 0, false
	}
	hour := int(t.number.value)
	for _, s := range []sense{senseMorning, senseEvening} {
		if end < len(sc.tokens) && sc.tokens[end].phrase != nil && sc.tokens[end].phrase.senses&s != 0 {
			hour, end = halfDay(hour, s), end+int(sc.tokens[end].phraseLen)
			break
		}
	}
	rd.out = append(rd.out, Quantity{Span: sc.span(t.start, sc.tokens[end-1].end),
		Value: float64(hour) + float64(minute)/60, Unit: "hour", Qualifier: rd.clockQualifier(i, i)})
	return end, true
}

// score reads 2:0, where the second part is too short for minutes: two numbers.
func (rd *quantityReader) score(i int) (int, bool) {
	sc := rd.sc
	if i+2 >= len(sc.tokens) || sc.symbol(i+1) != ':' || sc.tokens[i+1].spaced || sc.tokens[i+2].spaced ||
		sc.tokens[i+2].kind != tokenNumber || sc.symbol(i+3) == ':' || i > 0 && sc.symbol(i-1) == ':' {
		return 0, false
	}
	a, b := &sc.tokens[i], &sc.tokens[i+2]
	if a.kind != tokenNumber || a.taken || b.taken || a.end-a.start > 2 || b.end-b.start > 2 ||
		b.end-b.start == 2 && a.number.value <= 24 { // 31:27 is no time
		return 0, false
	}
	for _, t := range []*token{a, b} {
		rd.out = append(rd.out, Quantity{Span: sc.span(t.start, t.end), Value: t.number.value, Qualifier: QEq})
	}
	return i + 3, true
}

// partOf reads 3분의 2, the whole before the part.
func (rd *quantityReader) partOf(i int) (int, bool) {
	sc := rd.sc
	if i+2 >= len(sc.tokens) || !sc.has(i+1, senseOver) || sc.tokens[i].kind != tokenNumber ||
		sc.tokens[i+2].kind != tokenNumber || sc.tokens[i].number.value == 0 {
		return 0, false
	}
	rd.out = append(rd.out, Quantity{Span: sc.span(sc.tokens[i].start, sc.tokens[i+2].end),
		Value: sc.tokens[i+2].number.value / sc.tokens[i].number.value, Qualifier: QEq})
	return i + 3, true
}

// oneIn reads "1 in 5 voters" as a share, 20 %, and "two in three".
func (rd *quantityReader) oneIn(i int) (int, bool) {
	sc := rd.sc
	if !sc.pack.Is(lang.AdjectivesFirst) || !sc.is(i+1, "in") || i+3 >= len(sc.tokens) || !sc.mayStartNumeral(i) ||
		!sc.mayStartNumeral(i+2) || sc.tokens[i+2].taken {
		return 0, false
	}
	one, ok := sc.numeral(i)
	if !ok || one.end != i+1 || one.value < 1 || one.ordinal || one.decimal ||
		one.value != math.Trunc(one.value) || one.scale != 1 || one.vague {
		return 0, false
	}
	whole, ok := sc.numeral(i + 2)
	u := rd.unit(whole)
	if !ok || whole.value < 2 || whole.value <= one.value || whole.value > 1e6 || whole.ordinal ||
		whole.vague || u.kind&senseTime != 0 {
		return 0, false
	}
	if u.end == 0 {
		u.end = sc.shareOf(whole.end)
	}
	// scored 2 in 3 games
	if u.end == 0 || one.value > 1 && i > 0 && rd.qualifierEnd != i && u.name != "people" {
		return 0, false
	}
	q := Quantity{Span: sc.span(sc.tokens[i].start, sc.tokens[u.end-1].end), Value: 100 * one.value / whole.value,
		Unit: "%", Qualifier: QEq}
	if rd.qualifierEnd == i {
		q.Qualifier = rd.qualifier
	}
	rd.out = append(rd.out, q)
	return u.end, true
}

// shareOf gives the token after a plural at token k, of which a share is said: two in five drivers. 0 for none.
func (sc *Scan) shareOf(k int) int {
	if k >= len(sc.tokens) || sc.tokens[k].kind != tokenWord || sc.tokens[k].upper || sc.tokens[k].taken {
		return 0
	}
	if w := sc.fold(k); len(w) < 4 || w[len(w)-1] != 's' {
		return 0
	}
	return k + 1
}
