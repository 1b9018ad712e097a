package value

import (
	"math"

	"claimbench/internal/lang"
)

// Quantities gives the numbers of the sentence; see the function Quantities.
func (sc *Scan) Quantities() []Quantity {
	sc.findDates()
	if sc.cjk {
		return sc.cjkQuantities()
	}
	rd := quantityReader{sc: sc, qualifierEnd: -1}
	for i := 0; i < len(sc.tokens); {
		n := len(rd.out)
		i = rd.step(i)
		if len(rd.out) > n {
			rd.done = i
		}
	}
	return rd.out
}

// quantityReader walks over the tokens and remembers the qualifier it passed last.
type quantityReader struct {
	sc             *Scan
	out            []Quantity
	qualifier      string
	qualifierStart int
	qualifierEnd   int // the token after the qualifier; -1 none
	done           int // the token after the quantity read last
	between        int // the token after "between" or "from"; 0 none
}

// step reads what starts at token i and gives the token to go on from.
func (rd *quantityReader) step(i int) int {
	sc := rd.sc
	t := &sc.tokens[i]
	if t.taken || t.kind == tokenAddress {
		return i + 1
	}
	if p := t.phrase; p != nil && p.senses&sensePre != 0 && rd.numberFollows(i+int(t.phraseLen)) {
		return rd.qualify(p.pre, i, i+int(t.phraseLen))
	}
	if p := t.phrase; p != nil && (p.senses&senseStop != 0 || p.senses&senseUnit != 0 &&
		sc.has(i+1, senseHundred|senseNum)) { // por ciento without a number before it
		return i + int(t.phraseLen)
	}
	if end, ok := rd.share(i); ok {
		return end
	}
	if end, ok := rd.oneIn(i); ok {
		return end
	}
	if end, ok := rd.partOf(i); ok {
		return end
	}
	if end, ok := rd.score(i); ok {
		return end
	}
	if end, ok := rd.clock(i); ok {
		return end
	}
	if n, ok := sc.numeral(i); ok {
		if end := rd.quantity(i, n); end > i {
			return end
		}
		return max(n.end, i+1)
	}
	if t.word == nil {
		return i + 1
	}
	switch {
	case t.word.senses&sensePre != 0:
		return rd.qualify(t.word.pre, i, i+1)
	case t.word.senses&senseBetween != 0:
		rd.between = i + 1
	case t.word.senses&senseDualUnit != 0:
		rd.dual(i)
	}
	return i + 1
}

// numberFollows keeps phrases such as "no more than" from being read as qualifiers of nothing.
func (rd *quantityReader) numberFollows(i int) bool {
	for k := i; k < i+4 && k < len(rd.sc.tokens); k++ {
		if rd.sc.mayStartNumeral(k) || rd.sc.has(k, senseDualUnit) {
			return true
		}
	}
	return false
}

func (rd *quantityReader) qualify(q string, start, end int) int {
	if rd.qualifierEnd == start && q == QApprox {
		rd.qualifierEnd = end // "more than about": the first says more
		return end
	}
	rd.qualifier, rd.qualifierStart, rd.qualifierEnd = q, start, end
	return end
}

