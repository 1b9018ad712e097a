package text

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestCutsInEveryLanguage reads testdata/cuts.tsv: abbreviations, initials, dates, figures and quotations that are
// borders of sentences, and those that are none. A space belongs between the sentences of a language that writes them.
func TestCutsInEveryLanguage(t *testing.T) {
	t.Parallel()
	raw, err := os.ReadFile(filepath.Join("testdata", "cuts.tsv"))
	if err != nil {
		t.Fatal(err)
	}
	right, all := 0, 0
	for line := range strings.Lines(string(raw)) {
		code, marked, ok := strings.Cut(strings.TrimRight(line, "\n"), "\t")
		if !ok || strings.HasPrefix(line, "#") {
			continue
		}
		glue := " "
		if code == "ja" || code == "zh" {
			glue = ""
		}
		d := mustDoc(t, strings.ReplaceAll(marked, "‖", glue))
		var got []string
		for _, s := range Sentences(d, code) {
			got = append(got, d.Slice(s.Span))
		}
		all++
		if g := strings.Join(got, "‖"); g != marked {
			t.Errorf("%s\n got  %s\n want %s", code, g, marked)
			continue
		}
		right++
	}
	t.Logf("%d of %d", right, all)
}
