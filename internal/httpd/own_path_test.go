package httpd

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"unicode/utf8"

	"claimbench/internal/articles"
)

// elsewhere are values that must lead nowhere but to the fallback. Several are followed to another site by some
// browser, the others are near to one that is.
var elsewhere = []string{
	"//other.example", "//other.example/x", "///other.example", "////other.example/x", "/\t/other.example/x",
	"/\t\t//other.example", "\t//other.example", "/\n/other.example", "/\r/other.example", "/\r\n/other.example",
	"/\x00/other.example", "/\x0b/other.example", "/\x0c/other.example", "/\x1f/other.example", "/\x7f/other.example",
	"/\\other.example", "\\/other.example", "\\\\other.example", "/\\/other.example", "/\\\\other.example/x",
	"/ /other.example", " //other.example", " /claims/1", "/%09/other.example/x", "/%2F/other.example",
	"/%2f%2fother.example", "/%5Cother.example", "/%5c%5cother.example", "/%0a/other.example", "/%0d%0aX: y",
	"/%00/other.example", "/%252F/other.example", "/%25252F%25252Fother.example", "/%E2%80%8B/other.example",
	"%2F%2Fother.example", "https://other.example/", "http://other.example", "HTTPS://other.example/settings",
	"http:other.example", "http:/other.example", "https:///other.example", "javascript:alert(1)",
	"JaVaScRiPt:alert(1)", "java\tscript:alert(1)", "data:text/html,x", "mailto:a@other.example", "//@other.example",
	"//user:password@other.example", "/@other.example", "https://127.0.0.1@other.example/", "/.", "/..", "/../",
	"/./", "/.//other.example", "/..//other.example", "/claims/../..//other.example", "/claims/..%2f..%2f/x",
	"/claims/1/../../sign-out", "/settings/", "/settings//", "//settings", "/settings;@other.example", "settings", "",
	".", "?x", "#x", "?next=//other.example", "/／other.example", "／／other.example", "/\u2028/other.example",
	"/\u202e/other.example", "/\u200b/other.example", "/\ufeff/other.example", "\ufeff//other.example",
	"/no-such-page", "/sign-out", "/users/3/disable", "/claims//1", "/live", "/settings?x=\x01", "/settings?x=%zz",
	"/settings?x=\"><script>", "/settings?x=<b>", "/settings?x=a\\b", "/settings#\"onload=", "/settings#%0a",
	"/settings\xff", "/settings?q=" + strings.Repeat("a", 3000), "/[::1]", "//[::1]/", "/:80", "//other.example:80",
	"/settings\r\nSet-Cookie: a=b", "/settings?x=1\r\nSet-Cookie: a=b", "/\u0085/other.example",
	"/%c0%af%c0%afother.example",
}

// here are addresses of ours; the second is how they come back.
var here = [][2]string{
	{"/", "/"}, {"/settings", "/settings"}, {"/claims/42", "/claims/42"}, {"/claims/42#evidence",
		"/claims/42#evidence"},
	{"/collections/1/queue?tab=mine&after=7", "/collections/1/queue?tab=mine&after=7"},
	{"/collections/1/search?q=a%20b%2F%2Fc", "/collections/1/search?q=a%20b%2F%2Fc"},
	{"/collections/1/search?q=هک", "/collections/1/search?q=%D9%87%DA%A9"},
	{"/articles/3?from=/claims/1", "/articles/3?from=/claims/1"},
}

func TestOwnPath(t *testing.T) {
	t.Parallel()
	d := newDoor(t)
	if len(elsewhere) < 60 {
		t.Fatalf("only %d tricks", len(elsewhere))
	}
	for _, trick := range elsewhere {
		if got := d.server.ownPath(trick, "/fallback"); got != "/fallback" {
			t.Errorf("ownPath(%q) = %q", trick, got)
		}
	}
	for _, c := range here {
		if got := d.server.ownPath(c[0], "/fallback"); got != c[1] {
			t.Errorf("ownPath(%q) = %q, want %q", c[0], got, c[1])
		}
	}
}

// browserGoes is the host to which a browser follows a Location: it drops tabs and line breaks and takes a backslash
// for a slash (WHATWG URL).
func browserGoes(t *testing.T, base, location string) string {
	t.Helper()
	plain := strings.NewReplacer("\t", "", "\n", "", "\r", "", "\\", "/").Replace(strings.TrimSpace(location))
	for strings.HasPrefix(plain, "//") && strings.HasPrefix(plain[2:], "/") {
		plain = plain[1:]
	}
	at, err := url.Parse(base)
	if err != nil {
		t.Fatal(err)
	}
	to, err := at.Parse(plain)
	if err != nil {
		t.Fatalf("the location %q is none: %v", location, err)
	}
	return to.Host
}

