package house_test

import (
	"context"
	"os"
	"testing"

	"claimbench/internal/history"
	"claimbench/internal/house"
	"claimbench/internal/store"
)

// BenchmarkVerifyFilled audits a database that bench/fill made, which CLAIMBENCH_FILLED names: with all rows, and the
// history alone. events/s is the goal's figure.
func BenchmarkVerifyFilled(b *testing.B) {
	url := os.Getenv("CLAIMBENCH_FILLED")
	if url == "" {
		b.Skip("CLAIMBENCH_FILLED names no database")
	}
	db, err := store.Open(context.Background(), url, store.Options{})
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	for name, rooms := range map[string][]history.Rows{"all rows": house.Rows(), "history alone": nil} {
		b.Run(name, func(b *testing.B) {
			events := int64(0)
			for b.Loop() {
				r, err := history.Verify(context.Background(), db, history.Options{Rooms: rooms})
				if err != nil || !r.OK() {
					b.Fatalf("%+v, %v", r.Findings, err)
				}
				events += r.Events
			}
			b.ReportMetric(float64(events)/b.Elapsed().Seconds(), "events/s")
		})
	}
}
