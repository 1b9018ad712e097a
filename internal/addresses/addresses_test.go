package addresses_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"sync"
	"testing"
	"time"

	"claimbench/internal/addresses"
	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/fault"
	"claimbench/internal/fetch"
	"claimbench/internal/fetch/fetchtest"
	"claimbench/internal/jobs"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

// paper is a site on loopback, and the rooms that ask it.
type paper struct {
	*roomtest.World
	url string

	mu    sync.Mutex
	pages map[string]http.HandlerFunc
	asked map[string]int
}

func newPaper(t *testing.T, db *store.DB) *paper {
	p := &paper{pages: map[string]http.HandlerFunc{}, asked: map[string]int{}}
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
	p.url = server.URL
	o := fetchtest.Loopback(netip.MustParseAddrPort(strings.TrimPrefix(server.URL, "http://")).Port())
	p.World = roomtest.NewOnWeb(t, db, articles.CollectionNew{}, fetch.New(o))
	return p
}

// prints lets the site have a page of plain text.
func (p *paper) prints(path, text string) {
	p.answers(path, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		_, _ = w.Write([]byte(text))
	})
}

func (p *paper) answers(path string, f http.HandlerFunc) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.pages[path] = f
}

func (p *paper) times(path string) int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.asked[path]
}

// allow switches fetching on, for the workbench and the collection.
func (p *paper) allow() {
	p.T.Helper()
	for _, sw := range []addresses.Switch{{Allowed: true, Contact: "desk@paper.example"},
		{CollectionID: p.Collection.ID, Allowed: true}} {
		if _, err := p.Web.Set(roomtest.Ctx(), p.As("admin-1"), sw); err != nil {
			p.T.Fatal(err)
		}
	}
}

// ask asks for pages of the site.
func (p *paper) ask(paths ...string) []addresses.Asked {
	p.T.Helper()
	out, err := p.Web.Ask(roomtest.Ctx(), p.As("editor-1"), p.Collection.ID, p.lines(paths...))
	if err != nil {
		p.T.Fatal(err)
	}
	return out
}

func (p *paper) lines(paths ...string) string {
	var b strings.Builder
	for _, path := range paths {
		b.WriteString(p.url + path + "\r\n")
	}
	return b.String()
}

// fetch asks for pages and fetches them, each tried once.
func (p *paper) fetch(paths ...string) []addresses.Address {
	p.T.Helper()
	var ids []addresses.ID
	for _, a := range p.ask(paths...) {
		ids = append(ids, a.Row.ID)
	}
	out, err := p.Web.Finish(roomtest.Ctx(), ids, func(addresses.Address) {})
	if err != nil {
		p.T.Fatal(err)
	}
	return out
}

func (p *paper) article(a addresses.Address) articles.Article {
	p.T.Helper()
	if a.ArticleID == nil {
		p.T.Fatalf("%s became no article: %s, %s", a.Address, a.State, a.Message)
	}
	out, err := p.Articles.Get(roomtest.Ctx(), p.As("editor-1"), *a.ArticleID)
	if err != nil {
		p.T.Fatal(err)
	}
	return out
}

func want(t *testing.T, err error, kind fault.Kind, words string) {
	t.Helper()
	if fault.KindOf(err) != kind || !strings.Contains(fault.Message(err), words) {
		t.Errorf("%v, want %s with %q", err, kind, words)
	}
}

// on is the workbench that fetches.
func on(contact string) addresses.Switch { return addresses.Switch{Allowed: true, Contact: contact} }

