package httpd

import (
	"strings"
	"testing"

	"claimbench/internal/httpd/view"
)

// An event of a set names its claims, up to 50,000: a list shows the beginning, and says how much more there is.
func TestMainChangesAreBounded(t *testing.T) {
	t.Parallel()
	long := view.Foreign{Text: strings.Repeat("1234567 ", 50_000)}
	fits := view.Foreign{Text: strings.Repeat("ش", mostListed)}
	got, more := mainChanges([]view.Change{{Field: "claims", Before: fits, After: long}, {Field: "contents"}})
	if len(got) != 1 || more != 1 || got[0].Before != fits {
		t.Fatalf("%d changes, %d more; before: %.40q", len(got), more, got[0].Before.Text)
	}
	if n := len(got[0].After.Text); n > mostListed+60 || !strings.HasSuffix(got[0].After.Text,
		"… (399,500 more characters)") {
		t.Errorf("the list shows %d bytes of 400,000: %q", n, got[0].After.Text)
	}
}
