package text

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestLanguagesByText reads testdata/languages.tsv: languages with a folder and without, and headlines in Han alone.
func TestLanguagesByText(t *testing.T) {
	t.Parallel()
	raw, err := os.ReadFile(filepath.Join("testdata", "languages.tsv"))
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(raw)) {
		code, s, ok := strings.Cut(strings.TrimRight(line, "\n"), "\t")
		if !ok || strings.HasPrefix(line, "#") {
			continue
		}
		if got := Detect(s); got != code {
			t.Errorf("%q is %s, want %s", s, got, code)
		}
	}
}
