package extract

import (
	"context"
	"os"
	"testing"

	"claimbench/internal/text"
)

func BenchmarkSeeds(b *testing.B) {
	var docs []*text.Doc
	n := 0
	for _, f := range []string{"000_dc9e9630e34b7b35.txt", "001_d1404fb11357524f.txt", "002_68afc744125fe613.txt", "003_d58bd77bd26a4de3.txt"} {
		raw, err := os.ReadFile("/work/shared/seeds/" + f)
		if err != nil {
			b.Skip()
		}
		d, _ := text.NewDoc(string(raw))
		docs = append(docs, d)
		n += len(text.Sentences(d, ""))
	}
	b.ReportAllocs()
	for b.Loop() {
		for _, d := range docs {
			Rules().Extract(context.Background(), Document{Text: d})
		}
	}
	b.ReportMetric(float64(n)*float64(b.N)/b.Elapsed().Seconds(), "sent/s")
}
