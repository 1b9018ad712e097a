package text_test

import (
	"slices"
	"testing"

	"claimbench/internal/text"
)

func TestUnescape(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{"": "", "a b": "a b", "a%20b": "a b", "%D8%B3%d9%84%D8%A7%D9%85!": "سلام!",
		"100%": "100%", "%zz%2": "%zz%2", "%ff%20": "%ff ", "%E6%97": "%E6%97", "%E6%97%A5": "日", "日%41": "日A"} {
		got, at := text.Unescape(in)
		if got != want || len(at) != len(got)+1 || at[len(got)] != len(in) || !slices.IsSorted(at) {
			t.Errorf("%q is %q at %v, want %q", in, got, at, want)
		}
	}
}
