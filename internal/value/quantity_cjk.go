package value

import (
	"unicode"

	"claimbench/internal/lang"
)

// cjkQuantities reads the quantities of a sentence in Japanese, where words are not parted by spaces: a number, the
// counter after it, and the qualifiers on both sides.
func (sc *Scan) cjkQuantities() []Quantity {
	rd := cjkReader{sc: sc, words: cjkLexiconOf(sc.pack)}
	r := sc.runes
	next := 0 // tokens, to step over names and addresses
	for i := 0; i < len(r); {
		c := r[i]
		for next < len(sc.tokens) && int(sc.tokens[next].end) <= i {
			next++
		}
		if next < len(sc.tokens) && int(sc.tokens[next].start) <= i {
			if k := sc.tokens[next].kind; k == tokenWord || k == tokenAddress {
				i = int(sc.tokens[next].end)
				continue
			}
		}
		if !isDigit(c) && (c < '一' && c != '〇' || !isKanjiNumeral(c) && !isSome(r, i)) || sc.taken[i] {
			i++
			continue
		}
		n, ok := sc.cjkNumeral(i)
		if !ok {
			i++
			continue
		}
		i = max(rd.quantity(i, n), i+1)
	}
	return rd.out
}

type cjkReader struct {
	sc    *Scan
	words *cjkLexicon
	out   []Quantity
}

// quantity builds what numeral n at rune i states, and gives the rune after it.
func (rd *cjkReader) quantity(i int, n cjkNumeral) int {
	sc, r := rd.sc, rd.sc.runes
	if end, ok := rd.clock(i, n); ok {
		return end
	}
	if n.dotted {
		return n.end
	}
	if end, ok := rd.fraction(i, n); ok {
		return end
	}
	if end, ok := rd.score(i, n); ok {
		return end
	}
	start := i
	money := ""
	if i > 0 {
		if money = currencySign(r[i-1]); money != "" {
			start--
		}
	}
	end, unit := n.end, money
	w := cjkAt(rd.words.after, r, n.end)
	value, qualifier := n.value, QEq
	ordinal := i > 0 && r[i-1] == '第'
	if w != nil && w.sense != cjkPost {
		end += len(w.word)
		switch w.sense {
		case cjkNone:
			if ordinal || n.digits || n.kanji {
				return end
			}
		case cjkOrdinal:
			ordinal = true
		default:
			unit = w.arg
			if unit == "wari" {
				unit, value = "%", value*10
				if end < len(r) && isDigit(r[end]) && end+1 < len(r) && r[end+1] == '分' { // 3割5分
					value += float64(digitOf(r[end]))
					end += 2
				}
			}
			if end < len(r) && r[end] == '目' && w.sense != cjkMoney && w.sense != cjkUnit { // 2年目, 3つ目
				ordinal, end = true, end+1
			} else if end < len(r) && r[end] == '半' && w.sense == cjkTime { // 3年半
				value, end = value+0.5, end+1
			}
		}
	} else {
		w = nil
	}
	if rd.none(i, n, w, money) {
		return n.end
	}
	if i > 0 && (r[i-1] == '-' || r[i-1] == '−' || r[i-1] == 'マ') && n.digits && !(i > 1 && (unicode.IsLetter(r[i-2]) ||
		isDigit(r[i-2]))) && r[i-1] != 'マ' {
		value, start = -value, start-1
	}
	if q, from := rd.before(start); q != "" {
		qualifier = q
		if q != QApprox {
			start = from
		}
	}
	if p := cjkAt(rd.words.after, r, end); p != nil && p.sense == cjkPost && rd.postFits(p, end) {
		end += len(p.word)
		if qualifier == QEq || p.arg == QGe || p.arg == QGt {
			qualifier = p.arg
		}
	}
	switch {
	case n.vague:
		qualifier = vagueQualifier(n.value)
	case ordinal:
		qualifier = QOrdinal
		if r[max(start-1, 0)] == '第' {
			start--
		}
	}
	q := Quantity{Span: sc.span(int32(start), int32(end)), Value: value, Unit: unit, Qualifier: qualifier}
	if next, ok := rd.rangeWith(q, n, end); ok {
		return next
	}
	rd.out = append(rd.out, q)
	return end
}

// postFits keeps 程 of other words away: 強 and 弱, 余, 台 and 近く only stand after a counter.
func (rd *cjkReader) postFits(p *cjkWord, at int) bool {
	r := rd.sc.runes
	switch string(p.word) {
	case "強", "弱", "余", "台", "超", "相当":
		end := at + len(p.word)
		return end >= len(r) || scriptAfter(r, end) != writingHan || string(p.word) == "余" || string(p.word) == "超"
	case "まで":
		return false
	}
	return true
}

