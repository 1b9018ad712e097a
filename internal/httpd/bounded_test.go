package httpd

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"claimbench/internal/articles"
	"claimbench/internal/claims"
	"claimbench/internal/evidence"
	"claimbench/internal/review"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
	"claimbench/internal/webhooks"
)

// Goals for every page, whatever the data: the session is one read transaction, the page another.
const (
	mostReads      = 2
	mostStatements = 25
)

// mostOf is mostStatements but for the page that shows all that ten rooms print of a claim, looks in it for the names
// of protected sources, and holds its statements against the words in their articles; and for the queue, in which a
// conflict is decided: it shows what was typed of that.
func mostOf(path string) int64 {
	path, _, _ = strings.Cut(path, "?")
	switch {
	case strings.HasSuffix(path, "/preview"):
		return mostStatements + 5 // the fifth asks which words are covered
	case strings.HasSuffix(path, "/queue"):
		return mostStatements + 1
	}
	return mostStatements
}

// full is a world with a number of everything that pages show.
type full struct {
	*door
	article  articles.ID
	revised  articles.ID
	open     claims.ID // with reviews, evidence and comments
	conflict claims.ID
	decided  claims.ID
	moved    claims.ID
	set      int64 // a draft
	frozen   int64
	user     int64
	batches  []string // the addresses of one of each person
	shelf    shelved
	read     string // the address of an article that was read from a file
	ask      string // the address of the form for readers, and of one who asked
	asked    string
}

// fill makes n of everything, in one collection.
func fill(t *testing.T, n int) full { t.Helper(); return fillOn(t, storetest.SQLite(t), n) }

func fillOn(t *testing.T, db *store.DB, n int) full {
	t.Helper()
	d := newDoorOn(t, db)
	w := full{door: d, user: 1}
	if _, err := d.Hooks.Add(roomtest.Ctx(), d.As("admin-1"), d.Collection.ID, "https://desk.example/filled",
		webhooks.Topics.Names()); err != nil {
		t.Fatal(err)
	}
	var approved []string
	for i := range n {
		a := d.Article(articles.Import{Source: fmt.Sprintf("Paper %d", i), Title: fmt.Sprintf("Grants %d", i),
			Lang: "en",
			Raw: fmt.Sprintf("The council approved %d grants in May 2016. The mayor of Town%d denied it. Nobody else "+
				"spoke of Case%d. The minutes list %d names. All of it was printed in Paper%d.", i+12, i, i, i+40, i)})
		b := d.Article(articles.Import{Source: fmt.Sprintf("Radio %d", i), Lang: "en",
			Raw: fmt.Sprintf(
				"On Monday the council approved %d grants. Town%d kept silent about Case%d. Its mayor left.",
				i+12, i, i)})
		w.article = a.Article.ID
		if _, err := d.Evidence.SetArticleOrigin(roomtest.Ctx(), d.As("reviewer-1"), b.Article.ID,
			fmt.Sprintf("Council %d", i), 0); err != nil {
			t.Fatal(err)
		}
		claim := func(exact string) claims.Claim { return d.Claim(a, exact, exact+".") }
		link := func(c claims.Claim) {
			d.Link(c, b, fmt.Sprintf("approved %d grants", i+12), evidence.Supports, evidence.PrimaryDocument)
			for j := range 1 + n/2 {
				d.Link(c, b, fmt.Sprintf("Case%d", i), evidence.Context, evidence.Report)
				if _, err := d.Claims.AddComment(roomtest.Ctx(), d.As("reviewer-2"), c.ID,
					fmt.Sprintf("No. %d", j)); err != nil {
					t.Fatal(err)
				}
			}
		}
		open, conflict, decided, done := claim(fmt.Sprintf("approved %d grants", i+12)),
			claim(fmt.Sprintf("Town%d", i)),
			claim(fmt.Sprintf("Case%d", i)), claim(fmt.Sprintf("%d names", i+40))
		for _, c := range []claims.Claim{open, conflict, decided, done} {
			link(c)
		}
		yes := review.Draft{Verdict: claims.Corroborated, Reason: review.PrimaryDocument, Rationale: "It says so."}
		no := review.Draft{Verdict: claims.Unverified, Reason: review.Insufficient, Searched: "The archive."}
		for _, s := range []struct {
			who string
			c   claims.Claim
			d   review.Draft
		}{{"reviewer-1", open, yes}, {"reviewer-1", conflict, yes}, {"reviewer-2", conflict, no},
			{"reviewer-1", decided,
				yes}, {"reviewer-2", decided, yes}, {"reviewer-1", done, yes}, {"reviewer-2", done, yes}} {
			if _, _, err := d.Submit(s.who, s.c, s.d); err != nil {
				t.Fatal(err)
			}
		}
		d.form("editor-1", claimURL(done.ID)+"/approvals", "version", "1", "reason", "primary_document", "explanation",
			"The minutes say so.").want(t, http.StatusSeeOther)
		approved = append(approved, "claim", itoa(done.ID))
		w.open, w.conflict, w.decided = open.ID, conflict.ID, decided.ID
		w.moved = claim(fmt.Sprintf("printed in Paper%d", i)).ID
		w.revised = a.Article.ID
		d.form("editor-1", "/articles/"+itoa(a.Article.ID)+"/revisions", "version", itoa(a.Article.Version), "text",
			fmt.Sprintf("The council approved %d grants in May 2016. All of it was printed in Paper%d.", i+12,
				i+500)).want(
			t, http.StatusSeeOther)
		d.form("reviewer-1", "/articles/"+itoa(b.Article.ID)+"/extract").want(t, http.StatusSeeOther)
		d.member(fmt.Sprintf("member-%d", i), "reviewer", d.Collection.ID)
	}
	made := d.form("editor-1", under(d.Collection.ID, "sets"), "title", "May").want(t, http.StatusSeeOther)
	if _, err := fmt.Sscanf(made.location, "/sets/%d", &w.set); err != nil {
		t.Fatal(made.location)
	}
	d.form("editor-1", "/sets/"+itoa(w.set)+"/claims", append(approved, "version", "1")...).want(t, http.StatusSeeOther)
	w.frozen = w.set
	d.form("editor-1", "/sets/"+itoa(w.set)+"/freeze", "version", "2").want(t, http.StatusSeeOther)
	made = d.form("editor-1", "/sets/"+itoa(w.set)+"/correct").want(t, http.StatusSeeOther)
	if _, err := fmt.Sscanf(made.location, "/sets/%d", &w.set); err != nil {
		t.Fatal(made.location)
	}
	w.read = d.upload("editor-1", under(d.Collection.ID, "articles"), "talk.srt", []byte(subtitled)).want(t,
		http.StatusSeeOther).location
	w.busy()
	w.shelf = d.shelve(d.Collection.ID, w.open)
	w.asks(n)
	w.feedOf(w.Collection.ID)
	return w
}

