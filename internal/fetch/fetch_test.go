package fetch_test

import (
	"compress/gzip"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"golang.org/x/net/dns/dnsmessage"

	"claimbench/internal/fault"
	"claimbench/internal/fetch"
	"claimbench/internal/fetch/fetchtest"
)

// site is a server on loopback. Its robots.txt lets everything be read unless a test says otherwise.
type site struct {
	*httptest.Server
	mux   *http.ServeMux
	asked chan string // what was asked for, and by whom
}

func newSite(t *testing.T) *site {
	s := &site{mux: http.NewServeMux(), asked: make(chan string, 1000)}
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.asked <- r.RequestURI
		s.mux.ServeHTTP(w, r)
	}))
	t.Cleanup(s.Close)
	return s
}

func (s *site) port() uint16 {
	return netip.MustParseAddrPort(strings.TrimPrefix(s.URL, "http://")).Port()
}

func (s *site) says(path, kind, body string) {
	s.mux.HandleFunc(path, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", kind)
		_, _ = io.WriteString(w, body)
	})
}

// seen are the paths that were asked for since the last call.
func (s *site) seen() (out []string) {
	for {
		select {
		case p := <-s.asked:
			out = append(out, p)
		default:
			return out
		}
	}
}

func (s *site) client() *fetch.Client { return fetch.New(fetchtest.Loopback(s.port())) }

func get(t *testing.T, c *fetch.Client, address string) (fetch.Page, error) {
	t.Helper()
	return c.Get(t.Context(), fetch.Ask{Address: address, Contact: "desk@paper.example"})
}

// want fails unless an error is of a kind and has words.
func want(t *testing.T, err error, kind fault.Kind, words string) {
	t.Helper()
	if fault.KindOf(err) != kind || !strings.Contains(fault.Message(err), words) {
		t.Errorf("%v (%s), want %s with %q", err, fault.KindOf(err), kind, words)
	}
}

// TestPage: bytes, media type, final address, the way there, headers without secrets; and who asked.
func TestPage(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	var who http.Header
	s.mux.HandleFunc("/story", func(w http.ResponseWriter, r *http.Request) {
		who = r.Header.Clone()
		w.Header().Set("Content-Type", "text/plain; charset=windows-1256")
		w.Header().Set("ETag", `"one"`)
		w.Header().Set("Set-Cookie", "who=you")
		w.Header().Set("X-Kept", "yes")
		_, _ = io.WriteString(w, "\xc7 words")
	})
	for i := range 5 {
		s.mux.Handle(fmt.Sprintf("/way/%d", i), http.RedirectHandler(fmt.Sprintf("/way/%d", i+1), http.StatusFound))
	}
	s.mux.Handle("/way/5", http.RedirectHandler("/story?a=1", http.StatusMovedPermanently))
	s.mux.Handle("/short", http.RedirectHandler("story#part", http.StatusPermanentRedirect))
	c := s.client()
	p, err := get(t, c, s.URL+"/short#here")
	if err != nil {
		t.Fatal(err)
	}
	if string(p.Body) != "\xc7 words" || p.Media != "text/plain; charset=windows-1256" || p.ETag != `"one"` ||
		p.Status != 200 || p.Address != s.URL+"/short#here" || p.Final != s.URL+"/story" ||
		!slices.Equal(p.Redirects, []string{s.URL + "/story"}) || p.Day.IsZero() {
		t.Errorf("%+v", p)
	}
	if !slices.Equal(p.Dropped, []string{"Set-Cookie"}) || slices.ContainsFunc(p.Header, func(f fetch.Field) bool {
		return fetch.IsSecret(f.Name)
	}) || !slices.Contains(p.Header, fetch.Field{Name: "X-Kept", Value: "yes"}) {
		t.Errorf("dropped %v of %v", p.Dropped, p.Header)
	}
	if ua := who.Get("User-Agent"); !strings.HasPrefix(ua, "Claimbench/test ") ||
		!strings.Contains(ua, "desk@paper.example") || who.Get("Referer")+who.Get("Cookie") != "" {
		t.Errorf("it was asked with %v", who)
	}
	s.seen()
	_, err = get(t, c, s.URL+"/way/0")
	want(t, err, fault.Invalid, "after 5")
	if seen := s.seen(); len(seen) != 6 { // robots.txt is known
		t.Errorf("asked for %v", seen)
	}
	if p, err = get(t, c, s.URL+"/way/1"); err != nil || len(p.Redirects) != 5 || p.Final != s.URL+"/story?a=1" {
		t.Errorf("five redirects: %+v, %v", p, err)
	}
}

