package claimset_test

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/claimset"
	"claimbench/internal/history"
	"claimbench/internal/house"
	"claimbench/internal/publish"
	"claimbench/internal/store"
)

// filled opens a copy of a database that bench/fill made, which CLAIMBENCH_FILLED names, and gives its largest frozen
// set. The benchmarks write to it.
func filled(b *testing.B) (*house.House, auth.Actor, claimset.Set) {
	b.Helper()
	url := os.Getenv("CLAIMBENCH_FILLED")
	if url == "" {
		b.Skip("CLAIMBENCH_FILLED names no database")
	}
	db, err := store.Open(b.Context(), url, store.Options{})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = db.Close() })
	h, err := house.Open(db, house.Options{Auth: auth.Options{Demo: true}})
	if err != nil {
		b.Fatal(err)
	}
	actor, err := h.Auth.ActorFor(b.Context(), "editor-1", history.CLI)
	if err != nil {
		b.Fatal(err)
	}
	var set claimset.Set
	if err := db.Read(b.Context(), func(r *store.Rx) error {
		return r.Gorm().Where("state = ?", claimset.Frozen).Order(
			"(SELECT COUNT(*) FROM claim_set_claims WHERE set_id = claim_sets.id) DESC").Limit(1).Find(&set).Error
	}); err != nil {
		b.Fatal(err)
	}
	return h, actor, set
}

type counting struct{ n int64 }

func (c *counting) Write(p []byte) (int, error) { c.n += int64(len(p)); return len(p), nil }

// BenchmarkExportFilled is MB/s of each format, and of JSON made without any work: the stored bytes, one after another.
func BenchmarkExportFilled(b *testing.B) {
	h, actor, set := filled(b)
	key, err := history.OpenKey(filepath.Join(b.TempDir(), "log.key")) // a bundle needs a checkpoint
	if err == nil {
		_, err = history.NewSigner(h.DB, key, nil).Adopt(b.Context())
	}
	if err != nil {
		b.Fatal(err)
	}
	for _, f := range publish.Formats() {
		b.Run(f.Name, func(b *testing.B) {
			out := &counting{}
			for b.Loop() {
				o := publish.Options{Format: f.Name}
				if err := h.Publish.Export(b.Context(), actor, set.ID, out, o); err != nil {
					b.Fatal(err)
				}
			}
			b.SetBytes(out.n / int64(b.N))
		})
	}
	b.Run("bytes alone", func(b *testing.B) {
		out := &counting{}
		for b.Loop() {
			if err := h.DB.Read(b.Context(), func(r *store.Rx) error {
				rows, err := r.Gorm().Raw("SELECT frozen FROM claim_set_claims WHERE set_id = ? ORDER BY claim_id",
					set.ID).Rows()
				if err != nil {
					return err
				}
				defer func() { _ = rows.Close() }()
				for rows.Next() {
					var frozen string
					if err := rows.Scan(&frozen); err != nil {
						return err
					}
					if _, err := io.WriteString(out, frozen+"\n"); err != nil {
						return err
					}
				}
				return rows.Err()
			}); err != nil {
				b.Fatal(err)
			}
		}
		b.SetBytes(out.n / int64(b.N))
	})
}

// BenchmarkFreezeFilled corrects the largest set and freezes the correction: µs a claim, with all waiting, and the
// longest Write in milliseconds from its first statement to its last.
func BenchmarkFreezeFilled(b *testing.B) {
	h, actor, set := filled(b)
	longest, n := time.Duration(0), 0
	var begun time.Time
	// A slice's Write begins with the lease of the freeze, the last one with the set's row.
	ctx := store.WithCounter(b.Context(), &store.Counter{Each: func(sql string) {
		switch {
		case strings.HasPrefix(sql, "UPDATE") && strings.Contains(sql, "claim_set_freezes"):
			begun = time.Now()
		case strings.HasPrefix(sql, "UPDATE claim_set_claims AS m"), strings.Contains(sql, "DELETE FROM"):
			longest = max(longest, time.Since(begun))
		}
	}})
	for b.Loop() {
		next, err := h.Sets.Correct(b.Context(), actor, set.ID)
		if err != nil {
			b.Fatal(err)
		}
		if set, err = h.Sets.Freeze(ctx, actor, next.ID, next.Version); err != nil {
			b.Fatal(err)
		}
		if err := h.DB.Read(context.Background(), func(r *store.Rx) error {
			sizes, err := claimset.Sizes(r, []claimset.ID{set.ID})
			n += sizes[set.ID]
			return err
		}); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(max(n, 1)), "µs/claim")
	b.ReportMetric(float64(longest.Milliseconds()), "ms/longest-Write")
	b.ReportMetric(float64(n)/float64(b.N), "claims")
}

// BenchmarkBuildFilled is what nobody else can write meanwhile: 5,000 claims that are added to a draft, and a
// correction of the largest set. Run it with -benchtime 1x, on a copy: a correction can be begun once.
func BenchmarkBuildFilled(b *testing.B) {
	h, actor, set := filled(b)
	var ids []claims.ID
	if err := h.DB.Read(b.Context(), func(r *store.Rx) error {
		return r.Gorm().Table("claim_set_claims").Where("set_id = ?", set.ID).Limit(claimset.MostChosen).
			Pluck("claim_id", &ids).Error
	}); err != nil {
		b.Fatal(err)
	}
	b.Run("add 5000", func(b *testing.B) {
		for b.Loop() {
			draft, err := h.Sets.Create(b.Context(), actor, set.CollectionID, "Measured")
			if err != nil {
				b.Fatal(err)
			}
			if _, err := h.Sets.Add(b.Context(), actor, draft.ID, draft.Version, ids); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("correct", func(b *testing.B) {
		if _, err := h.Sets.Correct(b.Context(), actor, set.ID); err != nil {
			b.Fatal(err)
		}
	})
}
