package claimbench_test

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

var (
	mdLink = regexp.MustCompile(`\]\(([^)\s]+)\)`)
	mdCode = regexp.MustCompile("`([^`\n]+)`")
	// ourPath is a path of this repository, as the pages write them: a folder of ours, then names.
	ourPath = regexp.MustCompile(`^(?:internal|cmd|web|e2e|docs|seeds|policies|scripts|bench)(?:/[\w.-]+)+$`)
	// goName is pkg.Name or pkg.Type.Name of a package under internal/, with an exported name.
	goName = regexp.MustCompile(`^([a-z]+)\.((?:[A-Z]\w*)(?:\.[A-Z]\w*)*)$`)
	built  = regexp.MustCompile(`^(?:web/dist|e2e/test-results|e2e/playwright-report)\b`)
)

// pages are the documents at the root and under docs/.
func pages(t *testing.T) []string {
	t.Helper()
	out := []string{"README.md", "CHANGELOG.md"}
	err := filepath.WalkDir("docs", func(path string, d os.DirEntry, err error) error {
		if err == nil && strings.HasSuffix(path, ".md") {
			out = append(out, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// A page that names a file, links to another page, or names an exported Go identifier is right about it.
func TestDocsNameWhatIsThere(t *testing.T) {
	names := map[string]string{}
	for _, page := range pages(t) {
		raw, err := os.ReadFile(page)
		if err != nil {
			t.Error(err)
			continue
		}
		for _, m := range mdLink.FindAllStringSubmatch(string(raw), -1) {
			target, _, _ := strings.Cut(m[1], "#")
			if target == "" || strings.Contains(target, "://") {
				continue
			}
			if _, err := os.Stat(filepath.Join(filepath.Dir(page), target)); err != nil {
				t.Errorf("%s links to %s, which is not there", page, m[1])
			}
		}
		for _, m := range mdCode.FindAllStringSubmatch(string(raw), -1) {
			code := strings.TrimPrefix(m[1], "./")
			if ourPath.MatchString(code) && !built.MatchString(code) {
				if _, err := os.Stat(code); err != nil {
					t.Errorf("%s names %s, which is not there", page, code)
				}
			}
			if m := goName.FindStringSubmatch(code); m != nil {
				checkGoName(t, names, page, m[1], m[2])
			}
		}
	}
}

// checkGoName looks for the last part of a name in the package's own files, where the package is one of ours.
func checkGoName(t *testing.T, sources map[string]string, page, pkg, name string) {
	t.Helper()
	src, read := sources[pkg]
	if !read {
		src = sourceOf(t, pkg)
		sources[pkg] = src
	}
	if src == "" {
		return // not a package of ours
	}
	for _, part := range strings.Split(name, ".") {
		if !regexp.MustCompile(`\b` + part + `\b`).MatchString(src) {
			t.Errorf("%s names %s.%s, and internal/%s has no %s", page, pkg, name, pkg, part)
		}
	}
}

func sourceOf(t *testing.T, pkg string) string {
	t.Helper()
	var all strings.Builder
	for _, dir := range []string{"internal/" + pkg, "internal/store/" + pkg, "internal/httpd/" + pkg} {
		files, err := filepath.Glob(dir + "/*.go")
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			raw, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			all.Write(raw)
		}
	}
	return all.String()
}

// The pages are read on other machines than this.
func TestDocsNameNoMachine(t *testing.T) {
	for _, page := range pages(t) {
		raw, err := os.ReadFile(page)
		if err != nil {
			t.Error(err)
			continue
		}
		for _, bad := range []string{"/work" + "/", "/root" + "/", "/home" + "/", "/tmp" + "/wt"} {
			if strings.Contains(string(raw), bad) {
				t.Errorf("%s names a path of one machine: %s…", page, bad)
			}
		}
	}
}

// goFileName is a file that a tour names by its whole name; "en*.go" and its like are left out.
var goFileName = regexp.MustCompile(`(?:^|[\s(])(\w+\.go)\b`)

// Every package of more than three files has a tour: a doc.go with at least ten lines, which is the only package
// comment, and which names only files that are there.
func TestPackagesHaveATour(t *testing.T) {
	const small, shortest = 3, 10
	toured := 0
	for dir, files := range packageFiles(t) {
		if len(files) <= small {
			continue
		}
		toured++
		tour := ""
		for _, file := range files {
			f, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ParseComments|parser.PackageClauseOnly)
			if err != nil {
				t.Fatal(err)
			}
			switch {
			case filepath.Base(file) == "doc.go":
				tour = f.Doc.Text()
			case f.Doc.Text() != "":
				t.Errorf("%s has a package comment; it belongs in doc.go", file)
			}
		}
		if n := strings.Count(tour, "\n"); n < shortest {
			t.Errorf("%s has %d files, and its doc.go has %d lines of comment; at least %d are asked for: what the "+
				"package is, a tour of its files, the one rule not to break", dir, len(files), n, shortest)
		}
		for _, m := range goFileName.FindAllStringSubmatch(tour, -1) {
			if _, err := os.Stat(filepath.Join(dir, m[1])); err != nil {
				t.Errorf("%s/doc.go names %s, which is not there", dir, m[1])
			}
		}
	}
	if toured == 0 {
		t.Error("no package was looked at")
	}
}

// packageFiles lists the Go files of each package under internal/ and cmd/, without its tests.
func packageFiles(t *testing.T) map[string][]string {
	t.Helper()
	out := map[string][]string{}
	for _, root := range []string{"internal", "cmd"} {
		err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
			if err == nil && strings.HasSuffix(path, ".go") && !strings.HasSuffix(path, "_test.go") {
				out[filepath.Dir(path)] = append(out[filepath.Dir(path)], path)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return out
}

var decision = regexp.MustCompile(`(?m)^\| (\d+) \| \[[^\]]+\]\((\d{4})-[\w.-]+\) \|$`)

// The index of the decisions names each once, in the order of their numbers.
func TestDecisionsAreListedOnce(t *testing.T) {
	raw, err := os.ReadFile("docs/adr/README.md")
	if err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob("docs/adr/[0-9]*.md")
	if err != nil {
		t.Fatal(err)
	}
	var listed, there []string
	for _, row := range decision.FindAllStringSubmatch(string(raw), -1) {
		if listed = append(listed, row[2]); strings.TrimLeft(row[2], "0") != row[1] {
			t.Errorf("decision %s is listed as %s", row[2], row[1])
		}
	}
	for _, file := range files {
		there = append(there, filepath.Base(file)[:4])
	}
	if !slices.Equal(listed, there) {
		t.Errorf("docs/adr/README.md lists\n%v, and there are\n%v", listed, there)
	}
}
