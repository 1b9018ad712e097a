package value

// clock reads 午後8時30分, 20時, 8:30 as hours of 24.
func (rd *cjkReader) clock(i int, n cjkNumeral) (int, bool) {
	if n.value > 30 || n.decimal || n.vague || n.scaled {
		return 0, false
	}
	hour, minute, end, ok := rd.clockFace(i, n)
	if !ok {
		return 0, false
	}
	start := i
	if half := rd.halfBefore(i); half != nil {
		start = i - len(half.word)
		if half.arg == "12" && hour < 12 && hour > 0 {
			hour += 12
		}
	}
	q := Quantity{Span: rd.sc.span(int32(start), int32(end)), Value: hour + minute/60, Unit: "hour", Qualifier: QEq}
	if p := cjkAt(rd.words.after, rd.sc.runes, end); p != nil && p.sense == cjkPost && p.arg == QApprox ||
		cjkAt(rd.words.about, rd.sc.runes, end) != nil {
		q.Qualifier = QApprox
	}
	rd.out = append(rd.out, q)
	return end, true
}

// clockFace reads hours and minutes.
func (rd *cjkReader) clockFace(i int, n cjkNumeral) (hour, minute float64, end int, ok bool) {
	sc, r := rd.sc, rd.sc.runes
	hour, end = n.value, n.end
	switch {
	case hasRunes(r, end, []rune("時間")), hasRunes(r, end, []rune("時代")):
		return 0, 0, 0, false
	case hasRunes(r, end, []rune("時")), rd.signsCount() && rd.chineseHour(i, end):
		minute, end = sc.cjkMinute(end + 1)
		return hour, minute, end, true
	case n.digits && n.whole <= 2 && end+2 < len(r) && isOneOf(r[end], ":：") && isDigit(r[end+1]) &&
		isDigit(r[end+2]) && (end+3 >= len(r) || !isDigit(r[end+3])):
		return hour, float64(digitOf(r[end+1])*10 + digitOf(r[end+2])), end + 3, true
	}
	return 0, 0, 0, false
}

// cjkMinute reads the minutes at rune k, after the sign of the hour: 半, 30分; but 30分間 is a stretch of time.
func (sc *Scan) cjkMinute(k int) (float64, int) {
	r := sc.runes
	if k >= len(r) {
		return 0, k
	}
	if r[k] == '半' {
		return 30, k + 1
	}
	if !isDigit(r[k]) && kanjiDigit(r[k]) < 0 && kanjiTens(r[k]) != 10 {
		return 0, k
	}
	m, ok := sc.cjkNumeral(k)
	if ok && m.value < 60 && m.end < len(r) && r[m.end] == '分' && !(m.end+1 < len(r) && r[m.end+1] == '間') {
		return m.value, m.end + 1
	}
	return 0, k
}

// halfBefore finds the half of the day in front of rune i: 午後, 下午, 今晚.
func (rd *cjkReader) halfBefore(i int) *cjkWord {
	if i == 0 {
		return nil
	}
	list := rd.words.halves[rd.sc.runes[i-1]]
	for k := range list {
		if hasRunes(rd.sc.runes, i-len(list[k].word), list[k].word) {
			return &list[k]
		}
	}
	return nil
}

// chineseHour says that 点 at r[end] is the hour of a day, and not a point: the half of the day stands before the
// numeral at r[i].
func (rd *cjkReader) chineseHour(i, end int) bool {
	r := rd.sc.runes
	if end >= len(r) || !isOneOf(r[end], "点點时時") {
		return false
	}
	_, after := rd.sc.cjkMinute(end + 1)
	return rd.halfBefore(i) != nil || after > end+1 // 17时45分
}
