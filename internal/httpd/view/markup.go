package view

import (
	"html"
	"html/template"
)

// markup is HTML written by hand, for the rows of long lists: a template takes ten allocations for each value that it
// fills in, and a list shows a hundred rows of twenty. What is no constant of ours goes through text alone, which
// escapes it for an element and for an attribute in double quotes; TestRowsAreEscaped holds every field to that.
type markup []byte

// constant is markup of our own: a string cannot be passed as one, only what is written in the source.
type constant string

func (m *markup) raw(l constant) { *m = append(*m, l...) }

func (m *markup) text(s string) { *m = append(*m, html.EscapeString(s)...) }

// part writes a text between two constants, and nothing when there is none.
func (m *markup) part(before constant, s string, after constant) {
	if s == "" {
		return
	}
	m.raw(before)
	m.text(s)
	m.raw(after)
}

// foreign writes a text in its language and direction, in an element that is begun.
func (m *markup) foreign(f Foreign, end constant) {
	m.raw(` lang="`)
	m.text(f.Lang)
	m.raw(`" dir="`)
	m.text(f.Dir)
	m.raw(`">`)
	m.text(f.Text)
	m.raw(end)
}

// Bdi is the text for the template of that name, set apart from the text around it.
func (f Foreign) Bdi() template.HTML {
	m := make(markup, 0, len(f.Text)+len(f.Text)/8+48)
	m.raw(`<bdi`)
	m.foreign(f, `</bdi>`)
	return template.HTML(m)
}

// Row is the article as a line of the table of articles.
func (a ArticleRow) Row() template.HTML {
	m := make(markup, 0, 1024)
	m.raw("<tr>\n      <th scope=\"row\"><a class=\"txt\" href=\"")
	m.text(a.URL)
	m.raw(`"`)
	m.foreign(a.Title, `</a>`)
	m.part(`<br><span class="meta"><svg class="i" aria-hidden="true"><use href="#i-lock"/></svg> `, a.TakenDown,
		`</span>`)
	m.part(`<br><span class="meta num">`, a.Size, `</span>`)
	m.raw("</th>\n      <td data-th=\"Language\">")
	m.text(a.LangWord)
	m.raw(`</td><td class="num nowrap"`)
	m.part(` data-th="Published">`, a.Published, "")
	if a.Published == "" {
		m.raw(`>`)
	}
	m.raw("</td>\n      <td data-th=\"Source\"><bdi")
	m.foreign(a.Source, `</bdi>`)
	m.raw(`<br><span class="meta">`)
	m.text(a.Rating)
	m.raw("</span></td>\n      <td class=\"num\" data-th=\"Claims\">")
	m.text(a.Claims)
	m.part(`<br><span class="meta">`, a.Done, `</span>`)
	m.raw("</td>\n    </tr>")
	return template.HTML(m)
}
