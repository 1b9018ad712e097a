package store_test

import (
	"context"
	"reflect"
	"testing"

	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

type part struct {
	ID   int64  `gorm:"column:id"`
	Name string `gorm:"column:name"`
}

type selected struct {
	ID    int64 `gorm:"column:id;primaryKey"`
	Word  word  `gorm:"column:word"`
	Maybe *int64
	Other *word
	Sure  bool
	Share float64
	Raw   []byte
	Names store.List[string]
	Of    part   `gorm:"embedded;embeddedPrefix:p_"`
	None  int64  `gorm:"column:none;serializer:zeronull"`
	Left  string `gorm:"-"`
}

type word string

const selectAll = `SELECT * FROM (
	SELECT 1 AS id, 'سلام' AS word, 5 AS maybe, 'x' AS other, 1 = 1 AS sure, 0.5 AS share, '["a","b"]' AS names,
		7 AS p_id, 'part' AS p_name, 9 AS none, 'nobody asked' AS unknown
	UNION ALL SELECT 2, '', NULL, NULL, 1 = 0, 2, '[]', NULL, NULL, NULL, NULL) AS t`

// TestSelectReadsAsGorm: rows come as gorm's reader gives them, on both engines.
func TestSelectReadsAsGorm(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		if err := db.Read(context.Background(), func(r *store.Rx) error {
			got, err := store.Select[selected](r, selectAll+" WHERE id > ? ORDER BY id", 0)
			if err != nil {
				return err
			}
			var want []selected
			if err := r.Gorm().Raw(selectAll + " ORDER BY id").Scan(&want).Error; err != nil {
				return err
			}
			if len(got) != 2 || !reflect.DeepEqual(got, want) {
				t.Errorf("got  %+v\nwant %+v", got, want)
			}
			return nil
		}); err != nil {
			t.Fatal(err)
		}
	})
}

// TestSelectTakesLists: ? stands for a value, or for all values of a list, and is numbered where the engine wants that.
func TestSelectTakesLists(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		if err := db.Read(context.Background(), func(r *store.Rx) error {
			for range 2 {
				got, err := store.Select[int64](r, "SELECT id FROM ("+selectAll+") AS x WHERE id IN ? AND "+
					"word <> ? AND id IN ? ORDER BY id", []int64{1, 2}, "سلام", []int{2, 3, 4})
				if err != nil {
					return err
				}
				if len(got) != 1 || got[0] != 2 {
					t.Errorf("got %v", got)
				}
			}
			raw, _, err := store.One[[]byte](r, "SELECT CAST(? AS "+bytesOf(db)+") AS raw", []byte{0, 200, 7})
			if err != nil || string(raw) != "\x00\xc8\x07" {
				t.Errorf("bytes came back as %v, %v", raw, err)
			}
			_, there, err := store.One[part](r, "SELECT 1 AS id, 'x' AS name WHERE 1 = ?", 2)
			if err != nil || there {
				t.Errorf("no row is there: %t, %v", there, err)
			}
			return nil
		}); err != nil {
			t.Fatal(err)
		}
	})
}

func bytesOf(db *store.DB) string {
	if db.Dialect() == store.Postgres {
		return "BYTEA"
	}
	return "BLOB"
}

// TestSelectIsCounted: a statement is counted and told as gorm's are, and what cannot be read is an error.
func TestSelectIsCounted(t *testing.T) {
	t.Parallel()
	db := storetest.SQLite(t)
	var told string
	n := &store.Counter{Each: func(sql string) { told = sql }}
	err := db.Read(store.WithCounter(context.Background(), n), func(r *store.Rx) error {
		_, err := store.Select[part](r, "SELECT 'many' AS id, ? AS name", "a")
		return err
	})
	if err == nil {
		t.Error("a word went into a number")
	}
	if n.Statements.Load() != 1 || told != `SELECT 'many' AS id, "a" AS name` {
		t.Errorf("%d statements, told %q", n.Statements.Load(), told)
	}
}
