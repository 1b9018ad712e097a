package watches_test

import (
	"context"
	"crypto/sha256"
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
	"claimbench/internal/fault"
	"claimbench/internal/fetch"
	"claimbench/internal/fetch/fetchtest"
	"claimbench/internal/notices"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
	"claimbench/internal/watches"
)

// paper is a site on loopback with one page, a server's work in the background, and the article of the page.
type paper struct {
	*roomtest.World
	url     string
	article articles.ID

	mu     sync.Mutex
	answer http.HandlerFunc
	asked  []http.Header
}

const first = "The council of Ghent approved 40 grants on Monday.\n\nThe mayor thanked the members for their work."

func newPaper(t *testing.T, db *store.DB) *paper {
	t.Helper()
	p := &paper{}
	site := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/story" {
			http.NotFound(w, r)
			return
		}
		p.mu.Lock()
		answer := p.answer
		p.asked = append(p.asked, r.Header.Clone())
		p.mu.Unlock()
		answer(w, r)
	}))
	t.Cleanup(site.Close)
	p.url = site.URL + "/story"
	p.prints("", first)
	port := netip.MustParseAddrPort(strings.TrimPrefix(site.URL, "http://")).Port()
	p.World = roomtest.NewOnWeb(t, db, articles.CollectionNew{}, fetch.New(fetchtest.Loopback(port)))
	p.article = p.Article(articles.Import{Raw: first, URL: p.url, Lang: "en", Title: "Grants"}).Article.ID
	return p
}

// allow switches fetching on.
func (p *paper) allow() {
	p.T.Helper()
	for _, sw := range []addresses.Switch{{Allowed: true, Contact: "desk@paper.example"},
		{CollectionID: p.Collection.ID, Allowed: true}} {
		if _, err := p.Web.Set(roomtest.Ctx(), p.As("admin-1"), sw); err != nil {
			p.T.Fatal(err)
		}
	}
}

// serve does what a server does in the background, until the test ends.
func (p *paper) serve() {
	ctx, stop := context.WithCancel(context.Background())
	var done sync.WaitGroup
	done.Go(func() { p.Web.Run(ctx) })
	p.T.Cleanup(func() { stop(); done.Wait() })
}

func (p *paper) answers(f http.HandlerFunc) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.answer = f
}

// prints lets the page be an article of paragraphs that states when it was changed.
func (p *paper) prints(changed, text string) {
	p.answers(func(w http.ResponseWriter, r *http.Request) {
		tag := fmt.Sprintf(`"%x"`, sha256.Sum256([]byte(changed+text)))
		w.Header().Set("ETag", tag)
		if r.Header.Get("If-None-Match") == tag {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		body := text
		if changed != "" {
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			body = `<!doctype html><html lang="en"><head><title>Grants</title><meta ` +
				`property="article:modified_time" content="` +
				changed + `"></head><body><article><h1>Grants</h1><p>` +
				strings.ReplaceAll(text, "\n\n", "</p><p>") + `</p></article></body></html>`
		}
		_, _ = w.Write([]byte(body))
	})
}

func (p *paper) times() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return len(p.asked)
}

func (p *paper) day(in int) string { return watches.Today(p.DB.Now() + store.Micros(in)*24*3600*1e6) }

func (p *paper) watch() watches.Watch {
	p.T.Helper()
	w, err := p.Watches.Set(roomtest.Ctx(), p.As("editor-1"), p.article, p.day(30), p.seen().Watch.Version)
	if err != nil {
		p.T.Fatal(err)
	}
	return w
}

func (p *paper) seen() (out watches.Seen) {
	p.T.Helper()
	if err := p.DB.Read(roomtest.Ctx(), func(r *store.Rx) error {
		a, err := articles.ByID(r, p.article)
		if err == nil {
			out, err = watches.Of(r, a)
		}
		return err
	}); err != nil {
		p.T.Fatal(err)
	}
	return out
}

func (p *paper) exec(query string, args ...any) {
	p.T.Helper()
	if err := p.DB.Write(roomtest.Ctx(), func(tx *store.Tx) error {
		return tx.Gorm().Exec(query, args...).Error
	}); err != nil {
		p.T.Fatal(err)
	}
}

// visited waits until the page was visited and what became of it is kept.
func (p *paper) visited() watches.Seen {
	p.T.Helper()
	return p.until("a visit", func(s watches.Seen) bool {
		return s.Work != nil && s.Work.State == addresses.Waiting && s.Work.NextAt > p.DB.Now()
	})
}

