//go:build long

package webhooks_test

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"net/netip"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"claimbench/internal/fetch"
	"claimbench/internal/fetch/fetchtest"
	"claimbench/internal/house"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
	"claimbench/internal/webhooks"
)

// serveEnv makes this test's program a server of a database, until it is killed: DATABASE PORT.
const serveEnv = "CLAIMBENCH_WEBHOOKS_SERVE"

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
	h, err := house.Open(db, house.Options{Post: fetch.New(fetchtest.Loopback(uint16(n)))})
	if err != nil {
		panic(err)
	}
	h.Hooks.SetPauses(time.Hour, 50*time.Millisecond)
	if err := h.Hooks.Resume(ctx); err != nil {
		panic(err)
	}
	h.Hooks.Run(ctx)
}

// killedClaims is how many things happen.
const killedClaims = 300

// TestKilledOnSQLite and on PostgreSQL: while servers are killed with kill -9, and the receiver is down at first and
// now and then, each delivery is taken at least once.
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
	killedTelling(t, db, url)
}

func TestKilledOnPostgres(t *testing.T) {
	db := storetest.Postgres(t)
	killedTelling(t, db, storetest.URL(t, db))
}

func killedTelling(t *testing.T, db *store.DB, database string) {
	t.Helper()
	x := open(t, db, webhooks.Claims)
	n, seen := 0, map[int64]int{}
	x.says(func(l webhooks.Letter) int {
		if n++; n <= 5 || n%17 == 0 {
			return http.StatusServiceUnavailable
		}
		seen[l.Data.Number]++
		return http.StatusOK
	})
	for i := range killedClaims {
		x.Claim(x.article, "The council", fmt.Sprintf("The council approved grant %d.", i))
	}
	taken := func() int {
		x.mu.Lock()
		defer x.mu.Unlock()
		return len(seen)
	}
	port := netip.MustParseAddrPort(strings.TrimPrefix(x.URL, "http://")).Port()
	kills := 0
	for begun := time.Now(); ; kills++ {
		if time.Since(begun) > 10*time.Minute {
			t.Fatalf("%d taken after %d kills", taken(), kills)
		}
		server := exec.Command(os.Args[0])
		server.Env = append(os.Environ(), serveEnv+"="+database+" "+strconv.Itoa(int(port)))
		if err := server.Start(); err != nil {
			t.Fatal(err)
		}
		for until := taken() + 30; taken() < min(until, killedClaims) && time.Since(begun) < 10*time.Minute; {
			time.Sleep(5 * time.Millisecond)
		}
		_ = server.Process.Kill()
		_ = server.Wait()
		if taken() == killedClaims {
			break
		}
		if db.Dialect() == store.Postgres { // the lease of the dead one ends by itself, here at once
			if err := db.Write(roomtest.Ctx(), func(tx *store.Tx) error {
				return tx.Gorm().Exec("UPDATE webhooks SET held_until = 0").Error
			}); err != nil {
				t.Fatal(err)
			}
		}
	}
	x.mu.Lock()
	twice := 0
	for i := range int64(killedClaims) {
		if seen[i+1] == 0 {
			t.Errorf("delivery %d was never taken", i+1)
		}
		twice += seen[i+1] - 1
	}
	x.mu.Unlock()
	if kills < 3 {
		t.Errorf("only %d kills", kills)
	}
	t.Logf("%d taken after %d kills, %d of them more than once", taken(), kills, twice)
	x.Verify()
}
