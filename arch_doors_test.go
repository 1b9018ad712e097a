package claimbench_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// The doors show and pass on: they know no state, ask no policy but their routes', and read no table. Exceptions are
// listed by file with their number; a list may only shrink.

// parsed gives the files of a folder without its tests, by name.
func parsed(t *testing.T, dirs ...string) map[string]*ast.File {
	t.Helper()
	out := map[string]*ast.File{}
	for _, dir := range dirs {
		names, err := filepath.Glob(filepath.Join(dir, "*.go"))
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range names {
			if strings.HasSuffix(name, "_test.go") {
				continue
			}
			f, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
			if err != nil {
				t.Fatal(err)
			}
			out[name] = f
		}
	}
	if len(out) == 0 {
		t.Fatalf("no files in %v", dirs)
	}
	return out
}

// doorFiles are the files of the doors for browsers and programs.
func doorFiles(t *testing.T) map[string]*ast.File {
	return parsed(t, "internal/httpd", "internal/httpd/view")
}

// held compares what was counted, by file, with the exceptions.
func held(t *testing.T, what string, found map[string][]string, left map[string]int) {
	t.Helper()
	for _, name := range slices.Sorted(maps.Keys(found)) {
		if n := len(found[name]); n > left[name] {
			t.Errorf("%s: %s (%d, at most %d): %s", name, what, n, left[name], strings.Join(found[name], "; "))
		}
	}
	for name, n := range left {
		if len(found[name]) < n {
			t.Errorf("%s: %s %d times, not %d any more: mend the list of exceptions", name, what, len(found[name]), n)
		}
	}
}

// statesOf collects the constants of the types State and Outcome of a room: "claims.Open" and "open".
func statesOf(t *testing.T, room string) (names, values map[string]bool) {
	names, values = map[string]bool{}, map[string]bool{}
	for _, f := range parsed(t, "internal/"+room) {
		for _, d := range f.Decls {
			g, ok := d.(*ast.GenDecl)
			if !ok || g.Tok != token.CONST {
				continue
			}
			for _, s := range g.Specs {
				v := s.(*ast.ValueSpec)
				typ, ok := v.Type.(*ast.Ident)
				if !ok || typ.Name != "State" && typ.Name != "Outcome" {
					continue
				}
				names[room+"."+v.Names[0].Name] = true
				if lit, ok := v.Values[0].(*ast.BasicLit); ok {
					word, _ := strconv.Unquote(lit.Value)
					values[word] = true
				}
			}
		}
	}
	return names, values
}

// TestDoorsKnowNoState: what a claim, a round or a set may do in its state is asked of package desk.
func TestDoorsKnowNoState(t *testing.T) {
	names, values := map[string]bool{}, map[string]bool{}
	for _, room := range []string{"claims", "review", "claimset"} {
		n, v := statesOf(t, room)
		if len(n) < 3 {
			t.Fatalf("%s has %d states; this test reads them from its constants", room, len(n))
		}
		maps.Copy(names, n)
		maps.Copy(values, v)
	}
	knows := func(e ast.Expr) string {
		switch x := e.(type) {
		case *ast.SelectorExpr:
			if pkg, ok := x.X.(*ast.Ident); ok && names[pkg.Name+"."+x.Sel.Name] {
				return pkg.Name + "." + x.Sel.Name
			}
		case *ast.BasicLit:
			if word, err := strconv.Unquote(x.Value); err == nil && x.Kind == token.STRING && values[word] {
				return x.Value
			}
		}
		return ""
	}
	found := map[string][]string{}
	for name, f := range doorFiles(t) {
		ast.Inspect(f, func(n ast.Node) bool {
			var operands []ast.Expr
			switch x := n.(type) {
			case *ast.BinaryExpr:
				if x.Op == token.EQL || x.Op == token.NEQ {
					operands = []ast.Expr{x.X, x.Y}
				}
			case *ast.CaseClause:
				operands = x.List
			case *ast.KeyValueExpr:
				operands = []ast.Expr{x.Key} // a table keyed by states is a switch on them
			}
			for _, o := range operands {
				if s := knows(o); s != "" {
					found[name] = append(found[name], s)
				}
			}
			return true
		})
	}
	held(t, "knows a state", found, map[string]int{})
}

