package match

// docTable numbers the articles of an index and lists the items of each.
type docTable struct {
	numbers map[string]int32
	of      []int32    // article of each item, -1 for none
	items   [][]uint32 // of each article
	place   []int      // of each item among those of its article
}

func newDocTable() *docTable { return &docTable{numbers: map[string]int32{}} }

// start says that item n belongs to doc.
func (t *docTable) start(doc string, n uint32) {
	if doc == "" {
		t.of = append(t.of, -1)
		t.place = append(t.place, 0)
		return
	}
	d, ok := t.numbers[doc]
	if !ok {
		d = int32(len(t.numbers))
		t.numbers[doc] = d
		t.items = append(t.items, nil)
	}
	t.of = append(t.of, d)
	t.place = append(t.place, len(t.items[d]))
	t.items[d] = append(t.items[d], n)
}

// number gives the number of doc, -1 when the index has none.
func (t *docTable) number(doc string) int32 {
	if d, ok := t.numbers[doc]; ok && doc != "" {
		return d
	}
	return -1
}
