package claimbench_test

import (
	"go/ast"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
)

// Programs get the desk's own types. The compiler holds that the door's one writer takes nothing else (desk.Answer);
// these tests hold that there is one writer, and that no row of a room stands inside such a type.

// TestOneWriterOfJSON: the door writes JSON in three places: answers, problems, the live stream.
func TestOneWriterOfJSON(t *testing.T) {
	writes := map[string]bool{"JSON": true, "JSONPretty": true, "JSONBlob": true, "JSONP": true, "Marshal": true,
		"MarshalIndent": true, "NewEncoder": true}
	found := map[string][]string{}
	for name, f := range parsed(t, "internal/httpd") {
		ast.Inspect(f, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok {
				return true
			}
			sel, ok := call.Fun.(*ast.SelectorExpr)
			if !ok || !writes[sel.Sel.Name] {
				return true
			}
			if of, ok := sel.X.(*ast.Ident); ok && (of.Name == "c" || of.Name == "json") {
				found[name] = append(found[name], of.Name+"."+sel.Sel.Name)
			}
			return true
		})
	}
	held(t, "writes JSON", found, map[string]int{"internal/httpd/answer.go": 1, "internal/httpd/problem.go": 1,
		"internal/httpd/live.go": 1})
}

// structsOf are the names of the types of a room that are structs.
func structsOf(t *testing.T, room string) map[string]bool {
	t.Helper()
	out := map[string]bool{}
	for _, f := range parsed(t, "internal/"+room) {
		ast.Inspect(f, func(n ast.Node) bool {
			if spec, ok := n.(*ast.TypeSpec); ok {
				if _, ok := spec.Type.(*ast.StructType); ok {
					out[spec.Name.Name] = true
				}
			}
			return true
		})
	}
	return out
}

// asItIs are the types of rooms that are themselves made for programs: the lines of an exported set, and a place in a
// text, which is one type everywhere.
var asItIs = []string{"claimset.Entry", "articles.Place", "articles.Spot", "text.Quote", "text.Span"}

// TestAnswersHoldNoRows: a field of the desk's JSON types is of the desk's own types, or of a room's plain word or
// number.
func TestAnswersHoldNoRows(t *testing.T) {
	structs := map[string]map[string]bool{}
	seen := 0
	for name, f := range parsed(t, "internal/desk") {
		ast.Inspect(f, func(n ast.Node) bool {
			spec, ok := n.(*ast.TypeSpec)
			if !ok {
				return true
			}
			typ, ok := spec.Type.(*ast.StructType)
			if !ok || !spoken(typ) {
				return true
			}
			seen++
			for _, field := range typ.Fields.List {
				ast.Inspect(field.Type, func(n ast.Node) bool {
					sel, ok := n.(*ast.SelectorExpr)
					if !ok {
						return true
					}
					room := sel.X.(*ast.Ident).Name
					if structs[room] == nil {
						if dirs, _ := filepath.Glob("internal/" + room); len(dirs) == 0 {
							t.Errorf("%s: %s has a field of %s.%s", name, spec.Name.Name, room, sel.Sel.Name)
							return false
						}
						structs[room] = structsOf(t, room)
					}
					if structs[room][sel.Sel.Name] && !slices.Contains(asItIs, room+"."+sel.Sel.Name) {
						t.Errorf("%s: %s holds %s.%s as it is; give it a type of the desk", name, spec.Name.Name, room,
							sel.Sel.Name)
					}
					return false
				})
			}
			return true
		})
	}
	if seen < 40 {
		t.Errorf("%d JSON types are seen; this test finds them by their tags", seen)
	}
}

// spoken says that a struct is made for programs: one of its fields has a json tag.
func spoken(s *ast.StructType) bool {
	return slices.ContainsFunc(s.Fields.List, func(f *ast.Field) bool {
		return f.Tag != nil && reflect.StructTag(strings.Trim(f.Tag.Value, "`")).Get("json") != ""
	})
}

// ownJSON are the packages that read JSON with encoding/json: what we wrote ourselves.
var ownJSON = map[string]string{
	"web":                      "the list of built files",
	"seeds":                    "the facts of the samples",
	"internal/jsonin":          "is the reader of everything else",
	"internal/store":           "lists in columns",
	"internal/history":         "fields of events",
	"internal/deeds":           "what a room keeps to take an act back",
	"internal/search":          "the mark of the index",
	"internal/articles":        "what was hidden of a protected article",
	"internal/evidence":        "which texts are in the file of an index",
	"internal/claimset":        "frozen claims",
	"internal/arrivals":        "what was read of a file that waits, as it was written",
	"internal/captures":        "what is known of a document that is kept, as it was written",
	"internal/model":           "what a language model answers, which has members of any kind",
	"internal/model/modeltest": "what is asked of a server that plays a language model",
	"internal/warc":            "what a WACZ file says of itself, which has members of any kind",
	"internal/shelf": "fact-checks of others, whose JSON-LD has members of any kind; their bytes are kept as they " +
		"came",
	"internal/intake":     "data of pages and rows of others, which have members of any kind",
	"internal/exceptions": "saved reports, of which every byte is signed",
	"internal/proof":      "bundles, whose lines are taken only as they are written",
	"internal/publish":    "an export that was checked",
	"internal/httpd":      "a list in an event's field",
}

// TestOneReaderOfJSON: what comes from outside is read by package jsonin, which refuses what encoding/json takes
// silently.
func TestOneReaderOfJSON(t *testing.T) {
	met := map[string]bool{}
	for _, dir := range packages(t) {
		names, err := filepath.Glob(filepath.Join(dir, "*.go"))
		if err != nil {
			t.Fatal(err)
		}
		if len(names) == 0 {
			continue
		}
		for name, f := range parsed(t, dir) {
			ast.Inspect(f, func(n ast.Node) bool {
				sel, ok := n.(*ast.SelectorExpr)
				if !ok || sel.Sel.Name != "Unmarshal" && sel.Sel.Name != "NewDecoder" {
					return true
				}
				if of, ok := sel.X.(*ast.Ident); ok && of.Name == "json" {
					if met[dir] = true; ownJSON[dir] == "" {
						t.Errorf("%s reads JSON with encoding/json: use jsonin, or say in ownJSON what it is", name)
					}
				}
				return true
			})
		}
	}
	for dir := range ownJSON {
		if !met[dir] {
			t.Errorf("%s reads no JSON any more: take it out of ownJSON", dir)
		}
	}
}
