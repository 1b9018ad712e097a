package view

import (
	"html/template"
	"strings"
	"unicode"

	"claimbench/internal/text"
)

// lastLatin is the last letter of the Latin blocks that most of our own words are written in.
const lastLatin = 0x24f

// ownWords are the attributes of a name that people gave in whatever script, such as a collection's or a set's: its
// language, and its direction by its first strong letter. A name in plain Latin letters needs none: it may be of any
// language.
func ownWords(name string) template.HTMLAttr {
	if !strings.ContainsFunc(name, func(r rune) bool { return r > lastLatin && unicode.IsLetter(r) }) {
		return ""
	}
	dir := "ltr"
	i := strings.IndexFunc(name, unicode.IsLetter)
	if text.DirOf(text.Detect(firstWord(name[i:]))) == text.RTL {
		dir = "rtl"
	}
	return template.HTMLAttr(` lang="` + template.HTMLEscapeString(text.Detect(name)) + `" dir="` + dir + `"`)
}

func firstWord(s string) string {
	word, _, _ := strings.Cut(s, " ")
	return word
}