// visit lets the next visit be due now, and waits for it.
func (p *paper) visit() watches.Seen {
	p.T.Helper()
	p.exec("UPDATE addresses SET next_at = 0 WHERE task = 'watch'")
	return p.visited()
}

func (p *paper) until(what string, ok func(watches.Seen) bool) watches.Seen {
	p.T.Helper()
	for range 600 {
		if s := p.seen(); ok(s) {
			return s
		}
		time.Sleep(20 * time.Millisecond)
	}
	p.T.Fatalf("no %s: %+v", what, p.seen())
	return watches.Seen{}
}

// told counts the unread notices of a person.
func (p *paper) told(name string, kind notices.Kind) (n int) {
	p.T.Helper()
	if err := p.DB.Read(roomtest.Ctx(), func(r *store.Rx) error {
		list, err := notices.Of(r, p.As(name).UserID, notices.For(p.Policy, p.As(name)), "", 100)
		for _, x := range list {
			if x.Kind == kind && x.ReadAt == nil && x.Ref == articles.Object(p.article) {
				n++
			}
		}
		return err
	}); err != nil {
		p.T.Fatal(err)
	}
	return n
}

func want(t *testing.T, err error, kind fault.Kind, words string) {
	t.Helper()
	if fault.KindOf(err) != kind || !strings.Contains(fault.Message(err), words) {
		t.Errorf("%v, want %s with %q", err, kind, words)
	}
}

// TestSet: nothing is watched by itself; an editor sets a watch, where fetching is on, until a day that is near.
func TestSet(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		t.Parallel()
		p := newPaper(t, db)
		ctx := roomtest.Ctx()
		set := func(who string, id articles.ID, day string, version int64) error {
			_, err := p.Watches.Set(ctx, p.As(who), id, day, version)
			return err
		}
		want(t, set("editor-1", p.article, p.day(3), 0), fault.Forbidden, "fetches no pages")
		p.allow()
		want(t, set("reviewer-1", p.article, p.day(3), 0), fault.Forbidden, "")
		want(t, set("auditor-1", p.article, p.day(3), 0), fault.Forbidden, "")
		want(t, set("admin-1", p.article, p.day(3), 0), fault.NotFound, "")
		want(t, set("editor-1", 99, p.day(3), 0), fault.NotFound, "")
		for _, day := range []string{"", "tomorrow", "2026-02-30", p.day(-1), p.day(367), "2026-1-1"} {
			want(t, set("editor-1", p.article, day, 0), fault.Invalid, "")
		}
		bare := p.Article(articles.Import{Raw: "A text without an address."}).Article.ID
		want(t, set("editor-1", bare, p.day(3), 0), fault.Conflict, "no address")
		want(t, set("editor-1", p.article, p.day(3), 4), fault.Conflict, "Somebody else")
		if err := set("editor-1", p.article, p.day(0), 0); err != nil {
			t.Fatal(err)
		}
		want(t, set("editor-1", p.article, p.day(3), 0), fault.Conflict, "Somebody else")
		if err := set("editor-1", p.article, p.day(366), 1); err != nil {
			t.Fatal(err)
		}
		if _, err := p.Watches.End(ctx, p.As("reviewer-1"), p.article, 2); fault.KindOf(err) != fault.Forbidden {
			t.Errorf("a reviewer ends a watch: %v", err)
		}
		if _, err := p.Watches.End(ctx, p.As("editor-1"), p.article, 2); err != nil {
			t.Fatal(err)
		}
		if s := p.seen(); s.Work != nil || s.Watch.State != watches.Ended {
			t.Errorf("ended, and %+v", s)
		}
		if list, err := p.Web.Ask(ctx, p.As("editor-1"), p.Collection.ID, "http://localhost/x"); err == nil &&
			len(list) != 1 {
			t.Error(list)
		}
		if p.times() > 0 {
			t.Error("the site was asked")
		}
		p.Verify()
	})
}

// TestNotInTheListOfAddresses: a watch is no address that an editor gave; nobody cancels it there.
func TestNotInTheListOfAddresses(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		t.Parallel()
		p := newPaper(t, db)
		p.allow()
		p.watch()
		ctx := roomtest.Ctx()
		if n, err := p.Web.Cancel(ctx, p.As("editor-1"), p.Collection.ID, nil); n != 0 || err != nil {
			t.Errorf("%d cancelled, %v", n, err)
		}
		if err := p.DB.Read(ctx, func(r *store.Rx) error {
			list, err := addresses.List(r, p.Collection.ID, 0, 10)
			counts, second := addresses.Counts(r, p.Collection.ID)
			if len(list)+len(counts) > 0 || err != nil || second != nil {
				t.Errorf("%v %v, %v %v", list, counts, err, second)
			}
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		if s := p.seen(); s.Work == nil || s.Work.State != addresses.Waiting {
			t.Errorf("%+v", s.Work)
		}
	})
}

