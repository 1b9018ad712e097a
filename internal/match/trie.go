package match

// trie holds the Japanese forms of a lexicon, character by character: where words are not parted by spaces, the
// longest form is looked for at every place.
type trie struct {
	next map[uint64]uint32 // by node and character
	ends []bool            // by node: a form ends here
}

func newTrie() *trie { return &trie{next: map[uint64]uint32{}, ends: []bool{false}} }

func trieKey(node uint32, r rune) uint64 { return uint64(node)<<21 | uint64(r) }

func (t *trie) put(form string) {
	node := uint32(0)
	for _, r := range form {
		key := trieKey(node, r)
		next, ok := t.next[key]
		if !ok {
			next = uint32(len(t.ends))
			t.next[key] = next
			t.ends = append(t.ends, false)
		}
		node = next
	}
	if form != "" {
		t.ends[node] = true
	}
}
