package eval

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"claimbench/internal/match"
)

// parallelPairs are the directions of retrieval that are measured: the language asked in, the language found.
var parallelPairs = []struct {
	from, to   string
	reach, aim float64
}{
	{"ar", "en", 68, 85}, {"ja", "en", 68, 88}, {"fa", "en", 68, 80}, {"fa", "ar", 0, 0}, {"fa", "ja", 0, 0},
	{"ar", "ja", 0, 0},
}

// towardsEnglish are the languages without a lexicon of their own that are measured against English.
var towardsEnglish = []struct {
	from       string
	reach, aim float64
}{
	{"fr", 75, 85}, {"de", 68, 78}, {"es", 77, 87}, {"pt", 74, 84}, {"tr", 55, 65}, {"id", 64, 74}, {"ru", 60, 70},
	{"uk", 58, 68}, {"zh", 65, 75}, {"ur", 65, 75}, {"hi", 45, 55}, {"he", 45, 55}, {"ko", 45, 55},
}

// EvidenceMeasures takes every measure of evidence across languages on the data in a folder: sentence retrieval and
// article pairing on eval/ntrex, names on eval/names, links on gold, and speed on a corpus made from eval/ntrex.
func EvidenceMeasures(dataDir string, mask match.Keys) ([]Measure, error) {
	var all []Measure
	for _, take := range []func(string, match.Keys) ([]Measure, error){RetrievalMeasures, TowardsEnglishMeasures,
		PairingMeasures, nameMeasures, LinkMeasures, SameMeasures} {
		some, err := take(dataDir, mask)
		if err != nil {
			return nil, err
		}
		all = append(all, some...)
	}
	return all, nil
}

// evalFile finds a file of the evaluation data, whether the folder is the one above eval or eval itself.
func evalFile(dataDir string, name ...string) string {
	inner := filepath.Join(append([]string{dataDir, "eval"}, name...)...)
	if _, err := os.Stat(inner); err == nil {
		return inner
	}
	if direct := filepath.Join(append([]string{dataDir}, name...)...); fileThere(direct) {
		return direct
	}
	return inner
}

func fileThere(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

func readLines(path string) ([]string, error) {
	raw, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("evaluation data: %w", err)
	}
	return strings.Split(strings.TrimSuffix(string(raw), "\n"), "\n"), nil
}

// Parallel is a text in several languages, sentence by sentence.
type Parallel struct {
	Lines     map[string][]string // by language, equally long
	Documents []string            // the document of each line
}

// ReadParallel reads eval/ntrex.
func ReadParallel(dataDir string) (Parallel, error) {
	p := Parallel{Lines: map[string][]string{}}
	var err error
	if p.Documents, err = readLines(evalFile(dataDir, "ntrex", "documents.txt")); err != nil {
		return p, err
	}
	langs := []string{"en", "ar", "fa", "ja"}
	for _, more := range towardsEnglish {
		if fileThere(evalFile(dataDir, "ntrex", more.from+".txt")) {
			langs = append(langs, more.from)
		}
	}
	for _, lang := range langs {
		if p.Lines[lang], err = readLines(evalFile(dataDir, "ntrex", lang+".txt")); err != nil {
			return p, err
		}
		if len(p.Lines[lang]) != len(p.Documents) {
			return p, fmt.Errorf(
				"evaluation data: ntrex/%s.txt has %d lines and documents.txt %d: they must be aligned", lang,
				len(p.Lines[lang]), len(p.Documents))
		}
	}
	return p, nil
}

// Recall says how often the right item was first and among the first ten, in per cent, and where it was not first.
type Recall struct {
	At1, At10 float64
	Missed    []int
}

// Retrieve asks for every line of one side among all lines of the other.
func Retrieve(asked, among []string, mask match.Keys) (Recall, error) {
	var r Recall
	ix := match.NewIndex(match.Builtin(), match.Only(mask))
	for i, line := range among {
		if err := ix.Add(match.Item{ID: strconv.Itoa(i), Text: line}); err != nil {
			return r, err
		}
	}
	first, ten := 0, 0
	for i, line := range asked {
		id, rank := strconv.Itoa(i), -1
		for n, hit := range ix.Query(match.Item{ID: id, Text: line}, 10) {
			if hit.ID == id {
				rank = n
			}
		}
		if rank == 0 {
			first++
		} else {
			r.Missed = append(r.Missed, i)
		}
		if rank >= 0 {
			ten++
		}
	}
	r.At1, r.At10 = percent(first, len(asked)), percent(ten, len(asked))
	return r, nil
}

