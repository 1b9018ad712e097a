package claimbench_test

import (
	"go/ast"
	"testing"
)

// TestTheDeskSaysWhatItDid: every exported method of the desk that may fail adds its operation, once, in its first
// line, so that a fault's line in the log says what was being read.
func TestTheDeskSaysWhatItDid(t *testing.T) {
	seen := 0
	for name, f := range parsed(t, "internal/desk") {
		for _, d := range f.Decls {
			fn, ok := d.(*ast.FuncDecl)
			if !ok || fn.Recv == nil || !fn.Name.IsExported() || !fails(fn) || fn.Name.Name == "MayVerify" {
				continue // MayVerify is one question to the policy
			}
			if star, ok := fn.Recv.List[0].Type.(*ast.StarExpr); !ok || star.X.(*ast.Ident).Name != "Desk" {
				continue
			}
			seen++
			if !saysWhat(fn) {
				t.Errorf("%s: %s does not begin with “defer fault.In(&err, …)”", name, fn.Name.Name)
			}
		}
	}
	if seen < 25 {
		t.Errorf("%d methods are seen", seen)
	}
}

func fails(fn *ast.FuncDecl) bool {
	if fn.Type.Results == nil {
		return false
	}
	last := fn.Type.Results.List[len(fn.Type.Results.List)-1]
	typ, ok := last.Type.(*ast.Ident)
	return ok && typ.Name == "error"
}

func saysWhat(fn *ast.FuncDecl) bool {
	if len(fn.Body.List) == 0 {
		return false
	}
	d, ok := fn.Body.List[0].(*ast.DeferStmt)
	if !ok {
		return false
	}
	sel, ok := d.Call.Fun.(*ast.SelectorExpr)
	if !ok || sel.Sel.Name != "In" {
		return false
	}
	of, ok := sel.X.(*ast.Ident)
	return ok && of.Name == "fault"
}