// paths are the addresses of a route in this world.
func (w full) paths(route string) []string {
	fill := func(claim claims.ID, article articles.ID) string {
		return strings.NewReplacer("/checked/files/:id", shelfFileURL(w.shelf.files[0]), "/checked/:id",
			entryURL(w.shelf.entries[0]), ":collection", itoa(w.Collection.ID), "/claims/:id", claimURL(claim),
			"/articles/:id",
			"/articles/"+itoa(article), "/sets/:id", "/sets/"+itoa(w.set), "/users/:id", "/users/"+itoa(w.user),
			"/evidence/:id", "/evidence/1", "/requests/:id", "/requests/1", "/feeds/:id", "/feeds/1",
			"/ask/:name", w.ask, "/asked/:secret",
			w.asked, "/webhooks/:id", "/webhooks/1", "/api/:group", "/api/claims", "/api/types/:name",
			"/api/types/Claim", "/machines/:id", "/machines/"+itoa(w.user), ":seq", "9", ":rule",
			"hasty_approval").Replace(route)
	}
	col := "/collections/" + itoa(w.Collection.ID)
	switch route {
	case "/sets/:id":
		return []string{fill(0, 0), "/sets/" + itoa(w.frozen)}
	case "/claims/:id/adjudicate":
		return []string{fill(w.conflict, 0)}
	case "/claims/:id/approve", "/claims/:id/reopen":
		return []string{fill(w.decided, 0)}
	case "/claims/:id/anchor":
		return []string{fill(w.moved, 0)}
	case "/claims/:id":
		return []string{fill(w.open, 0), fill(w.conflict, 0), fill(w.decided, 0), fill(w.moved, 0)}
	case "/claims/:id/evidence":
		return []string{fill(w.open, 0), fill(w.open, 0) + "?q=council"}
	case "/articles/:id/original", "/articles/:id/original/file", "/articles/:id/original/page":
		return []string{strings.Replace(route, "/articles/:id", w.read, 1)}
	case "/articles/:id/claims/new":
		return []string{fill(0, w.article) + "?sentence=1"}
	case "/articles/:id":
		return []string{fill(0, w.article), fill(0, w.article) + "?revision=1", fill(0, w.article) + "?sentence=1"}
	case "/batches/:id":
		return w.batches
	case "/collections/:collection/method":
		return []string{col + "/method", col + "/method?before=2"}
	case "/collections/:collection/guidelines":
		return []string{col + "/guidelines", col + "/guidelines?version=1", col + "/guidelines?before=2",
			col + "/guidelines?gaps=9"}
	case "/collections/:collection/queue":
		var out []string
		for _, tab := range review.Tabs.Names() {
			if tab == review.TabCandidates { // what says nothing of candidates is refused
				out = append(out, col+"/queue?tab="+string(tab), col+"/queue?tab="+string(tab)+"&claim="+itoa(w.open),
					col+"/queue?tab="+string(tab)+"&lang=en,fa", col+"/queue?tab="+string(tab)+"&lang=en&text=grants",
					col+"/queue?tab="+string(tab)+"&source=1",
					col+"/queue?tab="+string(tab)+"&article="+itoa(w.article))
				continue
			}
			out = append(out, col+"/queue?tab="+string(tab), col+"/queue?tab="+string(tab)+"&sort=article&lang=en,fa",
				col+"/queue?tab="+string(tab)+"&sort=worth&text=grants&verdict=none&mine=1",
				col+"/queue?tab="+string(tab)+"&assignee="+itoa(w.user)+"&article="+itoa(w.article),
				col+"/queue?tab="+string(tab)+"&claim="+itoa(w.open),
				col+"/queue?tab="+string(tab)+"&after="+itoa(w.open))
		}
		return out
	case "/key-words":
		return []string{"/key-words?words=Der+Rat+von+Paris+am+3.+Mai+2021", "/key-words?in=fa&words=Paris"}
	case "/collections/:collection/search":
		return []string{col + "/search", col + "/search?q=council"}
	}
	return []string{fill(w.open, w.article)}
}

