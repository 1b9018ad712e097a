package value

import "claimbench/internal/lang"

// cjkQuantities reads the quantities of a sentence in Japanese, where words are not parted by spaces: a number, the
// counter after it, and the qualifiers on both sides.
func (sc *Scan) cjkQuantities() []Quantity {
	rd := cjkReader{sc: sc, words: cjkLexiconOf(sc.pack)}
	r := sc.runes
	next := 0 // tokens, to step over names and addresses
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
		if sc.taken[i] || !mayStartCJK(r, i) {
			i++
			continue
		}
		if end, ok := rd.guess(i); ok {
			i = end
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

// mayStartCJK says whether a numeral may start at r[i].
func mayStartCJK(r []rune, i int) bool {
	c := r[i]
	return isDigit(c) || (c >= '一' || c == '〇') && (isKanjiNumeral(c) || isSome(r, i))
}

type cjkReader struct {
	sc    *Scan
	words *cjkLexicon
	out   []Quantity
}

// cjkAround is a numeral with what stands beside it, as the cases that judge it see it.
type cjkAround struct {
	rd         *cjkReader
	r          []rune
	i          int // where it starts
	n          cjkNumeral
	w          *cjkWord // the counter after it; nil for none
	money      string   // of a sign before it
	prev, next rune     // beside it; 0 at the edges of the sentence
}

// at gives the rune d places from the start of the numeral, 0 outside the sentence.
func (a *cjkAround) at(d int) rune {
	if k := a.i + d; k >= 0 && k < len(a.r) {
		return a.r[k]
	}
	return 0
}

// after gives the rune d places from its end, 0 outside the sentence.
func (a *cjkAround) after(d int) rune { return a.at(a.n.end - a.i + d) }

func (rd *cjkReader) around(i int, n cjkNumeral) cjkAround {
	a := cjkAround{rd: rd, r: rd.sc.runes, i: i, n: n}
	a.prev, a.next = a.at(-1), a.after(0)
	a.money = currencySign(a.prev)
	if w := cjkAt(rd.words.after, a.r, n.end); w != nil && w.sense != cjkPost {
		a.w = w
	}
	return a
}

// quantity builds what numeral n at rune i states, and gives the rune after it.
func (rd *cjkReader) quantity(i int, n cjkNumeral) int {
	if end, ok := rd.clock(i, n); ok {
		return end
	}
	if n.dotted {
		return rd.afterDigits(n.end)
	}
	if end, ok := rd.fraction(i, n); ok {
		return end
	}
	if end, ok := rd.score(i, n); ok {
		return end
	}
	a := rd.around(i, n)
	c := rd.counted(&a)
	if c.none {
		return c.end
	}
	if end, ok := rd.share(&a, c); ok {
		return end
	}
	if !rd.neighbours(n) && a.countsNothing() {
		return n.end
	}
	q, end := rd.qualified(&a, c)
	if next, ok := rd.rangeWith(q, n, end); ok {
		return next
	}
	rd.out = append(rd.out, q)
	return end
}

// afterDigits steps over groups of figures after a part of a telephone number: 0800 555 111.
func (rd *cjkReader) afterDigits(k int) int {
	r := rd.sc.runes
	for k+1 < len(r) && isOneOf(r[k], " -") && isDigit(r[k+1]) {
		for k++; k < len(r) && isDigit(r[k]); k++ {
		}
	}
	return k
}

// cjkCounted is a number with its counter.
type cjkCounted struct {
	start, end int
	value      float64
	unit       string
	ordinal    bool
	none       bool // the counter says that it counts nothing: 5号
}

// counted reads the counter after a numeral and what may be glued to it: 3割5分, 2年目, 3年半.
func (rd *cjkReader) counted(a *cjkAround) cjkCounted {
	c := cjkCounted{start: a.i, end: a.n.end, value: a.n.value, unit: a.money, ordinal: a.prev == '第'}
	if a.money != "" {
		c.start--
	}
	if a.w == nil {
		return c
	}
	c.end += len(a.w.word)
	switch a.w.sense {
	case cjkNone:
		c.none = c.ordinal || a.n.digits || a.n.kanji
		return c
	case cjkOrdinal:
		c.ordinal = true
		return c
	}
	c.unit = a.w.arg
	r, glued := a.r, rune(0)
	if c.unit == "wari" {
		c.unit, c.value = "%", c.value*10
		if c.end+1 < len(r) && isDigit(r[c.end]) && r[c.end+1] == '分' { // 3割5分
			c.value, c.end = c.value+float64(digitOf(r[c.end])), c.end+2
		}
	}
	if c.end < len(r) {
		glued = r[c.end]
	}
	switch {
	case glued == '目' && a.w.sense != cjkMoney && a.w.sense != cjkUnit: // 2年目, 3つ目
		c.ordinal, c.end = true, c.end+1
	case glued == '半' && a.w.sense == cjkTime: // 3年半
		c.value, c.end = c.value+0.5, c.end+1
	}
	return c
}

// qualified adds the sign and the qualifiers on both sides, and gives the rune after all of it.
func (rd *cjkReader) qualified(a *cjkAround, c cjkCounted) (Quantity, int) {
	r := a.r
	if (a.prev == '-' || a.prev == '−') && a.n.digits && !isWordLetter(a.at(-2)) && !isDigit(a.at(-2)) &&
		fractionSign(a.at(-2)) == 0 {
		c.value, c.start = -c.value, c.start-1
	}
	qualifier := QEq
	if q, from := rd.before(c.start); q != "" {
		qualifier = q
		if q != QApprox {
			c.start = from
		}
	}
	if p := cjkAt(rd.words.after, r, c.end); p != nil && p.sense == cjkPost && rd.postFits(p, c.end) {
		c.end += len(p.word)
		if qualifier == QEq || p.arg == QGe || p.arg == QGt {
			qualifier = p.arg
		}
	}
	switch {
	case a.n.vague:
		qualifier = vagueQualifier(a.n.value)
	case c.ordinal:
		qualifier = QOrdinal
		if r[max(c.start-1, 0)] == '第' {
			c.start--
		}
	}
	return Quantity{Span: rd.sc.span(int32(c.start), int32(c.end)), Value: c.value, Unit: c.unit,
		Qualifier: qualifier}, c.end
}

// postFits keeps 程 of other words away: some qualifiers stand only where no other sign of a word follows.
func (rd *cjkReader) postFits(p *cjkWord, at int) bool {
	word := string(p.word)
	switch {
	case word == "まで":
		return false
	case rd.words.tight[word]:
		return scriptAfter(rd.sc.runes, at+len(p.word)) != writingHan
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
			if k == i-1 || k == i-2 && isOneOf(r[i-1], "での 、") || w.arg == QGe && len(w.word) > 2 {
				return w.arg, from
			}
		}
		if c := r[k]; c == '。' || c == '、' && k != i-1 || isDigit(c) {
			break
		}
	}
	return "", i
}

// isOneOf says that c is one of the signs.
func isOneOf(c rune, signs string) bool {
	for _, s := range signs {
		if c == s {
			return true
		}
	}
	return false
}

// signsCount says that one numeral sign counts before a counter, whatever stands before it.
func (rd *cjkReader) signsCount() bool { return rd.sc.pack.Is(lang.CountedSigns) }
