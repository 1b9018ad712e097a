//go:build long

package evidence_test

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
	"sync/atomic"
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
const serveEnv = "CLAIMBENCH_CAPTURES_SERVE"

func TestMain(m *testing.M) {
	if told := strings.Fields(os.Getenv(serveEnv)); len(told) == 2 {
		serveUntilKilled(told[0], told[1])
	}
	os.Exit(m.Run())
}

// serveUntilKilled does the jobs of a server.
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
	if err := h.Jobs.Resume(ctx); err != nil {
		panic(err)
	}
	h.Jobs.Run(ctx)
}

const killedCaptures = 50

// TestKilledOnSQLite and on PostgreSQL: servers are killed with kill -9 while they fetch the documents of 50 items of
// evidence; each is kept once, and its site was never visited twice at once, whatever number of servers there was.
func TestKilledOnSQLite(t *testing.T) {
	url := "sqlite:" + filepath.Join(t.TempDir(), "k.db")
	db, err := store.Open(roomtest.Ctx(), url, store.Options{Create: true})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	if _, err := db.Migrate(roomtest.Ctx()); err != nil {
		t.Fatal(err)
	}
	killedCapturing(t, db, url, 1)
}

func TestKilledOnPostgres(t *testing.T) {
	db := storetest.Postgres(t)
	killedCapturing(t, db, storetest.URL(t, db), 2)
}

func killedCapturing(t *testing.T, db *store.DB, database string, servers int) {
	t.Helper()
	var inside, atOnce atomic.Int64
	site := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/robots.txt" {
			http.NotFound(w, r)
			return
		}
		if inside.Add(1) > 1 {
			atOnce.Add(1)
		}
		defer inside.Add(-1)
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		_, _ = fmt.Fprintf(w, "Twelve, says page %s.", r.URL.Path)
	}))
	defer site.Close()
	port := netip.MustParseAddrPort(strings.TrimPrefix(site.URL, "http://")).Port()
	w := roomtest.NewOnWeb(t, db, articles.CollectionNew{}, fetch.New(fetchtest.Loopback(port)))
	for _, sw := range []addresses.Switch{{Allowed: true, Contact: "desk@paper.example"},
		{CollectionID: w.Collection.ID, Allowed: true}} {
		if _, err := w.Web.Set(roomtest.Ctx(), w.As("admin-1"), sw); err != nil {
			t.Fatal(err)
		}
	}
	for i := range killedCaptures {
		raw := fmt.Sprintf("Report %d says that 12 grants were approved.", i)
		a := w.Article(articles.Import{Raw: raw, Source: "Gazette", Lang: "en"})
		l := document(w.Claim(a, "12 grants were approved", raw), "x", "")
		l.URL, l.Exact = fmt.Sprintf("%s/%d", site.URL, i), fmt.Sprintf("Twelve, says page /%d.", i)
		it, err := w.Evidence.Link(roomtest.Ctx(), w.As("reviewer-1"), l)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Evidence.Fetch(roomtest.Ctx(), w.As("reviewer-1"), it.ID); err != nil {
			t.Fatal(err)
		}
	}
	kills := 0
	kept := func() int { return w.Count("captures") }
	for begun := time.Now(); kept() < killedCaptures; kills += servers {
		if time.Since(begun) > 10*time.Minute {
			t.Fatalf("%d captures after %d kills", kept(), kills)
		}
		var running []*exec.Cmd
		for range servers {
			server := exec.Command(os.Args[0])
			server.Env = append(os.Environ(), serveEnv+"="+database+" "+strconv.Itoa(int(port)))
			if err := server.Start(); err != nil {
				t.Fatal(err)
			}
			running = append(running, server)
		}
		for until := kept() + 14 + rand.N(8); kept() < min(until, killedCaptures) && time.Since(begun) <
			10*time.Minute; {
			time.Sleep(10 * time.Millisecond)
		}
		for _, server := range running {
			_ = server.Process.Kill()
			_ = server.Wait()
		}
	}
	for what, where := range map[string]string{
		"captures":              "captures",
		"bytes of them":         "capture_bodies",
		"events of them":        "events WHERE action = 'capture.kept'",
		"quotations that stand": "captures WHERE found = 'exact'",
		"jobs that are done":    "jobs WHERE kind = 'evidence.fetch' AND state = 'done'",
	} {
		if n := w.Count(where); n != killedCaptures {
			t.Errorf("%d %s, want %d", n, what, killedCaptures)
		}
	}
	if n := w.Count("(SELECT evidence_id FROM captures GROUP BY evidence_id HAVING COUNT(*) > 1) AS twice"); n != 0 {
		t.Errorf("of %d items the document is kept twice", n)
	}
	if kills < 3 {
		t.Errorf("only %d kills", kills)
	}
	if n := atOnce.Load(); n > int64(kills) { // a server that was killed may have left a visit behind
		t.Errorf("the site was visited twice at once, %d times", n)
	}
	t.Logf("%d captures after %d kills, %d visits beside another", kept(), kills, atOnce.Load())
	w.Verify()
}
