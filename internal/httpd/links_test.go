package httpd

import (
	"html"
	"maps"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"claimbench/internal/auth"
)

var (
	hrefs    = regexp.MustCompile(`(?:href|hx-get|data-url)="(/[^"]*)"`)
	formTags = regexp.MustCompile(`<(?:form|button)\b[^>]*>`)
	actTo    = regexp.MustCompile(`(?:form)?action="(/[^"]*)"`)
	digits   = regexp.MustCompile(`\d+`)
)

// walker follows what pages show to one person.
type walker struct {
	w     full
	who   string
	told  map[string]int    // kinds of address that were asked, by how often
	shown map[string]string // addresses of forms, and the page that showed them
}

// kindOfAddress is an address without its numbers and the values of its query: a page shows many of a kind.
func kindOfAddress(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return address
	}
	kind := digits.ReplaceAllString(u.Path, "N")
	query := u.Query()
	for _, name := range slices.Sorted(maps.Keys(query)) { // in one order: each other one would be a kind more
		if kind += "?" + name; name == "tab" || name == "all" {
			kind += "=" + query.Get(name)
		}
	}
	return kind
}

// ofEachKind is how many addresses of one kind are asked.
const ofEachKind = 2

func (k *walker) follow(t *testing.T, from, address string) {
	t.Helper()
	address, _, _ = strings.Cut(html.UnescapeString(address), "#")
	if k.knows(address) || strings.HasPrefix(address, "/assets/") || address == livePath {
		return
	}
	k.read(t, from, address, k.w.get(k.who, address))
}

// knows says that enough addresses of this kind were asked.
func (k *walker) knows(address string) bool { return k.told[kindOfAddress(address)] >= ofEachKind }

// read follows what stands on a page.
func (k *walker) read(t *testing.T, from, address string, got reply) {
	t.Helper()
	k.told[kindOfAddress(address)]++
	switch {
	case got.status == http.StatusSeeOther:
		k.follow(t, address, got.location)
		return
	case got.status != http.StatusOK:
		t.Errorf("%s shows %s the link %s, which answers %d", from, k.who, address, got.status)
		return
	case !strings.HasPrefix(got.header.Get("Content-Type"), "text/html"):
		return
	}
	for _, fault := range formsWithoutKey(got.body) {
		t.Errorf("%s, as %s reads it: %s", address, k.who, fault)
	}
	for _, tag := range formTags.FindAllString(got.body, -1) {
		if m := actTo.FindStringSubmatch(tag); m != nil && !strings.Contains(tag, `method="get"`) {
			k.shown[html.UnescapeString(m[1])] = address
		}
	}
	for _, m := range hrefs.FindAllStringSubmatch(got.body, -1) {
		k.follow(t, address, m[1])
	}
}

// TestPagesShowNoClosedDoor: every link and every form that a page shows a person is one that they may open and send.
func TestPagesShowNoClosedDoor(t *testing.T) {
	t.Parallel()
	w := fill(t, 1)
	w.sealed()
	w.member("no-role", "", 0)
	w.member("own-reviewer", auth.Reviewer, w.Collection.ID)
	w.member("own-editor", auth.Editor, w.Collection.ID)
	w.member("own-auditor", auth.Auditor, w.Collection.ID)
	people := []string{"no-role", "own-reviewer", "own-editor", "own-auditor", "editor-1", "auditor-1", "admin-1"}
	var walked []*walker
	for _, who := range people {
		k := &walker{w: w, who: who, told: map[string]int{}, shown: map[string]string{}}
		walked = append(walked, k)
		k.follow(t, "the door", "/")
		for _, r := range w.server.routes() { // pages that no list of this world leads to
			if r.method != get || r.path == livePath || strings.HasPrefix(r.path, "/link") {
				continue
			}
			for _, path := range w.paths(r.path) {
				if k.knows(path) {
					continue
				}
				if got := w.get(who, path); got.status == http.StatusOK {
					k.read(t, "a bookmark", path, got)
				}
			}
		}
		if len(k.told) < 3 {
			t.Errorf("%s is shown %d kinds of pages, so nothing is seen", who, len(k.told))
		}
	}
	for _, k := range walked { // what they send changes the world, so it comes last
		for action, page := range k.shown {
			if strings.HasPrefix(action, "/sign-out") || strings.HasSuffix(action, "/sessions/end") {
				continue
			}
			if got := w.form(k.who, action); got.status == http.StatusForbidden ||
				got.status == http.StatusNotFound || got.status == http.StatusMethodNotAllowed ||
				got.status >= http.StatusInternalServerError {
				t.Errorf("%s shows %s a form to %s, which answers %d: %s", page, k.who, action, got.status,
					visible(got.body))
			}
		}
	}
}
