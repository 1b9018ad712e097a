package view

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"claimbench/web"
)

func newRenderer(t testing.TB, assets *web.Assets) *Renderer {
	t.Helper()
	r, err := NewRenderer(web.Templates(), assets)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// TestEveryTemplateRenders runs every page with every sample, whole and as a fragment, and checks that each template
// has a sample and that what comes out is well formed.
func TestEveryTemplateRenders(t *testing.T) {
	r := newRenderer(t, web.Unbuilt())
	seen := map[string]bool{}
	for i, p := range samples() {
		seen[p.Template()] = true
		t.Run(fmt.Sprintf("%s-%d", p.Template(), i), func(t *testing.T) {
			var whole, part bytes.Buffer
			if err := r.Render(&whole, p); err != nil {
				t.Fatal(err)
			}
			if err := r.RenderView(&part, p); err != nil {
				t.Fatal(err)
			}
			checkPage(t, whole.String())
			if !strings.Contains(whole.String(), `id="main"`) {
				t.Error("no #main")
			}
			if _, panel := p.(Panel); panel == strings.Contains(part.String(), `id="main"`) {
				t.Errorf("a panel (%t), and its part is\n%s", panel, part.String())
			}
		})
	}
	for _, name := range r.Names() {
		if !seen[name] {
			t.Errorf("%s.html has no sample", name)
		}
	}
}

// checkPage walks the tokens: every element that needs an end has one, ids are unique, a page has one h1, every label
// has its field, and nothing the policy refuses came through.
func checkPage(t *testing.T, page string) {
	t.Helper()
	ids, fors := map[string]bool{}, map[string]bool{}
	void := []string{"meta", "link", "input", "br", "img", "hr"}
	var open []string
	heads := 0
	z := html.NewTokenizer(strings.NewReader(page))
	for z.Next() != html.ErrorToken {
		tok := z.Token()
		switch tok.Type {
		case html.StartTagToken:
			if !slices.Contains(void, tok.Data) {
				open = append(open, tok.Data)
			}
			if tok.Data == "h1" {
				heads++
			}
			for _, a := range tok.Attr {
				switch {
				case a.Key == "id" && ids[a.Val]:
					t.Errorf("id %q stands twice", a.Val)
				case a.Key == "id":
					ids[a.Val] = true
				case a.Key == "for":
					fors[a.Val] = true
				case a.Key == "style" || strings.HasPrefix(a.Key, "on"):
					t.Errorf("<%s %s> came through", tok.Data, a.Key)
				case strings.Contains(a.Val, "ZgotmplZ"):
					t.Errorf("<%s %s=%q>: the template's escaper refused a value", tok.Data, a.Key, a.Val)
				}
			}
		case html.EndTagToken:
			if len(open) == 0 || open[len(open)-1] != tok.Data {
				t.Fatalf("</%s> closes %v", tok.Data, open)
			}
			open = open[:len(open)-1]
		}
	}
	if len(open) > 0 {
		t.Errorf("never closed: %v", open)
	}
	if heads != 1 {
		t.Errorf("%d h1, want 1", heads)
	}
	for id := range fors {
		if !ids[id] {
			t.Errorf("label for %q has no field", id)
		}
	}
}

// TestRawKeepsCodePoints: what the browser reads back has the same code points, a bare carriage return included.
func TestRawKeepsCodePoints(t *testing.T) {
	const text = "a\rb\r\nc <𠮷> &amp; \u202e"
	if got := html.UnescapeString(string(Raw(text))); got != text {
		t.Errorf("%q became %q", text, got)
	}
	if strings.ContainsRune(string(Raw(text)), '\r') {
		t.Error("a carriage return stands bare; a parser would make it a line feed")
	}
}

// TestWritePages writes every sample to the folder named in CLAIMBENCH_PAGES, for a look in a browser.
func TestWritePages(t *testing.T) {
	dir := os.Getenv("CLAIMBENCH_PAGES")
	if dir == "" {
		t.Skip("CLAIMBENCH_PAGES names no folder")
	}
	assets, err := web.LoadAssets()
	if err != nil {
		t.Fatal(err)
	}
	r := newRenderer(t, assets)
	count := map[string]int{}
	for _, p := range samples() {
		var b bytes.Buffer
		if err := r.Render(&b, p); err != nil {
			t.Fatal(err)
		}
		count[p.Template()]++
		name := fmt.Sprintf("%s-%d.html", p.Template(), count[p.Template()])
		if err := os.WriteFile(filepath.Join(dir, name), b.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}
