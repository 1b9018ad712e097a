package arrivals_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"sync"
	"testing"
	"time"

	"claimbench/internal/addresses"
	"claimbench/internal/arrivals"
	"claimbench/internal/articles"
	"claimbench/internal/fault"
	"claimbench/internal/fetch"
	"claimbench/internal/fetch/fetchtest"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

// site is a paper on loopback, and a desk that may ask it.
type site struct {
	*desk
	url string

	mu    sync.Mutex
	pages map[string]http.HandlerFunc
	asked map[string]int
}

func eachSite(t *testing.T, do func(t *testing.T, p *site)) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		p := &site{pages: map[string]http.HandlerFunc{}, asked: map[string]int{}}
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			p.mu.Lock()
			page := p.pages[r.URL.Path]
			p.asked[r.URL.Path]++
			p.mu.Unlock()
			if page == nil {
				http.NotFound(w, r)
				return
			}
			page(w, r)
		}))
		t.Cleanup(server.Close)
		o := fetchtest.Loopback(netip.MustParseAddrPort(strings.TrimPrefix(server.URL, "http://")).Port())
		p.url = server.URL
		p.desk = &desk{roomtest.NewOnWeb(t, db, articles.CollectionNew{}, fetch.New(o)), "editor-1"}
		for _, sw := range []addresses.Switch{{Allowed: true, Contact: "desk@paper.example"},
			{CollectionID: p.Collection.ID, Allowed: true}} {
			if _, err := p.Web.Set(roomtest.Ctx(), p.As("admin-1"), sw); err != nil {
				t.Fatal(err)
			}
		}
		do(t, p)
	})
}

func (p *site) answers(path string, f http.HandlerFunc) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.pages[path] = f
}

// prints lets the site have a page.
func (p *site) prints(path, title, words string) {
	p.answers(path, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = fmt.Fprintf(w, `<!doctype html><html lang="en"><title>%s</title><main><h1>%s</h1><p>%s</p></main>`,
			title,
			title, words)
	})
}

func (p *site) times(path string) int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.asked[path]
}

// fetches brings pages of the site, and does each visit that is due once.
func (p *site) fetches(paths ...string) []arrivals.Arrival {
	p.T.Helper()
	var lines []string
	for _, path := range paths {
		lines = append(lines, p.url+path)
	}
	out, err := p.Arrivals.Fetch(roomtest.Ctx(), p.As(p.who), p.Collection.ID, strings.Join(lines, "\n"))
	if err != nil {
		p.T.Fatal(err)
	}
	p.visit()
	return out
}

// visit asks for every address that waits, once, and reads what came.
func (p *site) visit() {
	p.T.Helper()
	var ids []addresses.ID
	err := p.DB.Read(roomtest.Ctx(), func(r *store.Rx) error {
		return r.Gorm().Raw("SELECT id FROM addresses WHERE state = 'waiting' AND next_at <= ? ORDER BY id",
			p.DB.Now()).Scan(&ids).Error
	})
	if err == nil {
		_, err = p.Web.Finish(roomtest.Ctx(), ids, func(addresses.Address) {})
	}
	if err != nil {
		p.T.Fatal(err)
	}
	p.work()
}

// TestAddressesAreArrivals: each page is fetched and stands there to be mended, one that cannot be had says why and may
// be asked for again, and none becomes an article by itself.
func TestAddressesAreArrivals(t *testing.T) {
	eachSite(t, func(t *testing.T, p *site) {
		ctx, editor := roomtest.Ctx(), p.As("editor-1")
		p.prints("/grants", "Grants", council)
		p.answers("/old", func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "/grants?a=1", http.StatusFound)
		})
		p.answers("/script", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/html")
			_, _ = w.Write([]byte("<!doctype html><title>App</title><script>go()</script><div id=app></div>"))
		})
		out := p.fetches("/grants", "/old", "/gone", "/script", "/grants")
		if len(out) != 4 {
			t.Fatalf("%d arrivals of 4 addresses", len(out))
		}
		l := p.has()
		var states []string
		for _, x := range l {
			states = append(states, string(x.State))
		}
		if s := strings.Join(states, " "); s != "ready ready failed refused" || p.Count("articles") != 0 {
			t.Fatalf("%s, %d articles: %+v", s, p.Count("articles"), l)
		}
		if l[0].Title != "Grants" || l[0].URL != p.url+"/grants" || l[0].Address != p.url+"/grants" || l[0].Pasted() {
			t.Errorf("%+v", l[0])
		}
		if l[1].URL != p.url+"/grants?a=1" || len(l[1].Reached) != 2 || l[1].SameHere != l[0].ID {
			t.Errorf("redirected: %+v", l[1])
		}
		if !strings.Contains(l[2].Message, "404") && l[2].Message == "" || !strings.Contains(l[3].Message, "scripts") {
			t.Errorf("%q %q", l[2].Message, l[3].Message)
		}
		again, err := p.Arrivals.Fetch(ctx, editor, p.Collection.ID, p.url+"/grants/")
		if err != nil || again[0].ID != l[0].ID {
			t.Errorf("brought twice: %+v, %v", again, err)
		}
		p.prints("/gone", "Back", "The page is back, and says that it rained in Ghent on Tuesday all day.")
		if n, err := p.Arrivals.Again(ctx, editor, p.Collection.ID, nil); err != nil || n != 1 {
			t.Fatal(n, err)
		}
		p.DB.SetClock(func() time.Time { return time.Now().Add(time.Hour) })
		p.visit()
		if l = p.has(); l[2].State != arrivals.Ready || l[2].Title != "Back" {
			t.Errorf("again: %+v", l[2])
		}
		if _, err := p.Arrivals.Take(ctx, editor, p.Collection.ID, []arrivals.ID{l[1].ID}); err != nil {
			t.Fatal(err)
		}
		p.work()
		a, err := p.Articles.Get(ctx, editor, 1)
		if err != nil || a.URL != p.url+"/grants?a=1" || p.Count("originals") != 1 || p.Count("addresses") != 0 {
			t.Errorf("%+v, %v", a, err)
		}
		if l = p.has(); l[0].SameText != 1 {
			t.Errorf("what is here now: %+v", l[0])
		}
		p.Verify()
	})
}

