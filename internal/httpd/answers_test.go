package httpd

import (
	"encoding/json"
	"fmt"
	"net/http"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/desk"
	"claimbench/internal/history"
	"claimbench/internal/roomtest"
)

// What every answer to a program looks like: one object, its members snake_case, no list null, moments in RFC 3339 and
// UTC, lists as {items, next}, errors as RFC 9457.

var (
	snakeCase = regexp.MustCompile(`^[a-z][a-z0-9]*(_[a-z0-9]+)*$`)
	dated     = regexp.MustCompile(`^\d{4}-\d\d-\d\d[T ]`)
	momentary = regexp.MustCompile(`^(at|since|expires)$|_at$`)
	utc       = regexp.MustCompile(`^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$`)
	// parts are short lists of objects that belong to the one object around them, all of them always there: they have
	// no next. Every other list of objects is {items, next}.
	parts = []string{"glosses", "unsupported", "marks", "ratings", "grants", "scopes", "brackets", "changes", "errors",
		"guards", "evidence", "reviews", "findings", "claims", "readers",
		"perhaps_same", "keys"}
	// nullable are the values that say something by being null.
	nullable = []string{"confidence"}
)

// shaped reports what in a JSON value is not as every answer is.
func shaped(at string, v any) (bad []string) {
	switch x := v.(type) {
	case map[string]any:
		for name, value := range x {
			here := at + "/" + name
			list, isList := value.([]any)
			_, isText := value.(string)
			switch {
			case !snakeCase.MatchString(name):
				bad = append(bad, here+" is not snake_case")
			case value == nil && !slices.Contains(nullable, name):
				bad = append(bad, here+" is null")
			case momentary.MatchString(name) && isText && value != "" && !utc.MatchString(value.(string)),
				momentary.MatchString(name) && isNumber(value) && strings.HasSuffix(name, "_at"):
				bad = append(bad, fmt.Sprintf("%s is no moment: %v", here, value))
			case isList && name != "items" && !slices.Contains(parts, name) && len(list) > 0 && isObject(list[0]):
				bad = append(bad, here+" is a list of objects without {items, next}")
			}
			if name == "items" && !isList {
				bad = append(bad, here+" is no list")
			}
			bad = append(bad, shaped(here, value)...)
		}
	case []any:
		for _, value := range x {
			bad = append(bad, shaped(at, value)...)
		}
	case string:
		if dated.MatchString(x) {
			if _, err := time.Parse(time.RFC3339Nano, x); err != nil || !utc.MatchString(x) {
				bad = append(bad, at+" is a moment that is not in UTC: "+x)
			}
		}
	}
	return bad
}

func isNumber(v any) bool { _, ok := v.(float64); return ok }

func isObject(v any) bool { _, ok := v.(map[string]any); return ok }

// shape fails unless a reply is as every answer to a program is. It gives the answer's object.
func (r reply) shape(t *testing.T, what string) map[string]any {
	t.Helper()
	kind := r.header.Get("Content-Type")
	var out map[string]any
	switch {
	case r.status >= http.StatusBadRequest:
		p := r.problem(t, r.status)
		if p.Type != "urn:claimbench:fault:"+string(p.Kind) {
			t.Errorf("%s: the problem's type is %q", what, p.Type)
		}
	case !strings.HasPrefix(kind, "application/json"):
		t.Errorf("%s answers %d with %s", what, r.status, kind)
		return nil
	}
	if err := json.Unmarshal([]byte(r.body), &out); err != nil {
		t.Errorf("%s is no object: %v\n%s", what, err, r.body)
		return nil
	}
	for _, bad := range shaped("", out) {
		t.Errorf("%s: %s", what, bad)
	}
	return out
}

// sealed signs a checkpoint of the world's history, so that there are proofs.
func (d *door) sealed() {
	d.t.Helper()
	key, err := history.OpenKey(filepath.Join(d.t.TempDir(), "log.key"))
	if err == nil {
		_, err = history.NewSigner(d.DB, key, nil).Sign(roomtest.Ctx())
	}
	if err != nil {
		d.t.Fatal(err)
	}
}

// notJSON are the routes whose answer is a file or no data at all, whoever asks.
var notJSON = map[string]bool{"GET /": true, "GET /healthz": true, "GET /readyz": true, "GET /history/:seq/proof": true,
	"GET /articles/:id/original/file": true,                                         // the bytes that came in
	"GET /articles/:id/original/page": true, "GET /evidence/:id/capture/page": true, // pictures
	"POST /sets/:id/export": true,
	// the document of all this, and its pages for people
	"GET /openapi.json": true, "GET /api": true, "GET /api/:group": true, "GET /api/types/:name": true,
	// a signed text, and feeds in formats of others (docs/status.md)
	"GET /status/:name": true, "GET /status/:name/corrections.atom": true, "GET /status/:name/corrections.json": true,
	// the bytes that are hashed, which keep moments as microseconds (docs/history.md)
	"POST /history/export": true, "POST /exceptions/export": true,
	"POST /collections/:collection/checked/export": true}

