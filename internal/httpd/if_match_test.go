package httpd

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"testing"

	"claimbench/internal/articles"
)

// TestIfMatchIsTheVersion does every deed that has a version with If-Match instead of the field: a late one meets the
// very conflict that a late field meets, one of the two that says another is refused, and the right one is done.
func TestIfMatchIsTheVersion(t *testing.T) {
	t.Parallel()
	w := fill(t, 1)
	forms := map[string]any{}
	for _, r := range w.server.routes() {
		forms[r.name()] = r.access.speaks.in
	}
	tried := 0
	for _, x := range slices.Concat(w.deedsOfPeople(t), w.deedsOfArticles(t), w.deedsOfClaims(t), w.deedsOfSets(t)) {
		var body map[string]any
		if err := json.Unmarshal([]byte(x.body()), &body); err != nil {
			t.Fatalf("%s: %v", x.route, err)
		}
		version, has := body["version"].(float64)
		send := func(match string, body map[string]any) reply {
			raw, err := json.Marshal(body)
			if err != nil {
				t.Fatal(err)
			}
			return w.do(x.who, post, x.path, "application/json", string(raw), "Accept", "application/json",
				"If-Match", match)
		}
		if !has {
			if !takesVersion(forms["POST "+x.route]) && readsBody(x.route) {
				send(`"1"`, body).problem(t, http.StatusUnprocessableEntity)
			}
			w.json(x.who, post, x.path, x.body())
			continue
		}
		if x.route == "/claims/:id/anchor/move" {
			w.json(x.who, post, x.path, x.body())
			continue // looks for the words itself
		}
		tried++
		for _, bad := range []string{"", "3", `W/"3"`, "*", `"three"`, `"1", "2"`, `"-1"`} {
			send(bad, body).problem(t, http.StatusUnprocessableEntity)
		}
		send(fmt.Sprintf(`"%d"`, int(version)+40), body).problem(t, http.StatusUnprocessableEntity)
		delete(body, "version")
		late := send(fmt.Sprintf(`"%d"`, int(version)+40), body)
		body["version"] = version + 40
		raw, _ := json.Marshal(body)
		field := w.json(x.who, post, x.path, string(raw))
		if late.status != field.status {
			t.Errorf("%s: a late If-Match is answered %d, a late field %d", x.route, late.status, field.status)
		}
		delete(body, "version")
		if got := send(fmt.Sprintf(`"%d"`, int(version)), body); got.status >= 300 {
			t.Errorf("%s with If-Match answers %d: %s", x.route, got.status, got.body)
		}
	}
	if tried < 20 {
		t.Errorf("%d acts have a version", tried)
	}
}

// readsBody says whether an act reads a body.
func readsBody(route string) bool {
	return !slices.Contains([]string{"/sign-out", "/settings/sessions/end"}, route)
}

// TestETagIsTheVersion: the answer about one thing gives its version as If-Match takes it back.
func TestETagIsTheVersion(t *testing.T) {
	t.Parallel()
	d := newDoor(t)
	in := d.Article(articles.Import{Lang: "en", Raw: "The council met. It approved seven grants on Monday."})
	at := fmt.Sprintf("/articles/%d", in.Article.ID)
	tag := d.json("editor-1", get, at, "").want(t, http.StatusOK).header.Get("ETag")
	if tag != fmt.Sprintf(`"%d"`, in.Article.Version) {
		t.Fatalf("ETag is %q, the version %d", tag, in.Article.Version)
	}
	take := func(match string) reply {
		return d.do("editor-1", post, at+"/take-down", "application/json", `{"reason":"the owner asked"}`, "Accept",
			"application/json", "If-Match", match)
	}
	take(`"77"`).problem(t, http.StatusConflict)
	take(tag).want(t, http.StatusOK)
}
