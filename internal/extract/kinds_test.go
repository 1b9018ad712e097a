package extract

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"claimbench/internal/text"
)

// TestKindsOfSentences reads testdata/kinds/*.txt: for each text the claims that must be among those found, as
// "speaker: words [hedges]", with " = statement" where that is more than the words, and after "! " words that may be
// no claim.
func TestKindsOfSentences(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob(filepath.Join("testdata", "kinds", "*.txt"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no cases: %v", err)
	}
	for _, file := range files {
		for _, tt := range readKinds(t, file) {
			t.Run(filepath.Base(file)+"/"+tt.name, func(t *testing.T) {
				t.Parallel()
				got, spans := claimsOf(t, tt.in)
				for _, want := range tt.must {
					if !slices.Contains(got, want) {
						t.Errorf("%s\n lacks %q\n among %q", tt.in, want, got)
					}
				}
				for _, no := range tt.never {
					if slices.Contains(spans, no) {
						t.Errorf("%s\n proposes %q", tt.in, no)
					}
				}
			})
		}
	}
}

// claimsOf gives the claims of a text as the cases write them, and their words alone.
func claimsOf(t testing.TB, in string) (got, spans []string) {
	t.Helper()
	doc, _, found := extractAll(t, in)
	for _, c := range found {
		words := doc.Slice(c.Span)
		s := words
		if c.Attribution != Article {
			s = c.Attribution + ": " + s
		}
		if len(c.Hedge) > 0 {
			s += " [" + strings.Join(c.Hedge, ", ") + "]"
		}
		got, spans = append(got, s), append(spans, words)
		if c.Statement != words {
			got = append(got, s+" = "+c.Statement)
		}
	}
	return got, spans
}

// kindCase is a text, claims that it must give and words that may be none.
type kindCase struct {
	name, in    string
	must, never []string
}

func readKinds(t testing.TB, file string) []kindCase {
	t.Helper()
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var out []kindCase
	for row := range strings.SplitSeq(string(raw), "\n") {
		last := len(out) - 1
		switch {
		case strings.HasPrefix(row, "# "):
			out = append(out, kindCase{name: row[2:]})
		case strings.HasPrefix(row, "+ "):
			out[last].must = append(out[last].must, row[2:])
		case strings.HasPrefix(row, "! "):
			out[last].never = append(out[last].never, row[2:])
		case row != "":
			out[last].in = strings.ReplaceAll(row, `\n`, "\n")
		}
	}
	return out
}

// TestKindOfWhatIsTakenBack: that somebody never said what would come, or would not say it, foretells nothing.
func TestKindOfWhatIsTakenBack(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"The mayor never said that fares would rise.":   kindFact,
		"The mayor would not acknowledge that it fell.": kindFact,
		"Fares will rise.": kindPrediction,
	} {
		if _, _, found := extractAll(t, in); len(found) != 1 || found[0].Kind != want {
			t.Errorf("%s gives %+v, want one claim of kind %s", in, found, want)
		}
	}
}

// TestRumourIsAWord: the sign of a rumour in Chinese is none inside another word.
func TestRumourIsAWord(t *testing.T) {
	t.Parallel()
	for raw, want := range map[string]int{"3座桥据传已关闭。": 1, "據傳3座橋關閉了。": 1, "数据传输中断，3座桥关闭。": 0, "根据传染病防治法，3座桥关闭了。": 0,
		"据传媒称，3座桥关闭了。": 0} {
		doc, err := text.NewDoc(raw)
		if err != nil {
			t.Fatal(err)
		}
		s := text.Sentence{N: 1, Span: text.Span{Start: 0, End: doc.Len()}, Lang: "zh"}
		if got := len(Untruths(doc, s)); got != want {
			t.Errorf("%s: %d judgements, want %d", raw, got, want)
		}
	}
}
