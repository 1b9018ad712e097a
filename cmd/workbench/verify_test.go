package main

import (
	"archive/zip"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"claimbench/internal/proof"
)

// TestVerifyRefusals: what cannot be read is said with 2, and what is no bundle with 1; neither asks for a database.
func TestVerifyRefusals(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	write := func(name, data string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(data), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	words := write("words.zip", "no zip at all")
	other := filepath.Join(dir, "other.zip")
	f, err := os.Create(other)
	if err != nil {
		t.Fatal(err)
	}
	z := zip.NewWriter(f)
	if _, err := z.Create("more"); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		code int
		says string
		args []string
	}{
		{proof.ExitNotChecked, "cannot be read", []string{filepath.Join(dir, "none.zip")}},
		{proof.ExitNotChecked, "neither a public key", []string{words, "--key", "x"}},
		{proof.ExitNotChecked, "not a checkpoint", []string{words, "--checkpoint", words}},
		{proof.ExitTampered, "the file: it is no whole zip file", []string{words}},
		{proof.ExitTampered, "it holds 1 files, and a bundle 8", []string{other}},
	} {
		code, out := workbench(append([]string{"verify"}, c.args...)...)
		if code != c.code || !strings.Contains(out, c.says) {
			t.Errorf("verify %v: exit %d, want %d saying %q\n%s", c.args, code, c.code, c.says, out)
		}
	}
	if files, err := os.ReadDir(dir); err != nil || len(files) != 2 {
		t.Errorf("verify left %v, %v", files, err)
	}
}