// TestUnchanged: a page that is held already is not sent again.
func TestUnchanged(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.mux.HandleFunc("/story", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("ETag", `"one"`)
		http.ServeContent(w, r, "", time.Unix(1e9, 0), strings.NewReader("words"))
	})
	c := s.client()
	p, err := get(t, c, s.URL+"/story")
	if err != nil || p.Modified == "" {
		t.Fatalf("%+v, %v", p, err)
	}
	for _, ask := range []fetch.Ask{{ETag: p.ETag}, {Modified: p.Modified}} {
		ask.Address, ask.Contact = s.URL+"/story", "x@x.example"
		if p, err := c.Get(t.Context(), ask); err != nil || !p.Unchanged || p.Body != nil || p.Status != 304 {
			t.Errorf("%+v, %v", p, err)
		}
	}
	if p, err := c.Get(t.Context(), fetch.Ask{Address: s.URL + "/story", ETag: `"two"`}); err != nil || p.Unchanged {
		t.Errorf("another version: %+v, %v", p, err)
	}
}

// TestAnswers: what a site answers is said in words, with whether asking again may help.
func TestAnswers(t *testing.T) {
	t.Parallel()
	for status, x := range map[int]struct {
		kind  fault.Kind
		words string
	}{404: {fault.NotFound, "gone"}, 410: {fault.NotFound, "gone"}, 401: {fault.Invalid, "signed in"},
		403: {fault.Invalid, "upload"}, 451: {fault.Invalid, "upload"}, 429: {fault.Unavailable, "now"},
		500: {fault.Unavailable, "now"}, 503: {fault.Unavailable, "now"}, 418: {fault.Invalid, "418"},
		204: {fault.Invalid, "204"}, 206: {fault.Invalid, "206"}, 304: {fault.Invalid, "304"},
		300: {fault.Invalid, "300"}} {
		s := newSite(t)
		s.mux.HandleFunc("/story", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(status) })
		_, err := get(t, s.client(), s.URL+"/story")
		want(t, err, x.kind, x.words)
	}
	s := newSite(t)
	s.says("/", "text/plain", "words")
	c := s.client()
	s.Close()
	_, err := get(t, c, s.URL+"/story")
	want(t, err, fault.Unavailable, "reached")
}

// TestRetryAfter: a site that asks to be left alone is, and the error says for how long.
func TestRetryAfter(t *testing.T) {
	t.Parallel()
	now := time.Unix(1.8e9, 0)
	for said, after := range map[string]time.Duration{"": 0, "120": 2 * time.Minute, "soon": 0, "-5": 0,
		"99999999999999": 24 * time.Hour, now.Add(time.Hour).UTC().Format(http.TimeFormat): time.Hour,
		now.Add(-time.Hour).UTC().Format(http.TimeFormat): 0} {
		s := newSite(t)
		s.mux.HandleFunc("/story", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Retry-After", said)
			w.WriteHeader(503)
		})
		o := fetchtest.Loopback(s.port())
		o.Now = func() time.Time { return now }
		c := fetch.New(o)
		_, err := get(t, c, s.URL+"/story")
		if want(t, err, fault.Unavailable, "503"); fetch.After(err) != after {
			t.Errorf("%q: after %s, want %s", said, fetch.After(err), after)
		}
		s.seen()
		if _, err = get(t, c, s.URL+"/other"); after > time.Minute {
			want(t, err, fault.Unavailable, "left alone")
			if seen := s.seen(); len(seen) > 0 || fetch.After(err) != after {
				t.Errorf("%q: it was asked all the same: %v, %s", said, seen, fetch.After(err))
			}
		}
	}
}

