package value

import (
	_ "embed"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

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
	phrases  []string // of several words, which an underscore joins in the table
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
			case strings.Contains(w, "_"):
				n.phrases = append(n.phrases, text.Fold(strings.ReplaceAll(w, "_", " ")))
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
	said, had := n.all(own), n.all(words)
	switch {
	case len(said) > len(had) && !n.held(said[len(had)], own, around):
		return []Lack{{LackNegation, said[len(had)]}}
	case len(said) < len(had):
		return []Lack{{LostNegation, missing(had, said)}}
	case len(said) > 0:
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

// missing gives the first of the words had that is not among said.
func missing(had, said []string) string {
	for _, w := range had {
		if !slices.Contains(said, w) {
			return w
		}
	}
	return had[len(said)]
}

// held says whether what denies in a statement stands in other words with the same word behind it, or before it where
// words are not parted: "did not pay" is not held up by another "not" near by.
func (n *negationWords) held(denial, own, around string) bool {
	if len(n.letters) > 0 {
		folded := text.Fold(own)
		at := strings.Index(folded, denial)
		for range 2 {
			_, size := utf8.DecodeLastRuneInString(folded[:at])
			at -= size
		}
		return strings.Contains(text.Fold(around), folded[at:strings.Index(folded, denial)]+denial)
	}
	mine, theirs := strings.Fields(text.Fold(strings.Join(wordsOf(own), " "))),
		strings.Fields(text.Fold(strings.Join(wordsOf(around), " ")))
	last := strings.Fields(text.Fold(denial))
	at := slices.Index(mine, last[len(last)-1])
	for i, w := range theirs {
		if at < 0 || w != mine[at] {
			continue
		}
		switch {
		case at+1 < len(mine):
			if i+1 < len(theirs) && theirs[i+1] == mine[at+1] {
				return true
			}
		case at == 0 || i > 0 && theirs[i-1] == mine[at-1]:
			return true
		}
	}
	return false
}

// all gives the words of a text that deny, as they are written; of letters and phrases the form in the table.
func (n *negationWords) all(s string) []string {
	var out []string
	if len(n.letters)+len(n.phrases) > 0 {
		folded := text.Fold(s)
		for _, w := range n.letters {
			for range strings.Count(folded, w) {
				out = append(out, w)
			}
		}
		spaced := " " + strings.Join(wordsOf(folded), " ") + " "
		for _, p := range n.phrases {
			if strings.Contains(spaced, " "+p+" ") {
				out = append(out, p)
			}
		}
	}
	if len(n.letters) > 0 {
		return out
	}
	for _, w := range wordsOf(s) {
		f := strings.ReplaceAll(text.Fold(w), "’", "'")
		_, after, cut := strings.Cut(f, "'")
		if n.words[f] || n.words["n't"] && strings.HasSuffix(f, "n't") || cut && n.words[after] || // n'est pas
			slices.ContainsFunc(n.stems, func(stem string) bool { return strings.HasPrefix(f, stem) }) {
			out = append(out, w)
		}
	}
	return out
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

// Denials gives the words of a text that deny, in one language: as they are written, of signs and phrases the form in
// the table. A denial inside a word (نشکست, yıkılmadı) is none of them. nil where nothing is known of the language.
func Denials(code, s string) []string {
	base, _, _ := strings.Cut(code, "-")
	if n := negations()[base]; n != nil {
		return n.all(s)
	}
	return nil
}
