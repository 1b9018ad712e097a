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
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"claimbench/internal/claims"
	"claimbench/internal/fetch"
	"claimbench/internal/fetch/fetchtest"
	"claimbench/internal/house"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
	"claimbench/internal/webhooks"
)

// serveEnv makes this test's program a server of a database, until it is killed: DATABASE PORT, and, when its clock is
// that much later and its pauses are the usual ones, a duration.
const serveEnv = "CLAIMBENCH_WEBHOOKS_SERVE"

func TestMain(m *testing.M) {
	if told := strings.Fields(os.Getenv(serveEnv)); len(told) == 2 {
		serveUntilKilled(told[0], told[1], "")
	} else if len(told) == 3 {
		serveUntilKilled(told[0], told[1], told[2])
	}
	os.Exit(m.Run())
}

// serveUntilKilled does what a server does in the background.
func serveUntilKilled(database, port, later string) {
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
	if later == "" {
		h.Hooks.SetPauses(time.Hour, 50*time.Millisecond)
	} else {
		by, err := time.ParseDuration(later)
		if err != nil {
			panic(err)
		}
		db.SetClock(func() time.Time { return time.Now().Add(by) })
	}
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

// TestAnHourDown: a receiver drops every connection for an hour by the clock of the servers, two of which are killed
// with kill -9 meanwhile, with the pauses that every server makes. Then it takes each delivery at least once, in order.
func TestAnHourDown(t *testing.T) {
	url := "sqlite:" + filepath.Join(t.TempDir(), "k.db")
	lite, err := store.Open(roomtest.Ctx(), url, store.Options{Create: true})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = lite.Close() }()
	if _, err := lite.Migrate(roomtest.Ctx()); err != nil {
		t.Fatal(err)
	}
	t.Run("sqlite", func(t *testing.T) { anHourDown(t, lite, url) })
	t.Run("postgres", func(t *testing.T) {
		db := storetest.Postgres(t)
		anHourDown(t, db, storetest.URL(t, db))
	})
}

func anHourDown(t *testing.T, db *store.DB, database string) {
	t.Helper()
	const events = 12
	x := open(t, db, webhooks.Claims)
	var want []string
	add := func() {
		c := x.Claim(x.article, "The council", fmt.Sprintf("The council approved grant %d.", len(want)))
		want = append(want, "claim.created "+claims.Object(c.ID))
	}
	x.says(func(webhooks.Letter) int { return dropped })
	port := netip.MustParseAddrPort(strings.TrimPrefix(x.URL, "http://")).Port()
	serve := func(later time.Duration) (kill func()) {
		x.mu.Lock()
		x.clock = func() time.Time { return time.Now().Add(later) }
		x.mu.Unlock()
		server := exec.Command(os.Args[0])
		server.Env = append(os.Environ(), fmt.Sprintf("%s=%s %d %s", serveEnv, database, port, later))
		if err := server.Start(); err != nil {
			t.Fatal(err)
		}
		return func() { _, _ = server.Process.Kill(), server.Wait() }
	}
	for _, later := range []time.Duration{0, 20 * time.Minute, 40 * time.Minute, time.Hour} {
		for range events / 4 {
			add()
		}
		before, _ := x.now()
		kill := serve(later)
		x.until("tried", func(w webhooks.Webhook, all []webhooks.Delivery) bool {
			return w.Tries > before.Tries && len(all) == len(want)
		})
		kill()
	}
	w, all := x.now()
	if w.State != webhooks.On || w.FailingSince == 0 || slices.ContainsFunc(all, func(d webhooks.Delivery) bool {
		return d.State != webhooks.Waiting
	}) {
		t.Fatalf("after an hour without the receiver: %+v %+v", w, all)
	}
	x.says(func(webhooks.Letter) int { return http.StatusOK })
	defer serve(time.Hour + 20*time.Minute)()
	if got := x.told(t, events); !slices.Equal(got, want) {
		t.Errorf("told %v, want %v", got, want)
	}
	x.Verify()
}