// TestChangedTextIsProposed: the same page is asked for with what the site gave and at growing intervals; another text
// is proposed, never taken by itself; a person takes it, and claims follow; one that was refused is not proposed again.
func TestChangedTextIsProposed(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		t.Parallel()
		p := newPaper(t, db)
		p.allow()
		p.watch()
		p.serve()
		s := p.visited()
		if s.Open != nil || s.Watch.GoneDay != "" || p.times() != 1 {
			t.Fatalf("%+v after %d visits", s, p.times())
		}
		one := s.Work.NextAt - p.DB.Now()
		s = p.visit()
		if two := s.Work.NextAt - p.DB.Now(); two < 2*one {
			t.Errorf("the next visit is %d µs away, the one before was %d", two, one)
		}
		if got := p.asked[1].Get("If-None-Match"); got == "" {
			t.Error("the second visit is not conditional")
		}
		second := strings.Replace(first, "40", "41", 1)
		p.prints("", second)
		s = p.visit()
		if s.Open == nil || s.Open.Raw != second || s.Open.Silent {
			t.Fatalf("%+v", s.Open)
		}
		if left := s.Work.NextAt - p.DB.Now(); left > one+1e6 {
			t.Errorf("after a change the next visit is %d µs away", left)
		}
		if got := p.articleText(); got != first {
			t.Errorf("the article became %q by itself", got)
		}
		if p.told("editor-1", notices.TextChanged) != 1 || p.told("reviewer-1", notices.TextChanged) != 0 {
			t.Error("the editors are to be told, and nobody else")
		}
		p.exec("UPDATE addresses SET etag = '' WHERE task = 'watch'")
		if again := p.visit(); again.Open.ID != s.Open.ID {
			t.Error("the same text is proposed twice")
		}
		third := second + "\n\nThe vote was close."
		p.prints("", third)
		replaced := p.visit()
		if replaced.Open == nil || replaced.Open.Raw != third || len(replaced.Earlier) != 1 ||
			replaced.Earlier[0].State != watches.Replaced || replaced.Earlier[0].Raw != "" {
			t.Fatalf("%+v", replaced)
		}
		p.decide(second, replaced.Open.ID, s.Open.ID)
		p.Verify()
	})
}

// decide refuses one text, and takes the next.
func (p *paper) decide(second string, open, replaced watches.ProposedID) {
	t, ctx := p.T, roomtest.Ctx()
	t.Helper()
	want(t, p.Watches.Refuse(ctx, p.As("reviewer-1"), p.article, open), fault.Forbidden, "")
	want(t, p.Watches.Refuse(ctx, p.As("editor-1"), p.article, replaced), fault.Conflict, "replaced")
	other := p.Article(articles.Import{Raw: "Another text."}).Article.ID
	want(t, p.Watches.Refuse(ctx, p.As("editor-1"), other, open), fault.NotFound, "")
	if err := p.Watches.Refuse(ctx, p.As("editor-1"), p.article, open); err != nil {
		t.Fatal(err)
	}
	if p.told("editor-1", notices.TextChanged) != 0 {
		t.Error("the notice stays unread after the decision")
	}
	p.exec("UPDATE addresses SET etag = '' WHERE task = 'watch'")
	if s := p.visit(); s.Open != nil {
		t.Errorf("a text that was refused is proposed again: %+v", s.Open)
	}
	p.prints("", second)
	s := p.visit()
	if s.Open == nil || s.Open.Raw != second {
		t.Fatalf("%+v", s.Open)
	}
	_, err := p.Watches.Take(ctx, p.As("reviewer-1"), p.article, s.Open.ID, 1)
	want(t, err, fault.Forbidden, "")
	_, err = p.Watches.Take(ctx, p.As("editor-1"), p.article, s.Open.ID, 7)
	want(t, err, fault.Conflict, "")
	if p.seen().Open == nil {
		t.Fatal("a refused act decided")
	}
	out, err := p.Watches.Take(ctx, p.As("editor-1"), p.article, s.Open.ID, 1)
	if err != nil || out.Revision.N != 2 || p.articleText() != second {
		t.Fatalf("%+v, %v", out.Revision, err)
	}
	_, err = p.Watches.Take(ctx, p.As("editor-1"), p.article, s.Open.ID, 2)
	want(t, err, fault.Conflict, "taken")
	p.exec("UPDATE addresses SET etag = '' WHERE task = 'watch'")
	if s := p.visit(); s.Open != nil || s.Earlier[0].State != watches.Taken {
		t.Errorf("%+v", s)
	}
}

