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

// TestTheRoomsSayWhatTheyDid: each exported method of a room's service that takes a context and may fail does so too.
// One that only calls another such method of its own service leaves it to that one.
func TestTheRoomsSayWhatTheyDid(t *testing.T) {
	seen := 0
	for name, f := range parsed(t, "internal/articles", "internal/auth", "internal/claims", "internal/claimset",
		"internal/evidence", "internal/jobs", "internal/once", "internal/review", "internal/search") {
		for _, d := range f.Decls {
			fn, ok := d.(*ast.FuncDecl)
			if !ok || fn.Recv == nil || !fn.Name.IsExported() || !fails(fn) || !takesContext(fn) || passesOn(fn) {
				continue
			}
			if star, ok := fn.Recv.List[0].Type.(*ast.StarExpr); !ok || star.X.(*ast.Ident).Name != "Service" {
				continue
			}
			seen++
			if !saysWhat(fn) {
				t.Errorf("%s: %s does not begin with “defer fault.In(&err, …)”", name, fn.Name.Name)
			}
		}
	}
	if seen < 80 {
		t.Errorf("%d methods are seen", seen)
	}
}

func takesContext(fn *ast.FuncDecl) bool {
	if len(fn.Type.Params.List) == 0 {
		return false
	}
	sel, ok := fn.Type.Params.List[0].Type.(*ast.SelectorExpr)
	return ok && sel.Sel.Name == "Context"
}

// passesOn says whether a method does nothing but call another exported one of its own service.
func passesOn(fn *ast.FuncDecl) bool {
	if len(fn.Body.List) != 1 {
		return false
	}
	ret, ok := fn.Body.List[0].(*ast.ReturnStmt)
	if !ok || len(ret.Results) != 1 {
		return false
	}
	call, ok := ret.Results[0].(*ast.CallExpr)
	if !ok {
		return false
	}
	sel, ok := call.Fun.(*ast.SelectorExpr)
	if !ok || !sel.Sel.IsExported() {
		return false
	}
	on, ok := sel.X.(*ast.Ident)
	return ok && on.Name == fn.Recv.List[0].Names[0].Name
}
