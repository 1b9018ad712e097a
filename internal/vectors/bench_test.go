package vectors

import (
	"math/rand/v2"
	"strconv"
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

// The nearest by the sieve of signs are those by all numbers, but for few.
func TestSieve(t *testing.T) {
	const n, dims = 5000, 256
	all := &bank{}
	r := rand.New(rand.NewPCG(3, 4))
	centres := make([][]float64, 100)
	for i := range centres {
		for range dims {
			centres[i] = append(centres[i], r.NormFloat64())
		}
	}
	v := make([]float32, dims)
	for i := range n {
		for j := range v {
			v[j] = float32((centres[i%100][j] + r.NormFloat64()) / 24) // about of length one, as they are kept
		}
		all.add(articles.SentenceID(i+1), v)
	}
	s := New(nil, nil, nil)
	s.banks[1] = all
	found := 0
	for own := range 100 {
		got := s.Hear(1, strconv.Itoa(own+1))
		for _, id := range got.Nearest() {
			if k, _ := strconv.Atoi(id); (k-1)%100 == own {
				found++
			}
		}
	}
	if found < 4800 { // each has 49 of its kind
		t.Errorf("%d of 4900 are found", found)
	}
}
