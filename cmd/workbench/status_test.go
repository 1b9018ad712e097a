package main

import (
	"context"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"claimbench/internal/history"
	"claimbench/internal/status"
)

// signedList writes a list that a new key signed, and gives its text, with the key's public half in a file.
func signedList(t *testing.T, key *history.Key, number int64, made time.Time) string {
	t.Helper()
	l := status.List{Log: key.Origin(), Name: "x", Number: number, Made: made, Until: made.Add(status.ValidFor),
		Sets: []status.Set{{ID: 7, SHA256: strings.Repeat("ab", 32), Claims: []status.Claim{
			{Claim: 41, Standing: status.Standing{What: status.Valid}},
			{Claim: 42, Standing: status.Standing{What: status.Withdrawn}}}}}}
	signed, err := key.SignText(l.Text())
	if err != nil {
		t.Fatal(err)
	}
	return signed
}

func TestStatusCheck(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	key, err := history.OpenKey(filepath.Join(dir, "log.key"))
	if err != nil {
		t.Fatal(err)
	}
	now := time.Now().UTC().Truncate(time.Second)
	write := func(name, text string) string {
		t.Helper()
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	first := write("first", signedList(t, key, 1, now.Add(-time.Hour)))
	second := write("second", signedList(t, key, 2, now))
	old := write("old", signedList(t, key, 3, now.Add(-8*24*time.Hour)))
	forged := write("forged", strings.Replace(signedList(t, key, 2, now), "withdrawn", "valid", 1))
	pub, known := filepath.Join(dir, "log.key.pub"), filepath.Join(dir, "known")
	served := httptest.NewServer(http.FileServer(http.Dir(dir)))
	defer served.Close()
	for _, c := range []struct {
		args []string
		code int
		says string
	}{
		{[]string{first}, 0, "claim 42: withdrawn"},
		{[]string{first, "--known", known}, 0, "number 1"},
		{[]string{second, "--known", known}, 0, "1 of 2 claims are valid"},
		{[]string{first, "--known", known}, 1, "number 2"},
		{[]string{second, "--known", known}, 0, "number 2"},
		{[]string{old}, 1, "Ask for the newest"},
		{[]string{forged}, 1, "changed after it was signed"},
		{[]string{filepath.Join(dir, "nothing")}, 2, "There is no file"},
		{[]string{served.URL + "/second", "--known", known}, 0, "number 2"},
		{[]string{served.URL + "/first", "--known", known}, 1, "number 2"},
		{[]string{served.URL + "/nothing"}, 2, "404"},
		{[]string{first, "--known", forged}, 2, "is not the list known"},
	} {
		code, out := workbench(append([]string{"status", "check", "--key", pub}, c.args...)...)
		if code != c.code || !strings.Contains(out, c.says) {
			t.Errorf("%v: exit %d, want %d with %q\n%s", c.args, code, c.code, c.says, out)
		}
	}
	if code, _ := workbench("status", "check", first); code != exitUsage {
		t.Errorf("without a key: exit %d", code)
	}
}

// TestReachesOneHostOnly: a client that was given an address reaches no other host or port, whatever it is told.
func TestReachesOneHostOnly(t *testing.T) {
	t.Parallel()
	asked := make(chan string, 10)
	other := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { asked <- r.URL.Path }))
	defer other.Close()
	named := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/away":
			http.Redirect(w, r, other.URL+"/x", http.StatusFound)
		case "/large":
			_, _ = w.Write(make([]byte, 4096))
		case "/cut":
			w.Header().Set("Content-Length", "100")
			_, _ = w.Write([]byte("half"))
		default:
			_, _ = w.Write([]byte("here"))
		}
	}))
	defer named.Close()
	at := func(path string) *url.URL {
		u, err := webAddress("x", named.URL+path)
		if err != nil {
			t.Fatal(err)
		}
		return u
	}
	ctx := context.Background()
	if data, err := fetch(ctx, at("/"), 100); err != nil || string(data) != "here" {
		t.Errorf("%q, %v", data, err)
	}
	for _, path := range []string{"/away", "/large", "/cut"} {
		if data, err := fetch(ctx, at(path), 100); err == nil {
			t.Errorf("%s gives %q", path, data)
		}
	}
	if resp, err := reachOnly(at("/")).Get(other.URL); err == nil {
		resp.Body.Close()
		t.Error("another port is reached")
	}
	if len(asked) > 0 {
		t.Errorf("the other server was asked for %s", <-asked)
	}
	free, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	dead := "http://" + free.Addr().String()
	_ = free.Close()
	u, err := webAddress("x", dead)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := fetch(ctx, u, 100); err == nil {
		t.Error("nobody answers, and something came")
	}
	for _, bad := range []string{"", "ftp://127.0.0.1/x", "http://", "http://a@127.0.0.1/", "http://127.0.0.1/?q=1",
		"http://127.0.0.1:0/", "http://127.0.0.1:99999/", "//127.0.0.1/"} {
		if u, err := webAddress("x", bad); err == nil {
			t.Errorf("%q is taken as %s", bad, u)
		}
	}
}
