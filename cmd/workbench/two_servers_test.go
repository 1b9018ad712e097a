package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"

	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
	"claimbench/web"
)

// runEnv holds a command line: the tests' own program then is the workbench, in a process of its own.
const runEnv = "CLAIMBENCH_TEST_RUN"

func TestMain(m *testing.M) {
	if line := os.Getenv(runEnv); line != "" {
		os.Exit(run(strings.Split(line, "\n"), os.Stdin, os.Stdout, os.Stderr))
	}
	os.Exit(m.Run())
}

// process is a server in a process of its own.
type process struct {
	t   *testing.T
	cmd *exec.Cmd
	url string
}

func startProcess(t *testing.T, database, key string) *process {
	t.Helper()
	p := &process{t: t, cmd: exec.Command(os.Args[0])}
	p.cmd.Env = append(os.Environ(), runEnv+"="+strings.Join([]string{"serve", "--demo", "--addr", "127.0.0.1:0",
		"--database", database, "--log-key", key}, "\n"))
	var log strings.Builder
	p.cmd.Stderr = &log
	out, err := p.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = p.cmd.Process.Kill(); _ = p.cmd.Wait() })
	var printed strings.Builder
	for lines := bufio.NewScanner(out); p.url == "" && lines.Scan(); {
		printed.WriteString(lines.Text() + "\n")
		if m := served.FindStringSubmatch(printed.String()); m != nil {
			p.url = m[1]
		}
	}
	if p.url == "" {
		_ = p.cmd.Wait()
		t.Fatalf("the server does not start:\n%s%s", &printed, &log)
	}
	go func() { _, _ = io.Copy(io.Discard, out) }()
	return p
}

// stop ends the server as an operator does, and waits for it.
func (p *process) stop() {
	p.t.Helper()
	if err := p.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		p.t.Fatal(err)
	}
	if err := p.cmd.Wait(); err != nil {
		p.t.Errorf("a server that is stopped ends with %v", err)
	}
}

// answer is what a server said. Body is its JSON.
type answer struct {
	status int
	header http.Header
	body   string
}

func (a answer) into(t *testing.T, v any) {
	t.Helper()
	if err := json.Unmarshal([]byte(a.body), v); err != nil {
		t.Fatalf("%v in %.300s", err, a.body)
	}
}

// visitor is one person with one jar of cookies, whom both servers know: cookies are not kept apart by port.
type visitor struct {
	t *testing.T
	c *http.Client
}

func newVisitor(t *testing.T) visitor {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	return visitor{t, &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error {
		return http.ErrUseLastResponse
	}}}
}

func (v visitor) send(ctx context.Context, method, to, kind, body, key string) (answer, error) {
	req, err := http.NewRequestWithContext(ctx, method, to, strings.NewReader(body))
	if err != nil {
		return answer{}, err
	}
	req.Header.Set("Accept", "application/json")
	if kind != "" {
		req.Header.Set("Content-Type", kind)
	}
	if key != "" {
		req.Header.Set("Idempotency-Key", key)
	}
	res, err := v.c.Do(req)
	if err != nil {
		return answer{}, err
	}
	defer res.Body.Close()
	data, err := io.ReadAll(res.Body)
	return answer{res.StatusCode, res.Header, string(data)}, err
}

func (v visitor) must(method, to, kind, body, key string) answer {
	v.t.Helper()
	a, err := v.send(context.Background(), method, to, kind, body, key)
	if err != nil {
		v.t.Fatal(err)
	}
	return a
}

func (v visitor) json(method, to, body, key string) answer {
	v.t.Helper()
	return v.must(method, to, "application/json", body, key)
}

func (v visitor) signIn(p *process, name string) {
	v.t.Helper()
	a := v.must("POST", p.url+"/sign-in/demo", "application/x-www-form-urlencoded",
		url.Values{"user": {name}}.Encode(), "")
	if a.status >= 400 {
		v.t.Fatalf("signing in answers %d: %s", a.status, a.body)
	}
}

