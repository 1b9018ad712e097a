package httpd

import (
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"claimbench/internal/claims"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

// fill puts the numbers of a world into a route's path.
func (d *door) fill(path string, claim claims.ID) string {
	d.t.Helper()
	return strings.NewReplacer(":collection", itoa(d.Collection.ID), "/articles/:id", "/articles/1",
		"/claims/:id", claimURL(claim), "/evidence/:id", "/evidence/1", "/sets/:id", "/sets/1", "/users/:id",
		"/users/1",
		"/sources/:id", "/sources/1", ":seq", "1", ":rule", "hasty_approval", ":token", "no-such-token").Replace(path)
}

// TestUnknownParameters: on every page a name or value that it does not know is refused by name, for browsers and
// programs; the ones it knows are listed.
func TestUnknownParameters(t *testing.T) {
	t.Parallel()
	d := newDoor(t)
	fa, _ := d.twoArticles()
	cl := d.Claim(fa, "حدود ۹ گیگابایت", "حدود ۹ گیگابایت داده منتشر شد")
	for _, r := range d.server.routes() {
		if r.method != get {
			continue
		}
		path := d.fill(r.path, cl.ID)
		for _, q := range []string{"nonsense=1", "nothing=", "State=open"} {
			name, _, _ := strings.Cut(q, "=")
			d.do("reviewer-1", get, path+"?"+q, "", "", "Accept", "application/json").want(t,
				http.StatusUnprocessableEntity, "“"+name+"” in the address is not known here")
		}
	}
	list := under(d.Collection.ID, "claims")
	d.get("reviewer-1", list+"?nonsense=1").want(t, http.StatusUnprocessableEntity, "Known are state, verdict")
	d.get("reviewer-1", list+"?state=bogus").want(t, http.StatusUnprocessableEntity, "“bogus” is no state of a claim",
		"open")
	d.get("reviewer-1", list+"?verdict=bogus").want(t, http.StatusUnprocessableEntity, "corroborated")
	d.get("auditor-1", "/history?action=bogus").want(t, http.StatusUnprocessableEntity, "“bogus” is no kind of event",
		"review")
	d.get("auditor-1", "/history?action=review.").want(t, http.StatusOK)
	d.get("auditor-1", "/history?action=review.submitted").want(t, http.StatusOK)
	for _, object := range []string{"bogus", "bogus:1", "claim:", "claim 42", ":42"} {
		d.get("auditor-1", "/history?object="+url.QueryEscape(object)).want(t, http.StatusUnprocessableEntity,
			"“"+object+"” is no object of the history", "claim:42")
	}
	d.get("auditor-1", "/history?object="+claims.Object(cl.ID)).want(t, http.StatusOK)
	d.get("reviewer-1", list+"?mine=yes").want(t, http.StatusUnprocessableEntity, "yes")
	d.get("reviewer-1", list+"?state=open&state=decided").want(t, http.StatusUnprocessableEntity, "2 times")
	for _, q := range []string{"state=approved;x", "state=%zz", "zz=1;mine=1"} { // pairs that Go leaves out
		d.get("reviewer-1", list+"?"+q).want(t, http.StatusUnprocessableEntity, "cannot be read")
	}
	d.get("reviewer-1", list+"?state=&verdict=&mine=1").want(t, http.StatusOK)
	d.get("reviewer-1", under(d.Collection.ID, "queue")+"?tab=bogus").want(t, http.StatusUnprocessableEntity, "bogus")
}

// nonsense is what no parameter means: numbers that are too large, days and zones that there are not, half a character,
// what is written in another language, and very much of it.
var nonsense = []string{"9223372036854775807", "9223372036854775808", "-1", "0", "1e3", "claim:9223372036854775808",
	"claim:9223372036854775807", "claim.%25_", "%ED%A0%80", "%C0%AF", "2026-02-30", "9999-12-31", "0001-01-01",
	"-0044-03-15", "10000-01-01T00:00:00Z", "2026-11-28T25:00", "Mars/Olympus", "..%2F..%2Fetc%2Fpasswd",
	"%F0%9F%98%80", "%27%20OR%201%3D1--", "%E2%80%AE", strings.Repeat("9", 50), strings.Repeat("%D8%B9", 2000)}

// TestNonsenseInAddresses: whatever stands in a parameter that an address knows, on both engines, nothing fails: it is
// refused in words, or nothing is found.
func TestNonsenseInAddresses(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		d := newDoorOn(t, db)
		fa, _ := d.twoArticles()
		cl := d.Claim(fa, "حدود ۹ گیگابایت", "حدود ۹ گیگابایت داده منتشر شد")
		asked := 0
		for _, r := range d.server.routes() {
			if r.method != get || len(r.access.params) == 0 {
				continue
			}
			path, who := d.fill(r.path, cl.ID), "auditor-1"
			if d.json(who, get, path, "").status == http.StatusForbidden {
				who = "editor-1"
			}
			if d.json(who, get, path, "").status == http.StatusForbidden {
				who = "admin-1"
			}
			for _, p := range r.access.params {
				for _, v := range nonsense {
					asked++
					got := d.json(who, get, path+"?"+p.name+"="+v, "")
					if got.status >= 500 {
						t.Errorf("%s: %s?%s=%.60s answers %d: %s", who, path, p.name, v, got.status, got.body)
					}
					if refused := got.status >= 400; refused && !strings.Contains(got.body, `"detail":"`) {
						t.Errorf("%s?%s=%.60s is refused without a word: %s", path, p.name, v, got.body)
					}
				}
			}
		}
		if asked < 1000 {
			t.Errorf("only %d addresses were asked", asked)
		}
	})
}

