package filling

import (
	"context"
	"fmt"
	"io"
	"path/filepath"
	"testing"

	"claimbench/bench/news"
	"claimbench/internal/articles"
	"claimbench/internal/history"
	"claimbench/internal/house"
	"claimbench/internal/store"
)

// BenchmarkImport imports an article of 38 sentences, and BenchmarkExtract proposes the candidates of one.
func BenchmarkImport(b *testing.B) { benchmark(b, false) }

func BenchmarkExtract(b *testing.B) { benchmark(b, true) }

// filledFor opens a database of 500 claims.
func filledFor(b *testing.B) (*store.DB, *house.House) {
	b.Helper()
	ctx := context.Background()
	db, err := store.Open(ctx, "sqlite:"+filepath.Join(b.TempDir(), "bench.db"), store.Options{Create: true})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { db.Close() })
	h, err := Open(ctx, db, filepath.Join(b.TempDir(), "log.key"), false)
	if err != nil {
		b.Fatal(err)
	}
	if _, err := Fill(ctx, h, Options{Claims: 500, Seed: 1}); err != nil {
		b.Fatal(err)
	}
	return db, h
}

func benchmark(b *testing.B, extract bool) {
	ctx := context.Background()
	_, h := filledFor(b)
	editor, err := h.Auth.ActorFor(ctx, "editor-1", history.Web)
	if err != nil {
		b.Fatal(err)
	}
	texts, found := news.New(2), 0
	for b.Loop() {
		b.StopTimer()
		a := texts.Next(38)
		b.StartTimer()
		got, err := h.Articles.Import(ctx, editor, articles.Import{Collection: 1, Source: a.Source, Lang: a.Lang,
			Published: a.Published, Raw: a.Text, Name: fmt.Sprintf("%d.txt", a.N)})
		if err != nil {
			b.Fatal(err)
		}
		if !extract {
			continue
		}
		n, err := h.Claims.Extract(ctx, editor, got.Article.ID)
		if err != nil {
			b.Fatal(err)
		}
		found += n
	}
	b.ReportMetric(float64(found)/float64(b.N), "candidates/op")
}

// BenchmarkHistoryExport writes the whole history of 500 claims.
func BenchmarkHistoryExport(b *testing.B) {
	db, _ := filledFor(b)
	n := int64(0)
	for b.Loop() {
		var err error
		if n, err = history.Export(context.Background(), db, io.Discard, history.Filter{
			Viewer: history.Viewer{ReadAll: true}}); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(n)*float64(b.N)/b.Elapsed().Seconds(), "events/s")
}
