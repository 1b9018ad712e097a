package eval

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"claimbench/internal/extract"
	"claimbench/internal/text"
)

// madeText is one made-up text of testdata/claims with its gold claims.
type madeText struct {
	raw  string
	gold []GoldClaim
}

// readMade reads the made-up texts of a language.
func readMade(t testing.TB, lang string) []madeText {
	raw, err := os.ReadFile(filepath.Join(madeDir(), lang+".txt"))
	if err != nil {
		t.Fatal(err)
	}
	var out []madeText
	for _, block := range strings.Split(strings.TrimSpace(string(raw)), "\n\n") {
		var m madeText
		at := 0
		for _, line := range strings.Split(block, "\n") {
			if claim, ok := strings.CutPrefix(line, "- "); ok {
				m.gold = append(m.gold, madeClaim(t, m.raw, at, claim))
				continue
			}
			if m.raw != "" && lang != "ja" {
				m.raw += " "
			}
			at = len(m.raw)
			m.raw += line
		}
		out = append(out, m)
	}
	return out
}

// madeDir is the folder of the made-up texts; another in the same format may be
// named by the environment.
func madeDir() string {
	if dir := os.Getenv("CLAIMBENCH_MADE"); dir != "" {
		return dir
	}
	return filepath.Join("testdata", "claims")
}

// madeClaim reads "quotation | marks" and finds the quotation in the sentence
// that begins at byte at.
func madeClaim(t testing.TB, raw string, at int, line string) GoldClaim {
	quote, marks, _ := strings.Cut(line, "|")
	quote = strings.TrimSpace(quote)
	i := strings.Index(raw[at:], quote)
	if i < 0 {
		t.Fatalf("%q is not in %q", quote, raw[at:])
	}
	start := utf8.RuneCountInString(raw[:at+i])
	g := GoldClaim{Quote: quote, Span: text.Span{Start: start, End: start + utf8.RuneCountInString(quote)},
		Attribution: extract.Article, CheckWorthy: true, Kind: "fact"}
	for _, m := range strings.Fields(marks) {
		switch m {
		case "r":
			g.Attribution = "reported"
		case "n":
			g.CheckWorthy = false
		default:
			g.Kind = m
		}
	}
	return g
}

// TestMadeClaims keeps the rules honest on texts of other domains than the
// sample articles: a change that lets a language fall below its floor fails.
func TestMadeClaims(t *testing.T) {
	floors := map[string]float64{"en": 0.80, "fa": 0.85, "ar": 0.80, "ja": 0.80}
	total := ClaimScore{}
	for _, lang := range sortedKeys(floors) {
		sum := ClaimScore{}
		for _, m := range readMade(t, lang) {
			doc, err := text.NewDoc(m.raw)
			if err != nil {
				t.Fatal(err)
			}
			found, err := extract.Rules().Extract(context.Background(), extract.Document{Text: doc})
			if err != nil {
				t.Fatal(err)
			}
			sum = sum.Add(ScoreClaims(found, m.gold, 0.5))
			if os.Getenv("SHOW") == lang {
				showDifferences(t, doc, found, m.gold)
			}
		}
		total = total.Add(sum)
		t.Logf("%s F1 %.1f (found %d gold %d matched %d) reported %.1f worth %.1f kind %d", lang, 100*sum.F1(),
			sum.Found, sum.Gold, sum.Matched, 100*sum.ReportAccuracy(), 100*sum.WorthF1(), sum.SameKind)
		if sum.F1() < floors[lang] {
			t.Errorf("%s: claim F1 %.3f is below its floor %.2f", lang, sum.F1(), floors[lang])
		}
	}
	t.Logf("all F1 %.1f (found %d gold %d matched %d) reported %.1f worth %.1f kind %d", 100*total.F1(), total.Found,
		total.Gold, total.Matched, 100*total.ReportAccuracy(), 100*total.WorthF1(), total.SameKind)
}
