package extract

import (
	"slices"
	"strings"
	"unicode"

	"claimbench/internal/text"
)

// hit is an operator found in a line: its words are tokens [from,to), or
// letters in Japanese.
type hit struct {
	from, to int
	op       *operator
}

// operators finds the operators of a line of words.
func (l *line) operators(t *operatorTable) []hit {
	var out []hit
	for i := range l.toks {
		if l.toks[i].kind != word || l.surname(i) || l.pointsOut(i) || l.givenName(i) || l.untilDay(i) ||
			primary(l.lang) == "en" &&
				l.claimsVerb(i) {
			continue
		}
		form := l.toks[i].form
		out = l.tryRules(out, t, t.byWord[form], i)
		if bare := l.unjoined(form); bare != form {
			out = l.tryRules(out, t, t.byWord[bare], i)
		}
		for _, s := range t.byStart {
			if strings.HasPrefix(form, s.start) {
				out = l.tryRules(out, t, []int{s.rule}, i)
			}
		}
	}
	var set [][2]int
	out, set = withoutSetPhrases(append(out, l.answers()...))
	l.set = set
	return out
}

// answers finds the question in front of what somebody answers, "در پاسخ به این پرسش که چرا …، گفت", which governs
// nothing of it.
func (l *line) answers() []hit {
	if primary(l.lang) != "fa" {
		return nil
	}
	for i := range l.toks {
		if !l.is(i, "در") || !l.is(i+1, "پاسخ", "جواب") || !l.is(i+2, "به") {
			continue
		}
		for c := i + 3; c < min(len(l.toks)-1, i+30); c++ {
			if l.comma(c) && l.has(c+1, cSay) {
				return []hit{{i, c + 1, &operator{reach: reachNone}}}
			}
		}
	}
	return nil
}

// withoutSetPhrases drops the operators that begin or end inside a set phrase, which governs nothing, and the phrases;
// it gives where these stand, too.
func withoutSetPhrases(hits []hit) ([]hit, [][2]int) {
	var phrases [][2]int
	for _, h := range hits {
		if h.op.reach == reachNone {
			phrases = append(phrases, [2]int{h.from, h.to})
		}
	}
	if len(phrases) == 0 {
		return hits, nil
	}
	kept := hits[:0]
	for _, h := range hits {
		inside := func(s [2]int) bool { return s[0] <= h.from && h.from < s[1] || s[0] < h.to && h.to <= s[1] }
		if !slices.ContainsFunc(phrases, inside) {
			kept = append(kept, h)
		}
	}
	return kept, phrases
}

// inSetPhrase says whether token i stands in a set phrase: "who did not want to be named".
func (l *line) inSetPhrase(i int) bool {
	return slices.ContainsFunc(l.set, func(s [2]int) bool { return s[0] <= i && i < s[1] })
}

// givenName says whether امید or آرزو at i is a person's name and no hope: a surname follows, no preposition stands
// before.
func (l *line) givenName(i int) bool {
	return primary(l.lang) == "fa" && l.is(i, "امید", "آرزو") && !l.has(i-1, cPrep) && i+1 < len(l.toks) &&
		l.toks[i+1].kind == word && l.toks[i+1].class == 0
}

// untilDay says whether "until" at i names a day or a year, up to which something held, and no condition.
func (l *line) untilDay(i int) bool {
	return l.is(i, "until", "till") && i+1 < len(l.toks) && (l.toks[i+1].kind == number || l.has(i+1, cTime) ||
		l.is(i+1, "then", "recently", "early", "mid", "this") || l.is(i+1, "the") &&
		l.is(i+2, "end", "beginning", "early",
			"late"))
}

// pointsOut says whether "إلى أن" at i belongs to a verb of pointing out before it; else it means "until".
func (l *line) pointsOut(i int) bool {
	return l.is(i, "الی") && l.is(i+1, "ان", "انه", "انها") && l.nearby(i-10, i, arPoints)
}

// arPoints are verbs of saying that take إلى.
var arPoints = newWordList(`أشار أشارت أشاروا يشير تشير يشيرون مشيرا مشيرة لفت لفتت لافتا لافتة نوه نوهت ألمح ألمحت يلمح
	خلص خلصت خلصوا توصل توصلت ذهب ذهبت تخلص وأشار وأشارت ويشير وتشير ولفت ولفتت وخلص وخلصت وألمح وألمحت وتوصلت ونوه`)

// surname says whether token i of an English line is part of a name: Nolan Doubt, Bill Hope.
func (l *line) surname(i int) bool {
	if i == 0 || l.lang != "" && primary(l.lang) != "en" || l.sent.Kind == text.KindTitle ||
		l.sent.Kind == text.KindHeading {
		return false
	}
	upper := func(k int) bool {
		return l.toks[k].kind == word && l.toks[k].end-l.toks[k].start > 1 && unicode.IsUpper(l.runes[l.toks[k].start])
	}
	const small = cDet | cPrep | cPron | cVerb | cAnd | cBut | cWhen | cIf
	return upper(i) && upper(i-1) && !l.allCaps(i) && l.toks[i-1].class&small == 0
}

