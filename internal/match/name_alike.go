package match

import (
	"slices"
	"unicode/utf8"

	"claimbench/internal/text"
)

// leastNamed is how alike two words of different scripts must sound to be taken for one name where nothing else says
// that they are: more than for a key, which is one witness among several.
const leastNamed = 0.75

// NamedIn gives a function that says whether a name of another script stands in a text: each of its words sounds like a
// word there, or means the same place. It is no witness for words of the text's own script, which are looked for as
// they are written.
func NamedIn(s string) func(name string) bool {
	var there []*word
	said := map[string]bool{}
	lex := Builtin()
	for _, t := range scan(s, nil) {
		if raw := s[t.start:t.end]; t.script != scriptDigits && !said[raw] && len(there) < mostNamedIn {
			said[raw] = true
			there = append(there, lex.newWord(raw, t.script))
		}
	}
	return func(name string) bool {
		words := scan(name, nil)
		for _, t := range words {
			if t.script == scriptDigits {
				return false
			}
			w := lex.newWord(name[t.start:t.end], t.script)
			if utf8.RuneCountInString(text.Fold(name[t.start:t.end])) > 1 && !slices.ContainsFunc(there, w.names) {
				return false
			}
		}
		return len(words) > 0
	}
}

// mostNamedIn is how many different words of a text are compared.
const mostNamedIn = 1000

// names says whether a word of another script is the same name.
func (w *word) names(o *word) bool {
	if w.script == o.script {
		return false
	}
	for _, c := range w.concepts {
		if slices.Contains(o.concepts, c) {
			return true
		}
	}
	if w.sure && o.sure {
		return false
	}
	mine, theirs := w.readings(), o.readings()
	return shareAny(soundKeys(mine), soundKeys(theirs)) &&
		likeness(joinReadings(mine), joinReadings(theirs), leastNamed) >= leastNamed
}

func shareAny(a, b []string) bool {
	return slices.ContainsFunc(a, func(x string) bool { return slices.Contains(b, x) })
}