// TestOwnLinksAreKnown follows every link and every form that only reads, from page to page, as everybody: none leads
// to an address that is refused or to a page that fails.
func TestOwnLinksAreKnown(t *testing.T) {
	t.Parallel()
	d := theLoop(t, storetest.SQLite(t))
	numbers := regexp.MustCompile(`[0-9]+`)
	for _, who := range []string{"", "reviewer-1", "reviewer-2", "editor-1", "auditor-1", "admin-1"} {
		seen, waiting := map[string]bool{}, []string{"/"}
		for len(waiting) > 0 {
			path := waiting[0]
			waiting = waiting[1:]
			r := d.get(who, path)
			if r.status >= 500 || r.status == http.StatusUnprocessableEntity {
				t.Errorf("%s follows %s to %d:\n%s", nameOr(who, "nobody"), path, r.status, visible(r.body))
			}
			for _, next := range append(linksOf(t, path, r.body), r.location) {
				u, err := url.Parse(next)
				if err != nil || !strings.HasPrefix(next, "/") || strings.HasPrefix(next, "/assets/") {
					continue
				}
				keys := []string{}
				for k := range u.Query() {
					keys = append(keys, k)
				}
				slices.Sort(keys)
				// One of each kind: the numbers may differ.
				kind := numbers.ReplaceAllString(u.Path, "N") + "?" + strings.Join(keys, "&")
				if !seen[kind] {
					seen[kind] = true
					waiting = append(waiting, u.RequestURI())
				}
			}
		}
		t.Log(who, len(seen), seen)
		if len(seen) < 2 && who != "" {
			t.Errorf("%s found %d kinds of pages", who, len(seen))
		}
	}
}

// linksOf lists where a page's links and reading forms lead, with the names of the forms' fields.
func linksOf(t *testing.T, page, body string) []string {
	t.Helper()
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	doc.Find("a[href]").Each(func(_ int, a *goquery.Selection) { out = append(out, a.AttrOr("href", "")) })
	form := func(action string, f *goquery.Selection) {
		q := url.Values{}
		f.Find("[name]").Each(func(_ int, field *goquery.Selection) {
			q.Set(field.AttrOr("name", ""), field.AttrOr("value", ""))
		})
		if action == "" {
			action = page
		}
		out = append(out, strings.SplitN(action, "?", 2)[0]+"?"+q.Encode())
	}
	doc.Find("form[method=get]").Each(func(_ int, f *goquery.Selection) { form(f.AttrOr("action", ""), f) })
	doc.Find("[formmethod=get]").Each(func(_ int, b *goquery.Selection) {
		form(b.AttrOr("formaction", ""), b.Closest("form"))
	})
	return out
}

// TestPostsTakeNoQuery: what stands in the address of an act, and not in its body, is refused by name, not passed over.
func TestPostsTakeNoQuery(t *testing.T) {
	t.Parallel()
	d := newDoor(t)
	for _, r := range d.server.routes() {
		if r.method != post {
			continue
		}
		path := strings.NewReplacer(":collection", "1", ":id", "1", ":token", "x").Replace(r.path)
		p := d.json("editor-1", post, path+"?role=admin", `{}`).problem(t, http.StatusUnprocessableEntity)
		if len(p.Errors) != 1 || p.Errors[0].Parameter != "role" || p.Errors[0].Pointer != "" {
			t.Errorf("%s: %+v", r.path, p)
		}
	}
}
