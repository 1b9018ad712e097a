package value

import "claimbench/internal/lang"

// ago reads "three days ago", "سه روز پیش", "hours before", "قبل ساعات", "منذ أسابيع", "بعد يوم".
func (rd *dateReader) ago(i int) (h dateHit, end int) {
	sc := rd.sc
	if rd.pack.Is(lang.IndefiniteAmounts) {
		return rd.arabicAgo(i)
	}
	k, count, vague := i, 0, false
	switch {
	case sc.has(i, senseSome) && !sc.has(i+1, senseScale|senseHundred):
		k, vague = i+1, true
	case sc.mayStartNumeral(i):
		n, ok := sc.numeral(i)
		if !ok || n.ordinal || n.value > 10000 {
			return
		}
		k, count, vague = n.end, int(n.value), n.vague || n.fraction
	case sc.has(i, senseArticle):
		k, count = i+1, 1
	default:
		vague = true
	}
	if isHyphen(sc.symbol(k)) {
		return
	}
	u, ok := rd.timeUnitAt(k)
	if !ok && sc.has(i, senseDualUnit) && sc.has(i, senseTime) && sc.tokens[i].word.amount > 0 { // שנתיים לאחר מכן
		u, ok, k, count, vague = sc.tokens[i].word.unit, true, i, int(sc.tokens[i].word.amount), false
	}
	if !ok {
		return
	}
	if p, end := rd.agoAt(k + 1); end > 0 && p.relative != "" {
		return awayFrom(count, u, p.relative), end
	}
	if !sc.has(k+1, senseAgo) || sc.tokens[k+1].taken {
		return
	}
	if rd.pack.Is(lang.DeixisFirst) && vague && count == 0 && k == i && (i == 0 || !sc.is(i, u+"s")) {
		return
	}
	word := string(sc.fold(k + 1))
	back := true
	switch word {
	case "later", "after", "بعد", "پس":
		back = false
	}
	end = k + 2
	if sc.is(end, "از") {
		end++
	}
	return amountAway(count, u, back, word == "ago" || word == "پیش" && !sc.is(end-1, "از") || word == "قبل" &&
		!sc.is(end-1, "از")), end
}

// agoAt reads a word or phrase that says on which side of a point an amount of time lies: plus tard, потому, nach dem.
// A word that is also "to" says so only where no number follows: три года до 5 лет.
func (rd *dateReader) agoAt(k int) (*lex, int) {
	sc := rd.sc
	if k >= len(sc.tokens) || sc.tokens[k].taken {
		return nil, 0
	}
	t := &sc.tokens[k]
	if p := t.phrase; p != nil && p.senses&senseAgo != 0 {
		return p, k + int(t.phraseLen)
	}
	if !sc.has(k, senseAgo) || sc.has(k, senseTo) && k+1 < len(sc.tokens) && sc.mayStartNumeral(k+1) {
		return nil, 0
	}
	return t.word, k + 1
}

// awayFrom is an amount of time by a word of kind agonow, earlier or later.
func awayFrom(count int, unit, kind string) dateHit {
	return amountAway(count, unit, kind != "later", kind == "agonow")
}

// since reads an amount of time after the word for ago: vor drei Jahren, il y a deux ans, hace 18 años.
func (rd *dateReader) since(i int) (h dateHit, end int) {
	sc := rd.sc
	if !rd.pack.Is(lang.Juxtaposed) {
		return
	}
	k := rd.phraseOrWord(i, senseSince)
	count, vague := 0, false
	switch {
	case k == 0 || k >= len(sc.tokens):
		return
	case sc.has(k, senseSome):
		k, vague = k+1, true
	case sc.mayStartNumeral(k):
		n, ok := sc.numeral(k)
		if !ok || n.ordinal || n.fraction || n.value > 10000 {
			return
		}
		k, count, vague = n.end, int(n.value), n.vague
	}
	u, ok := rd.timeUnitAt(k)
	if count == 0 && !ok && sc.has(k, senseDualUnit) && sc.has(k, senseTime) { // לפני שנתיים
		u, ok, count = sc.tokens[k].word.unit, true, int(sc.tokens[k].word.amount)
	}
	if !ok || count == 0 && !vague {
		return
	}
	if vague {
		count = 0
	}
	return amountAway(count, u, true, true), k + 1
}

// pastAmount reads les deux dernières années, последние четыре дня, son dört gün.
func (rd *dateReader) pastAmount(i int) (h dateHit, end int) {
	sc := rd.sc
	if !rd.pack.Is(lang.Juxtaposed) {
		return
	}
	k, shift := i, 0
	if sc.has(k, senseDeixis) {
		shift, k = sc.tokens[k].word.shift, k+1
	}
	if k >= len(sc.tokens) || !sc.mayStartNumeral(k) {
		return
	}
	n, ok := sc.numeral(k)
	if !ok || n.ordinal || n.fraction {
		return
	}
	k = n.end
	if shift == 0 && sc.has(k, senseDeixis) {
		shift, k = sc.tokens[k].word.shift, k+1
	}
	u, ok := rd.timeUnitAt(k)
	if !ok {
		return
	}
	if k++; shift == 0 && sc.has(k, senseDeixis) && !sc.has(k, senseAgo) { // שלוש השנים האחרונות
		shift, k = sc.tokens[k].word.shift, k+1
	}
	if shift == 0 {
		return dateHit{}, 0
	}
	return stretch(shift, n, u), k
}

// arabicAgo reads an amount of time after قبل, بعد or منذ. After منذ, years are a duration more often than a date.
func (rd *dateReader) arabicAgo(i int) (h dateHit, end int) {
	sc := rd.sc
	if !sc.has(i, senseSince) {
		return
	}
	k, count := i+1, 0
	if sc.has(k, senseSome) {
		k++
	} else if k < len(sc.tokens) && sc.mayStartNumeral(k) {
		if n, ok := sc.numeral(k); ok && !n.ordinal && n.value < 10000 {
			k, count = n.end, int(n.value)
		}
	}
	if k >= len(sc.tokens) || !sc.has(k, senseTime) || sc.tokens[k].clitics&proclitAl != 0 || sc.tokens[k].taken {
		return
	}
	w := sc.tokens[k].word
	if w.senses&senseDualUnit != 0 {
		count = 2
	}
	since := sc.is(i, "منذ")
	if since && count > 1 && (w.unit == "year" || w.unit == "decade" || w.unit == "century") {
		return
	}
	if w.unit == "day" && sc.has(k+1, senseWeekday) || sc.is(k, "عام") && k+1 < len(sc.tokens) &&
		sc.tokens[k+1].kind == tokenNumber || sc.has(k+1, senseRel) && w.unit == "day" {
		return
	}
	if count == 0 && (sc.is(k, "یوم") || sc.is(k, "عام") || sc.is(k, "شهر") || sc.is(k, "سنه") || sc.is(k, "ساعه") ||
		sc.is(k, "اسبوع")) {
		count = 1
	}
	return amountAway(count, w.unit, !sc.is(i, "بعد") && !sc.is(i, "عقب"), since || !sc.is(k+1, "من")), k + 1
}
