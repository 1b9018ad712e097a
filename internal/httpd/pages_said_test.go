package httpd

import (
	"encoding/json"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// saidAt are where a program reads what a page shows beside its own answer: routes of the same world. Besides, what a
// page shows of a claim or an article that its answer names by number is answered at that number.
var saidAt = map[string][]string{
	"/collections/:collection/queue":      {"/drafts", "/claims/:id/review", "/claims/:id/adjudicate"},
	"/claims/:id/review":                  {"/drafts"},
	"/collections/:collection/guidelines": {"/collections/:collection/guidelines?version=1"},
}

// ownWords are words of the pages themselves, and what a form begins with, by route; the reason is beside them.
var ownWords = map[string][]string{
	// the conditions of the address, said in words
	"/collections/:collection/queue": {"English, Persian", "English", "none", "“grants”", "given to Reviewer One",
		"given to you", "opened by you"},
	// what is said of one that has none
	"/collections/:collection/articles": {"Article 3 without a title", "Source not stated"},
	"/articles/:id/original":            {"Article 3 without a title"},
	// the languages that the form of readers is shown in, by their own names
	"/ask/:name":       {"English", "العربية", "فارسی", "日本語"},
	"/asked/:secret":   {"English", "العربية", "فارسی", "日本語"},
	"/settings/tokens": {"90"}, "/machines": {"90"}, // days that a form begins with
	"/collections/:collection/model":         {"500"},
	"/collections/:collection/requests/form": {"2000"},
	// a name as it is compared, folded
	"/claims/:id/anchor": {"paper0"},
}

// TestAllThatAPageShowsAProgramCanAsk walks every page of the table, as everybody who is let in, and compares it with
// what the same person's program is answered at the same address, or at the twins of the page: each text that has a
// language of its own (statements, quotations, glosses, what people wrote) stands in the answer, and so does each
// number that stands by itself.
func TestAllThatAPageShowsAProgramCanAsk(t *testing.T) {
	t.Parallel()
	w := fill(t, 1)
	w.offered(w.open, "fr", "Le conseil a approuvé 12 subventions.")
	kept := map[string]any{}
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
				all := programSaid{w: w, t: t, who: who, asked: map[string]bool{}, kept: kept}
				all.numbers = map[int]bool{}
				all.ask(path, 2)
				for _, at := range saidAt[r.path] {
					all.ask(w.paths(at)[0], 1)
				}
				shown := readPage(t, page.body)
				words, numbers = words+len(shown.words), numbers+len(shown.numbers)
				if strings.Contains(path, "source=") {
					all.ask("/sources", 0)
				}
				for _, n := range regexp.MustCompile(`article=([0-9]+)`).FindStringSubmatch(path) {
					all.ask("/articles/"+strings.TrimPrefix(n, "article="), 0) // that the address names
				}
				for _, x := range shown.words {
					if writtenOut.MatchString(x) { // a moment, which answers write by RFC 3339
						continue
					}
					if !all.says(x) && !slices.Contains(ownWords[r.path], x) {
						t.Errorf("%s as %s shows “%s”, and no answer has it", path, who, x)
					}
				}
				for _, n := range shown.numbers {
					if !all.numbers[n] {
						t.Errorf("%s as %s shows the number %d, and no answer has it", path, who, n)
					}
				}
			}
		}
	}
	t.Logf("%d pages, %d texts, %d numbers", pages, words, numbers)
	if pages < 300 || words < 1000 || numbers < 100 {
		t.Errorf("only %d pages, %d texts and %d numbers were compared", pages, words, numbers)
	}
}

