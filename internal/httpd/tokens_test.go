package httpd

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"slices"
	"strings"
	"testing"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/evidence"
	"claimbench/internal/fault"
	"claimbench/internal/history"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

// bearer asks as a program does.
func (d *door) bearer(token, method, path, body string, header ...string) reply {
	d.t.Helper()
	kind := ""
	if body != "" {
		kind = "application/json"
	}
	return d.do("", method, path, kind, body, append(header, "Authorization", "Bearer "+token)...)
}

// token makes a token of a person's own.
func (d *door) token(who string, readsOnly bool, scopes ...auth.Grant) string {
	d.t.Helper()
	secret, _, err := d.Auth.MakeToken(roomtest.Ctx(), d.As(who), auth.NewToken{Name: "a script", Scopes: scopes,
		ReadsOnly: readsOnly, Days: 30})
	if err != nil {
		d.t.Fatal(err)
	}
	return secret
}

// machineOf makes a machine of the world's collection.
func (d *door) machineOf(owner, name string, in ...auth.CollectionID) string {
	d.t.Helper()
	secret, _, err := d.Auth.MakeMachine(roomtest.Ctx(), d.As("admin-1"), auth.NewMachine{Name: name, Owner: owner,
		Collections: in, Days: 30})
	if err != nil {
		d.t.Fatal(err)
	}
	return secret
}

// machinesMay are the routes of the table that a machine opens, besides what anybody may. It is written out here: a
// route that is added to the server's list without being added here fails, and every other cell is 403.
var machinesMay = []string{"GET /machine", "GET /collections/:collection/machine/articles",
	"GET /machine/articles/:id", "GET /machine/articles/:id/claims", "GET /machine/claims/:id",
	"POST /collections/:collection/machine/articles",
	"GET /collections/:collection/machine/proposals", "POST /collections/:collection/machine/proposals",
	// what anybody may
	"GET /healthz", "GET /readyz", "GET /openapi.json", "GET /api", "GET /api/:group", "GET /api/types/:name",
	"GET /status/:name", "GET /status/:name/corrections.atom", "GET /status/:name/corrections.json",
	"GET /ask/:name", "POST /ask/:name", "GET /asked/:secret"}

// TestTokenMatrix asks every route of the table with every kind of token, and holds each cell: a machine gets what is
// listed and 403 for all else, a token that reads changes nothing, and a whole token has what its owner has at a
// browser but for what is theirs to do by hand.
func TestTokenMatrix(t *testing.T) {
	t.Parallel()
	w := fill(t, 1)
	d := w.door
	machine := d.machineOf("editor-1", "extractor", d.Collection.ID)
	cells := 0
	kinds := map[string]string{"editor": d.token("editor-1", false, auth.Grant{Role: auth.Editor}),
		"reader": d.token("editor-1", true, auth.Grant{Role: auth.Editor}),
		"admin":  d.token("admin-1", false, auth.Grant{Role: auth.Admin})}
	owner := map[string]string{"editor": "editor-1", "reader": "editor-1", "admin": "admin-1"}
	for _, r := range d.server.routes() {
		path := strings.NewReplacer(":token", "none", "/sources/:id", "/sources/1").Replace(w.paths(r.path)[0])
		body := ""
		if r.method == post {
			body = `{"no such field":1}`
		}
		got := d.bearer(machine, r.method, path, body)
		cells++
		if listed := slices.Contains(machinesMay, r.name()); listed == (got.status == http.StatusForbidden) ||
			!listed && !strings.Contains(got.body, "not on the list") {
			t.Errorf("machine, %s: %d, listed %t\n%.300s", r.name(), got.status, listed, got.body)
		}
		for kind, token := range kinds {
			cells++
			if r.path == livePath && !slices.Contains(handOnly, r.name()) {
				t.Fatal("the stream is open to tokens")
			}
			got := d.bearer(token, r.method, path, body)
			switch {
			case slices.Contains(handOnly, r.name()):
				if got.status != http.StatusForbidden || !strings.Contains(got.body, "A token cannot do this") {
					t.Errorf("%s, %s: %d, and it is for hands only", kind, r.name(), got.status)
				}
			case r.access.nobody:
			case kind == "reader" && r.method == post:
				if got.status != http.StatusForbidden || !strings.Contains(got.body, "only reads") {
					t.Errorf("a reading token, %s: %d", r.name(), got.status)
				}
			default:
				at := d.do(owner[kind], r.method, path, map[bool]string{true: "application/json"}[body != ""], body,
					"Accept", "application/json")
				if at.status != got.status {
					t.Errorf("%s, %s: %d by token, %d at a browser", kind, r.name(), got.status, at.status)
				}
			}
		}
	}
	if cells < 4*len(d.server.routes()) {
		t.Errorf("%d cells", cells)
	}
	for _, name := range slices.Concat(handOnly, forMachines) {
		if !slices.ContainsFunc(d.server.routes(), func(r route) bool { return r.name() == name }) {
			t.Errorf("%s is listed for tokens, and is no route", name)
		}
	}
}