func scriptAfter(r []rune, i int) writing {
	if i >= len(r) {
		return writingOther
	}
	return writingOf(r[i])
}

// before finds a qualifier in front of rune i, right before it or, for 少なくとも and 最大, a few words ahead.
func (rd *cjkReader) before(i int) (string, int) {
	r := rd.sc.runes
	for k := i - 1; k >= 0 && k >= i-10; k-- {
		for _, w := range rd.words.before[r[k]] {
			from := k - len(w.word) + 1
			if !hasRunes(r, from, w.word) {
				continue
			}
			if k == i-1 || k == i-2 && (r[i-1] == 'で' || r[i-1] == 'の' || r[i-1] == ' ' || r[i-1] == '、') ||
				w.arg == QGe && len(w.word) > 2 {
				return w.arg, from
			}
		}
		if c := r[k]; c == '。' || c == '、' && k != i-1 || isDigit(c) {
			break
		}
	}
	return "", i
}

// none says that the number counts nothing: part of a name or word, a list's mark, a phone number.
func (rd *cjkReader) none(i int, n cjkNumeral, w *cjkWord, money string) bool {
	r := rd.sc.runes
	prev, next := rune(0), rune(0)
	if i > 0 {
		prev = r[i-1]
	}
	if n.end < len(r) {
		next = r[n.end]
	}
	counted := w != nil && w.sense != cjkNone || money != ""
	if n.vague {
		return false
	}
	if !n.digits {
		return rd.kanjiNone(i, n, w, prev)
	}
	if counted {
		if n.value == 1 && (hasRunes(r, n.end, []rune("日")) && n.end+1 < len(r) && (isDigit(r[n.end+1]) ||
			r[n.end+1] == '約') || hasRunes(r, n.end, []rune("日あたり")) || hasRunes(r, n.end, []rune("日当たり")) ||
			hasRunes(r, n.end, []rune("人あたり")) || hasRunes(r, n.end, []rune("人当たり"))) {
			return true // a rate
		}
		// の1人: one of them
		if n.value == 1 && hasRunes(r, i-2, []rune("もう")) {
			return true // another one
		}
		return n.value == 1 && prev == 'の' && w != nil && (r[n.end] == '人' || r[n.end] == 'つ' || r[n.end] == '部')
	}
	switch {
	case prev == '第':
		return false
	case prev == '#' || prev == '＃' || prev == '@' || prev == '_' || prev == '&' || prev == '=':
		return true
	case (prev == '.' || prev == '．') && i > 1 && !isBlank(r[i-2]):
		return true
	case (prev == '-' || prev == '‐' || prev == '/' || prev == '－') && i > 1 && (isDigit(r[i-2]) ||
		unicode.IsLetter(r[i-2])):
		return true
	case next == '-' && n.end+1 < len(r) && isDigit(r[n.end+1]) && prev != '-':
		return false
	case next == '-' || next == '/' || next == '+' || next == '＋' || next == '_':
		return true
	case i > 6 && hasRunes(r, i-7, []rune("マグニチュード")):
		return false
	case writingOf(prev) == writingKatakana && prev != 0 && i > 0:
		return !n.scaled && !n.grouped
	case next < 0x250 && unicode.IsLetter(next):
		return true
	case next == '、' && n.whole == 1 && n.end+1 < len(r) && isDigit(r[n.end+1]) &&
		float64(digitOf(r[n.end+1])) == n.value+1: // 2、3人
		return false
	case i == 0 && (next == '.' || next == '．' || next == ')' || next == '）' || next == '、'):
		return true
	case prev == '(' || prev == '（' || prev == '[':
		return next == ')' && i == 1 || next == ']'
	}
	// Guccifer 2.0: a Latin name, a space, digits and no counter.
	if isBlank(prev) && i > 1 && writingOf(r[i-2]) == writingLatin && unicode.IsLetter(r[i-2]) {
		return true
	}
	return n.whole == 1 && writingOf(next) == writingHan && !n.scaled && next != '対'
}

