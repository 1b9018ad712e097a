package main

import (
	"os"
	"path/filepath"
	"testing"
)

// TestFilesOutside: the command takes a file in beside the database, moves those that lie in it, an audit reads
// both, and says when the folder is not named or a file is gone.
func TestFilesOutside(t *testing.T) {
	s := newShell(t)
	dir := filepath.Join(s.dir, "files")
	if err := os.WriteFile(filepath.Join(s.dir, "other.txt"), []byte("It rained in Ghent on 3 March 2021."),
		0o600); err != nil {
		t.Fatal(err)
	}
	count := func() (n int) {
		all, err := filepath.Glob(filepath.Join(dir, "*", "*.gz"))
		if err != nil {
			t.Fatal(err)
		}
		return len(all)
	}
	step := func(want int, line string) {
		t.Helper()
		if code, out, errs := s.run(line); code != want {
			t.Fatalf("%s: exit %d, want %d\n%s%s", line, code, want, out, errs)
		}
	}
	step(0, "import --collection Leaks --as editor-1 --database DB DIR/good.txt")
	step(0, "import --collection Leaks --as editor-1 --database DB --files DIR/files DIR/other.txt")
	if n := count(); n != 1 {
		t.Fatalf("%d files lie outside", n)
	}
	step(0, "files move --database DB --files DIR/files")
	step(0, "files move --database DB --files DIR/files")
	if n := count(); n != 2 {
		t.Fatalf("%d files lie outside", n)
	}
	step(0, "audit verify --database DB --files DIR/files")
	step(2, "audit verify --database DB") // what it was not told of it could not check
	step(1, "serve --database DB --addr 127.0.0.1:0")
	all, _ := filepath.Glob(filepath.Join(dir, "*", "*.gz"))
	if err := os.Remove(all[0]); err != nil {
		t.Fatal(err)
	}
	step(1, "audit verify --database DB --files DIR/files")
}