// TestOffUntilSwitchedOn: nothing is asked for, nor fetched, unless both switches are on, and admins alone set them.
func TestOffUntilSwitchedOn(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		t.Parallel()
		p := newPaper(t, db)
		p.prints("/story", "The council approved 40 grants.")
		ctx, in := roomtest.Ctx(), p.Collection.ID
		ask := func() error {
			_, err := p.Web.Ask(ctx, p.As("editor-1"), in, p.lines("/story"))
			return err
		}
		want(t, ask(), fault.Forbidden, "This workbench fetches no pages")
		for what, x := range map[string]struct {
			who  string
			sw   addresses.Switch
			kind fault.Kind
		}{
			"an editor":             {"editor-1", on("a@b.example"), fault.Forbidden},
			"an editor, collection": {"editor-1", addresses.Switch{Allowed: true, CollectionID: in}, fault.Forbidden},
			"an auditor":            {"auditor-1", on("a@b.example"), fault.Forbidden},
			"no contact":            {"admin-1", addresses.Switch{Allowed: true}, fault.Invalid},
			"two lines":             {"admin-1", on("a@b.example\r\nX: y"), fault.Invalid},
			"no address":            {"admin-1", on("the desk"), fault.Invalid},
			"with a password":       {"admin-1", on("https://a:b@c.example/"), fault.Invalid},
			"another version": {"admin-1", addresses.Switch{Allowed: true, Contact: "a@b.example", Version: 3},
				fault.Conflict},
			"no such collection": {"admin-1", addresses.Switch{Allowed: true, CollectionID: 99}, fault.NotFound},
			"a collection's contact": {"admin-1", addresses.Switch{CollectionID: in, Contact: "a@b.example"},
				fault.Invalid},
		} {
			if _, err := p.Web.Set(ctx, p.As(x.who), x.sw); fault.KindOf(err) != x.kind {
				t.Errorf("%s: %v, want %s", what, err, x.kind)
			}
		}
		house, err := p.Web.Set(ctx, p.As("admin-1"), on("https://paper.example/us"))
		if err != nil || house.Version != 1 {
			t.Fatalf("%+v, %v", house, err)
		}
		want(t, ask(), fault.Forbidden, "not fetched for this collection")
		here, err := p.Web.Set(ctx, p.As("admin-1"), addresses.Switch{CollectionID: in, Allowed: true})
		if err != nil {
			t.Fatal(err)
		}
		if err := ask(); err != nil {
			t.Fatal(err)
		}
		here.Allowed = false // while it waits
		if _, err := p.Web.Set(ctx, p.As("admin-1"), here); err != nil {
			t.Fatal(err)
		}
		list := p.list()
		got, err := p.Web.Finish(ctx, []addresses.ID{list[0].ID}, func(addresses.Address) {})
		if err != nil || got[0].State != addresses.Failed || !strings.Contains(got[0].Message, "not fetched") {
			t.Errorf("%+v, %v", got, err)
		}
		if p.times("/story")+p.times("/robots.txt") > 0 {
			t.Error("the site was asked")
		}
		p.Verify()
	})
}

func (p *paper) list() (out []addresses.Listed) {
	p.T.Helper()
	if err := p.DB.Read(roomtest.Ctx(), func(r *store.Rx) (err error) {
		out, err = addresses.List(r, p.Collection.ID, 0, 5000)
		return err
	}); err != nil {
		p.T.Fatal(err)
	}
	return out
}

// TestPageBecomesArticle: with its address, its candidates on the way, in the name of who asked; the same text twice is
// one article; and one that is here already is not asked for.
func TestPageBecomesArticle(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		t.Parallel()
		p := newPaper(t, db)
		p.allow()
		text := "Grants\n\nOn 3 March 2021 the council of Ghent approved 40 grants, the mayor said.\n"
		p.prints("/story", text)
		p.prints("/copy", text)
		p.answers("/old", http.RedirectHandler("/story", http.StatusMovedPermanently).ServeHTTP)
		got := p.fetch("/story", "/copy", "/old")
		a := p.article(got[0])
		if a.URL != p.url+"/story" || got[0].Existing || a.AddedBy != p.As("editor-1").UserID {
			t.Errorf("%+v became %+v", got[0], a)
		}
		for _, other := range got[1:] {
			if !other.Existing || other.ArticleID == nil || *other.ArticleID != a.ID {
				t.Errorf("the same text at another address: %+v", other)
			}
		}
		work, err := p.Jobs.Of(roomtest.Ctx(), p.As("editor-1"), articles.Object(a.ID))
		if err != nil || len(work) != 1 || work[0].Kind != claims.Proposing {
			t.Fatalf("candidates: %+v, %v", work, err)
		}
		if j, err := p.Jobs.Finish(roomtest.Ctx(), work[0].ID); err != nil || j.State != jobs.Done {
			t.Errorf("%+v, %v", j, err)
		}
		again := p.ask("/story")
		if again[0].Added || again[0].Article != a.ID {
			t.Errorf("what is here already: %+v", again)
		}
		if n := p.Count("articles"); n != 1 {
			t.Errorf("%d articles", n)
		}
		if err := p.Articles.TakeDown(roomtest.Ctx(), p.As("editor-1"), a.ID, a.Version, "A court asked."); err != nil {
			t.Fatal(err)
		}
		if l := p.list()[2]; l.Became != articles.TakenDown || l.Address.Address+l.Title != "" {
			t.Errorf("taken down: %+v", l)
		}
		p.Verify()
	})
}

