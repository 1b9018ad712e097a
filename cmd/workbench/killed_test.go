//go:build long

package main

import (
	"bufio"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib" // reads what the killed server left
	_ "github.com/mattn/go-sqlite3"

	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

// The kill -9 rounds: a real server is killed while it is written to, again and again, and whatever it acknowledged
// must be there afterwards. CLAIMBENCH_ROUNDS says how many rounds (1000); PostgreSQL gets a tenth of them.

const (
	writers     = 4
	verifyEvery = 50
	importEvery = 20
)

func TestKilledOnSQLite(t *testing.T) {
	dir := t.TempDir()
	k := newKilled(t, "sqlite:"+filepath.Join(dir, "k.db"), filepath.Join(dir, "log.key"))
	k.run(rounds(t))
}

func TestKilledOnPostgres(t *testing.T) {
	db := storetest.Postgres(t)
	// a demo serves only a database that it made itself
	if err := db.Write(context.Background(), func(tx *store.Tx) error {
		return tx.SetMeta(madeBy, madeByDemo)
	}); err != nil {
		t.Fatal(err)
	}
	k := newKilled(t, storetest.URL(t, db), filepath.Join(t.TempDir(), "log.key"))
	k.run(max(1, rounds(t)/10))
}

func rounds(t *testing.T) int {
	given := os.Getenv("CLAIMBENCH_ROUNDS")
	if given == "" {
		return 1000
	}
	n, err := strconv.Atoi(given)
	if err != nil || n < 1 {
		t.Fatalf("CLAIMBENCH_ROUNDS is %q", given)
	}
	return n
}

type killed struct {
	t             *testing.T
	binary        string
	database, key string

	mu       sync.Mutex
	acked    []string // comments that were answered with success
	texts    []string // titles of long texts that were answered with 202
	unknown  int      // writes whose answer never came
	resumed  int      // long texts that came in over more than one life
	starting []time.Duration
}

func newKilled(t *testing.T, database, key string) *killed {
	binary := filepath.Join(t.TempDir(), "workbench")
	if out, err := exec.Command("go", "build", "-tags", "sqlite_fts5", "-o", binary, ".").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return &killed{t: t, binary: binary, database: database, key: key}
}

func (k *killed) run(rounds int) {
	for n := 1; n <= rounds && !k.t.Failed(); n++ {
		k.round(n)
		if n%verifyEvery == 0 || n == rounds {
			k.verify(n)
		}
	}
	k.settle()
	var sum, most time.Duration
	for _, d := range k.starting {
		sum, most = sum+d, max(most, d)
	}
	k.t.Logf("%d rounds: %d acknowledged comments and %d long texts, %d writes without an answer; a start took %v on "+
		"average, %v at most", len(k.starting), len(k.acked), len(k.texts), k.unknown,
		(sum / time.Duration(len(k.starting))).Round(time.Millisecond), most.Round(time.Millisecond))
}

// server is one life of the server.
type server struct {
	cmd    *exec.Cmd
	url    string
	client *http.Client
}

var serves = regexp.MustCompile(`at (http://\S+)`)

func (k *killed) start() server {
	k.t.Helper()
	begun := time.Now()
	cmd := exec.Command(k.binary, "serve", "--demo", "--addr", "127.0.0.1:0", "--database", k.database, "--log-key",
		k.key)
	var log strings.Builder
	cmd.Stderr = &log
	out, err := cmd.StdoutPipe()
	if err != nil {
		k.t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		k.t.Fatal(err)
	}
	s := server{cmd: cmd}
	lines := bufio.NewScanner(out)
	for s.url == "" && lines.Scan() {
		if m := serves.FindStringSubmatch(lines.Text()); m != nil {
			s.url = m[1]
		}
	}
	if s.url == "" {
		_ = cmd.Wait()
		k.t.Fatalf("the server does not start:\n%s", &log)
	}
	go func() { _, _ = io.Copy(io.Discard, out) }()
	k.starting = append(k.starting, time.Since(begun))
	return s
}

// as signs a demo user in.
func (s *server) as(t *testing.T, name string) *http.Client {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	c := &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error {
		return http.ErrUseLastResponse
	}}
	res, err := c.PostForm(s.url+"/sign-in/demo", url.Values{"user": {name}})
	if err != nil {
		t.Fatal(err)
	}
	res.Body.Close()
	if res.StatusCode != http.StatusSeeOther {
		t.Fatalf("signing in answers %d", res.StatusCode)
	}
	return c
}

