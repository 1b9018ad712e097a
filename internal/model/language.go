package model

import (
	"regexp"
	"strings"
	"unicode"
)

// scripts whose letters tell one language's text from another's.
var scripts = map[string]*unicode.RangeTable{"Latin": unicode.Latin, "Arabic": unicode.Arabic, "Han": unicode.Han,
	"Kana": kana, "Hangul": unicode.Hangul, "Cyrillic": unicode.Cyrillic, "Greek": unicode.Greek,
	"Hebrew": unicode.Hebrew, "Thai": unicode.Thai, "Devanagari": unicode.Devanagari}

var kana = &unicode.RangeTable{R16: []unicode.Range16{{Lo: 0x3041, Hi: 0x30ff, Stride: 1}}}

// page are marks of a page, or of Markdown, which no sentence has.
var page = regexp.MustCompile("(?i)</?[a-z!][^>]*>|&[a-z]{2,8};|&#|```|\\]\\(|https?://|javascript:")

// foreign gives what of a statement is not of its sentence's language: a mark of a page that the sentence does not
// have, or the first word in a script that it does not have.
func foreign(sentence, statement string) string {
	for _, m := range page.FindAllString(statement, -1) {
		if !strings.Contains(sentence, m) {
			return m
		}
	}
	for _, w := range strings.Fields(statement) {
		for _, table := range scripts {
			in := func(r rune) bool { return unicode.Is(table, r) }
			if strings.ContainsFunc(w, in) && !strings.ContainsFunc(sentence, in) {
				return w
			}
		}
	}
	return ""
}
