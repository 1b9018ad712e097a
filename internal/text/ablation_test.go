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

// TestRulesSwitchedOff prints the table of docs/text: what each rule of the cutter buys.
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
	head = append(head, "own cases wrong")
	t.Log("| " + strings.Join(head, " | ") + " |")
	for _, rule := range append([]string{""}, text.RuleNames()...) {
		row := rule
		for _, f := range files {
			c, err := eval.ScoreCutter(texts[f], func(d *text.Doc) []text.Sentence {
				return text.SentencesWithout(d, rule)
			})
			if err != nil {
				t.Fatal(err)
			}
			row += " | " + formatScore(c.F1())
		}
		row += " | " + strconv.Itoa(text.FailingCases(rule))
		t.Log("| " + row + " |")
	}
}

// TestErrorsByKind prints the second table of docs/text: the boundaries that are missed, by what stands before them,
// and those that are put where there is none.
func TestErrorsByKind(t *testing.T) {
	dir := os.Getenv("CLAIMBENCH_DATA")
	if dir == "" {
		t.Skip("CLAIMBENCH_DATA is not set: the errors that remain are not counted")
	}
	files, _ := filepath.Glob(filepath.Join(dir, "eval", "sentences", "*.txt"))
	if len(files) == 0 {
		t.Fatalf("no gold sentences in %s", dir)
	}
	t.Log("| data | sentences | missed: no mark | missed: : , - > | missed: ... | missed: . ! ? | false cuts |")
	for _, f := range files {
		texts, err := eval.ReadGoldTexts(f)
		if err != nil {
			t.Fatal(err)
		}
		var n, bare, colon, dots, stop, extra int
		for _, g := range texts {
			d, err := text.NewDoc(g.Raw)
			if err != nil {
				t.Fatal(err)
			}
			ends, gold := map[int]bool{}, map[int]bool{}
			for _, s := range text.Sentences(d, "auto") {
				ends[s.Span.End] = true
			}
			for _, s := range g.Spans {
				gold[s.End] = true
				n++
				last := strings.TrimRight(d.Slice(s), "\"'”»)]」")
				switch {
				case ends[s.End]:
				case strings.HasSuffix(last, "..") || strings.HasSuffix(last, "…"):
					dots++
				case strings.ContainsAny(last[len(last)-1:], ".!?") || strings.HasSuffix(last, "؟") ||
					strings.HasSuffix(last, "。"):
					stop++
				case strings.ContainsAny(last[len(last)-1:], ":,->"):
					colon++
				default:
					bare++
				}
			}
			for end := range ends {
				if !gold[end] {
					extra++
				}
			}
		}
		t.Logf("| %s | %d | %d | %d | %d | %d | %d |", strings.TrimSuffix(filepath.Base(f), "-dev.txt"), n, bare, colon,
			dots, stop, extra)
	}
}

func formatScore(v float64) string { return strconv.FormatFloat(v, 'f', 1, 64) }
