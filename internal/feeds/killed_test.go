//go:build long

package feeds_test

import (
	"context"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"net/netip"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"claimbench/internal/auth"
	"claimbench/internal/feeds"
	"claimbench/internal/fetch"
	"claimbench/internal/fetch/fetchtest"
	"claimbench/internal/house"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

// serveEnv makes this test's program a server of a database, until it is killed: DATABASE PORT.
const serveEnv = "CLAIMBENCH_FEEDS_SERVE"

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
	h, err := house.Open(db, house.Options{Auth: auth.Options{Hash: roomtest.Cheap},
		Web: fetch.New(fetchtest.Loopback(uint16(n)))})
	if err != nil {
		panic(err)
	}
	h.Feeds.AskEvery(20 * time.Millisecond)
	for _, resume := range []func(context.Context) error{h.Jobs.Resume, h.Web.Resume} {
		if err := resume(ctx); err != nil {
			panic(err)
		}
	}
	go h.Feeds.Run(ctx)
	h.Web.Run(ctx)
}

// killedItems is how many items a feed brings in a round, half of them with an address.
const killedItems = 400

// TestKilledOnSQLite and on PostgreSQL: while a feed prints item after item, servers are killed with kill -9, in two
// rounds; each item becomes one article, none is lost and none comes twice.
func TestKilledOnSQLite(t *testing.T) {
	for round := range 2 {
		url := "sqlite:" + filepath.Join(t.TempDir(), "k.db")
		db, err := store.Open(roomtest.Ctx(), url, store.Options{Create: true})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := db.Migrate(roomtest.Ctx()); err != nil {
			t.Fatal(err)
		}
		killedAsking(t, db, url, round)
		_ = db.Close()
	}
}

func TestKilledOnPostgres(t *testing.T) {
	for round := range 2 {
		db := storetest.Postgres(t)
		killedAsking(t, db, storetest.URL(t, db), round)
	}
}

func killedAsking(t *testing.T, db *store.DB, database string, round int) {
	t.Helper()
	p := newPaper(t, db)
	p.prints("old", "/story/0", "")
	p.add("/feed", feeds.Take)
	port := netip.MustParseAddrPort(strings.TrimPrefix(p.url, "http://")).Port()
	printed, kills := 0, 0
	begun := time.Now()
	late := func() bool { return time.Since(begun) > 8*time.Minute }
	for ; p.Count("articles") < killedItems && !late(); kills++ {
		server := exec.Command(os.Args[0])
		server.Env = append(os.Environ(), serveEnv+"="+database+" "+strconv.Itoa(int(port)))
		var said strings.Builder
		server.Stderr = &said
		if err := server.Start(); err != nil {
			t.Fatal(err)
		}
		for !late() && p.Count("feed_items") == 0 { // what stood there first waits
			time.Sleep(10 * time.Millisecond)
		}
		until := min(p.Count("articles")+20+rand.N(50), killedItems)
		for !late() && int(p.Count("articles")) < int(until) {
			for range 1 + rand.N(9) { // visits are killed while they bring some, too
				if printed < killedItems {
					p.killedItem(printed)
					printed++
				}
			}
			time.Sleep(time.Duration(rand.N(30)) * time.Millisecond)
		}
		_ = server.Process.Kill()
		_ = server.Wait()
		if strings.Contains(said.String(), "panic") {
			t.Fatalf("a server says:\n%s", &said)
		}
		if db.Dialect() == store.Postgres { // the lease of the dead one ends by itself, here at once
			if err := db.Write(ctx, func(tx *store.Tx) error {
				return tx.Gorm().Exec("UPDATE addresses SET held_until = 0").Error
			}); err != nil {
				t.Fatal(err)
			}
		}
	}
	if kills < 4 {
		t.Errorf("round %d: only %d kills", round, kills)
	}
	if err := db.Read(ctx, func(r *store.Rx) error {
		for query, want := range map[string]int{
			"SELECT COUNT(*) FROM articles":                                                  killedItems,
			"SELECT COUNT(DISTINCT title) FROM articles WHERE url IS NULL OR url = ''":       killedItems / 2,
			"SELECT COUNT(DISTINCT url) FROM articles WHERE url <> ''":                       killedItems / 2,
			"SELECT COUNT(*) FROM feed_items":                                                killedItems + 1,
			"SELECT COUNT(*) FROM feed_items WHERE state = 'taken'":                          killedItems,
			"SELECT COUNT(*) FROM events WHERE action = 'article.imported'":                  killedItems,
			"SELECT COUNT(*) FROM jobs WHERE kind = 'candidates'":                            killedItems,
			"SELECT COUNT(*) FROM addresses WHERE task = 'page' AND state = 'done'":          killedItems / 2,
			"SELECT COUNT(*) FROM addresses WHERE task = 'feed'":                             1,
			"SELECT COUNT(*) FROM addresses WHERE task = 'page' AND existing":                0,
			"SELECT COUNT(DISTINCT article_id) FROM feed_items WHERE article_id IS NOT NULL": killedItems / 2,
		} {
			n, err := store.Select[int](r, query)
			if err != nil {
				return err
			}
			if n[0] != want {
				t.Errorf("round %d: %d, want %d: %s", round, n[0], want, query)
			}
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	t.Logf("round %d: %d articles of %d items after %d kills in %s", round, p.Count("articles"), printed, kills,
		time.Since(begun).Round(time.Second))
	p.Verify()
}

// killedItem prints an item, each second one with an address.
func (p *paper) killedItem(i int) {
	if i%2 == 0 {
		p.prints(fmt.Sprint("page ", i), fmt.Sprint("/story/", i+1), "")
		return
	}
	p.prints(fmt.Sprint("text ", i), "", fmt.Sprintf("The mayor of Ghent thanked %d members of the council for their "+
		"work of the last year, and said so in a letter.", i))
}