// round lets several people write until the server is killed at a moment nobody chose.
func (k *killed) round(n int) {
	s := k.start()
	person, editor := s.as(k.t, "reviewer-1"), s.as(k.t, "editor-1")
	var all sync.WaitGroup
	for w := range writers {
		all.Go(func() {
			for i := 0; ; i++ {
				words := fmt.Sprintf("round %d writer %d comment %d", n, w, i)
				claim := fmt.Sprintf("%s/claims/%d/comments", s.url, 1+(n*writers+w)%40)
				if !k.send(person, claim, url.Values{"text": {words}}, http.StatusSeeOther, &k.acked, words) {
					return
				}
			}
		})
	}
	if n%importEvery == 1 {
		all.Go(func() {
			var text strings.Builder
			for i := range 3000 {
				fmt.Fprintf(&text, "Round %d says that %d grants were approved on Monday.\n", n, i+2)
			}
			title := fmt.Sprintf("long text %d", n)
			k.send(editor, s.url+"/collections/1/articles", url.Values{"text": {text.String()}, "title": {title},
				"lang": {"en"}}, http.StatusSeeOther, &k.texts, title)
		})
	}
	time.Sleep(50*time.Millisecond + rand.N(400*time.Millisecond))
	if err := s.cmd.Process.Kill(); err != nil {
		k.t.Fatal(err)
	}
	_ = s.cmd.Wait()
	all.Wait()
	k.look(n)
}

// send sends a form and notes what was acknowledged. It says whether the server still lives.
func (k *killed) send(c *http.Client, to string, form url.Values, want int, acked *[]string, what string) bool {
	res, err := c.PostForm(to, form)
	if err != nil {
		k.mu.Lock()
		k.unknown++
		k.mu.Unlock()
		return false
	}
	body, err := io.ReadAll(res.Body)
	res.Body.Close()
	if res.StatusCode != want {
		k.t.Errorf("%s answers %d, %v:\n%.600s", to, res.StatusCode, err, body)
		return false
	}
	k.mu.Lock()
	*acked = append(*acked, what)
	k.mu.Unlock()
	return true
}

// look compares what was acknowledged with what the dead server left.
func (k *killed) look(n int) {
	k.t.Helper()
	for what, acked := range map[string][]string{"SELECT words FROM comments": k.acked,
		"SELECT title FROM articles": k.texts} {
		there, err := k.words(what)
		if err != nil {
			k.t.Fatal(err)
		}
		lost := 0
		for _, words := range acked {
			if !there[words] {
				lost++
			}
		}
		if lost > 0 {
			k.t.Errorf("after round %d: %d of %d acknowledged writes are lost (%s)", n, lost, len(acked), what)
		}
	}
}

func (k *killed) words(query string) (map[string]bool, error) {
	driver, source := "pgx", k.database
	if path, ok := strings.CutPrefix(k.database, "sqlite:"); ok {
		driver, source = "sqlite3", "file:"+path+"?mode=ro"
	}
	db, err := sql.Open(driver, source)
	if err != nil {
		return nil, err
	}
	defer db.Close()
	rows, err := db.Query(query)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	there := map[string]bool{}
	for rows.Next() {
		var s string
		if err := rows.Scan(&s); err != nil {
			return nil, err
		}
		there[s] = true
	}
	return there, rows.Err()
}

func (k *killed) verify(n int) {
	k.t.Helper()
	out, err := exec.Command(k.binary, "audit", "verify", "--database", k.database, "--key",
		k.key+".pub").CombinedOutput()
	if err != nil {
		k.t.Errorf("audit verify after round %d: %v\n%s", n, err, out)
	}
}

// settle lets a last server finish the long texts, and looks that each is whole.
func (k *killed) settle() {
	s := k.start()
	defer func() {
		_ = s.cmd.Process.Signal(os.Interrupt)
		if err := s.cmd.Wait(); err != nil {
			k.t.Error(err)
		}
		k.verify(len(k.starting))
	}()
	editor := s.as(k.t, "editor-1")
	deadline := time.Now().Add(5 * time.Minute)
	for {
		left, err := k.words("SELECT 'job ' || id || ' is ' || state || ' ' || message FROM jobs WHERE state <> 'done'")
		if err != nil {
			k.t.Fatal(err)
		}
		if len(left) == 0 {
			break
		}
		if time.Now().After(deadline) {
			k.t.Fatalf("not done: %v", left)
		}
		time.Sleep(100 * time.Millisecond)
	}
	short, err := k.words("SELECT a.title FROM articles a WHERE a.title LIKE 'long text%' AND (SELECT COUNT(*) FROM " +
		"sentences s WHERE s.revision_id = a.revision_id) <> 3000")
	if err = errors.Join(err); err != nil || len(short) > 0 {
		k.t.Errorf("texts that are not whole: %v, %v", short, err)
	}
	res, err := editor.Get(s.url + "/readyz")
	if err != nil || res.StatusCode != http.StatusOK {
		k.t.Errorf("the last server is not ready: %v", err)
	}
}
