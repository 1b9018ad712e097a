package eval

import (
	"bufio"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"sort"
	"strings"

	"claimbench/internal/extract"
)

// DebateLine is one line of a debate: who spoke, what, and whether it was
// found worth a check. The format is CheckThat! 2018, task 1.
type DebateLine struct {
	Number        string
	Speaker, Text string
	Worth         bool
}

// ReadDebate reads a debate of tab-separated lines: number, speaker, text, label.
func ReadDebate(path string) ([]DebateLine, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var out []DebateLine
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<22)
	for n := 1; lines.Scan(); n++ {
		cells := strings.Split(strings.TrimRight(lines.Text(), "\r"), "\t")
		if len(cells) < 4 {
			if strings.TrimSpace(lines.Text()) == "" {
				continue
			}
			return nil, fmt.Errorf("%s line %d has %d cells and needs 4: number, speaker, text, label", path, n,
				len(cells))
		}
		last := strings.TrimSpace(cells[len(cells)-1])
		out = append(out, DebateLine{cells[0], cells[1], cells[2], last == "1"})
	}
	return out, lines.Err()
}

// AveragePrecision is the mean of the precision at each worthy line when the
// lines are ranked by score, highest first (ties in line order).
func AveragePrecision(lines []DebateLine, scores []float64) float64 {
	order := make([]int, len(lines))
	for i := range order {
		order[i] = i
	}
	sort.SliceStable(order, func(a, b int) bool { return scores[order[a]] > scores[order[b]] })
	hits, sum := 0, 0.0
	for rank, i := range order {
		if lines[i].Worth {
			hits++
			sum += float64(hits) / float64(rank+1)
		}
	}
	if hits == 0 {
		return 0
	}
	return sum / float64(hits)
}

// debateFiles finds the debates of a language in the folder, sorted.
func debateFiles(dataDir, language string) ([]string, error) {
	files, err := filepath.Glob(filepath.Join(dataDir, "eval", "checkworthy", "*"+language+"*.txt"))
	if err == nil && len(files) < 2 {
		err = fmt.Errorf("%s needs two debates in %s to train on one and test on the other", filepath.Join(dataDir,
			"eval", "checkworthy"), language)
	}
	return files, err
}

// CheckWorthyMAP trains on each debate of a language and tests on the others;
// it gives the mean of their average precisions.
func CheckWorthyMAP(dataDir, language, lang string) (float64, error) {
	files, err := debateFiles(dataDir, language)
	if err != nil {
		return 0, err
	}
	debates := make([][]DebateLine, len(files))
	for i, f := range files {
		if debates[i], err = ReadDebate(f); err != nil {
			return 0, err
		}
	}
	sum, n := 0.0, 0
	for test := range debates {
		var train []DebateLine
		for i, d := range debates {
			if i != test {
				train = append(train, d...)
			}
		}
		sum += AveragePrecision(debates[test], rankDebate(train, debates[test], lang))
		n++
	}
	return sum / float64(n), nil
}

// What rankDebate was set to: a strong penalty, for a debate has some thirty
// worthy lines, and a part of the neighbours' score, for claims come in runs.
const (
	debateRidge      = 10
	debateRounds     = 200
	debateNeighbours = 0.15
)

// rankDebate learns from one debate and scores the lines of another.
func rankDebate(train, test []DebateLine, lang string) []float64 {
	labels := make([]bool, len(train))
	for i, l := range train {
		labels[i] = l.Worth
	}
	model := trainLogistic(debateRows(train, lang), labels, debateRidge, debateRounds)
	own := make([]float64, len(test))
	for i, r := range debateRows(test, lang) {
		p := model.probability(r)
		own[i] = math.Log(p / (1 - p))
	}
	scores := make([]float64, len(test))
	for i := range test {
		scores[i] = own[i]
		for distance := 1; distance <= 4; distance++ {
			for _, k := range []int{i - distance, i + distance} {
				if k >= 0 && k < len(test) && test[k].Speaker == test[i].Speaker {
					scores[i] += debateNeighbours * own[k] / float64(distance)
				}
			}
		}
	}
	return scores
}

// debateRows gives the features of each line.
func debateRows(lines []DebateLine, lang string) [][]float64 {
	rows := make([][]float64, len(lines))
	for i, l := range lines {
		rows[i] = extract.Features(lang, l.Text)
	}
	return rows
}
