package extract

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestSpeakersAndScopes gives, for each sentence, every claim as "speaker: words [hedges]", the article without a name.
func TestSpeakersAndScopes(t *testing.T) {
	t.Parallel()
	for _, tt := range readCases(t) {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			doc, _, found := extractAll(t, tt.in)
			var got []string
			for _, c := range found {
				s := doc.Slice(c.Span)
				if c.Attribution != Article {
					s = c.Attribution + ": " + s
				}
				if len(c.Hedge) > 0 {
					s += " [" + strings.Join(c.Hedge, ", ") + "]"
				}
				got = append(got, s)
			}
			if !slices.Equal(got, tt.want) {
				t.Errorf("%s\n gives %q\n want %q", tt.in, got, tt.want)
			}
		})
	}
}

// speakerCase is a text and the claims that it must give.
type speakerCase struct {
	name, in string
	want     []string
}

// readCases reads testdata/speakers*.txt: "# name", the text ("\n" is a line break), and a line "= claim" for each
// claim.
func readCases(t testing.TB) []speakerCase {
	t.Helper()
	files, err := filepath.Glob(filepath.Join("testdata", "speakers*.txt"))
	if err != nil || len(files) < 2 {
		t.Fatal(files, err)
	}
	var all strings.Builder
	for _, f := range files {
		raw, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		all.WriteString(string(raw) + "\n")
	}
	var out []speakerCase
	for row := range strings.SplitSeq(all.String(), "\n") {
		last := len(out) - 1
		switch {
		case strings.HasPrefix(row, "# "):
			out = append(out, speakerCase{name: row[2:]})
		case strings.HasPrefix(row, "= "):
			out[last].want = append(out[last].want, row[2:])
		case row != "":
			out[last].in = strings.ReplaceAll(row, `\n`, "\n")
		}
	}
	return out
}
