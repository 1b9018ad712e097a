package httpd

import (
	"flag"
	"fmt"
	"net/http"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/evidence"
	"claimbench/internal/history"
	"claimbench/internal/replies"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
	"claimbench/internal/webhooks"
)

var update = flag.Bool("update", false, "write the golden files anew")

// everybody who may come to the door: nobody, somebody without a role, a reviewer and an editor of another collection,
// and the four roles held everywhere.
var everybody = []string{"", "no-role", "other-reviewer", "other-editor", "reviewer-1", "editor-1", "auditor-1",
	"admin-1"}

// TestRoutesByRole asks every route as everybody with an empty form, and compares the statuses with the golden table.
// A row that changes is a change of who may do what. 401, 403 and 404 keep out; 303 to /sign-in asks to sign in; 422
// and 409 are for those who are let in but sent nothing.
func TestRoutesByRole(t *testing.T) {
	t.Parallel()
	d := newDoor(t)
	fa, ar := d.twoArticles()
	cl := d.Claim(fa, "حدود ۹ گیگابایت", "حدود ۹ گیگابایت داده منتشر شد")
	item := d.Link(cl, ar, "نشر وثائق داخلية", evidence.Context, evidence.Report)
	set, err := d.Sets.Create(roomtest.Ctx(), d.As("editor-1"), d.Collection.ID, "A set")
	if err != nil {
		t.Fatal(err)
	}
	other, err := d.Articles.CreateCollection(roomtest.Ctx(), d.As("admin-1"),
		articles.CollectionNew{Name: "Another investigation"})
	if err != nil {
		t.Fatal(err)
	}
	asked, err := d.Replies.Ask(roomtest.Ctx(), d.As("reviewer-1"), replies.Ask{ClaimID: cl.ID, Name: "Anna Weber",
		Way: replies.Phone, AskedOn: "2026-01-02", Until: "2026-01-03"})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := d.Hooks.Add(roomtest.Ctx(), d.As("admin-1"), d.Collection.ID, "https://desk.example/told",
		webhooks.Topics.Names()); err != nil {
		t.Fatal(err)
	}
	d.member("no-role", "", 0)
	d.member("other-reviewer", auth.Reviewer, other.ID)
	d.member("other-editor", auth.Editor, other.ID)
	d.member("spare", auth.Reviewer, 0)
	spare := d.As("spare").UserID
	on := d.shelve(d.Collection.ID, cl.ID)
	read := d.upload("editor-1", under(d.Collection.ID, "articles"), "talk.srt", []byte(subtitled)).location
	fill := strings.NewReplacer("/articles/:id/original", read+"/original",
		"/checked/files/:id", shelfFileURL(on.files[0]), "/checked/:id", entryURL(on.entries[0]),
		":collection", itoa(d.Collection.ID), "/articles/:id", fmt.Sprintf("/articles/%d", fa.Article.ID),
		"/claims/:id", claimURL(cl.ID), "/evidence/:id", "/evidence/"+itoa(item.ID),
		"/replies/:id", "/replies/"+itoa(asked.ID), "/webhooks/:id", "/webhooks/1",
		"/requests/:id", requestURL(d.asksOnce(d.Collection.ID)),
		"/feeds/:id", feedURL(d.feedOf(d.Collection.ID)),
		"/sets/:id", setURL(set.ID), "/users/:id", "/users/"+itoa(spare), "/sources/:id", "/sources/1", ":seq",
		itoa(d.lastEvent(claims.Object(cl.ID))), ":token", "no-such-token", ":group", "claims", ":name", "Claim",
		":rule", "hasty_approval")
	var b strings.Builder
	fmt.Fprintf(&b, "%-48s", "")
	for _, who := range everybody {
		fmt.Fprintf(&b, " %-14s", nameOr(who, "nobody"))
	}
	b.WriteString("\n")
	for _, r := range d.server.routes() {
		if r.path == livePath {
			continue // it does not end; TestTheStreamIsBlind opens it
		}
		fmt.Fprintf(&b, "%-48s", r.method+" "+r.path)
		for _, who := range everybody {
			fmt.Fprintf(&b, " %-14s", d.knock(who, r.method, fill.Replace(r.path)))
		}
		b.WriteString("\n")
	}
	golden(t, "testdata/routes.golden", b.String())
}

// lastEvent is the newest event of an object.
func (d *door) lastEvent(object string) int64 {
	d.t.Helper()
	var seq int64
	if err := d.DB.Read(roomtest.Ctx(), func(r *store.Rx) error {
		events, err := history.List(r, history.Filter{Object: object, Viewer: history.Viewer{ReadAll: true}, Limit: 1})
		if err == nil && len(events) == 1 {
			seq = events[0].Seq
		}
		return err
	}); err != nil || seq == 0 {
		d.t.Fatalf("no event of %s: %v", object, err)
	}
	return seq
}

func nameOr(s, none string) string {
	if s == "" {
		return none
	}
	return s
}

// knock asks one route as somebody who has just signed in, so that a route that ends sessions disturbs no other.
func (d *door) knock(who, method, path string) string {
	d.t.Helper()
	if strings.HasSuffix(who, "-1") {
		delete(d.clients, who)
	}
	saved := d.client(who)
	if who == "no-role" || strings.HasPrefix(who, "other-") {
		if path == "/sign-out" || path == "/settings/sessions/end" {
			return "303" // ends the session that the rows below need; signed in, as everybody is, is all it asks
		}
	}
	d.clients[who] = saved
	r := d.do(who, method, path, formKind(method), "", "Sec-Fetch-Site", "same-origin")
	if r.status == http.StatusSeeOther && strings.HasPrefix(r.location, "/sign-in?") {
		return "sign-in"
	}
	return fmt.Sprint(r.status)
}

func formKind(method string) string {
	if method == post {
		return "application/x-www-form-urlencoded"
	}
	return ""
}

func golden(t *testing.T, file, got string) {
	t.Helper()
	var lines []string
	for line := range strings.Lines(got) {
		lines = append(lines, strings.TrimRight(line, " \n"))
	}
	got = strings.Join(lines, "\n") + "\n"
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s differs (run with -update if that is meant):\n%s", file, diff)
	}
}

// TestEveryRouteIsGuarded: only the door itself is open to anybody.
func TestEveryRouteIsGuarded(t *testing.T) {
	t.Parallel()
	open := map[string]bool{"/": true, "/healthz": true, "/readyz": true, "/sign-in": true, "/sign-in/demo": true,
		"/sign-out": true, "/link/:token": true, "/theme": true,
		// What programs can ask is the same for all, and holds nothing of anybody.
		"/openapi.json": true, "/api": true, "/api/:group": true, "/api/types/:name": true,
		// What an admin published is read by anybody who has its address.
		"/status/:name": true, "/status/:name/corrections.atom": true, "/status/:name/corrections.json": true,
		"/ask/:name": true, "/asked/:secret": true}
	d := newDoor(t)
	for _, r := range d.server.routes() {
		if r.access.open != open[r.path] {
			t.Errorf("%s %s: open is %t", r.method, r.path, r.access.open)
		}
		if !r.access.open && !r.access.signed && (r.access.thing == "" || r.access.action == "") {
			t.Errorf("%s %s names no permission", r.method, r.path)
		}
	}
}
