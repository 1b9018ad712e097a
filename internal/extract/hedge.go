package extract

import "strings"

// phrase is a hedge found by its first word: the words after it, and its name.
// A last word that ends in * matches any word that begins so.
type phrase struct {
	rest []string
	name string
}

// phrases are the hedges of a language by their first word, folded.
type phrases map[string][]phrase

// hedgesOf has the phrases of each language, jaHedgesOf those of Japanese by
// their first letter.
var (
	hedgesOf   = compileHedges(hedgeTables)
	jaHedgesOf = compileLetters(jaHedges)
)

func compileHedges(tables map[string][]hedgeRow) map[string]phrases {
	out := map[string]phrases{}
	for lang, rows := range tables {
		out[lang] = phrases{}
		for _, row := range rows {
			for _, p := range strings.Split(row.phrases, "|") {
				words := strings.Fields(foldAll(p))
				out[lang][words[0]] = append(out[lang][words[0]], phrase{words[1:], row.name})
			}
		}
	}
	return out
}

// letterPhrase is a hedge of Japanese as letters.
type letterPhrase struct{ letters, name string }

func compileLetters(rows []hedgeRow) map[rune][]letterPhrase {
	out := map[rune][]letterPhrase{}
	for _, row := range rows {
		for _, p := range strings.Split(row.phrases, "|") {
			first := []rune(p)[0]
			out[first] = append(out[first], letterPhrase{p, row.name})
		}
	}
	return out
}

// hedgeAt is a hedge and where it stands, in code points of the sentence.
type hedgeAt struct {
	start, end int
	name       string
}

// hedges finds every hedge of the sentence.
func (l *line) hedges() []hedgeAt {
	if strings.HasPrefix(l.lang, "ja") {
		return l.letterHedges()
	}
	base, _, _ := strings.Cut(l.lang, "-")
	table := hedgesOf[base]
	var out []hedgeAt
	for i := range l.toks {
		if l.toks[i].kind != word {
			continue
		}
		ps := table[l.toks[i].form]
		if base == "ar" {
			if rest, ok := cutLetter(l.toks[i].form, 'و', 'ف'); ok {
				ps = append(ps[:len(ps):len(ps)], table[rest]...)
			}
		}
		for _, p := range ps {
			if l.follows(i, p.rest) && l.truly(i, i+1+len(p.rest), p.name) {
				out = append(out, hedgeAt{l.toks[i].start, l.toks[min(i+len(p.rest), len(l.toks)-1)].end, p.name})
			}
		}
	}
	return out
}

