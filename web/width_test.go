package web

import (
	"bufio"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

// Columns of a line, by the ending of the file. A tab counts four.
var widths = map[string]int{".go": 120, ".ts": 120, ".mjs": 120, ".css": 120, ".html": 160}

// TestLintWidth holds lines to a width at which two files fit beside each other. Data files may be as wide as they
// need.
func TestLintWidth(t *testing.T) {
	t.Parallel()
	err := filepath.WalkDir("..", func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			// The pages of the bench are data: they are as their sites wrote them.
			if filepath.ToSlash(path) == "../bench/intake/pages" || slices.Contains([]string{"node_modules", "dist",
				"testdata", ".git", "var", "bin", "test-results"}, d.Name()) {
				return filepath.SkipDir
			}
			return nil
		}
		limit, ok := widths[filepath.Ext(path)]
		if !ok {
			return nil
		}
		lines, err := widerThan(path, limit)
		if len(lines) > 0 {
			t.Errorf("%s: lines %d are wider than %d columns; break them by hand", path, lines, limit)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// widerThan gives the numbers of the lines that have more columns.
func widerThan(path string, limit int) (lines []int, err error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	s := bufio.NewScanner(f)
	s.Buffer(nil, 4<<20)
	for n := 1; s.Scan(); n++ {
		if utf8.RuneCountInString(s.Text())+3*strings.Count(s.Text(), "\t") > limit {
			lines = append(lines, n)
		}
	}
	return lines, s.Err()
}
