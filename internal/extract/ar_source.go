package extract

import "strings"

// outerSource reads "وفقا ل X،" in front and ", وفقا ل X" at the end, and gives
// the tokens between.
func (a *arParse) outerSource(from, to int) (int, int) {
	if !a.on(ruleSpeech) {
		return from, to
	}
	if c := find(from, min(to, from+4), func(i int) bool { return a.comma(i) }); c < min(to, from+4) && c > from &&
		!a.anyOf(from, c, cVerb) && (a.has(c+1, cSource) || a.has(c+1, cSay)) {
		from = c + 1 // "بالتالي،"
	}
	if a.is(from, "بحسبه", "وبحسبه", "بحسبها", "وبحسبها") && a.comma(from+1) {
		a.source = a.before.resolve("هو", true)
		a.outer = a.source
		return from + 2, to
	}
	if at := a.viewOf(from); at > from {
		if c := find(at, min(to, at+12), func(i int) bool { return a.comma(i) }); c < min(to, at+12) && c > at {
			a.source = a.sourceWords(at, c)
			a.outer = a.source
			return c + 1, to
		}
	}
	if a.has(from, cSource) {
		if c := find(from+1, min(to, from+14), func(i int) bool { return a.comma(i) }); c < min(to, from+14) {
			a.source = a.sourceWords(from+1, c)
			a.outer = a.source
			return c + 1, to
		}
	}
	if a.is(from, "کما", "حسبما", "وکما") && a.has(from+1, cSay) { // "كما أفاد المتحدث، P"
		c := find(from+2, min(to, from+12), func(i int) bool { return a.comma(i) })
		if c > from+2 && c < min(to, from+12) && !a.anyOf(from+2, c, cVerb|cThat) {
			a.source = a.sourceWords(from+2, c)
			a.outer = a.source
			return c + 1, to
		}
	}
	if c, name := a.trailing(from, to); name != "" {
		a.source = name
		a.framed(c+1, to)
		return from, c
	}
	for i := from + 2; i < to; i++ {
		// "…، كما أفادت الصحيفة"
		if a.is(i, "کما", "حسبما") && a.has(i+1, cSay) && a.comma(i-1) && to-i <= 9 && !a.anyOf(i, to, cThat) {
			a.source = a.before.resolve(a.words(i+2, to), false)
			a.framed(i, to)
			return from, i
		}
		if a.is(i, "کما", "حسبما") && a.written(i+1) && a.comma(i-1) && to-i <= 12 && !a.anyOf(i+3, to, cThat|cVerb) {
			a.source = a.before.resolve(a.words(i+3, to), false)
			a.framed(i, to)
			return from, i
		}
		if a.interjected(i, to) {
			return from, to
		}
		if a.inWordsOf(i, to) {
			return from, i
		}
		if a.has(i, cSource) && a.comma(i-1) && !a.joined[i] {
			end := find(i+1, to, func(j int) bool { return a.comma(j) })
			if end < to-1 || end-i > 9 {
				continue
			}
			if name := a.study(i+1, end); name != "" {
				a.source = a.before.resolve(name, false)
				a.framed(i, to)
				return from, i
			}
			// "as was announced at …": a claim of its own
			if !a.saidBy(i+1) && a.anyOf(i+1, end, cVerb) || strings.HasPrefix(a.form(i), "حسبما") {
				a.add(i, end, piece{role: asSpeech})
				return from, i
			}
			a.source = a.sourceWords(i+1, end)
			return from, i
		}
	}
	return from, to
}

// namesSource says whether "، بحسب X" stands at the end.
func (a *arParse) namesSource() bool {
	i := find(4, a.n, func(i int) bool { return a.has(i, cSource) && a.comma(i-1) })
	return a.on(ruleSpeech) && i < a.n && a.n-i <= 9
}

// viewOf gives the token after "من وجهة نظر" or "في رأي" at i, or i; "from an economic point of view" is nobody's.
func (a *arParse) viewOf(i int) int {
	at := i
	switch {
	case a.is(i, "من") && a.is(i+1, "وجهة", "وجهه") && a.is(i+2, "نظر"):
		at = i + 3
	case a.is(i, "فی") && a.is(i+1, "رای", "نظر", "تقدیر", "اعتقاد"):
		at = i + 2
	case a.is(i, "برای") && !a.joined[i] && a.definite(i+1):
		at = i + 1
	}
	if at > i && a.comma(at+1) && !a.definite(at) && adjectival(a.form(at)) {
		return i
	}
	return at
}

