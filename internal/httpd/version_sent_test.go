package httpd

import (
	"encoding/json"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"
)

// TestVersionsAreNotLeftOut sends every deed without each of the versions that it takes. The answer says which is
// missing: nobody was faster. What does not exist yet has no version, and what is of no use is done all the same.
func TestVersionsAreNotLeftOut(t *testing.T) {
	t.Parallel()
	w := fill(t, 1)
	tried := 0
	for _, x := range slices.Concat(w.deedsOfPeople(t), w.deedsOfArrivals(t), w.deedsOfArticles(t),
		w.deedsOfClaims(t), w.deedsOfSets(t)) {
		body := x.body()
		var whole map[string]any
		if err := json.Unmarshal([]byte(body), &whole); err != nil {
			t.Fatalf("%s: %v", x.route, err)
		}
		without := func(name string) string {
			less := maps.Clone(whole)
			delete(less, name)
			raw, err := json.Marshal(less)
			if err != nil {
				t.Fatal(err)
			}
			return string(raw)
		}
		missing := func(name string) {
			tried++
			p := w.json(x.who, post, x.path, without(name)).problem(t, http.StatusUnprocessableEntity)
			if len(p.Errors) != 1 || p.Errors[0].Pointer != "/"+name ||
				!strings.Contains(p.Detail, "is missing: send") || strings.Contains(p.Title, "faster") {
				t.Errorf("%s without %s: %+v", x.route, name, p)
			}
		}
		var first []string
		for _, name := range []string{"version", "words_version", "other_version", "round"} {
			switch value, has := whole[name]; {
			case !has || x.route == "/claims/:id/anchor/move": // looks for the words itself
			case value == 0.0:
				first = append(first, name)
			default:
				missing(name)
			}
		}
		w.json(x.who, post, x.path, body)
		if strings.HasSuffix(x.route, "/same-origin") {
			continue // said already, which is told first
		}
		for _, name := range first {
			missing(name)
		}
	}
	if tried < 25 {
		t.Errorf("%d versions were left out", tried)
	}
}

// TestFormsTellTheirVersion: a form is asked for its version as a program is.
func TestFormsTellTheirVersion(t *testing.T) {
	t.Parallel()
	d := newDoor(t)
	fa, _ := d.twoArticles()
	url := claimURL(d.Claim(fa, "حدود ۹ گیگابایت", "عبارت نخست").ID)
	for _, version := range [][]string{{}, {"version", " "}} {
		got := d.form("reviewer-1", url+"/withdraw", append(version, "reason", "no use")...)
		got.want(t, http.StatusUnprocessableEntity, "“version” is missing: send the version that you read.")
	}
	d.form("reviewer-1", url+"/withdraw", "version", "7", "reason", "no use").want(t, http.StatusConflict)
}

// TestFasterIsSaidOfVersionsOnly: the title of a conflict says whether somebody was faster, or the thing's state is
// another.
func TestFasterIsSaidOfVersionsOnly(t *testing.T) {
	t.Parallel()
	d := newDoor(t)
	fa, _ := d.twoArticles()
	url := claimURL(d.Claim(fa, "حدود ۹ گیگابایت", "عبارت نخست").ID)
	for _, x := range []struct{ who, path, body, title, detail string }{
		{"reviewer-1", "/withdraw", `{"version":7,"reason":"no use"}`, "Somebody was faster", "version 7"},
		{"editor-1", "/approvals", `{"version":1,"reason":"primary_document","explanation":"So."}`,
			"That cannot be done now", "Wait for its reviews"},
		{"reviewer-1", "/restore", `{"version":1}`, "That cannot be done now", "not rejected"},
	} {
		p := d.json(x.who, post, url+x.path, x.body).problem(t, http.StatusConflict)
		if p.Title != x.title || !strings.Contains(p.Detail, x.detail) {
			t.Errorf("%s: %q, %q", x.path, p.Title, p.Detail)
		}
	}
}
