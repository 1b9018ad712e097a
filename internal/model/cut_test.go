package model

import (
	"strings"
	"testing"
	"unicode/utf8"

	"claimbench/internal/extract"
	"claimbench/internal/text"
)

// TestASpanCutsNoNumber: a place that a program names begins and ends between words, never within a number or a word:
// of twelve it would say two.
func TestASpanCutsNoNumber(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		lang, words, span string
		taken             bool
	}{
		{"en", "Officials counted 12 people dead in the flood.", "12 people dead", true},
		{"en", "Officials counted 12 people dead in the flood.", "2 people dead", false},
		{"en", "Officials counted 12 people dead in the flood.", "cials counted 12 people", false},
		{"en", "Sales fell by 3.5 percent in May.", "Sales fell by 3", false},
		{"en", "Sales fell by 3.", "Sales fell by 3", true},
		{"fa", "مقام‌ها گفتند ۱۲۰ نفر کشته شدند.", "۲۰ نفر کشته شدند", false},
		{"ar", "انخفض السعر 35 بالمئة في مايو.", "5 بالمئة", false},
		{"ja", "洪水で1,200人が死亡した。", "200人が死亡した", false},
		{"ja", "洪水で1,200人が死亡した。", "1,200人が死亡した", true},
	} {
		doc, err := text.NewDoc(c.words)
		if err != nil {
			t.Fatal(err)
		}
		r := Read(extract.Document{Text: doc, Lang: c.lang, Sentences: text.Sentences(doc, c.lang)})
		at := strings.Index(c.words, c.span)
		start := utf8.RuneCountInString(c.words[:at])
		_, _, why := r.Find(Offered{Span: text.Span{Start: start, End: start + utf8.RuneCountInString(c.span)}})
		if (why == "") != c.taken {
			t.Errorf("%q of %q: %q", c.span, c.words, why)
		}
	}
}