// TestMachinesSeeNothingVeiled: what a machine reads is the same to the byte whether reviewers work on the claim or
// not, and holds no name of a person, no state of a round and no protected or withheld text.
func TestMachinesSeeNothingVeiled(t *testing.T) {
	t.Parallel()
	d := newDoor(t)
	fa, ar := d.twoArticles()
	cl := d.Claim(fa, "حدود ۹ گیگابایت", "حدود ۹ گیگابایت داده منتشر شد")
	item := d.Link(cl, ar, "نشر وثائق داخلية", evidence.Context, evidence.Report)
	machine := d.machineOf("editor-1", "extractor", d.Collection.ID)
	read := func() (all string) {
		for _, path := range []string{"/machine", under(d.Collection.ID, "machine/articles"),
			fmt.Sprintf("/machine/articles/%d", fa.Article.ID),
			fmt.Sprintf("/machine/articles/%d/claims", fa.Article.ID), "/machine/claims/" + itoa(cl.ID)} {
			got := d.bearer(machine, get, path, "").want(t, http.StatusOK)
			all += path + "\n" + got.body + got.header.Get("ETag") + "\n"
		}
		return all
	}
	before := read()
	if !strings.Contains(before, "نشر وثائق داخلية") || !strings.Contains(before, "حدود ۹ گیگابایت") {
		t.Fatalf("a machine reads no words:\n%s", before)
	}
	for _, never := range []string{"reviewer-1", "editor-1", "added_by", "linked_by", `"state"`, `"round"`, "verdict",
		"review", "note", "comment"} {
		if strings.Contains(before, never) {
			t.Errorf("a machine reads %q:\n%s", never, before)
		}
	}
	d.reviewed("reviewer-1", cl.ID, "the minutes")
	d.form("reviewer-2", claimURL(cl.ID)+"/comments", "text", "Which body?").want(t, http.StatusSeeOther)
	if after := read(); after != before {
		t.Errorf("a review moves what a machine reads:\n%s\n%s", before, after)
	}
	// a text that is taken down, and a protected one, are not there
	d.json("editor-1", post, fmt.Sprintf("/articles/%d/take-down", ar.Article.ID), fmt.Sprintf(
		`{"version":%d,"reason":"the owner asked"}`, ar.Article.Version)).want(t, http.StatusOK)
	d.bearer(machine, get, fmt.Sprintf("/machine/articles/%d", ar.Article.ID), "").problem(t, http.StatusNotFound)
	if after := read(); strings.Contains(after, "نشر وثائق داخلية") || strings.Contains(after, `"id":`+itoa(item.ID)+
		`,"article":`+itoa(ar.Article.ID)) {
		t.Errorf("a machine reads what was taken down:\n%s", after)
	}
	en := d.Article(articles.Import{Lang: "en", Raw: "The council met. It approved seven grants on Monday."})
	d.json("editor-1", post, fmt.Sprintf("/articles/%d/protection", en.Article.ID), fmt.Sprintf(
		`{"version":%d,"reason":"at risk"}`, en.Article.Version)).want(t, http.StatusOK)
	d.bearer(machine, get, fmt.Sprintf("/machine/articles/%d", en.Article.ID), "").problem(t, http.StatusNotFound)
	if strings.Contains(read(), "seven grants") {
		t.Error("a machine reads a protected text")
	}
	// another collection is not there
	other, err := d.Articles.CreateCollection(roomtest.Ctx(), d.As("admin-1"), articles.CollectionNew{Name: "Another"})
	if err != nil {
		t.Fatal(err)
	}
	stranger := d.machineOf("editor-1", "stranger", other.ID)
	for _, path := range []string{under(d.Collection.ID, "machine/articles"),
		fmt.Sprintf("/machine/articles/%d", fa.Article.ID), fmt.Sprintf("/machine/articles/%d/claims", fa.Article.ID),
		"/machine/claims/" + itoa(cl.ID)} {
		d.bearer(stranger, get, path, "").problem(t, http.StatusNotFound)
	}
	d.bearer(stranger, post, under(d.Collection.ID, "machine/articles"), `{"text":"A text."}`).
		problem(t, http.StatusNotFound)
}

