package fault_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"claimbench/internal/fault"
)

type typed struct{ Words string }

func signIn(name string, inner error) (err error) {
	defer fault.In(&err, "auth.SignIn(%q)", name)
	return inner
}

func TestInKeepsWhatPeopleRead(t *testing.T) {
	inner := fault.New(fault.Conflict, "Somebody was faster.").With("name", "taken").WithDetail(7)
	err := signIn("noor", inner)
	f, ok := fault.As(err)
	if !ok || f != inner || fault.KindOf(err) != fault.Conflict || fault.Message(err) != "Somebody was faster." {
		t.Fatalf("In changed what people read: %#v", err)
	}
	if want := `auth.SignIn("noor"): Somebody was faster.; name: taken`; err.Error() != want {
		t.Errorf("the log reads %q, want %q", err, want)
	}
	if signIn("noor", nil) != nil {
		t.Error("In made an error of none")
	}
	if err := signIn("noor", context.Canceled); !errors.Is(err, context.Canceled) ||
		fault.KindOf(err) != fault.Internal {
		t.Errorf("the cause or its kind is lost: %v", err)
	}
}

func TestInBoundsArguments(t *testing.T) {
	long := strings.Repeat("ی", 100_000)
	for _, c := range []struct {
		name string
		arg  any
		want string
	}{
		{"number", int64(42), "op(42)"},
		{"string", "noor", "op(noor)"},
		{"long string", long, "op(" + strings.Repeat("ی", 80) + "…)"},
		{"broken UTF-8", "a\xffb", "op(a\uFFFDb)"},
		{"bytes", []byte(long), "op([]uint8 of 200000)"},
		{"list", []int64{1, 2, 3}, "op([]int64 of 3)"},
		{"struct", typed{"a sentence of the article"}, "op(fault_test.typed)"},
		{"pointer to a struct", &typed{"a sentence"}, "op(fault_test.typed)"},
		{"nil pointer", (*typed)(nil), "op(nil)"},
		{"nil buffer", (*bytes.Buffer)(nil), "op(nil)"},
		{"nil", nil, "op(<nil>)"},
		{"map", map[string]string{"a": "b"}, "op(map[string]string of 1)"},
	} {
		err := errors.New("x")
		fault.In(&err, "op(%v)", c.arg)
		if got := strings.TrimSuffix(err.Error(), ": x"); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
	err := errors.New("x")
	fault.In(&err, strings.Repeat("%s ", 9), long, long, long, long, long, long, long, long, long)
	if n := utf8.RuneCountInString(err.Error()); n > 410 {
		t.Errorf("an operation of %d code points", n)
	}
}

func TestPlainAndOperations(t *testing.T) {
	inner := signIn("noor", fault.New(fault.NotFound, "There is no such user."))
	outer := fmt.Errorf("line 3: %w", inner)
	fault.In(&outer, "main.Add(%d)", 3)
	if got, want := fault.Plain(outer), "line 3: There is no such user."; got != want {
		t.Errorf("Plain = %q, want %q", got, want)
	}
	if got := fmt.Sprint(fault.Operations(outer)); got != `[main.Add(3) auth.SignIn("noor")]` {
		t.Errorf("Operations = %s", got)
	}
	for _, c := range []struct {
		name string
		err  error
		want string
	}{
		{"one field restates the message", fault.New(fault.Invalid, "The name “A” is taken. Choose another.").
			With("name", "This name is taken."), "The name “A” is taken. Choose another."},
		{"two fields", &fault.Error{Kind: fault.Invalid, Msg: "A title is needed.", Fields: []fault.Field{
			{Name: "title", Msg: "A title is needed."}, {Name: "url", Msg: "This is no address."}}},
			"A title is needed. url: This is no address."},
		{"a cause that the message tells", fault.Wrap(fault.Invalid, errors.New("byte 4 is not UTF-8"),
			"a.txt cannot be read: byte 4 is not UTF-8."), "a.txt cannot be read: byte 4 is not UTF-8."},
		{"a cause that it does not tell", fault.Wrap(fault.Unavailable, errors.New("disk full"), "Nothing was kept."),
			"Nothing was kept. (disk full)"},
		{"a cause with a trail", fault.Wrap(fault.NotFound, outer, "It is not there."),
			"It is not there. (line 3: There is no such user.)"},
		{"several joined", errors.Join(inner, outer), "There is no such user.\nline 3: There is no such user."},
	} {
		if got := fault.Plain(c.err); got != c.want {
			t.Errorf("%s: Plain = %q, want %q", c.name, got, c.want)
		}
	}
	if fault.Plain(nil) != "" {
		t.Error("Plain of no error says something")
	}
}

// secretName matches names of variables and fields that must not reach the log.
var secretName = regexp.MustCompile(`(?i)(password|secret|token|cookie|hash$|^key$|logkey|rationale|statement|^text$)`)

// TestInNamesNoSecret reads every call of fault.In in the project.
func TestInNamesNoSecret(t *testing.T) {
	files := token.NewFileSet()
	for _, root := range []string{"..", filepath.Join("..", "..", "cmd")} {
		err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
				return err
			}
			f, err := parser.ParseFile(files, path, nil, 0)
			if err != nil {
				return err
			}
			ast.Inspect(f, func(n ast.Node) bool {
				if call, ok := n.(*ast.CallExpr); ok && isIn(call) {
					checkCall(t, files, call)
				}
				return true
			})
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

func isIn(call *ast.CallExpr) bool {
	sel, ok := call.Fun.(*ast.SelectorExpr)
	if !ok || sel.Sel.Name != "In" {
		return false
	}
	pkg, ok := sel.X.(*ast.Ident)
	return ok && pkg.Name == "fault"
}

func checkCall(t *testing.T, files *token.FileSet, call *ast.CallExpr) {
	for _, arg := range call.Args[min(2, len(call.Args)):] {
		if c, ok := arg.(*ast.CallExpr); ok {
			if f, ok := c.Fun.(*ast.Ident); ok && f.Name == "len" {
				continue
			}
		}
		ast.Inspect(arg, func(n ast.Node) bool {
			if id, ok := n.(*ast.Ident); ok && secretName.MatchString(id.Name) {
				t.Errorf("%s: %s must not reach the log: give its length, or leave it out",
					files.Position(call.Pos()), id.Name)
			}
			return true
		})
	}
}