// TestWhatIsNoAddress: nothing is asked for when one line is wrong, which is named; a line that stands twice is one.
func TestWhatIsNoAddress(t *testing.T) {
	t.Parallel()
	p := newPaper(t, storetest.SQLite(t))
	p.allow()
	ctx, in := roomtest.Ctx(), p.Collection.ID
	for lines, words := range map[string]string{
		"": "one a line", " \n\n": "one a line", p.url + "/a\nnonsense": "Line 2",
		p.url + "/a\n\nhttp://169.254.169.254/": "Line 3", "http://user:secret@site.example/": "Line 1",
		strings.Repeat("x", 3000): "Line 1",
	} {
		_, err := p.Web.Ask(ctx, p.As("editor-1"), in, lines)
		want(t, err, fault.Invalid, words)
	}
	var many strings.Builder
	for i := range addresses.MostAtOnce + 1 {
		fmt.Fprintf(&many, "%s/%d\n", p.url, i)
	}
	_, err := p.Web.Ask(ctx, p.As("editor-1"), in, many.String())
	want(t, err, fault.Invalid, "More than 1000")
	if n := len(p.list()); n > 0 {
		t.Errorf("%d wait all the same", n)
	}
	if got := p.ask("/a", "/a", "/b"); len(got) != 2 || !got[0].Added {
		t.Errorf("%+v", got)
	}
	if got := p.ask("/b", "/c"); got[0].Added || got[0].Row.ID == 0 || !got[1].Added {
		t.Errorf("one that waits already: %+v", got)
	}
	var twice []addresses.ID // one address, asked for, cancelled, asked for and cancelled once more
	for range 2 {
		twice = append(twice, p.ask("/twice")[0].Row.ID)
		if _, err := p.Web.Cancel(ctx, p.As("editor-1"), in, twice[len(twice)-1:]); err != nil {
			t.Fatal(err)
		}
	}
	if n, err := p.Web.Again(ctx, p.As("editor-1"), in, twice); n != 1 || err != nil {
		t.Errorf("of one address %d wait, %v", n, err)
	}
	for _, who := range []string{"reviewer-1", "auditor-1", "admin-1"} {
		_, err := p.Web.Ask(ctx, p.As(who), in, p.lines("/d"))
		want(t, err, fault.Forbidden, "")
		_, err = p.Web.Cancel(ctx, p.As(who), in, nil)
		want(t, err, fault.Forbidden, "")
		_, err = p.Web.Again(ctx, p.As(who), in, nil)
		want(t, err, fault.Forbidden, "")
	}
}