// TestRedirectsStayHere sends each trick to every route that takes where to return to.
func TestRedirectsStayHere(t *testing.T) {
	t.Parallel()
	d := newDoor(t)
	fa := d.Article(articles.Import{Lang: "fa", Raw: persian})
	cl := d.Claim(fa, "۹ گیگابایت", "هکرها ۹ گیگابایت داده منتشر کردند.")
	home, _ := url.Parse(d.http.URL)
	check := func(route, trick, fallback string, r reply) {
		t.Helper()
		if r.status != http.StatusSeeOther {
			t.Fatalf("%s with %q: %d %s", route, trick, r.status, visible(r.body))
		}
		if host := browserGoes(t, d.http.URL, r.location); host != home.Host {
			t.Errorf("%s with %q leads to %q: Location %q", route, trick, host, r.location)
		}
		if r.location != fallback {
			t.Errorf("%s with %q leads to %q, want %q", route, trick, r.location, fallback)
		}
	}
	for _, trick := range elsewhere {
		if strings.ContainsRune(trick, 0) || !utf8.ValidString(trick) {
			continue // refused by wellFormed, before the handler
		}
		check("GET /sign-in", trick, "/", d.get("reviewer-1", "/sign-in?next="+url.QueryEscape(trick)))
		check("POST /theme", trick, "/settings", d.form("reviewer-1", "/theme", "theme", "dark", "back", trick))
		if page := d.get("", "/sign-in?next="+url.QueryEscape(trick)); !strings.Contains(page.body,
			`name="next" value="/"`) && page.status == http.StatusOK {
			t.Errorf("the sign-in page keeps %q", trick)
		}
	}
	for i, trick := range elsewhere {
		if strings.ContainsRune(trick, 0) || !utf8.ValidString(trick) {
			continue
		}
		if i%7 == 0 {
			check("POST /sign-in/demo", trick, "/", d.form("", "/sign-in/demo", "user", "reviewer-2", "next", trick))
		}
		it := d.json("reviewer-1", "POST", claimURL(cl.ID)+"/evidence/outside", outsideJSON(i)).want(t, 200)
		var made struct{ ID int64 }
		if err := json.Unmarshal([]byte(it.body), &made); err != nil || made.ID == 0 {
			t.Fatalf("%v: %s", err, it.body)
		}
		check("POST /evidence/N/unlink", trick, claimURL(cl.ID), d.form("reviewer-1",
			"/evidence/"+itoa(made.ID)+"/unlink",
			"version", "1", "reason", "Linked by mistake.", "back", trick))
		if i > 70 {
			break
		}
	}
}

func outsideJSON(n int) string {
	return `{"url":"https://records.example/` + itoa(n) + `","quotation":"Seven were seized.","lang":"en",` +
		`"read_on":"2017-05-08","stance":"context","kind":"report"}`
}

// TestCookiesAreSecure: behind TLS every cookie that the server sets is Secure; without, none is.
func TestCookiesAreSecure(t *testing.T) {
	t.Parallel()
	d := newDoor(t)
	for _, public := range []string{"https://bench.example", "http://127.0.0.1:8080"} {
		d.server.opts.PublicURL = public
		secure := strings.HasPrefix(public, "https")
		session := &http.Cookie{Name: d.server.host(sessionCookie)}
		seen := map[string]bool{}
		knock := func(method, path, body string) *http.Response {
			req := httptest.NewRequest(method, path, strings.NewReader(body))
			req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			req.Header.Set("Sec-Fetch-Site", "same-origin")
			req.AddCookie(session)
			req.AddCookie(&http.Cookie{Name: noticeCookie, Value: "Done"})
			rec := httptest.NewRecorder()
			d.server.ServeHTTP(rec, req)
			for _, c := range rec.Result().Cookies() {
				seen[c.Name] = true
				if c.Secure != secure || !c.HttpOnly || c.SameSite == http.SameSiteDefaultMode || c.Path != "/" {
					t.Errorf("%s: %s %s sets %s", public, method, path, c)
				}
				if c.Name == session.Name {
					session = c
				}
			}
			return rec.Result()
		}
		knock("POST", "/sign-in/demo", "user=editor-1")
		knock("POST", "/theme", "theme=dark")
		knock("POST", "/theme", "theme=")
		knock("GET", "/settings", "")
		knock("POST", "/collections/1/sets", "title=The+set")
		knock("POST", "/sign-out", "")
		for _, name := range []string{d.server.host(sessionCookie), themeCookie, noticeCookie} {
			if !seen[name] {
				t.Errorf("%s: %s was never set", public, name)
			}
		}
	}
}
