package match

import "slices"

// docTable numbers the articles of an index and lists the items of each.
type docTable struct {
	numbers map[string]int32
	names   []string   // by number
	of      []int32    // article of each item, -1 for none
	items   [][]uint32 // of each article, ascending
}

func newDocTable() *docTable { return &docTable{numbers: map[string]int32{}} }

// start says that item n belongs to doc.
func (t *docTable) start(doc string, n uint32) {
	if doc == "" {
		t.of = append(room(t.of, 1), -1)
		return
	}
	d, ok := t.numbers[doc]
	if !ok {
		d = int32(len(t.numbers))
		t.numbers[doc] = d
		t.names = append(t.names, doc)
		t.items = append(t.items, nil)
	}
	t.of = append(room(t.of, 1), d)
	t.items[d] = append(t.items[d], n)
}

// number gives the number of doc, -1 when the index has none.
func (t *docTable) number(doc string) int32 {
	if d, ok := t.numbers[doc]; ok && doc != "" {
		return d
	}
	return -1
}

// near gives an item of an article with those up to reach before and after it.
func (t *docTable) near(item uint32) []uint32 {
	list := t.items[t.of[item]]
	at, _ := slices.BinarySearch(list, item)
	return list[max(0, at-reach):min(len(list), at+reach+1)]
}