// truly keeps the hedges of amount for words that stand before a number, and
// "may" and "some" from being taken for what they are not.
func (l *line) truly(i, end int, name string) bool {
	switch name {
	case hedgeAbout, hedgeMore, hedgeLess:
		if l.buried(i) {
			return false
		}
		if name == hedgeLess && l.is(i-1, "no", "not") { // "no fewer than 40" are more
			return false
		}
		for k := i + 1; k < end+4 && k < len(l.toks); k++ {
			article := l.is(k, "a") && !l.is(k+1, numberWords...) // "in a row over a bill"
			if l.toks[k].kind == number || l.hasDigit(k) || l.is(k, numberWords...) && !article {
				return true
			}
		}
		return false
	case hedgeSome:
		return !l.is(i, "بیشتر") || l.mostOf(i)
	case hedgeAlleged:
		if l.is(i, "claims") && enPaid.has(l.form(i-1)) || l.pointsBack(i) {
			return false
		}
		if l.is(i, "claims") && l.is(i+1, "act", "court", "tribunal", "commission", "board", "bureau", "office",
			"department", "agency", "code", "service", "fund", "committee", "adjuster", "adjusters") {
			return false // the Federal Claims Act
		}
		if l.is(i, "claimed", "claims") && !l.has(i+1, cThat) &&
			(l.is(i+1, "responsibility", "lives", "victory", "the", "a") ||
				i+1 < len(l.toks) && l.toks[i+1].kind == number) && !l.anyOf(i+1, min(i+9, len(l.toks)), cVerb) {
			return false // the blast that nobody claimed
		}
		if l.is(i, "اتهام", "اتهامات") { // that charges were brought is a fact
			return l.has(i+1, cThat)
		}
		if l.is(i, "متهم") && primary(l.lang) == "fa" && (l.has(i+1, cSay) || (i == 0 || l.has(i-1, cVerb|cThat) ||
			l.toks[i-1].kind == mark) && l.is(i+1, "به") && l.has(find(i+2, len(l.toks), func(k int) bool {
			return l.has(k, cVerb)
		})-1, cSay)) {
			return false // the accused, who says or admits something
		}
		return !l.nearby(i, i+1, defendants) || strings.HasPrefix(l.form(i+1), "ب") || l.has(i+1, cVerb)
	case hedgeSuspected:
		return !l.is(i, "suspect", "suspects") || !l.has(i-1, cDet) && (i == 0 || l.toks[i-1].kind != number)
	case hedgePlanned:
		if l.is(i, "proposed") && l.has(i-1, cDet) || l.is(i-1, "no", "not") {
			return false // "the proposed charge" is what is charged; "no plans to"
		}
		return !l.is(i, "planned", "expected", "scheduled") || !l.is(i-1, "as", "than")
	case hedgeOpen:
		return !l.is(i, "ولم", "ولا") || l.nearby(i-6, i, arConfirms)
	case hedgeReported:
		return !l.is(i, "گزارشها", "گزارش‌ها") || l.has(i+1, cThat|cVerb) || l.is(i+1, "حاکی", "نشان") || l.is(i-1,
			"بر", "اساس")
	case hedgeDenied:
		return l.denies(i) && !l.inSetPhrase(i)
	case hedgeLikely:
		if l.is(i, "المتوقع", "متوقع") && l.is(i-1, "من", "مما") && !l.has(i+1, cThat) && i > 1 {
			return false // faster than expected
		}
		return !l.is(i, "appears", "appear", "appeared", "seems", "seem", "seemed") || l.is(i+1, "to", "that", "as",
			"likely",
			"unlikely", "certain", "set") || l.has(i+1, cRate)
	case hedgePossible:
		if l.is(i, "قد", "وقد", "فقد") && (arPerfects()[l.form(i+1)] || l.is(i+1, "تم", "تمت") || l.pluperfect(i)) {
			return false // it has happened
		}
		if l.nearby(i-2, i, arNegation) && l.is(i, "یمکن", "ممکن", "محتمل", "ممکنا") ||
			l.is(i, "ممکن", "امکان") && l.is(i+1, "نیست", "نبود", "ندارد", "نداشت", "نشد") {
			return false
		}
		if l.is(i, "could", "might") && (l.is(i+1, "not", "hardly", "barely", "never") ||
			l.nearby(i-3, i, enNegation)) {
			return false // it was not possible
		}
		return !l.is(i, "may") || !l.month(i) && !l.is(i-1, "in", "of", "on", "last", "since") && (i+1 >= len(l.toks) ||
			l.toks[i+1].kind == word)
	}
	return true
}

// arConfirms are the verbs of confirming.
var arConfirms = newWordList(`يؤكد تؤكد يؤكدوا نؤكد`)

// arBeing are the forms of "to be" that make "قد" and a verb a tense of the past.
var arBeing = newWordList(`كان كانت كانوا يكون تكون يكونوا تكونوا يكونون وكان وكانت وكانوا ويكون وتكون`)

// pluperfect says whether قد at i only tells that something had happened: "أن تكون الشركة قد تلقت".
func (l *line) pluperfect(i int) bool {
	for k := i - 1; k >= 0 && k >= i-6 && l.toks[k].kind == word; k-- {
		if arBeing.has(l.toks[k].form) {
			return true
		}
	}
	return strings.HasSuffix(l.form(i+1), "وا")
}

