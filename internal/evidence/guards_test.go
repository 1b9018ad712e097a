package evidence_test

import (
	"strings"
	"testing"

	"claimbench/internal/claims"
	"claimbench/internal/evidence"
	"claimbench/internal/fault"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

// A claim takes so many items and no more; one that is unlinked makes room for another.
func TestAClaimTakesABoundedNumberOfItems(t *testing.T) {
	t.Parallel()
	db := storetest.SQLite(t)
	x := newBench(t, db)
	it := x.Link(x.claim, x.b, "شورا ۱۲ کمک", evidence.Supports, evidence.Report)
	if err := db.Write(roomtest.Ctx(), func(tx *store.Tx) error {
		var row evidence.Item
		if err := tx.Gorm().Where("id = ?", it.ID).Take(&row).Error; err != nil {
			return err
		}
		more := make([]evidence.Item, evidence.MostOfClaim-1)
		for i := range more {
			more[i] = row
			more[i].ID = 0
		}
		return tx.Gorm().CreateInBatches(more, 20).Error
	}); err != nil {
		t.Fatal(err)
	}
	link := evidence.Link{ClaimID: x.claim.ID, URL: "https://city.example/minutes", Exact: "12 grants were approved",
		Lang: "en", ReadOn: "2025-03-01", Stance: evidence.Supports, Kind: evidence.Report}
	_, err := x.Evidence.Link(roomtest.Ctx(), x.As("reviewer-1"), link)
	if fault.KindOf(err) != fault.Conflict || !strings.Contains(fault.Message(err), "has 500 items of evidence") {
		t.Fatalf("item 501: %v", err)
	}
	if _, err := x.Evidence.Unlink(roomtest.Ctx(), x.As("reviewer-1"), it.ID, it.Version, "adds nothing"); err != nil {
		t.Fatal(err)
	}
	if _, err := x.Evidence.Link(roomtest.Ctx(), x.As("reviewer-1"), link); err != nil {
		t.Errorf("there is room again: %v", err)
	}
}

func TestHasRoom(t *testing.T) {
	t.Parallel()
	for n, full := range map[int64]bool{0: false, evidence.MostOfClaim - 1: false, evidence.MostOfClaim: true,
		evidence.MostOfClaim + 1: true} {
		if err := evidence.HasRoom(claims.Claim{ID: 3}, n); (err != nil) != full {
			t.Errorf("%d items: %v", n, err)
		}
	}
}
