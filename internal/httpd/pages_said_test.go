package httpd

import (
	"encoding/json"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// saidAt are where a program reads what a page shows beside its own answer: addresses of the same world, by route.
var saidAt = map[string][]string{}

// onlyOnPages are words and numbers of pages that no answer has, with the reason.
var onlyOnPages = map[string]map[string]string{}

// TestAllThatAPageShowsAProgramCanAsk walks every page of the table, as everybody who is let in, and compares it with
// what the same person's program is answered at the same address, or at the twins of the page: each text that has a
// language of its own (statements, quotations, glosses, what people wrote) stands in the answer, and so does each number
// that stands by itself.
func TestAllThatAPageShowsAProgramCanAsk(t *testing.T) {
	t.Parallel()
	w := fill(t, 1)
	w.offered(w.open, "fr", "Le conseil a approuvé 12 subventions.")
	pages, words, numbers := 0, 0, 0
	for _, r := range w.server.routes() {
		if r.method != get || r.path == livePath || r.access.speaks.silent != "" ||
			slices.Contains(forMachines, r.name()) || strings.Contains(r.path, ":token") {
			continue
		}
		for _, path := range w.paths(r.path) {
			for _, who := range []string{"reviewer-1", "editor-2", "auditor-1", "admin-1"} {
				page := w.do(who, get, path, "", "", "Accept", "text/html")
				if page.status != http.StatusOK || !strings.Contains(page.body, "<main") {
					continue
				}
				pages++
				said := w.answered(t, who, path)
				for _, twin := range saidAt[r.path] {
					said.add(w.answered(t, who, w.paths(twin)[0]))
				}
				shown := readPage(t, page.body)
				words, numbers = words+len(shown.words), numbers+len(shown.numbers)
				for _, x := range shown.words {
					if !said.says(x) && onlyOnPages[r.path][x] == "" {
						t.Errorf("%s as %s shows “%s”, and no answer has it", path, who, x)
					}
				}
				for _, n := range shown.numbers {
					if !said.numbers[n] && onlyOnPages[r.path]["#"+strconv.Itoa(n)] == "" {
						t.Errorf("%s as %s shows the number %d, and no answer has it", path, who, n)
					}
				}
			}
		}
	}
	t.Logf("%d pages, %d texts, %d numbers", pages, words, numbers)
	if pages < 100 || words < 300 || numbers < 100 {
		t.Errorf("only %d pages, %d texts and %d numbers were compared", pages, words, numbers)
	}
}

// answerSaid is what answers have: all words, and all numbers, with the lengths of lists, which a page counts.
type answerSaid struct {
	words   string
	numbers map[int]bool
}

func (s *answerSaid) add(o answerSaid) {
	s.words += "\n" + o.words
	for n := range o.numbers {
		s.numbers[n] = true
	}
}

func (s answerSaid) says(words string) bool { return strings.Contains(s.words, words) }

func (s *answerSaid) take(v any) {
	switch x := v.(type) {
	case string:
		s.words += "\n" + plainly(x)
		if n, err := strconv.Atoi(x); err == nil {
			s.numbers[n] = true
		}
	case float64:
		s.numbers[int(x)] = true
	case []any:
		s.numbers[len(x)] = true
		for _, y := range x {
			s.take(y)
		}
	case map[string]any:
		for name, y := range x {
			s.words += "\n" + name
			s.take(y)
		}
	}
}

func (w full) answered(t *testing.T, who, path string) (out answerSaid) {
	t.Helper()
	out.numbers = map[int]bool{}
	got := w.do(who, get, path, "", "", "Accept", "application/json")
	if got.status != http.StatusOK {
		t.Errorf("%s as %s is a page, and its answer is %d", path, who, got.status)
		return out
	}
	var v any
	if err := json.Unmarshal([]byte(got.body), &v); err != nil {
		t.Errorf("%s: %v", path, err)
	}
	out.take(v)
	return out
}

// pageShown is what a page shows of its own matter.
type pageShown struct {
	words   []string
	numbers []int
}

var bareNumber = regexp.MustCompile(`^[0-9]{1,3}(,[0-9]{3})*$|^[0-9]+$`)

// plainly is a text without what only sets it: isolates, doubled spaces.
func plainly(s string) string {
	s = strings.NewReplacer("\u2066", "", "\u2067", "", "\u2068", "", "\u2069", "", "\u200e", "", "\u200f", "").Replace(s)
	return strings.TrimSpace(spaces.ReplaceAllString(s, " "))
}

// readPage reads what stands in the main part of a page, without what is typed into and what is chosen from.
func readPage(t *testing.T, body string) (out pageShown) {
	t.Helper()
	doc, err := html.Parse(strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	var walk func(n *html.Node, in bool)
	walk = func(n *html.Node, in bool) {
		if n.Type == html.ElementNode {
			in = in || n.Data == "main"
			if typed := fieldHolds(n); in && typed != "" {
				out.words = append(out.words, typed)
			}
			if slices.Contains([]string{"script", "select", "textarea", "svg", "datalist", "label", "legend"}, n.Data) {
				return
			}
			if in && attr(n, "lang") != "" && attr(n, "dir") != "" {
				if words := plainly(textOf(n)); words != "" && attr(n, "lang") != "en-x-page" {
					out.words = append(out.words, words)
				}
				return
			}
			if in && slices.Contains(strings.Fields(attr(n, "class")), "num") {
				if words := plainly(textOf(n)); bareNumber.MatchString(words) {
					i, _ := strconv.Atoi(strings.ReplaceAll(words, ",", ""))
					out.numbers = append(out.numbers, i)
				}
			}
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c, in)
		}
	}
	walk(doc, false)
	return out
}

// fieldHolds is what a field of a form holds when a page comes, "" for what is hidden, chosen or typed anew.
func fieldHolds(n *html.Node) string {
	switch {
	case n.Data == "textarea":
		return plainly(textOf(n))
	case n.Data == "input" && slices.Contains([]string{"", "text", "url", "email", "number", "date"}, attr(n, "type")):
		return plainly(attr(n, "value"))
	}
	return ""
}

func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func textOf(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return b.String()
}
