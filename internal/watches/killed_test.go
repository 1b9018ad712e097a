//go:build long

package watches_test

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
	"testing"
	"time"

	"claimbench/internal/articles"
	"claimbench/internal/fetch"
	"claimbench/internal/fetch/fetchtest"
	"claimbench/internal/house"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

// serveEnv makes this test's program a server of a database, until it is killed: DATABASE PORT.
const serveEnv = "CLAIMBENCH_WATCHES_SERVE"

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
	if err := h.Web.Resume(ctx); err != nil {
		panic(err)
	}
	h.Web.Run(ctx)
}

const killedPages = 200

// TestKilledOnSQLite and on PostgreSQL: servers are killed with kill -9 while they visit 200 watched pages that have
// another text; each text is proposed once, and each page waits for its next visit.
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
	killedVisiting(t, db, url)
}

func TestKilledOnPostgres(t *testing.T) {
	db := storetest.Postgres(t)
	killedVisiting(t, db, storetest.URL(t, db))
}

func killedVisiting(t *testing.T, db *store.DB, database string) {
	t.Helper()
	site := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/robots.txt" {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		_, _ = fmt.Fprintf(w, "The council of Ghent approved 41 grants of page %s.", r.URL.Path)
	}))
	defer site.Close()
	port := netip.MustParseAddrPort(strings.TrimPrefix(site.URL, "http://")).Port()
	p := &paper{World: roomtest.NewOnWeb(t, db, articles.CollectionNew{}, fetch.New(fetchtest.Loopback(port)))}
	p.allow()
	for i := range killedPages {
		p.article = p.Article(articles.Import{Lang: "en",
			Raw: fmt.Sprintf("The council of Ghent approved 40 grants of page /%d.", i),
			URL: fmt.Sprintf("%s/%d", site.URL, i)}).Article.ID
		p.watch()
	}
	visits := func() int { return p.count("SELECT COUNT(*) AS n FROM watch_visits") }
	kills := 0
	for begun := time.Now(); visits() < killedPages; kills++ {
		if time.Since(begun) > 10*time.Minute {
			t.Fatalf("%d visits after %d kills", visits(), kills)
		}
		server := exec.Command(os.Args[0])
		server.Env = append(os.Environ(), serveEnv+"="+database+" "+strconv.Itoa(int(port)))
		if err := server.Start(); err != nil {
			t.Fatal(err)
		}
		for until := visits() + 20 + rand.N(40); visits() < min(until, killedPages) && time.Since(begun) <
			10*time.Minute; {
			time.Sleep(10 * time.Millisecond)
		}
		_ = server.Process.Kill()
		_ = server.Wait()
	}
	for what, query := range map[string]string{
		"texts that wait":           "SELECT COUNT(*) AS n FROM proposed_revisions WHERE state = 'open'",
		"texts that were found":     "SELECT COUNT(DISTINCT article_id) AS n FROM proposed_revisions",
		"events of them":            "SELECT COUNT(*) AS n FROM events WHERE action = 'proposed_revision.found'",
		"pages asked for again":     "SELECT COUNT(*) AS n FROM addresses WHERE task = 'watch'",
		"watches that are on still": "SELECT COUNT(*) AS n FROM watches WHERE state = 'on'",
	} {
		if n := p.count(query); n != killedPages {
			t.Errorf("%d %s, want %d", n, what, killedPages)
		}
	}
	if kills < 3 {
		t.Errorf("only %d kills", kills)
	}
	t.Logf("%d visits after %d kills", visits(), kills)
	p.Verify()
}
