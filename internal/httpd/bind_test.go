package httpd

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"
)

// spoilt are a body's bytes, each with something that encoding/json takes silently, and where that stands.
func spoilt(t *testing.T, body string) map[string]string {
	t.Helper()
	var whole map[string]json.RawMessage
	if err := json.Unmarshal([]byte(body), &whole); err != nil {
		t.Fatalf("%s: %v", body, err)
	}
	inner := strings.TrimSuffix(strings.TrimPrefix(strings.TrimSpace(body), "{"), "}")
	out := map[string]string{body + "{}": "", body + "]": "", `{"no such field":1}`: "/no such field",
		`{"deep":` + strings.Repeat("[", 500) + strings.Repeat("]", 500) + `}`: "/deep"}
	for _, name := range slices.Sorted(maps.Keys(whole)) {
		value, at := string(whole[name]), "/"+name
		out[fmt.Sprintf(`{%s,"%s":%s}`, inner, name, value)] = at // the last one would count
		out[fmt.Sprintf(`{%s,"%s":%s}`, inner, strings.ToUpper(name), value)] = "/" + strings.ToUpper(name)
		replaced := func(with string) string {
			return strings.Replace(body, `"`+name+`":`+value, `"`+name+`":`+with, 1)
		}
		switch value[0] {
		case '"':
			out[replaced(`"\ud800"`)], out[replaced(`"a\u0000b"`)] = at, at
		case '[':
			out[replaced(`[null]`)] = at + "/0"
		case '{', 't', 'f', 'n':
		default:
			out[replaced(value+".0")], out[replaced(value+"e0")], out[replaced(`"`+value+`"`)] = at, at, at
			out[replaced("NaN")], out[replaced("0"+value)] = "", ""
		}
	}
	return out
}

// TestLaxJSONIsRefused sends every deed of a program with something in its body that no two programs read alike.
// Nothing is done, and the problem points to it.
func TestLaxJSONIsRefused(t *testing.T) {
	t.Parallel()
	w := fill(t, 1)
	forms := 0
	for _, x := range slices.Concat(w.deedsOfPeople(t), w.deedsOfArrivals(t), w.deedsOfArticles(t),
		w.deedsOfClaims(t), w.deedsOfSets(t)) {
		if body := x.body(); body != "{}" && x.who != "new" && x.route != "/settings/reset-notice" {
			forms++
			events := w.Count("events")
			for raw, at := range spoilt(t, body) {
				got := w.json(x.who, post, x.path, raw)
				if got.status != http.StatusUnprocessableEntity {
					t.Errorf("%s takes %.120s: %d %s", x.route, raw, got.status, got.body)
					continue
				}
				p := got.problem(t, got.status)
				if at == "" && len(p.Errors) > 0 || at != "" && (len(p.Errors) != 1 || p.Errors[0].Pointer != at) {
					t.Errorf("%s with %.120s points to %+v, not to %q", x.route, raw, p.Errors, at)
				}
			}
			if now := w.Count("events"); now != events {
				t.Errorf("%s did something %d times of what it should have refused", x.route, now-events)
			}
		}
		w.json(x.who, post, x.path, x.body()) // so that the deeds behind it find what they need
	}
	if forms < 35 {
		t.Errorf("%d forms were tried", forms)
	}
}

// TestBoxesAreOnOrOff: a value that a box cannot have is no "off".
func TestBoxesAreOnOrOff(t *testing.T) {
	t.Parallel()
	d := newDoor(t)
	fa, _ := d.twoArticles()
	url := claimURL(d.Claim(fa, "حدود ۹ گیگابایت", "حدود ۹ گیگابایت داده منتشر شد").ID) + "/edit"
	d.form("reviewer-1", url, "words_version", "1", "statement", "ده گیگابایت", "accept", "perhaps").want(t,
		http.StatusUnprocessableEntity, "neither on nor off")
}
