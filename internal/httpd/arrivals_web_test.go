package httpd

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"sync"
	"testing"

	"claimbench/internal/addresses"
	"claimbench/internal/arrivals"
	"claimbench/internal/articles"
	"claimbench/internal/fetch"
	"claimbench/internal/fetch/fetchtest"
	"claimbench/internal/roomtest"
	"claimbench/internal/store/storetest"
)

// newDoorOnWeb is a door of a workbench that fetches from a site on loopback, which has these pages by path.
func newDoorOnWeb(t *testing.T, pages map[string]http.HandlerFunc) (d *door, url string) {
	t.Helper()
	site := newSiteOf(t, pages)
	o := fetchtest.Loopback(netip.MustParseAddrPort(strings.TrimPrefix(site.URL, "http://")).Port())
	return newDoorThatFetches(t, o), site.URL
}

func newSiteOf(t *testing.T, pages map[string]http.HandlerFunc) *httptest.Server {
	t.Helper()
	site := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if page := pages[r.URL.Path]; page != nil {
			page(w, r)
			return
		}
		http.NotFound(w, r)
	}))
	t.Cleanup(site.Close)
	return site
}

// newDoorThatFetches is a door of a workbench that fetches by a client of these options.
func newDoorThatFetches(t *testing.T, o fetch.Options) *door {
	t.Helper()
	d := newDoorIn(t, roomtest.NewOnWeb(t, storetest.SQLite(t), articles.CollectionNew{}, fetch.New(o)), Options{})
	for _, sw := range []addresses.Switch{{Allowed: true, Contact: "desk@paper.example"},
		{CollectionID: d.Collection.ID, Allowed: true}} {
		if _, err := d.Web.Set(roomtest.Ctx(), d.As("admin-1"), sw); err != nil {
			t.Fatal(err)
		}
	}
	d.working()
	ctx, stop := context.WithCancel(roomtest.Ctx())
	done := make(chan struct{})
	go func() {
		defer close(done)
		d.Web.Run(ctx)
	}()
	t.Cleanup(func() { stop(); <-done })
	return d
}

// fetched waits until no address of a person is being fetched or read.
func (d *door) fetched(user string) []map[string]any {
	d.t.Helper()
	for {
		all, going := d.waiting(user), false
		for _, x := range all {
			going = going || x["state"] == string(arrivals.Fetching) || x["state"] == string(arrivals.Reading)
		}
		if !going {
			return all
		}
	}
}

