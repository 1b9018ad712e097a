package search

import (
	"strings"
	"testing"
)

// FuzzOneWindow: a short text that begins with a term has one row in the index, whatever stands in it.
func FuzzOneWindow(f *testing.F) {
	for _, s := range []string{"", "a", "…", "\u064b", "هک‌شده", "諜報機関", "ﷺ", strings.Repeat("ﷺ", 200), "  x",
		"\u200c\u200c",
		"🙂", strings.Repeat("🙂", 10) + "a", "\x10\x11", "e\u0301"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if len(s) > oneWindow || !begins(s) {
			return
		}
		if rows := windows(1, indexTerms(s)); len(rows) != 1 {
			t.Fatalf("%q has %d rows", s, len(rows))
		}
	})
}
