package vectors

import (
	"math/rand/v2"
	"testing"

	"claimbench/internal/articles"
)

// BenchmarkHear is what one query costs at 100,000 sentences of 768 numbers.
func BenchmarkHear(b *testing.B) {
	const n, dims = 100_000, 768
	all := &bank{}
	v := make([]float32, dims)
	r := rand.New(rand.NewPCG(1, 2))
	for i := range n {
		for j := range v {
			v[j] = float32(r.NormFloat64())
		}
		all.add(articles.SentenceID(i+1), v)
	}
	s := New(nil, nil, nil)
	s.banks[1] = all
	b.ReportMetric(float64(len(all.codes))/(1<<20), "MB")
	for b.Loop() {
		if got := s.Hear(1, "50000"); len(got.Nearest()) != mostNearest {
			b.Fatal("not all are heard")
		}
	}
}
