package httpd

import (
	"html"
	"net/http"
	"regexp"
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

// TestProofBesideTheHistory: auditors open the proof of an event beside the list that it stands in, in its place; the
// way to its own page stands there too. Who reads no numbers is offered none.
func TestProofBesideTheHistory(t *testing.T) {
	t.Parallel()
	w := fill(t, 1)
	list := w.get("auditor-1", "/history?object=claim:4").want(t, http.StatusOK)
	found := regexp.MustCompile(`href="(/history\?[^"]*event=(\d+)[^"]*)" hx-get="[^"]*" hx-target="#work"`).
		FindStringSubmatch(list.body)
	if found == nil || strings.Contains(list.body, "Behind what") {
		t.Fatalf("no event leads to its proof beside the list: %s", visible(list.body))
	}
	beside := html.UnescapeString(found[1])
	w.get("auditor-1", beside).want(t, http.StatusOK, "Behind what", `class="proof"`, `href="/history/`+found[2]+`"`,
		`class="here" id="e`+found[2]+`"`)
	if got := w.get("reviewer-1", "/history?object=claim:4").want(t, http.StatusOK); strings.Contains(got.body,
		"event=") {
		t.Error("a reviewer is led to a proof")
	}
	w.get("reviewer-1", beside).want(t, http.StatusForbidden)
	w.get("auditor-1", "/history?object=claim:4&event=999999").want(t, http.StatusNotFound, "not on this page")
	w.get("auditor-1", "/history?event=x").want(t, http.StatusUnprocessableEntity)
}
