package filling

import (
	"fmt"
	"testing"

	"claimbench/bench/news"
	"claimbench/internal/match"
)

// BenchmarkTwins compares one more article of 38 sentences with those of a collection: the work of origins beside an
// import, without its reading.
func BenchmarkTwins(b *testing.B) {
	for _, many := range []int{2_000, 20_000} {
		b.Run(fmt.Sprint(many), func(b *testing.B) {
			texts, twins := news.New(2), match.NewTwins()
			for range many {
				a := texts.Next(38)
				twins.Add(match.Item{ID: fmt.Sprint(a.N), Lang: a.Lang, Text: a.Text})
			}
			for b.Loop() {
				b.StopTimer()
				a := texts.Next(38)
				b.StartTimer()
				twins.Add(match.Item{ID: fmt.Sprint(a.N), Lang: a.Lang, Text: a.Text})
			}
		})
	}
}
