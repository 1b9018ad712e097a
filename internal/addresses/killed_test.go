//go:build long

package addresses_test

import (
	"context"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"claimbench/internal/addresses"
	"claimbench/internal/articles"
	"claimbench/internal/fetch"
	"claimbench/internal/fetch/fetchtest"
	"claimbench/internal/house"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

// serveEnv makes this test's program a server of a database, until it is killed: DATABASE PORT.
const serveEnv = "CLAIMBENCH_ADDRESSES_SERVE"

func TestMain(m *testing.M) {
	if told := strings.Fields(os.Getenv(serveEnv)); len(told) == 2 {
		serveUntilKilled(told[0], told[1])
	}
	os.Exit(m.Run())
}

// serveUntilKilled does what a server does in the background.
func serveUntilKilled(database, port string) {
	ctx := context.Background()
	n, err := strconv.ParseUint(port, 10, 16)
	if err != nil {
		panic(err)
	}
	db, err := store.Open(ctx, database, store.Options{Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		panic(err)
	}
	h, err := house.Open(db, house.Options{Web: fetch.New(fetchtest.Loopback(uint16(n)))})
	if err != nil {
		panic(err)
	}
	for _, resume := range []func(context.Context) error{h.Jobs.Resume, h.Web.Resume} {
		if err := resume(ctx); err != nil {
			panic(err)
		}
	}
	go h.Jobs.Run(ctx)
	h.Web.Run(ctx)
}

const killedPages = 1000

// TestKilledOnSQLite and on PostgreSQL: servers are killed with kill -9 while they fetch 1,000 pages, three rounds of
// that; each page becomes one article, with one job for its candidates.
func TestKilledOnSQLite(t *testing.T) {
	for round := range 3 {
		url := "sqlite:" + filepath.Join(t.TempDir(), "k.db")
		db, err := store.Open(roomtest.Ctx(), url, store.Options{Create: true})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := db.Migrate(roomtest.Ctx()); err != nil {
			t.Fatal(err)
		}
		killedFetching(t, db, url, round)
		_ = db.Close()
	}
}

func TestKilledOnPostgres(t *testing.T) {
	for round := range 3 {
		db := storetest.Postgres(t)
		killedFetching(t, db, storetest.URL(t, db), round)
	}
}

func killedFetching(t *testing.T, db *store.DB, database string, round int) {
	t.Helper()
	var mu sync.Mutex
	asked := map[string]int{}
	site := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		asked[r.URL.Path]++
		mu.Unlock()
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		if r.URL.Path != "/robots.txt" {
			_, _ = fmt.Fprintf(w, "The council of Ghent approved the grants of page %s.", r.URL.Path)
		}
	}))
	defer site.Close()
	port := netip.MustParseAddrPort(strings.TrimPrefix(site.URL, "http://")).Port()
	w := roomtest.NewOnWeb(t, db, articles.CollectionNew{}, fetch.New(fetchtest.Loopback(port)))
	ctx := roomtest.Ctx()
	for _, sw := range []addresses.Switch{{Allowed: true, Contact: "desk@paper.example"},
		{CollectionID: w.Collection.ID, Allowed: true}} {
		if _, err := w.Web.Set(ctx, w.As("admin-1"), sw); err != nil {
			t.Fatal(err)
		}
	}
	var lines strings.Builder
	for i := range killedPages {
		fmt.Fprintf(&lines, "%s/%d\n", site.URL, i)
	}
	if _, err := w.Web.Ask(ctx, w.As("editor-1"), w.Collection.ID, lines.String()); err != nil {
		t.Fatal(err)
	}
	kills := 0
	for begun := time.Now(); w.Count("articles") < killedPages; kills++ {
		if time.Since(begun) > 10*time.Minute {
			t.Fatalf("round %d: %d articles after %d kills", round, w.Count("articles"), kills)
		}
		server := exec.Command(os.Args[0])
		server.Env = append(os.Environ(), serveEnv+"="+database+" "+strconv.Itoa(int(port)))
		var said strings.Builder
		server.Stderr = &said
		if err := server.Start(); err != nil {
			t.Fatal(err)
		}
		// On PostgreSQL a site stays with a dead server until its lease ends: there it is killed by what it has done.
		until := w.Count("articles") + 1 + rand.N(80)
		if db.Dialect() == store.Postgres {
			until += 150
		}
		for w.Count("articles") < min(until, killedPages) && time.Since(begun) < 10*time.Minute {
			time.Sleep(20 * time.Millisecond)
		}
		_ = server.Process.Kill()
		_ = server.Wait()
		if strings.Contains(said.String(), "panic") {
			t.Fatalf("a server says:\n%s", &said)
		}
	}
	if kills < 3 {
		t.Errorf("round %d: only %d kills", round, kills)
	}
	ended(t, w, round)
	twice := 0
	for _, n := range asked {
		if n > 1 {
			twice++
		}
	}
	t.Logf("round %d: %d articles after %d kills; %d pages were asked for again", round, w.Count("articles"), kills,
		twice)
}

// ended looks that each address is done and is one article of its own, with one job for its candidates.
func ended(t *testing.T, w *roomtest.World, round int) {
	t.Helper()
	if err := w.DB.Read(roomtest.Ctx(), func(r *store.Rx) error {
		for what, q := range map[string]string{
			"addresses that are done":      "SELECT COUNT(*) FROM addresses WHERE state = 'done' AND NOT existing",
			"articles that they are":       "SELECT COUNT(DISTINCT article_id) FROM addresses",
			"addresses of articles":        "SELECT COUNT(DISTINCT url) FROM articles",
			"events of their coming":       "SELECT COUNT(*) FROM events WHERE action = 'article.imported'",
			"jobs for their candidates":    "SELECT COUNT(*) FROM jobs WHERE kind = 'candidates'",
			"articles that have such":      "SELECT COUNT(DISTINCT object) FROM jobs WHERE kind = 'candidates'",
			"articles, counted at the end": "SELECT COUNT(*) FROM articles",
		} {
			n, err := store.Select[int](r, q)
			if err != nil {
				return err
			}
			if n[0] != killedPages {
				t.Errorf("round %d: %d %s, want %d", round, n[0], what, killedPages)
			}
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	w.Verify()
}
