package search

import (
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"claimbench/internal/match"
	"claimbench/internal/text"
)

// stemMark begins the terms that are stems. Folding makes ss of it, so that no word of a text begins with it.
const stemMark = "ß"

// indexTerms gives the terms of a text in their order, Chinese characters in one form.
func indexTerms(s string) []string {
	terms := text.Terms(s)
	for i, t := range terms {
		if text.Ideographic(t) {
			terms[i] = match.SignForm(t)
		}
	}
	return terms
}

// stemsOf gives the marked stems of terms that are no terms themselves, each once, in order.
func stemsOf(terms []string) []string {
	var out []string
	for i, t := range terms {
		out = append(out, knownStems.of(t)...)
		if i > 0 && joins(terms[i-1], t) {
			out = append(out, stemMark+match.Stem(terms[i-1]+t))
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// markedStems gives the marked stems of one term.
func markedStems(t string) []string {
	var out []string
	for _, s := range match.Stems(t) {
		if s != t {
			out = append(out, stemMark+s)
		}
	}
	for _, part := range glued(t) {
		for _, s := range append(match.Stems(part), strings.TrimPrefix(part, "و")) {
			out = append(out, stemMark+s)
		}
	}
	return out
}

// stemsKept is how many terms a generation of knownStems has, of some 150 bytes each.
const stemsKept = 1 << 13

// knownStems keeps the stems of the terms that were met last: few words make most of any text, and to find a stem costs
// more than all else that is done with a term.
var knownStems stemCache

// stemCache is markedStems of terms met in this generation or the one before.
type stemCache struct {
	mu          sync.Mutex
	now, before map[string][]string
}

func (c *stemCache) of(t string) []string {
	c.mu.Lock()
	defer c.mu.Unlock()
	if stems, ok := c.now[t]; ok {
		return stems
	}
	stems, ok := c.before[t]
	if !ok {
		stems = markedStems(t)
	}
	if c.now == nil || len(c.now) >= stemsKept {
		c.now, c.before = make(map[string][]string, stemsKept), c.now
	}
	c.now[strings.Clone(t)] = slices.Clip(stems)
	return stems
}

// leastGlued is how many letters an Arabic word has at least that may be several without their spaces.
const leastGlued = 12

// glued parts an Arabic word that has lost its spaces, الولاياتالمتحدةوفرنسا: before an article with three letters or
// more on either side, and before "and" behind a folded ة. nil for any other.
func glued(term string) []string {
	r := []rune(term)
	if len(r) < leastGlued || r[0] < 0x620 || r[0] > 0x6D5 {
		return nil
	}
	var out []string
	from := 0
	for i := 3; i+3 <= len(r); i++ {
		article := i+5 <= len(r) && r[i] == 'ا' && r[i+1] == 'ل' && i-from >= 3
		if article || r[i-1] == 'ه' && r[i] == 'و' && i-from > 3 && i+4 < len(r) {
			out = append(out, string(r[from:i]))
			from = i
		}
	}
	if from == 0 {
		return nil
	}
	return append(out, string(r[from:]))
}

// joins says whether Persian may write two words as one, with or without a joiner.
func joins(a, b string) bool {
	switch b {
	case "ها", "های", "هایی", "هایش", "هایشان", "شده", "شدن", "کننده", "کنندگان": // هک شده, هکشده
		return utf8.RuneCountInString(a) > 1
	}
	return (a == "می" || a == "نمی") && utf8.RuneCountInString(b) > 1
}

// joined writes the words of a query together that Persian may write as one.
func joined(words []string) []string {
	var out []string
	for _, w := range words {
		if n := len(out); n > 0 && joins(text.Fold(out[n-1]), text.Fold(w)) {
			out[n-1] += w
			continue
		}
		out = append(out, w)
	}
	return out
}

// formOf is what the forms of a word share that Marks compares.
func formOf(word string) string {
	f := text.Fold(word)
	if text.Ideographic(f) {
		return match.SignForm(f)
	}
	return match.Stem(f)
}

// formsOf are all forms under which the index has a word.
func formsOf(word string) []string {
	f := text.Fold(word)
	if text.Ideographic(f) {
		return []string{match.SignForm(f)}
	}
	return match.Stems(f)
}

// quoted parts the words of a query: those in quotes stand exactly as they are.
func quoted(q string) (free, exact []string) {
	parts := strings.Split(q, `"`)
	for k, p := range parts {
		if k%2 == 1 && k < len(parts)-1 {
			exact = append(exact, strings.Fields(p)...)
			continue
		}
		free = append(free, strings.Fields(p)...)
	}
	return joined(free), exact
}
