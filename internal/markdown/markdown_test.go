package markdown

import (
	"regexp"
	"strings"
	"testing"
	"time"
)

// TestMarkdownIsSafe: whatever stands in Markdown, the page gets none of these.
func TestMarkdownIsSafe(t *testing.T) {
	t.Parallel()
	bad := regexp.MustCompile(`(?i)<(script|img|iframe|style|svg|object|form|input|base|meta|link|h1|h2)|` +
		`<[^>"]*("[^"]*"[^>"]*)*\s(on[a-z]+|style|src|id)\s*=|(href|src)="\s*(javascript|vbscript|data|file):`)
	for _, words := range []string{
		`<script>alert(1)</script>`, `a <img src=x onerror=alert(1)> b`, `[x](javascript:alert(1))`,
		`[x](JaVaScRiPt:alert(1))`, `[x](java&#115;cript:alert(1))`, "[x](\tjavascript:alert(1))",
		`<javascript:alert(1)>`, `![a picture](https://tracker.example/p.gif)`, `![x](data:text/html,<script>)`,
		`[x](data:text/html;base64,PHNjcmlwdD4=)`, `[x](vbscript:x)`, "<div style=\"position:fixed\">x</div>",
		`<a href="javascript:x">y</a>`, "[r]: javascript:alert(1)\n\n[r]", `[x](https://e.org "t\" onclick=\"x")`,
		"# One\n\n## Two {#id onclick=x}", "<style>*{display:none}</style>", "```html\n<script>x</script>\n```",
		`![a [b](javascript:x) c](https://e.org/p.png)`, "<!-- --><svg/onload=alert(1)>",
	} {
		html, err := HTML(words)
		if err != nil {
			t.Fatalf("%q: %v", words, err)
		}
		if found := bad.FindString(string(html)); found != "" {
			t.Errorf("%q gives %q in %s", words, found, html)
		}
	}
}

func TestMarkdown(t *testing.T) {
	t.Parallel()
	for words, parts := range map[string][]string{
		"# Rules\n\nFirst **two** origins.": {`<h3 dir="auto">Rules</h3>`, `<p dir="auto">`, "<strong>two</strong>"},
		"# قواعد\n\n- دو منبع\n- یک سند":    {`<h3 dir="auto">قواعد</h3>`, `<ul dir="auto">`, `<li dir="auto">`},
		"[rules](https://example.org/r)":    {`<a href="https://example.org/r">rules</a>`},
		"![logo](https://example.org/l)":    {`<a href="https://example.org/l">logo</a>`},
		"[claim 4](/claims/4)":              {`<a href="/claims/4">claim 4</a>`},
	} {
		html, err := HTML(words)
		for _, part := range parts {
			if err != nil || !strings.Contains(string(html), part) {
				t.Errorf("%q gives %s, %v: without %s", words, html, err, part)
			}
		}
	}
}

// TestMarkdownLinksByList: a link leads to another host by its whole address, to a mail address, or to a page of this
// house; of any other its words stay.
func TestMarkdownLinksByList(t *testing.T) {
	t.Parallel()
	href := regexp.MustCompile(`href="([^"]*)"`)
	for address, want := range map[string]string{
		"https://example.org/a?b=c#d": "https://example.org/a?b=c#d", "http://example.org": "http://example.org",
		"HTTPS://example.org/": "HTTPS://example.org/", "mailto:desk@example.org": "mailto:desk@example.org",
		"/claims/4": "/claims/4", "/": "/", "/articles/2?sentence=3#s-3": "/articles/2?sentence=3#s-3",
		"//evil.example": "", "///evil.example": "", `/\evil.example`: "", `\\evil.example`: "", `\/\/evil.example`: "",
		"&#47;&#47;evil.example": "", "/&#47;evil.example": "", "/&Tab;/evil.example": "", "%2F%2Fevil.example": "",
		"/&bsol;evil.example": "", "https:evil.example": "", "https:/evil.example": "", "https:///evil.example": "",
		"https:\\\\evil.example": "", "https://workbench@evil.example": "", "https://a:b@evil.example/": "",
		"ftp://example.org/x": "", "javascript://example.org/%0aalert(1)": "", "data:text/html,x": "", "mailto:": "",
		"file:///etc/passwd": "", "blob:https://example.org/x": "", "ws://example.org": "", "x": "", "#top": "",
		"": "", "?q=1": "", "../x": "", "tel:+49": "", "about:blank": "", "view-source:https://e.org": "",
	} {
		for _, words := range []string{"a [WORDS](" + address + ") b", "a ![WORDS](" + address + ") b",
			"a [WORDS][r] b\n\n[r]: " + address, "**[WORDS](<" + address + ">)**", "> - [*WORDS*](" + address + ")"} {
			html, err := HTML(words)
			if err != nil || !strings.Contains(string(html), "WORDS") {
				t.Errorf("%q loses its words: %s, %v", words, html, err)
			}
			for _, m := range href.FindAllStringSubmatch(string(html), -1) {
				if m[1] != want {
					t.Errorf("%q leads to %q, want %q", words, m[1], want)
				}
			}
			if want != "" && !strings.Contains(string(html), `href="`+want+`"`) {
				t.Errorf("%q does not lead to %q: %s", words, want, html)
			}
		}
	}
	for words, linked := range map[string]bool{"<https://example.org>": true, "<desk@example.org>": true,
		"<ftp://example.org>": false, "<javascript:alert(1)>": false, "<x-y:z>": false} {
		html, err := HTML(words)
		if err != nil || strings.Contains(string(html), "<a ") != linked {
			t.Errorf("%q gives %s, %v", words, html, err)
		}
		if !linked && !strings.Contains(string(html), strings.Trim(words, "<>")) {
			t.Errorf("%q loses its words: %s", words, html)
		}
	}
}

// TestMarkdownInTime: words made to be slow are rendered in no more than the time of a page.
func TestMarkdownInTime(t *testing.T) {
	t.Parallel()
	for _, part := range []string{"[", "![", "*a **b ", "> ", "`", "<", "[a](b", "- ", "&amp;", "_a*",
		">", "> - ", "+ ", "1. "} {
		begun := time.Now()
		if _, err := HTML(strings.Repeat(part, 20_000/len(part))); err != nil {
			t.Fatal(err)
		}
		if took := time.Since(begun); took > 5*time.Second {
			t.Errorf("20,000 characters of %q take %s", part, took)
		}
	}
}

func FuzzMarkdown(f *testing.F) {
	f.Add("# a\n\n![b](c) [d](e \"f\") <g> **h**")
	f.Add(strings.Repeat(">", 30) + "<script>")
	bad := regexp.MustCompile(`(?i)<script|<img|<[^>"]*("[^"]*"[^>"]*)*\son[a-z]+=|href="javascript:`)
	f.Fuzz(func(t *testing.T, words string) {
		html, err := HTML(words)
		if err != nil || bad.MatchString(string(html)) {
			t.Errorf("%q gives %s, %v", words, html, err)
		}
	})
}
