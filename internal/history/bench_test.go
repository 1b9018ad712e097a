package history

import (
	"context"
	"fmt"
	"path/filepath"
	"testing"

	"claimbench/internal/store"
)

func benchDB(b *testing.B) *store.DB {
	b.Helper()
	db, err := store.Open(context.Background(), "sqlite:"+filepath.Join(b.TempDir(), "bench.db"),
		store.Options{Create: true})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { db.Close() })
	if _, err := db.Migrate(context.Background()); err != nil {
		b.Fatal(err)
	}
	return db
}

func benchEvent(id, version int) Event {
	f := func(v int) Fields {
		return Fields{"state": "open", "verdict": "unverified", "round": "1", "version": fmt.Sprint(v),
			"words_version": "3", "article": "7", "revision": "9", "start": "120", "end": "180"}
	}
	e := Event{Action: "claim.edited", Object: fmt.Sprintf("claim:%d", id), Collection: 1, Before: f(version - 1),
		After: f(version)}
	if version == 1 {
		e.Before, e.Texts = nil, Texts{"statement": "حدود ۹ گیگابایت از اطلاعات این شرکت منتشر شده است"}
	}
	return e
}

// BenchmarkVerify verifies 100,000 events of 25,000 claims, a quarter of them with a text; events/s is the goal's
// figure.
func BenchmarkVerify(b *testing.B) {
	const claims, versions = 25_000, 4
	db := benchDB(b)
	for v := 1; v <= versions; v++ {
		for from := 0; from < claims; from += 1000 {
			events := make([]Event, 1000)
			for i := range events {
				events[i] = benchEvent(from+i, v)
			}
			err := db.Write(context.Background(), func(tx *store.Tx) error {
				_, err := AppendAll(tx, alice(), events)
				return err
			})
			if err != nil {
				b.Fatal(err)
			}
		}
	}
	b.ResetTimer()
	for b.Loop() {
		r, err := Verify(context.Background(), db, Options{})
		if err != nil || !r.OK() || r.Events != claims*versions {
			b.Fatalf("%+v, %v", r.Findings, err)
		}
	}
	b.ReportMetric(float64(claims*versions)*float64(b.N)/b.Elapsed().Seconds(), "events/s")
}

// BenchmarkAppend is one Write with one event, as a review has it, beside an empty Write.
func BenchmarkAppend(b *testing.B) {
	db := benchDB(b)
	n := 0
	b.Run("event", func(b *testing.B) {
		for b.Loop() {
			n++
			err := db.Write(context.Background(), func(tx *store.Tx) error {
				_, err := Append(tx, alice(), benchEvent(n, 1))
				return err
			})
			if err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("one row", func(b *testing.B) {
		for b.Loop() {
			n++
			err := db.Write(context.Background(), func(tx *store.Tx) error {
				return tx.SetMeta("bench", fmt.Sprint(n))
			})
			if err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("200 events in one Write", func(b *testing.B) {
		for b.Loop() {
			events := make([]Event, 200)
			for i := range events {
				n++
				events[i] = benchEvent(n, 1)
			}
			err := db.Write(context.Background(), func(tx *store.Tx) error {
				_, err := AppendAll(tx, alice(), events)
				return err
			})
			if err != nil {
				b.Fatal(err)
			}
		}
	})
}

// BenchmarkLeaf hashes one event in the forms of both versions.
func BenchmarkLeaf(b *testing.B) {
	who, e := alice(), benchEvent(7, 2)
	row, _ := newRow(1, who, e)
	for _, version := range []int{1, 2} {
		r := row
		if version == 1 {
			r.Salt = nil
		}
		b.Run(fmt.Sprint("version ", version), func(b *testing.B) {
			var buf []byte
			b.ReportAllocs()
			for b.Loop() {
				_, buf = leafHash(buf, &r)
			}
		})
	}
}