// TestDoorsAskNoPolicy: a route names its permission; everything else is asked in package desk and in the services.
func TestDoorsAskNoPolicy(t *testing.T) {
	asks := []string{"May", "MayAnywhere", "Allows", "Collections", "HistoryFilter"}
	found := map[string][]string{}
	for name, f := range doorFiles(t) {
		if strings.HasPrefix(filepath.Base(name), "routes") {
			continue
		}
		ast.Inspect(f, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok {
				return true
			}
			sel, ok := call.Fun.(*ast.SelectorExpr)
			if !ok || !slices.Contains(asks, sel.Sel.Name) {
				return true
			}
			if of, ok := sel.X.(*ast.SelectorExpr); ok && of.Sel.Name == "Policy" {
				found[name] = append(found[name], sel.Sel.Name)
			}
			return true
		})
	}
	held(t, "asks the policy", found, map[string]int{})
}

// TestDoorsReadNoTable: httpd does not see the store, and nothing above the record rooms touches a transaction's
// handle.
func TestDoorsReadNoTable(t *testing.T) {
	found := map[string][]string{}
	for name, f := range doorFiles(t) {
		for _, i := range f.Imports {
			if i.Path.Value == `"claimbench/internal/store"` {
				found[name] = append(found[name], "imports store")
			}
		}
	}
	held(t, "reads the store", found, map[string]int{})
	for name, f := range parsed(t, "internal/httpd", "internal/httpd/view", "internal/desk", "internal/house",
		"cmd/workbench") {
		ast.Inspect(f, func(n ast.Node) bool {
			if sel, ok := n.(*ast.SelectorExpr); ok && sel.Sel.Name == "Gorm" {
				t.Errorf("%s takes the handle of a transaction; a record room reads its tables", name)
			}
			return true
		})
	}
}

// TestOnlyServeOpensTheDoor: the other commands work without package httpd.
func TestOnlyServeOpensTheDoor(t *testing.T) {
	for name, f := range parsed(t, "cmd/workbench") {
		for _, i := range f.Imports {
			if strings.HasPrefix(i.Path.Value, `"claimbench/internal/httpd`) && !strings.HasPrefix(filepath.Base(name),
				"serve") {
				t.Errorf("%s imports %s; only serve may", name, i.Path.Value)
			}
		}
	}
}

// mostHandled is how many lines a handler has at the most, between its braces.
const mostHandled = 20

// TestHandlersAreShort: a handler reads what was sent, calls one service or the desk, and answers. What a page says,
// and what a form means, are functions of their own.
func TestHandlersAreShort(t *testing.T) {
	handlers := 0
	for name, f := range parsed(t, "internal/httpd") {
		src, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range f.Decls {
			fn, ok := d.(*ast.FuncDecl)
			if !ok || fn.Recv == nil || !handles(fn.Type) {
				continue
			}
			handlers++
			body := src[fn.Body.Lbrace-f.FileStart : fn.Body.Rbrace-f.FileStart]
			if n := strings.Count(string(body), "\n") - 1; n > mostHandled {
				t.Errorf("%s: the handler %s has %d lines; at most %d", name, fn.Name.Name, n, mostHandled)
			}
		}
	}
	if handlers < 80 {
		t.Errorf("%d handlers are seen; this test finds them by their type", handlers)
	}
}

// handles says whether a function is one that a route may have: it takes an echo.Context and gives an error.
func handles(f *ast.FuncType) bool {
	if f.Params.NumFields() != 1 || f.Results.NumFields() != 1 {
		return false
	}
	of, isSelector := f.Params.List[0].Type.(*ast.SelectorExpr)
	gives, isIdent := f.Results.List[0].Type.(*ast.Ident)
	return isSelector && isIdent && of.Sel.Name == "Context" && gives.Name == "error"
}

// recordRooms are the record rooms in the order of imports, the first imports none of the others.
func recordRooms() []string {
	from, to := slices.Index(rows, "internal/store"), slices.Index(rows, "internal/requests")
	var out []string
	for _, dir := range rows[from : to+1] {
		if room := strings.TrimPrefix(dir, "internal/"); !strings.Contains(room, "/") {
			out = append(out, room)
		}
	}
	return out
}

