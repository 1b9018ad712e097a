package house_test

import (
	"compress/gzip"
	"context"
	"io"
	"os"
	"path/filepath"
	"testing"

	"claimbench/internal/history"
	"claimbench/internal/house"
	"claimbench/internal/store"
)

// TestUpgradeFrom01: a database of version 0.1, with reviews of open and closed rounds, decisions, approvals, glosses,
// outside evidence and a frozen set, goes to the newest schema, and its history and every row still agree. The file was
// made by that version: `serve --demo`, then two reviewers and an editor over JSON.
func TestUpgradeFrom01(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "v01.db")
	unpack(t, "testdata/v01.db.gz", path)
	ctx := context.Background()
	db, err := store.Open(ctx, "sqlite:"+path, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	if _, err := db.Migrate(ctx); err != nil {
		t.Fatal(err)
	}
	h, err := house.Open(db, house.Options{})
	if err != nil {
		t.Fatal(err)
	}
	report, err := h.Audit(ctx, history.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range report.Findings {
		t.Errorf("after the upgrade: %+v", f)
	}
	counts := map[string]int64{"reviews": 44, "review_rounds": 24, "claim_sets": 2, "glosses": 12}
	if err := db.Read(ctx, func(r *store.Rx) error {
		for table, want := range counts {
			var n int64
			if err := r.Gorm().Table(table).Count(&n).Error; err != nil {
				return err
			}
			if n != want {
				t.Errorf("%s has %d rows after the upgrade, want the %d that were there", table, n, want)
			}
		}
		var unset int64
		err := r.Gorm().Table("reviews").Where("confidence IS NULL").Count(&unset).Error
		if unset != 0 {
			t.Errorf("%d old reviews lost their confidence", unset)
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
}

func unpack(t *testing.T, from, to string) {
	t.Helper()
	in, err := os.Open(from)
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	z, err := gzip.NewReader(in)
	if err != nil {
		t.Fatal(err)
	}
	out, err := os.OpenFile(to, os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.Copy(out, z); err != nil {
		t.Fatal(err)
	}
	if err := out.Close(); err != nil {
		t.Fatal(err)
	}
}
