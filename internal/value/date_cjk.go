package value

// findCJKDates finds the dates of a Japanese sentence and marks their runes.
func (sc *Scan) findCJKDates() {
	rd := cjkDateReader{sc: sc, words: cjkLexiconOf(sc.pack)}
	r := sc.runes
	next := 0
	for i := 0; i < len(r); {
		for next < len(sc.tokens) && int(sc.tokens[next].end) <= i {
			next++
		}
		if next < len(sc.tokens) && int(sc.tokens[next].start) <= i {
			if k := sc.tokens[next].kind; k == tokenWord || k == tokenAddress {
				i = int(sc.tokens[next].end)
				continue
			}
		}
		h, end := rd.at(i)
		if end <= i {
			i = rd.pastDigits(i)
			continue
		}
		if first, ok := rd.dayRange(&h, i, end); ok {
			sc.dates = append(sc.dates, first)
		}
		h.start, h.end = int32(max(i, rd.from)), int32(end)
		rd.untilDay(&h)
		for k := i; k < end; k++ {
			sc.taken[k] = true
		}
		sc.dates = append(sc.dates, h)
		i = end
	}
	if len(sc.dates) > 0 {
		future := rd.looksAhead()
		for i := range sc.dates {
			sc.dates[i].future = future
		}
	}
}

// untilDay gives a bare day the month of the date right before it: 5月3日から5日まで, 5月3日至5日.
func (rd *cjkDateReader) untilDay(h *dateHit) {
	n := len(rd.sc.dates)
	if n == 0 || h.day == 0 || h.month != 0 || h.monthTied {
		return
	}
	last := rd.sc.dates[n-1]
	if gap := int(h.start - last.end); gap < 1 || gap > 2 {
		return
	}
	switch string(rd.sc.runes[last.end:h.start]) {
	case "から", "至", "到", "〜", "～", "-", "–", "—", "、", "と", "和":
		if last.month != 0 && last.day != 0 && last.day < h.day {
			h.year, h.month, h.yearTied, h.shift = last.year, last.month, last.yearTied, last.shift
		}
	}
}

// dayRange parts the hit of 4月1～3日, which monthDay read as its last day, into two: it gives the first.
func (rd *cjkDateReader) dayRange(h *dateHit, i, end int) (first dateHit, ok bool) {
	r := rd.sc.runes
	if h.month == 0 || h.day == 0 {
		return first, false
	}
	for k := i; k < end; k++ {
		if !isSpanMark(r[k]) || k == i || !isDigit(r[k-1]) {
			continue
		}
		from := k - 1
		for from > i && isDigit(r[from-1]) {
			from--
		}
		d := 0
		for _, c := range r[from:k] {
			d = d*10 + digitOf(c)
		}
		if d < 1 || d >= h.day {
			return first, false
		}
		first = *h
		first.day, first.weekday, first.start, first.end = d, 0, int32(i), int32(k)
		rd.from = k + 1
		return first, true
	}
	return first, false
}

// isSpanMark says whether a mark or sign may stand between two days of a month: 4月1～3日, 5月1至3日.
func isSpanMark(c rune) bool {
	switch c {
	case '～', '〜', '－', '-', '–', '—', '至', '到':
		return true
	}
	return false
}

// pastDigits steps over the rest of a number that no date begins with, and over one rune of anything else.
func (rd *cjkDateReader) pastDigits(i int) int {
	r := rd.sc.runes
	if !isDigit(r[i]) && kanjiDigit(r[i]) < 0 {
		return i + 1
	}
	ascii := isDigit(r[i])
	for i++; i < len(r) && (ascii && isDigit(r[i]) || !ascii && kanjiDigit(r[i]) >= 0); i++ {
	}
	return i
}

type cjkDateReader struct {
	sc    *Scan
	words *cjkLexicon
	from  int // where the second day of a stretch begins
}

func (rd *cjkDateReader) at(i int) (h dateHit, end int) {
	c := rd.sc.runes[i]
	switch {
	case isDigit(c), c >= '一' && isKanjiNumeral(c), c == '〇':
		return rd.number(i)
	case c == '令', c == '平', c == '昭', c == '大', c == '明', c == '民':
		if h, end = rd.era(i); end > 0 {
			return h, end
		}
	case c == '過' || c == '今' || c == 'こ':
		if h, end = rd.stretch(i); end > 0 {
			return h, end
		}
	}
	return rd.known(i)
}

