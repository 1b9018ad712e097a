package match

// docTable numbers the articles of an index and counts the terms of each, for what its sentences say together tells
// which incident they are about.
type docTable struct {
	numbers map[string]int32
	of      []int32 // article of each item, -1 for none
	terms   []map[termID]uint16
}

func newDocTable() *docTable { return &docTable{numbers: map[string]int32{}} }

// start says that item n belongs to doc.
func (t *docTable) start(doc string, n uint32) {
	if doc == "" {
		t.of = append(t.of, -1)
		return
	}
	d, ok := t.numbers[doc]
	if !ok {
		d = int32(len(t.numbers))
		t.numbers[doc] = d
		t.terms = append(t.terms, map[termID]uint16{})
	}
	t.of = append(t.of, d)
}

// count adds a term of item n to its article.
func (t *docTable) count(id termID, n uint32) {
	if d := t.of[n]; d >= 0 {
		t.terms[d][id]++
	}
}

// number gives the number of doc, -1 when the index has none.
func (t *docTable) number(doc string) int32 {
	if d, ok := t.numbers[doc]; ok && doc != "" {
		return d
	}
	return -1
}