// TestRobotsAreAsked: before a page, and before each address on the way; once a day.
func TestRobotsAreAsked(t *testing.T) {
	t.Parallel()
	now := time.Unix(1.8e9, 0)
	s, other := newSite(t), newSite(t)
	s.says("/robots.txt", "text/plain", "User-agent: *\nDisallow: /private\nCrawl-delay: 0.001")
	s.says("/story", "text/plain", "words")
	s.mux.Handle("/way", http.RedirectHandler("/private/story", http.StatusFound))
	s.mux.Handle("/away", http.RedirectHandler(other.URL+"/story", http.StatusFound))
	other.says("/story", "text/plain", "words")
	other.says("/robots.txt", "text/plain", "User-agent: claimbench\nDisallow: /")
	o := fetchtest.Loopback(s.port(), other.port())
	o.Now = func() time.Time { return now }
	c := fetch.New(o)
	for _, path := range []string{"/private", "/private/x", "/way"} {
		_, err := get(t, c, s.URL+path)
		want(t, err, fault.Invalid, "robots.txt")
	}
	_, err := get(t, c, s.URL+"/away")
	want(t, err, fault.Invalid, "robots.txt")
	if seen := other.seen(); !slices.Equal(seen, []string{"/robots.txt"}) {
		t.Errorf("the other site was asked for %v", seen)
	}
	if _, err := get(t, c, s.URL+"/story"); err != nil {
		t.Error(err)
	}
	if seen := s.seen(); !slices.Equal(seen, []string{"/robots.txt", "/way", "/away", "/story"}) {
		t.Errorf("asked for %v", seen)
	}
	now = now.Add(25 * time.Hour)
	if _, err := get(t, c, s.URL+"/story"); err != nil {
		t.Error(err)
	}
	if seen := s.seen(); !slices.Equal(seen, []string{"/robots.txt", "/story"}) {
		t.Errorf("a day later: %v", seen)
	}
}

// TestRobotsThatCannotBeRead: 4xx is none, 429 and 5xx forbid until they can be read, redirects are followed.
func TestRobotsThatCannotBeRead(t *testing.T) {
	t.Parallel()
	for status, kind := range map[int]fault.Kind{403: "", 404: "", 429: fault.Unavailable, 500: fault.Unavailable,
		503: fault.Unavailable, 204: fault.Unavailable} {
		s := newSite(t)
		s.says("/story", "text/plain", "words")
		s.mux.HandleFunc("/robots.txt", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(status) })
		if _, err := get(t, s.client(), s.URL+"/story"); fault.KindOf(err) != kind {
			t.Errorf("%d: %v", status, err)
		}
	}
	s := newSite(t)
	s.says("/story", "text/plain", "words")
	s.mux.Handle("/robots.txt", http.RedirectHandler("/elsewhere.txt", http.StatusMovedPermanently))
	s.says("/elsewhere.txt", "text/plain", "User-agent: *\nDisallow: /story")
	_, err := get(t, s.client(), s.URL+"/story")
	want(t, err, fault.Invalid, "robots.txt")
	loop := newSite(t)
	loop.says("/story", "text/plain", "words")
	loop.mux.Handle("/robots.txt", http.RedirectHandler("/robots.txt", http.StatusMovedPermanently))
	if _, err := get(t, loop.client(), loop.URL+"/story"); err != nil {
		t.Errorf("a robots.txt that leads to itself: %v", err)
	}
	long := newSite(t)
	long.says("/story", "text/plain", "words")
	long.says("/robots.txt", "text/plain", "User-agent: *\nDisallow: /story\n"+strings.Repeat("#\n", 1<<20))
	_, err = get(t, long.client(), long.URL+"/story")
	want(t, err, fault.Invalid, "robots.txt")
}

