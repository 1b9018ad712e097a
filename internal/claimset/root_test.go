package claimset_test

import (
	"encoding/base64"
	"testing"

	"claimbench/internal/claimset"
	"claimbench/internal/history"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

// TestFreezeCommitsToARoot: the event of a freeze holds the root of the tree of what was frozen and how many claims
// there are, not which; the tree that is built again has that root; and whoever changes root, secret or a claim is
// found. A set of an earlier program has no root, and verifies.
func TestFreezeCommitsToARoot(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		x := newBench(t, db)
		one := x.approved("شورا ۱۲ کمک را تصویب کرد", "شورا [ی شهر] ۱۲ کمک را تصویب کرد")
		two := x.approved("شهردار امضا کرد", "شهردار آن را امضا کرد")
		set := x.frozen("Grants", one.ID, two.ID)
		ctx := t.Context()
		if err := db.Read(ctx, func(r *store.Rx) error {
			rooted, err := claimset.RootOf(r, set)
			if err != nil {
				return err
			}
			if root := rooted.Tree.Root(); base64.StdEncoding.EncodeToString(root[:]) != set.Root ||
				rooted.Tree.Len() != 2 {
				t.Errorf("the tree of %d claims has the root %x, the set %s", rooted.Tree.Len(), root, set.Root)
			}
			events, err := history.List(r, history.Filter{Object: claimset.Object(set.ID),
				Viewer: history.Viewer{ReadAll: true}, Limit: 1})
			if err != nil {
				return err
			}
			if f := events[0].After; f["root"] != set.Root || f["claims"] != "2" {
				t.Errorf("the event of the freeze holds %v", f)
			}
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		x.Verify()
		run := func(change string, args ...any) {
			if err := db.Write(ctx, func(tx *store.Tx) error {
				return tx.Gorm().Exec("UPDATE claim_sets SET "+change, args...).Error
			}); err != nil {
				t.Fatal(err)
			}
		}
		for _, change := range []string{"root = ''", "salt = ''", "salt = substr(salt, 2) || substr(salt, 1, 1)",
			"root = '', salt = ''"} {
			if run(change); x.Differs() == 0 {
				t.Errorf("%s: nothing is found", change)
			}
			run("root = ?, salt = ?", set.Root, set.Salt)
		}
	})
}