// allCaps says whether token i is written in capitals.
func (l *line) allCaps(i int) bool {
	for _, r := range l.runes[l.toks[i].start:l.toks[i].end] {
		if unicode.IsLower(r) {
			return false
		}
	}
	return true
}

func (l *line) tryRules(out []hit, t *operatorTable, rules []int, i int) []hit {
	for _, n := range rules {
		op := &t.rules[n]
		if end := l.matches(i, op.words); end > 0 && !l.cancelled(i, end, op.unless) &&
			!l.untilDay(end-1) && !l.plainButFor(i, end) {
			out = append(out, hit{i, end, op})
		}
	}
	return out
}

// unjoined is an Arabic word without the و or ف attached to it.
func (l *line) unjoined(form string) string {
	if !strings.HasPrefix(l.lang, "ar") {
		return form
	}
	rest, _ := cutLetter(form, 'و', 'ف')
	return rest
}

// cancelled says whether one of the words stands among the three before i, or
// in a gap of the pattern [i,end) or just after it.
func (l *line) cancelled(i, end int, words []string) bool {
	for _, w := range words {
		for k := i + 1; end-i > 1 && k <= end && k < len(l.toks); k++ {
			if l.toks[k].form == w {
				return true
			}
		}
		for k := i - 1; k >= max(0, i-3) && l.toks[k].kind == word; k-- {
			if l.toks[k].form == w {
				return true
			}
		}
	}
	return false
}

// matches gives the token after the pattern that begins at i, or -1.
func (l *line) matches(i int, pattern []element) int {
	if len(pattern) == 0 {
		return i
	}
	e := &pattern[0]
	if e.gap > 0 {
		for k := 0; k <= e.gap && i+k <= len(l.toks); k++ {
			if k > 0 && (l.toks[i+k-1].kind == mark && (l.comma(i+k-1) || l.stop(i+k-1))) {
				return -1
			}
			if end := l.matches(i+k, pattern[1:]); end > 0 {
				return end
			}
		}
		return -1
	}
	if i < len(l.toks) && l.fits(i, e) {
		if end := l.matches(i+1, pattern[1:]); end > 0 {
			return end
		}
	}
	if e.maybe {
		return l.matches(i, pattern[1:])
	}
	return -1
}

// fits says whether token i is one of the words of e.
func (l *line) fits(i int, e *element) bool {
	form := l.toks[i].form
	if e.verb {
		return l.has(i, cVerb)
	}
	if e.words[form] {
		return true
	}
	if e.raw != nil {
		return e.raw[strings.TrimPrefix(l.words(i, i+1), "و")]
	}
	bare := l.unjoined(form)
	if bare != form && e.words[bare] {
		return true
	}
	for _, s := range e.starts {
		if strings.HasPrefix(form, s) || bare != form && strings.HasPrefix(bare, s) {
			return true
		}
	}
	for _, s := range e.ends {
		if strings.HasSuffix(form, s) {
			return true
		}
	}
	return false
}

// letterOperators finds the operators of a line of a script without spaces.
func (l *line) letterOperators(t *operatorTable) []hit {
	var out []hit
	for i, r := range l.runes {
		for _, n := range t.byLetter[r] {
			op := &t.rules[n]
			if end := matchLetters(l.runes, i, op.words); end > 0 && !endsInAny(l.runes, i, op.unless) {
				out = append(out, hit{i, end, op})
			}
		}
	}
	out, _ = withoutSetPhrases(out)
	return out
}

// endsInAny says whether one of the words stands just before i.
func endsInAny(r []rune, i int, words []string) bool {
	for _, w := range words {
		if endsAt(r, i, w) {
			return true
		}
	}
	return false
}

// matchLetters gives the letter after the pattern that begins at i, or -1. A
// gap does not cross a comma or a quotation mark.
func matchLetters(r []rune, i int, pattern []element) int {
	if len(pattern) == 0 {
		return i
	}
	e := &pattern[0]
	if e.gap > 0 {
		for k := 0; k <= e.gap && i+k <= len(r); k++ {
			if k > 0 && strings.ContainsRune("、。「」", r[i+k-1]) {
				return -1
			}
			if end := matchLetters(r, i+k, pattern[1:]); end > 0 {
				return end
			}
		}
		return -1
	}
	if i < len(r) {
		for _, w := range e.first[r[i]] {
			if hasAt(r, i, w) {
				if end := matchLetters(r, i+runeLen(w), pattern[1:]); end > 0 {
					return end
				}
			}
		}
	}
	if e.maybe {
		return matchLetters(r, i, pattern[1:])
	}
	return -1
}