// TestArrivalsOfAddresses: addresses stand on the page while they are fetched, then as files do; what may be a newer
// text of an article is compared word by word and taken as its revision. By page and by JSON.
func TestArrivalsOfAddresses(t *testing.T) {
	t.Parallel()
	held := make(chan struct{})
	page := func(words string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			_, _ = fmt.Fprintf(w,
				`<!doctype html><html lang="en"><title>Bread</title><main><h1>Bread</h1><p>%s</p></main>`,
				words)
		}
	}
	const was = "The price of bread rose by a tenth in a year, the ministry said on Tuesday, and bakers do not " +
		"know why."
	d, url := newDoorOnWeb(t, map[string]http.HandlerFunc{"/bread": func(w http.ResponseWriter, r *http.Request) {
		<-held
		page(strings.Replace(was, "a tenth", "a fifth", 1))(w, r)
	}, "/old": func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/bread", http.StatusFound) }})
	release := sync.OnceFunc(func() { close(held) })
	t.Cleanup(release)
	first := d.Article(articles.Import{Lang: "en", URL: url + "/bread", Raw: was, Title: "Bread"}).Article
	in, at := under(d.Collection.ID, "articles/import"), under(d.Collection.ID, "arrivals")
	d.brings("editor-1", "text/html", "--", "addresses", "https://user:secret@paper.example/").want(t,
		http.StatusUnprocessableEntity, "Line 1")
	d.brings("editor-1", "text/html", "--", "addresses", url+"/old\n"+url+"/none", "text", "A text of some "+
		"words.").want(
		t, http.StatusSeeOther)
	d.settled("editor-1")
	d.get("editor-1", in).want(t, http.StatusOK, url+"/old", "being fetched", "Cancel", "are being fetched, read")
	d.get("editor-2", in).want(t, http.StatusOK, "Nothing waits here").without(t, "/old")
	release()
	all := d.fetched("editor-1")
	seen := d.get("editor-1", in).want(t, http.StatusOK, "not fetched", "Fetch it again", "Another text of this "+
		"address",
		"Compare both", "It led to another address", "2 ready, 1 not fetched", "It is a newer text of an article here")
	if all[0]["state"] != "ready" || all[0]["same_address"] == nil || all[1]["state"] != "failed" ||
		all[1]["message"] == nil || len(all[0]["reached"].([]any)) != 2 {
		t.Fatalf("%v\n%s", all, seen.body)
	}
	id, version := itoa(int64(all[0]["id"].(float64))), itoa(int64(all[0]["version"].(float64)))
	both := withQuery(in, "compare", id, "article", itoa(first.ID))
	d.get("editor-1", both).want(t, http.StatusOK, "<del>tenth</del>", "<ins>fifth</ins>", "Take it as a revision")
	d.get("editor-2", both).want(t, http.StatusNotFound)
	d.get("editor-1", withQuery(in, "compare", id, "article", "99")).want(t, http.StatusNotFound)
	d.json("editor-1", post, at+"/"+id+"/revise", `{"version":`+version+`,"article":99,"article_version":1}`).want(t,
		http.StatusNotFound)
	d.json("editor-2", post, at+"/"+id+"/revise", `{"version":`+version+`,"article":1,"article_version":1}`).want(t,
		http.StatusNotFound)
	d.form("editor-1", at+"/"+id+"/revise", "version", version, "article", itoa(first.ID), "article_version",
		"9").want(t, http.StatusConflict)
	d.form("editor-1", at+"/"+id+"/revise", "version", version, "article", itoa(first.ID), "article_version",
		itoa(first.Version)).want(t, http.StatusSeeOther)
	d.get("editor-1", "/articles/"+itoa(first.ID)).want(t, http.StatusOK, "a fifth")
	d.get("editor-1", in).want(t, http.StatusOK, "has it as its newest revision")
	d.json("editor-1", post, at+"/again", `{}`).want(t, http.StatusOK, `"changed":1`)
	d.json("editor-1", post, at+"/discard", `{"arrival":[`+itoa(int64(all[1]["id"].(float64)))+`]}`).want(t,
		http.StatusOK, `"changed":1`)
	d.json("editor-1", post, at, `{"addresses":"`+url+`/old\n`+url+`/none"}`).want(t, http.StatusAccepted,
		`"arrivals":[`)
}

// TestNamesThatLeadHome: a name that leads to this machine, as localhost.example may, is never asked, whichever door it
// comes by; the person is told.
func TestNamesThatLeadHome(t *testing.T) {
	t.Parallel()
	o, stop, err := fetchtest.Home()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(stop)
	d := newDoorThatFetches(t, o)
	const home = "http://localhost.example/"
	in := under(d.Collection.ID, "articles/import")
	d.brings("editor-1", "text/html", "--", "addresses", home).want(t, http.StatusSeeOther)
	if all := d.fetched("editor-1"); all[0]["state"] != "failed" || !strings.Contains(fmt.Sprint(all[0]["message"]),
		"not public") {
		t.Errorf("%v", all)
	}
	d.get("editor-1", in).want(t, http.StatusOK, "not fetched", "not public", "Fetch it again")
	d.json("editor-1", post, under(d.Collection.ID, "arrivals"), `{"addresses":"https://localhost.example/a"}`).want(t,
		http.StatusAccepted)
	if all := d.fetched("editor-1"); len(all) != 2 || all[1]["state"] != "failed" {
		t.Errorf("%v", all)
	}
	if n := d.Count("articles"); n != 0 {
		t.Errorf("%d articles", n)
	}
}
