package news

import (
	"strings"
	"testing"
	"unicode"
)

// Equal seeds make equal articles, other seeds others; there are four scripts and many words.
func TestNews(t *testing.T) {
	t.Parallel()
	a, b, c := New(1), New(1), New(2)
	scripts, words, differ := map[string]bool{}, map[string]bool{}, false
	for range 400 {
		x, y, z := a.Next(40), b.Next(40), c.Next(40)
		if x != y {
			t.Fatalf("article %d of one seed is two:\n%s\n%s", x.N, x.Text, y.Text)
		}
		differ = differ || x.Text != z.Text
		if strings.Contains(x.Text, "{") || strings.Count(x.Text, "\n") != 40 {
			t.Fatalf("article %d is not 40 whole sentences:\n%s", x.N, x.Text)
		}
		for _, w := range strings.Fields(x.Text) {
			words[w] = true
		}
		for name, table := range map[string]*unicode.RangeTable{"Latin": unicode.Latin, "Arabic": unicode.Arabic,
			"Han": unicode.Han, "Cyrillic": unicode.Cyrillic} {
			if strings.ContainsFunc(x.Text, func(r rune) bool { return unicode.Is(table, r) }) {
				scripts[name] = true
			}
		}
	}
	if !differ || len(scripts) != 4 || len(words) < 30_000 {
		t.Errorf("seeds differ: %v; scripts %v; %d different words of 16,000 sentences", differ, scripts, len(words))
	}
}
