package store_test

import (
	"context"
	"fmt"
	"testing"

	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

type leafRow struct {
	Tree int64 `gorm:"column:tree;primaryKey;autoIncrement:false"`
	N    int64 `gorm:"column:n;primaryKey;autoIncrement:false"`
}

func (leafRow) TableName() string { return "test_leaves" }

// TestGroupBy: every parent gets its own rows, in order, over any number of pages, with parents that have none and rows
// whose parent nobody asks for; and the database is asked once a page.
func TestGroupBy(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		leaves := map[int64]int64{1: 3, 3: 1200, 4: 1, 5: 500, 8: 2, 9: 700}
		err := db.Write(context.Background(), func(tx *store.Tx) error {
			if err := tx.Gorm().Exec(
				"CREATE TABLE test_leaves (tree BIGINT, n BIGINT, PRIMARY KEY (tree, n))").Error; err != nil {
				return err
			}
			for tree, many := range leaves {
				var rows []leafRow
				for n := range many {
					rows = append(rows, leafRow{Tree: tree, N: many - n})
				}
				if err := tx.Gorm().CreateInBatches(rows, 400).Error; err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		err = db.Read(context.Background(), func(r *store.Rx) error {
			g := store.GroupBy(r, "tree", "n", func(x leafRow) (int64, int64) { return x.Tree, x.N })
			for _, tree := range []int64{0, 1, 2, 3, 5, 6, 9, 10} { // not 4 and 8
				rows, err := g.Of(tree)
				if err != nil {
					return err
				}
				if int64(len(rows)) != leaves[tree] {
					return fmt.Errorf("tree %d has %d leaves, want %d", tree, len(rows), leaves[tree])
				}
				for i, x := range rows {
					if x.Tree != tree || x.N != int64(i+1) {
						return fmt.Errorf("leaf %d of tree %d is %+v", i+1, tree, x)
					}
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}
