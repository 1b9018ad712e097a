package main

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"claimbench/internal/store"
)

// TestShelfImportIsKilled: a command that is killed while it takes fact-checks in leaves what it took, and the server
// goes on where it stood: each entry is there once, and the audit finds nothing.
func TestShelfImportIsKilled(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.want(0, "", "collection", "add", "Facts", "--as", "admin-1")
	const entries = 2000
	var rows bytes.Buffer
	rows.WriteString("claim,rating\n")
	for i := range entries {
		fmt.Fprintf(&rows, "Ship %d left port %d in May.,False\n", i, i%17)
	}
	file := filepath.Join(t.TempDir(), "facts.csv")
	if err := os.WriteFile(file, rows.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	taker := exec.Command(os.Args[0])
	taker.Env = append(os.Environ(), runEnv+"="+strings.Join([]string{"shelf", "import", "--collection", "Facts",
		"--as", "editor-1", "--database", "sqlite:" + b.path, file}, "\n"))
	var said bytes.Buffer
	taker.Stderr = &said
	if err := taker.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = taker.Process.Kill(); _ = taker.Wait() })
	db, err := sql.Open("sqlite3", b.path+"?mode=ro&_busy_timeout=5000")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	count := func(query string) (n int) {
		t.Helper()
		if err := db.QueryRow(query).Scan(&n); err != nil {
			t.Fatal(err)
		}
		return n
	}
	until := func(what string, done func() bool) {
		t.Helper()
		// Nothing else tells of another process.
		look, late := time.NewTicker(5*time.Millisecond), time.After(2*time.Minute)
		defer look.Stop()
		for !done() {
			select {
			case <-look.C:
			case <-late:
				t.Fatalf("%s does not come: %s", what, &said)
			}
		}
	}
	taken := func() int { return count("SELECT COUNT(*) FROM shelf_entries") }
	until("the first slice", func() bool { return taken() > 0 })
	if err := taker.Process.Kill(); err != nil { // SIGKILL
		t.Fatal(err)
	}
	_ = taker.Wait() // it was killed
	left := taken()
	if left == 0 || left >= entries {
		t.Fatalf("%d of %d entries were taken when it was killed", left, entries)
	}
	madeHere, err := store.Open(context.Background(), "sqlite:"+b.path, store.Options{})
	if err == nil {
		err = madeHere.Write(context.Background(), func(tx *store.Tx) error { // a demo serves what it made itself
			return tx.SetMeta(madeBy, madeByDemo)
		})
	}
	if err != nil {
		t.Fatal(err)
	}
	madeHere.Close()
	p := startProcess(t, "sqlite:"+b.path, filepath.Join(t.TempDir(), "log.key"))
	until("the rest", func() bool {
		return count("SELECT COUNT(*) FROM shelf_files WHERE state = 'imported'") == 1
	})
	p.stop()
	var look struct {
		N, Once, Last int
	}
	row := db.QueryRow("SELECT COUNT(*), COUNT(DISTINCT n), MAX(n) FROM shelf_entries")
	if err := row.Scan(&look.N, &look.Once, &look.Last); err != nil {
		t.Fatal(err)
	}
	if look.N != entries || look.Once != entries || look.Last != entries {
		got, _ := json.Marshal(look)
		t.Errorf("killed at %d of %d, then %s", left, entries, got)
	}
	if n := count("SELECT taken FROM shelf_files"); n != entries {
		t.Errorf("the file says that %d were taken", n)
	}
	t.Logf("killed at %d of %d", left, entries)
	b.want(0, "", "audit", "verify")
}
