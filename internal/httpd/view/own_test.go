package view

import (
	"html/template"
	"testing"
)

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
