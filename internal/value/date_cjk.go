package value

import "claimbench/internal/lang"

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
	case "から", "至", "到", "〜", "～", "-", "–", "、", "と", "和":
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
		if r[k] != '～' && r[k] != '〜' && r[k] != '－' && r[k] != '-' || k == i || !isDigit(r[k-1]) {
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
	if d, ok := rd.numeral(at); ok && d.digits && d.end+1 < len(rd.sc.runes) && (rd.is(d.end, '～') ||
		rd.is(d.end, '〜') ||
		rd.is(d.end, '-') || rd.is(d.end, '－')) {
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

// number reads the dates that begin with a number.
func (rd *cjkDateReader) number(i int) (h dateHit, end int) {
	r := rd.sc.runes
	if h, end = rd.numeric(i); end > 0 {
		return h, end
	}
	if h, end = rd.bracketed(i); end > 0 {
		return h, end
	}
	n, ok := rd.sc.cjkNumeral(i)
	if !ok && (r[i] == '数' || r[i] == '何') {
		return rd.vagueAgo(i)
	}
	if !ok || n.end >= len(r) || n.decimal {
		return
	}
	if h, end = rd.ago(n); end > 0 {
		return h, end
	}
	if n.vague || n.grouped || n.scaled || n.dotted || i > 0 && (isKanjiNumeral(r[i-1]) && kanjiTens(r[i-1]) > 0) {
		return dateHit{}, 0
	}
	k := n.end
	switch r[k] {
	case '年':
		return rd.yearNumber(i, n)
	case '月':
		if !n.digits && (i > 0 && writingOf(r[i-1]) == writingHan && r[i-1] != '年') && n.length == 1 &&
			!rd.has(i-1, "の") && !rd.sc.pack.Is(lang.CountedSigns) {
			return dateHit{}, 0
		}
		end = rd.monthDay(&h, i)
		return h, end
	case '日':
		if n.value < 1 || n.value > 31 || !n.digits && n.length == 1 || rd.dayCounts(k+1) || rd.qualified(i) ||
			n.value == 1 && rd.rate(k+1) || rd.is(i-1, '週') {
			return dateHit{}, 0
		}
		h.day = int(n.value)
		return h, rd.weekdayAfter(&h, k+1)
	case '世':
		if (rd.is(k+1, '紀') || rd.is(k+1, '纪')) && n.value <= 30 && n.value >= 1 {
			if h, end, ok := rd.decadeOf(n, k+2); ok {
				return h, end
			}
			return dateHit{relative: ordinalWord(int(n.value)) + " century"}, k + 2
		}
	case '〜', '～', '-', '、', '・', '－':
		return rd.dayList(i, n)
	}
	return dateHit{}, 0
}

// decadeOf reads the decade of a century: 20世纪30年代.
func (rd *cjkDateReader) decadeOf(century cjkNumeral, k int) (h dateHit, end int, ok bool) {
	n, good := rd.numeral(rd.skipBlanks(k))
	if !good || n.value < 10 || n.value > 90 || int(n.value)%10 != 0 || !rd.has(n.end, "年代") {
		return h, 0, false
	}
	return dateHit{year: int(century.value-1)*100 + int(n.value), decade: true}, n.end + 2, true
}

// bracketed reads a year alone in brackets: (1967).
func (rd *cjkDateReader) bracketed(i int) (h dateHit, end int) {
	r := rd.sc.runes
	if i == 0 || i+4 >= len(r) || r[i-1] != '(' && r[i-1] != '（' || r[i+4] != ')' && r[i+4] != '）' {
		return
	}
	for _, c := range r[i : i+4] {
		if !isDigit(c) {
			return dateHit{}, 0
		}
		h.year = h.year*10 + digitOf(c)
	}
	if h.year < 1800 || h.year > 2100 {
		return dateHit{}, 0
	}
	return h, i + 4
}

// dayCounts says that 日 counts days: 3日間, 3日ぶり, 10日連続.
func (rd *cjkDateReader) dayCounts(k int) bool {
	for _, s := range []string{"間", "ぶり", "連続", "目", "以内", "以上", "分", "余り", "ほど", "程度", "当たり", "あたり", "後", "前", "かけ",
		"おき", "ごと", "越し", "足らず", "かか", "も"} {
		if rd.has(k, s) && !(s == "前" && rd.has(k, "前後")) {
			return true
		}
	}
	return false
}

// qualified says that a qualifier stands right before: 約3日 is an amount.
func (rd *cjkDateReader) qualified(i int) bool {
	if i == 0 {
		return false
	}
	for _, w := range rd.words.before[rd.sc.runes[i-1]] {
		if hasRunes(rd.sc.runes, i-len(w.word), w.word) {
			return true
		}
	}
	return rd.is(i-1, '丸') || rd.is(i-1, '計')
}

// rate says that 1日 before rune k means each day: 1日8時間, 1日約500件.
func (rd *cjkDateReader) rate(k int) bool {
	r := rd.sc.runes
	if k >= len(r) {
		return false
	}
	if !isDigit(r[k]) {
		return r[k] == '約' || r[k] == '数' || r[k] == '最' || r[k] == '平'
	}
	for k < len(r) && isDigit(r[k]) {
		k++
	}
	return !rd.is(k, '時') || rd.is(k+1, '間') // 1日8時 is a time of that day
}

// dayList reads the first of several days before one month or 日: 3〜5日, 7月3、4日 has its month already.
func (rd *cjkDateReader) dayList(i int, n cjkNumeral) (h dateHit, end int) {
	m, ok := rd.numeral(n.end + 1)
	if ok && n.whole == 4 && m.whole == 4 && rd.is(m.end, '年') && n.value > 1000 && n.value < 2200 { // 2010〜2015年
		return dateHit{year: int(n.value)}, n.end
	}
	if !ok || !n.digits || n.value < 1 || n.value >= m.value || m.value > 31 || n.whole > 2 || !rd.is(m.end, '日') ||
		rd.dayCounts(m.end+1) {
		return
	}
	return dateHit{day: int(n.value)}, n.end
}

// yearNumber reads a number before 年: a year, a decade, or nothing when it counts years.
func (rd *cjkDateReader) yearNumber(i int, n cjkNumeral) (h dateHit, end int) {
	k := n.end + 1
	y := int(n.value)
	if rd.is(k, '代') || rd.has(k, "代") {
		if y%10 != 0 || y < 10 {
			return
		}
		if y < 100 {
			y += 1900
			if y < 1920 {
				y += 100
			}
		}
		return dateHit{year: y, decade: true}, k + 1
	}
	if y >= 1000 && y < 2200 && (n.whole == 4 || !n.digits) && !rd.is(k, '間') {
		h.year = y
		return h, rd.monthDay(&h, rd.afterYear(k))
	}
	if y < 100 && (n.whole == 2) {
		h.year = 2000 + y
		if y > 60 {
			h.year = 1900 + y
		}
		if end = rd.monthDay(&h, k); end > k {
			return h, end
		}
		if (rd.is(k, 'に') || rd.is(k, 'の') && !rd.has(k, "の歳") || rd.is(k, '度')) && !rd.has(k, "に一度") &&
			!rd.has(k, "に1") && !rd.has(k, "に一") && rd.newspaperYear(i, y) {
			return h, rd.afterYear(k)
		}
	}
	return dateHit{}, 0
}

// newspaperYear judges 16年に, 98年の: two digits for a year. Numbers that also count years well are left alone.
func (rd *cjkDateReader) newspaperYear(i, y int) bool {
	if i > 0 {
		switch rd.sc.runes[i-1] {
		case '約', '計', '役', '年', '第', 'の', '創', '満', 'ら':
			return false
		}
	}
	return y%10 != 0 && (y <= 40 || y >= 80)
}

// numeric reads 2024-03-12 and 2024/3/12.
func (rd *cjkDateReader) numeric(i int) (h dateHit, end int) {
	r := rd.sc.runes
	if !isDigit(r[i]) || i > 0 && (isDigit(r[i-1]) || r[i-1] == '/' || r[i-1] == '-') {
		return
	}
	var p, w [3]int
	k, n := i, 0
	var sep rune
	for ; n < 3; n++ {
		for k < len(r) && isDigit(r[k]) && w[n] < 5 {
			p[n] = p[n]*10 + digitOf(r[k])
			w[n]++
			k++
		}
		if n == 2 || k >= len(r) || w[n] == 0 {
			break
		}
		c := narrow(r[k])
		if c != '/' && c != '-' && c != '.' || sep != 0 && c != sep {
			return dateHit{}, 0
		}
		sep = c
		k++
	}
	if n != 2 || w[0] != 4 || w[1] == 0 || w[1] > 2 || w[2] == 0 || w[2] > 2 || p[0] < 1800 || p[0] > 2199 ||
		!existing(p[0], p[1], p[2]) {
		return dateHit{}, 0
	}
	return dateHit{year: p[0], month: p[1], day: p[2]}, k
}