// TestFailures: what cannot be mended ends at once, with words; what can is tried again after pauses that grow, as
// often as there are pauses.
func TestFailures(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		t.Parallel()
		p := newPaper(t, db)
		p.allow()
		var clock struct {
			sync.Mutex
			ahead time.Duration
		}
		db.SetClock(func() time.Time {
			clock.Lock()
			defer clock.Unlock()
			return time.Now().Add(clock.ahead)
		})
		kind := func(kind, body string) http.HandlerFunc {
			return func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("Content-Type", kind)
				_, _ = w.Write([]byte(body))
			}
		}
		p.answers("/scripts", kind("text/html; charset=utf-8", "<!doctype html><title>News</title><div id=app></div>"+
			"<script src=/app.js></script>"))
		p.answers("/picture.txt", kind("image/png", "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"))
		p.answers("/empty", kind("text/plain", ""))
		p.answers("/locked", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusUnauthorized) })
		for path, words := range map[string]string{"/gone": "gone", "/scripts": "scripts", "/picture.txt": "picture",
			"/empty": "empty", "/locked": "signed in"} {
			got := p.fetch(path)[0]
			if got.State != addresses.Failed || !strings.Contains(got.Message, words) || got.ArticleID != nil {
				t.Errorf("%s: %s, %q", path, got.State, got.Message)
			}
		}
		busy := true
		p.answers("/busy", func(w http.ResponseWriter, r *http.Request) {
			if busy {
				w.WriteHeader(http.StatusServiceUnavailable)
				return
			}
			kind("text/plain", "The council approved 41 grants.")(w, r)
		})
		got := p.fetch("/busy")[0]
		var pauses []time.Duration
		for tries := 1; got.State == addresses.Waiting; tries++ {
			if got.Tries != tries || !strings.Contains(got.Message, "503") {
				t.Fatalf("after %d tries: %+v", tries, got)
			}
			pauses = append(pauses, got.NextAt.Time().Sub(got.ChangedAt.Time()))
			clock.Lock()
			clock.ahead += pauses[len(pauses)-1] + time.Second
			clock.Unlock()
			got = p.tryOnce(got.ID)
		}
		if got.State != addresses.Failed || fmt.Sprint(pauses) != "[1m0s 5m0s 30m0s 2h0m0s 12h0m0s]" {
			t.Errorf("%s after the pauses %v", got.State, pauses)
		}
		busy = false
		if n, err := p.Web.Again(roomtest.Ctx(), p.As("editor-2"), p.Collection.ID, []addresses.ID{got.ID}); n != 1 {
			t.Fatalf("%d wait again, %v", n, err)
		}
		if got = p.tryOnce(got.ID); got.State != addresses.Done || p.article(got).AddedBy != p.As("editor-2").UserID {
			t.Errorf("asked for again: %+v", got)
		}
		p.Verify()
	})
}

// tryOnce lets a server run until it has tried an address once more.
func (p *paper) tryOnce(id addresses.ID) addresses.Address {
	p.T.Helper()
	row := func() addresses.Address {
		for _, a := range p.list() {
			if a.ID == id {
				return a.Address
			}
		}
		p.T.Fatalf("no address %d", id)
		return addresses.Address{}
	}
	before := row()
	ctx, cancel := context.WithCancel(roomtest.Ctx())
	ended := make(chan struct{})
	go func() { p.Web.Run(ctx); close(ended) }()
	defer func() { cancel(); <-ended }()
	for late := time.Now().Add(time.Minute); ; time.Sleep(5 * time.Millisecond) {
		now := row()
		if now.Ended() || now.Tries > before.Tries && now.State == addresses.Waiting {
			return now
		}
		if time.Now().After(late) {
			p.T.Fatalf("it stays %+v", now)
		}
	}
}

