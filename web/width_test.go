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

// notYetWide are files with longer lines, from before this rule. The list only shrinks.
const notYetWide = "testdata/wide.txt"

// TestLintWidth holds lines to a width at which two files fit beside each other. Data files may be as wide as they
// need.
func TestLintWidth(t *testing.T) {
	t.Parallel()
	raw, err := os.ReadFile(notYetWide)
	if err != nil {
		t.Fatal(err)
	}
	listed := strings.Fields(string(raw))
	wide := map[string][]int{}
	root := ".."
	err = filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			if slices.Contains([]string{"node_modules", "dist", "testdata", ".git", "var", "bin", "test-results"},
				d.Name()) {
				return filepath.SkipDir
			}
			return nil
		}
		if limit, ok := widths[filepath.Ext(path)]; ok {
			name, err := filepath.Rel(root, path)
			if err != nil {
				return err
			}
			lines, err := widerThan(path, limit)
			if len(lines) > 0 {
				wide[filepath.ToSlash(name)] = lines
			}
			return err
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for name, lines := range wide {
		if !slices.Contains(listed, name) {
			t.Errorf("%s: lines %d are wider than %d columns", name, lines, widths[filepath.Ext(name)])
		}
	}
	for _, name := range listed {
		if wide[name] == nil {
			t.Errorf("%s is narrow enough now; take it out of %s", name, notYetWide)
		}
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
