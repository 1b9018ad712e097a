package web

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// allowed are the htmx attributes a template may use. The list is short so that every request a page makes can be
// found by reading, and so that a change of htmx stays cheap.
var allowed = []string{
	"hx-get", "hx-post", "hx-put", "hx-delete", "hx-target", "hx-select", "hx-select-oob", "hx-swap", "hx-trigger",
	"hx-sync", "hx-push-url",
	"hx-indicator", "hx-confirm", "hx-status", "hx-sse:connect",
	"hx-morph-skip", // stays as it is while what is around it changes
	"hx-partial",    // an element: a part of an answer that goes to another place than the rest
}

var (
	htmxAttr    = regexp.MustCompile(`\bhx-[a-z-]+(:[a-z-]+)?`)
	inlineStyle = regexp.MustCompile(`(?i)<[^>]*\sstyle\s*=|<style\b`)
	inlineEvent = regexp.MustCompile(`(?i)<[^>]*\son[a-z]+\s*=`)
	script      = regexp.MustCompile(`(?i)<script\b[^>]*>([^<]*)</script>`)
	scriptURL   = regexp.MustCompile(`(?i)(javascript|js):`)
	postForm    = regexp.MustCompile(`<form\b(?:[^>{]|\{\{.*?\}\})*method="post"(?:[^>{]|\{\{.*?\}\})*>`)
	textMarks   = regexp.MustCompile(`(?m)^[^{}/]*\bmark\b[^{}]*{([^}]*)}`)
)

func lintTemplate(name, text string) []string {
	var out []string
	for what, found := range map[string]bool{
		"an inline style: use a class":      inlineStyle.MatchString(text),
		"an inline event handler: use src/": inlineEvent.MatchString(text),
		"a script URL":                      scriptURL.MatchString(text),
		"an image or script from another origin": regexp.MustCompile(
			`(?i)(src|<link[^>]*href)="(https?:)?//`).MatchString(text),
	} {
		if found {
			out = append(out, name+": "+what)
		}
	}
	for _, m := range script.FindAllStringSubmatch(text, -1) {
		if strings.TrimSpace(m[1]) != "" {
			out = append(out, name+": an inline script: use src/")
		}
	}
	for _, form := range postForm.FindAllString(text, -1) {
		if !strings.Contains(form, "novalidate") {
			out = append(out, name+": a form without novalidate: the browser would refuse an empty field in its own "+
				"words, and ours with the remedy would not be shown")
		}
	}
	for _, attr := range htmxAttr.FindAllString(text, -1) {
		base, _, _ := strings.Cut(attr, ":")
		if !slices.Contains(allowed, attr) && !(base == "hx-status" && attr != base) {
			out = append(out, name+": "+attr+" is not among the allowed htmx attributes")
		}
	}
	return out
}

// lintStyle looks for what would move glyphs in marked text, and for physical directions.
func lintStyle(name, text string) []string {
	var out []string
	for _, m := range textMarks.FindAllStringSubmatch(text, -1) {
		for _, bad := range []string{"padding", "margin", "border", "display", "isolat", "unicode-bidi", "font",
			"content"} {
			if strings.Contains(m[1], bad) {
				out = append(out, name+": a mark with "+bad+" moves the text it marks")
			}
		}
	}
	physical := regexp.MustCompile(
		`(?m)(margin|padding|border)-(left|right)|[{;]\s*(left|right|float):?\s*:|text-align:\s*(left|right)`)
	for _, found := range physical.FindAllString(text, -1) {
		out = append(out, name+": "+found+" is physical: use inline-start and inline-end")
	}
	return out
}

func TestTemplatesKeepThePolicy(t *testing.T) {
	files, err := fs.Glob(Templates(), "*.html")
	if err != nil || len(files) < 20 {
		t.Fatalf("found %d templates, %v", len(files), err)
	}
	for _, name := range files {
		text, err := fs.ReadFile(Templates(), name)
		if err != nil {
			t.Fatal(err)
		}
		for _, problem := range lintTemplate(name, string(text)) {
			t.Error(problem)
		}
	}
}

func TestStylesKeepTheText(t *testing.T) {
	files, err := filepath.Glob("styles/*.css")
	if err != nil || len(files) < 4 {
		t.Fatalf("found %d style sheets, %v", len(files), err)
	}
	for _, name := range files {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, problem := range lintStyle(name, string(text)) {
			t.Error(problem)
		}
	}
}

// TestLintFinds proves that the lint can fail.
func TestLintFinds(t *testing.T) {
	for _, bad := range []string{
		`<p style="color:red">`, `<style>p{}</style>`, `<a onclick="x()">`, `<script>x()</script>`,
		`<a href="javascript:x">`,
		`<a hx-on:click="x">`, `<a hx-boost="true">`, `<div hx-get:inherited="/x">`,
		`<img src="https://example.org/x.png">`, `<a hx-vals="js:x">`,
	} {
		if len(lintTemplate("bad", bad)) == 0 {
			t.Errorf("nothing said about %s", bad)
		}
	}
	for _, bad := range []string{`mark { padding: 0 4px; }`, "a {}\nmark.here { display: inline-block; }",
		`p { margin-left: 1px; }`, `p { text-align: right; }`} {
		if len(lintStyle("bad", bad)) == 0 {
			t.Errorf("nothing said about %s", bad)
		}
	}
	if problems := lintTemplate("good", `<a class="btn" href="/x" hx-get="/x" hx-status:422="swap:none">Go</a>`); len(
		problems) > 0 {
		t.Error(problems)
	}
}
