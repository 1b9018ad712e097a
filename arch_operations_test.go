package claimbench_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// unnamed are the exported methods that do not name their operation, each with the reason.
var unnamed = map[string]string{
	"store.Read":     "runs the look of a method that names itself",
	"store.Write":    "runs the change of a method that names itself",
	"store.Together": "runs many changes that name themselves",
	"store.Scan":     "gorm calls it for each row",
	"store.Value":    "gorm calls it for each row",

	"store.QueryContext":   "gorm calls it for each statement of the past",
	"store.PrepareContext": "gorm calls it for each statement of the past",
}

// TestOperationsAreNamed: each exported method of a record room that begins an operation (it takes a context and may
// fail) says once, in its first line, what was being done and with what, under its own name. Those that take a
// transaction are parts of an operation that named itself.
func TestOperationsAreNamed(t *testing.T) {
	met := map[string]bool{}
	for _, dir := range recordRooms() {
		files, err := filepath.Glob(filepath.Join("internal", dir, "*.go"))
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			if strings.HasSuffix(file, "_test.go") {
				continue
			}
			parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.SkipObjectResolution)
			if err != nil {
				t.Fatal(err)
			}
			for _, d := range parsed.Decls {
				if f, ok := d.(*ast.FuncDecl); ok && beginsOperation(f) {
					checkOperation(t, file, dir+"."+f.Name.Name, f, met)
				}
			}
		}
	}
	for name := range unnamed {
		if !met[name] {
			t.Errorf("%s is not there any more, or names itself: take it out of unnamed", name)
		}
	}
}

// beginsOperation says that a function is an exported method with a context whose last result is an error.
func beginsOperation(f *ast.FuncDecl) bool {
	params := f.Type.Params.List
	if f.Recv == nil || !f.Name.IsExported() || len(params) == 0 || f.Body == nil {
		return false
	}
	ctx, _ := params[0].Type.(*ast.SelectorExpr)
	return fails(f) && ctx != nil && ctx.Sel.Name == "Context"
}

func checkOperation(t *testing.T, file, name string, f *ast.FuncDecl, met map[string]bool) {
	t.Helper()
	said, found := operationOf(f)
	switch {
	case !found && unnamed[name] != "":
		met[name] = true
	case !found:
		t.Errorf("%s: %s does not name its operation: defer fault.In(&err, \"%s(…)\", …) in its first line", file, name,
			name)
	case said != name:
		t.Errorf("%s: %s names itself %s", file, name, said)
	}
}

// operationOf gives the name under which fault.In is deferred in the first line of a function.
func operationOf(f *ast.FuncDecl) (string, bool) {
	if len(f.Body.List) == 0 {
		return "", false
	}
	first, ok := f.Body.List[0].(*ast.DeferStmt)
	if !ok || len(first.Call.Args) < 2 {
		return "", false
	}
	in, ok := first.Call.Fun.(*ast.SelectorExpr)
	if !ok || in.Sel.Name != "In" {
		return "", false
	}
	format, ok := first.Call.Args[1].(*ast.BasicLit)
	if !ok {
		return "", false
	}
	words, err := strconv.Unquote(format.Value)
	if err != nil {
		return "", false
	}
	name, _, _ := strings.Cut(words, "(")
	return name, true
}
