package view

import (
	"html/template"
	"testing"
)

// A note of two scripts has the direction of its frame, and each run of the other its own language.
func TestMixedWords(t *testing.T) {
	t.Parallel()
	for words, want := range map[string]string{
		"all four articles: ایمیل، مکرون": `<p lang="en" dir="ltr">all four articles: ` +
			`<bdi lang="fa" dir="rtl">ایمیل، مکرون</bdi></p>`,
		"نامه‌ها <b>leak of emails</b>": `<p lang="fa" dir="rtl">نامه‌ها &lt;` +
			`<bdi lang="en" dir="ltr">b&gt;leak of emails&lt;/b</bdi>&gt;</p>`,
		"Nothing found.": `<p lang="en" dir="ltr">Nothing found.</p>`,
	} {
		note := NoteOf(words)
		got := `<p lang="` + note.Lang + `" dir="` + note.Dir + `">` + string(mixedWords(note)) + `</p>`
		if got != want {
			t.Errorf("%s:\n got %s\nwant %s", words, got, want)
		}
	}
}

// A name in another script says its language, and its direction by its first strong letter.
func TestOwnWords(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]template.HTMLAttr{
		"Election interference": "", "Élection 2017": "", "": "", "2024 – 2025": "",
		"دخالت در انتخابات":               ` lang="fa" dir="rtl"`,
		"all four articles: ایمیل، مکرون": ` lang="fa" dir="ltr"`,
		"選挙への介入について":                      ` lang="ja" dir="ltr"`,
	} {
		if got := ownWords(name); got != want {
			t.Errorf("%s: %s, want %s", name, got, want)
		}
	}
}