// TestAMachineImports: the article is there under the machine's name, and every event says by which token.
func TestAMachineImports(t *testing.T) {
	t.Parallel()
	d := newDoor(t)
	machine := d.machineOf("editor-1", "extractor", d.Collection.ID)
	got := d.bearer(machine, post, under(d.Collection.ID, "machine/articles"),
		`{"text":"The council met. It approved seven grants on Monday.","lang":"en"}`, keyHeader, "k-1")
	got.want(t, http.StatusOK)
	var made struct{ Article struct{ ID int64 } }
	if err := json.Unmarshal([]byte(got.body), &made); err != nil {
		t.Fatal(err)
	}
	events := d.eventsOf(fmt.Sprintf("article:%d", made.Article.ID))
	if len(events) == 0 || events[0].Who.Name != "extractor" || events[0].Who.Token == 0 ||
		events[0].Who.Role != "machine" {
		t.Errorf("%+v", events)
	}
	again := d.bearer(machine, post, under(d.Collection.ID, "machine/articles"),
		`{"text":"The council met. It approved seven grants on Monday.","lang":"en"}`, keyHeader, "k-1")
	if again.status == http.StatusOK && strings.Contains(again.body, "claims") {
		t.Errorf("sent again, a machine is shown what it may not read: %s", again.body)
	}
}

// eventsOf reads the events of an object, the newest first.
func (d *door) eventsOf(object string) (all []history.Entry) {
	d.t.Helper()
	if err := d.DB.Read(roomtest.Ctx(), func(r *store.Rx) (err error) {
		all, err = history.List(r, history.Filter{Object: object, Viewer: history.Viewer{ReadAll: true}, Limit: 9})
		return err
	}); err != nil {
		d.t.Fatal(err)
	}
	return all
}

// TestTokensAreRefusedWithWords: in an address, beside a cookie, unknown, of another scheme, over their scope, and when
// their owner was disabled.
func TestTokensAreRefusedWithWords(t *testing.T) {
	t.Parallel()
	d := newDoor(t)
	fa, _ := d.twoArticles()
	at := fmt.Sprintf("/articles/%d", fa.Article.ID)
	d.member("writer", auth.Editor, d.Collection.ID)
	token := d.token("writer", false, auth.Grant{Role: auth.Reviewer, Collection: d.Collection.ID})
	refused := func(r reply, status int, kind fault.Kind, words string) {
		t.Helper()
		if p := r.problem(t, status); p.Kind != kind || !strings.Contains(p.Detail, words) {
			t.Errorf("%+v", p)
		}
	}
	d.bearer(token, get, at, "").want(t, http.StatusOK, `"article"`)
	// no other site's question is asked of a program, and none of its Accept
	d.bearer(token, post, at+"/extract", `{}`, "Sec-Fetch-Site", "cross-site", "Accept", "*/*").want(t, http.StatusOK)
	json := []string{"Accept", "application/json"}
	refused(d.do("", get, at+"?access_token="+token, "", "", json...), 422, fault.Invalid, "stands in the address")
	refused(d.do("", get, under(d.Collection.ID, "search")+"?q="+token, "", "", json...), 422, fault.Invalid,
		"stands in the address")
	refused(d.bearer(token, get, "/link/"+token, ""), 422, fault.Invalid, "stands in the address")
	refused(d.do("reviewer-1", get, at, "", "", append(json, "Authorization", "Bearer "+token)...), 422, fault.Invalid,
		"Send one of them")
	r := d.bearer("cbp_"+strings.Repeat("A", 43), get, at, "")
	refused(r, 401, fault.Unauthenticated, "not known here")
	if r.header.Get("WWW-Authenticate") != "Bearer" {
		t.Error("401 does not say how to come")
	}
	refused(d.do("", get, at, "", "", "Authorization", "Basic "+token), 401, fault.Unauthenticated, "no token")
	refused(d.bearer("", get, at, ""), 401, fault.Unauthenticated, "no token")
	refused(d.bearer(token, post, at+"/take-down", `{"version":1,"reason":"x"}`), 403, fault.Forbidden, "role editor")
	if err := d.Auth.DisableUser(roomtest.Ctx(), d.As("admin-1"), d.As("writer").UserID, "left"); err != nil {
		t.Fatal(err)
	}
	refused(d.bearer(token, get, at, ""), 401, fault.Unauthenticated, "is disabled")
}

