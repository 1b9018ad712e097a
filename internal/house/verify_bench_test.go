package house_test

import (
	"context"
	"os"
	"syscall"
	"testing"
	"time"

	"claimbench/internal/claims"
	"claimbench/internal/history"
	"claimbench/internal/house"
	"claimbench/internal/search"
	"claimbench/internal/store"
)

// BenchmarkVerifyFilled audits a database that bench/fill made, which CLAIMBENCH_FILLED names: with all rows, and the
// history alone; both with SQLite's own look at the file. events/cpu-s is the goal's figure.
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
			events, begun := int64(0), used()
			for b.Loop() {
				r, err := history.Verify(context.Background(), db, history.Options{Rooms: rooms})
				if err != nil || !r.OK() {
					b.Fatalf("%+v, %v", r.Findings, err)
				}
				events += r.Events
			}
			b.ReportMetric(float64(events)/b.Elapsed().Seconds(), "events/s")
			b.ReportMetric(float64(events)/(used()-begun).Seconds(), "events/cpu-s")
		})
	}
}

// used is how much processor time the process has taken: what counts on a machine that others use too.
func used() time.Duration {
	var u syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &u) // it cannot fail for the process itself
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// BenchmarkRebuildFilled makes the search index of such a database anew.
func BenchmarkRebuildFilled(b *testing.B) {
	url := os.Getenv("CLAIMBENCH_FILLED")
	if url == "" {
		b.Skip("CLAIMBENCH_FILLED names no database")
	}
	db, err := store.Open(b.Context(), url, store.Options{})
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	begun := used()
	for b.Loop() {
		if err := search.Rebuild(b.Context(), db, claims.IndexWordsAfter, nil); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric((used()-begun).Seconds()/float64(b.N), "cpu-s/op")
}
