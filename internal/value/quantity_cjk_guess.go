package value

// mostGuessed is how many signs a guess in kanji has at most.
const mostGuessed = 8

// guess reads two signs for neighbouring numbers as the ends of a guess: 两三人, 三四十人, 十七八人. Japanese writes 23
// as 二三 too, so there it counts only before a sign for ten or more; else it gives no quantity, and steps over it.
func (rd *cjkReader) guess(i int) (int, bool) {
	r := rd.sc.runes
	at, end := -1, i
	for ; end < len(r) && end-i <= mostGuessed && (kanjiDigit(r[end]) >= 0 || kanjiTens(r[end]) > 0 ||
		kanjiScale(r[end]) > 0); end++ {
		if end == i || kanjiDigit(r[end]) < 0 || kanjiDigit(r[end-1]) < 0 {
			continue
		}
		if at >= 0 || kanjiDigit(r[end]) != kanjiDigit(r[end-1])+1 || kanjiDigit(r[end-1]) == 0 {
			return 0, false // 二〇二三, 四五六
		}
		at = end - 1
	}
	if at < 0 || end-i > mostGuessed || i > 0 && (isDigit(r[i-1]) || kanjiDigit(r[i-1]) >= 0) {
		return 0, false
	}
	low, okLow := rd.without(i, end, at+1)
	high, okHigh := rd.without(i, end, at)
	if !okLow || !okHigh {
		return 0, false
	}
	placed := at+2 < end || at > i
	n := low
	n.end = end
	a := rd.around(i, n)
	c := rd.counted(&a)
	if c.none || c.ordinal || !placed && (!rd.signsCount() || !a.plainCounter()) {
		return end, true
	}
	q, after := rd.qualified(&a, c)
	top := q
	top.Value = q.Value / low.value * high.value
	if q.Qualifier == QEq || q.Qualifier == QApprox {
		q.Qualifier, top.Qualifier = QGe, QLe
	}
	q.Span = rd.sc.span(int32(i), int32(at+1))
	top.Span = rd.sc.span(int32(at+1), int32(after))
	rd.out = append(rd.out, q, top)
	return after, true
}

// without reads the numeral from i to end as if the sign at k were not there.
func (rd *cjkReader) without(i, end, k int) (cjkNumeral, bool) {
	part := *rd.sc
	part.runes = append(append([]rune{}, rd.sc.runes[i:k]...), rd.sc.runes[k+1:end]...)
	n, ok := part.cjkNumeral(0)
	return n, ok && n.end == len(part.runes)
}

// share reads 5人に1人 as 20 %: a whole, and a part of it with the same counter.
func (rd *cjkReader) share(a *cjkAround, c cjkCounted) (int, bool) {
	if a.w == nil || a.w.sense != cjkCounter || !roundWhole(c.value) {
		return 0, false
	}
	for _, link := range [...]string{"に", "中有", "中就有", "就有", "里有", "裡有", "当中有", "のうち", "中"} {
		k := c.end + len([]rune(link))
		if k >= len(a.r) || !hasRunes(a.r, c.end, []rune(link)) || !mayStartCJK(a.r, k) {
			continue
		}
		m, ok := rd.sc.cjkNumeral(k)
		if !ok || m.vague || m.dotted || m.value < 1 || m.value >= c.value || !hasRunes(a.r, m.end, a.w.word) {
			continue
		}
		end := m.end + len(a.w.word)
		rd.out = append(rd.out, Quantity{Span: rd.sc.span(int32(c.start), int32(end)), Value: 100 * m.value / c.value,
			Unit: "%", Qualifier: QEq})
		return end, true
	}
	return 0, false
}
