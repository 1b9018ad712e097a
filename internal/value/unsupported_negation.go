package value

import (
	_ "embed"
	"slices"
	"strings"
	"sync"
	"unicode"

	"claimbench/internal/lang"
	"claimbench/internal/text"
)

//go:embed tables/negations.tsv
var negationTable string

// negationWords are what denies in one language, folded.
type negationWords struct {
	words    map[string]bool
	stems    []string // a word that begins so
	letters  []string // anywhere, where words are not parted
	prefixes []string // make a denial of the word they stand before: ن
	infixes  []string // and of the word they stand in: yıkıl-ma-dı
}

// negations are by language. In the table a stem ends in *, a prefix in -, and an infix stands between two of them.
var negations = sync.OnceValue(func() map[string]*negationWords {
	out := map[string]*negationWords{}
	for line := range strings.Lines(negationTable) {
		code, words, ok := strings.Cut(strings.TrimSpace(line), "\t")
		if !ok || strings.HasPrefix(line, "#") {
			continue
		}
		n := &negationWords{words: map[string]bool{}}
		out[code] = n
		unspaced := lang.Of(code).Is(lang.Unspaced)
		for _, w := range strings.Fields(words) {
			f := text.Fold(strings.Trim(w, "*-"))
			switch {
			case unspaced:
				n.letters = append(n.letters, f)
			case strings.HasSuffix(w, "*"):
				n.stems = append(n.stems, f)
			case strings.HasPrefix(w, "-"):
				n.infixes = append(n.infixes, f)
			case strings.HasSuffix(w, "-"):
				n.prefixes = append(n.prefixes, f)
			default:
				n.words[f] = true
			}
		}
	}
	return out
})

// denials compares what a statement denies with what its words deny: own is the statement, words are those of its
// spans, around are all words that may hold it up.
func denials(code, own, words, around string) []Lack {
	base, _, _ := strings.Cut(code, "-")
	n := negations()[base]
	if n == nil {
		return nil
	}
	said, had := n.first(own), n.first(words)
	switch {
	case said != "" && n.first(around) == "":
		return []Lack{{LackNegation, said}}
	case said == "" && had != "":
		return []Lack{{LostNegation, had}}
	case said != "" || had != "":
		return nil
	}
	if w := n.affixed(own, around); w != "" {
		return []Lack{{LackNegation, w}}
	}
	if w := n.affixed(words, own); w != "" {
		return []Lack{{LostNegation, w}}
	}
	return nil
}

// first gives the first word of a text that denies, as it is written; "" when none does.
func (n *negationWords) first(s string) string {
	if len(n.letters) > 0 {
		folded := text.Fold(s)
		for _, w := range n.letters {
			if strings.Contains(folded, w) {
				return w
			}
		}
		return ""
	}
	for _, w := range wordsOf(s) {
		f := strings.ReplaceAll(text.Fold(w), "’", "'")
		if n.words[f] || n.words["n't"] && strings.HasSuffix(f, "n't") ||
			slices.ContainsFunc(n.stems, func(stem string) bool { return strings.HasPrefix(f, stem) }) {
			return w
		}
		if _, after, cut := strings.Cut(f, "'"); cut && n.words[after] { // n'est pas
			return w
		}
	}
	return ""
}

// affixed gives the first word of s that is a word of other with an affix that denies, as it is written: نشکست beside
// شکست, yıkılmadı beside yıkıldı; "" for none, or when other has the word itself.
func (n *negationWords) affixed(s, other string) string {
	if len(n.prefixes)+len(n.infixes) == 0 {
		return ""
	}
	there := map[string]bool{}
	for _, w := range wordsOf(other) {
		there[text.Fold(w)] = true
	}
	for _, w := range wordsOf(s) {
		f := text.Fold(w)
		if there[f] {
			continue
		}
		for _, p := range n.prefixes {
			if bare, ok := strings.CutPrefix(f, p); ok && there[bare] {
				return w
			}
		}
		for _, p := range n.infixes {
			for at := 1; at+len(p) < len(f); at++ {
				if strings.HasPrefix(f[at:], p) && there[f[:at]+f[at+len(p):]] {
					return w
				}
			}
		}
	}
	return ""
}

// wordsOf parts a text into words, as they are written; joiners and apostrophes stay inside.
func wordsOf(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsMark(r) && r != '\'' && r != '’' && r != zwnj
	})
}
