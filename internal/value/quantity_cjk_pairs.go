package value

// fraction reads 3分の1 and 百分之五.
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
	k := rd.rangeMark(n, end)
	if k == 0 || k >= len(r) || !isDigit(r[k]) && kanjiDigit(r[k]) <= 0 || low.Qualifier == QOrdinal || sc.taken[k] {
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
	high := Quantity{Span: sc.span(int32(k), int32(m.end+len(w.word))), Value: m.value, Unit: w.arg, Qualifier: QLe}
	if high.Unit == "wari" {
		high.Unit, high.Value = "%", high.Value*10
		if low.Unit == "" {
			low.Value *= 10
		}
	}
	if r[k-1] == '、' && n.value > 10 && m.value < 10 { // 十二、三人
		high.Value += n.value - float64(int(n.value)%10)
	}
	if digit := float64(kanjiDigit(r[k])); r[k-1] == '、' && digit > 0 && m.value > digit {
		low.Value *= m.value / digit // 四、五十人
	}
	if low.Unit == "" {
		low.Unit = high.Unit
		if r[k-1] != '、' && m.scaled && !n.scaled && low.Value < 1000 {
			low.Value *= lastScaleOf(r[k:m.end])
		}
	}
	after := m.end + len(w.word)
	changed := hasRunes(r, end, []rune("から")) && after < len(r) && isOneOf(r[after], "にへ") // 420億円から680億円に
	if low.Value < high.Value && !changed {
		low.Qualifier = QGe
	} else {
		high.Qualifier = QEq
	}
	rd.out = append(rd.out, low, high)
	return m.end + len(w.word), true
}

// rangeMark gives the rune after the sign or word between the two numbers of a range that stands at rune k, 0 for none.
func (rd *cjkReader) rangeMark(n cjkNumeral, k int) int {
	r := rd.sc.runes
	switch {
	case k >= len(r):
		return 0
	case isOneOf(r[k], "〜～~–-－ー―"):
		return k + 1
	case k == n.end && k+1 < len(r) && r[k] == '、' && n.digits && n.whole == 1 && isDigit(r[k+1]) &&
		float64(digitOf(r[k+1])) == n.value+1 && (k+2 >= len(r) || !isDigit(r[k+2])): // 2、3人
		return k + 1
	case k == n.end && rd.neighbours(n):
		return k + 1
	case hasRunes(r, k, []rune("から")):
		return k + 2
	case rd.signsCount() && isOneOf(r[k], "至到"): // 2 至 4 英寸
		if k++; k < len(r) && r[k] == ' ' {
			k++
		}
		return k
	}
	return 0
}

// neighbours says that a sign for a number, the next one after it, are a range: 二、三人.
func (rd *cjkReader) neighbours(n cjkNumeral) bool {
	r, k := rd.sc.runes, n.end
	if k == 0 || k+1 >= len(r) || r[k] != '、' || kanjiDigit(r[k-1]) <= 0 {
		return false
	}
	last := kanjiDigit(r[k-1])
	return kanjiDigit(r[k+1]) == last+1 && (n.value == float64(last) || n.value < 100 && int(n.value)%10 == last)
}

func lastScaleOf(r []rune) float64 {
	for i := len(r) - 1; i >= 0; i-- {
		if s := kanjiScale(r[i]); s > 0 {
			return s
		}
	}
	return 1
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
