package addresses_test

import (
	"net/http"
	"strings"
	"testing"

	"claimbench/internal/addresses"
	"claimbench/internal/articles"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

// TestHostileWords: bytes that are no text, in what a site says, end in a page or in words for people, on every engine;
// an address whose end cannot be written would be asked for without end.
func TestHostileWords(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		p := newPaper(t, db)
		p.allow()
		says := func(path string, status int, header, value string) {
			p.answers(path, func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("Content-Type", "text/plain; charset=utf-8")
				w.Header()[header] = []string{value}
				w.WriteHeader(status)
				_, _ = w.Write([]byte("The council approved grants at " + path))
			})
		}
		says("/none", http.StatusFound, "Location", "http://[\xff\xfe")
		says("/scheme", http.StatusFound, "Location", "gopher://a.example/\xff?\xff")
		says("/packed", http.StatusOK, "Content-Encoding", "\xff\xfe")
		says("/media", http.StatusOK, "Content-Type", "text/\xff; charset=\xff\xfe")
		says("/charset", http.StatusOK, "Content-Type", "text/html; charset=\"\xff'<script>\"")
		says("/query", http.StatusFound, "Location", "/story?q=\xff\xfe")
		says("/nul", http.StatusFound, "Location", "/story?q=%00%ff")
		says("/story", http.StatusOK, "X-Y", "\xff")
		for _, path := range []string{"/none", "/scheme", "/packed", "/media", "/charset", "/query", "/nul"} {
			a := p.fetch(path)[0]
			if !a.Ended() {
				t.Errorf("%s: %s, tried %d times: %q", path, a.State, a.Tries, a.Message)
			}
		}
		p.Verify()
	})
}

// TestProtectedLater: an address whose article was protected since is not named in the list, however often it was asked
// for, and is not taken in anew, which would show the document.
func TestProtectedLater(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		p := newPaper(t, db)
		p.allow()
		ctx := roomtest.Ctx()
		p.answers("/leak", http.NotFound)
		p.fetch("/leak")
		p.prints("/leak", "The council approved 43 grants.")
		p.answers("/old", http.RedirectHandler("/leak", http.StatusMovedPermanently).ServeHTTP)
		p.prints("/other", "Nobody answered the letter.")
		p.fetch("/other")
		a := p.article(p.fetch("/leak")[0])
		waits := p.ask("/old")[0].Row
		if _, err := p.Articles.Protect(ctx, p.As("editor-1"), a.ID, a.Version, "source at risk"); err != nil {
			t.Fatal(err)
		}
		for i, x := range p.list() {
			if hides := x.Address.Address+x.Site+x.Message == ""; hides != (i == 1 || i == 3) {
				t.Errorf("in the list: %+v", x)
			}
			if x.Became == articles.Protected && x.Title != articles.Masked {
				t.Errorf("the title of a protected article: %q", x.Title)
			}
		}
		if again := p.ask("/leak")[0]; again.Added {
			t.Error("the address of a protected article is asked for anew")
		}
		if _, err := p.Web.Finish(ctx, []addresses.ID{waits.ID}, func(addresses.Address) {}); err != nil {
			t.Fatal(err)
		}
		// Its text at other addresses, and an address that leads to it in another spelling, come in no more than
		// itself; the list then names neither.
		p.prints("/mirror", "The  council approved\n43 grants.")
		p.answers("/new", http.RedirectHandler("/leak/?utm_source=x#top", http.StatusFound).ServeHTTP)
		p.prints("/leak/", "Another text is there now.")
		for _, path := range []string{"/mirror", "/new"} {
			a := p.fetch(path)[0]
			if a.State != addresses.Failed || !strings.Contains(a.Message, "not taken in here") {
				t.Errorf("%s: %s: %s", path, a.State, a.Message)
			}
			if x := p.list()[0]; x.Address.Address+x.Site+x.Message+x.Address.Message != "" ||
				x.Became != articles.Protected {
				t.Errorf("%s in the list: %+v", path, x)
			}
		}
		if again := p.ask("/leak/?utm_medium=y")[0]; again.Added {
			t.Error("another spelling of a protected article's address is asked for")
		}
		if n := p.Count("articles"); n != 2 {
			t.Errorf("%d articles: the document was taken in openly", n)
		}
		p.Verify()
	})
}