// TestPolite: a site is visited once in a time, others meanwhile.
func TestPolite(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.says("/", "text/plain", "words")
	o := fetchtest.Loopback(s.port())
	o.Between = 300 * time.Millisecond
	c := fetch.New(o)
	begun := time.Now()
	var all sync.WaitGroup
	for range 3 {
		all.Go(func() {
			if _, err := c.Get(context.WithoutCancel(t.Context()), fetch.Ask{Address: s.URL + "/a"}); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if took := time.Since(begun); took < 600*time.Millisecond {
		t.Errorf("three visits in %s", took)
	}
	slow := newSite(t)
	slow.says("/", "text/plain", "User-agent: *\nCrawl-delay: 3600")
	c = slow.client()
	if _, err := get(t, c, slow.URL+"/a"); err != nil {
		t.Fatal(err)
	}
	_, err := get(t, c, slow.URL+"/b")
	if want(t, err, fault.Unavailable, "left alone"); fetch.After(err) < 59*time.Minute {
		t.Errorf("after %s", fetch.After(err))
	}
	if _, d, err := c.Delay(slow.URL + "/c"); err != nil || d < 59*time.Minute {
		t.Errorf("the delay is %s, %v", d, err)
	}
}

// TestWhatIsRememberedIsBounded: however many sites are asked.
func TestWhatIsRememberedIsBounded(t *testing.T) {
	c := fetch.New(fetch.Options{})
	for i := range 12_000 {
		c.Remember(fmt.Sprintf("https://%d.example", i))
	}
	if rules, sites := c.Kept(); rules > 1000 || sites > 10_000 {
		t.Errorf("%d rules and %d sites are kept", rules, sites)
	}
}

// TestRedirectsIntoPrivateNetworks: an answer leads nowhere that an address may not.
func TestRedirectsIntoPrivateNetworks(t *testing.T) {
	t.Parallel()
	for _, to := range []string{"http://127.0.0.3/", "http://[::1]/", "http://169.254.169.254/latest/meta-data/",
		"file:///etc/passwd", "ftp://127.0.0.1/", "http://user:secret@127.0.0.1/", "http://127.0.0.1:22/",
		"http://10.0.0.1",
		"//192.168.0.1/x", "http://[::ffff:127.0.0.1]/", "http://%zz/"} {
		s := newSite(t)
		s.mux.HandleFunc("/story", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Location", to)
			w.WriteHeader(302)
		})
		_, err := get(t, s.client(), s.URL+"/story")
		want(t, err, fault.Invalid, "leads to")
		if strings.Contains(fault.Message(err), "secret") {
			t.Errorf("%v repeats a password", err)
		}
	}
}

// names is a server of names on loopback: each name has the numbers of its list, one a question, the last for ever.
func names(t *testing.T, of map[string][]string) *net.Resolver {
	t.Helper()
	conn, err := net.ListenPacket("udp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	go func() {
		buf := make([]byte, 1500)
		for {
			n, from, err := conn.ReadFrom(buf)
			if err != nil {
				return
			}
			if answer := answerOf(buf[:n], of); answer != nil {
				_, _ = conn.WriteTo(answer, from)
			}
		}
	}()
	return &net.Resolver{PreferGo: true, Dial: func(ctx context.Context, _, _ string) (net.Conn, error) {
		return (&net.Dialer{}).DialContext(ctx, "udp4", conn.LocalAddr().String())
	}}
}

func answerOf(asked []byte, of map[string][]string) []byte {
	var m dnsmessage.Message
	if m.Unpack(asked) != nil || len(m.Questions) != 1 {
		return nil
	}
	q := m.Questions[0]
	m.Response, m.Authoritative, m.Additionals = true, true, nil
	list := of[q.Name.String()]
	if len(list) == 0 {
		m.RCode = dnsmessage.RCodeNameError
	} else if q.Type == dnsmessage.TypeA {
		m.Answers = []dnsmessage.Resource{{Header: dnsmessage.ResourceHeader{Name: q.Name, Type: q.Type,
			Class: q.Class}, Body: &dnsmessage.AResource{A: netip.MustParseAddr(list[0]).As4()}}}
		if len(list) > 1 {
			of[q.Name.String()] = list[1:]
		}
	}
	out, err := m.Pack()
	if err != nil {
		return nil
	}
	return out
}

// TestRebinding: a name is judged by the number that is dialled, each time that it is dialled.
func TestRebinding(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.mux.HandleFunc("/", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Connection", "close") // so that the name is looked up again for the page
		_, _ = io.WriteString(w, "words")
	})
	o := fetchtest.Loopback(s.port())
	o.Resolver = names(t, map[string][]string{"turns.example.": {"127.0.0.1", "127.0.0.2"},
		"stays.example.": {"127.0.0.1"}})
	c := fetch.New(o)
	at := func(host string) string { return fmt.Sprintf("http://%s:%d/story", host, s.port()) }
	if p, err := get(t, c, at("stays.example")); err != nil || string(p.Body) != "words" {
		t.Errorf("a name that stays: %+v, %v", p, err)
	}
	s.seen()
	_, err := get(t, c, at("turns.example"))
	want(t, err, fault.Invalid, "not public")
	if seen := s.seen(); !slices.Equal(seen, []string{"/robots.txt"}) {
		t.Errorf("asked for %v", seen)
	}
	_, err = get(t, c, at("nobody.example"))
	want(t, err, fault.Unavailable, "No site is called")
}

// TestNamesOfPrivateNumbers: with the program's own guard a name that leads home is refused at the dial.
func TestNamesOfPrivateNumbers(t *testing.T) {
	t.Parallel()
	of := map[string][]string{}
	var hosts []string
	for i, s := range special {
		if n := netip.MustParseAddr(s); n.Is4() {
			host := fmt.Sprintf("h%d.example", i)
			of[host+"."], hosts = []string{s}, append(hosts, host)
		}
	}
	of["localhost.example."], hosts = []string{"127.0.0.1"}, append(hosts, "localhost.example")
	c := fetch.New(fetch.Options{Resolver: names(t, of), Between: time.Nanosecond})
	for _, host := range hosts {
		for _, scheme := range []string{"http", "https"} {
			_, err := get(t, c, scheme+"://"+host+"/")
			want(t, err, fault.Invalid, "not public")
		}
	}
}

// heldAbove runs something and gives how far the heap was above where it began, at most, in bytes.
func heldAbove(do func()) uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	begun, most := m.HeapAlloc, atomic.Uint64{}
	stop, stopped := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(stopped)
		for {
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			most.Store(max(most.Load(), m.HeapAlloc))
			select {
			case <-stop:
				return
			case <-time.After(time.Millisecond):
			}
		}
	}()
	do()
	close(stop)
	<-stopped
	return max(most.Load(), begun) - begun
}

