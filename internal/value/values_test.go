package value

import (
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"claimbench/internal/text"
)

// TestValues reads the made-up sentences of testdata/values and compares every quantity and date.
func TestValues(t *testing.T) {
	p := Published{2024, 5, 16}
	files, err := filepath.Glob(filepath.Join("testdata", "values", "*.tsv"))
	if err != nil || len(files) < 19 {
		t.Fatalf("%d tables of sentences: %v", len(files), err)
	}
	for _, file := range files {
		lang := strings.TrimSuffix(filepath.Base(file), ".tsv")
		t.Run(lang, func(t *testing.T) {
			for n, line := range lines(t, file) {
				cells := strings.Split(line, "\t")
				if len(cells) != 3 {
					t.Fatalf("line %d has %d cells, want 3: %q", n, len(cells), line)
				}
				d, s := oneSentence(t, cells[0], lang)
				scan := NewScan(d, s)
				if got := quantityCells(scan.Quantities()); got != cells[1] {
					t.Errorf("line %d %s\n got quantities %q\nwant            %q", n, cells[0], got, cells[1])
				}
				if got := dateCells(scan.Dates(p)); got != cells[2] {
					t.Errorf("line %d %s\n got dates %q\nwant       %q", n, cells[0], got, cells[2])
				}
			}
		})
	}
}

func lines(t *testing.T, path string) map[int]string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	out := map[int]string{}
	for i, line := range strings.Split(strings.TrimRight(string(data), "\n"), "\n") {
		if !strings.HasPrefix(line, "#") {
			out[i+1] = line
		}
	}
	return out
}

func oneSentence(t *testing.T, raw, lang string) (*text.Doc, text.Sentence) {
	t.Helper()
	d, err := text.NewDoc(raw)
	if err != nil {
		t.Fatal(err)
	}
	return d, text.Sentence{N: 1, Span: text.Span{Start: 0, End: d.Len()}, Lang: lang, Dir: text.DirOf(lang),
		Kind: "body"}
}

func quantityCells(qs []Quantity) string {
	var out []string
	for _, q := range qs {
		v := math.Round(q.Value*1e4) / 1e4
		out = append(out, strings.TrimRight(fmt.Sprintf("%.15g", v), " ")+" "+q.Unit+" "+q.Qualifier)
	}
	return strings.Join(out, "; ")
}

func dateCells(ds []Date) string {
	var out []string
	for _, d := range ds {
		s := d.Norm
		if d.Relative != "" {
			s = "(" + d.Relative + ")"
		}
		if d.Resolved != "" {
			s += "=" + d.Resolved
		}
		out = append(out, s)
	}
	return strings.Join(out, "; ")
}
