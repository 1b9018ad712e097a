//go:build long

package arrivals_test

import (
	"context"
	"fmt"
	"io/fs"
	"log/slog"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"claimbench/internal/arrivals"
	"claimbench/internal/articles"
	"claimbench/internal/files"
	"claimbench/internal/house"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

// serveEnv makes this test's program a server of a database, until it is killed: DATABASE FOLDER.
const serveEnv = "CLAIMBENCH_ARRIVALS_SERVE"

func TestMain(m *testing.M) {
	if told := strings.Fields(os.Getenv(serveEnv)); len(told) == 2 {
		serveUntilKilled(told[0], told[1])
	}
	os.Exit(m.Run())
}

// serveUntilKilled does what a server does in the background.
func serveUntilKilled(database, folder string) {
	ctx := context.Background()
	db, err := store.Open(ctx, database, store.Options{Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		panic(err)
	}
	dir, err := files.OpenDir(folder)
	if err != nil {
		panic(err)
	}
	files.Use(db, dir)
	h, err := house.Open(db, house.Options{})
	if err != nil {
		panic(err)
	}
	if err := h.Jobs.Resume(ctx); err != nil {
		panic(err)
	}
	go files.Run(ctx, db, slog.New(slog.DiscardHandler))
	h.Jobs.Run(ctx)
}

// killedFiles are brought in archives of so many each.
const killedFiles, inArchive = 1000, 100

// TestKilledOnSQLite and on PostgreSQL: servers are killed with kill -9 while they read 1,000 files that were brought,
// and while they take them in. Each file becomes one article; its bytes lie in the folder, once; and when the time is
// over in which a Write may want a file, nothing else lies there.
func TestKilledOnSQLite(t *testing.T) {
	url := "sqlite:" + filepath.Join(t.TempDir(), "k.db")
	db, err := store.Open(roomtest.Ctx(), url, store.Options{Create: true})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Migrate(roomtest.Ctx()); err != nil {
		t.Fatal(err)
	}
	killedTaking(t, db, url)
}

func TestKilledOnPostgres(t *testing.T) {
	db := storetest.Postgres(t)
	killedTaking(t, db, storetest.URL(t, db))
}

func killedTaking(t *testing.T, db *store.DB, database string) {
	t.Helper()
	folder := filepath.Join(t.TempDir(), "files")
	dir, err := files.OpenDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	defer dir.Close()
	files.Use(db, dir)
	d := &desk{roomtest.New(t, db, articles.CollectionNew{}), "editor-1"}
	ctx := roomtest.Ctx()
	var brought []arrivals.File
	for from := 0; from < killedFiles; from += inArchive {
		var names []string
		for i := from; i < from+inArchive; i++ {
			names = append(names, fmt.Sprintf("%d.html", i), fmt.Sprintf("<html lang=en><title>Page %d</title>"+
				"<article>"+
				"<h1>Page %d</h1><p>The council of Ghent approved %d grants on Monday, the mayor said in the hall.</p>"+
				"<p>It was the meeting of number %d, and it took all evening, as the minutes say.</p></article>",
				i, i, i, i))
		}
		brought = append(brought, file(fmt.Sprintf("%d.zip", from), archive(t, names...)))
	}
	if _, err := d.Arrivals.Drop(ctx, d.As(d.who), d.Collection.ID, brought, ""); err != nil {
		t.Fatal(err)
	}
	open := "SELECT COUNT(*) FROM jobs WHERE state IN ('waiting', 'running')"
	kills := d.killed(database, folder, "SELECT COUNT(*) FROM arrivals WHERE state = 'ready'", killedFiles)
	if n := d.sum("SELECT COUNT(*) FROM arrivals WHERE state = 'ready'"); n != killedFiles {
		t.Fatalf("%d files were read of %d", n, killedFiles)
	}
	if _, err := d.Arrivals.Take(ctx, d.As(d.who), d.Collection.ID, nil); err != nil {
		t.Fatal(err)
	}
	kills += d.killed(database, folder, "SELECT COUNT(*) FROM articles", killedFiles)
	d.work()
	if n := d.sum(open); n != 0 {
		t.Errorf("%d jobs are open", n)
	}
	for query, want := range map[string]int{"SELECT COUNT(*) FROM articles": killedFiles,
		"SELECT COUNT(DISTINCT title) FROM articles": killedFiles, "SELECT COUNT(*) FROM files": killedFiles,
		"SELECT COUNT(DISTINCT sum) FROM files": killedFiles} {
		if n := d.sum(query); n != want {
			t.Errorf("%s: %d, want %d", query, n, want)
		}
	}
	db.SetClock(func() time.Time { return time.Now().Add(2 * time.Hour) })
	swept, err := files.Sweep(ctx, db)
	if err != nil {
		t.Error(err)
	}
	tidied, err := files.Tidy(ctx, db)
	if err != nil {
		t.Error(err)
	}
	lie := 0
	if err := filepath.WalkDir(folder, func(_ string, e fs.DirEntry, err error) error {
		if err == nil && !e.IsDir() {
			lie++
		}
		return err
	}); err != nil || lie != killedFiles {
		t.Errorf("%d files lie in the folder of %d: %v", lie, killedFiles, err)
	}
	if err := db.Read(ctx, func(r *store.Rx) error {
		owners, err := store.Select[string](r, "SELECT owner FROM files")
		for _, owner := range owners {
			var b strings.Builder
			is, err := files.Read(r, owner, &b)
			if err != nil || !is || !strings.Contains(b.String(), "council of Ghent") {
				t.Errorf("%s: %v %v", owner, is, err)
			}
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
	t.Logf("%d kills; %d files without a row were swept, %d halves", kills, swept, tidied)
}

// killed runs servers, each until some more are counted and then killed, until all are.
func (d *desk) killed(database, folder, count string, all int) (kills int) {
	d.T.Helper()
	for begun := time.Now(); d.sum(count) < all; kills++ {
		if time.Since(begun) > 10*time.Minute {
			d.T.Fatalf("%s: %d after %d kills", count, d.sum(count), kills)
		}
		server := exec.Command(os.Args[0])
		server.Env = append(os.Environ(), serveEnv+"="+database+" "+folder)
		var said strings.Builder
		server.Stderr = &said
		if err := server.Start(); err != nil {
			d.T.Fatal(err)
		}
		until := min(d.sum(count)+1+rand.N(200), all)
		for d.sum(count) < until && time.Since(begun) < 10*time.Minute {
			time.Sleep(5 * time.Millisecond)
		}
		_ = server.Process.Kill()
		_ = server.Wait()
		if strings.Contains(said.String(), "panic") {
			d.T.Fatalf("a server says:\n%s", &said)
		}
	}
	return kills
}
