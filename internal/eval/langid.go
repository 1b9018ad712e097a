package eval

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"claimbench/internal/text"
)

// LanguageMeasures measures the telling of languages on every line of dataDir/eval/ntrex (en, ar, fa, ja): the whole
// line, and its first three words (of Japanese, which has no spaces, its first eight characters).
func LanguageMeasures(dataDir string) ([]Measure, error) {
	var whole, short, lines int
	for _, lang := range []string{"en", "ar", "fa", "ja"} {
		raw, err := os.ReadFile(filepath.Join(dataDir, "eval", "ntrex", lang+".txt"))
		if err != nil {
			return nil, fmt.Errorf("parallel texts: %w; give the folder that holds eval/ntrex", err)
		}
		for line := range strings.Lines(string(raw)) {
			if line = strings.TrimSpace(line); line == "" {
				continue
			}
			lines++
			if text.Detect(line) == lang {
				whole++
			}
			if text.Detect(firstWords(line, lang)) == lang {
				short++
			}
		}
	}
	if lines == 0 {
		return nil, fmt.Errorf("no parallel texts in %s: give the folder that holds eval/ntrex", dataDir)
	}
	share := func(n int) float64 { return 100 * float64(n) / float64(lines) }
	return []Measure{
		{Name: "language id, whole sentence", Data: "eval/ntrex", Value: share(whole), Reach: 99.9, Aim: 99.95,
			Unit: "%"},
		{Name: "language id, first three words", Data: "eval/ntrex", Value: share(short), Reach: 98, Aim: 99,
			Unit: "%"},
	}, nil
}

// firstWords is the beginning of a line: three words, or eight characters of a language without spaces.
func firstWords(line, lang string) string {
	if lang == "ja" {
		r := []rune(line)
		return string(r[:min(8, len(r))])
	}
	words := strings.Fields(line)
	return strings.Join(words[:min(3, len(words))], " ")
}
