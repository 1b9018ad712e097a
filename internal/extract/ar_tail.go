package extract

// arSays are the verbs that may stand after what was said.
var arSays = newWordList(`قال* يقول* تقول* أوضح أوضحت يوضح توضح أكد أكدت يؤكد تؤكد أضاف*
	يضيف تضيف ذكر ذكرت صرح صرحت كتب كتبت
	أعلن أعلنت أفاد أفادت علق علقت شرح شرحت`)

// saidBy says whether "ما أعلنه X" begins at i.
func (a *arParse) saidBy(i int) bool {
	return a.is(i, "ما", "لما") && a.has(i+1, cSay) && i+2 < a.n && a.toks[i+2].kind == word
}

// listedVerb says whether a verb that the tables know stands in [from,to): foreign names have the shape of verbs, too.
func (a *arParse) listedVerb(from, to int) bool {
	return find(from, to, func(i int) bool {
		return a.has(i, cVerb) && (arabicWordsOf[a.form(i)]|arabicWordsOf[a.unjoined(a.form(i))])&cVerb != 0
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
		if !arSays.has(a.form(v)) || a.joined[v] ||
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