// answerSaid is what answers have: all words, and all numbers, with the lengths of lists, which a page counts.
type answerSaid struct {
	words   string
	numbers map[int]bool
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

// programSaid is what one person's program is answered at several addresses.
type programSaid struct {
	answerSaid
	w     full
	t     *testing.T
	who   string
	asked map[string]bool
	kept  map[string]any // answers to everybody, by person and address
}

// claimNames and articleNames are members that name a claim or an article by number.
var (
	claimNames = []string{"claim", "claims", "other_claim", "merged_into", "kept", "gone", "found", "likely",
		"oldest_claim"}
	articleNames = []string{"article", "articles", "other_article", "other"}
)

// ask asks at an address, and so many steps on at the claims and articles that the answer names.
func (a *programSaid) ask(path string, steps int) {
	a.t.Helper()
	if a.asked[path] {
		return
	}
	a.asked[path] = true
	v, there := a.kept[a.who+" "+path]
	if !there {
		v = a.fresh(path)
		a.kept[a.who+" "+path] = v
	}
	a.take(v)
	if steps == 0 || v == nil {
		return
	}
	for at := range thingsNamed(v, "", map[string]bool{}) {
		a.ask(at, steps-1)
	}
	if parts := strings.Split(path, "/"); len(parts) > 3 && (parts[1] == "claims" || parts[1] == "articles") {
		a.ask("/"+parts[1]+"/"+parts[2], steps-1)
	}
}

// fresh asks the server; nil is what is not for this person.
func (a *programSaid) fresh(path string) (v any) {
	a.t.Helper()
	got := a.w.do(a.who, get, path, "", "", "Accept", "application/json")
	if got.status == http.StatusForbidden || got.status == http.StatusConflict || got.status == http.StatusNotFound {
		return nil // a twin that is not for this person
	}
	if got.status != http.StatusOK {
		a.t.Errorf("%s as %s is answered %d", path, a.who, got.status)
		return nil
	}
	if err := json.Unmarshal([]byte(got.body), &v); err != nil {
		a.t.Errorf("%s: %v", path, err)
	}
	return v
}

// thingsNamed are the addresses of the claims and articles that a value names by number; member is its own name.
func thingsNamed(v any, member string, out map[string]bool) map[string]bool {
	switch x := v.(type) {
	case float64:
		if x < 1 {
			return out
		}
		if slices.Contains(claimNames, member) {
			out["/claims/"+strconv.Itoa(int(x))] = true
		}
		if slices.Contains(articleNames, member) {
			out["/articles/"+strconv.Itoa(int(x))] = true
		}
	case []any:
		for _, y := range x {
			thingsNamed(y, member, out)
		}
	case map[string]any:
		if _, is := x["statement"]; is && x["id"] != nil {
			thingsNamed(x["id"], "claim", out)
		}
		if standing, is := x["standing"].(map[string]any); is { // in an older text of its article
			out[fmt.Sprintf("/articles/%v?revision=%v", x["article"], standing["n"])] = true
		}
		for name, y := range x {
			thingsNamed(y, name, out)
		}
	}
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
	for _, mark := range []string{"\u2066", "\u2067", "\u2068", "\u2069", "\u200e", "\u200f"} {
		s = strings.ReplaceAll(s, mark, "")
	}
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
				out.words = append(out.words, foreignIn(n)...)
				return
			}
			if words := plainly(textOf(n)); in && bareNumber.MatchString(words) && n.Data != "a" && n.Data != "kbd" {
				i, _ := strconv.Atoi(strings.ReplaceAll(words, ",", ""))
				out.numbers = append(out.numbers, i)
				return
			}
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c, in)
		}
	}
	walk(doc, false)
	return out
}

// foreignIn are the words of an element with a language of its own: as one text, or piece by piece where marks, links,
// numbers and what is read aloud only stand in it.
func foreignIn(n *html.Node) (out []string) {
	var pieces []string
	whole := true
	for d := range n.Descendants() {
		marks := attr(d, "class") != "" || slices.Contains([]string{"a", "button", "ins", "del", "sup", "ol", "p"},
			d.Data)
		whole = whole && !(d.Type == html.ElementNode && marks)
		if d.Type == html.TextNode {
			pieces = append(pieces, d.Data)
		}
	}
	if whole {
		pieces = []string{strings.Join(pieces, "")}
	}
	for _, p := range pieces {
		p = strings.TrimPrefix(plainly(p), ", ")
		if len([]rune(p)) > 1 && (whole || strings.Contains(p, " ")) && !readAloud.MatchString(p) {
			out = append(out, p)
		}
	}
	return out
}

// writtenOut are moments as pages write them.
var writtenOut = regexp.MustCompile(`^[0-9]{1,2} [A-Z][a-z]{2} [0-9]{4}, [0-9:.]+ UTC$`)

// readAloud are marks that only a screen reader says.
var readAloud = regexp.MustCompile(`^(Before|Since|Changed to:|unreviewed|in conflict|corroborated|[0-9]+, .*)$`)

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
