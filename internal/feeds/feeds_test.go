package feeds_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"claimbench/internal/addresses"
	"claimbench/internal/articles"
	"claimbench/internal/fault"
	"claimbench/internal/feeds"
	"claimbench/internal/fetch"
	"claimbench/internal/fetch/fetchtest"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

var ctx = roomtest.Ctx()

// paper is a site on loopback with a feed, its stories, and a server's work in the background.
type paper struct {
	*roomtest.World
	url string

	mu     sync.Mutex
	items  []string // of RSS, the newest first
	status int      // of the feed; 0: 200
	asked  map[string]int
	tags   []string // If-None-Match of each visit of the feed
}

func newPaper(t *testing.T, db *store.DB) *paper {
	t.Helper()
	p := &paper{asked: map[string]int{}}
	site := httptest.NewServer(http.HandlerFunc(p.answer))
	t.Cleanup(site.Close)
	p.url = site.URL
	port := netip.MustParseAddrPort(strings.TrimPrefix(site.URL, "http://")).Port()
	p.World = roomtest.NewOnWeb(t, db, articles.CollectionNew{}, fetch.New(fetchtest.Loopback(port)))
	for _, sw := range []addresses.Switch{{Allowed: true, Contact: "desk@paper.example"},
		{CollectionID: p.Collection.ID, Allowed: true}} {
		if _, err := p.Web.Set(ctx, p.As("admin-1"), sw); err != nil {
			t.Fatal(err)
		}
	}
	p.Feeds.AskEvery(20 * time.Millisecond)
	return p
}

func (p *paper) answer(w http.ResponseWriter, r *http.Request) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.asked[r.URL.Path]++
	switch {
	case r.URL.Path == "/moved":
		http.Redirect(w, r, "/feed", http.StatusMovedPermanently)
	case r.URL.Path == "/feed":
		p.tags = append(p.tags, r.Header.Get("If-None-Match"))
		tag := fmt.Sprintf(`"%d-%d"`, len(p.items), len(strings.Join(p.items, "")))
		w.Header().Set("ETag", tag)
		if p.status != 0 {
			w.WriteHeader(p.status)
			return
		}
		if r.Header.Get("If-None-Match") == tag {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		w.Header().Set("Content-Type", "application/rss+xml")
		_, _ = fmt.Fprintf(w, `<?xml version="1.0"?><rss version="2.0"><channel><title>The Paper</title>`+
			`<link>%s</link><language>en</language>%s</channel></rss>`, "http://"+r.Host, strings.Join(p.items, ""))
	case strings.HasPrefix(r.URL.Path, "/story/"):
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		_, _ = fmt.Fprintf(w, "The council of Ghent approved %s grants on Monday, says the whole story.",
			r.URL.Path[7:])
	default:
		http.NotFound(w, r)
	}
}

// prints puts an item before the others. Without an address it is its text.
func (p *paper) prints(guid, address, words string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	link := ""
	if address != "" {
		link = "<link>" + p.url + address + "</link>"
	}
	p.items = slices.Insert(p.items, 0, fmt.Sprintf(`<item><title>Grants %s</title><guid>%s</guid>%s<description>%s`+
		`</description></item>`, guid, guid, link, words))
}

func (p *paper) breaks(status int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.status = status
}

func (p *paper) times(path string) int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.asked[path]
}

// serve does what a server does in the background, until the test ends.
func (p *paper) serve() {
	ctx, stop := context.WithCancel(context.Background())
	var done sync.WaitGroup
	done.Go(func() { p.Web.Run(ctx) })
	done.Go(func() { p.Feeds.Run(ctx) })
	p.T.Cleanup(func() { stop(); done.Wait() })
}

// waits lets time pass until something is so.
func (p *paper) waits(what string, is func() bool) {
	p.T.Helper()
	for begun := time.Now(); !is(); time.Sleep(10 * time.Millisecond) {
		if time.Since(begun) > time.Minute {
			p.T.Fatalf("never: %s; %+v", what, p.line())
		}
	}
}

// visited waits until a feed was asked for so often more, by visits that began after now.
func (p *paper) visited() {
	p.T.Helper()
	n := p.times("/feed")
	p.waits("two more visits", func() bool { return p.times("/feed") >= n+2 })
}

func (p *paper) add(path string, mode feeds.Mode) feeds.Feed {
	p.T.Helper()
	f, err := p.Feeds.Add(ctx, p.As("editor-1"), p.Collection.ID, p.url+path, mode)
	if err != nil {
		p.T.Fatal(err)
	}
	return f
}