// kanjiNone judges numbers in kanji, which are parts of words more often than not: only with a counter, or long.
func (rd *cjkReader) kanjiNone(i int, n cjkNumeral, w *cjkWord, prev rune) bool {
	r := rd.sc.runes
	if cjkAt(rd.words.skip, r, i) != nil {
		return true
	}
	counted := w != nil && (w.sense == cjkCounter || w.sense == cjkTime || w.sense == cjkMoney || w.sense == cjkUnit ||
		w.sense == cjkOrdinal)
	if prev == '第' {
		return n.value == 1
	}
	if n.length == 1 {
		if !counted || n.value == 1 || n.value == 0 {
			return true
		}
		if rd.sc.pack.Is(lang.CountedSigns) {
			return false
		}
		if writingOf(prev) == writingHan && prev != '約' && prev != '計' && prev != '全' && prev != '各' && prev != '他' &&
			prev != '後' && prev != '者' {
			return true
		}
		// 二度, 三国 and the like are words; 十 and 百 too, but for the plainest counters.
		if n.value > 10 {
			return false
		}
		switch string(w.word) {
		case "度", "国", "方", "行", "点", "対", "線", "校", "種", "族", "組", "階", "党", "市", "町", "村", "区", "門", "部", "代", "審":
			return true
		}
		return false
	}
	if !counted && !n.scaled && n.length == 2 && writingOf(prev) == writingHan {
		return true
	}
	return !counted && n.value < 10
}

// fraction reads 3分の1.
func (rd *cjkReader) fraction(i int, n cjkNumeral) (int, bool) {
	sc, r := rd.sc, rd.sc.runes
	if !hasRunes(r, n.end, []rune("分の")) && !hasRunes(r, n.end, []rune("分之")) || n.end+2 >= len(r) || n.value == 0 {
		return 0, false
	}
	m, ok := sc.cjkNumeral(n.end + 2)
	if !isDigit(r[n.end+2]) && kanjiDigit(r[n.end+2]) < 0 && kanjiTens(r[n.end+2]) == 0 || !ok {
		return 0, false
	}
	q := Quantity{Span: sc.span(int32(i), int32(m.end)), Value: m.value / n.value, Qualifier: QEq}
	if n.value == 100 && r[n.end+1] == '之' { // 百分之五
		q.Value, q.Unit = m.value, "%"
	}
	if before, _ := rd.before(i); before != "" {
		q.Qualifier = before
	}
	if p := cjkAt(rd.words.after, r, m.end); p != nil && p.sense == cjkPost {
		q.Qualifier = p.arg
		q.Span = sc.span(int32(i), int32(m.end+len(p.word)))
	}
	rd.out = append(rd.out, q)
	return m.end, true
}

// rangeWith reads 3〜5人, 10-20人, 3人から5人, 5000万〜1億円.
func (rd *cjkReader) rangeWith(low Quantity, n cjkNumeral, end int) (int, bool) {
	sc, r := rd.sc, rd.sc.runes
	k := end
	switch {
	case k < len(r) && (r[k] == '〜' || r[k] == '～' || r[k] == '~' || r[k] == '–' || r[k] == '-' || r[k] == '－' ||
		r[k] == 'ー' || r[k] == '―'):
		k++
	case k == n.end && k+1 < len(r) && r[k] == '、' && n.digits && n.whole == 1 && isDigit(r[k+1]) &&
		float64(digitOf(r[k+1])) == n.value+1 && (k+2 >= len(r) || !isDigit(r[k+2])): // 2、3人
		k++
	case hasRunes(r, k, []rune("から")):
		k += 2
	case rd.sc.pack.Is(lang.CountedSigns) && k < len(r) && (r[k] == '至' || r[k] == '到'): // 2 至 4 英寸
		if k++; k < len(r) && r[k] == ' ' {
			k++
		}
	default:
		return 0, false
	}
	if k >= len(r) || !isDigit(r[k]) && kanjiDigit(r[k]) <= 0 || low.Qualifier == QOrdinal || sc.taken[k] {
		return 0, false
	}
	m, ok := sc.cjkNumeral(k)
	if !ok || m.dotted {
		return 0, false
	}
	w := cjkAt(rd.words.after, r, m.end)
	// a score: 2-1
	if (w == nil || w.sense == cjkPost) && r[end] == '-' && low.Unit == "" && !(m.end < len(r) && r[m.end] == '-') {
		rd.out = append(rd.out, low, Quantity{Span: sc.span(int32(k), int32(m.end)), Value: m.value, Qualifier: QEq})
		return m.end, true
	}
	if w == nil || w.sense == cjkNone || w.sense == cjkPost {
		return 0, false
	}
	value := m.value
	unit := w.arg
	if unit == "wari" {
		unit, value = "%", value*10
		if low.Unit == "" {
			low.Value *= 10
		}
	}
	if low.Unit == "" {
		low.Unit = unit
		if m.scaled && !n.scaled && low.Value < 1000 {
			low.Value *= lastScaleOf(r[k:m.end])
		}
	}
	high := Quantity{Span: sc.span(int32(k), int32(m.end+len(w.word))), Value: value, Unit: unit, Qualifier: QLe}
	if low.Value < high.Value {
		low.Qualifier = QGe
	} else {
		high.Qualifier = QEq
	}
	rd.out = append(rd.out, low, high)
	return m.end + len(w.word), true
}

