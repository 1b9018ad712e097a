package main

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"claimbench/internal/auth"
	"claimbench/internal/fault"
	"claimbench/internal/store"
	"claimbench/web"
)

// started is a server that a test runs.
type started struct {
	url  string
	out  *lines
	stop func() error
}

// lines collects what a server prints while it runs.
type lines struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *lines) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *lines) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

var served = regexp.MustCompile(`(?s)at (http://\S+)\n.*Stop with Ctrl-C`)

// startServer runs serve on a port of the kernel's until the test ends.
func startServer(t *testing.T, f serveFlags) started {
	t.Helper()
	if _, err := web.LoadAssets(); err != nil {
		t.Skipf("the server is not tested here: %v", err)
	}
	f.addr = "127.0.0.1:0"
	ctx, cancel := context.WithCancel(context.Background())
	s := started{out: &lines{}}
	done := make(chan error, 1)
	go func() { done <- serve(ctx, f, s.out, io.Discard) }()
	s.stop = sync.OnceValue(func() error {
		cancel()
		return <-done
	})
	t.Cleanup(func() {
		if err := s.stop(); err != nil {
			t.Errorf("the server ended with %v", err)
		}
	})
	for s.url == "" {
		select {
		case err := <-done:
			t.Fatalf("the server ended with %v", err)
		case <-time.After(10 * time.Millisecond):
			if m := served.FindStringSubmatch(s.out.String()); m != nil {
				s.url = m[1]
			}
		}
	}
	return s
}

