package eval

import (
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"time"

	"claimbench/internal/match"
)

// SyntheticCorpus makes n different sentences in four languages out of those of eval/ntrex: the first half of one and
// the second half of another of the same language, with a number of its own, so that the corpus has the words of news
// in about their frequencies. The same n gives the same corpus.
func SyntheticCorpus(p Parallel, n int) []match.Item {
	rnd := rand.New(rand.NewPCG(1, uint64(n)))
	langs := []string{"en", "ar", "fa", "ja"}
	items := make([]match.Item, n)
	for i := range items {
		lang := langs[i%len(langs)]
		lines := p.Lines[lang]
		a, b := lines[rnd.IntN(len(lines))], lines[rnd.IntN(len(lines))]
		items[i] = match.Item{ID: strconv.Itoa(i), Lang: lang, Text: halfOf(a, true) + " " + strconv.Itoa(i) + " " +
			halfOf(b, false)}
	}
	return items
}

// halfOf cuts a sentence at the space, or for Japanese the code point, nearest its middle.
func halfOf(s string, first bool) string {
	r := []rune(s)
	mid := len(r) / 2
	if at := strings.IndexByte(string(r[mid:]), ' '); at >= 0 {
		mid += len([]rune(string(r[mid:])[:at]))
	}
	if first {
		return string(r[:mid])
	}
	return strings.TrimSpace(string(r[mid:]))
}

// EvidenceSpeed gives the sentences indexed in a second on one core, and the 95th percentile of the time of one query,
// on a corpus of n sentences made from eval/ntrex. The queries are sentences as they stand there, in all languages.
func EvidenceSpeed(dataDir string, n int) ([]Measure, error) {
	p, err := ReadParallel(dataDir)
	if err != nil {
		return nil, err
	}
	items := SyntheticCorpus(p, n)
	ix := match.NewIndex(match.Builtin())
	start := time.Now()
	for i := 0; i < len(items); i += 1000 {
		if err := ix.Add(items[i:min(i+1000, len(items))]...); err != nil {
			return nil, err
		}
	}
	rate := float64(n) / time.Since(start).Seconds()
	var took []time.Duration
	for i := 0; i < 300; i++ {
		lang := []string{"en", "ar", "fa", "ja"}[i%4]
		q := match.Item{ID: "q", Lang: lang, Text: p.Lines[lang][i*4%len(p.Lines[lang])]}
		began := time.Now()
		ix.Query(q, 10)
		took = append(took, time.Since(began))
	}
	slices.Sort(took)
	p95 := float64(took[len(took)*95/100].Microseconds()) / 1000
	reach, aim := 15.0, 5.0
	if n >= 1_000_000 {
		reach, aim = 50, 20
	}
	data := "made from eval/ntrex, " + strconv.Itoa(n) + " sentences"
	return []Measure{
		{Name: "p95 of one query", Data: data, Value: p95, Reach: reach, Aim: aim, Unit: "ms"},
		{Name: "indexing, one core", Data: data, Value: rate, Reach: 20000, Aim: 50000, Unit: "sentences/s"},
	}, nil
}
