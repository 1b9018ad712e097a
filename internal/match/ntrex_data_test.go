package match

import (
	"os"
	"strconv"
	"strings"
	"testing"
	"time"
)

func lines(t testing.TB, path string) []string {
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return strings.Split(strings.TrimSuffix(string(b), "\n"), "\n")
}

func TestNtrexData(t *testing.T) {
	dir := os.Getenv("WORKBENCH_EVAL")
	if dir == "" {
		t.Skip("set WORKBENCH_EVAL to the evaluation folder to measure retrieval")
	}
	start := time.Now()
	lex := Builtin()
	t.Logf("lexicon %v, %d concepts", time.Since(start), len(lex.concepts))
	for _, pair := range []string{"ar en", "ja en", "fa en", "fa ar", "fa ja", "ar ja"} {
		from, to, _ := strings.Cut(pair, " ")
		start := time.Now()
		ix := NewIndex(lex)
		for i, l := range lines(t, dir+"/ntrex/"+to+".txt") {
			if err := ix.Add(Item{ID: strconv.Itoa(i), Text: l}); err != nil {
				t.Fatal(err)
			}
		}
		built := time.Since(start)
		start = time.Now()
		qs := lines(t, dir+"/ntrex/"+from+".txt")
		r1, r10 := 0, 0
		for i, l := range qs {
			for rank, h := range ix.Query(Item{ID: strconv.Itoa(i), Text: l}, 10) {
				if h.ID == strconv.Itoa(i) {
					r10++
					if rank == 0 {
						r1++
					}
				}
			}
		}
		n := float64(len(qs))
		t.Logf("%s→%s R@1 %.1f R@10 %.1f  build %.0f/s query %v", from, to, 100*float64(r1)/n, 100*float64(r10)/n, n/built.Seconds(), time.Since(start)/time.Duration(len(qs)))
	}
}
