package store_test

import (
	"context"
	"fmt"
	"testing"

	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

// TestInsertMany: whatever the values and however many rows, what was written is read back, in a few statements.
func TestInsertMany(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		t.Parallel()
		texts := []string{"", "plain", `"quoted"`, `back\slash`, `{a,b}`, "NULL", "null", "new\nline", "tab\t", "'; --",
			"a,b", " spaces ", "هک\u200cشده", "東京", `\\x00`, "{}", `\"`}
		bytes := [][]byte{{}, {0}, {0, 1, 255}, []byte(`\x`), []byte("text")}
		type row struct {
			ID    int64
			Name  string
			Maybe *string
			Raw   []byte
		}
		var rows []row
		for i := range 3000 {
			r := row{ID: int64(i) - 5, Name: texts[i%len(texts)], Raw: bytes[i%len(bytes)]}
			if i%3 > 0 {
				r.Maybe = &texts[(i/3)%len(texts)]
			}
			if i%7 == 0 {
				r.Raw = nil
			}
			rows = append(rows, r)
		}
		for _, n := range []int{0, 1, 7, 8, 9, 100, 1500, 3000} {
			table := fmt.Sprintf("test_many_%d", n)
			blob := map[string]string{store.SQLite: "BLOB", store.Postgres: "BYTEA"}[db.Dialect()]
			counter := &store.Counter{}
			err := db.Write(context.Background(), func(tx *store.Tx) error {
				return tx.Gorm().Exec("CREATE TABLE " + table + " (id BIGINT PRIMARY KEY, name TEXT NOT NULL, " +
					"maybe TEXT, raw " + blob + ")").Error
			})
			if err != nil {
				t.Fatal(err)
			}
			err = db.Write(store.WithCounter(context.Background(), counter), func(tx *store.Tx) error {
				return store.InsertMany(tx, table+" (id, name, maybe, raw)", n, 64, func(args []any, i int) []any {
					return append(args, rows[i].ID, rows[i].Name, rows[i].Maybe, rows[i].Raw)
				}, nil)
			})
			if err != nil {
				t.Fatal(err)
			}
			var got []row
			if err := db.Read(context.Background(), func(r *store.Rx) error {
				return r.Gorm().Table(table).Order("id").Find(&got).Error
			}); err != nil {
				t.Fatal(err)
			}
			if len(got) != n {
				t.Fatalf("%d rows of %d are there", len(got), n)
			}
			for i, g := range got {
				w := rows[i]
				if g.ID != w.ID || g.Name != w.Name || (g.Maybe == nil) != (w.Maybe == nil) ||
					g.Maybe != nil && *g.Maybe != *w.Maybe || (g.Raw == nil) != (w.Raw == nil) ||
					string(g.Raw) != string(w.Raw) {
					t.Fatalf("row %d is %+v, want %+v", i, g, w)
				}
			}
			if sent := counter.Statements.Load(); db.Dialect() == store.Postgres && sent > int64(2+n/1024) {
				t.Errorf("%d rows took %d statements", n, sent)
			}
		}
	})
}