// cost is what a page costs the database, the largest of its addresses and people.
type cost struct {
	reads, statements int64
	at                string
}

func (w full) cost(t *testing.T, r route) (most cost) {
	t.Helper()
	seen := false
	for _, path := range w.paths(r.path) {
		for _, who := range []string{"reviewer-1", "editor-2", "auditor-1", "admin-1"} {
			for _, accept := range []string{"text/html", "application/json"} {
				status, n := w.within(who, path, accept)
				if status == http.StatusForbidden || status == http.StatusNotFound {
					continue // not for this person
				}
				if status != http.StatusOK && status != http.StatusSeeOther {
					t.Errorf("%s gets %d at %s", who, status, path)
				}
				seen = true
				at := fmt.Sprintf("%s as %s for %s", path, accept, who)
				if n.Statements.Load() > most.statements {
					most.statements, most.at = n.Statements.Load(), at
				}
				most.reads = max(most.reads, n.Reads.Load())
			}
		}
	}
	if !seen {
		t.Errorf("nobody reads %s, so nothing is counted", r.path)
	}
	return most
}

// within asks and counts. What takes more than a page may is asked again: the first time may fill an index in memory.
func (w full) within(who, path, accept string) (status int, n *store.Counter) {
	w.t.Helper()
	for range 2 {
		n = &store.Counter{}
		status = w.askOnce(store.WithCounter(context.Background(), n), who, path, accept).Code
		if n.Reads.Load() <= mostReads && n.Statements.Load() <= mostOf(path) {
			break
		}
	}
	return status, n
}

func (w full) askOnce(ctx context.Context, who, path, accept string) *httptest.ResponseRecorder {
	w.t.Helper()
	req := httptest.NewRequest(http.MethodGet, path, nil).WithContext(ctx)
	req.Header.Set("Accept", accept)
	at, _ := url.Parse(w.http.URL)
	if path == "/machine" || strings.Contains(path, "/machine/") {
		if w.machine == "" {
			w.door.machine = w.machineOf("editor-1", "counter", w.Collection.ID)
		}
		req.Header.Set("Authorization", "Bearer "+w.machine)
	} else {
		for _, c := range w.client(who).Jar.Cookies(at) {
			req.AddCookie(c)
		}
	}
	rec := httptest.NewRecorder()
	w.server.ServeHTTP(rec, req)
	return rec
}

// TestPagesAreBounded counts the read transactions and statements of every page, on a database with little and on one
// with ten times as much.
func TestPagesAreBounded(t *testing.T) {
	t.Parallel()
	little, much := fill(t, 1), fill(t, 10)
	for _, r := range little.server.routes() {
		if r.method != get || r.path == livePath || strings.HasPrefix(r.path, "/link") || r.access.open ||
			strings.HasSuffix(r.path, "/page") || // a picture of a PDF, which this world has not: read as the file is
			r.path == "/history/:seq/proof" { // it needs a signed checkpoint, which this world has not
			continue
		}
		small, large := little.cost(t, r), much.cost(t, r)
		if large.reads > mostReads || large.statements > mostOf(r.path) {
			t.Errorf("%s: %d reads, %d statements (with little: %d, %d) at %s", r.path, large.reads, large.statements,
				small.reads, small.statements, large.at)
		}
		t.Logf("%-40s %d reads %d statements; with little %d, %d", r.path, large.reads, large.statements, small.reads,
			small.statements)
	}
}
