package match

import (
	_ "embed"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"
)

//go:embed tables/endings.tsv
var endingsTSV string

// worn is what the words of a script wear before and after, longest first: endings of case and number, articles,
// particles.
type worn struct{ before, after []string }

var endings = sync.OnceValue(func() map[script]worn {
	scripts := map[string]script{"cyrillic": scriptCyrillic, "greek": scriptGreek, "hebrew": scriptHebrew,
		"devanagari": scriptDevanagari, "hangul": scriptHangul}
	out := map[script]worn{}
	for line := range strings.Lines(endingsTSV) {
		cells := strings.Split(strings.TrimSpace(line), "\t")
		if len(cells) != 3 || strings.HasPrefix(line, "#") || cells[0] == "script" {
			continue
		}
		s := scripts[cells[0]]
		w := out[s]
		cells[2] = strings.ReplaceAll(cells[2], "ς", "σ") // as folding writes it
		if cells[1] == "prefix" {
			w.before = append(w.before, cells[2])
		} else {
			w.after = append(w.after, cells[2])
		}
		out[s] = w
	}
	return out
})

// leastStem is how many letters stay when a word of a script loses what it wears.
func leastStem(s script) int {
	switch s {
	case scriptHangul:
		return 2 // syllables
	case scriptHebrew, scriptDevanagari:
		return 2
	}
	return 3
}

// bare takes the longest ending off a folded word. Nothing is taken off before it: what looks like an article may be
// a letter of the word.
func bare(folded string, s script) string {
	for _, e := range endings()[s].after {
		if rest, ok := strings.CutSuffix(folded, e); ok && utf8.RuneCountInString(rest) >= leastStem(s) {
			return rest
		}
	}
	return folded
}

// barer gives what a folded word may be without what it wears, the longest first.
func barer(folded string, s script) []string {
	var out []string
	add := func(w string) {
		if w != folded && utf8.RuneCountInString(w) >= leastStem(s) && !slices.Contains(out, w) {
			out = append(out, w)
		}
	}
	starts := []string{folded}
	for _, p := range endings()[s].before {
		if rest, ok := strings.CutPrefix(folded, p); ok {
			starts = append(starts, rest)
		}
	}
	for _, w := range starts {
		add(w)
	}
	for _, w := range starts {
		for _, e := range endings()[s].after {
			if rest, ok := strings.CutSuffix(w, e); ok {
				add(rest)
			}
		}
	}
	slices.SortStableFunc(out, func(a, b string) int { return len(b) - len(a) })
	return out
}
