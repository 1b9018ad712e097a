package match

import (
	_ "embed"
	"strings"
	"sync"
	"unicode/utf8"

	"claimbench/internal/lang"
	"claimbench/internal/text"
)

//go:embed tables/forms.tsv
var formsTSV string

// oddForms has the forms whose stem no ending tells, by folded form: broken plurals, other bearers of the hamza, verbs
// that change their vowel, and words that only look inflected (news is no form of new).
var oddForms = sync.OnceValue(func() map[string]string {
	out := map[string]string{}
	for line := range strings.Lines(formsTSV) {
		forms, word, ok := strings.Cut(strings.TrimSpace(line), "\t")
		if !ok || line[0] == '#' {
			continue
		}
		word = text.Fold(word)
		stem := plainStem(word)
		for _, form := range strings.Split(forms, "|") {
			form = text.Fold(form)
			if form == word {
				stem = word // it stays as it is
			}
			out[form] = stem
			if arabicWord(form) { // with an article or an ending, too
				out[plainStem(form)] = stem
			}
		}
	}
	return out
})

// Stem gives what the inflections of one folded word share, for an index of words. A word in letters whose endings we
// do not know stays as it is.
func Stem(folded string) string {
	if s, ok := oddForms()[folded]; ok {
		return s
	}
	s := plainStem(folded)
	if word, ok := oddForms()[s]; ok && arabicWord(s) {
		return word
	}
	if arabicWord(s) {
		return brokenPlural(s)
	}
	return s
}

func arabicWord(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return r >= 0x620 && r < 0x700
}

// plainStem takes the endings off a folded word.
func plainStem(folded string) string {
	toks := scan(folded, nil)
	if len(toks) != 1 || toks[0].end-toks[0].start != len(folded) {
		return folded
	}
	switch s := toks[0].script; s {
	case scriptLatin:
		out := stemLatin(folded)
		if strings.HasSuffix(folded, "ies") { // families are a family, which loses its ly
			out = stemLatin(out)
		}
		return out
	case scriptArabic:
		return stemArabic(folded)
	case scriptHebrew:
		if rest, ok := strings.CutPrefix(folded, "ה"); ok && utf8.RuneCountInString(rest) >= leastHebrew {
			folded = rest
		}
		return bare(folded, s)
	case scriptCyrillic, scriptGreek, scriptDevanagari, scriptHangul:
		return bare(folded, s)
	}
	return folded
}

// leastHebrew is how many letters stay when a Hebrew word loses a letter that is written onto it.
const leastHebrew = 3

// Stems gives all that a folded word is filed under: its stem, and in Hebrew those of what may be the word when "and",
// "in", "to", "from", "that" or "as" is written onto it. Only the index asks: a query has one stem.
func Stems(folded string) []string {
	out := []string{Stem(folded)}
	toks := scan(folded, nil)
	if len(toks) != 1 || toks[0].script != scriptHebrew {
		return out
	}
	for rest, n := folded, 0; n < 2; n++ {
		cut := false
		for _, p := range endings()[scriptHebrew].before {
			if r, ok := strings.CutPrefix(rest, p); ok && utf8.RuneCountInString(r) >= leastHebrew {
				rest, cut = r, true
				break
			}
		}
		if !cut {
			break
		}
		out = append(out, plainStem(rest))
	}
	return out
}

// brokenPlural undoes the plurals of Arabic whose pattern hardly any other word has: وزراء is of وزير, جرائم of جريمة,
// مشاريع of مشروع, تقارير of تقرير, قوانين of قانون. Patterns that participles and verbal nouns share (مدارس, مقاتل)
// are not undone: the common ones stand in a table.
func brokenPlural(s string) string {
	r := []rune(s)
	switch {
	case len(r) == 5 && r[3] == 'ا' && r[4] == 'ء':
		return string([]rune{r[0], r[1], 'ی', r[2]})
	case len(r) == 5 && r[2] == 'ا' && r[3] == 'ی' && (r[0] == 'م' || r[0] == 'ت'):
		return s // فعایل beside مفاعل: either may be meant
	case len(r) == 5 && r[2] == 'ا' && r[3] == 'ی':
		return string([]rune{r[0], r[1], 'ی', r[4]})
	case len(r) == 6 && r[0] == 'م' && r[2] == 'ا' && r[4] == 'ی':
		return string([]rune{r[0], r[1], r[3], 'و', r[5]})
	case len(r) == 6 && r[0] == 'ت' && r[2] == 'ا' && r[4] == 'ی':
		return string([]rune{r[0], r[1], r[3], 'ی', r[5]})
	case len(r) == 6 && r[1] == 'و' && r[2] == 'ا' && r[4] == 'ی':
		return string([]rune{r[0], 'ا', r[3], 'و', r[5]})
	}
	return s
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
