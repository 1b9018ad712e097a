package evidence_test

import (
	"strings"
	"sync"
	"testing"

	"claimbench/internal/evidence"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

// TestReanchorReadsInSlices: however many passages are linked in the older texts, they are read some hundreds at a
// time.
func TestReanchorReadsInSlices(t *testing.T) {
	t.Parallel()
	x := newBench(t, storetest.SQLite(t))
	row := x.Link(x.claim, x.b, "تصویب کرد", evidence.Supports, evidence.OfficialRecord)
	const more = 600
	many := make([]evidence.Item, more)
	for i := range many {
		many[i] = row
		many[i].ID = 0
	}
	if err := x.DB.Write(roomtest.Ctx(), func(tx *store.Tx) error {
		return tx.Gorm().CreateInBatches(many, 100).Error
	}); err != nil {
		t.Fatal(err)
	}
	if _, err := x.Articles.Revise(roomtest.Ctx(), x.As("editor-1"), x.b.Article.ID, x.b.Article.Version,
		"به‌روز شد.\nشورا ۱۳ کمک را تصویب کرد.", false); err != nil {
		t.Fatal(err)
	}
	var mu sync.Mutex
	reads := 0
	ctx := store.WithCounter(roomtest.Ctx(), &store.Counter{Each: func(sql string) {
		mu.Lock()
		defer mu.Unlock()
		if strings.Contains(sql, "revision_id <>") {
			if reads++; !strings.Contains(sql, "LIMIT 512") {
				t.Errorf("a reading without a bound: %s", sql)
			}
		}
	}})
	out, err := x.Evidence.Reanchor(ctx, x.As("editor-1"), x.b.Article.ID)
	if err != nil || len(out.Moved) != more+1 || len(out.Behind) != 0 {
		t.Fatalf("%d moved, %d behind, %v", len(out.Moved), len(out.Behind), err)
	}
	if reads != 3 { // 512, 89, none
		t.Errorf("the passages of the older texts were read in %d statements", reads)
	}
}
