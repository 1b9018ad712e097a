package store_test

import (
	"bytes"
	"context"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"claimbench/internal/store"
)

// TestFilesAreTheirOwners: whatever the umask, nobody else may open what we make, and a wider file is told at start.
func TestFilesAreTheirOwners(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "made", "by us")
	path := filepath.Join(dir, "c.db")
	var said bytes.Buffer
	open := func() *store.DB {
		db, err := store.Open(context.Background(), "sqlite:"+path, store.Options{Create: true,
			Log: slog.New(slog.NewTextHandler(&said, nil))})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := db.Migrate(context.Background()); err != nil {
			t.Fatal(err)
		}
		if err := db.Serve(); err != nil {
			t.Fatal(err)
		}
		return db
	}
	db := open()
	for _, name := range []string{path, path + "-wal", path + "-shm", path + ".serving"} {
		if info, err := os.Stat(name); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s: %v, %v", filepath.Base(name), info.Mode(), err)
		}
	}
	for _, name := range []string{dir, filepath.Dir(dir)} {
		if info, err := os.Stat(name); err != nil || info.Mode().Perm() != 0o700 {
			t.Errorf("the folder %s: %v, %v", filepath.Base(name), info.Mode(), err)
		}
	}
	if said.Len() > 0 {
		t.Errorf("files that are right are warned of: %s", &said)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(path, 0o644); err != nil {
		t.Fatal(err)
	}
	db = open()
	defer db.Close()
	if !strings.Contains(said.String(), path) || !strings.Contains(said.String(), "mode=0644") {
		t.Errorf("a file that all may read is not warned of: %s", &said)
	}
}