// TestAPageIsTriedAgain: what may mend itself is tried later, and says why meanwhile; nothing else waits for it.
func TestAPageIsTriedAgain(t *testing.T) {
	eachSite(t, func(t *testing.T, p *site) {
		p.answers("/busy", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(503) })
		p.fetches("/busy")
		l := p.has()
		if l[0].State != arrivals.Fetching || l[0].Work == nil || l[0].Work.Tries != 1 || l[0].Work.Message == "" {
			t.Fatalf("%+v %+v", l[0], l[0].Work)
		}
		p.prints("/busy", "Busy no more", council)
		p.DB.SetClock(func() time.Time { return time.Now().Add(time.Hour) })
		p.visit()
		if l = p.has(); l[0].State != arrivals.Ready {
			t.Errorf("%+v", l[0])
		}
		p.answers("/never", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(503) })
		p.fetches("/never")
		for n := 2; n < 8; n++ {
			p.DB.SetClock(func() time.Time { return time.Now().Add(time.Duration(n) * 24 * time.Hour) })
			p.visit()
		}
		if l = p.has(); l[1].State != arrivals.Failed || l[1].Message == "" || p.Count("addresses") != 0 {
			t.Errorf("%+v", l[1])
		}
	})
}

// TestClosedAddressesAreNotFetched: the address of a protected article is not asked for, and what leads to it is not
// read; neither is what was protected while it waited.
func TestClosedAddressesAreNotFetched(t *testing.T) {
	eachSite(t, func(t *testing.T, p *site) {
		ctx, editor := roomtest.Ctx(), p.As("editor-1")
		p.prints("/secret", "Secret", "Another text than before stands there, of a hundred words or so, and all new.")
		p.prints("/late", "Late", council)
		p.answers("/way", func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "/secret", http.StatusFound)
		})
		first := p.Article(articles.Import{Lang: "en", URL: p.url + "/secret", Raw: council, Title: "Grants"})
		if _, err := p.Articles.Protect(ctx, editor, first.Article.ID, first.Article.Version, "at risk"); err != nil {
			t.Fatal(err)
		}
		p.fetches("/secret", "/way", "/late")
		for _, l := range p.has() {
			if l.State != arrivals.Refused || l.Held != 0 || !strings.Contains(l.Message, "protected") ||
				len(l.Reached) > 0 {
				t.Errorf("%s: %s %q %v", l.Address, l.State, l.Message, l.Reached)
			}
		}
		if p.times("/late") != 1 || p.Count("arrival_bytes") != 0 {
			t.Errorf("%d visits, %d bytes kept", p.times("/late"), p.Count("arrival_bytes"))
		}
		p.prints("/free", "Free", "It rained in Deinze.")
		if _, err := p.Arrivals.Fetch(ctx, editor, p.Collection.ID, p.url+"/free"); err != nil {
			t.Fatal(err)
		}
		other := p.Article(articles.Import{Lang: "en", URL: p.url + "/free", Raw: "It snowed in Deinze.",
			Title: "Snow"})
		if _, err := p.Articles.Protect(ctx, editor, other.Article.ID, other.Article.Version, "at risk"); err != nil {
			t.Fatal(err)
		}
		before := p.times("/free")
		p.visit()
		if l := p.has(); p.times("/free") != before || l[3].State != arrivals.Failed {
			t.Errorf("it was asked for: %+v", l[3])
		}
	})
}

