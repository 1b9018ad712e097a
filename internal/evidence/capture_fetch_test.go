package evidence_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"sync/atomic"
	"testing"

	"claimbench/internal/addresses"
	"claimbench/internal/articles"
	"claimbench/internal/captures"
	"claimbench/internal/evidence"
	"claimbench/internal/fault"
	"claimbench/internal/fetch"
	"claimbench/internal/fetch/fetchtest"
	"claimbench/internal/jobs"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

// A page is fetched at a press where that is allowed, by a job that another process may finish; that of a protected
// source never, and what a failure says names no site.
func TestCaptureIsFetched(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		var asked atomic.Int64
		site := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
			if r.URL.Path != "/page" {
				http.NotFound(rw, r)
				return
			}
			asked.Add(1)
			rw.Header().Set("Content-Type", "text/plain; charset=utf-8")
			rw.Header().Set("Set-Cookie", "a=hush")
			_, _ = rw.Write([]byte("It was said: Twelve, says kraken."))
		}))
		t.Cleanup(site.Close)
		port := netip.MustParseAddrPort(strings.TrimPrefix(site.URL, "http://")).Port()
		w := roomtest.NewOnWeb(t, db, articles.CollectionNew{}, fetch.New(fetchtest.Loopback(port)))
		a := w.Article(articles.Import{Raw: "Twelve grants were approved.", Source: "Gazette", Lang: "en"})
		c := w.Claim(a, "Twelve grants were approved", "Twelve grants were approved.")
		link := func(path string) evidence.Item {
			l := document(c, "kraken", "")
			l.URL = site.URL + path
			it, err := w.Evidence.Link(roomtest.Ctx(), w.As("reviewer-1"), l)
			if err != nil {
				t.Fatal(err)
			}
			return it
		}
		page, gone, hidden := link("/page"), link("/gone"), link("/hidden")
		fetches := func(who string, it evidence.Item) (jobs.Job, error) {
			return w.Evidence.Fetch(roomtest.Ctx(), w.As(who), it.ID)
		}
		if _, err := fetches("reviewer-1", page); fault.KindOf(err) != fault.Forbidden {
			t.Errorf("a page is fetched where that is off: %v", err)
		}
		for _, sw := range []addresses.Switch{{Allowed: true, Contact: "desk@paper.example"},
			{CollectionID: w.Collection.ID, Allowed: true}} {
			if _, err := w.Web.Set(roomtest.Ctx(), w.As("admin-1"), sw); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := fetches("auditor-1", page); fault.KindOf(err) != fault.Forbidden {
			t.Errorf("an auditor has a page fetched: %v", err)
		}
		for _, it := range []evidence.Item{page, gone, hidden} {
			if _, err := fetches("reviewer-1", it); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := w.Evidence.Protect(roomtest.Ctx(), w.As("editor-1"), hidden.ID, hidden.Version,
			"source at risk"); err != nil {
			t.Fatal(err)
		}
		last := func(it evidence.Item) (j jobs.Job) {
			if err := db.Read(roomtest.Ctx(), func(r *store.Rx) (err error) {
				j, _, err = jobs.Last(r, evidence.Fetching, evidence.Object(it.ID))
				return err
			}); err != nil {
				t.Fatal(err)
			}
			return j
		}
		for _, it := range []evidence.Item{page, gone, hidden} {
			_, _ = w.Jobs.Finish(context.Background(), last(it).ID)
		}
		if j := last(page); j.State != jobs.Done {
			t.Fatalf("the job is %s: %s", j.State, j.Message)
		}
		got := shownItem(t, w, page.ID).Capture
		if got == nil || got.Found != captures.Exact || got.Way != captures.Fetched || asked.Load() != 1 {
			t.Fatalf("%+v, asked %d times", got, asked.Load())
		}
		if about, err := got.About(); err != nil || strings.Join(about.Dropped, "") != "Set-Cookie" ||
			about.Address != page.URL {
			t.Errorf("%+v, %v", about, err)
		}
		for _, it := range []evidence.Item{gone, hidden} {
			if j := last(it); j.State != jobs.Failed || j.Message == "" || strings.Contains(j.Message, "127.0.0.1") {
				t.Errorf("the job is %s: %q", j.State, j.Message)
			}
		}
		if shownItem(t, w, gone.ID).Capture != nil || w.Count("captures") != 1 {
			t.Error("a page that is gone is kept")
		}
		w.Verify()
	})
}
