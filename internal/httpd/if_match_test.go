package httpd

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"claimbench/internal/articles"
	"claimbench/internal/desk"
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
		member := "version"
		version, has := body[member].(float64)
		if !has {
			member = "opened" // of what has numbered versions
			version, has = body[member].(float64)
		}
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
		delete(body, member)
		late := send(fmt.Sprintf(`"%d"`, int(version)+40), body)
		body[member] = version + 40
		raw, _ := json.Marshal(body)
		field := w.json(x.who, post, x.path, string(raw))
		if late.status != field.status {
			t.Errorf("%s: a late If-Match is answered %d, a late field %d", x.route, late.status, field.status)
		}
		delete(body, member)
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

// readAsETag says of each act that compares a version where its ETag is read; "- …" says why nowhere, and where the
// version stands instead.
var readAsETag = map[string]string{
	"/collections/:collection/rules":              "/collections/:collection/rules",
	"/fetching":                                   "/fetching",
	"/collections/:collection/fetching":           "/collections/:collection/fetching",
	"/fetching/stamping":                          "- stamping.version of GET /fetching, which is about the fetching",
	"/sources/:id":                                "- in a line of /sources",
	"/collections/:collection/sources/:id/rating": "- in a line of /sources, ratings",
	"/articles/:id/watch":                         "/articles/:id/watch",
	"/articles/:id/watch/end":                     "/articles/:id/watch",
	"/articles/:id/watch/take":                    "/articles/:id",
	"/articles/:id/origin":                        "- origin.version of GET /articles/:id, whose ETag is the article’s",
	"/articles/:id/same-origin":                   "- origin.version of GET /articles/:id, whose ETag is the article’s",
	"/articles/:id/revisions":                     "/articles/:id",
	"/articles/:id/take-down":                     "/articles/:id/take-down",
	"/articles/:id/protection":                    "/articles/:id",
	"/articles/:id/protection/lift":               "/articles/:id",
	"/articles/:id/drafts/claims/:began":          "- it stands with what was kept of the typing, at /drafts",
	"/claims/:id/drafts/edit":                     "- it stands with what was kept of the typing, at /drafts",
	"/claims/:id/drafts/split":                    "- it stands with what was kept of the typing, at /drafts",
	"/claims/:id/drafts/gloss":                    "- it stands with what was kept of the typing, at /drafts",
	"/claims/:id/drafts/glosses/:lang":            "- it stands with what was kept of the typing, at /drafts",
	"/claims/:id/drafts/comment":                  "- it stands with what was kept of the typing, at /drafts",
	"/claims/:id/drafts/outside":                  "- it stands with what was kept of the typing, at /drafts",
	"/claims/:id/draft":                           "- it stands with what was kept of the typing, at /drafts",
	"/claims/:id/drafts/adjudication":             "- it stands with what was kept of the typing, at /drafts",
	"/claims/:id/drafts/approval":                 "- it stands with what was kept of the typing, at /drafts",
	"/claims/:id/drafts/question":                 "- it stands with what was kept of the typing, at /drafts",
	"/claims/:id/drafts/reopening":                "- it stands with what was kept of the typing, at /drafts",
	"/claims/:id/drafts/answer":                   "- it stands with what was kept of the typing, at /drafts",
	"/claims/:id/anchor/confirm":                  "/claims/:id",
	"/claims/:id/anchor/keep":                     "/claims/:id",
	"/claims/:id/anchor/move":                     "/claims/:id",
	"/claims/:id/accept":                          "/claims/:id",
	"/claims/:id/reject":                          "/claims/:id",
	"/claims/:id/restore":                         "/claims/:id",
	"/claims/:id/withdraw":                        "/claims/:id",
	"/claims/:id/merge":                           "/claims/:id",
	"/claims/:id/rounds":                          "/claims/:id",
	"/claims/:id/adjudications":                   "/claims/:id/adjudicate",
	"/claims/:id/approvals":                       "/claims/:id/approve",
	"/claims/:id/checked":                         "- in a line of /claims/:id/checked",
	"/checked/files/:id/import":                   "/checked/files/:id",
	"/checked/files/:id/drop":                     "/checked/files/:id",
	"/checked/:id/remove":                         "/checked/:id",
	"/checked/:id/withhold":                       "/checked/:id",
	"/claims/:id/glosses":                         "- in a line of /claims/:id, glosses",
	"/claims/:id/glosses/confirm":                 "- in a line of /claims/:id, glosses",
	"/claims/:id/comments/resolve":                "- in a line of /claims/:id, comments",
	"/claims/:id/comments/reopen":                 "- in a line of /claims/:id, comments",
	"/collections/:collection/guidelines":         "/collections/:collection/guidelines",
	"/collections/:collection/method":             "/collections/:collection/method",
	"/collections/:collection/guidelines/gaps": "" +
		"- in a line of /collections/:collection/guidelines, gaps",
	"/collections/:collection/assignments/rule": "- rule.version of GET /collections/:collection/assignments",
	"/evidence/:id/unlink":                      "- in a line of /claims/:id, evidence",
	"/evidence/:id/protection":                  "- in a line of /claims/:id, evidence",
	"/evidence/:id/protection/lift":             "- in a line of /claims/:id, evidence",
	"/evidence/:id/capture/withhold":            "- item.version of GET /evidence/:id/capture",
	"/replies/:id/answer":                       "- in a line of /claims/:id, replies",
	"/sets/:id/claims":                          "/sets/:id",
	"/sets/:id/claims/matching":                 "/sets/:id",
	"/sets/:id/claims/remove":                   "/sets/:id",
	"/sets/:id/claims/move":                     "/sets/:id",
	"/sets/:id/title":                           "/sets/:id",
	"/sets/:id/imprint":                         "/sets/:id",
	"/sets/:id/freeze":                          "/sets/:id",
	"/sets/:id/correct":                         "/sets/:id",
	"/sets/:id/omissions":                       "- in a line of /sets/:id/preview, omitted",
	"/alarms/:id/answers":                       "- in a line of /collections/:collection/alarms",
	"/collections/:collection/requests/form":    "/collections/:collection/requests/form",
	"/requests/:id/links":                       "/requests/:id",
	"/requests/:id/links/remove":                "/requests/:id",
	"/requests/:id/refuse":                      "/requests/:id",
	"/requests/:id/reopen":                      "/requests/:id",
	"/requests/:id/withhold":                    "/requests/:id",
	"/requests/:id/place":                       "/requests/:id",
	"/feeds/:id":                                "/feeds/:id",
	"/feeds/:id/end":                            "/feeds/:id",
	"/collections/:collection/arrivals/:id": "" +
		"- in a line of /collections/:collection/articles/import, arrivals",
	"/collections/:collection/arrivals/:id/revise": "" +
		"- in a line of /collections/:collection/articles/import, arrivals",
	"/collections/:collection/arrivals/:id/letters": "" +
		"- in a line of /collections/:collection/articles/import, arrivals",
	"/collections/:collection/arrivals/:id/columns": "" +
		"- in a line of /collections/:collection/articles/import, arrivals",
	"/collections/:collection/model": "/collections/:collection/model",
	"/webhooks/:id":                  "/webhooks/:id",
	"/webhooks/:id/secret":           "/webhooks/:id",
}

// TestEveryVersionIsReadAsAnETag: each act that takes If-Match names the address whose ETag it compares, and that
// answer has one.
func TestEveryVersionIsReadAsAnETag(t *testing.T) {
	t.Parallel()
	d := newDoor(t)
	reads := map[string]desk.Answer{}
	for _, r := range d.server.routes() {
		if r.method == get {
			reads[r.path] = r.access.speaks.out
		}
	}
	for _, r := range d.server.routes() {
		if r.method != post || !takesVersion(r.access.speaks.in) {
			continue
		}
		at, listed := readAsETag[r.path]
		_, has := desk.VersionOf(reads[at])
		if listed && strings.HasPrefix(at, "- ") {
			continue
		}
		if !listed || !has {
			t.Errorf("%s takes If-Match; read at %q, which has an ETag: %t", r.path, at, has)
		}
	}
}