func (p *paper) articleText() (raw string) {
	p.T.Helper()
	a, err := p.Articles.Get(roomtest.Ctx(), p.As("editor-1"), p.article)
	if err != nil {
		p.T.Fatal(err)
	}
	if err := p.DB.Read(roomtest.Ctx(), func(r *store.Rx) error {
		_, rv, err := articles.DocOf(r, *a.RevisionID)
		raw = rv.Raw
		return err
	}); err != nil {
		p.T.Fatal(err)
	}
	return raw
}

// TestChangedInSilence: another text under the same day of the last change is said, another day is not, nor is a page
// that had the text before it was watched.
func TestChangedInSilence(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		t.Parallel()
		p := newPaper(t, db)
		p.allow()
		long := first + "\n\nThe opposition asked how many of these grants go to the harbour, and was not answered."
		p.prints("2026-11-03T10:00:00+01:00", long)
		p.watch()
		p.serve()
		if s := p.visited(); s.Open == nil || s.Open.Silent || p.told("editor-1", notices.ChangedInSilence) != 0 {
			t.Fatalf("the first visit: %+v", s.Open)
		}
		p.prints("2026-11-04T10:00:00+01:00", strings.Replace(long, "40", "400", 1))
		if s := p.visit(); s.Open == nil || s.Open.Silent || p.told("editor-1", notices.ChangedInSilence) != 0 {
			t.Fatalf("with its day: %+v", s.Open)
		}
		p.prints("2026-11-04T10:00:00+01:00", strings.Replace(long, "40", "14", 1))
		s := p.visit()
		if s.Open == nil || !s.Open.Silent || s.Open.Stated != "2026-11-04T10:00:00+01:00" {
			t.Fatalf("in silence: %+v", s.Open)
		}
		if p.told("editor-1", notices.ChangedInSilence) != 1 || p.told("reviewer-1", notices.ChangedInSilence) != 0 {
			t.Error("the editors are to be told of it, and nobody else")
		}
		p.Verify()
	})
}

// TestGone: that a page is gone is noted with the day and told; it is asked for again, and may come back. A site that
// cannot answer is no page that is gone.
func TestGone(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		t.Parallel()
		p := newPaper(t, db)
		p.allow()
		p.answers(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusServiceUnavailable) })
		p.watch()
		p.serve()
		s := p.until("try that failed", func(s watches.Seen) bool { return s.Work.Tries > 0 })
		if s.Watch.GoneDay != "" || s.Work.Message == "" || s.AskedAt != 0 {
			t.Fatalf("%+v %+v", s.Watch, s.Work)
		}
		p.exec("DELETE FROM sites")
		p.answers(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusGone) })
		s = p.visit()
		if s.Watch.GoneDay != p.day(0) || s.Work.Tries != 0 || p.told("editor-1", notices.PageGone) != 1 {
			t.Fatalf("%+v", s.Watch)
		}
		if s = p.visit(); s.Watch.GoneDay != p.day(0) || s.Watch.Version != 2 {
			t.Fatalf("%+v", s.Watch)
		}
		p.prints("", first)
		if s = p.visit(); s.Watch.GoneDay != "" || s.Open != nil || p.told("editor-1", notices.PageGone) != 0 {
			t.Fatalf("back: %+v", s.Watch)
		}
		p.Verify()
	})
}

// TestLeaves: an article that is protected or taken down is not watched any more, and nothing of what was found, nor
// its address, stays.
func TestLeaves(t *testing.T) {
	t.Parallel()
	for what, leave := range map[string]func(*paper) error{
		"protected": func(p *paper) error {
			_, err := p.Articles.Protect(roomtest.Ctx(), p.As("editor-1"), p.article, 1, "source at risk")
			return err
		},
		"taken down": func(p *paper) error {
			return p.Articles.TakeDown(roomtest.Ctx(), p.As("editor-1"), p.article, 1, "court order 12")
		},
	} {
		t.Run(what, func(t *testing.T) {
			t.Parallel()
			storetest.Each(t, func(t *testing.T, db *store.DB) {
				t.Parallel()
				leaves(newPaper(t, db), leave)
			})
		})
	}
}

