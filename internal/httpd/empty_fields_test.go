package httpd

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
)

// TestEmptyFieldsAreRefusedInOurWords opens every page as everybody, and sends each form of it with the fields empty
// that it says are required. The browser lets them through (novalidate), so the server's own words stand at each field,
// with script and without, and what was typed into the others is there again.
func TestEmptyFieldsAreRefusedInOurWords(t *testing.T) {
	t.Parallel()
	w := fill(t, 1)
	tried := map[string]bool{}
	for _, r := range w.server.routes() {
		if r.method != get || r.path == livePath || notJSON[r.name()] {
			continue
		}
		for _, path := range w.paths(r.path) {
			for _, who := range []string{"", "reviewer-1", "editor-1", "admin-1"} {
				page := w.get(who, strings.NewReplacer(":token", "none").Replace(path))
				if page.status != http.StatusOK || !strings.Contains(page.body, "required") {
					continue
				}
				w.sendEmpty(t, who, page, tried)
			}
		}
	}
	if len(tried) < 12 {
		t.Errorf("only %d forms were found: %v", len(tried), tried)
	}
}

// sendEmpty sends each form of a page that was not tried, and looks at what comes back.
func (w full) sendEmpty(t *testing.T, who string, page reply, tried map[string]bool) {
	t.Helper()
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(page.body))
	if err != nil {
		t.Fatal(err)
	}
	doc.Find(`form[method="post"]:has([required])`).Each(func(_ int, form *goquery.Selection) {
		action, empty := form.AttrOr("action", ""), []string{}
		values, kept := url.Values{}, 0
		form.Find("input, textarea, select, button[name]").Each(func(_ int, field *goquery.Selection) {
			name, value := field.AttrOr("name", ""), field.AttrOr("value", field.Text())
			_, must := field.Attr("required")
			kind := field.AttrOr("type", goquery.NodeName(field))
			switch {
			case name == "" || kind == "radio" || kind == "checkbox" || kind == "file":
				return
			case must:
				empty, value = append(empty, name), ""
			case kind == "textarea":
				value, kept = "words that stay", kept+1
			case kind == "select":
				value = field.Find("option[selected], option").First().AttrOr("value", "")
			}
			values.Set(name, value)
		})
		what := strings.Join(empty, ",") + " of " + strings.Map(func(r rune) rune {
			if r >= '0' && r <= '9' {
				return -1
			}
			return r
		}, action)
		if tried[what] || len(empty) == 0 {
			return
		}
		tried[what] = true
		got := w.do(who, post, action, "application/x-www-form-urlencoded", values.Encode(), "Sec-Fetch-Site",
			"same-origin")
		w.saysEmpty(t, what, got, empty, kept > 0)
	})
}

func (w full) saysEmpty(t *testing.T, what string, got reply, empty []string, kept bool) {
	t.Helper()
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(got.body))
	if err != nil {
		t.Fatal(err)
	}
	if got.status != http.StatusUnprocessableEntity || doc.Find(`[role="alert"]`).Length() == 0 {
		t.Errorf("%s, empty: %d and %d alerts\n%s", what, got.status, doc.Find(`[role="alert"]`).Length(),
			strings.Join(strings.Fields(doc.Find("main").Text()), " "))
		return
	}
	at := 0
	for _, name := range empty {
		field := doc.Find(`[name="` + name + `"][aria-invalid="true"]`)
		at += field.Length()
		if field.ParentsFiltered("details:not([open])").Length() > 0 {
			t.Errorf("%s, empty: the alert at %s is folded away", what, name)
		}
	}
	if at == 0 {
		t.Errorf("%s, empty: no alert stands at a field", what)
	}
	if kept && !strings.Contains(got.body, "words that stay") {
		t.Errorf("%s, empty: what was typed elsewhere is lost", what)
	}
}
