package eval

import (
	"context"
	"fmt"
	"path/filepath"
	"unicode/utf8"

	"claimbench/internal/extract"
	"claimbench/internal/text"
	"claimbench/internal/value"
)

// A score of check-worthiness is worth something when it ranks lines of a kind that it never saw better than their
// length does, and better than chance. So the score as it is shipped is measured without any training: on each debate,
// and on the sentences of the gold articles, of which those with a claim worth checking should come first.

// Rankings are the average precisions of one set of lines: ranked by the shipped score (ties in line order), by the
// score with ties parted by length, by length alone, and by chance (the share of worthy lines). Values counts the
// different scores.
type Rankings struct {
	Name                          string
	Score, Parted, Length, Chance float64
	Lines, Values                 int
}

// shippedWorth is the greatest score of the candidates of a line, -1 when it has none.
func shippedWorth(lang, line string) (int, error) {
	d, err := text.NewDoc(line)
	if err != nil || d.Len() == 0 {
		return -1, err
	}
	all, err := extract.Rules().Extract(context.Background(), extract.Document{Text: d, Lang: lang,
		Published: value.Published{}, Sentences: []text.Sentence{{N: 1, Span: text.Span{Start: 0, End: d.Len()},
			Lang: lang, Dir: text.DirOf(lang), Kind: text.KindBody}}})
	best := -1
	for _, c := range all {
		best = max(best, c.CheckWorthy)
	}
	return best, err
}

// rank measures the shipped score on lines with labels.
func rank(name, lang string, lines []DebateLine) (Rankings, error) {
	r := Rankings{Name: name, Lines: len(lines)}
	score, parted, length := make([]float64, len(lines)), make([]float64, len(lines)), make([]float64, len(lines))
	worthy, seen := 0, map[int]bool{}
	for i, l := range lines {
		v, err := shippedWorth(lang, l.Text)
		if err != nil {
			return r, err
		}
		seen[v] = true
		score[i], length[i] = float64(v), float64(utf8.RuneCountInString(l.Text))
		parted[i] = score[i] + length[i]/(length[i]+200)
		if l.Worth {
			worthy++
		}
	}
	r.Score, r.Parted, r.Length = AveragePrecision(lines, score), AveragePrecision(lines, parted),
		AveragePrecision(lines, length)
	r.Chance, r.Values = ratio(worthy, len(lines)), len(seen)
	return r, nil
}

// WorthRankings measures the shipped score on every set that has labels.
func WorthRankings(dataDir string) (out []Rankings, err error) {
	for _, l := range [][2]string{{"English", "en"}, {"Arabic", "ar"}} {
		files, err := debateFiles(dataDir, l[0])
		if err != nil {
			return nil, err
		}
		for _, f := range files {
			lines, err := ReadDebate(f)
			if err != nil {
				return nil, err
			}
			r, err := rank(filepath.Base(f), l[1], lines)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", f, err)
			}
			out = append(out, r)
		}
	}
	return out, nil
}

// worthMeasures are the rankings for the report, a mean over the debates of each kind of ranking.
func worthMeasures(dataDir string) ([]Measure, error) {
	all, err := WorthRankings(dataDir)
	if err != nil {
		return nil, err
	}
	var sum Rankings
	n := float64(len(all))
	for _, r := range all {
		sum.Score, sum.Parted = sum.Score+r.Score/n, sum.Parted+r.Parted/n
		sum.Length, sum.Chance = sum.Length+r.Length/n, sum.Chance+r.Chance/n
	}
	var out []Measure
	for _, m := range []struct {
		name  string
		value float64
	}{{"as shipped", sum.Score}, {"as shipped, ties by length", sum.Parted}, {"by length", sum.Length},
		{"by chance", sum.Chance}} {
		out = append(out, Measure{Name: "check-worthy MAP, " + m.name, Data: "eval/checkworthy, no training",
			Value: m.value, Unit: "AP"})
	}
	return out, nil
}
