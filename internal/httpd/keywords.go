package httpd

import (
	"slices"
	"strings"
	"sync"

	"github.com/labstack/echo/v4"

	"claimbench/internal/httpd/view"
	"claimbench/internal/match"
)

// Under words in a language that a reader does not read stand their key words in one that they chose, until there is a
// gloss that somebody confirmed: names, numbers, dates and what the lexicon knows. They are no translation.

// keywordsCookie keeps the language of key words that a person chose.
const keywordsCookie = "keywords"

// keywordLang is the language in which a reader wants key words: the one they chose, or English.
func keywordLang(c echo.Context) string {
	if lang := cookieValue(c, keywordsCookie); slices.Contains(match.KeywordLangs, lang) {
		return lang
	}
	return match.KeywordLangs[0]
}

// keywording gives the key words of what one answer shows.
type keywording struct {
	in    string
	reads []string
	kept  *keptKeywords
}

func (s *Server) keywording(c echo.Context) keywording {
	return keywording{in: keywordLang(c), reads: actorOf(c).Reads, kept: &s.keywords}
}

// of gives the key words of a text, none when the reader reads its language.
func (k keywording) of(f view.Foreign) view.Keywords {
	if f.Text == "" || k.plain(f.Lang) {
		return view.Keywords{}
	}
	return view.Keywords{Foreign: foreign(k.kept.of(f.Text, k.in), k.in, "")}
}

// plain says whether the reader needs no help with a language: they read it, or it is not known.
func (k keywording) plain(tag string) bool {
	lang, _, _ := strings.Cut(tag, "-")
	return lang == "" || lang == "und" || lang == k.in || slices.Contains(k.reads, lang)
}

// claim adds them to a claim that has no confirmed gloss of its present words in the language.
func (k keywording) claim(cl *view.Claim) {
	if cl == nil || slices.ContainsFunc(cl.Glosses, func(g view.Gloss) bool {
		return g.Lang == k.in && g.ConfirmedBy != "" && !g.Older
	}) {
		return
	}
	cl.Keywords = k.of(cl.Statement)
}

// on adds them to a claim and to what is linked to it.
func (k keywording) on(cl *view.Claim, linked []view.Evidence) {
	k.claim(cl)
	k.evidence(linked)
}

func (k keywording) evidence(all []view.Evidence) {
	for i := range all {
		if all[i].Gloss == "" {
			all[i].Keywords = k.of(all[i].Words)
		}
	}
}

func (k keywording) used(all []view.UsedEvidence) {
	for i := range all {
		if all[i].Gloss == "" {
			all[i].Keywords = k.of(all[i].Words)
		}
	}
}

func (k keywording) rows(all []view.QueueRow) {
	for i := range all {
		if all[i].Gloss == "" || k.in != "en" {
			all[i].Keywords = k.of(all[i].Words)
		}
	}
}

func (k keywording) list(all []view.ClaimRow) {
	for i := range all {
		if all[i].Gloss == "" || k.in != "en" {
			all[i].Keywords = k.of(all[i].Statement)
		}
	}
}

func (k keywording) alike(all []view.Duplicate) {
	for i := range all {
		if all[i].Gloss.Text == "" || all[i].Gloss.Lang != k.in {
			all[i].Keywords = k.of(all[i].Statement)
		}
	}
}

func (k keywording) passages(all []view.Passage) {
	for i := range all {
		all[i].Keywords = k.of(all[i].Words)
	}
}

// told adds them to what a history quotes.
func (k keywording) told(all []view.StoryDay) {
	for _, day := range all {
		for _, t := range day.Told {
			for i, q := range t.Quotes {
				t.Quotes[i].Keywords = k.of(q.Foreign)
			}
		}
	}
}

// mostKept is how many lines of key words are kept.
const mostKept = 4096

// keptKeywords keeps lines that were made: they depend on the text and the language alone, and a list shows the same
// statements again and again. The zero value is ready.
type keptKeywords struct {
	mu   sync.Mutex
	line map[[2]string]string
}

func (k *keptKeywords) of(words, in string) string {
	at := [2]string{words, in}
	k.mu.Lock()
	line, there := k.line[at]
	k.mu.Unlock()
	if there {
		return line
	}
	line = strings.Join(match.Keywords(words, in), " · ")
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.line == nil || len(k.line) >= mostKept {
		k.line = make(map[[2]string]string, 64)
	}
	k.line[at] = line
	return line
}
