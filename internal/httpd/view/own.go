package view

import (
	"html/template"
	"strings"

	"claimbench/internal/text"
)

// ownWords are the attributes of a name that people gave in whatever script, such as a collection's or a set's: its
// language and direction. A name in plain Latin letters needs none.
func ownWords(name string) template.HTMLAttr {
	lang, dir := text.OfName(name)
	if lang == "" {
		return ""
	}
	return template.HTMLAttr(` lang="` + template.HTMLEscapeString(lang) + `" dir="` + string(dir) + `"`)
}

// NoteOf is what a person typed, in a language that nobody asked for: that of its frame, and its direction.
func NoteOf(words string) Foreign {
	m := text.MixedOf(words)
	return Foreign{Text: words, Lang: m.Lang, Dir: string(m.Dir)}
}

// mixedWords is what a person typed, its words in other scripts each with its own language and direction, apart from
// what stands around them. The element around it says what NoteOf found: {{mixed .Rationale}}.
func mixedWords(note Foreign) template.HTML {
	var b strings.Builder
	for _, run := range text.MixedOf(note.Text).Runs {
		if run.Lang == "" {
			b.WriteString(template.HTMLEscapeString(run.Text))
			continue
		}
		b.WriteString(`<bdi lang="` + template.HTMLEscapeString(run.Lang) + `" dir="` + string(run.Dir) + `">`)
		b.WriteString(template.HTMLEscapeString(run.Text) + `</bdi>`)
	}
	return template.HTML(b.String())
}
