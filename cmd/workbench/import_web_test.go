package main

import (
	"bytes"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"

	"github.com/spf13/cobra"

	"claimbench/internal/addresses"
	"claimbench/internal/articles"
	asking "claimbench/internal/fetch"
	"claimbench/internal/fetch/fetchtest"
	"claimbench/internal/roomtest"
	"claimbench/internal/store/storetest"
)

// TestImportPages: the command fetches pages at once, says of each what became of it, proposes candidates, and fails
// when one did not come in.
func TestImportPages(t *testing.T) {
	t.Parallel()
	site := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch w.Header().Set("Content-Type", "text/plain; charset=utf-8"); r.URL.Path {
		case "/story", "/copy":
			fmt.Fprint(w, "On 3 March 2021 the council of Ghent approved 40 grants, the mayor said.\n")
		case "/busy":
			w.WriteHeader(http.StatusServiceUnavailable)
		default:
			http.NotFound(w, r)
		}
	}))
	defer site.Close()
	port := netip.MustParseAddrPort(strings.TrimPrefix(site.URL, "http://")).Port()
	w := roomtest.NewOnWeb(t, storetest.SQLite(t), articles.CollectionNew{}, asking.New(fetchtest.Loopback(port)))
	editor, in := w.As("editor-1"), w.Collection.ID
	pages := func(paths ...string) (string, error) {
		var out bytes.Buffer
		cmd := &cobra.Command{}
		cmd.SetOut(&out)
		cmd.SetErr(&out)
		for i := range paths {
			paths[i] = site.URL + paths[i]
		}
		err := importAll(cmd, w.House, editor, articles.Import{Collection: in, Lang: "auto"}, paths,
			reading{extract: true})
		return out.String(), err
	}
	if _, err := pages("/story"); err == nil || !strings.Contains(err.Error(), "fetches no pages") {
		t.Errorf("while it is off: %v", err)
	}
	for _, sw := range []addresses.Switch{{Allowed: true, Contact: "desk@paper.example"}, {CollectionID: in,
		Allowed: true}} {
		if _, err := w.Web.Set(roomtest.Ctx(), w.As("admin-1"), sw); err != nil {
			t.Fatal(err)
		}
	}
	out, err := pages("/story", "/copy", "/gone", "/busy")
	if err == nil || !strings.Contains(err.Error(), "2 of 4 pages") {
		t.Errorf("%v", err)
	}
	for _, want := range []string{"/story: article 1\n", "/copy: the same text is article 1 already",
		"/gone: The page is gone", "/busy: ", "tries it again from"} {
		if !strings.Contains(out, want) {
			t.Errorf("%q is not said:\n%s", want, out)
		}
	}
	if n := w.Count("claims"); n == 0 {
		t.Error("no candidate was proposed")
	}
	if out, err = pages("/story"); err != nil || !strings.Contains(out, "article 1 already") {
		t.Errorf("once more: %s, %v", out, err)
	}
	err = importAll(&cobra.Command{}, w.House, editor, articles.Import{Collection: in, Title: "Mine"},
		[]string{site.URL + "/story"}, reading{extract: true})
	if err == nil || !strings.Contains(err.Error(), "files only") {
		t.Errorf("with a title: %v", err)
	}
}

// TestImportOfNamesThatLeadHome: the command asks no name that leads to this machine, and says so.
func TestImportOfNamesThatLeadHome(t *testing.T) {
	t.Parallel()
	o, stop, err := fetchtest.Home()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(stop)
	w := roomtest.NewOnWeb(t, storetest.SQLite(t), articles.CollectionNew{}, asking.New(o))
	for _, sw := range []addresses.Switch{{Allowed: true, Contact: "desk@paper.example"},
		{CollectionID: w.Collection.ID, Allowed: true}} {
		if _, err := w.Web.Set(roomtest.Ctx(), w.As("admin-1"), sw); err != nil {
			t.Fatal(err)
		}
	}
	var out bytes.Buffer
	cmd := &cobra.Command{}
	cmd.SetOut(&out)
	cmd.SetErr(&out)
	for address, says := range map[string]string{"http://localhost.example/": "not public",
		"https://sam:secret@paper.example/": "holds a user name or a password",
		"https://paper.example:8080/":       "names the port 8080", "http://127.0.0.1/": "a network that is not " +
			"public"} {
		out.Reset()
		err := importAll(cmd, w.House, w.As("editor-1"), articles.Import{Collection: w.Collection.ID, Lang: "auto"},
			[]string{address}, reading{extract: true})
		if err == nil || !strings.Contains(out.String()+err.Error(), says) {
			t.Errorf("%s: %v\n%s", address, err, out.String())
		}
	}
	if n := w.Count("articles"); n != 0 {
		t.Errorf("%d articles", n)
	}
}
