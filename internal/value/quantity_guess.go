package value

import (
	"math"

	"claimbench/internal/lang"
)

// guess gives the token of the second number of a guess whose first number n ends before token k: two or three people,
// دو سه نفر, два-три человека. It gives 0 for none.
func (rd *quantityReader) guess(n numeral, k int) int {
	sc := rd.sc
	next := func(at int) (numeral, bool) {
		if at >= len(sc.tokens) || sc.tokens[at].taken || !sc.mayStartNumeral(at) {
			return numeral{}, false
		}
		m, ok := sc.numeral(at)
		return m, ok && !m.ordinal && !m.vague && !m.fraction && m.value > n.value
	}
	if k >= len(sc.tokens) || sc.tokens[k].taken || n.fraction || n.value < 1 {
		return 0
	}
	if sc.has(k, senseOr) {
		if m, ok := next(k + 1); ok && m.value <= 1.5*n.value+0.5 {
			return k + 1
		}
		return 0
	}
	if isHyphen(sc.symbol(k)) && !sc.tokens[k].spaced {
		k++
	}
	if n.digits || n.words != 1 || k >= len(sc.tokens) || sc.tokens[k].kind != tokenWord {
		return 0
	}
	m, ok := next(k)
	if !ok || m.digits || m.value != n.value+1 || n.value > 9 || sc.isNext(m.end, m.value+1) {
		return 0
	}
	return k
}

// isNext says whether a word for the value stands at token k: one two three is counting.
func (sc *Scan) isNext(k int, v float64) bool {
	return k < len(sc.tokens) && sc.has(k, senseNum) && sc.tokens[k].word.num == v
}

// isMoney says whether a unit is a currency.
func isMoney(unit string) bool {
	if len(unit) != 3 {
		return false
	}
	for _, b := range []byte(unit) {
		if b < 'A' || b > 'Z' {
			return false
		}
	}
	return true
}

// share reads a part of a whole as a share: three out of five voters is 60 %, and از هر ۵ نفر ۱ نفر is 20 %. Only round
// wholes are shares: 12 out of 27 members are counted.
func (rd *quantityReader) share(i int) (int, bool) {
	sc := rd.sc
	if t := &sc.tokens[i]; t.phrase != nil && t.phrase.senses&senseShare != 0 {
		return rd.shareAfter(i, i+int(t.phraseLen))
	}
	if end, ok := rd.every(i); ok {
		return end, true
	}
	if !sc.mayStartNumeral(i) {
		return 0, false
	}
	one, ok := sc.numeral(i)
	k := one.end
	if u := rd.unit(one); ok && one.value == 1 && u.end > 0 && u.kind&senseNoun != 0 && sc.has(u.end, senseShare) &&
		!sc.pack.Is(lang.AdjectivesFirst) {
		k = u.end // un électeur sur cinq
	}
	if !ok || k >= len(sc.tokens) || sc.tokens[k].taken {
		return 0, false
	}
	switch t := &sc.tokens[k]; {
	case t.phrase != nil && t.phrase.senses&senseShare != 0:
		k += int(t.phraseLen)
	case sc.has(k, senseShare):
		k++
	default:
		return 0, false
	}
	whole, ok := rd.whole(k)
	if !ok || sc.has(whole.end, senseTo) || sc.is(whole.end, "auf") || sc.is(whole.end, "menjadi") {
		return 0, false // stieg um zwei von drei auf fünf
	}
	return rd.shared(i, max(whole.end, rd.unit(whole).end), one, whole)
}

// every reads the German jeder fünfte Wähler, one in five of them; jedes zweite Jahr says how often.
func (rd *quantityReader) every(i int) (int, bool) {
	sc := rd.sc
	if !sc.is(i, "jeder") && !sc.is(i, "jede") && !sc.is(i, "jedes") && !sc.is(i, "jeden") && !sc.is(i, "jedem") ||
		!sc.has(i+1, senseOrd) {
		return 0, false
	}
	n, ok := sc.numeral(i + 1)
	if !ok || !n.ordinal || !roundWhole(n.value) || sc.has(n.end, senseTime|senseDayWord|senseWeekday) {
		return 0, false
	}
	u := rd.unit(n)
	if u.kind&senseTime != 0 {
		return 0, false
	}
	return rd.shared(i, max(n.end, u.end), numeral{value: 1, end: i + 1}, n)
}

// shareAfter reads the whole at token k, and the part behind it.
func (rd *quantityReader) shareAfter(i, k int) (int, bool) {
	whole, ok := rd.whole(k)
	if !ok {
		return 0, false
	}
	k = max(whole.end, rd.unit(whole).end)
	if k >= len(rd.sc.tokens) || !rd.sc.mayStartNumeral(k) {
		return 0, false
	}
	one, ok := rd.sc.numeral(k)
	if !ok {
		return 0, false
	}
	return rd.shared(i, max(one.end, rd.unit(one).end), one, whole)
}

// whole reads a round whole at token k.
func (rd *quantityReader) whole(k int) (numeral, bool) {
	if k >= len(rd.sc.tokens) || !rd.sc.mayStartNumeral(k) {
		return numeral{}, false
	}
	n, ok := rd.sc.numeral(k)
	return n, ok && !n.ordinal && !n.vague && roundWhole(n.value) && rd.unit(n).kind&(senseTime|senseMoney) == 0
}

func roundWhole(v float64) bool {
	return v >= 2 && v <= 10 && v == math.Trunc(v) || v == 20 || v == 50 || v == 100 || v == 1000
}

func (rd *quantityReader) shared(i, end int, one, whole numeral) (int, bool) {
	sc := rd.sc
	if one.value < 1 || one.value >= whole.value || one.ordinal || one.vague || one.value != math.Trunc(one.value) {
		return 0, false
	}
	q := Quantity{Span: sc.span(sc.tokens[i].start, sc.tokens[end-1].end), Value: 100 * one.value / whole.value,
		Unit: "%", Qualifier: QEq}
	if rd.qualifierEnd == i {
		q.Qualifier = rd.qualifier
	}
	rd.out = append(rd.out, q)
	return end, true
}