// numberWords are the words that a hedge of amount may stand before.
var numberWords = strings.Fields(foldAll(`half one two three four five six seven eight nine ten dozen dozens hundred
hundreds thousand thousands million millions billion a third quarter
 نیمی دو سه چهار پنج شش هفت هشت نه ده صد هزار میلیون میلیارد یک نصف اثنين ثلاثة أربعة خمسة ستة سبعة ثمانية تسعة عشرة
 مئة مائة ألف آلاف مليون مليار عشرين ثلاثين ثلث ربع`))

// follows says whether the words stand after token i.
func (l *line) follows(i int, rest []string) bool {
	for k, w := range rest {
		j := i + 1 + k
		if j >= len(l.toks) {
			return false
		}
		if stem, ok := strings.CutSuffix(w, "*"); ok {
			if !strings.HasPrefix(l.toks[j].form, stem) {
				return false
			}
		} else if l.toks[j].form != w {
			return false
		}
	}
	return true
}

// letterHedges finds the hedges of a Japanese sentence.
func (l *line) letterHedges() []hedgeAt {
	var out []hedgeAt
	for i, r := range l.runes {
		for _, p := range jaHedgesOf[r] {
			if !hasAt(l.runes, i, p.letters) {
				continue
			}
			if (p.name == hedgeAbout || p.name == hedgeMore || p.name == hedgeLess) && !l.digitNear(i) {
				continue
			}
			after := i + runeLen(p.letters)
			if p.name == hedgeSuspected && hasAt(l.runes, after, "者") { // the suspect of a deed that is known
				continue
			}
			if p.name == hedgeDenied && (anyHasAt(l.runes, after, jaUndenied) || deniesNegative(l.runes, i)) ||
				p.name == hedgePlanned && anyHasAt(l.runes, after, jaUnplanned) ||
				p.name == hedgeSuspected && anyHasAt(l.runes, after, jaUndoubted) {
				continue
			}
			if p.letters == "訴えて" && letter(l.runes, i-1) == 'を' || // 凍結を訴えて: what they call for
				p.letters == "不明" && letter(l.runes, i-1) == '識' || // 意識不明 is known
				p.letters == "事実無根" && letter(l.runes, i-1) == '「' { // the denial itself
				continue
			}
			if p.letters == "反論" && letter(l.runes, i-1) == 'と' { // what they answered is what they assert
				continue
			}
			out = append(out, hedgeAt{i, after, p.name})
		}
	}
	return out
}

// anyHasAt says whether one of the words stands at i.
func anyHasAt(r []rune, i int, words []string) bool {
	for _, w := range words {
		if hasAt(r, i, w) {
			return true
		}
	}
	return false
}

// defendants are the words for the accused, which hedge only what they are
// accused of.
var defendants = newWordList(`متهم متهمان المتهم المتهمة المتهمين المتهمون متهمين`)

// digitNear says whether a digit or a numeral stands within six letters of i.
func (l *line) digitNear(i int) bool {
	for k := max(0, i-6); k <= i+6 && k < len(l.runes); k++ {
		if kindOf(l.runes[k]) == number || strings.ContainsRune("一二三四五六七八九十百千万億半数", l.runes[k]) {
			return true
		}
	}
	return false
}

// hedgesWithin gives the names of the hedges in [start,end) and, for what was
// said, of those in the words that report it; each once, in order.
func hedgesWithin(all []hedgeAt, p piece) []string {
	out := []string{}
	add := func(name string) {
		for _, have := range out {
			if have == name {
				return
			}
		}
		out = append(out, name)
	}
	for _, h := range all {
		inside := h.start >= p.start && h.end <= p.end
		framing := p.frame[1] > p.frame[0] && h.start >= p.frame[0] && h.end <= p.frame[1] &&
			h.name != hedgeAbout && h.name != hedgeReported && h.name != hedgeMore && h.name != hedgeLess &&
			h.name != hedgeSome
		if inside || framing {
			add(h.name)
		}
	}
	return out
}