// TestAddressesAreRefused: one bad line keeps all out, and says which; and nothing is fetched where that is off.
func TestAddressesAreRefused(t *testing.T) {
	eachSite(t, func(t *testing.T, p *site) {
		ctx, editor := roomtest.Ctx(), p.As("editor-1")
		for _, line := range []string{"nowhere", "ftp://paper.example/a", "https://me:secret@paper.example/a",
			"https://paper.example:8443/a", "http://localhost.example.:1/", "http://10.0.0.1/", "http://[::1]/",
			"file:///etc/passwd"} {
			_, err := p.Arrivals.Fetch(ctx, editor, p.Collection.ID, p.url+"/a\n"+line)
			if fault.KindOf(err) != fault.Invalid || !strings.Contains(fault.Message(err), "Line 2") {
				t.Errorf("%s: %v", line, err)
			}
		}
		if _, err := p.Web.Set(ctx, p.As("admin-1"), addresses.Switch{CollectionID: p.Collection.ID,
			Version: 1}); err != nil {
			t.Fatal(err)
		}
		if _, err := p.Arrivals.Fetch(ctx, editor, p.Collection.ID, p.url+"/a"); fault.KindOf(err) != fault.Forbidden {
			t.Errorf("off: %v", err)
		}
		if p.Count("arrivals") != 0 || p.Count("addresses") != 0 {
			t.Error("something was kept")
		}
	})
}

// TestCancelledWhileItIsFetched: what comes of it then is nothing.
func TestCancelledWhileItIsFetched(t *testing.T) {
	eachSite(t, func(t *testing.T, p *site) {
		ctx, editor := roomtest.Ctx(), p.As("editor-1")
		p.answers("/slow", func(w http.ResponseWriter, _ *http.Request) {
			if _, err := p.Arrivals.Discard(ctx, editor, p.Collection.ID, []arrivals.ID{1}); err != nil {
				t.Error(err)
			}
			_, _ = w.Write([]byte(council))
		})
		p.fetches("/slow")
		if p.times("/slow") != 1 || p.Count("arrivals") != 0 || p.Count("addresses") != 0 ||
			p.Count("arrival_bytes") != 0 {
			t.Errorf("%+v", p.has())
		}
	})
}

// TestAFeedAtAnAddress: what it holds are arrivals of their own.
func TestAFeedAtAnAddress(t *testing.T) {
	eachSite(t, func(t *testing.T, p *site) {
		p.answers("/feed", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "application/rss+xml")
			_, _ = fmt.Fprintf(w, `<rss version="2.0"><channel><title>Paper</title><item><title>One</title><link>`+
				`https://paper.example/1</link><description>%s</description></item><item><title>Two</title><link>`+
				`https://paper.example/2</link><description>It snowed in Deinze all night.</description></item>`+
				`</channel></rss>`, council)
		})
		p.fetches("/feed")
		if l := p.has(); len(l) < 2 || l[len(l)-1].Title != "Two" || l[len(l)-1].URL != "https://paper.example/2" {
			t.Errorf("%+v", l)
		}
	})
}

// TestManyAgainInFewStatements: however many addresses failed, they are asked for again by a few statements.
func TestManyAgainInFewStatements(t *testing.T) {
	eachSite(t, func(t *testing.T, p *site) {
		var paths []string
		for n := range 40 {
			paths = append(paths, fmt.Sprintf("/gone/%d", n))
		}
		p.fetches(paths...)
		for _, l := range p.has() {
			if l.State != arrivals.Failed {
				t.Fatalf("%+v", l)
			}
		}
		ctx, n := roomtest.Ctx(), new(store.Counter)
		again, err := p.Arrivals.Again(store.WithCounter(ctx, n), p.As(p.who), p.Collection.ID, nil)
		if err != nil || again != 40 || p.Count("addresses") != 40 || n.Statements.Load() > 15 {
			t.Errorf("%d of 40 by %d statements, %d addresses, %v", again, n.Statements.Load(), p.Count("addresses"),
				err)
		}
		for _, l := range p.has() {
			if l.State != arrivals.Fetching || l.Message != "" || l.Work == nil || l.Work.Address != l.Address {
				t.Fatalf("%+v", l)
			}
		}
		for n := range 40 {
			p.prints(paths[n], fmt.Sprintf("Number %d", n), council)
		}
		p.visit()
		if l := p.has(); len(l) != 40 || l[39].State != arrivals.Ready || l[39].Title != "Number 39" {
			t.Errorf("%d, %+v", len(l), l[len(l)-1])
		}
	})
}