func statusAt(t *testing.T, method, url, host string) int {
	t.Helper()
	req, err := http.NewRequest(method, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	if host != "" {
		req.Host = host
	}
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	res, err := client.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	res.Body.Close()
	return res.StatusCode
}

func TestServeDemo(t *testing.T) {
	database := "sqlite:" + filepath.Join(t.TempDir(), "demo.db")
	s := startServer(t, serveFlags{database: database, demo: true})
	for path, want := range map[string]int{"/healthz": 200, "/readyz": 200, "/": 303, "/sign-in": 200,
		"/nothing": 404} {
		if got := statusAt(t, http.MethodGet, s.url+path, ""); got != want {
			t.Errorf("GET %s = %d, want %d", path, got, want)
		}
	}
	for host, want := range map[string]int{"evil.example": 403, "localhost": 200, "localhost:8080": 200,
		"[::1]:8080": 200, "127.0.0.1.evil.example": 403} {
		if got := statusAt(t, http.MethodGet, s.url+"/sign-in", host); got != want {
			t.Errorf("Host %s = %d, want %d", host, got, want)
		}
	}
	err := serve(context.Background(), serveFlags{database: database, demo: true, addr: "127.0.0.1:0"}, io.Discard,
		io.Discard)
	if fault.KindOf(err) != fault.Unavailable || !strings.Contains(err.Error(), "already serves") {
		t.Errorf("a second serve: %v", err)
	}
	if err := s.stop(); err != nil {
		t.Fatal(err)
	}
	again := startServer(t, serveFlags{database: database, demo: true})
	if got := statusAt(t, http.MethodGet, again.url+"/readyz", ""); got != 200 {
		t.Errorf("the demo cannot be repeated: %d", got)
	}
	if err := again.stop(); err != nil {
		t.Fatal(err)
	}
	code, out := workbench("audit", "verify", "--database", database)
	if code != 0 || !strings.Contains(out, "4 rows of kind article") {
		t.Errorf("audit verify = %d\n%s", code, out)
	}
}

func TestDemoBeginsAgainWhenItsDatabaseIsDeleted(t *testing.T) {
	dir := t.TempDir()
	database := "sqlite:" + filepath.Join(dir, "demo.db")
	for range 2 {
		s := startServer(t, serveFlags{database: database, demo: true})
		if err := s.stop(); err != nil {
			t.Fatal(err)
		}
		if code, out := workbench("audit", "checkpoint", "--database", database); code != 0 {
			t.Fatalf("no checkpoint can be signed: %s", out)
		}
		for _, name := range []string{"demo.db", "demo.db-wal", "demo.db-shm"} {
			if err := os.Remove(filepath.Join(dir, name)); err != nil && !os.IsNotExist(err) {
				t.Fatal(err)
			}
		}
	}
}

func TestServePrintsTheFirstAdminsLink(t *testing.T) {
	s := startServer(t, serveFlags{database: "sqlite:" + filepath.Join(t.TempDir(), "a.db")})
	if out := s.out.String(); !strings.Contains(out, s.url+"/link/") {
		t.Errorf("no link is printed:\n%s", out)
	}
}

func TestDemoRefuses(t *testing.T) {
	if _, err := web.LoadAssets(); err != nil {
		t.Skipf("the server is not tested here: %v", err)
	}
	dir := t.TempDir()
	real := "sqlite:" + filepath.Join(dir, "real.db")
	if code, out := workbench("migrate", "--database", real); code != 0 {
		t.Fatal(out)
	}
	for _, c := range []struct {
		name  string
		flags serveFlags
		says  string
	}{
		{"every address", serveFlags{addr: "0.0.0.0:0", database: real}, "this machine only"},
		{"no host", serveFlags{addr: ":8080", database: real}, "this machine only"},
		{"another machine's address", serveFlags{addr: "192.0.2.1:80", database: real}, "this machine only"},
		{"no port", serveFlags{addr: "127.0.0.1", database: real}, "HOST:PORT"},
		{"a database it did not make", serveFlags{addr: "127.0.0.1:0", database: real}, "was not made by a demo"},
	} {
		c.flags.demo = true
		err := serve(context.Background(), c.flags, io.Discard, io.Discard)
		if err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}

// workbench runs the program and gives its exit code and all that it printed.
func workbench(args ...string) (int, string) {
	var out bytes.Buffer
	code := run(args, strings.NewReader(""), &out, &out)
	return code, out.String()
}

func TestCommands(t *testing.T) {
	dir := t.TempDir()
	database := "sqlite:" + filepath.Join(dir, "c.db")
	article := filepath.Join(dir, "article.txt")
	write := func(name, words string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(words), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	write("article.txt", "The council approved 12 grants on Monday.")
	broken := write("broken.txt", "caf\xe9")
	huge := write("huge.txt", strings.Repeat("x", 50_000_000))
	if code, out := workbench("migrate", "--database", database); code != 0 {
		t.Fatal(out)
	}
	addAdmin(t, database)
	for _, c := range []struct {
		args string
		code int
		says string
	}{
		{"version", 0, "workbench"},
		{"nonsense", 2, "unknown command"},
		{"migrate --database mysql://x", 1, "names no database"},
		{"migrate", 0, "up to date"},
		{"user list", 0, "boss"},
		{"collection list", 0, "QUORUM"},
		{"collection add Grants --as nobody", 1, "nobody"},
		{"collection add Grants --as boss", 0, "Collection 1"},
		{"collection add Grants --as boss", 1, "exists already"},
		{"collection add Grants --quorum 0x --as boss", 2, "quorum"},
		{"user add ed --role editor --as boss", 0, "/link/"},
		{"import --collection Grants --as boss " + article, 1, "role editor"},
		{"import --as ed " + article, 2, "--collection"},
		{"import --collection Other --as ed " + article, 1, "Other"},
		{"import --collection Grants --source Gazette --published 2026-01-02 --as ed " + article, 0, "article 1, en"},
		{"import --collection Grants --as ed " + article, 0, "is article 1 already"},
		{"import --collection Grants --as ed " + broken, 1, "UTF-8"},
		{"import --collection Grants --as ed " + huge, 1, "5 MiB"},
		{"import --collection Grants --as ed " + filepath.Join(dir, "missing.txt"), 1, "There is no file"},
		{"index rebuild", 0, "made anew"},
		{"export --as ed", 2, "--set"},
		{"export --set 7 --as ed", 1, "no such claim set"},
		{"audit verify", 0, "Verified"},
		{"audit checkpoint", 0, "claimbench"},
		{"user disable ed --as boss", 0, "disabled"},
		{"import --collection Grants --as ed " + article, 1, "disabled"},
	} {
		args := strings.Fields(c.args)
		if !strings.Contains(c.args, "--database") && args[0] != "version" && args[0] != "nonsense" {
			args = append(args, "--database", database)
		}
		if code, out := workbench(args...); code != c.code || !strings.Contains(out, c.says) {
			t.Errorf("workbench %s = %d, want %d and %q:\n%s", c.args, code, c.code, c.says, out)
		}
	}
}

func addAdmin(t *testing.T, database string) {
	t.Helper()
	db, err := store.Open(context.Background(), database, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	policy, err := auth.LoadPolicy()
	if err != nil {
		t.Fatal(err)
	}
	users := auth.New(db, policy, auth.Options{})
	link, needed, err := users.FirstAdminLink(context.Background())
	if err != nil || !needed {
		t.Fatalf("no link for the first admin: %v", err)
	}
	if _, err := users.SpendLink(context.Background(), auth.Spend{Token: link.Token, Name: "boss", Display: "The Boss",
		Password: "correct horse battery staple"}); err != nil {
		t.Fatal(err)
	}
}
