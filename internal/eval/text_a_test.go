package eval

import (
	"os"
	"path/filepath"
	"testing"

	"claimbench/internal/text"
)

func dataDir(t testing.TB) string {
	t.Helper()
	dir := os.Getenv("CLAIMBENCH_DATA")
	if dir == "" {
		t.Skip("CLAIMBENCH_DATA is not set: the measures on real data are not taken")
	}
	return dir
}

// TestSentenceMeasures prints the figures and fails when one that does not depend on the machine is below its reach.
func TestSentenceMeasures(t *testing.T) {
	dir := dataDir(t)
	sentences, err := SentenceMeasures(dir)
	if err != nil {
		t.Fatal(err)
	}
	languages, err := LanguageMeasures(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range append(sentences, languages...) {
		t.Logf("%-32s %-16s %8.2f %s (reach %g, aim %g)", m.Name, m.Data, m.Value, m.Unit, m.Reach, m.Aim)
		if m.Unit == "%" && m.Value < m.Reach {
			t.Errorf("%s on %s is %.2f, below %g", m.Name, m.Data, m.Value, m.Reach)
		}
	}
}

// TestMeasuresOnOwnData takes the measures of a small folder of our own, where the right figures are known.
func TestMeasuresOnOwnData(t *testing.T) {
	dir := t.TempDir()
	write := func(name, content string) {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	// Of three gold sentences the second and third have no mark between them: one of two found is right.
	write("eval/sentences/en-ewt-x.txt", "One fell.\nTwo rose\nThree stood still.\n")
	write("eval/sentences/ja-x.txt", "首相は語った。\n記者は尋ねた。\n\n終わり。\n")
	write("gold/sentences.jsonl", `{"article":"a.txt","start":0,"end":9,"kind":"body"}`+"\n"+
		`{"article":"a.txt","start":10,"end":14,"kind":"body"}`+"\n")
	write("seeds/a.txt", "One fell. Two?")
	write("eval/ntrex/en.txt", "The minister said so\n")
	write("eval/ntrex/fa.txt", "وزیر این را گفت\n")
	write("eval/ntrex/ar.txt", "قال الوزير ذلك في بيان\n")
	write("eval/ntrex/ja.txt", "大臣はそう述べた。\n")
	sentences, err := SentenceMeasures(dir)
	if err != nil {
		t.Fatal(err)
	}
	languages, err := LanguageMeasures(dir)
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]float64{"en-ewt-x": 40, "ja-x": 100, "gold/sentences": 100, "eval/ntrex": 100}
	seen := 0
	for _, m := range append(sentences, languages...) {
		value, ok := want[m.Data]
		if m.Name == "sentence kinds" {
			value = 50 // the question was given as body
		}
		if ok {
			seen++
			if m.Value != value {
				t.Errorf("%s on %s = %v, want %v", m.Name, m.Data, m.Value, value)
			}
		}
	}
	if seen != 6 {
		t.Errorf("%d of 6 figures were taken", seen)
	}
}

func TestMeasuresWithoutData(t *testing.T) {
	if _, err := SentenceMeasures(t.TempDir()); err == nil {
		t.Error("a folder without gold sentences must be an error that says so")
	}
	if _, err := LanguageMeasures(t.TempDir()); err == nil {
		t.Error("a folder without parallel texts must be an error that says so")
	}
}

func TestReadGoldTexts(t *testing.T) {
	path := filepath.Join(t.TempDir(), "fa-x.txt")
	if err := os.WriteFile(path, []byte("یک.\nدو.\n\n\nسه.\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	texts, err := ReadGoldTexts(path)
	if err != nil {
		t.Fatal(err)
	}
	if len(texts) != 2 || texts[0].Raw != "یک. دو." || texts[0].Spans[1] != (text.Span{Start: 4, End: 7}) {
		t.Errorf("texts = %+v", texts)
	}
}
