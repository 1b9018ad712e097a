package value

import (
	"strconv"
	"strings"
)

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
	for _, u := range [...]struct{ word, unit string }{{"日間", "day"}, {"日", "day"}, {"週間", "week"}, {"年間", "year"},
		{"年", "year"},
		{"カ月", "month"}, {"か月", "month"}, {"ヶ月", "month"}, {"ヵ月", "month"}, {"ケ月", "month"}, {"時間", "hour"},
		{"分", "minute"}, {"世紀", "century"}} {
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
		if rd.is(k, 'の') {
			k++
		}
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
	if writingOf(w.word[0]) == writingHiragana && i > 0 && writingOf(r[i-1]) == writingHiragana && r[i-1] != 'は' &&
		r[i-1] != 'が' {
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
			return dateHit{weekday: d.lex.weekday, relative: deixisWord(x.shift) + " " + weekdayNames[d.lex.weekday],
				relUnit: 'V', shift: x.shift}, at + len(d.word)
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

// will says whether 将 at i is the word of the future, and no general: 将军, 少将.
func (rd *cjkDateReader) will(i int) bool {
	general := i > 0 && strings.ContainsRune("大上中少主名麻老干", rd.sc.runes[i-1])
	return !general && i+1 < len(rd.sc.runes) && !strings.ContainsRune("军軍领領士官帅帥近", rd.sc.runes[i+1])
}

// looksAhead says whether the sentence speaks of the future: 予定, 予報, 見通し, でしょう, 来; in Chinese 将.
func (rd *cjkDateReader) looksAhead() bool {
	for i, c := range rd.sc.runes {
		switch c {
		case '予':
			if rd.has(i, "予定") || rd.has(i, "予想") || rd.has(i, "予報") {
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
		case 'で':
			if rd.has(i, "でしょう") {
				return true
			}
		case '将', '將':
			if rd.sc.pack.Code == "zh" && rd.will(i) {
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
