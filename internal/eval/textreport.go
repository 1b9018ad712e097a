package eval

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"text/tabwriter"
	"time"

	"claimbench/internal/extract"
	"claimbench/internal/text"
)

// Missing is a measure that was not taken, and why.
type Missing struct {
	Name string
	Err  error
}

// TextMeasures takes every measure of the text rooms on the data in dataDir. A
// part whose data is not there is among the missing; only when nothing could
// be measured is that an error.
func TextMeasures(dataDir string) ([]Measure, []Missing, error) {
	parts := []struct {
		name string
		take func(string) ([]Measure, error)
	}{
		{"sentences", SentenceMeasures},
		{"language id", LanguageMeasures},
		{"claims", ClaimMeasures},
		{"quantities and dates", ValueMeasures},
		{"values against English", ParallelMeasures},
		{"check-worthiness", CheckWorthyMeasures},
		{"speed", SpeedMeasures},
	}
	var out []Measure
	var missing []Missing
	for _, p := range parts {
		ms, err := p.take(dataDir)
		if err != nil {
			missing = append(missing, Missing{p.name, err})
			continue
		}
		out = append(out, ms...)
	}
	if len(out) == 0 {
		errs := make([]error, len(missing))
		for i, m := range missing {
			errs[i] = fmt.Errorf("%s: %w", m.Name, m.Err)
		}
		return nil, missing, fmt.Errorf("nothing to measure in %s: give the folder that holds gold/ and eval/: %w",
			dataDir, errors.Join(errs...))
	}
	return out, missing, nil
}

// goldArticles reads the articles of the gold claims with their claims, by name.
func goldArticles(dataDir string) ([]*text.Doc, [][]GoldClaim, []string, error) {
	gold, err := ReadGoldClaims(filepath.Join(dataDir, "gold", "claims.jsonl"))
	if err != nil {
		return nil, nil, nil, err
	}
	names := sortedKeys(gold)
	docs, claims := make([]*text.Doc, len(names)), make([][]GoldClaim, len(names))
	for i, name := range names {
		if docs[i], err = readArticle(dataDir, name); err != nil {
			return nil, nil, nil, err
		}
		claims[i] = gold[name]
	}
	return docs, claims, names, nil
}

// ScoreExtractor runs an extractor over the gold articles and gives the sum and
// each article's score, from an IoU of atLeast.
func ScoreExtractor(ctx context.Context, dataDir string, e extract.Extractor, atLeast float64) (ClaimScore,
	map[string]ClaimScore, error) {
	docs, gold, names, err := goldArticles(dataDir)
	if err != nil {
		return ClaimScore{}, nil, err
	}
	total, each := ClaimScore{}, map[string]ClaimScore{}
	for i, doc := range docs {
		found, err := e.Extract(ctx, extract.Document{Text: doc})
		if err != nil {
			return ClaimScore{}, nil, err
		}
		each[names[i]] = ScoreClaims(found, gold[i], atLeast)
		total = total.Add(each[names[i]])
	}
	return total, each, nil
}

// ClaimMeasures measures claim spans, reported or not, kind and check-worthy on gold/claims.
func ClaimMeasures(dataDir string) ([]Measure, error) {
	total, each, err := ScoreExtractor(context.Background(), dataDir, extract.Rules(), 0.5)
	if err != nil {
		return nil, err
	}
	strict, _, err := ScoreExtractor(context.Background(), dataDir, extract.Rules(), 0.7)
	if err != nil {
		return nil, err
	}
	percent := func(name, data string, v, reach, aim float64) Measure {
		return Measure{Name: name, Data: data, Value: 100 * v, Reach: reach, Aim: aim, Unit: "%"}
	}
	out := []Measure{percent("claim-span F1, IoU 0.5", "gold/claims", total.F1(), 72, 85)}
	for _, name := range sortedKeys(each) {
		out = append(out, percent("claim-span F1, IoU 0.5", shortName(name), each[name].F1(), 0, 0))
	}
	return append(out,
		percent("claim-span F1, IoU 0.7", "gold/claims", strict.F1(), 0, 0),
		percent("reported or not, of matched", "gold/claims", total.ReportAccuracy(), 80, 92),
		percent("kind, of matched", "gold/claims", ratio(total.SameKind, total.Matched), 0, 0),
		percent("check-worthy F1, of matched", "gold/claims", total.WorthF1(), 90, 93),
	), nil
}

// shortName is an article's file name up to the first underscore.
func shortName(name string) string {
	short, _, _ := strings.Cut(name, "_")
	return short
}

func ratio(a, b int) float64 {
	if b == 0 {
		return 0
	}
	return float64(a) / float64(b)
}

