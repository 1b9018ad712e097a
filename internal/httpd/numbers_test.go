package httpd

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// noNumbers are ways to write a number that addresses do not have.
var noNumbers = []string{"+1", "-1", "01", "-0", "0x1", "1e0", "1.0", " 1", "1 ", "1_0", "１", "۱", "1;1",
	"9223372036854775808"}

// TestNumbersAreWrittenOneWay: a thing has one address. On every route a number that is written in another way names
// nothing; in a query it is refused by the name of its parameter.
func TestNumbersAreWrittenOneWay(t *testing.T) {
	t.Parallel()
	d := newDoor(t)
	fa, _ := d.twoArticles()
	d.Claim(fa, "حدود ۹ گیگابایت", "حدود ۹ گیگابایت داده منتشر شد")
	for _, r := range d.server.routes() {
		for _, name := range []string{":id", ":collection", ":seq"} {
			if !strings.Contains(r.path, name) || strings.Contains(r.path, "/machine/") {
				continue
			}
			for _, raw := range append(noNumbers, "0") {
				path := strings.ReplaceAll(r.path, name, url.PathEscape(raw))
				path = strings.NewReplacer(":collection", "1", ":id", "1", ":seq", "1").Replace(path)
				who := map[bool]string{true: "auditor-1", false: "editor-1"}[name == ":seq"]
				if strings.HasPrefix(path, "/users") || strings.HasPrefix(path, "/sources") ||
					strings.HasPrefix(path, "/webhooks") ||
					strings.HasPrefix(path, "/machines") ||
					strings.HasSuffix(path, "/rules") {
					who = "admin-1"
				}
				if got := d.do(who, r.method, path, "", "", "Accept", "application/json"); got.status != 404 {
					t.Errorf("%s %s answers %d: %s", r.method, path, got.status, got.body)
				}
			}
		}
	}
	col := under(d.Collection.ID, "")
	for name, path := range map[string]string{"after": col + "claims", "article": col + "claims",
		"start": "/articles/1/claims/new", "sentence": "/articles/1", "from": "/articles/1",
		"revision": "/articles/1", "before": claimURL(1)} {
		for _, raw := range noNumbers {
			p := d.do("editor-1", get, withQuery(path, name, raw), "", "", "Accept", "application/json").
				problem(t, http.StatusUnprocessableEntity)
			if len(p.Errors) != 1 || p.Errors[0].Parameter != name || strings.Contains(p.Detail, "is no number.") {
				t.Errorf("%s?%s=%s: %+v", path, name, raw, p.problem)
			}
		}
	}
	for _, into := range []string{"01:1", "+1:1", "1:01", "1:1:1", "1", "1:", ":1", "x:1:1", "1:-1"} {
		d.form("editor-1", claimURL(1)+"/merge", "into", into, "version", "1").want(t, http.StatusUnprocessableEntity)
		d.form("editor-1", claimURL(1)+"/evidence", "passage", "1:x:1:0:"+into).want(t,
			http.StatusUnprocessableEntity)
	}
}

// TestAnEmptyKeyIsNone: a key that is sent and holds nothing, or is sent twice, is refused; nothing is done.
func TestAnEmptyKeyIsNone(t *testing.T) {
	t.Parallel()
	d := newDoor(t)
	fa, _ := d.twoArticles()
	at := claimURL(d.Claim(fa, "حدود ۹ گیگابایت", "حدود ۹ گیگابایت داده منتشر شد").ID)
	p := d.do("reviewer-1", post, at+"/comments", "application/json", `{"text":"x"}`, "Accept", "application/json",
		keyHeader, "").problem(t, http.StatusUnprocessableEntity)
	if !strings.Contains(p.Detail, keyHeader) || !strings.Contains(p.Detail, "empty") {
		t.Errorf("it is refused with %q", p.Detail)
	}
	d.form("reviewer-1", at+"/comments", "text", "A comment that is not lost", keyField, "").want(t,
		http.StatusUnprocessableEntity, "A comment that is not lost")
	d.form("reviewer-1", at+"/comments", "text", "x", keyField, "a", keyField, "b").want(t,
		http.StatusUnprocessableEntity, "2 times")
	if n := d.Count("comments"); n != 0 {
		t.Errorf("%d comments were added", n)
	}
}