func (p *paper) line() (l feeds.Line) {
	if err := p.DB.Read(ctx, func(r *store.Rx) (err error) {
		l, err = feeds.Of(r, 1)
		return err
	}); err != nil {
		p.T.Fatal(err)
	}
	return l
}

func (p *paper) list(state feeds.Fate) (out []feeds.Item) {
	p.T.Helper()
	if err := p.DB.Read(ctx, func(r *store.Rx) error {
		f, err := feeds.ByID(r, 1)
		if err == nil {
			out, err = feeds.Items(r, f, state, 0, 5000)
		}
		return err
	}); err != nil {
		p.T.Fatal(err)
	}
	return out
}

// Items wait to be chosen; chosen, each becomes one article, by its page or by its text; let pass, none.
func TestChoose(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		p := newPaper(t, db)
		p.prints("1", "/story/41", "Short.")
		p.prints("2", "", "The mayor of Ghent thanked the members of the council for their work on Tuesday.")
		p.prints("3", "/story/43", "")
		f := p.add("/feed", feeds.Choose)
		p.serve()
		p.waits("three wait", func() bool { return len(p.list(feeds.Open)) == 3 })
		p.visited()
		if p.times("/story/41") != 0 || p.line().Title != "The Paper" || len(p.list(feeds.Open)) != 3 {
			t.Errorf("before somebody chose: %+v, %v", p.line(), p.asked)
		}
		byTitle := map[string]feeds.ItemID{}
		for _, it := range p.list(feeds.Open) {
			byTitle[it.Title] = it.ID
		}
		ed := p.As("editor-1")
		for _, who := range []string{"reviewer-1", "auditor-1"} {
			if _, err := p.Feeds.Take(ctx, p.As(who), f.ID, []feeds.ItemID{1}); fault.KindOf(err) != fault.Forbidden {
				t.Errorf("%s takes: %v", who, err)
			}
		}
		if _, err := p.Feeds.Take(ctx, ed, f.ID, nil); fault.KindOf(err) != fault.Invalid {
			t.Errorf("none is taken: %v", err)
		}
		if n, err := p.Feeds.Take(ctx, ed, f.ID, []feeds.ItemID{byTitle["Grants 1"], byTitle["Grants 2"]}); n != 2 ||
			err != nil {
			t.Fatal(n, err)
		}
		if n, err := p.Feeds.Pass(ctx, ed, f.ID, []feeds.ItemID{byTitle["Grants 3"]}); n != 1 || err != nil {
			t.Fatal(n, err)
		}
		if _, err := p.Feeds.Take(ctx, ed, f.ID, []feeds.ItemID{byTitle["Grants 3"]}); fault.KindOf(err) !=
			fault.Conflict {
			t.Errorf("what was let pass is taken: %v", err)
		}
		p.waits("two articles", func() bool { return p.Count("articles") == 2 && len(p.list(feeds.Taken)) == 2 })
		p.visited()
		if p.Count("articles") != 2 || p.times("/story/41") != 1 || p.times("/story/43") != 0 ||
			len(p.list(feeds.Open)) != 0 {
			t.Errorf("%d articles, %v", p.Count("articles"), p.asked)
		}
		if _, err := p.Feeds.End(ctx, ed, f.ID, f.Version); err != nil {
			t.Fatal(err)
		}
		if _, err := p.Feeds.End(ctx, ed, f.ID, f.Version); !fault.IsStale(err) {
			t.Errorf("ended twice: %v", err)
		}
		if again := p.add("/feed", feeds.Take); again.ID != f.ID || again.Version != 3 {
			t.Errorf("begun again it is %+v", again)
		}
		p.Verify()
	})
}

// What is new becomes articles by itself, once, however the feed names it; what stood there before waits.
func TestTakesEachOnce(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		p := newPaper(t, db)
		p.prints("old", "/story/1", "")
		p.add("/feed", feeds.Take)
		p.serve()
		p.waits("the old one waits", func() bool { return len(p.list(feeds.Open)) == 1 })
		const words = "A text without an address, long enough to be told from others by what it says of the council."
		p.prints("a", "/story/2", "")
		p.prints("b", "", words)
		p.waits("two articles", func() bool { return p.Count("articles") == 2 })
		p.prints("a2", "/story/2?utm_source=feed#top", "Another summary.")
		p.prints("b2", "", strings.ToUpper(words))
		p.prints("a", "/story/3", "The address of one that is known changed.")
		p.visited()
		p.visited()
		if n, open := p.Count("articles"), p.list(feeds.Open); n != 2 || len(open) != 1 || p.times("/story/1") != 0 ||
			p.times("/story/3") != 0 {
			t.Errorf("%d articles, %d wait, asked %v", n, len(open), p.asked)
		}
		p.mu.Lock()
		if last := p.tags[len(p.tags)-1]; last == "" {
			t.Error("the feed is not asked for with its ETag")
		}
		p.mu.Unlock()
		p.Verify()
	})
}