// CheckWorthyMeasures gives the mean average precision on the debates, English
// and Arabic, each trained on one debate and tested on the other.
func CheckWorthyMeasures(dataDir string) ([]Measure, error) {
	var out []Measure
	for _, l := range []struct {
		language, lang string
		reach, aim     float64
	}{{"English", "en", 0.15, 0.20}, {"Arabic", "ar", 0.11, 0.15}} {
		v, err := CheckWorthyMAP(dataDir, l.language, l.lang)
		if err != nil {
			return nil, err
		}
		out = append(out, Measure{Name: "check-worthy MAP", Data: "eval/checkworthy " + l.lang, Value: v,
			Reach: l.reach, Aim: l.aim, Unit: "AP"})
	}
	shipped, err := worthMeasures(dataDir)
	return append(out, shipped...), err
}

// SpeedMeasures runs the whole extractor over the gold articles on one core and
// gives the best of five rounds.
func SpeedMeasures(dataDir string) ([]Measure, error) {
	docs, _, _, err := goldArticles(dataDir)
	if err != nil {
		return nil, err
	}
	e, best := extract.Rules(), 0.0
	for range 5 {
		sentences, start := 0, time.Now()
		for time.Since(start) < 200*time.Millisecond {
			for _, d := range docs {
				s := text.Sentences(d, "")
				if _, err := e.Extract(context.Background(), extract.Document{Text: d, Sentences: s}); err != nil {
					return nil, err
				}
				sentences += len(s)
			}
		}
		best = max(best, float64(sentences)/time.Since(start).Seconds())
	}
	return []Measure{{Name: "speed of the whole extractor", Data: "gold/claims", Value: best, Reach: 5000, Aim: 20000,
		Unit: "sentences/s"}}, nil
}

// State says how a measure stands against what is asked: "aim", "reach",
// "below", or "" where nothing is asked.
func (m Measure) State() string {
	switch {
	case m.Reach == 0 && m.Aim == 0:
		return ""
	case m.Value >= m.Aim:
		return "aim"
	case m.Value >= m.Reach:
		return "reach"
	}
	return "below"
}

// PrintMeasures prints measures as a table.
func PrintMeasures(w io.Writer, measures []Measure) error {
	t := tabwriter.NewWriter(w, 0, 4, 2, ' ', 0)
	fmt.Fprintln(t, "MEASURE\tDATA\tVALUE\tUNIT\tREACH\tAIM\tSTATE")
	for _, m := range measures {
		fmt.Fprintf(t, "%s\t%s\t%s\t%s\t%s\t%s\t%s\n", m.Name, m.Data, figure(m.Value, m.Unit), m.Unit,
			asked(m.Reach, m.Unit), asked(m.Aim, m.Unit), m.State())
	}
	return t.Flush()
}

// figure writes a value as its unit is read.
func figure(v float64, unit string) string {
	switch unit {
	case "AP":
		return fmt.Sprintf("%.3f", v)
	case "%":
		return fmt.Sprintf("%.2f", v)
	}
	return fmt.Sprintf("%.0f", v)
}

func asked(v float64, unit string) string {
	if v == 0 {
		return "-"
	}
	return figure(v, unit)
}

// Ablation is the claim-span F1 (0 to 1) with one rule switched off.
type Ablation struct {
	Rule  string
	Score ClaimScore
}

// Ablate measures the gold articles with every rule, then with each switched off.
func Ablate(ctx context.Context, dataDir string) ([]Ablation, error) {
	all, _, err := ScoreExtractor(ctx, dataDir, extract.Rules(), 0.5)
	if err != nil {
		return nil, err
	}
	out := []Ablation{{"(all rules)", all}}
	for _, name := range extract.RuleNames() {
		e, err := extract.RulesWithout(name)
		if err != nil {
			return nil, err
		}
		s, _, err := ScoreExtractor(ctx, dataDir, e, 0.5)
		if err != nil {
			return nil, err
		}
		out = append(out, Ablation{name, s})
	}
	return out, nil
}

// PrintAblations prints what each rule buys.
func PrintAblations(w io.Writer, rows []Ablation) error {
	t := tabwriter.NewWriter(w, 0, 4, 2, ' ', 0)
	fmt.Fprintln(t, "RULE OFF\tCLAIM F1\tCHANGE\tREPORTED\tFOUND\tMATCHED")
	for _, r := range rows {
		fmt.Fprintf(t, "%s\t%.1f\t%+.1f\t%.1f\t%d\t%d\n", r.Rule, 100*r.Score.F1(),
			100*(r.Score.F1()-rows[0].Score.F1()), 100*r.Score.ReportAccuracy(), r.Score.Found, r.Score.Matched)
	}
	return t.Flush()
}

// articleFolders are where an article of the gold set may lie.
var articleFolders = []string{"seeds", "articles", "gold", "."}

// findArticle gives the path of an article of the gold set.
func findArticle(dataDir, name string) (string, error) {
	for _, folder := range articleFolders {
		path := filepath.Join(dataDir, folder, name)
		if _, err := os.Stat(path); err == nil {
			return path, nil
		}
	}
	return "", fmt.Errorf("the article %s of gold/claims.jsonl is not in %s: put it into its folder seeds", name,
		dataDir)
}
