package match

import (
	"bufio"
	"os"
	"slices"
	"strings"
	"testing"

	"claimbench/internal/text"
)

// TestNamesData measures the names of the folder that WORKBENCH_EVAL names.
func TestNamesData(t *testing.T) {
	dir := os.Getenv("WORKBENCH_EVAL")
	if dir == "" {
		t.Skip("set WORKBENCH_EVAL to the evaluation folder to measure the names")
	}
	for lang, reach := range map[string]float64{"ar": 93, "ja": 90} {
		f, err := os.Open(dir + "/names/" + lang + ".tsv")
		if err != nil {
			t.Fatal(err)
		}
		s := scriptArabic
		if lang == "ja" {
			s = scriptKatakana
		}
		hit, n := 0, 0
		var keysA, keysB [][]string
		var sim []float64
		for sc := bufio.NewScanner(f); sc.Scan(); {
			c := strings.Split(sc.Text(), "\t")
			a := sounds(text.Fold(strings.Trim(c[0], `"`)), scriptLatin)
			b := sounds(text.Fold(strings.ReplaceAll(c[1], " ", "")), s)
			ka, kb := soundKeys(a), soundKeys(b)
			keysA, keysB = append(keysA, ka), append(keysB, kb)
			n++
			best := 0.0
			for _, x := range a {
				for _, y := range b {
					best = max(best, soundSimilarity(x, y, 0))
				}
			}
			sim = append(sim, best)
			if share(ka, kb) {
				hit++
			}
		}
		slices.Sort(sim)
		t.Logf("%s: %.2f of %d share a key; similarity p1 %.2f p5 %.2f p10 %.2f p25 %.2f p50 %.2f", lang,
			100*float64(hit)/float64(n), n, sim[n/100], sim[n/20], sim[n/10], sim[n/4], sim[n/2])
		if share := 100 * float64(hit) / float64(n); share < reach {
			t.Errorf("%s: %.2f %% share a key, want %v", lang, share, reach)
		}
		by := map[string]int{}
		for _, k := range keysB {
			for _, x := range k {
				by[x]++
			}
		}
		total := 0
		for _, k := range keysA {
			for _, x := range k {
				total += by[x]
			}
		}
		t.Logf("%s: mean candidates (with repeats) %d", lang, total/n)
		f.Close()
	}
}

func share(a, b []string) bool {
	for _, x := range a {
		if slices.Contains(b, x) {
			return true
		}
	}
	return false
}
