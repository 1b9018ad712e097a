package publish

import (
	_ "embed"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"claimbench/internal/text"
)

//go:embed words.tsv
var wordsTable string

// wording is the words of a report in one language.
type wording struct {
	Lang, Dir string
	by        map[string]string
}

var wordings = sync.OnceValue(func() map[string]wording {
	out := map[string]wording{}
	var langs []string
	for line := range strings.Lines(wordsTable) {
		cells := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if langs == nil {
			for _, lang := range cells[1:] {
				langs = append(langs, lang)
				out[lang] = wording{lang, string(text.DirOf(lang)), map[string]string{}}
			}
			continue
		}
		for i, lang := range langs {
			out[lang].by[cells[0]] = cells[i+1]
		}
	}
	return out
})

// Langs are the languages in which a report has its words, English first.
func Langs() []string {
	head, _, _ := strings.Cut(wordsTable, "\n")
	return strings.Split(head, "\t")[1:]
}

// Word is a word of reports, of a verdict for instance, in a language; "" or one without words is English.
func Word(lang, key string) string { return wordsIn(lang).Say(key) }

// Number is a number in the digits of a language.
func Number(lang string, n int) string { return wordsIn(lang).Num(n) }

// wordsIn gives the words in a language, "" English.
func wordsIn(lang string) wording {
	if !slices.Contains(Langs(), lang) {
		lang = "en"
	}
	return wordings()[lang]
}

// Say gives the words of a key, with names and values for what stands in { }. A key without words is said as it is.
func (w wording) Say(key string, pairs ...any) string {
	s, ok := w.by[key]
	if !ok {
		return key
	}
	for i := 0; i+1 < len(pairs); i += 2 {
		name, _ := pairs[i].(string)
		value := w.value(pairs[i+1])
		if name == "name" { // in whatever script: it stands apart from the words around it
			value = "\u2068" + value + "\u2069"
		}
		s = strings.ReplaceAll(s, "{"+name+"}", value)
	}
	return s
}

func (w wording) value(v any) string {
	switch v := v.(type) {
	case int:
		return w.Num(v)
	case string:
		return v
	}
	return ""
}

// Num is a number in the digits of the language.
func (w wording) Num(n int) string {
	digits := []rune(w.by["digits"])
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return digits[r-'0']
		}
		return r
	}, strconv.Itoa(n))
}

// Day is a day as the language writes it. What is no whole day, 2026 or 2026-02, stays as it is.
func (w wording) Day(day string) string {
	if len(day) > len(time.DateOnly) {
		day = day[:len(time.DateOnly)] // of a moment, its day in UTC
	}
	if t, err := time.Parse("2006-01", day); err == nil {
		return w.Say("month of", "m", int(t.Month()), "y", t.Year(),
			"month", w.Say("month "+strconv.Itoa(int(t.Month()))))
	}
	t, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return day
	}
	return w.Say("date", "d", t.Day(), "m", int(t.Month()), "y", t.Year(),
		"month", w.Say("month "+strconv.Itoa(int(t.Month()))))
}