func leaves(p *paper, leave func(*paper) error) {
	t := p.T
	t.Helper()
	p.allow()
	p.prints("", first+"\n\nThe source is known.")
	p.watch()
	p.serve()
	open := p.visited().Open
	if open == nil {
		t.Fatal("no text was proposed")
	}
	if len(p.hidden()) > 0 {
		t.Error("events of an article that is open are hidden")
	}
	if err := leave(p); err != nil {
		t.Fatal(err)
	}
	if a, err := p.Articles.Get(roomtest.Ctx(), p.As("editor-1"), p.article); err != nil ||
		a.Covered() != (len(p.hidden()) == 2) {
		t.Errorf("of an article that is %s, %v are hidden; %v", a.State, p.hidden(), err)
	}
	if n := p.count("SELECT COUNT(*) AS n FROM addresses WHERE task = 'watch'"); n != 0 {
		t.Error("it is still asked for")
	}
	if n := p.count("SELECT COUNT(*) AS n FROM proposed_revisions WHERE raw <> '' OR state = 'open'"); n != 0 {
		t.Error("the text that was found stays")
	}
	if n := p.count("SELECT COUNT(*) AS n FROM watch_visits"); n != 0 {
		t.Error("what was seen stays")
	}
	if s := p.seen(); s.Open != nil || s.Earlier != nil || s.Stated != "" || s.AskedAt != 0 ||
		s.Watch.State != watches.Ended {
		t.Errorf("%+v", s)
	}
	if p.told("editor-1", notices.TextChanged) != 0 {
		t.Error("a notice of it stays unread")
	}
	_, err := p.Watches.Take(roomtest.Ctx(), p.As("editor-1"), p.article, open.ID, 2)
	want(t, err, fault.Conflict, "")
	_, err = p.Watches.Set(roomtest.Ctx(), p.As("editor-1"), p.article, p.day(3), 2)
	want(t, err, fault.Conflict, "")
	p.Verify()
}

// TestLeavesUnderAVisit: a visit that is under way when the article is protected comes to nothing.
func TestLeavesUnderAVisit(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		t.Parallel()
		p := newPaper(t, db)
		p.allow()
		asked, free := make(chan struct{}), make(chan struct{})
		p.answers(func(w http.ResponseWriter, _ *http.Request) {
			close(asked)
			<-free
			_, _ = w.Write([]byte(first + "\n\nThe source is known."))
		})
		p.watch()
		ctx, stop := context.WithCancel(context.Background())
		var done sync.WaitGroup
		done.Go(func() { p.Web.Run(ctx) })
		<-asked
		if _, err := p.Articles.Protect(roomtest.Ctx(), p.As("editor-1"), p.article, 1, "source at risk"); err != nil {
			t.Fatal(err)
		}
		close(free)
		stop()
		done.Wait()
		if n := p.count("SELECT COUNT(*) AS n FROM proposed_revisions") + p.count("SELECT COUNT(*) AS n FROM "+
			"addresses") + p.count("SELECT COUNT(*) AS n FROM watch_visits"); n != 0 {
			t.Error("something of the visit stays")
		}
		p.Verify()
	})
}

// hidden are the objects of the watch whose events are hidden.
func (p *paper) hidden() (out map[string]bool) {
	p.T.Helper()
	if err := p.DB.Read(roomtest.Ctx(), func(r *store.Rx) (err error) {
		out, err = watches.Hidden(r, []string{"watch:1", "proposed_revision:1", "article:1", "watch:9"})
		return err
	}); err != nil {
		p.T.Fatal(err)
	}
	return out
}

func (p *paper) count(query string) (n int) {
	p.T.Helper()
	if err := p.DB.Read(roomtest.Ctx(), func(r *store.Rx) (err error) {
		n, _, err = store.One[int](r, query)
		return err
	}); err != nil {
		p.T.Fatal(err)
	}
	return n
}

// TestQuestionsGoByIndexes: what is asked at each visit and on each page reads no table whole.
func TestQuestionsGoByIndexes(t *testing.T) {
	t.Parallel()
	db := storetest.SQLite(t)
	for _, query := range []string{
		"SELECT * FROM addresses WHERE task = 'watch' AND object = 7 AND task <> 'page'",
		"SELECT * FROM watches WHERE article_id = 7",
		"SELECT * FROM proposed_revisions WHERE article_id = 7 AND state = 'open'",
		"SELECT * FROM proposed_revisions WHERE article_id = 7 ORDER BY id DESC LIMIT 21",
	} {
		if plan := storetest.Plan(t, db, query); strings.Contains(plan, "SCAN") {
			t.Errorf("%s: %s", query, plan)
		}
	}
}