func (rd *cjkDateReader) has(i int, s string) bool { return hasRunes(rd.sc.runes, i, []rune(s)) }

// is says whether rune i is c, and false outside the sentence.
func (rd *cjkDateReader) is(i int, c rune) bool {
	return i >= 0 && i < len(rd.sc.runes) && rd.sc.runes[i] == c
}

// era reads 令和6年5月7日 as Gregorian.
func (rd *cjkDateReader) era(i int) (h dateHit, end int) {
	r := rd.sc.runes
	if i+3 >= len(r) {
		return
	}
	base := japaneseEra(string(r[i : i+2]))
	if base == 0 {
		return
	}
	y, k := 1, i+3
	if r[i+2] != '元' {
		n, ok := rd.numeral(i + 2)
		if !ok || n.value < 1 || n.value > 150 {
			return
		}
		y, k = int(n.value), n.end
	}
	if !rd.is(k, '年') {
		return
	}
	h.year = base + y
	return h, rd.monthDay(&h, rd.afterYear(k+1))
}

// numeral reads a whole number without scale.
func (rd *cjkDateReader) numeral(i int) (cjkNumeral, bool) {
	r := rd.sc.runes
	if i >= len(r) || !isDigit(r[i]) && kanjiDigit(r[i]) < 0 && kanjiTens(r[i]) == 0 {
		return cjkNumeral{}, false
	}
	n, ok := rd.sc.cjkNumeral(i)
	return n, ok && !n.decimal && !n.scaled && !n.vague && !n.grouped
}

// afterYear steps over 度 and a year in the other reckoning: 2016年（平成28年）.
func (rd *cjkDateReader) afterYear(k int) int {
	r := rd.sc.runes
	if rd.is(k, '度') {
		return k + 1
	}
	if k < len(r) && (r[k] == '(' || r[k] == '（') {
		for e := k + 1; e < len(r) && e < k+10; e++ {
			if (r[e] == ')' || r[e] == '）') && r[e-1] == '年' {
				return e + 1
			}
		}
	}
	return k
}

// monthDay reads 10月7日（金） at rune k into h and gives the rune after it, or k.
func (rd *cjkDateReader) monthDay(h *dateHit, k int) int {
	at := rd.skipBlanks(k)
	if rd.is(k, 'の') {
		at++
	}
	m, ok := rd.numeral(at)
	if !ok || !rd.is(m.end, '月') || m.value < 1 || m.value > 12 || m.value != float64(int(m.value)) ||
		rd.is(m.end+1, '間') {
		return k
	}
	h.month = int(m.value)
	k = m.end + 1
	if rd.is(k, '份') {
		k++
	}
	at = rd.skipBlanks(k)
	if rd.is(k, 'の') {
		at++
	}
	if d, ok := rd.numeral(at); ok && d.digits && d.end+1 < len(rd.sc.runes) && isSpanMark(rd.sc.runes[d.end]) {
		if last, ok := rd.numeral(d.end + 1); ok && rd.is(last.end, '日') && last.value > d.value && last.value <= 31 {
			at = d.end + 1
		}
	}
	if d, ok := rd.numeral(at); ok && (rd.is(d.end, '日') || rd.is(d.end, '号')) && d.value >= 1 && d.value <= 31 &&
		!rd.is(d.end+1, '間') {
		h.day = int(d.value)
		k = rd.weekdayAfter(h, d.end+1)
	}
	return k
}

// skipBlanks steps over the spaces that some put between figures and signs.
func (rd *cjkDateReader) skipBlanks(k int) int {
	for k < len(rd.sc.runes) && rd.sc.runes[k] == ' ' {
		k++
	}
	return k
}

// weekdayAfter reads （金）, (金曜日) or 金曜日 after a day.
func (rd *cjkDateReader) weekdayAfter(h *dateHit, k int) int {
	r := rd.sc.runes
	if k+2 < len(r) && (r[k] == '(' || r[k] == '（') {
		for wd, c := range []rune("月火水木金土日") {
			if r[k+1] != c {
				continue
			}
			for e := k + 2; e < len(r) && e < k+8; e++ {
				if r[e] == ')' || r[e] == '）' {
					h.weekday = uint8(wd + 1)
					return e + 1
				}
			}
		}
	}
	at := k
	if rd.is(k, '、') || rd.is(k, 'の') {
		at++
	}
	if w := cjkAt(rd.words.dates, r, at); w != nil && w.sense == cjkWeekday {
		h.weekday = w.lex.weekday
		return at + len(w.word)
	}
	return k
}