// TestEveryAnswerIsOfOneShape walks every route as everybody: what is read, what is done, and what is refused.
func TestEveryAnswerIsOfOneShape(t *testing.T) {
	t.Parallel()
	w := fill(t, 1)
	other, err := w.Articles.CreateCollection(roomtest.Ctx(), w.As("admin-1"),
		articles.CollectionNew{Name: "Another investigation"})
	if err != nil {
		t.Fatal(err)
	}
	w.member("no-role", "", 0)
	w.member("other-reviewer", auth.Reviewer, other.ID)
	w.member("other-editor", auth.Editor, other.ID)
	w.sealed()
	w.readsAll(t, true)
	w.refusesAll(t)
	w.doesAll(t)
	w.readsAll(t, false)
}

func (w full) readsAll(t *testing.T, each bool) {
	t.Helper()
	reader := w.machineOf("editor-1", fmt.Sprintf("reader-%t", each), w.Collection.ID)
	for _, r := range w.server.routes() {
		if r.method != get || r.path == livePath || notJSON[r.name()] {
			continue
		}
		answered := r.path == "/link/:token"
		for _, path := range w.paths(r.path) {
			if slices.Contains(forMachines, r.name()) {
				got := w.bearer(reader, get, path, "")
				got.shape(t, "a machine "+path)
				answered = answered || got.status == http.StatusOK
			}
			for _, who := range everybody {
				got := w.do(who, get, strings.NewReplacer(":token", "none").Replace(path), "", "", "Accept",
					"application/json")
				if got.status == http.StatusSeeOther {
					continue // signed in already
				}
				got.shape(t, who+" "+path)
				answered = answered || got.status == http.StatusOK
			}
		}
		if each && !answered {
			t.Errorf("nobody is answered at %s, so nothing is seen of it", r.path)
		}
	}
}

// refusesAll sends everybody's field that no form has: whoever is let in gets the pointer to it.
func (w full) refusesAll(t *testing.T) {
	t.Helper()
	for _, r := range w.server.routes() {
		if r.method != post || r.path == "/sign-out" || r.path == "/settings/sessions/end" {
			continue // they read no body; signing out is of its shape in doesAll
		}
		for _, who := range everybody {
			path := strings.NewReplacer(":token", "none", "/sources/:id", "/sources/1", "/evidence/:id", "/evidence/1").
				Replace(w.paths(r.path)[0])
			got := w.json(who, post, path, `{"no such field":1}`)
			if got.status < http.StatusBadRequest {
				t.Errorf("%s %s %s takes a field that it does not have: %d", who, r.method, path, got.status)
				continue
			}
			got.shape(t, who+" POST "+path)
		}
	}
}

// doesAll does every deed of the table once.
func (w full) doesAll(t *testing.T) {
	t.Helper()
	done := map[string]bool{}
	for _, x := range slices.Concat(w.deedsOfPeople(t), w.deedsOfArrivals(t), w.deedsOfArticles(t),
		w.deedsOfClaims(t), w.deedsOfSets(t)) {
		got := w.json(x.who, post, x.path, x.body())
		if got.status >= 300 {
			t.Errorf("%s as %s to %s answers %d:\n%s", x.route, x.who, x.path, got.status, got.body)
			continue
		}
		done["POST "+x.route] = true
		if !notJSON["POST "+x.route] {
			got.shape(t, "POST "+x.path)
		}
		if x.route == "/sets/:id/export" {
			var v any
			if err := json.Unmarshal([]byte(got.body), &v); err != nil {
				t.Errorf("%s: %v", x.path, err)
			}
			for _, bad := range shaped("", v) {
				t.Errorf("POST %s: %s", x.path, bad)
			}
		}
	}
	for _, r := range w.server.routes() {
		if r.method == post && !done[r.name()] {
			t.Errorf("%s is done by no deed of this test, so nothing is seen of its answer", r.name())
		}
	}
}

// TestTheStreamIsOfOneShape: what a live stream carries is JSON as every answer is.
func TestTheStreamIsOfOneShape(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	if err := writeNews(&b, []desk.Change{{Collection: 7, Object: "claim:1"}, {Collection: 7}}); err != nil {
		t.Fatal(err)
	}
	n := 0
	for line := range strings.Lines(b.String()) {
		data, ok := strings.CutPrefix(line, "data: ")
		if !ok {
			continue
		}
		n++
		var v map[string]any
		if err := json.Unmarshal([]byte(data), &v); err != nil || len(v) != 2 || v["topic"] != "collection:7" {
			t.Errorf("%v: %s", err, data)
		}
		for _, bad := range shaped("", v) {
			t.Error(bad)
		}
	}
	if n != 2 {
		t.Errorf("%d messages in %q", n, b.String())
	}
}
