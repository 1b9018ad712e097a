package value

import "claimbench/internal/lang"

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
		if rd.is(i-1, '年') && i > 1 && isDigit(r[i-2]) && n.digits { // 懲役1年6月: how long
			return dateHit{}, 0
		}
		end = rd.monthDay(&h, i)
		h.elsewhere = rd.is(i-1, '年') // 翌年3月
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
	case '财', '財': // 2023财年
		if y := int(n.value); n.whole == 4 && y > 1900 && y < 2200 && rd.is(k+1, '年') {
			return dateHit{year: y}, k + 2
		}
	case '〜', '～', '-', '、', '・', '－', '–', '—':
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
	if y := int(n.value); ok && n.whole == 4 && m.whole == 2 && y > 1900 && y < 2200 && int(m.value) == (y+1)%100 &&
		rd.has(m.end, "年度") { // 2023-24年度
		return dateHit{year: y, yearEnd: y + 1}, m.end + 2
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
