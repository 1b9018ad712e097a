package match

import (
	_ "embed"
	"strings"
	"sync"

	"claimbench/internal/lang"
	"claimbench/internal/text"
)

//go:embed tables/forms.tsv
var formsTSV string

// oddForms has stems that no ending tells: broken plurals, and words written with another bearer of the hamza.
var oddForms = sync.OnceValue(func() map[string]string {
	out := map[string]string{}
	for line := range strings.Lines(formsTSV) {
		if form, word, ok := strings.Cut(strings.TrimSpace(line), "\t"); ok && line[0] != '#' {
			out[stemArabic(text.Fold(form))] = stemArabic(text.Fold(word))
		}
	}
	return out
})

// Stem gives what the inflections of one folded word share, for an index of words. Only Latin and Arabic letters have
// stems that are safe enough to find by; a word of others stays as it is.
func Stem(folded string) string {
	toks := scan(folded, nil)
	if len(toks) != 1 || toks[0].end-toks[0].start != len(folded) {
		return folded
	}
	switch toks[0].script {
	case scriptLatin:
		return stemLatin(folded)
	case scriptArabic:
		s := stemArabic(folded)
		if word, ok := oddForms()[s]; ok {
			return word
		}
		return s
	}
	return folded
}

// rareSigns writes the forms of characters that only names keep (words.tsv of Japanese) as all others do.
var rareSigns = sync.OnceValue(func() *strings.Replacer {
	var pairs []string
	for _, r := range lang.Of("ja").Rows("words") {
		for _, form := range r.Forms {
			if r.Kind == "rareform" {
				pairs = append(pairs, form, r.Arg)
			}
		}
	}
	return strings.NewReplacer(pairs...)
})

// SignForm writes Chinese characters as Japanese does, one form for each character.
func SignForm(folded string) string { return japaneseForm(rareSigns().Replace(folded)) }