// Two servers on one PostgreSQL are one to whoever asks: sessions, limits, keys and long work are shared.
func TestTwoServers(t *testing.T) {
	if _, err := web.LoadAssets(); err != nil {
		t.Skipf("the servers are not tested here: %v", err)
	}
	db := storetest.Postgres(t)
	if err := db.Write(context.Background(), func(tx *store.Tx) error { // a demo serves what it made itself
		return tx.SetMeta(madeBy, madeByDemo)
	}); err != nil {
		t.Fatal(err)
	}
	database, key := storetest.URL(t, db), filepath.Join(t.TempDir(), "log.key")
	one, two := startProcess(t, database, key), startProcess(t, database, key)

	v := newVisitor(t)
	v.signIn(one, "editor-1")
	if a := v.json("GET", two.url+"/claims/1", "", ""); a.status != http.StatusOK {
		t.Fatalf("the other server does not know the session: %d %s", a.status, a.body)
	}
	t.Run("a request sent again to the other is done once", func(t *testing.T) { sentToBoth(t, v, one, two) })
	t.Run("tries to sign in count at both", func(t *testing.T) { triedAtBoth(t, one, two) })
	t.Run("a server with another log key is refused", func(t *testing.T) {
		code, said := workbench("serve", "--demo", "--addr", "127.0.0.1:0", "--database", database, "--log-key",
			filepath.Join(t.TempDir(), "other.key"))
		if code == 0 || !strings.Contains(said, "key") {
			t.Errorf("it ends with %d: %s", code, said)
		}
	})
	t.Run("the session that ends at one ends at both", func(t *testing.T) {
		other := newVisitor(t)
		other.signIn(two, "reviewer-1")
		other.must("POST", one.url+"/sign-out", "application/x-www-form-urlencoded", "", "")
		if a := other.json("GET", two.url+"/claims/1", "", ""); a.status != http.StatusUnauthorized {
			t.Errorf("after signing out at the other server: %d", a.status)
		}
	})
	t.Run("long work goes on at the other", func(t *testing.T) { handedOver(t, v, one, two) })
}

func sentToBoth(t *testing.T, v visitor, one, two *process) {
	const path, body = "/claims/1/comments", `{"text":"Said once, sent twice."}`
	first := v.json("POST", one.url+path, body, "key-1")
	again := v.json("POST", two.url+path, body, "key-1")
	if first.status >= 400 || again.status >= 400 || again.header.Get("Idempotency-Replayed") == "" {
		t.Errorf("first %d %s, then %d %v %s", first.status, first.body, again.status, again.header, again.body)
	}
	if other := v.json("POST", two.url+path, `{"text":"Something else."}`, "key-1"); other.status < 400 {
		t.Errorf("other words under the same key: %d %s", other.status, other.body)
	}
	var racing sync.WaitGroup
	for i := range 8 {
		p := []*process{one, two}[i%2]
		racing.Go(func() { v.json("POST", p.url+path, `{"text":"Said by eight at once."}`, "key-2") })
	}
	racing.Wait()
	var got struct {
		Comments struct {
			Items []struct {
				Words string `json:"words"`
			} `json:"items"`
		} `json:"comments"`
	}
	v.json("GET", one.url+"/claims/1", "", "").into(t, &got)
	count := map[string]int{}
	for _, c := range got.Comments.Items {
		count[c.Words]++
	}
	if count["Said once, sent twice."] != 1 || count["Said by eight at once."] != 1 {
		t.Errorf("comments: %v", count)
	}
}

// triedAtBoth tries at one server until it refuses to let more wait; the other must refuse the very next.
func triedAtBoth(t *testing.T, one, two *process) {
	v := newVisitor(t)
	ctx, enough := context.WithCancel(context.Background())
	defer enough()
	refused := make(chan struct{})
	var once sync.Once
	try := func(p *process) (answer, error) {
		return v.send(ctx, "POST", p.url+"/sign-in", "application/json",
			`{"user":"reviewer-2","password":"a wrong one"}`,
			"")
	}
	var all sync.WaitGroup
	for range 30 {
		all.Go(func() {
			if a, err := try(one); err == nil && a.status == http.StatusTooManyRequests {
				once.Do(func() { close(refused) })
			}
		})
	}
	<-refused
	a, err := try(two)
	if err != nil || a.status != http.StatusTooManyRequests || a.header.Get("Retry-After") == "" {
		t.Errorf("the other server answers %d, %v: %s", a.status, err, a.body)
	}
	enough()
	all.Wait()
}

// handedOver stops a server in the middle of a long text; the other takes it in to the end.
func handedOver(t *testing.T, v visitor, one, two *process) {
	var text strings.Builder
	for i := range 20_000 {
		fmt.Fprintf(&text, "The council of district %d approved %d grants on Monday.\n", i, i%90+2)
	}
	body, err := json.Marshal(map[string]string{"text": text.String(), "lang": "en", "title": "A long one"})
	if err != nil {
		t.Fatal(err)
	}
	a := v.json("POST", one.url+"/collections/1/articles", string(body), "")
	var got struct {
		Article struct {
			ID int `json:"id"`
		} `json:"article"`
	}
	if a.into(t, &got); a.status != http.StatusAccepted || got.Article.ID == 0 {
		t.Fatalf("the import answers %d: %s", a.status, a.body)
	}
	one.stop()
	for {
		var work struct {
			Items []struct {
				State   string `json:"state"`
				Done    int    `json:"done"`
				Total   int    `json:"total"`
				Message string `json:"message"`
			} `json:"items"`
		}
		v.json("GET", fmt.Sprintf("%s/articles/%d/work", two.url, got.Article.ID), "", "").into(t, &work)
		switch j := work.Items[0]; j.State {
		case "failed":
			t.Fatal(j.Message)
		case "done":
			if j.Done != 20_000 || j.Total != 20_000 {
				t.Errorf("%d of %d sentences", j.Done, j.Total)
			}
			return
		}
	}
}
