package claimbench_test

import (
	"go/build"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// rows is the order of the house (docs/architecture.md): a package imports only from rows above its own.
var rows = []string{
	"policies", "web", "seeds",
	"internal/fault", "internal/term", "internal/jsonin",
	"internal/lang", "internal/text", "internal/value", "internal/clause", "internal/extract", "internal/worth",
	"internal/agree", "internal/markdown",
	"internal/match",
	"internal/intake", "internal/warc", "internal/eval",
	"internal/proof",
	"internal/fetch", "internal/fetch/fetchtest",
	"internal/model", "internal/model/modeltest",
	"internal/store", "internal/store/storetest",
	"internal/witness", "internal/history", "internal/cosign", "internal/auth", "internal/once",
	"internal/notices", "internal/presence",
	"internal/files",
	"internal/erasures",
	"internal/jobs",
	"internal/deeds",
	"internal/articles", "internal/guidelines", "internal/search", "internal/claims", "internal/breakdowns",
	"internal/vectors",
	"internal/addresses",
	"internal/watches", "internal/feeds", "internal/shelf", "internal/captures", "internal/webhooks",
	"internal/evidence", "internal/wishes", "internal/proposals", "internal/arrivals", "internal/replies",
	"internal/review",
	"internal/methods",
	"internal/claimset",
	"internal/status", "internal/requests", "internal/publish", "internal/exceptions",
	"internal/house", "internal/desk",
	"internal/roomtest",
	"internal/httpd/view", "internal/httpd",
	"cmd/workbench",
}

// foreign says which of our packages may import a module (by the beginning of its path); everybody else may not.
var foreign = map[string][]string{
	"github.com/labstack/echo":        {"internal/httpd"},
	"github.com/go-playground":        {"internal/httpd"},
	"github.com/yuin/goldmark":        {"internal/markdown"},
	"github.com/markusmobius":         {"internal/intake"},
	"github.com/mmcdole":              {"internal/intake"},
	"github.com/hablullah":            {"internal/intake"},
	"github.com/xuri/excelize":        {"internal/publish"},
	"github.com/wneessen/go-mail":     {"cmd/workbench"},
	"github.com/klippa-app/go-pdfium": {"internal/intake"},
	"github.com/tetratelabs/wazero":   {"internal/intake"},
	"github.com/jhillyerd/enmime":     {"internal/intake"},
	"github.com/prometheus":           {"internal/httpd"},
	"github.com/casbin":               {"internal/auth"},
	"github.com/alexedwards/argon2id": {"internal/auth", "internal/roomtest"}, // there, to cost nothing
	"golang.org/x/mod/sumdb": {"internal/proof", "internal/history", "internal/witness", "internal/cosign",
		"internal/status", "internal/exceptions",
		"cmd/workbench"},
	"filippo.io/torchwood":        {"internal/witness"},
	"gorm.io/driver":              {"internal/store"},
	"github.com/mattn/go-sqlite3": {"internal/store"},
	"github.com/jackc/pgx":        {"internal/store", "internal/store/storetest"},
	"github.com/pressly/goose":    {"internal/store"},
	"github.com/spf13/cobra":      {"cmd/workbench"},
	"gorm.io/gorm": {"internal/store", "internal/history", "internal/auth", "internal/once", "internal/jobs",
		"internal/deeds", "internal/articles",
		"internal/search", "internal/claims", "internal/evidence", "internal/review", "internal/claimset"},
	"github.com/nlnwa/gowarc": {"internal/warc"},
	"code.dny.dev/ssrf":       {"internal/fetch", "internal/fetch/fetchtest"},
	"net/http": {"internal/fetch", "internal/model", "internal/model/modeltest",
		"internal/httpd", "cmd/workbench"},
	"database/sql":                    {"internal/store", "internal/store/storetest"},
	"github.com/abadojack/whatlanggo": {"internal/text"},
}

// pure rooms have no database, no clock of their own and no door.
var pure = []string{"internal/lang", "internal/text", "internal/value", "internal/clause", "internal/extract",
	"internal/worth", "internal/agree", "internal/match", "internal/intake", "internal/warc", "internal/proof",
	"internal/markdown"}

func TestHouseOrder(t *testing.T) {
	for _, dir := range packages(t) {
		p, err := build.Default.ImportDir(dir, 0)
		if err != nil {
			if _, none := err.(*build.NoGoError); none {
				continue
			}
			t.Fatal(err)
		}
		for _, imp := range p.Imports {
			if ours, ok := strings.CutPrefix(imp, "claimbench/"); ok {
				if ours == "internal/fetch/fetchtest" || ours == "internal/model/modeltest" {
					t.Errorf("%s imports %s, which asks or answers on this machine: it is for tests", dir, imp)
				}
				checkEdge(t, dir, ours)
				continue
			}
			checkForeign(t, dir, imp)
		}
	}
}

func checkEdge(t *testing.T, from, to string) {
	t.Helper()
	i, j := slices.Index(rows, from), slices.Index(rows, strings.TrimSuffix(to, "/"))
	switch {
	case i < 0:
		t.Errorf("%s is not in the order of the house; give it a row in arch_test.go and docs/architecture.md", from)
	case j < 0 && !strings.HasPrefix(to, from+"/"):
		t.Errorf("%s imports %s, which is not in the order of the house", from, to)
	case j >= i:
		t.Errorf("%s imports %s, which stands in a row below it", from, to)
	}
}

func checkForeign(t *testing.T, from, imp string) {
	t.Helper()
	for prefix, allowed := range foreign {
		if (imp == prefix || strings.HasPrefix(imp, prefix+"/")) && !slices.Contains(allowed, from) {
			t.Errorf("%s imports %s; only %s may", from, imp, strings.Join(allowed, ", "))
		}
	}
	if slices.Contains(pure, from) && (imp == "os" || imp == "net" || imp == "math/rand") {
		t.Errorf("%s is pure and imports %s", from, imp)
	}
}

// packages lists the folders of our packages, generators and tests' data left out.
func packages(t *testing.T) []string {
	t.Helper()
	var out []string
	for _, root := range []string{"policies", "web", "seeds", "internal", "cmd"} {
		err := filepath.WalkDir(root, func(path string, d os.DirEntry, err error) error {
			if err != nil || !d.IsDir() {
				return err
			}
			if slices.Contains([]string{"node_modules", "testdata", "dist", "gen", "src", "styles", "templates"},
				d.Name()) {
				return filepath.SkipDir
			}
			out = append(out, path)
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return out
}

// Names that say nothing about what a package owns.
func TestNoVaguePackages(t *testing.T) {
	for _, dir := range packages(t) {
		if slices.Contains([]string{"util", "utils", "common", "helpers", "models", "types", "service", "services"},
			filepath.Base(dir)) {
			t.Errorf("%s: a package is named for what it owns", dir)
		}
	}
}

// Without the tag SQLite has no full-text search; then one file joins internal/store whose only line does not compile
// and names the tag. (Compiling it here would compile SQLite's C a second time.)
func TestBuildNamesItsTag(t *testing.T) {
	for _, c := range []struct {
		tags []string
		want bool
	}{{nil, true}, {[]string{"sqlite_fts5"}, false}} {
		ctx := build.Default
		ctx.BuildTags = c.tags
		p, err := ctx.ImportDir("internal/store", 0)
		if err != nil {
			t.Fatal(err)
		}
		if got := slices.Contains(p.GoFiles, "tag.go"); got != c.want {
			t.Errorf("with tags %v: tag.go is in the build: %v", c.tags, got)
		}
	}
	src, err := os.ReadFile("internal/store/tag.go")
	if err != nil || !strings.Contains(string(src), "var _ = build_with_tags_sqlite_fts5") {
		t.Errorf("internal/store/tag.go does not name the tag: %v", err)
	}
}

// gorm's AutoMigrate loses triggers and rows (docs/adr); migrations are SQL.
func TestNoAutoMigrate(t *testing.T) {
	eachSource(t, func(name, src string) {
		if strings.Contains(src, "."+"AutoMigrate(") {
			t.Errorf("%s calls AutoMigrate", name)
		}
	})
}

// A statement that answers with rows is a query, never an Exec: a prepared one is not reset then, SQLite counts it as
// running for as long as the connection lives, and one interrupt refuses every later statement. PostgreSQL's own
// functions (pg_…) are let through.
func TestExecAnswersNoRows(t *testing.T) {
	eachSource(t, func(name, src string) {
		for _, call := range execWithRows.FindAllString(src, -1) {
			if !strings.HasSuffix(name, "_test.go") {
				t.Errorf("%s runs %s: use Raw and Scan", name, call)
			}
		}
	})
}

// eachSource gives every Go file of our packages, tests too.
func eachSource(t *testing.T, do func(name, src string)) {
	t.Helper()
	for _, dir := range packages(t) {
		files, err := filepath.Glob(filepath.Join(dir, "*.go"))
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range files {
			src, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			do(name, string(src))
		}
	}
}

var execWithRows = regexp.MustCompile("(?i)\\.Exec\\((?:fmt\\.Sprintf\\()?" +
	"[`\"](?:PRAGMA|SELECT (?:[^p]|p[^g])|[^`\"]*\\bRETURNING\\b)[^`\"]*")