// TestCancel: what waits ends, and what is being fetched comes to nothing.
func TestCancel(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		t.Parallel()
		p := newPaper(t, db)
		p.allow()
		begun, goOn := make(chan struct{}), make(chan struct{})
		p.answers("/slow", func(w http.ResponseWriter, _ *http.Request) {
			close(begun)
			<-goOn
			_, _ = w.Write([]byte("The council approved 42 grants."))
		})
		asked := p.ask("/slow", "/other")
		ids := []addresses.ID{asked[0].Row.ID, asked[1].Row.ID}
		ended := make(chan error, 1)
		go func() {
			_, err := p.Web.Finish(roomtest.Ctx(), ids[:1], func(addresses.Address) {})
			ended <- err
		}()
		<-begun
		n, err := p.Web.Cancel(roomtest.Ctx(), p.As("editor-2"), p.Collection.ID, nil)
		if err != nil || n != 2 {
			t.Errorf("%d cancelled, %v", n, err)
		}
		close(goOn)
		if err := <-ended; err != nil {
			t.Error(err)
		}
		for _, a := range p.list() {
			if a.State != addresses.Cancelled || a.ArticleID != nil {
				t.Errorf("%+v", a)
			}
		}
		if n := p.Count("articles"); n != 0 {
			t.Errorf("%d articles", n)
		}
		_, err = p.Web.Cancel(roomtest.Ctx(), p.As("editor-2"), p.Collection.ID, ids)
		want(t, err, fault.Conflict, "list")
		other, err := p.Articles.CreateCollection(roomtest.Ctx(), p.As("admin-1"),
			articles.CollectionNew{Name: "Other"})
		if err != nil {
			t.Fatal(err)
		}
		_, err = p.Web.Again(roomtest.Ctx(), p.As("editor-2"), other.ID, ids)
		want(t, err, fault.Forbidden, "not fetched")
		if _, err := p.Web.Set(roomtest.Ctx(), p.As("admin-1"), addresses.Switch{CollectionID: other.ID,
			Allowed: true}); err != nil {
			t.Fatal(err)
		}
		_, err = p.Web.Again(roomtest.Ctx(), p.As("editor-2"), other.ID, ids) // by the numbers of another collection
		want(t, err, fault.Conflict, "list")
	})
}

// TestSeveralServers: however many fetch, each page is asked for once, and a site by one of them at a time.
func TestSeveralServers(t *testing.T) {
	t.Parallel()
	db := storetest.Postgres(t)
	p := newPaper(t, db)
	p.allow()
	var paths []string
	var at struct {
		sync.Mutex
		now, most int
	}
	for i := range 40 {
		path := fmt.Sprintf("/%d", i)
		paths = append(paths, path)
		p.answers(path, func(w http.ResponseWriter, _ *http.Request) {
			at.Lock()
			at.now++
			at.most = max(at.most, at.now)
			at.Unlock()
			_, _ = fmt.Fprintf(w, "The council approved %d grants.", i+2)
			at.Lock()
			at.now--
			at.Unlock()
		})
	}
	p.ask(paths...)
	o := fetchtest.Loopback(netip.MustParseAddrPort(strings.TrimPrefix(p.url, "http://")).Port())
	other := addresses.New(db, p.Policy, p.Auth, p.Articles, p.Claims, fetch.New(o), nil)
	ctx, cancel := context.WithCancel(roomtest.Ctx())
	var all sync.WaitGroup
	for _, s := range []*addresses.Service{p.Web, other} {
		if err := s.Resume(ctx); err != nil {
			t.Fatal(err)
		}
		all.Go(func() { s.Run(ctx) })
	}
	for late := time.Now().Add(time.Minute); p.left() > 0; time.Sleep(5 * time.Millisecond) {
		if time.Now().After(late) {
			t.Fatalf("%d are left", p.left())
		}
	}
	cancel()
	all.Wait()
	for _, path := range paths {
		if n := p.times(path); n != 1 {
			t.Errorf("%s was asked for %d times", path, n)
		}
	}
	if at.most != 1 || p.Count("articles") != len(paths) {
		t.Errorf("%d visits at once; %d articles", at.most, p.Count("articles"))
	}
}

func (p *paper) left() (n int) {
	for _, a := range p.list() {
		if !a.Ended() {
			n++
		}
	}
	return n
}

// TestRoleLost: whoever may not import any more by the time that a page is fetched has none taken in.
func TestRoleLost(t *testing.T) {
	t.Parallel()
	p := newPaper(t, storetest.SQLite(t))
	p.allow()
	p.prints("/story", "The council approved 43 grants.")
	asked := p.ask("/story")
	if err := p.Auth.DisableUser(roomtest.Ctx(), p.As("admin-1"), p.As("editor-1").UserID, "left"); err != nil {
		t.Fatal(err)
	}
	got, err := p.Web.Finish(roomtest.Ctx(), []addresses.ID{asked[0].Row.ID}, func(addresses.Address) {})
	if err != nil || got[0].State != addresses.Failed || p.times("/story") > 0 {
		t.Errorf("%+v, %v", got, err)
	}
	var _ auth.UserID = got[0].UserID
}
