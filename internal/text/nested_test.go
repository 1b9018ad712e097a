package text_test

import (
	"strings"
	"testing"

	"claimbench/internal/text"
)

func TestCheckNested(t *testing.T) {
	t.Parallel()
	for words, bad := range map[string]bool{
		"":                                    false,
		"> > a quote\n\n- a\n  - b\n    1. c": false,
		strings.Repeat("- ", 40):              false, // a line across the page
		strings.Repeat("*", 500):              false,
		strings.Repeat("[a](b) ", 500):        false,
		strings.Repeat("\\[", 500):            false,
		strings.Repeat("- one\n", 500):        false,
		strings.Repeat("[\n\n", 500):          false,
		strings.Repeat(" ", 60) + "code":      false,
		strings.Repeat(">", 20) + "a":         false,
		strings.Repeat(">", 21):               true,
		"a\n" + strings.Repeat("> ", 9000):    true,
		strings.Repeat("- ", 40) + "a":        true,
		strings.Repeat("+ ", 40):              true,
		strings.Repeat("1. ", 40):             true,
		strings.Repeat("> - ", 15):            true,
		strings.Repeat(" ", 60) + "- a":       true,
		strings.Repeat("[", 21):               true,
		strings.Repeat("[\n", 21):             true,
		strings.Repeat("![", 9000):            true,
	} {
		if err := text.CheckNested(words); (err != nil) != bad {
			t.Errorf("%.60q: %v, want refused %v", words, err, bad)
		}
	}
}
