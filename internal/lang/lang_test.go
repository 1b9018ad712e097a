package lang

import (
	"crypto/sha256"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Every line of every table has three cells, every trait is known, and no table is empty.
func TestTables(t *testing.T) {
	err := fs.WalkDir(folders, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		raw, err := folders.ReadFile(path)
		if err != nil {
			return err
		}
		n := 0
		for line := range strings.Lines(string(raw)) {
			n++
			line = strings.TrimRight(line, "\n")
			if strings.HasPrefix(line, "#") || line == "" {
				continue
			}
			if cells := strings.Split(line, "\t"); len(cells) != 3 {
				t.Errorf("%s, line %d has %d cells: a row is kind, argument and forms", path, n, len(cells))
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if n := len(All()); n < 19 {
		t.Errorf("%d languages have a folder", n)
	}
}

// A language without a folder, and one that is only named more exactly, get a pack too.
func TestOf(t *testing.T) {
	if p := Of("tlh"); p.Known || p.Decimal != '.' || len(p.Rows("values")) != 0 {
		t.Errorf("Klingon is known: %+v", p)
	}
	if p := Of("pt-BR"); p.Code != "pt" || p.Decimal != ',' {
		t.Errorf("pt-BR is read as %q", p.Code)
	}
	if !Of("ar").Is(Clitics) || Of("fa").Is(Clitics) {
		t.Error("clitics are glued in Arabic and not in Persian")
	}
}

// TestTablesOfCLDRAreAsWritten: the tables made from CLDR are what internal/lang/gen wrote, byte for byte. A word that
// is wrong there is left out by the program, not in its output.
func TestTablesOfCLDRAreAsWritten(t *testing.T) {
	t.Parallel()
	sums, err := os.ReadFile(filepath.Join("gen", "cldr.sha256"))
	if err != nil {
		t.Fatal(err)
	}
	named := map[string]bool{}
	for line := range strings.Lines(string(sums)) {
		sum, name, _ := strings.Cut(strings.TrimSpace(line), "  ")
		raw, err := folders.ReadFile(name)
		if got := fmt.Sprintf("%x", sha256.Sum256(raw)); err != nil || got != sum {
			t.Errorf("%s is not what gen wrote (%v): mend gen and run it again", name, err)
		}
		named[name] = true
	}
	found, err := fs.Glob(folders, "*/cldr.tsv")
	if err != nil || len(found) != len(named) {
		t.Errorf("%d tables, %d sums, %v", len(found), len(named), err)
	}
}