var createTable = regexp.MustCompile(`(?im)^\s*CREATE (?:VIRTUAL )?TABLE (?:IF NOT EXISTS )?(\w+)`)

var (
	tableWord = regexp.MustCompile(`(?i)\b(?:FROM|JOIN|INTO|UPDATE)\s+"?([a-z_]+)`)
	dotted    = regexp.MustCompile(`\b([a-z_]+)\.[a-z_]+\b`)
)

// TestSQLNamesNoTableAbove reads the strings of the record rooms: SQL of a room names its own tables and those of rooms
// that it may import, and each such reading stands in docs/architecture.md.
func TestSQLNamesNoTableAbove(t *testing.T) {
	rooms := recordRooms()
	owners := ownersOf(t, rooms)
	reads := map[string]map[string]bool{}
	for i, room := range rooms {
		for name, f := range parsed(t, "internal/"+room) {
			for table := range tablesIn(f, owners) {
				owner := owners[table]
				j := slices.Index(rooms, owner)
				switch {
				case owner == room:
				case j > i:
					t.Errorf("%s names the table %s in SQL, which %s owns: that is upwards", name, table, owner)
				default:
					if reads[room] == nil {
						reads[room] = map[string]bool{}
					}
					reads[room][table] = true
				}
			}
		}
	}
	page, err := os.ReadFile("docs/architecture.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, room := range rooms {
		if len(reads[room]) == 0 {
			continue
		}
		line := fmt.Sprintf("| `%s` | `%s` |", room, strings.Join(slices.Sorted(maps.Keys(reads[room])), "` `"))
		if !strings.Contains(string(page), line) {
			t.Errorf("docs/architecture.md lacks the line of what %s reads of other rooms:\n%s", room, line)
		}
	}
}

// ownersOf says which room owns each table: the one whose row names it. Every table of the migrations has an owner.
func ownersOf(t *testing.T, rooms []string) map[string]string {
	t.Helper()
	owners := map[string]string{"search_sentences": "search", "search_claims": "search"}
	for _, room := range rooms {
		for _, f := range parsed(t, "internal/"+room) {
			for _, d := range f.Decls {
				fn, ok := d.(*ast.FuncDecl)
				if !ok || fn.Name.Name != "TableName" {
					continue
				}
				ast.Inspect(fn, func(n ast.Node) bool {
					if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.STRING {
						table, _ := strconv.Unquote(lit.Value)
						owners[table] = room
					}
					return true
				})
			}
		}
	}
	names, err := filepath.Glob("internal/store/migrations/sqlite/*.sql")
	if err != nil || len(names) == 0 {
		t.Fatalf("%d migrations, %v", len(names), err)
	}
	for _, name := range names {
		sql, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range createTable.FindAllStringSubmatch(string(sql), -1) {
			if owners[m[1]] == "" {
				t.Errorf("%s makes the table %s, which no room's row names", name, m[1])
			}
		}
	}
	return owners
}

// tablesIn are the tables that the strings of a file name in SQL.
func tablesIn(f *ast.File, owners map[string]string) map[string]bool {
	out := map[string]bool{}
	ast.Inspect(f, func(n ast.Node) bool {
		if call, ok := n.(*ast.CallExpr); ok {
			if sel, ok := call.Fun.(*ast.SelectorExpr); ok && sel.Sel.Name == "Table" && len(call.Args) > 0 {
				if lit, ok := call.Args[0].(*ast.BasicLit); ok {
					name, _ := strconv.Unquote(lit.Value)
					name, _, _ = strings.Cut(name, " ")
					if owners[name] != "" {
						out[name] = true
					}
				}
			}
		}
		lit, ok := n.(*ast.BasicLit)
		if !ok || lit.Kind != token.STRING {
			return true
		}
		text, _ := strconv.Unquote(lit.Value)
		for _, m := range tableWord.FindAllStringSubmatch(text, -1) {
			if owners[m[1]] != "" {
				out[m[1]] = true
			}
		}
		for _, m := range dotted.FindAllStringSubmatch(text, -1) {
			// An action such as claims.accepted reads alike: only what stands beside SQL counts.
			if owners[m[1]] != "" && strings.ContainsAny(text, "=,()<>?*") {
				out[m[1]] = true
			}
		}
		return true
	})
	return out
}
