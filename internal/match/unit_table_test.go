package match

import (
	"math/rand/v2"
	"slices"
	"testing"
)

// TestUnitTable: a unit has one number, whatever was met before and after it, and gives its terms back; a table that
// was read goes on as the one that was written.
func TestUnitTable(t *testing.T) {
	t.Parallel()
	draw := rand.New(rand.NewPCG(1, 2))
	lists := newUnitLists()
	var want [][]termID
	var items [][]termID
	unit := func() []termID {
		if len(want) > 0 && draw.IntN(3) > 0 {
			return want[draw.IntN(len(want))]
		}
		u := make([]termID, 1+draw.IntN(4))
		for i := range u {
			u[i] = termID(draw.IntN(5000))
		}
		return u
	}
	for range 3000 {
		var item []termID
		terms := 0
		for range draw.IntN(5) {
			u := unit()
			before := lists.units.len()
			terms += lists.put(u)
			if n := lists.units.number(u); !slices.Equal(lists.units.of(n), u) {
				t.Fatalf("unit %v comes back as %v", u, lists.units.of(n))
			}
			if fresh := lists.units.len() > before; fresh {
				want = append(want, u)
			}
			item = append(item, u...)
			item[len(item)-1] |= endOfUnit
		}
		lists.put(nil) // a unit without terms is none
		lists.end(terms)
		items = append(items, item)
	}
	if lists.units.len() != len(want) {
		t.Fatalf("%d units have a number, and %d are different", lists.units.len(), len(want))
	}
	read := newUnitLists()
	var e encoder
	lists.write(&e)
	d := &decoder{data: e.buf}
	if read.read(d, 5000); d.bad || len(d.data) > 0 {
		t.Fatal("what was written is not read")
	}
	for i, item := range items {
		for _, l := range []*unitLists{&lists, &read} {
			if got := l.of(uint32(i), nil); !slices.Equal(got, item) {
				t.Fatalf("item %d: %v, want %v", i, got, item)
			}
		}
	}
	more := []termID{1, 4999, 2, 3, 4}
	if a, b := lists.units.number(more), read.units.number(more); a != b {
		t.Errorf("a new unit gets %d and %d", a, b)
	}
	small := newUnitLists()
	d = &decoder{data: e.buf}
	if small.read(d, 100); !d.bad {
		t.Error("terms that there are not are taken")
	}
}
