package value

import (
	"strconv"

	"claimbench/internal/lang"
)

// known reads the words and phrases that are a relative date by themselves.
func (rd *dateReader) known(i int) (h dateHit, end int) {
	sc := rd.sc
	t := &sc.tokens[i]
	w, end := t.phrase, i+int(t.phraseLen)
	if w == nil || w.senses&senseRel == 0 {
		w, end = t.word, i+1
		if w == nil || w.senses&senseRel == 0 {
			return dateHit{}, 0
		}
		if sc.is(i, "الیوم") && sc.has(i+1, senseDeixis|senseOrd) {
			return dateHit{}, 0 // اليوم الأخير, the last day
		}
		if sc.is(i, "الیوم") && sc.is(i-1, "فی") {
			return dateHit{}, 0 // a day, each day
		}
	}
	return dateHit{relative: w.relative, relUnit: w.relUnit, shift: w.shift}, end
}

// timeUnitAt reads a unit of time at token k.
func (rd *dateReader) timeUnitAt(k int) (string, bool) {
	sc := rd.sc
	if !sc.has(k, senseTime) || sc.is(k, "سالگی") || sc.tokens[k].taken ||
		sc.tokens[k].word.senses&(senseDualUnit|senseOrd) != 0 && rd.pack.Is(lang.HeadNouns) {
		return "", false
	}
	return sc.tokens[k].word.unit, true
}

// deictic reads "last week", "هفته گذشته", "العام الماضي", "this month", "the past 24 hours", "طی ۲۴ ساعت گذشته".
func (rd *dateReader) deictic(i int) (h dateHit, end int) {
	sc := rd.sc
	if rd.pack.Is(lang.DeixisFirst) {
		if !sc.has(i, senseDeixis) || sc.is(i, "following") || sc.is(i, "current") {
			return
		}
		shift := sc.tokens[i].word.shift
		k := i + 1
		if sc.is(k, "few") || sc.is(k, "several") {
			k++
			if u, ok := rd.timeUnitAt(k); ok {
				return around(shift, u), k + 1
			}
			return
		}
		if k < len(sc.tokens) && sc.mayStartNumeral(k) && shift != 0 {
			if n, ok := sc.numeral(k); ok && !n.ordinal && !n.fraction {
				if u, ok := rd.timeUnitAt(n.end); ok {
					return stretch(shift, n, u), n.end + 1
				}
			}
			return
		}
		u, ok := rd.timeUnitAt(k)
		if !ok || u == "second" || u == "minute" || u == "quarter" && !sc.is(k, "quarter") || shift == 0 &&
			sc.is(i, "this") && u == "hour" {
			return
		}
		if sc.is(k, u+"s") {
			return around(shift, u), k + 1
		}
		return pointed(shift, u), k + 1
	}
	if rd.demonstrative(i) {
		if u, ok := rd.timeUnitAt(i + 1); ok && u != "hour" && u != "minute" && u != "second" &&
			(!rd.pack.Is(lang.Clitics) ||
				sc.tokens[i+1].clitics&proclitAl != 0 || sc.has(i+1, senseYear)) {
			return pointed(0, u), i + 2
		}
		return
	}
	u, ok := rd.timeUnitAt(i)
	if ok && sc.has(i+1, senseDeixis) {
		if u == "hour" || u == "minute" || u == "second" || u == "day" && rd.pack.Is(lang.Clitics) {
			return
		}
		if sc.is(i+2, "از") || rd.pack.Is(lang.Clitics) && sc.tokens[i].clitics&proclitAl == 0 &&
			!definiteWord(sc, i) {
			return
		}
		return pointed(sc.tokens[i+1].word.shift, u), i + 2
	}
	return rd.stretchAfter(i)
}

// stretchAfter reads an amount of time with "past" after it: ۲۴ ساعت گذشته, السنوات الثلاث الماضية, العامين الماضيين.
func (rd *dateReader) stretchAfter(i int) (h dateHit, end int) {
	sc := rd.sc
	if rd.pack.Is(lang.IndefiniteAmounts) {
		if sc.has(i, senseDualUnit) && sc.has(i, senseTime) && sc.has(i+1, senseDeixis) {
			return stretch(sc.tokens[i+1].word.shift, numeral{value: 2}, sc.tokens[i].word.unit), i + 2
		}
		if u, ok := rd.timeUnitAt(i); ok && i+1 < len(sc.tokens) && sc.mayStartNumeral(i+1) {
			if n, ok := sc.numeral(i + 1); ok && !n.ordinal && sc.has(n.end, senseDeixis) {
				return stretch(sc.tokens[n.end].word.shift, n, u), n.end + 1
			}
		}
	}
	if sc.has(i, senseSome) { // چند روز آینده
		if u, ok := rd.timeUnitAt(i + 1); ok && sc.has(i+2, senseDeixis) && !sc.has(i+2, senseAgo) &&
			sc.tokens[i+2].word.shift != 0 {
			return around(sc.tokens[i+2].word.shift, u), i + 3
		}
	}
	if !sc.mayStartNumeral(i) {
		return
	}
	n, ok := sc.numeral(i)
	if !ok || n.ordinal || n.fraction {
		return
	}
	u, ok := rd.timeUnitAt(n.end)
	if !ok || !sc.has(n.end+1, senseDeixis) || sc.has(n.end+1, senseAgo) || sc.tokens[n.end+1].word.shift == 0 {
		return
	}
	return stretch(sc.tokens[n.end+1].word.shift, n, u), n.end + 2
}

func deixisWord(shift int) string {
	switch {
	case shift < 0:
		return "last"
	case shift > 0:
		return "next"
	}
	return "this"
}

func unitCode(unit string) byte {
	switch unit {
	case "day":
		return 'd'
	case "week":
		return 'w'
	case "month":
		return 'm'
	case "year":
		return 'y'
	case "decade":
		return 'D'
	}
	return 0
}

// around is a vague stretch before or after now: recent weeks.
func around(shift int, unit string) dateHit {
	if shift > 0 {
		return dateHit{relative: "coming " + unit + "s"}
	}
	return dateHit{relative: "recent " + unit + "s"}
}

// pointed is a unit of time pointed at: last week.
func pointed(shift int, unit string) dateHit {
	return dateHit{relative: deixisWord(shift) + " " + unit, relUnit: unitCode(unit), shift: shift}
}

// stretch is an amount of time up to now or from now: the last 24 hours.
func stretch(shift int, n numeral, unit string) dateHit {
	h := dateHit{relative: deixisWord(shift) + " " + strconv.FormatFloat(n.value, 'f', -1, 64) + " " + unit + "s",
		relUnit: unitCode(unit), amount: int(n.value)}
	if n.vague || n.value > 5000 {
		h.relUnit, h.amount = 0, 0
	}
	h.shift = shift
	return h
}

// amountAway is an amount of time before or after a point; now says that the point is the time of writing.
func amountAway(count int, unit string, back, now bool) dateHit {
	h := dateHit{relative: unit + "s"}
	if count == 1 {
		h.relative = "1 " + unit
	} else if count > 1 {
		h.relative = strconv.Itoa(count) + " " + unit + "s"
	}
	switch {
	case back && now:
		h.relative += " ago"
		if count > 0 {
			h.relUnit, h.shift = unitCode(unit), -count
		}
	case back:
		h.relative += " before"
	default:
		h.relative += " later"
	}
	return h
}
