package value

import "claimbench/internal/lang"

// numeric reads dates in digits: 2024-03-12, 12/03/2024, 12.03.2024, ۱۴۰۳/۰۲/۱۵, 6/5 after a word for day.
func (rd *dateReader) numeric(i int) (h dateHit, end int) {
	sc := rd.sc
	var parts [3]int
	var widths [3]int
	n := 0
	t := &sc.tokens[i]
	if i > 0 && !t.spaced && (sc.symbol(i-1) == '/' || isHyphen(sc.symbol(i-1)) && !sc.tokens[i-1].spaced) {
		return
	}
	if t.number.dotted {
		n = dottedParts(sc.runes[t.start:t.end], &parts, &widths)
		if n != 3 {
			return
		}
		end = i + 1
	} else {
		var sep rune
		for k := i; k < len(sc.tokens) && n < 3 && sc.tokens[k].kind == tokenNumber && !sc.tokens[k].number.decimal &&
			!sc.tokens[k].number.grouped; k += 2 {
			if k > i && (sc.tokens[k].spaced || sc.tokens[k-1].spaced) {
				break
			}
			parts[n], widths[n] = int(sc.tokens[k].number.value), int(sc.tokens[k].end-sc.tokens[k].start)
			n++
			end = k + 1
			c := sc.symbol(k + 1)
			if c != '/' && c != '-' && c != '‐' || sep != 0 && c != sep {
				break
			}
			sep = c
		}
		if n == 2 {
			return rd.numericPair(i, end, parts, widths, sep)
		}
		if n != 3 || sc.symbol(end) == '/' && !sc.tokens[end].spaced {
			return dateHit{}, 0
		}
	}
	h, ok := rd.threeParts(parts, widths)
	if !ok {
		return dateHit{}, 0
	}
	return h, end
}

func dottedParts(r []rune, parts, widths *[3]int) int {
	n := 0
	for _, c := range r {
		if !isDigit(c) {
			n++
			continue
		}
		if n > 2 || widths[n] > 4 {
			return 0
		}
		parts[n] = parts[n]*10 + digitOf(c)
		widths[n]++
	}
	return n + 1
}

// threeParts decides which part is the year, the month and the day. Where both orders are possible English is read as
// month first and all others as day first.
func (rd *dateReader) threeParts(p, w [3]int) (h dateHit, ok bool) {
	switch {
	case w[0] == 4 && w[1] <= 2 && w[2] <= 2:
		h = dateHit{year: p[0], month: p[1], day: p[2]}
	case w[2] == 4 && w[0] <= 2 && w[1] <= 2:
		h = dateHit{year: p[2], month: p[1], day: p[0]}
		if p[1] > 12 || rd.pack.Is(lang.MonthFirst) && p[0] <= 12 {
			h.month, h.day = p[0], p[1]
		}
	default:
		return h, false
	}
	if h.year >= 1200 && h.year < 1460 && rd.pack.Is(lang.SolarYears) {
		h.calendar = Solar
	} else if h.year >= 1200 && h.year < 1500 && rd.pack.Is(lang.LunarYears) {
		h.calendar = Lunar
	}
	return h, h.month >= 1 && h.month <= 12 && h.day >= 1 && h.day <= 31 && h.year >= 1000 && h.year < 2200
}

// numericPair reads day and month in digits, where a word for day announces them, and year-month.
func (rd *dateReader) numericPair(i, end int, p, w [3]int, sep rune) (dateHit, int) {
	sc := rd.sc
	if w[0] == 4 && w[1] == 2 && sep == '-' && p[1] >= 1 && p[1] <= 12 && p[0] >= 1900 && p[0] < 2100 &&
		!(p[1] == (p[0]+1)%100) {
		return dateHit{year: p[0], month: p[1]}, end
	}
	if sep == '/' && i > 0 && sc.has(i-1, senseDayWord|senseWeekday) && w[0] <= 2 && w[1] <= 2 && p[0] >= 1 &&
		p[0] <= 31 && p[1] >= 1 && p[1] <= 12 {
		return dateHit{day: p[0], month: p[1]}, end
	}
	return dateHit{}, 0
}

// lettered reads 2019년 5월 3일, 5월 3일, 5월 and 2019년: figures, each with its word behind it.
func (rd *dateReader) lettered(i int) (h dateHit, end int) {
	sc := rd.sc
	if !rd.pack.Is(lang.LetteredDates) {
		return
	}
	part := func(k int, word sense, low, high float64) (int, bool) {
		if k+1 >= len(sc.tokens) || sc.tokens[k].kind != tokenNumber || sc.tokens[k].taken || !sc.has(k+1, word) {
			return 0, false
		}
		n := sc.tokens[k].number
		return int(n.value), !n.decimal && !n.grouped && !n.dotted && n.value >= low && n.value <= high
	}
	k := i
	if y, ok := part(k, senseYear, 1000, 2199); ok {
		h.year, k = y, k+2
	}
	if m, ok := part(k, senseMonthWord, 1, 12); ok {
		h.month, k = m, k+2
		if d, ok := part(k, senseDayWord, 1, 31); ok {
			h.day, k = d, k+2
		}
	}
	if k == i {
		return dateHit{}, 0
	}
	return h, k
}