func lastScaleOf(r []rune) float64 {
	for i := len(r) - 1; i >= 0; i-- {
		if s := kanjiScale(r[i]); s > 0 {
			return s
		}
	}
	return 1
}

// clock reads 午後8時30分, 20時, 8:30 as hours of 24.
func (rd *cjkReader) clock(i int, n cjkNumeral) (int, bool) {
	sc, r := rd.sc, rd.sc.runes
	if n.value > 30 || n.decimal || n.vague || n.scaled {
		return 0, false
	}
	hour, minute, end := n.value, 0.0, n.end
	switch {
	case hasRunes(r, end, []rune("時間")), hasRunes(r, end, []rune("時代")), hasRunes(r, end, []rune("時点")) && false:
		return 0, false
	case hasRunes(r, end, []rune("時")), sc.pack.Is(lang.CountedSigns) && chineseHour(r, i, end):
		end++
		if end < len(r) && r[end] == '半' {
			minute, end = 30, end+1
		} else if end < len(r) && (isDigit(r[end]) || kanjiDigit(r[end]) >= 0 || kanjiTens(r[end]) == 10) {
			if m, ok := sc.cjkNumeral(end); ok && m.value < 60 && m.end < len(r) && r[m.end] == '分' &&
				!(m.end+1 < len(r) && r[m.end+1] == '間') {
				minute, end = m.value, m.end+1
			}
		}
	case n.digits && end+2 < len(r) && (r[end] == ':' || r[end] == '：') && isDigit(r[end+1]) && isDigit(r[end+2]) &&
		(end+3 >= len(r) || !isDigit(r[end+3])) && n.whole <= 2:
		minute, end = float64(digitOf(r[end+1])*10+digitOf(r[end+2])), end+3
	default:
		return 0, false
	}
	start := i
	for _, half := range [...]struct {
		word string
		add  float64
	}{{"午後", 12}, {"午前", 0}, {"夜", 12}, {"夕方", 12}, {"未明", 0}, {"早朝", 0}, {"朝", 0}, {"正午", 0},
		{"深夜", 0}, {"下午", 12}, {"晚上", 12},
		{"上午", 0}, {"早上", 0}, {"凌晨", 0}, {"傍晚", 12}} {
		w := []rune(half.word)
		if hasRunes(r, i-len(w), w) {
			start = i - len(w)
			if hour < 12 && half.add > 0 && hour > 0 {
				hour += half.add
			}
			break
		}
	}
	q := Quantity{Span: sc.span(int32(start), int32(end)), Value: hour + minute/60, Unit: "hour", Qualifier: QEq}
	if p := cjkAt(rd.words.after, r, end); p != nil && p.sense == cjkPost && p.arg == QApprox ||
		hasRunes(r, end, []rune("ごろ")) || hasRunes(r, end, []rune("頃")) || hasRunes(r, end, []rune("すぎ")) ||
		hasRunes(r, end, []rune("過ぎ")) {
		q.Qualifier = QApprox
	}
	rd.out = append(rd.out, q)
	return end, true
}

// chineseHour says that 点 at r[end] is the hour of a day, and not a point: the half of the day stands before the
// numeral at r[i].
func chineseHour(r []rune, i, end int) bool {
	if end >= len(r) || r[end] != '点' && r[end] != '點' && r[end] != '时' || i < 2 {
		return false
	}
	switch string(r[i-2 : i]) {
	case "下午", "上午", "晚上", "早上", "凌晨", "傍晚", "中午":
		return true
	}
	return false
}

// score reads 2:0, where the second part is too short for minutes.
func (rd *cjkReader) score(i int, n cjkNumeral) (int, bool) {
	sc, r := rd.sc, rd.sc.runes
	k := i + int(n.whole) + 1
	if !n.digits || n.whole > 2 || k >= len(r) || k != n.end+1 || narrow(r[k-1]) != ':' || !isDigit(r[k]) ||
		k+1 < len(r) && (isDigit(r[k+1]) || r[k+1] == ':') || i > 0 && narrow(r[i-1]) == ':' {
		return 0, false
	}
	rd.out = append(rd.out, Quantity{Span: sc.span(int32(i), int32(n.end)), Value: n.value, Qualifier: QEq},
		Quantity{Span: sc.span(int32(k), int32(k+1)), Value: float64(digitOf(r[k])), Qualifier: QEq})
	return k + 1, true
}
