package httpd

import (
	"encoding/json"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"
)

// wrongs are values that a field of that kind cannot have.
func wrongs(v any) []any {
	switch v.(type) {
	case string:
		return []any{"", "\u202eturned", strings.Repeat("x", 6000), "no such thing", "2026-13-45", "http://", nil}
	case float64:
		return []any{-1, 0, 4_000_000_000, 9_007_199_254_740_993}
	case []any:
		return []any{[]any{}, []any{-5}, []any{9_007_199_254_740_993}, []any{"x", "x", "x"}}
	}
	return nil
}

// TestPointersNameTheBodysOwnFields sends every form of a program with each field wrong in turn. What is told of a
// field is told by the name that it has in the body, whatever the room calls it.
func TestPointersNameTheBodysOwnFields(t *testing.T) {
	t.Parallel()
	w := fill(t, 1)
	told, refused := map[string]map[string]bool{}, map[string]bool{}
	for _, x := range slices.Concat(w.deedsOfPeople(t), w.deedsOfArrivals(t), w.deedsOfArticles(t),
		w.deedsOfClaims(t), w.deedsOfSets(t)) {
		body := x.body()
		var whole map[string]any
		if err := json.Unmarshal([]byte(body), &whole); err != nil {
			t.Fatalf("%s: %v", x.route, err)
		}
		for _, name := range slices.Sorted(maps.Keys(whole)) { // in one order, for some wrong values are taken
			right := whole[name]
			for _, wrong := range wrongs(right) {
				whole[name] = wrong
				raw, err := json.Marshal(whole)
				if err != nil {
					t.Fatal(err)
				}
				got := w.json(x.who, post, x.path, string(raw))
				if got.status < http.StatusBadRequest || got.status == http.StatusConflict {
					if err := json.Unmarshal([]byte(x.body()), &whole); err != nil { // of the version that is now
						t.Fatalf("%s: %v", x.route, err)
					}
					right = whole[name]
				}
				if got.status < http.StatusBadRequest {
					continue
				}
				refused[x.route] = true
				p := got.problem(t, got.status)
				if len(p.Errors) == 0 && got.status == http.StatusUnprocessableEntity {
					t.Errorf("%s with %s %v points nowhere: %s", x.route, name, wrong, p.Detail)
				}
				for _, m := range p.Errors {
					field, pointed := strings.CutPrefix(m.Pointer, "/")
					field, _, _ = strings.Cut(field, "/") // which element of a list
					if _, there := whole[field]; !pointed || !there && !w.takes(x, field) {
						t.Errorf("%s with %s %q points to %q, which the body has not: %s", x.route, name, wrong,
							m.Pointer, m.Detail)
					}
					if told[x.route] == nil {
						told[x.route] = map[string]bool{}
					}
					told[x.route][field] = true
				}
			}
			whole[name] = right
		}
		w.json(x.who, post, x.path, body) // so that the deeds behind it find what they need
	}
	for route, fields := range map[string][]string{"/claims/:id/comments": {"text"}, "/claims/:id/glosses": {"gloss"},
		"/claims/:id/edit": {"statement", "start"}, "/claims/:id/evidence/outside": {"quotation", "url"},
		"/settings/password": {"new"}, "/claims/:id/approvals": {"explanation"}, "/sets/:id/title": {"title"},
		"/articles/:id/claims": {"statement", "start"}} {
		for _, field := range fields {
			if !told[route][field] {
				t.Errorf("nothing was told of %s in %s: %v", field, route, told[route])
			}
		}
	}
	if len(refused) < 30 {
		t.Errorf("%d forms refused something, so most of them are not seen: %v", len(refused), refused)
	}
}

// takes says whether a form takes a field that this deed did not send: one that is known is not refused as unknown.
func (w full) takes(x deedDone, field string) bool {
	got := w.json(x.who, post, x.path, `{"`+field+`":{"no":"such value"}}`)
	return !strings.Contains(got.body, "There is no field")
}
