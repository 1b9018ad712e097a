package value

import "claimbench/internal/lang"

// unitAfter is the unit found after a numeral; end is the token after it, 0 when there is none.
type unitAfter struct {
	name string
	end  int
	kind sense
}

// unit reads the unit that follows numeral n.
func (rd *quantityReader) unit(n numeral) unitAfter {
	sc, k := rd.sc, n.end
	if k >= len(sc.tokens) || sc.tokens[k].taken {
		return unitAfter{}
	}
	switch r := sc.symbol(k); r {
	case '%', '٪', '％', '﹪':
		return unitAfter{"%", k + 1, senseUnit}
	case '‰':
		return unitAfter{"‰", k + 1, senseUnit}
	case '°':
		if sc.is(k+1, "c") || sc.is(k+1, "f") {
			return unitAfter{"degree", k + 2, senseUnit}
		}
		return unitAfter{"degree", k + 1, senseUnit}
	default:
		if c := currencySign(r); c != "" {
			return unitAfter{c, k + 1, senseMoney}
		}
	}
	if u, ok := rd.unitAt(k); ok && !(u.kind&senseNoun != 0 && sc.pack.Is(lang.AdjectivesFirst)) {
		return u
	}
	if sc.pack.Is(lang.AdjectivesFirst) {
		return rd.englishUnit(k, n.fraction)
	}
	if isHyphen(sc.symbol(k)) && sc.pack.Is(lang.Juxtaposed) && !sc.tokens[k].spaced && k+1 < len(sc.tokens) &&
		!sc.tokens[k+1].spaced { // 68-летний
		u, _ := rd.unitAt(k + 1)
		return u
	}
	if sc.symbol(k) == '.' && !sc.tokens[k].spaced && sc.has(k-1, senseScale) { // 2,5 Mio. Euro
		if u, ok := rd.unitAt(k + 1); ok {
			return u
		}
	}
	if sc.has(k, senseOf) { // سبعة من البرلمانيين, 2 millones de euros
		k++
		if r := sc.symbol(k); (r == '\'' || r == '’') && !sc.tokens[k].spaced { // d'euros
			k++
		}
		if u, ok := rd.unitAt(k); ok && (u.kind&senseNoun != 0 || !sc.pack.Is(lang.Clitics)) {
			return u
		}
	}
	return unitAfter{}
}

// unitAt reads a unit or counted noun at token k.
func (rd *quantityReader) unitAt(k int) (unitAfter, bool) {
	sc := rd.sc
	if k >= len(sc.tokens) || sc.tokens[k].taken || sc.tokens[k].clitics&proclitConj != 0 {
		return unitAfter{}, false
	}
	t := &sc.tokens[k]
	if p := t.phrase; p != nil && p.senses&senseUnit != 0 {
		return unitAfter{p.unit, k + int(t.phraseLen), p.senses}, true
	}
	if w := t.word; w != nil && w.senses&senseUnit != 0 && (w.senses&senseNoun == 0 ||
		w.senses&(senseScale|senseVague) == 0) {
		if w.unit == "people" && sc.is(k, "تن") {
			return rd.tonsOrPeople(k)
		}
		return unitAfter{w.unit, k + 1, w.senses}, true
	}
	return unitAfter{}, false
}

// tonsOrPeople reads the Persian word تن at token k, a ton or a person, by what is counted: ۱۵۰ تن گندم is weighed,
// ۸ تن کشته شدند are people. Where neither is told, it is no unit.
func (rd *quantityReader) tonsOrPeople(k int) (unitAfter, bool) {
	sc := rd.sc
	if sc.has(k+1, senseGood) {
		return unitAfter{"t", k + 1, senseUnit}, true
	}
	goods, persons := false, false
	look := func(i int) bool {
		t := &sc.tokens[i]
		if t.kind == tokenNumber {
			return false // of another quantity
		}
		persons = persons || sc.has(i, senseHarm) || t.word != nil && t.word.unit != "" && sc.has(i, senseNoun) &&
			personUnit(t.word.unit)
		goods = goods || sc.has(i, senseGood)
		return true
	}
	for i := k + 1; i < len(sc.tokens) && look(i); i++ {
	}
	for i := k - 2; i >= 0 && !persons && !goods && look(i); i-- {
	}
	switch {
	case persons:
		return unitAfter{"people", k + 1, sc.tokens[k].word.senses}, true
	case goods:
		return unitAfter{"t", k + 1, senseUnit}, true
	}
	return unitAfter{}, false
}

// personUnit says whether a unit of things counted is one of persons.
func personUnit(unit string) bool {
	switch unit {
	case "people", "children", "soldiers", "officers", "officials", "hackers", "journalists", "lawmakers", "members",
		"candidates", "experts", "doctors", "athletes":
		return true
	}
	return false
}

// englishUnit looks past a hyphen, "of the" and up to two adjectives: "39-year-old", "seven French lawmakers".
func (rd *quantityReader) englishUnit(k int, fraction bool) unitAfter {
	sc := rd.sc
	if fraction && (sc.is(k, "an") || sc.is(k, "a")) { // half an hour
		u, _ := rd.unitAt(k + 1)
		return u
	}
	if isHyphen(sc.symbol(k)) && !sc.tokens[k].spaced {
		if k+1 < len(sc.tokens) && !sc.tokens[k+1].spaced {
			u, _ := rd.unitAt(k + 1)
			return u
		}
		return unitAfter{}
	}
	for steps := 0; steps < 3 && k < len(sc.tokens); steps++ {
		t := &sc.tokens[k]
		if t.kind != tokenWord || t.taken || t.digits {
			break
		}
		if u, ok := rd.unitAt(k); ok {
			if u.kind&senseNoun == 0 {
				break
			}
			for { // member states: the last noun is what is counted
				next, ok := rd.unitAt(u.end)
				if !ok || next.kind&senseNoun == 0 {
					return u
				}
				u = next
			}
		}
		if t.word != nil && t.word.senses&^senseFuture != 0 && !sc.is(k, "of") || englishNoAdjective(sc.fold(k)) {
			break
		}
		k++
	}
	return unitAfter{}
}

// englishNoAdjective is true for words that end a noun phrase.
func englishNoAdjective(w []byte) bool {
	switch string(w) {
	case "is", "are", "was", "were", "has", "have", "had", "and", "or", "that", "which", "who", "with", "when", "while",
		"as", "if", "but", "it", "he", "she", "they", "said", "says", "been", "be", "would", "could", "can", "may",
		"might", "against", "into", "onto", "than", "then", "because", "after", "before", "its", "their", "his", "her":
		return true
	}
	return false
}
