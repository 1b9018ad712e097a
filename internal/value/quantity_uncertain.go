package value

import "claimbench/internal/lang"

// wordIsUncertain is true for numerals of one word that may be another word as well, or part of a name: اسی is 80 and
// "the same", نو is nine and new; the Four Corners.
func (rd *quantityReader) wordIsUncertain(i int, n numeral, u unitAfter) bool {
	sc := rd.sc
	switch {
	case n.end != i+1 || n.vague || sc.judge.word != nil:
		return false
	case sc.has(i, senseScaled):
		return true
	case n.value == 1: // un, ein: a number before a measure, an article before all else
		return u.end == 0 || u.kind&(senseNoun|senseTime) != 0 || u.name == "points" || u.name == "degree"
	case sc.has(i, senseCounted):
		return u.end == 0
	case n.fraction && sc.has(i, senseFrac):
		return rd.halfOfGame(i, n.end)
	}
	return rd.namedByCapital(i) && n.end < len(sc.tokens) && sc.tokens[n.end].upper && u.end == 0
}

// halfOfGame is true for a fraction that is a part in a row of parts: the second half, la première moitié, le dernier
// tiers, מחצית ראשונה.
func (rd *quantityReader) halfOfGame(i, end int) bool {
	sc := rd.sc
	if isHyphen(sc.symbol(i-1)) && !sc.tokens[i].spaced {
		i--
	}
	if end >= len(sc.tokens) || sc.tokens[end].kind != tokenWord || sc.tokens[end].taken {
		return true
	}
	const row = senseOrd | senseDeixis
	if sc.has(i-1, row) && !sc.tokens[i-1].taken {
		return true
	}
	return sc.has(end, row) && !sc.pack.Is(lang.DeixisFirst) && !sc.has(end, senseNum)
}

// namedByCapital is true for a word that has a capital inside a sentence that does not give one to every word: the
// Second World War. German gives one to every noun, but to no numeral.
func (rd *quantityReader) namedByCapital(i int) bool {
	sc := rd.sc
	return i > 0 && sc.tokens[i].upper && sc.tokens[i-1].kind == tokenWord && !sc.titleLike()
}

// ordinalIsUncertain is true for ordinals that may be another word: segundo (according to), دوسری (other), achten (to
// heed), and for those of names.
func (rd *quantityReader) ordinalIsUncertain(i int, n numeral) bool {
	sc := rd.sc
	switch {
	case rd.namedByCapital(i):
		return true
	case sc.has(i, senseCounted):
		return !sc.has(n.end, senseUnit|senseTimes) && !(i > 0 && sc.has(i-1, senseUnit|senseTimes|senseDayWord))
	case sc.has(i, senseLed):
		return i == 0 || !sc.has(i-1, senseArticle|senseOf|senseLead) || sc.has(n.end, senseArticle|senseOf)
	}
	if !sc.has(n.end, senseAnd) { // segunda e na terça-feira
		return false
	}
	k := n.end + 1
	if sc.has(k, senseLead) {
		k++
	}
	return sc.has(k, senseWeekday) || k < len(sc.tokens) && sc.tokens[k].phrase != nil &&
		sc.tokens[k].phrase.senses&senseWeekday != 0
}

// namedAfter is true where a capital follows an ordinal in figures, in a language that does not give one to every noun:
// 1. Dünya Savaşı.
func (rd *quantityReader) namedAfter(k int) bool {
	return k < len(rd.sc.tokens) && rd.sc.tokens[k].upper && !rd.sc.titleLike()
}
