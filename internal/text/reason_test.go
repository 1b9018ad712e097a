package text_test

import (
	"testing"

	"claimbench/internal/text"
)

// TestReasonsShowSomething: a reason of nothing to be seen is none.
func TestReasonsShowSomething(t *testing.T) {
	t.Parallel()
	for _, blank := range []string{"", " ", "\u200b\u200b\u200b", "\u2060", "\ufeff", "\u00a0\u00ad",
		"\u3164", "\u2800",
		"\u200d\ufe0f", "\u2028"} {
		optional := blank
		if err := text.CheckReason(&optional, "", ""); err != nil || optional != "" {
			t.Errorf("%+q is kept as %+q, %v", blank, optional, err)
		}
		if err := text.CheckReason(&blank, "Say why.", "Say why."); err == nil {
			t.Errorf("%+q is a reason", blank)
		}
	}
	for _, said := range []string{"no", "۷", "…", "🙂", "علی‌رضا"} {
		was := said
		if err := text.CheckReason(&said, "Say why.", "Say why."); err != nil || said != was {
			t.Errorf("%q is no reason: %v", was, err)
		}
	}
	if hidden := "\u202e"; text.CheckReason(&hidden, "", "") == nil {
		t.Error("a mark that turns words round passes as no reason")
	}
}
