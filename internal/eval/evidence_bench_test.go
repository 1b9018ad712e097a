package eval

import (
	"testing"

	"claimbench/internal/match"
)

// BenchmarkEvidenceIndex adds sentences to an index: the time is that of one sentence.
func BenchmarkEvidenceIndex(b *testing.B) {
	p, err := ReadParallel(evidenceData(b))
	if err != nil {
		b.Fatal(err)
	}
	items := SyntheticCorpus(p, max(b.N, 1))
	match.Builtin()
	b.ResetTimer()
	ix := match.NewIndex(match.Builtin())
	if err := ix.Add(items[:b.N]...); err != nil {
		b.Fatal(err)
	}
}

// BenchmarkEvidenceQuery asks an index of 100,000 sentences.
func BenchmarkEvidenceQuery(b *testing.B) {
	p, err := ReadParallel(evidenceData(b))
	if err != nil {
		b.Fatal(err)
	}
	ix := match.NewIndex(match.Builtin())
	if err := ix.Add(SyntheticCorpus(p, 100_000)...); err != nil {
		b.Fatal(err)
	}
	langs := []string{"en", "ar", "fa", "ja"}
	b.ResetTimer()
	for i := range b.N {
		lang := langs[i%4]
		ix.Query(match.Item{ID: "q", Lang: lang, Text: p.Lines[lang][i*4%len(p.Lines[lang])]}, 10)
	}
}
