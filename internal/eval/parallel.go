package eval

import (
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"claimbench/internal/text"
	"claimbench/internal/value"
)

// parallelLanguages are the languages beside English whose values are compared with those of the English lines.
var parallelLanguages = []string{"ar", "de", "es", "fa", "fr", "he", "hi", "id", "ja", "ko", "pt", "ru", "tr", "uk",
	"ur", "zh"}

// ParallelScore says how the values read in one language agree with those read in the English lines beside it. Wrong
// counts values that no English one equals while the line lacks an English one: a value misread, not one more. What a
// translator brought to another unit is not among them.
type ParallelScore struct {
	Lang                     string
	Quantities, Dates        Counts
	WrongNumber, WrongDate   int
	NumberErrors, DateErrors []string // "line: got … want … | text", for reading
}

// parallelLine are the values of one line.
type parallelLine struct{ numbers, dates []string }

// ParallelValues compares the values of each line of dataDir/eval/ntrex/LANG.txt with those of en.txt.
func ParallelValues(dataDir, lang string) (ParallelScore, error) {
	english, err := readParallel(dataDir, "en")
	if err != nil {
		return ParallelScore{}, err
	}
	other, err := readParallel(dataDir, lang)
	if err != nil {
		return ParallelScore{}, err
	}
	if len(english) != len(other) {
		return ParallelScore{}, fmt.Errorf("eval/ntrex/%s.txt has %d lines, en.txt %d: they must be parallel", lang,
			len(other), len(english))
	}
	s := ParallelScore{Lang: lang}
	for i, line := range other {
		want, got := valuesOfLine(english[i], "en"), valuesOfLine(line, lang)
		n := compareLine(&s.Quantities, &s.WrongNumber, want.numbers, got.numbers)
		if n != "" {
			s.NumberErrors = append(s.NumberErrors, fmt.Sprintf("%d: %s | %s | %s", i+1, n, line, english[i]))
		}
		if n = compareLine(&s.Dates, &s.WrongDate, want.dates, got.dates); n != "" {
			s.DateErrors = append(s.DateErrors, fmt.Sprintf("%d: %s | %s | %s", i+1, n, line, english[i]))
		}
	}
	return s, nil
}

func readParallel(dataDir, lang string) ([]string, error) {
	raw, err := os.ReadFile(filepath.Join(dataDir, "eval", "ntrex", lang+".txt"))
	if err != nil {
		return nil, fmt.Errorf("parallel texts: %w; give the folder that holds eval/ntrex", err)
	}
	return strings.Split(strings.TrimRight(string(raw), "\n"), "\n"), nil
}

// valuesOfLine reads a whole line as one sentence.
func valuesOfLine(line, lang string) parallelLine {
	d, err := text.NewDoc(line)
	if err != nil || d.Len() == 0 {
		return parallelLine{}
	}
	scan := value.NewScan(d, text.Sentence{N: 1, Span: text.Span{Start: 0, End: d.Len()}, Lang: lang,
		Dir: text.DirOf(lang), Kind: text.KindBody})
	var out parallelLine
	for _, v := range scan.Dates(value.Published{}) {
		if strings.ContainsAny(v.Norm, "0123456789") {
			out.dates = append(out.dates, v.Norm)
		}
	}
	for _, q := range scan.Quantities() {
		out.numbers = append(out.numbers, fmt.Sprintf("%.6g", q.Value))
	}
	return out
}

// compareLine adds a line's values to the counts and gives what differs.
func compareLine(c *Counts, wrong *int, want, got []string) string {
	left := map[string]int{}
	for _, v := range want {
		left[v]++
	}
	var extra []string
	hit := 0
	for _, v := range got {
		if left[v] > 0 {
			left[v]--
			hit++
			continue
		}
		extra = append(extra, v)
	}
	c.Hit, c.Found, c.Gold = c.Hit+hit, c.Found+len(got), c.Gold+len(want)
	missed := len(want) - hit
	if len(extra)+missed == 0 {
		return ""
	}
	var lost []string
	for _, v := range want {
		if left[v] > 0 {
			left[v]--
			lost = append(lost, v)
		}
	}
	*wrong += max(0, min(len(extra), missed)-conversions(extra, lost))
	return fmt.Sprintf("got %v want %v", extra, lost)
}

// conversions counts the values that a translator brought to another unit (miles to kilometres, inches, feet, pounds,
// yards, Fahrenheit): they are read right, and differ.
func conversions(extra, lost []string) int {
	n := 0
	used := make([]bool, len(lost))
	for _, e := range extra {
		for i, l := range lost {
			a, errA := strconv.ParseFloat(e, 64)
			b, errB := strconv.ParseFloat(l, 64)
			if errA != nil || errB != nil || used[i] || !converts(a, b) {
				continue
			}
			used[i] = true
			n++
			break
		}
	}
	return n
}

// converts allows the rounding of translators, 7 %.
func converts(a, b float64) bool {
	if math.Abs((b-32)/1.8-a) < 1.2 {
		return true
	}
	for _, f := range []float64{1.609, 2.54, 0.3048, 0.4536, 0.9144, 0.5556, 25.4, 30.48} {
		if b != 0 && math.Abs(a/b/f-1) < 0.07 {
			return true
		}
	}
	return false
}

// ParallelMeasures gives, for each language, the F1 of quantities and dates against English and the share of wrong
// values among those found.
func ParallelMeasures(dataDir string) ([]Measure, error) {
	var out []Measure
	for _, lang := range parallelLanguages {
		s, err := ParallelValues(dataDir, lang)
		if err != nil {
			return nil, err
		}
		wrong := s.WrongNumber + s.WrongDate
		found := s.Quantities.Found + s.Dates.Found
		data := "eval/ntrex " + lang
		out = append(out,
			Measure{Name: "quantities against English", Data: data, Value: s.Quantities.F1(), Reach: 85, Unit: "%"},
			Measure{Name: "dates against English", Data: data, Value: s.Dates.F1(), Reach: 85, Unit: "%"},
			Measure{Name: "values that are wrong", Data: data, Value: 100 * ratio(wrong, found), Unit: "%"})
	}
	return out, nil
}
