package claimbench_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// A stretch of a text is text.Span and its words are text.Quote, embedded wherever they are needed; with the revision
// they are articles.Place. ownEnds are the structs that have both ends of something else, each with the reason.
var ownEnds = map[string]string{
	"internal/text.Span":            "is the type",
	"internal/httpd.proposeItem":    "says of each end what it is for programs; leaves the door as a Span",
	"internal/intake.Part":          "bytes of a text that is not kept yet",
	"internal/text.anchorWord":      "bytes, while an anchor is looked for",
	"internal/text.segment":         "bytes, before the document turns them into code points",
	"internal/clause.word":          "a word of one line, while it is cut",
	"internal/extract.token":        "counts from its sentence, not from the text; leaves the room as a Span",
	"internal/extract.taggedWord":   "counts from its sentence",
	"internal/extract.hedgeAt":      "counts from its sentence",
	"internal/extract.piece":        "counts from its sentence",
	"internal/value.token":          "counts from its sentence, in 32 bits: millions are alive in a run",
	"internal/value.dateHit":        "counts from its sentence, in 32 bits",
	"internal/value.quantityReader": "indexes of tokens",
	"internal/value.cjkCounted":     "counts from its sentence, while it is read",
	"internal/match.actAt":          "bytes of a passage that is read for one comparison",
	"internal/match.token":          "bytes",
	"internal/match.unit":           "bytes",
	"internal/httpd.splitForm":      "two lists of a form, an element for each part",
}

// A struct that has two ends of its own is a second definition of where words stand; so is one that has words with what
// stands before and behind them.
func TestPlacesAreOneType(t *testing.T) {
	met := map[string]bool{}
	eachStruct(t, func(name string, fields []string) {
		if !twoEnds(fields) {
			return
		}
		met[name] = true
		if ownEnds[name] == "" {
			t.Errorf("%s has both ends of a stretch: embed text.Span, or say in ownEnds what it is instead", name)
		}
	})
	for name := range ownEnds {
		if !met[name] {
			t.Errorf("%s has no two ends any more: take it out of ownEnds", name)
		}
	}
	eachStruct(t, func(name string, fields []string) {
		if slices.Contains(fields, "prefix") && slices.Contains(fields, "suffix") && name != "internal/text.Quote" {
			t.Errorf("%s has words with what stands around them: embed text.Quote or articles.Place", name)
		}
	})
}

// twoEnds says that a struct has a start and an end of the same thing: start and end, anchorStart and anchorEnd.
func twoEnds(fields []string) bool {
	return slices.ContainsFunc(fields, func(f string) bool {
		of, start := strings.CutSuffix(f, "start")
		return start && slices.Contains(fields, of+"end")
	})
}

// eachStruct gives every struct of our packages, one without a name under that of its function, with its fields in
// small letters.
func eachStruct(t *testing.T, do func(name string, fields []string)) {
	t.Helper()
	for _, dir := range packages(t) {
		files, err := filepath.Glob(filepath.Join(dir, "*.go"))
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			if strings.HasSuffix(file, "_test.go") {
				continue
			}
			set := token.NewFileSet()
			parsed, err := parser.ParseFile(set, file, nil, parser.SkipObjectResolution)
			if err != nil {
				t.Fatal(err)
			}
			names := map[*ast.StructType]string{}
			around := ""
			ast.Inspect(parsed, func(n ast.Node) bool {
				switch n := n.(type) {
				case *ast.FuncDecl:
					around = dir + "." + n.Name.Name
				case *ast.TypeSpec:
					if s, ok := n.Type.(*ast.StructType); ok {
						names[s] = dir + "." + n.Name.Name
					}
				case *ast.StructType:
					name := names[n] // set above: a type's name comes before its fields
					if name == "" {
						name = around
					}
					do(name, fieldsOf(n))
				}
				return true
			})
		}
	}
}

func fieldsOf(s *ast.StructType) (out []string) {
	for _, f := range s.Fields.List {
		for _, name := range f.Names {
			out = append(out, strings.ToLower(name.Name))
		}
	}
	return out
}