// quantity builds the quantity whose numeral n starts at token i, and gives the token after it, or i when the number
// is not one that counts something.
func (rd *quantityReader) quantity(i int, n numeral) int {
	sc := rd.sc
	money, first := rd.currencyBefore(i)
	if n.digits && glued(sc, i) && sc.has(i-2, senseOrdMark) { // ke-12
		n.ordinal, first = true, i-2
	}
	u := rd.unit(n)
	if u.name == "KRW" && n.scale <= 1 && n.value < 100 && sc.is(u.end-1, "won") {
		u = unitAfter{} // Group 4 won
	}
	if money == "" {
		money = n.money
	}
	if money != "" && u.name == "" {
		u.name = money
	}
	if u.name == "" && n.digits && sc.symbol(i-1) == '%' && !sc.tokens[i].spaced && first == i { // %40
		u.name, first = "%", i-1
	}
	if u.name == "" && sc.has(i-1, senseUnitBefore) && first == i { // yüzde kırk
		u.name, first = sc.tokens[i-1].word.unit, i-1
	}
	if rd.isName(i, first, n, u) {
		return i
	}
	if t := &sc.tokens[i]; t.kind == tokenNumber && t.number.stop && sc.pack.Decimal == ',' && u.end == 0 &&
		money == "" && n.value < 24 && math.Mod(n.value, 1) < 0.595 {
		return n.end // a time of day, where decimals stand after a comma
	}
	if n.thousandths && !sc.pack.Known && u.kind&senseNoun == 0 {
		return max(n.end, u.end) // 1.200 in a language that nobody knows may be either
	}
	q := Quantity{Value: n.value, Unit: u.name, Qualifier: QEq}
	if n.fraction && n.value < 1 && u.kind&senseNoun != 0 {
		q.Unit = "" // a third of the voters is no third of a person
	}
	if n.thousandths && (u.kind&senseNoun != 0 || sc.pack.Is(lang.DotGroups) && int(math.Round(n.value*1000))%10 == 0) {
		q.Value *= 1000 // 1.200 people are not one and a fifth, and nobody measures to 76.500
	}
	if n.digits && (negative(sc, first) || u.name == "degree" && minusWord(sc, first)) {
		q.Value, first = -q.Value, first-1
	}
	below := q.Value < 0
	start := first
	// شخص واحد
	if n.value == 1 && !n.digits && u.name == "" && rd.sc.has(i-1, senseNoun) && sc.pack.Is(lang.OneAfterNoun) {
		q.Unit, start = sc.tokens[i-1].word.unit, i-1
	}
	if rd.qualifierEnd >= 0 && (rd.qualifierEnd == first || rd.qualifierEnd == first-1 &&
		sc.has(first-1, senseArticle)) {
		q.Qualifier = rd.qualifier
		if u.kind&senseTime != 0 && sc.is(rd.qualifierStart, "over") && !sc.is(rd.qualifierStart-1, "for") &&
			!sc.is(rd.qualifierStart-1, "of") {
			q.Qualifier = QEq // within ten years
		}
		if sc.is(rd.qualifierStart, "under") && sc.is(u.end, "of") && covers(sc, u.end+1) {
			q.Qualifier = QEq // under three metres of mud
		}
		if q.Qualifier != QApprox && q.Qualifier != QEq {
			start = rd.qualifierStart
		}
	}
	switch {
	case below && q.Qualifier == QLe:
		q.Qualifier = QEq // до минус 12: down to
	case q.Qualifier == QEq && sc.pack.Is(lang.Prefixes) && glued(sc, i) && sc.is(i-2, "כ"):
		q.Qualifier = QApprox // כ-1,200
	}
	end := max(n.end, u.end)
	if post, after := rd.qualifierAfter(end); post != "" && q.Qualifier == QEq {
		q.Qualifier, end = post, after
	}
	switch {
	case n.ordinal:
		q.Qualifier = QOrdinal
	case n.vague:
		q.Qualifier = vagueQualifier(n.value)
		if n.value == 10 && u.name == "year" {
			return end // tens of years: decades, a word of time
		}
	}
	if start < rd.done {
		start = i // the sign belongs to the number before
	}
	q.Span = sc.span(sc.tokens[start].start, sc.tokens[end-1].end)
	if next, ok := rd.rangeWith(q, i, n, u, end); ok {
		return next
	}
	rd.out = append(rd.out, q)
	return end
}

func vagueQualifier(v float64) string {
	switch {
	case v >= 1e6:
		return QMillions
	case v >= 1e3:
		return QThousands
	case v >= 100:
		return QHundreds
	}
	return QTens
}

// currencyBefore gives the money named before the number at token i ("$5", "USD 5", "US$5"), and where that starts.
func (rd *quantityReader) currencyBefore(i int) (string, int) {
	sc := rd.sc
	if c := currencySign(sc.symbol(i - 1)); c != "" {
		switch {
		case sc.tokens[i-1].spaced:
		case i > 1 && c == "USD" && sc.tokens[i-2].kind == tokenWord && dollars[string(sc.fold(i-2))] != "":
			return dollars[string(sc.fold(i-2))], i - 2
		}
		return c, i - 1
	}
	if sc.symbol(i-1) == '.' && i > 1 && !sc.tokens[i-1].spaced && sc.tokens[i-2].upper && sc.has(i-2, senseMoney) &&
		sc.tokens[i-2].end-sc.tokens[i-2].start == 2 { // Rs. 5
		return sc.tokens[i-2].word.unit, i - 2
	}
	if i > 0 && sc.has(i-1, senseMoney) && (sc.tokens[i-1].allUpper || sc.tokens[i-1].upper &&
		sc.tokens[i-1].end-sc.tokens[i-1].start == 2) { // Rs, Rp
		return sc.tokens[i-1].word.unit, i - 1
	}
	return "", i
}

// dollars are the letters before a dollar sign that say whose money it is: US$5, R$5.
var dollars = map[string]string{"us": "USD", "a": "AUD", "au": "AUD", "c": "CAD", "ca": "CAD", "hk": "HKD", "nz": "NZD",
	"r": "BRL", "nt": "TWD", "s": "SGD", "mx": "MXN"}

func negative(sc *Scan, first int) bool {
	r := sc.symbol(first - 1)
	if r == '-' || r == '\u2212' {
		return sc.tokens[first-1].spaced && !sc.tokens[first].spaced
	}
	return sc.has(first-1, senseMinus) && !sc.pack.Is(lang.Juxtaposed)
}

// minusWord says whether a word for minus stands before a temperature, which in French is "less" elsewhere: au moins 3.
func minusWord(sc *Scan, first int) bool {
	return sc.has(first-1, senseMinus) && !sc.is(first-2, "au") &&
		!sc.is(first-2, "al") && !sc.is(first-2, "pelo") && !sc.is(first-2, "lo") && !sc.is(first-2, "du")
}

