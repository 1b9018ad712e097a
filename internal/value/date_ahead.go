package value

import "sort"

// lookAhead notes of each date whether the words that it stands with point to the future: will, المقبل, قرار, س before
// a verb. The day of a saying does not lie ahead because what is said does: "said on Tuesday that taxes will rise". It
// goes over the tokens once, from the last, so that a long sentence costs no more than its length.
func (rd *dateReader) lookAhead() {
	sc := rd.sc
	first := len(sc.tokens) // the first word that points
	for f := len(sc.tokens) - 1; f >= 0; f-- {
		if rd.points(f) {
			first = f
		}
	}
	if first == len(sc.tokens) {
		return
	}
	k, open := len(sc.tokens)-1, false // a word that points stands behind k, and no beginning of what is said between
	for i := len(sc.dates) - 1; i >= 0; i-- {
		h := &sc.dates[i]
		for ; k >= 0 && sc.tokens[k].start >= h.end; k-- {
			switch {
			case sc.has(k, senseThat) || isOneOf(sc.symbol(k), ":«“\"„"):
				open = false
			case rd.points(k):
				open = true
			}
		}
		h.future = sc.tokens[first].start < h.end || open && !rd.afterSaying(h)
	}
}

// points says whether the word or phrase at token f points to the future; "better than expected" does not.
func (rd *dateReader) points(f int) bool {
	sc := rd.sc
	p := sc.tokens[f].phrase
	if sc.is(f, "برگزار") && f+1 < len(sc.tokens) && pastAuxiliary(string(sc.fold(f+1))) {
		return false
	}
	return (sc.has(f, senseFuture) || p != nil && p.senses&senseFuture != 0) && !sc.is(f-1, "than") && !sc.is(f-1, "as")
}

// pastAuxiliary says whether a Persian verb says that something has been held: برگزار شد.
func pastAuxiliary(w string) bool {
	switch w {
	case "شد", "شدند", "شده", "کرد", "کردند", "کرده", "نشد", "نکرد":
		return true
	}
	return false
}

// afterSaying says whether a verb of saying stands right before the date, which is then its day.
func (rd *dateReader) afterSaying(h *dateHit) bool {
	sc := rd.sc
	for k := rd.tokenAt(h.start) - 1; k >= 0 && sc.tokens[k].end > h.start-nearSaying; k-- {
		switch {
		case sc.has(k, senseSaid):
			return true
		case sc.tokens[k].kind != tokenWord, sc.has(k, senseThat|senseFuture):
			return false
		}
	}
	return false
}

// nearSaying is how many characters before a date a verb of saying may stand whose day it is: told them on Tuesday.
const nearSaying = 30

// tokenAt gives the token that holds a rune of the sentence, or the first after it.
func (rd *dateReader) tokenAt(r int32) int {
	return sort.Search(len(rd.sc.tokens), func(i int) bool { return rd.sc.tokens[i].end > r })
}

// shareYears gives the first date of a stretch the year that only its end says, and the other way round: from April 28
// to May 2, 2018; from 3 March 2015 to 4 May. Months and days that "and" joins share the year behind them.
func (rd *dateReader) shareYears() {
	dates := rd.sc.dates
	for i := len(dates) - 1; i > 0; i-- {
		a, b := &dates[i-1], &dates[i]
		stretch, list := rd.joins(a, b)
		if !stretch && !list || a.calendar != b.calendar || a.month == 0 || b.month == 0 || a.tied() || b.tied() ||
			(a.day > 0) != (b.day > 0) {
			continue
		}
		later := a.month > b.month || a.month == b.month && a.day > b.day
		switch {
		case a.year == 0 && b.year > 0 && (stretch || !later):
			a.year = b.year
			if later {
				a.year--
			}
		case a.year > 0 && b.year == 0 && stretch:
			b.year = a.year
			if later {
				b.year++
			}
		}
	}
}

// tied says that the year of a date is not left open by its words.
func (h *dateHit) tied() bool {
	return h.yearTied || h.monthTied || h.deictic || h.relative != "" || h.decade || h.yearEnd > 0
}

// joins says whether only the sign or word of a stretch stands between two dates, or only "and".
func (rd *dateReader) joins(a, b *dateHit) (stretch, list bool) {
	sc := rd.sc
	n, from := 0, rd.tokenAt(a.end)
	for k := from; k < len(sc.tokens) && sc.tokens[k].start < b.start; k++ {
		switch {
		case isHyphen(sc.symbol(k)) || isOneOf(sc.symbol(k), "~〜～"), sc.has(k, senseTo):
			stretch = true
		case sc.has(k, senseAnd), sc.is(k, "و"):
			list = true
		case sc.has(k, senseArticle|senseLead|senseOf) && k > from:
		default:
			return false, false
		}
		n++
	}
	k := rd.tokenAt(b.start)
	glued := n == 0 && k < len(sc.tokens) && sc.tokens[k].clitics&proclitConj != 0
	return stretch && n <= 3, !stretch && (list && n <= 2 || glued)
}
