package text

import "strconv"

// findCJKDates finds the dates of a Japanese sentence and marks their runes.
func (sc *Scan) findCJKDates() {
	rd := cjkDateReader{sc: sc, words: lexiconJa()}
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
		h.start, h.end = int32(i), int32(end)
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
}

func (rd *cjkDateReader) at(i int) (h dateHit, end int) {
	c := rd.sc.runes[i]
	switch {
	case isDigit(c), c >= '一' && isKanjiNumeral(c), c == '〇':
		return rd.number(i)
	case c == '令', c == '平', c == '昭', c == '大', c == '明':
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
		if !ok || n.value < 1 || n.value > 64 {
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
	at := k
	if rd.is(k, 'の') {
		at++
	}
	m, ok := rd.numeral(at)
	if !ok || !rd.is(m.end, '月') || m.value < 1 || m.value > 12 || m.value != float64(int(m.value)) || rd.is(m.end+1, '間') {
		return k
	}
	h.month = int(m.value)
	k = m.end + 1
	at = k
	if rd.is(k, 'の') {
		at++
	}
	if d, ok := rd.numeral(at); ok && rd.is(d.end, '日') && d.value >= 1 && d.value <= 31 && !rd.is(d.end+1, '間') {
		h.day = int(d.value)
		k = rd.weekdayAfter(h, d.end+1)
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
		if !n.digits && (i > 0 && writingOf(r[i-1]) == writingHan && r[i-1] != '年') && n.length == 1 && !rd.has(i-1, "の") {
			return dateHit{}, 0
		}
		end = rd.monthDay(&h, i)
		return h, end
	case '日':
		if n.value < 1 || n.value > 31 || !n.digits && n.length == 1 || rd.dayCounts(k+1) || rd.qualified(i) {
			return dateHit{}, 0
		}
		h.day = int(n.value)
		return h, rd.weekdayAfter(&h, k+1)
	case '世':
		if rd.is(k+1, '紀') && n.value <= 30 && n.value >= 1 {
			return dateHit{relative: ordinalWord(int(n.value)) + " century"}, k + 2
		}
	case '〜', '～', '-', '、', '・', '－':
		return rd.dayList(i, n)
	}
	return dateHit{}, 0
}

// dayCounts says that 日 counts days: 3日間, 3日ぶり, 10日連続.
func (rd *cjkDateReader) dayCounts(k int) bool {
	for _, s := range []string{"間", "ぶり", "連続", "目", "以内", "以上", "分", "余り", "ほど", "程度", "当たり", "あたり", "後", "前", "かけ", "おき", "ごと", "越し", "足らず", "かか", "も"} {
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

// dayList reads the first of several days before one month or 日: 3〜5日, 7月3、4日 has its month already.
func (rd *cjkDateReader) dayList(i int, n cjkNumeral) (h dateHit, end int) {
	m, ok := rd.numeral(n.end + 1)
	if !ok || !n.digits || n.value < 1 || n.value >= m.value || m.value > 31 || n.whole > 2 || !rd.is(m.end, '日') || rd.dayCounts(m.end+1) {
		return
	}
	return dateHit{day: int(n.value)}, n.end
}

// yearNumber reads a number before 年: a year, a decade, or nothing when it counts years.
func (rd *cjkDateReader) yearNumber(i int, n cjkNumeral) (h dateHit, end int) {
	k := n.end + 1
	y := int(n.value)
	if rd.is(k, '代') {
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
		if (rd.is(k, 'に') || rd.is(k, 'の') && !rd.has(k, "の歳") || rd.is(k, '度')) && !rd.has(k, "に一度") && !rd.has(k, "に1") && !rd.has(k, "に一") && rd.newspaperYear(i, y) {
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
	if n != 2 || w[0] != 4 || w[1] == 0 || w[1] > 2 || w[2] == 0 || w[2] > 2 || p[0] < 1800 || p[0] > 2199 || !existing(p[0], p[1], p[2]) {
		return dateHit{}, 0
	}
	return dateHit{year: p[0], month: p[1], day: p[2]}, k
}

// ago reads 3日前, 数週間前, 2年後.
func (rd *cjkDateReader) ago(n cjkNumeral) (h dateHit, end int) {
	unit, k := rd.timeUnit(n.end)
	if unit == "" {
		return
	}
	back := rd.is(k, '前') && !rd.has(k, "前後") && !rd.has(k, "前半")
	later := rd.is(k, '後') && !rd.has(k, "後半")
	if !back && !later || n.scaled && n.value > 1e5 {
		return
	}
	count := int(n.value)
	if n.vague {
		count = 0
	}
	return amountAway(count, unit, back, back && !rd.is(k+1, 'の')), k + 1
}

func (rd *cjkDateReader) timeUnit(k int) (string, int) {
	for _, u := range [...]struct{ word, unit string }{{"日間", "day"}, {"日", "day"}, {"週間", "week"}, {"年間", "year"}, {"年", "year"},
		{"カ月", "month"}, {"か月", "month"}, {"ヶ月", "month"}, {"ヵ月", "month"}, {"ケ月", "month"}, {"時間", "hour"}, {"分", "minute"}, {"世紀", "century"}} {
		if rd.has(k, u.word) {
			k += len([]rune(u.word))
			if rd.is(k, '間') {
				k++
			}
			return u.unit, k
		}
	}
	return "", k
}

// stretch reads 過去24時間, 今後5年間, この10年.
func (rd *cjkDateReader) stretch(i int) (h dateHit, end int) {
	shift, k := 0, 0
	switch {
	case rd.has(i, "過去"):
		shift, k = -1, i+2
	case rd.has(i, "今後"):
		shift, k = 1, i+2
	case rd.has(i, "この"):
		shift, k = -1, i+2
	default:
		return
	}
	if k >= len(rd.sc.runes) {
		return
	}
	c := rd.sc.runes[k]
	if !isDigit(c) && !isKanjiNumeral(c) {
		return
	}
	n, ok := rd.sc.cjkNumeral(k)
	if !ok && c == '数' {
		if unit, e := rd.timeUnit(k + 1); unit != "" {
			return dateHit{relative: map[int]string{-1: "recent ", 1: "coming "}[shift] + unit + "s"}, e
		}
	}
	if !ok {
		return
	}
	unit, e := rd.timeUnit(n.end)
	if unit == "" || unit == "minute" {
		return
	}
	h = stretch(shift, numeral{value: n.value, vague: n.vague}, unit)
	if n.vague {
		h.relative = deixisWord(shift) + " " + strconv.Itoa(int(n.value)) + " " + unit + "s"
	}
	return h, e
}

// known reads 今日, 昨年7月, 今月5日, 先週金曜日, 月曜日.
func (rd *cjkDateReader) known(i int) (h dateHit, end int) {
	r := rd.sc.runes
	if !rd.words.dated.has(r[i]) {
		return
	}
	w := cjkAt(rd.words.dates, r, i)
	if w == nil {
		return
	}
	end = i + len(w.word)
	if writingOf(w.word[0]) == writingHiragana && i > 0 && writingOf(r[i-1]) == writingHiragana && r[i-1] != 'は' && r[i-1] != 'が' {
		return dateHit{}, 0
	}
	if w.sense == cjkWeekday {
		return dateHit{weekday: w.lex.weekday, relative: weekdayNames[w.lex.weekday], relUnit: 'W'}, end
	}
	if string(w.word) == "同年" && (rd.is(end, '代') || rd.is(end, '齢')) || rd.has(i, "今日性") || rd.has(i, "明日香") {
		return dateHit{}, 0
	}
	x := w.lex
	h = dateHit{relative: x.relative, relUnit: x.relUnit, shift: x.shift}
	at := end
	if rd.is(at, 'の') {
		at++
	}
	switch h.relUnit {
	case 'y':
		d := dateHit{yearTied: true, shift: x.shift}
		if e := rd.monthDay(&d, at); e > at {
			return d, e
		}
	case 'm':
		if n, ok := rd.numeral(at); ok && rd.is(n.end, '日') && n.value >= 1 && n.value <= 31 && !rd.dayCounts(n.end+1) {
			d := dateHit{day: int(n.value), monthTied: true, shift: x.shift}
			return d, rd.weekdayAfter(&d, n.end+1)
		}
	case 'w':
		if d := cjkAt(rd.words.dates, r, at); d != nil && d.sense == cjkWeekday {
			return dateHit{weekday: d.lex.weekday, relative: deixisWord(x.shift) + " " + weekdayNames[d.lex.weekday], relUnit: 'V', shift: x.shift}, at + len(d.word)
		}
	}
	return h, end
}

// vagueAgo reads 数日前, where 数 has no power of ten after it.
func (rd *cjkDateReader) vagueAgo(i int) (h dateHit, end int) {
	if !rd.is(i, '数') && !rd.is(i, '何') {
		return
	}
	unit, k := rd.timeUnit(i + 1)
	if unit == "" || !rd.is(k, '前') && !rd.is(k, '後') {
		return
	}
	return amountAway(0, unit, rd.is(k, '前'), true), k + 1
}

// looksAhead says whether the sentence speaks of the future: 予定, 見通し, 来.
func (rd *cjkDateReader) looksAhead() bool {
	for i, c := range rd.sc.runes {
		switch c {
		case '予':
			if rd.has(i, "予定") || rd.has(i, "予想") {
				return true
			}
		case '見':
			if rd.has(i, "見通し") || rd.has(i, "見込") {
				return true
			}
		case '来':
			if rd.has(i, "来週") || rd.has(i, "来月") || rd.has(i, "来年") {
				return true
			}
		case '開':
			if rd.has(i, "開催される") {
				return true
			}
		}
	}
	return false
}