func (rd *quantityReader) qualifierAfter(k int) (string, int) {
	sc := rd.sc
	if k >= len(sc.tokens) {
		return "", k
	}
	t := &sc.tokens[k]
	if t.phrase != nil && t.phrase.senses&sensePost != 0 {
		return t.phrase.post, k + int(t.phraseLen)
	}
	if sc.has(k, sensePost) {
		return t.word.post, k + 1
	}
	if sc.symbol(k) == '+' && !t.spaced {
		return QGe, k + 1
	}
	return "", k
}

// rangeWith reads "5 to 10 people", "۵ تا ۱۰ نفر", "بين 5 و10": two quantities, the low one at least, the high one at
// most. A unit or scale written once holds for both.
func (rd *quantityReader) rangeWith(low Quantity, i int, n numeral, u unitAfter, end int) (int, bool) {
	sc := rd.sc
	between := rd.between > 0 && rd.between >= i-2 && rd.between <= i
	k := end
	if k >= len(sc.tokens) || n.ordinal || n.vague {
		return 0, false
	}
	switch {
	case (isHyphen(sc.symbol(k)) || isOneOf(sc.symbol(k), "~〜～")) && n.digits && k+1 < len(sc.tokens) &&
		(sc.tokens[k+1].kind == tokenNumber || low.Unit != "" && currencySign(sc.symbol(k+1)) == low.Unit) &&
		sc.tokens[k].spaced == sc.tokens[k+1].spaced:
		k++
	case sc.has(k, senseTo) && !sc.tokens[k].taken:
		k++
	case rd.guess(n, k) > 0:
		k = rd.guess(n, k)
	case between && (sc.has(k, senseAnd) || sc.is(k, "dan")):
		k++
	case between && sc.tokens[k].clitics&proclitConj != 0, between && sc.is(k, "و"):
		if sc.is(k, "و") {
			k++
		}
	default:
		return 0, false
	}
	sign := currencySign(sc.symbol(k))
	if sign != "" {
		k++
	}
	if k >= len(sc.tokens) || !sc.mayStartNumeral(k) {
		return 0, false
	}
	m, ok := sc.numeral(k)
	if !ok || m.ordinal || m.vague {
		return 0, false
	}
	money := n.scale == 1 && sc.tokens[i].kind == tokenNumber && isMoney(low.Unit)
	if m.scale == 1 && m.digits && (n.scale == 1e6 || money) && m.end < len(sc.tokens) &&
		!sc.tokens[m.end].spaced && sc.is(m.end, "m") {
		m.value, m.scale, m.end = m.value*1e6, 1e6, m.end+1 // EUR 2.5m-3m, €2.5-3m
	}
	um := rd.unit(m)
	if um.name == "" {
		um.name = sign
	}
	if sc.has(k-1, senseTo) && sc.pack.Is(lang.Juxtaposed) && (um.name == "" && low.Unit != "" ||
		m.value <= low.Value && m.scale == n.scale) {
		return 0, false // pagó 3 millones de euros a 1.250 familias
	}
	if um.name == "" {
		um.name = low.Unit
	}
	if low.Unit != "" && low.Unit != um.name {
		return 0, false // fell 12 percent to 3 billion
	}
	if low.Unit == "" {
		low.Unit = um.name
	}
	if m.scale > 1 && n.scale == 1 && n.value < m.plain {
		low.Value *= m.scale
	}
	high := Quantity{Value: m.value, Unit: um.name, Qualifier: QLe, Span: sc.span(sc.tokens[k].start,
		sc.tokens[max(m.end, um.end)-1].end)}
	score := isHyphen(sc.symbol(k-1)) && um.name == ""
	if low.Value < high.Value && !score && (isHyphen(sc.symbol(k-1)) || !rd.changes(i)) {
		low.Qualifier = QGe
	} else {
		high.Qualifier = low.Qualifier // 2-1
	}
	rd.out = append(rd.out, low, high)
	return max(m.end, um.end), true
}

// changes says whether the numbers "from" which and "to" which something went stand at token i: it rose from 3 to 4.
// They are no range.
func (rd *quantityReader) changes(i int) bool {
	sc, from := rd.sc, i-1
	if currencySign(sc.symbol(from)) != "" {
		from--
	}
	if from < 1 || sc.has(from, senseChange|sensePre) || sc.is(from, "between") {
		return false
	}
	for k := from; k >= 0 && k >= from-3 && sc.tokens[k].kind == tokenWord; k-- {
		if sc.has(k, senseChange) {
			return true
		}
	}
	return false
}

// dual reads a word that is an amount by itself: عامين, شخصين, twice, трижды. An Arabic dual with the article is most
// often a known pair, which nobody counts: الحزبين.
func (rd *quantityReader) dual(i int) {
	t := &rd.sc.tokens[i]
	if t.clitics&proclitAl != 0 || t.taken {
		return
	}
	q := Quantity{Span: rd.sc.span(t.start, t.end), Value: t.word.amount, Unit: t.word.unit, Qualifier: QEq}
	if rd.qualifierEnd == i {
		q.Qualifier = rd.qualifier
	}
	rd.out = append(rd.out, q)
}
