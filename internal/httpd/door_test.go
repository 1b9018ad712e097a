package httpd

import (
	"html"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
	"claimbench/web"
)

// door is the whole server on a database, and the people who come to it.
type door struct {
	*roomtest.World
	t       *testing.T
	server  *Server
	http    *httptest.Server
	clients map[string]*http.Client
	machine string // the token of the machine that reads; "" until somebody needs it
}

func newDoor(t *testing.T) *door { return newDoorOn(t, storetest.SQLite(t)) }

func newDoorOn(t *testing.T, db *store.DB) *door {
	t.Helper()
	return newDoorWith(t, db, Options{})
}

// newDoorWith is a door with options of its own; assets and a silent log are added.
func newDoorWith(t *testing.T, db *store.DB, o Options) *door {
	t.Helper()
	return newDoorIn(t, roomtest.New(t, db, articles.CollectionNew{}), o)
}

// newDoorIn is the door of a world.
func newDoorIn(t *testing.T, w *roomtest.World, o Options) *door {
	t.Helper()
	if o.Assets = web.Unbuilt(); o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	s, err := New(w.House, o)
	if err != nil {
		t.Fatal(err)
	}
	d := &door{World: w, t: t, server: s, http: httptest.NewUnstartedServer(s), clients: map[string]*http.Client{}}
	d.http.Config = s.HTTP("")
	d.http.Config.Handler = contract{t, s.routes(), d.http.Config.Handler}
	d.http.Start()
	t.Cleanup(func() {
		d.http.CloseClientConnections()
		d.http.Close()
	})
	return d
}

// client is a browser in which a person is signed in; "" is nobody.
func (d *door) client(user string) *http.Client {
	d.t.Helper()
	if c, ok := d.clients[user]; ok {
		return c
	}
	jar, err := cookiejar.New(nil)
	if err != nil {
		d.t.Fatal(err)
	}
	c := &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error {
		return http.ErrUseLastResponse
	}}
	d.clients[user] = c
	if user == "" {
		return c
	}
	in, err := d.Auth.DemoSignIn(roomtest.Ctx(), user)
	if err != nil {
		d.t.Fatal(err)
	}
	at, err := url.Parse(d.http.URL)
	if err != nil {
		d.t.Fatal(err)
	}
	jar.SetCookies(at, []*http.Cookie{{Name: "session", Value: in.Token, Path: "/"}})
	return c
}

// reply is what came back.
type reply struct {
	status   int
	location string
	body     string
	header   http.Header
}

func (d *door) do(user, method, path, kind, body string, header ...string) reply {
	d.t.Helper()
	req, err := http.NewRequest(method, d.http.URL+path, strings.NewReader(body))
	if err != nil {
		d.t.Fatal(err)
	}
	if kind != "" {
		req.Header.Set("Content-Type", kind)
	}
	for i := 0; i+1 < len(header); i += 2 {
		req.Header.Set(header[i], header[i+1])
	}
	resp, err := d.client(user).Do(req)
	if err != nil {
		d.t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	raw, err := io.ReadAll(resp.Body)
	if err != nil {
		d.t.Fatal(err)
	}
	return reply{resp.StatusCode, resp.Header.Get("Location"), string(raw), resp.Header}
}

func (d *door) get(user, path string) reply { d.t.Helper(); return d.do(user, "GET", path, "", "") }

// form sends a form as a browser does; pairs are names and values.
func (d *door) form(user, path string, pairs ...string) reply {
	d.t.Helper()
	v := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		v.Add(pairs[i], pairs[i+1])
	}
	return d.do(user, "POST", path, "application/x-www-form-urlencoded", v.Encode(), "Sec-Fetch-Site", "same-origin")
}

func (d *door) json(user, method, path, body string) reply {
	d.t.Helper()
	return d.do(user, method, path, "application/json", body, "Accept", "application/json", "Sec-Fetch-Site",
		"same-origin")
}

// want fails unless the reply has the status and its body holds every part.
func (r reply) want(t *testing.T, status int, parts ...string) reply {
	t.Helper()
	if r.status != status {
		t.Fatalf("status %d, want %d; location %q; body:\n%s", r.status, status, r.location, visible(r.body))
	}
	one := oneLine(r.body)
	for _, p := range parts {
		if !strings.Contains(r.body, p) && !strings.Contains(one, p) &&
			!strings.Contains(html.UnescapeString(r.body), p) {
			t.Fatalf("the answer lacks %q; it says:\n%s", p, visible(r.body))
		}
	}
	return r
}

// oneLine is a page with every run of white space as one space: where a template's line is broken does not matter.
func oneLine(body string) string { return strings.Join(strings.Fields(body), " ") }

// visible cuts the main part out of a page, for messages.
func visible(body string) string {
	if i := strings.Index(body, `id="main"`); i >= 0 {
		body = body[i:]
	}
	if len(body) > 3000 {
		body = body[:3000]
	}
	return body
}

const persian = "هکرها حدود ۹ گیگابایت داده منسوب به کمپین مکرون را در وبسایت pastebin منتشر کردند.\nمسکو نیز هر " +
	"دخالتی را رد کرد."
const arabic = "نشر وثائق داخلية بينها آلاف رسائل البريد الالكتروني.\nالملفات سرقت منذ أسابيع."

// twoArticles imports a Persian and an Arabic text.
func (d *door) twoArticles() (fa, ar articles.Imported) {
	d.t.Helper()
	fa = d.Article(articles.Import{Source: "Radio Zamaneh", Lang: "fa", Published: "2017-05-06", Raw: persian})
	ar = d.Article(articles.Import{Lang: "ar", Published: "2017-05-07", Raw: arabic})
	return fa, ar
}

// now reads a claim as it is.
func (d *door) now(n claims.ID) claims.Claim {
	d.t.Helper()
	cl, err := d.Claims.Get(roomtest.Ctx(), d.As("auditor-1"), n)
	if err != nil {
		d.t.Fatal(err)
	}
	return cl
}

// member makes a user with one role and gives a browser in which they are signed in.
func (d *door) member(name string, role auth.Role, col auth.CollectionID) {
	d.t.Helper()
	admin := d.As("admin-1")
	u, err := d.Auth.CreateUser(roomtest.Ctx(), admin, auth.NewUser{Name: name})
	if err != nil {
		d.t.Fatal(err)
	}
	if role != "" {
		if err := d.Auth.GrantRole(roomtest.Ctx(), admin, u.ID, role, col); err != nil {
			d.t.Fatal(err)
		}
	}
	link, err := d.Auth.MakeLink(roomtest.Ctx(), admin, auth.Invite, u.ID)
	if err != nil {
		d.t.Fatal(err)
	}
	d.clients[name] = d.fresh()
	if r := d.form(name, link.Path(), "password", memberPassword); r.status != http.StatusSeeOther {
		d.t.Fatalf("the invitation of %s gave %d: %s", name, r.status, visible(r.body))
	}
}

// memberPassword is that of everybody whom member makes.
const memberPassword = "twelve words in a row"

func (d *door) fresh() *http.Client {
	jar, err := cookiejar.New(nil)
	if err != nil {
		d.t.Fatal(err)
	}
	return &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error {
		return http.ErrUseLastResponse
	}}
}
