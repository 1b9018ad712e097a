package text_test

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"claimbench/internal/eval"
	"claimbench/internal/text"
)

// TestRulesSwitchedOff prints the table of docs/text: what each rule of the cutter buys. Every rule must earn its
// place: without it some figure falls.
func TestRulesSwitchedOff(t *testing.T) {
	dir := os.Getenv("CLAIMBENCH_DATA")
	if dir == "" {
		t.Skip("CLAIMBENCH_DATA is not set: what each rule buys is not measured")
	}
	files, _ := filepath.Glob(filepath.Join(dir, "eval", "sentences", "*.txt"))
	if len(files) == 0 {
		t.Fatalf("no gold sentences in %s", dir)
	}
	texts := map[string][]eval.GoldText{}
	head := []string{"rule off"}
	for _, f := range files {
		var err error
		if texts[f], err = eval.ReadGoldTexts(f); err != nil {
			t.Fatal(err)
		}
		head = append(head, strings.TrimSuffix(filepath.Base(f), "-dev.txt"))
	}
	t.Log("| " + strings.Join(head, " | ") + " |")
	for _, rule := range append([]string{""}, text.RuleNames()...) {
		row := rule
		for _, f := range files {
			c, err := eval.ScoreCutter(texts[f], func(d *text.Doc) []text.Sentence { return text.SentencesWithout(d, rule) })
			if err != nil {
				t.Fatal(err)
			}
			row += " | " + formatScore(c.F1())
		}
		t.Log("| " + row + " |")
	}
}

func formatScore(v float64) string { return strconv.FormatFloat(v, 'f', 1, 64) }
