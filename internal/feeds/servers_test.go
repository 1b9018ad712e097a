package feeds_test

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

	"claimbench/internal/auth"
	"claimbench/internal/feeds"
	"claimbench/internal/fetch"
	"claimbench/internal/fetch/fetchtest"
	"claimbench/internal/house"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

// between is how long the site of TestSeveralServers wants to be left alone after a visit.
const between = 30 * time.Millisecond

// visits are those of a site: when each came, and when it was answered.
type visits struct {
	http.Handler
	mu         sync.Mutex
	now, atOne int           // that are being answered, and the most that ever were
	ended      time.Time     // of the last, but for robots.txt
	soonest    time.Duration // after one visit the next came
	pages      int
}

func (v *visits) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	page := r.URL.Path != "/robots.txt" // it is asked for in the visit of a page
	v.mu.Lock()
	v.now++
	v.atOne = max(v.atOne, v.now)
	if page {
		if v.pages++; v.pages > 1 {
			v.soonest = min(v.soonest, time.Since(v.ended))
		}
	}
	v.mu.Unlock()
	v.Handler.ServeHTTP(w, r)
	v.mu.Lock()
	defer v.mu.Unlock()
	v.now--
	if page {
		v.ended = time.Now()
	}
}

// TestSeveralServers: three servers ask for one feed and take in what it brings. Each item becomes one article, each
// page is asked for once, and the site is visited by one server at a time, each time after the pause that it wants.
func TestSeveralServers(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		p := newPaper(t, db)
		v := &visits{Handler: http.HandlerFunc(p.answer), soonest: time.Hour}
		site := httptest.NewServer(v)
		t.Cleanup(site.Close)
		p.url = site.URL
		port := netip.MustParseAddrPort(strings.TrimPrefix(site.URL, "http://")).Port()
		p.prints("old", "/story/0", "")
		serving, stop := context.WithCancel(context.Background())
		var all sync.WaitGroup
		t.Cleanup(func() { stop(); all.Wait() })
		var servers []*house.House
		for range 3 {
			o := fetchtest.Loopback(port)
			o.Between = between
			h, err := house.Open(db, house.Options{Auth: auth.Options{Demo: true, Hash: roomtest.Cheap},
				Web: fetch.New(o)})
			if err != nil {
				t.Fatal(err)
			}
			h.Feeds.AskEvery(20 * time.Millisecond)
			servers = append(servers, h)
		}
		if _, err := servers[0].Feeds.Add(ctx, p.As("editor-1"), p.Collection.ID, p.url+"/feed",
			feeds.Take); err != nil {
			t.Fatal(err)
		}
		for _, h := range servers {
			all.Go(func() { h.Web.Run(serving) })
			all.Go(func() { h.Feeds.Run(serving) })
		}
		p.waits("the old one waits", func() bool { return len(p.list(feeds.Open)) == 1 })
		const pages, texts = 5, 3
		for i := range pages {
			p.prints(fmt.Sprint("page ", i), fmt.Sprint("/story/", i+1), "")
			if i < texts {
				p.prints(fmt.Sprint("text ", i), "", fmt.Sprintf("The mayor of Ghent thanked %d members of the "+
					"council for their work of the last year, and said so in a letter.", i))
			}
			p.waits("one more visit", p.oneMore())
		}
		p.waits("all are articles", func() bool { return p.Count("articles") == pages+texts })
		p.waits("two more visits", p.oneMore())
		p.waits("two more visits", p.oneMore())
		if n, items := p.Count("articles"), p.Count("feed_items"); n != pages+texts || items != pages+texts+1 {
			t.Errorf("%d articles, %d items", n, items)
		}
		for i := range pages {
			if n := p.times(fmt.Sprint("/story/", i+1)); n != 1 {
				t.Errorf("page %d was asked for %d times", i+1, n)
			}
		}
		v.mu.Lock()
		if v.atOne != 1 || v.soonest < between {
			t.Errorf("%d visits at one time; one came %s after another, the site wants %s", v.atOne, v.soonest, between)
		}
		v.mu.Unlock()
		p.Verify()
	})
}

// oneMore says whether the feed was asked for once more since it was called.
func (p *paper) oneMore() func() bool {
	n := p.times("/feed")
	return func() bool { return p.times("/feed") > n }
}