// A feed that is gone is noted with the day, asked for on, and noted when it is back; one that leads elsewhere says so;
// what is no feed says what to do.
func TestGoneAndMoved(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		p := newPaper(t, db)
		p.prints("1", "/story/41", "Short.")
		p.add("/moved", feeds.Choose)
		p.serve()
		p.waits("it leads elsewhere", func() bool { return p.line().Answered == p.url+"/feed" })
		p.breaks(http.StatusGone)
		p.waits("it is gone", func() bool { return p.line().GoneDay != "" })
		p.breaks(0)
		p.waits("it is back", func() bool { return p.line().GoneDay == "" })
		p.breaks(http.StatusInternalServerError)
		p.waits("it says why", func() bool { return p.line().Message != "" })
		if _, err := p.Feeds.Add(ctx, p.As("editor-1"), p.Collection.ID, p.url+"/moved",
			feeds.Take); fault.KindOf(err) !=
			fault.Conflict {
			t.Errorf("added twice: %v", err)
		}
		for _, bad := range []string{"", "nonsense", "ftp://paper.example/feed", "http://me:pw@127.0.0.1/feed"} {
			if _, err := p.Feeds.Add(ctx, p.As("editor-1"), p.Collection.ID, bad, feeds.Take); fault.KindOf(err) !=
				fault.Invalid {
				t.Errorf("%q: %v", bad, err)
			}
		}
		p.Verify()
	})
}

// TestPageIsNoFeed: a page at the address of a feed is refused with what to do.
func TestPageIsNoFeed(t *testing.T) {
	t.Parallel()
	p := newPaper(t, storetest.SQLite(t))
	p.add("/story/41", feeds.Take)
	p.serve()
	p.waits("it says what to do", func() bool { return strings.Contains(p.line().Message, "not a feed") })
	if p.Count("articles") != 0 || p.Count("feed_items") != 0 {
		t.Error("something of it was kept")
	}
}

// TestFeedWithoutEnd: of a feed of 100,000 items the first 1,000 are read, and that is said.
func TestFeedWithoutEnd(t *testing.T) {
	t.Parallel()
	p := newPaper(t, storetest.SQLite(t))
	p.mu.Lock()
	for i := range 100_000 {
		p.items = append(p.items,
			fmt.Sprintf("<item><guid>%d</guid><link>%s/story/%d</link><title>%d</title></item>", i,
				p.url, i, i))
	}
	p.mu.Unlock()
	p.add("/feed", feeds.Take)
	p.serve()
	p.waits("they wait", func() bool { return p.Count("feed_items") > 0 })
	p.visited()
	if n := p.Count("feed_items"); n != 1000 || p.Count("articles") != 0 {
		t.Errorf("%d items", n)
	}
}

// What is protected or taken down stays closed, and the list does not name it.
func TestClosedStaysClosed(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		p := newPaper(t, db)
		const words = "A clerk who must not be named told the paper on Monday that 41 grants were never approved " +
			"at all."
		a := p.Article(articles.Import{Raw: words, Lang: "en", URL: p.url + "/story/9"})
		if _, err := p.Articles.Protect(ctx, p.As("editor-1"), a.Article.ID, a.Article.Version, "Safety."); err != nil {
			t.Fatal(err)
		}
		p.prints("before", "/story/1", "")
		f := p.add("/feed", feeds.Take)
		p.serve()
		p.waits("one waits", func() bool { return len(p.list(feeds.Open)) == 1 })
		p.prints("closed", "/story/9", "")
		p.prints("copied", "", words)
		p.waits("the copy is refused", func() bool { return len(p.list(feeds.Passed)) == 1 })
		p.visited()
		if p.Count("articles") != 1 || p.times("/story/9") != 0 {
			t.Errorf("%d articles, asked %v", p.Count("articles"), p.asked)
		}
		if got := p.list(feeds.Passed)[0]; got.Raw != "" || got.Note == "" {
			t.Errorf("kept of the copy: %+v", got)
		}
		for _, it := range p.list(feeds.Taken) {
			if it.Address != "" || it.Title != "" {
				t.Errorf("the list names it: %+v", it)
			}
		}
		_ = f
		p.Verify()
	})
}
