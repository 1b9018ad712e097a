package requests

import (
	_ "embed"
	"slices"
	"strings"
	"sync"

	"golang.org/x/text/language"

	"claimbench/internal/term"
	"claimbench/internal/text"
)

//go:embed words.tsv
var wordsTable string

// worded are the words of the public pages: by language, by key.
var worded = sync.OnceValue(func() map[string]map[string]string {
	out := map[string]map[string]string{}
	var langs []string
	for line := range strings.Lines(wordsTable) {
		cells := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if langs == nil {
			langs = cells[1:]
			for _, lang := range langs {
				out[lang] = map[string]string{}
			}
			continue
		}
		for i, lang := range langs {
			out[lang][cells[0]] = cells[i+1]
		}
	}
	return out
})

// Langs are the languages in which the public pages have words, English first.
func Langs() []string {
	head, _, _ := strings.Cut(wordsTable, "\n")
	return strings.Split(head, "\t")[1:]
}

// Languages are Langs with their own names.
var Languages = func() term.Table[string] {
	var all []term.Term[string]
	for _, lang := range Langs() {
		all = append(all, term.Term[string]{Name: lang, Word: Say(lang, "name")})
	}
	return term.New("language of the form", all...)
}()

func spoken(lang string) bool { return slices.Contains(Langs(), lang) }

// Say gives the words of a key in a language; English where there are none.
func Say(lang, key string) string {
	if !spoken(lang) {
		lang = Langs()[0]
	}
	return worded()[lang][key]
}

// Dir is the direction of a language's words.
func Dir(lang string) string { return string(text.DirOf(lang)) }

// Chosen is the language in which a page is shown: the one that was chosen on it, else the first that a reader's
// browser asks for (a header Accept-Language, RFC 9110) and that has words, else usual.
func Chosen(chosen, accepts, usual string) string {
	if spoken(chosen) {
		return chosen
	}
	if lang := preferred(accepts); lang != "" {
		return lang
	}
	if spoken(usual) {
		return usual
	}
	return Langs()[0]
}

// preferred is the language of Langs that a header wants most, "" for none or for one that cannot be read.
func preferred(accepts string) string {
	tags, weights, err := language.ParseAcceptLanguage(accepts)
	if err != nil {
		return ""
	}
	for i, tag := range tags { // what is wanted most first
		if base, _ := tag.Base(); weights[i] > 0 && spoken(base.String()) {
			return base.String()
		}
	}
	return ""
}
