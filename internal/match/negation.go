package match

import (
	_ "embed"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"claimbench/internal/text"
)

//go:embed tables/denials.tsv
var denialsTSV string

// denying are the words that deny: those of scripts with spaces by their folded form, and whether they deny what stands
// before them; and those that stand anywhere, as they are.
type denying struct {
	words  map[string]bool
	signs  []string
	behind map[string]bool // words and signs that deny what stands before them
}

var denyingWords = sync.OnceValue(func() denying {
	d := denying{words: map[string]bool{}, behind: map[string]bool{}}
	for line := range strings.Lines(denialsTSV) {
		cells := strings.Split(strings.TrimRight(line, "\n"), "\t")
		if len(cells) != 3 || line[0] == '#' || cells[0] == "lang" {
			continue
		}
		for _, w := range strings.Split(cells[1], "|") {
			if first, _ := utf8.DecodeRuneInString(w); isSign(first) {
				d.signs = append(d.signs, w)
			} else {
				w = text.Fold(w)
				d.words[w] = true
			}
			d.behind[w] = cells[2] == "after"
		}
	}
	return d
})

// findNegation gives the first word of a text that denies, "" when none does.
func findNegation(s string) string {
	if all := denials(s); len(all) > 0 {
		return s[all[0][0]:all[0][1]]
	}
	return ""
}

// denials gives the bytes of the words of a text that deny, start and end: those of scripts with spaces in order, then
// the endings of Japanese.
func denials(s string) [][2]int {
	var out [][2]int
	for _, t := range scan(s, nil) {
		raw := s[t.start:t.end]
		switch t.script {
		case scriptHan, scriptKatakana, scriptHangul, scriptDigits:
		default:
			folded := text.Fold(raw)
			if denyingWords().words[folded] || t.script == scriptArabic && negatedVerb(raw, folded) ||
				t.script == scriptLatin && turkishDenial(folded) {
				out = append(out, [2]int{t.start, t.end})
			}
		}
	}
	words := len(out)
	for _, e := range denyingWords().signs {
		if i := strings.Index(s, e); i >= 0 {
			out = append(out, [2]int{i, i + len(e)})
		}
	}
	slices.SortFunc(out[words:], func(a, b [2]int) int { return a[0] - b[0] })
	return out
}

// turkishEndings are those of Turkish verbs in the past that deny.
var turkishEndings = []string{"madi", "medi", "madilar", "mediler", "mamis", "memis", "mayacak", "meyecek", "miyor"}

// turkishDenial knows Turkish verbs that deny by their ending: imzalamadı. Short words are names and nouns (Hamadi).
func turkishDenial(folded string) bool {
	return len(folded) >= 8 && slices.ContainsFunc(turkishEndings, func(e string) bool {
		return strings.HasSuffix(folded, e)
	})
}

// negatedVerb knows Persian verbs by their prefix and ending: نمی‌دانند.
func negatedVerb(raw, folded string) bool {
	rest, ok := strings.CutPrefix(folded, "نمی")
	if !ok {
		if rest, ok = strings.CutPrefix(folded, "ولا"); ok {
			return rest == ""
		}
		return false
	}
	return strings.ContainsRune(raw, zwnj) || rest == "" || utf8.RuneCountInString(rest) >= 3
}
