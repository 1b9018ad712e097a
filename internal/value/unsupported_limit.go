package value

import (
	_ "embed"
	"strings"
	"sync"

	"claimbench/internal/lang"
	"claimbench/internal/text"
)

//go:embed tables/limits.tsv
var limitTable string

// limits are the words for "only", folded, by language.
var limits = sync.OnceValue(func() map[string][]string {
	out := map[string][]string{}
	for line := range strings.Lines(limitTable) {
		code, words, ok := strings.Cut(strings.TrimSpace(line), "\t")
		if !ok || strings.HasPrefix(line, "#") {
			continue
		}
		for _, w := range strings.Fields(words) {
			out[code] = append(out[code], text.Fold(w))
		}
	}
	return out
})

// turned names what a statement turns about of its words: a direction (fell, where they say rose), and an "only" that
// they do not have.
func turned(code, own, words, around string) []Lack {
	var out []Lack
	if way, word := Direction(own); way != 0 {
		if theirs, _ := Direction(words); way*theirs < 0 {
			out = append(out, Lack{LackDirection, word})
		}
	}
	if w := limitIn(code, own); w != "" && limitIn(code, around) == "" {
		out = append(out, Lack{LackLimit, w})
	}
	return out
}

// limitIn gives the first word for "only" in some words, as written; "" for none.
func limitIn(code, s string) string {
	base, _, _ := strings.Cut(code, "-")
	table := limits()[base]
	if lang.Of(base).Is(lang.Unspaced) {
		folded := text.Fold(s)
		for _, w := range table {
			if strings.Contains(folded, w) {
				return w
			}
		}
		return ""
	}
	for _, w := range wordsOf(s) {
		f := text.Fold(w)
		for _, l := range table {
			if f == l {
				return w
			}
		}
	}
	return ""
}
