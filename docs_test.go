package claimbench_test

import (
	"os"
	"path/filepath"
	"regexp"
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
