package view

import (
	"html"
	"html/template"
	"slices"
	"strings"
	"sync"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"claimbench/internal/lang"
)

// langsID is the list that a field for a language names: {{langs}} puts it on the page, once.
const langsID = "langs"

// langList is the languages that the program knows something of, each by its code with its English name, to choose from
// in a field that takes any other code too.
var langList = sync.OnceValue(func() template.HTML {
	var rows []string
	for _, p := range lang.All() {
		tag, err := language.Parse(p.Code)
		if err != nil {
			continue
		}
		word := display.English.Languages().Name(tag)
		rows = append(rows, word+"\x00"+`<option value="`+html.EscapeString(p.Code)+`">`+html.EscapeString(word)+
			`</option>`)
	}
	slices.Sort(rows)
	for i, row := range rows {
		_, rows[i], _ = strings.Cut(row, "\x00")
	}
	return template.HTML(`<datalist id="` + langsID + `">` + strings.Join(rows, "") + `</datalist>`)
})