// TestBombs: what is too large, too slow or badly packed is refused, within memory and time.
func TestBombs(t *testing.T) {
	s := newSite(t)
	s.mux.HandleFunc("/gzip", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Encoding", "gzip")
		z, zeros := gzip.NewWriter(w), make([]byte, 1<<20)
		for range 300 {
			if _, err := z.Write(zeros); err != nil {
				return
			}
		}
		_ = z.Close()
	})
	s.mux.HandleFunc("/headers", func(w http.ResponseWriter, _ *http.Request) {
		for i := range 20_000 {
			w.Header().Set(fmt.Sprintf("X-%d", i), "x")
		}
	})
	s.mux.HandleFunc("/drip", func(w http.ResponseWriter, r *http.Request) {
		for {
			if _, err := io.WriteString(w, "x"); err != nil {
				return
			}
			w.(http.Flusher).Flush()
			select {
			case <-r.Context().Done():
				return
			case <-time.After(50 * time.Millisecond):
			}
		}
	})
	s.mux.HandleFunc("/silent", func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() })
	s.mux.HandleFunc("/promised", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", "1000000")
		_, _ = io.WriteString(w, "less")
	})
	s.mux.HandleFunc("/broken", func(w http.ResponseWriter, _ *http.Request) {
		_, _ = io.WriteString(w, strings.Repeat("x", 10_000))
		w.(http.Flusher).Flush()
		panic(http.ErrAbortHandler)
	})
	s.mux.HandleFunc("/cut", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Encoding", "gzip")
		z := gzip.NewWriter(w)
		_, _ = io.WriteString(z, "words")
		_ = z.Flush()
	})
	s.mux.HandleFunc("/br", func(w http.ResponseWriter, _ *http.Request) { w.Header().Set("Content-Encoding", "br") })
	s.mux.HandleFunc("/most", func(w http.ResponseWriter, _ *http.Request) {
		_, _ = w.Write(make([]byte, fetch.MostBody))
	})
	s.mux.HandleFunc("/more", func(w http.ResponseWriter, _ *http.Request) {
		_, _ = w.Write(make([]byte, fetch.MostBody+1))
	})
	s.Config.ErrorLog = nil
	o := fetchtest.Loopback(s.port())
	o.Time = 3 * time.Second
	c := fetch.New(o)
	for path, x := range map[string]struct {
		kind  fault.Kind
		words string
	}{"/gzip": {fault.TooLarge, "20 MiB"}, "/headers": {fault.Invalid, "64 KiB"},
		"/drip":   {fault.Unavailable, "within 3s"},
		"/silent": {fault.Unavailable, "within 3s"}, "/promised": {fault.Unavailable, "broke off"},
		"/broken": {fault.Unavailable, "broke off"}, "/cut": {fault.Unavailable, "broke off"},
		"/br": {fault.Invalid, "packed"}, "/more": {fault.TooLarge, "20 MiB"}, "/most": {"", ""}} {
		begun := time.Now()
		var p fetch.Page
		var err error
		above := heldAbove(func() { p, err = get(t, c, s.URL+path) })
		if want(t, err, x.kind, x.words); above > 64<<20 {
			t.Errorf("%s: %d MiB of memory", path, above>>20)
		}
		if took := time.Since(begun); took > 20*time.Second {
			t.Errorf("%s: took %s", path, took)
		}
		if path == "/most" && len(p.Body) != fetch.MostBody {
			t.Errorf("the largest page that is taken came as %d bytes", len(p.Body))
		}
		t.Logf("%s: %v, %.1f MiB above", path, time.Since(begun).Round(time.Millisecond), float64(above)/(1<<20))
	}
}

// TestStopped: whoever asks may give up, while they wait for their turn too.
func TestStopped(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.says("/", "text/plain", "words")
	o := fetchtest.Loopback(s.port())
	o.Between = 15 * time.Second
	c := fetch.New(o)
	if _, err := get(t, c, s.URL+"/a"); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := c.Get(ctx, fetch.Ask{Address: s.URL + "/b"})
	want(t, err, fault.Unavailable, "stopped")
}