func percent(part, whole int) float64 {
	if whole == 0 {
		return 0
	}
	return 100 * float64(part) / float64(whole)
}

// RetrievalMeasures are R@1 and R@10 of the parallel sentence, six directions and the mean of the last three.
func RetrievalMeasures(dataDir string, mask match.Keys) ([]Measure, error) {
	p, err := ReadParallel(dataDir)
	if err != nil {
		return nil, err
	}
	var all []Measure
	mean := 0.0
	for _, pair := range parallelPairs {
		r, err := Retrieve(p.Lines[pair.from], p.Lines[pair.to], mask)
		if err != nil {
			return nil, err
		}
		name := pair.from + "→" + pair.to
		all = append(all, Measure{Name: "sentence R@1 " + name, Data: "eval/ntrex", Value: r.At1, Reach: pair.reach,
			Aim: pair.aim, Unit: "%"},
			Measure{Name: "sentence R@10 " + name, Data: "eval/ntrex", Value: r.At10, Unit: "%"})
		if pair.reach == 0 {
			mean += r.At1 / 3
		}
	}
	return append(all, Measure{Name: "sentence R@1 mean of fa→ar, fa→ja, ar→ja", Data: "eval/ntrex", Value: mean,
		Reach: 50, Aim: 65, Unit: "%"}), nil
}

// TowardsEnglishMeasures are R@1 of the English line for every other language that the data has.
func TowardsEnglishMeasures(dataDir string, mask match.Keys) ([]Measure, error) {
	p, err := ReadParallel(dataDir)
	if err != nil {
		return nil, err
	}
	var all []Measure
	for _, m := range towardsEnglish {
		if p.Lines[m.from] == nil {
			continue
		}
		r, err := Retrieve(p.Lines[m.from], p.Lines["en"], mask)
		if err != nil {
			return nil, err
		}
		all = append(all, Measure{Name: "sentence R@1 " + m.from + "→en", Data: "eval/ntrex", Value: r.At1,
			Reach: m.reach, Aim: m.aim, Unit: "%"})
	}
	return all, nil
}

// PairingMeasures is R@1 of the parallel article, six directions.
func PairingMeasures(dataDir string, mask match.Keys) ([]Measure, error) {
	p, err := ReadParallel(dataDir)
	if err != nil {
		return nil, err
	}
	var all []Measure
	worst := 100.0
	for _, pair := range parallelPairs {
		r, err := Retrieve(joinByDocument(p.Lines[pair.from], p.Documents), joinByDocument(p.Lines[pair.to],
			p.Documents), mask)
		if err != nil {
			return nil, err
		}
		worst = min(worst, r.At1)
		all = append(all, Measure{Name: "article R@1 " + pair.from + "→" + pair.to, Data: "eval/ntrex", Value: r.At1,
			Reach: 98, Aim: 99.5, Unit: "%"})
	}
	return all, nil
}

// joinByDocument makes articles of the lines that follow each other in one document.
func joinByDocument(lines, documents []string) []string {
	var out []string
	for i, line := range lines {
		if i == 0 || documents[i] != documents[i-1] {
			out = append(out, line)
			continue
		}
		out[len(out)-1] += "\n" + line
	}
	return out
}

// nameMeasures says how many names of eval/names share a key with their other spelling.
func nameMeasures(dataDir string, _ match.Keys) ([]Measure, error) {
	var all []Measure
	for _, t := range []struct {
		lang, name string
		reach, aim float64
	}{{"ar", "names sharing a key, Arabic", 93, 97}, {"ja", "names sharing a key, katakana", 90, 95}} {
		lines, err := readLines(evalFile(dataDir, "names", t.lang+".tsv"))
		if err != nil {
			return nil, err
		}
		share := 0
		for n, line := range lines {
			cells := strings.Split(line, "\t")
			if len(cells) < 2 {
				return nil, fmt.Errorf(
					"evaluation data: names/%s.tsv line %d: want a name and its spelling, parted by a tab", t.lang, n+1)
			}
			if match.ShareSound(cells[0], strings.ReplaceAll(cells[1], " ", "")) {
				share++
			}
		}
		all = append(all, Measure{Name: t.name, Data: "eval/names", Value: percent(share, len(lines)), Reach: t.reach,
			Aim: t.aim, Unit: "%"})
	}
	return all, nil
}