// sourceWords is the name in "ل X التي …", without the attached preposition.
func (a *arParse) sourceWords(from, to int) string {
	if a.saidBy(from) {
		from += 2
	}
	if a.is(from, "به", "بها") && from+1 < to {
		from++ // "بحسب ما أفاد به المتحدث"
	}
	if a.is(from, "تعبیر", "قول", "وصف", "کلام", "رای") && from+1 < to && a.toks[from+1].kind == word {
		from++ // "بحسب تعبير مديره"
	}
	b := find(from, to, func(i int) bool { return a.has(i, cRel) || a.comma(i) })
	if k := find(from+1, b, func(i int) bool { return a.is(i, "نقلا") && a.is(i+1, "عن") }); k < b-2 {
		return chainedTo(a.sourceWords(from, k), a.words(k+2, b)) // "وفقا لرويترز نقلا عن مسؤولين،"
	}
	if about := find(from+1, b, func(i int) bool { return a.is(i, "عن") }); a.saidBy(from-2) &&
		arRelays.has(strings.TrimSuffix(a.form(from-1), "ه")) && about < b-1 { // "ما نقلته وكالة البحر عن مصدرين"
		return a.before.resolve(chainedTo(a.words(from, about), a.words(about+1, b)), false)
	}
	name := a.words(from, b)
	first, _, _ := strings.Cut(name, " ")
	if rest, ok := strings.CutPrefix(name, "لل"); ok && arWithLam.has(foldAll("ل"+strings.TrimPrefix(first, "لل"))) {
		name = "ل" + rest // "وفقا للائحة الاتهام"
		if !a.definite(from + 1) {
			name = "الل" + rest
		}
	} else if ok {
		name = "ال" + rest
	} else if rest, ok := strings.CutPrefix(name, "ل"); ok && !arWithLam.has(foldAll(first)) {
		name = rest
	}
	return a.before.resolve(name, false)
}

// arWithLam are nouns that begin with ل themselves.
var arWithLam = newWordList(`لجنة لائحة لبنان ليبيا لندن لواء لوزان لاهاي
	لوكسمبورغ لجان لوائح لشبونة لوموند لوبان لوفيغارو لوس لولا لوري ليلى لينا لمى لؤي ليما لاتفيا ليتوانيا لقاء
	لقاءات`)

// interjected reads "P، بحسب X، P" at i, and keeps its words where they stand.
func (a *arParse) interjected(i, to int) bool {
	if !a.has(i, cSource) || !a.comma(i-1) || a.joined[i] {
		return false
	}
	end := find(i+1, min(to, i+10), func(j int) bool { return a.comma(j) })
	if end >= min(to-1, i+10) || a.anyOf(i+1, end, cVerb) || a.count(end, to) < 2 {
		return false
	}
	a.source = a.sourceWords(i+1, end)
	a.framed(i, end)
	for k := max(1, i-1); k <= end+1 && k < len(a.bound); k++ {
		a.bound[k] = true
	}
	return true
}

// inWordsOf reads "…، على حد قول X" and "…، على حد تعبيره" at i.
func (a *arParse) inWordsOf(i, to int) bool {
	if !a.is(i, "علی") || !a.is(i+1, "حد") || !(a.comma(i-1) || a.isMark(i-1, "»”\"")) || to-i > 14 {
		return false
	}
	switch {
	case a.is(i+2, "قول", "تعبیر", "وصف", "زعم"):
		a.source = a.before.resolve(a.words(i+3, find(i+3, to, func(j int) bool { return a.comma(j) })), false)
	case a.is(i+2, "قولها", "تعبیرها", "وصفها", "زعمها"):
		a.source = a.before.resolve("هي", true)
	case a.is(i+2, "قوله", "تعبیره", "وصفه", "زعمه"):
		a.source = a.before.resolve("هو", true)
	case a.is(i+2, "قولهم", "تعبیرهم", "وصفهم", "زعمهم"):
		a.source = a.before.resolve("هم", true)
	default:
		return false
	}
	a.framed(i, to)
	return a.source != ""
}
