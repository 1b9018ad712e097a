package roomtest_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"reflect"
	"strconv"
	"strings"
	"testing"
)

// whose are the answers to the question whose words a field holds: the article's that a claim or a passage is of,
// another article's, our people's, or nobody's: a name, date, address, hash or code.
var whose = map[string]bool{"article": true, "other": true, "own": true, "fact": true}

// TestEveryTextSaysWhoseWordsItHolds reads the rows (structs with a TableName) and the entries of exported sets of the
// rooms that hold words of articles. Each field of text or of a list must say whose words it holds; what a field holds
// is decided where it is declared, and a new one without the decision fails here.
func TestEveryTextSaysWhoseWordsItHolds(t *testing.T) {
	t.Parallel()
	seen := 0
	for _, room := range []string{"articles", "claims", "evidence", "review", "claimset"} {
		structs, lists, rows := declared(t, "../"+room)
		for name, s := range structs {
			if !rows[name] && !strings.HasPrefix(name, "Entry") {
				continue
			}
			for _, f := range s.Fields.List {
				if len(f.Names) == 0 || !f.Names[0].IsExported() || !holdsText(f.Type, lists) {
					continue // what is not exported is neither a column nor in JSON
				}
				seen++
				tag := ""
				if f.Tag != nil {
					tag, _ = strconv.Unquote(f.Tag.Value)
				}
				if reflect.StructTag(tag).Get("gorm") == "-" {
					continue // gathered from rows that say it
				}
				if words := reflect.StructTag(tag).Get("words"); !whose[words] {
					t.Errorf("%s.%s.%s says %q: say whose words it holds with words:\"article\", \"other\", "+
						"\"own\" or \"fact\"", room, name, f.Names[0], words)
				}
			}
		}
	}
	if seen < 80 {
		t.Errorf("only %d fields were looked at", seen)
	}
}

// declared reads a room's structs, its types that are lists, and which structs are rows of a table.
func declared(t *testing.T, dir string) (structs map[string]*ast.StructType, lists, rows map[string]bool) {
	t.Helper()
	structs, lists, rows = map[string]*ast.StructType{}, map[string]bool{}, map[string]bool{}
	names, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.FuncDecl:
				if n.Name.Name == "TableName" && n.Recv != nil {
					rows[n.Recv.List[0].Type.(*ast.Ident).Name] = true
				}
			case *ast.TypeSpec:
				switch kind := n.Type.(type) {
				case *ast.StructType:
					structs[n.Name.Name] = kind
				case *ast.IndexExpr, *ast.ArrayType, *ast.MapType:
					lists[n.Name.Name] = true
				}
			}
			return true
		})
	}
	return structs, lists, rows
}

// holdsText says whether a type can hold free text: a string, or a list of anything but the entries that say it
// themselves. A type of a vocabulary, a number or a time cannot.
func holdsText(e ast.Expr, lists map[string]bool) bool {
	switch e := e.(type) {
	case *ast.Ident:
		return e.Name == "string" || lists[e.Name]
	case *ast.StarExpr:
		return holdsText(e.X, lists)
	case *ast.ArrayType:
		of, named := e.Elt.(*ast.Ident)
		return !named || !strings.HasPrefix(of.Name, "Entry")
	case *ast.IndexExpr:
		return true
	case *ast.SelectorExpr:
		return e.Sel.Name == "Strings"
	}
	return false
}
