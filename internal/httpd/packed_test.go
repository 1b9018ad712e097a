package httpd

import (
	"compress/gzip"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"claimbench/internal/articles"
	"claimbench/web"
)

// TestPagesArePacked: what a person asks for is packed and is the same page; what another site has their browser ask is
// not. Who says nothing of who asks is a program, or on a line that anybody reads.
func TestPagesArePacked(t *testing.T) {
	t.Parallel()
	d := newDoor(t)
	d.Article(articles.Import{Lang: "en", Title: "Grants", Raw: "The council approved twelve grants."})
	path := under(d.Collection.ID, "articles")
	plain := d.get("reviewer-1", path)
	for _, c := range []struct {
		from, takes string
		packed      bool
	}{
		{"same-origin", "gzip, deflate, br", true}, {"none", "br;q=1, GZIP;q=0.5", true}, {"same-origin", "", false},
		{"same-origin", "br", false}, {"same-origin", "gzip;q=0", false}, {"same-origin", "gzip;q=x", false},
		{"cross-site", "gzip", false}, {"same-site", "gzip", false}, {"", "gzip", true}, {"", "", false},
	} {
		got := d.do("reviewer-1", "GET", path, "", "", "Sec-Fetch-Site", c.from, "Accept-Encoding", c.takes)
		body := got.body
		if packed := got.header.Get("Content-Encoding") == "gzip"; packed != c.packed {
			t.Errorf("from %q taking %q: packed %v", c.from, c.takes, packed)
		} else if packed {
			z, err := gzip.NewReader(strings.NewReader(body))
			if err != nil {
				t.Fatal(err)
			}
			raw, err := io.ReadAll(z)
			if err != nil {
				t.Fatal(err)
			}
			if len(body)*2 > len(raw) {
				t.Errorf("%d bytes became %d", len(raw), len(body))
			}
			body = string(raw)
		}
		if body != plain.body {
			t.Errorf("from %q taking %q: another page", c.from, c.takes)
		}
		if vary := strings.Join(got.header.Values("Vary"), ","); !strings.Contains(vary, "Accept-Encoding") ||
			!strings.Contains(vary, "Sec-Fetch-Site") {
			t.Errorf("a cache would give it to anybody: Vary is %q", vary)
		}
	}
}

// TestOldBrowsersGetPlainPages: on an encrypted line, what says nothing of who asks may be asked by another site; it
// gets data packed, for no other site can ask for that with the person's session.
func TestOldBrowsersGetPlainPages(t *testing.T) {
	t.Parallel()
	d := newDoor(t)
	d.Article(articles.Import{Lang: "en", Title: "Grants", Raw: strings.Repeat("The council approved it. ", 99)})
	d.server.opts.PublicURL = "https://bench.example"
	for kind, packed := range map[string]bool{"text/html": false, "application/json": true} {
		r := httptest.NewRequest(http.MethodGet, "/articles/1", nil)
		r.Header.Set("Accept", kind)
		r.Header.Set("Accept-Encoding", "gzip")
		c := d.server.echo.NewContext(r, httptest.NewRecorder())
		if got := d.server.mayPack(c); got != packed {
			t.Errorf("%s: packed %v", kind, got)
		}
	}
}

// TestAssetsArePacked: the build's packed files are given to whoever takes them, with the kind of the plain file.
func TestAssetsArePacked(t *testing.T) {
	t.Parallel()
	assets, err := web.LoadAssets()
	if err != nil {
		t.Skip(err)
	}
	s := &Server{opts: Options{Assets: assets}}
	d := newDoor(t)
	s.echo = d.server.echo
	for takes, want := range map[string]string{"gzip, br": "br", "gzip": "gzip", "": "", "br;q=0": ""} {
		r := httptest.NewRequest(http.MethodGet, assets.URL("fonts.css"), nil)
		r.Header.Set("Accept-Encoding", takes)
		w := httptest.NewRecorder()
		if err := s.asset(s.echo.NewContext(r, w)); err != nil {
			t.Fatal(err)
		}
		kind, coding := w.Header().Get("Content-Type"), w.Header().Get("Content-Encoding")
		if coding != want || !strings.HasPrefix(kind, "text/css") || w.Header().Get("Vary") != "Accept-Encoding" {
			t.Errorf("taking %q: %q of kind %q, Vary %q", takes, coding, kind, w.Header().Get("Vary"))
		}
		if n := w.Body.Len(); n == 0 || want != "" && n > 40_000 {
			t.Errorf("taking %q: %d bytes", takes, n)
		}
	}
}
