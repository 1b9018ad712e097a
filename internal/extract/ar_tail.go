package extract

import "strings"

// arSays are the verbs that may stand after what was said.
var arSays = newWordList(`قال* يقول* تقول* أوضح أوضحت يوضح توضح أكد أكدت يؤكد تؤكد أضاف*
	يضيف تضيف ذكر ذكرت صرح صرحت كتب كتبت
	أعلن أعلنت أفاد أفادت علق علقت شرح شرحت`)

// arViews are verbs of seeing or summing up, which say who states what stands before "هكذا".
var arViews = newWordList(`يتوقع تتوقع يرى ترى يرون يعتقد تعتقد يصف تصف وصف وصفت يلخص تلخص لخص لخصت يختصر تختصر اختصر
	اختصرت يروي تروي روى روت يحكي تحكي حكى حكت رد ردت`)

// saidBy says whether "ما أعلنه X" begins at i.
func (a *arParse) saidBy(i int) bool {
	return a.is(i, "ما", "لما") && a.has(i+1, cSay) && i+2 < a.n && a.toks[i+2].kind == word
}

// listedVerb says whether a verb that the tables know stands in [from,to): foreign names have the shape of verbs,
// too.
func (a *arParse) listedVerb(from, to int) bool {
	return find(from, to, func(i int) bool {
		return a.has(i, cVerb) && (arabicWordsOf()[a.form(i)]|arabicWordsOf()[a.unjoined(a.form(i))])&cVerb != 0
	}) < to
}

// trailing reads who said it where that stands after what was said: "…»، قال X",
// "…، هذا ما قالته X". It gives the mark before it, and the name.
func (a *arParse) trailing(from, to int) (int, string) {
	for to > from && a.toks[to-1].kind == mark && !a.isMark(to-1, "»”\"") {
		to--
	}
	for c := to - 2; c > from+1 && to-c <= tailWords; c-- {
		if !a.comma(c) && !a.isMark(c, "»”\"؛") {
			continue
		}
		v := c + 1
		for v < to && a.toks[v].kind == mark {
			v++
		}
		if a.is(v, "هذا", "ذلک", "هکذا") {
			v++
			if a.is(v, "ما") {
				v++
			}
		}
		thus := a.is(c+1, "هذا", "ذلک", "هکذا") && (a.has(v, cVerb) && a.has(v, cSay|cThink) || arViews.has(a.form(v)))
		said := a.form(v)
		if a.is(v, "وهو", "وهذا") && a.is(v+1, "ما") { // "وهو ما أكده X"
			v += 2
			said = strings.TrimSuffix(a.form(v), "ه")
		}
		if !arSays.has(said) && !thus || a.joined[v] ||
			a.anyOf(v, to, cThat) || !(a.count(from, c) >= 3 || a.toks[c].quoted) || a.count(v+1, to) < 1 ||
			a.has(v+1, cPron|cPrep) || a.listedVerb(v+2, to) || a.isMark(to-1, "»”\"") {
			continue
		}
		return c, a.speaker(v, v, to)
	}
	return 0, ""
}

// isAli tells the name علي from the preposition على, which folding makes one: a preposition is never written with ي.
func (a *arParse) isAli(i int) bool {
	t := &a.toks[i]
	return t.form == "علی" && t.end-t.start == 3 && a.runes[t.end-1] == 'ي'
}

// quotedLabel reads "ناج من الزلزال: «…»", a sentence that is a speaker and a quotation, and gives the colon; 0 for
// none.
func (a *arParse) quotedLabel() int {
	c := find(1, min(a.n, 8), func(i int) bool { return a.isMark(i, ":") })
	last := a.n - 1
	for last > c && a.isMark(last, ".") {
		last--
	}
	if c >= min(a.n, 8) || !a.isMark(c+1, "«“\"") || !a.isMark(last, "»”\"") || a.has(0, cPrep|cTime|cWhen) ||
		a.anyOf(0, c, cVerb|cThat|cSay|cSource|cReport) {
		return 0
	}
	return c
}

// interposed reads "«P»، قال X، «Q»": X says both. It notes P, and gives where what follows begins, or start.
func (a *arParse) interposed(start, end int) int {
	for c := start + 2; c+3 < end; c++ {
		if !a.isMark(c, "»”\"") || !a.toks[c].quoted {
			continue
		}
		v := c + 1
		for v < end && a.comma(v) {
			v++
		}
		if !arSays.has(a.form(v)) || a.joined[v] || a.has(v+1, cPron|cPrep) {
			continue
		}
		stop := find(v+1, min(end, v+14), func(i int) bool { return a.comma(i) || a.isMark(i, ":.؛“«\"") })
		if stop >= min(end, v+14) || a.anyOf(v+1, stop, cThat|cVerb) || a.count(stop, end) < 2 ||
			!a.anyOf(stop, min(end, stop+4), cAdding|cBut) && find(stop, min(end, stop+4), func(i int) bool {
				return a.isMark(i, "“«\"")
			}) == min(end, stop+4) {
			continue
		}
		name := a.speaker(v, v, stop)
		if name == "" {
			return start
		}
		a.source = chained(a.outer, name)
		a.framed(v, stop)
		open := start
		for open < c && a.isMark(open, "“«\"") {
			open++
		}
		cuts := a.cuts(open, c)
		for k := 0; k+1 < len(cuts); k++ {
			a.clause(cuts[k], cuts[k+1])
		}
		for stop < end && a.toks[stop].kind == mark && !a.isMark(stop, "“«\"") {
			stop++
		}
		return stop
	}
	return start
}
