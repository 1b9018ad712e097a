package match

import (
	_ "embed"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"claimbench/internal/text"
)

//go:embed tables/agencies.txt
var agenciesTXT string

// Agency is a news agency or paper that a text names as where it has its story from. Name is its English name;
// Span is in code points.
type Agency struct {
	Name string
	Span text.Span
}

type agencyForm struct{ name, form string }

var agencyForms = sync.OnceValue(func() []agencyForm {
	var out []agencyForm
	for line := range strings.Lines(agenciesTXT) {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		forms := strings.Split(line, "|")
		for _, f := range forms {
			out = append(out, agencyForm{forms[0], f})
		}
	}
	slices.SortStableFunc(out, func(a, b agencyForm) int { return len(b.form) - len(a.form) })
	return out
})

// Agencies finds the agencies and papers that a text names, in order and without overlaps: "according to Reuters",
// وكالة فرانس برس, ロイター通信. Abbreviations in capitals must stand alone.
func Agencies(s string) []Agency {
	var out []Agency
	taken := make([]bool, len(s)+1)
	for _, f := range agencyForms() {
		for from := 0; ; {
			i := strings.Index(s[from:], f.form)
			if i < 0 {
				break
			}
			start, end := from+i, from+i+len(f.form)
			from = end
			if taken[start] || taken[end-1] || !standsAlone(s, start, end) {
				continue
			}
			for j := start; j < end; j++ {
				taken[j] = true
			}
			at := utf8.RuneCountInString(s[:start])
			out = append(out, Agency{f.name, text.Span{Start: at, End: at + utf8.RuneCountInString(f.form)}})
		}
	}
	slices.SortFunc(out, func(a, b Agency) int { return a.Span.Start - b.Span.Start })
	return out
}

// standsAlone says whether a form is a word of its own; Japanese parts no words, and Arabic writes "and" onto them.
func standsAlone(s string, start, end int) bool {
	before, _ := utf8.DecodeLastRuneInString(s[:start])
	after, _ := utf8.DecodeRuneInString(s[end:])
	first, _ := utf8.DecodeRuneInString(s[start:])
	if c, _ := classify(first); c == scriptKatakana || c == scriptHan {
		return true
	}
	if strings.ContainsRune("ولبفك", before) {
		before, _ = utf8.DecodeLastRuneInString(s[:start-utf8.RuneLen(before)])
	}
	return !unicode.IsLetter(before) && !unicode.IsDigit(before) && !unicode.IsLetter(after) && !unicode.IsDigit(after)
}

// agencyNames gives the names of the agencies that a text names, each once.
func agencyNames(s string) []string {
	var names []string
	for _, a := range Agencies(s) {
		if !slices.Contains(names, a.Name) {
			names = append(names, a.Name)
		}
	}
	return names
}