// TestTokensAtAPage: a person makes a token, sees it once, and ends it; an admin makes a machine and renews its token.
func TestTokensAtAPage(t *testing.T) {
	t.Parallel()
	d := newDoor(t)
	d.form("reviewer-1", "/settings/tokens", "name", "my script", "scope", "reviewer:0", "days", "366").want(t, 422,
		"lives for 1 to 365 days", "my script")
	d.form("reviewer-1", "/settings/tokens", "name", "my script", "scope", "editor:0").want(t, 422,
		"You are not editor everywhere")
	d.form("reviewer-1", "/settings/tokens", "name", "my script", "scope", "boss").want(t, 422,
		"no role in a collection")
	made := d.form("reviewer-1", "/settings/tokens", "name", "my script", "scope", "reviewer:0").want(t,
		http.StatusCreated, auth.PersonalPrefix, "Shown once")
	_, rest, _ := strings.Cut(made.body, `id="new-token">`)
	secret, _, _ := strings.Cut(rest, "<")
	d.bearer(secret, get, "/collections", "").want(t, http.StatusOK, "items")
	page := d.get("reviewer-1", "/settings/tokens").want(t, http.StatusOK, "my script", "last used").body
	if strings.Contains(page, secret) {
		t.Error("the token is shown twice")
	}
	d.form("reviewer-2", "/settings/tokens/end", "token", "1").want(t, http.StatusNotFound)
	d.form("reviewer-1", "/settings/tokens/end", "token", "1").want(t, http.StatusSeeOther)
	d.bearer(secret, get, "/collections", "").want(t, http.StatusUnauthorized, "was ended on")
	d.form("admin-1", "/machines", "name", "extractor", "owner", "nobody-here", "collection",
		itoa(d.Collection.ID)).want(t, 422, "nobody who signs in as")
	made = d.form("admin-1", "/machines", "name", "extractor", "owner", "editor-1", "collection",
		itoa(d.Collection.ID)).want(t, http.StatusCreated, auth.MachinePrefix, "extractor")
	_, rest, _ = strings.Cut(made.body, `id="new-token">`)
	secret, _, _ = strings.Cut(rest, "<")
	d.bearer(secret, get, "/machine", "").want(t, http.StatusOK, `"name":"extractor"`)
	d.form("editor-1", "/machines", "name", "x2", "owner", "editor-1").want(t, http.StatusForbidden)
}

// TestATokenInAnAddressIsNotLogged: it is refused before anything is done, in a query, a path or a fragment of either,
// and no line of the log has it, however much is logged.
func TestATokenInAnAddressIsNotLogged(t *testing.T) {
	t.Parallel()
	log := &logLines{}
	d := newDoorWith(t, storetest.SQLite(t), Options{Log: slog.New(slog.NewJSONHandler(log,
		&slog.HandlerOptions{Level: slog.LevelDebug}))})
	token := d.token("editor-1", false, auth.Grant{Role: auth.Editor, Collection: d.Collection.ID})
	in := under(d.Collection.ID, "articles")
	before := d.Count("articles")
	for _, path := range []string{in + "?access_token=" + token, in + "?token=" + token, "/link/" + token,
		"/nowhere/" + token, in + "?q=" + strings.ToUpper(token[:4]) + token[4:] + "&x=" + token} {
		for _, method := range []string{get, post} {
			got := d.do("", method, path, map[string]string{post: "application/json"}[method],
				map[string]string{post: `{"text":"A text."}`}[method], "Accept", "application/json")
			if got.status != http.StatusUnprocessableEntity && got.status != http.StatusNotFound &&
				got.status != http.StatusUnauthorized || strings.Contains(got.body, token) {
				t.Errorf("%s %s: %d %s", method, path, got.status, got.body)
			}
		}
	}
	if d.Count("articles") != before {
		t.Error("something was done")
	}
	d.bearer(token, get, in, "").want(t, http.StatusOK)
	lines := slices.Concat(log.at(slog.LevelDebug), log.at(slog.LevelInfo), log.at(slog.LevelWarn),
		log.at(slog.LevelError))
	if s := strings.Join(lines, ""); strings.Contains(s, token) || len(lines) < 10 {
		t.Errorf("the log has the token, or only %d lines: %.500s", len(lines), s)
	}
}
