package match

// trie holds the Japanese forms of a lexicon, character by character: where words are not parted by spaces, the
// longest form is looked for at every place.
type trie struct {
	root []uint32          // by character, the node it leads to from the start; 0 for none
	next map[uint64]uint32 // by node and character, from elsewhere
	ends []bool            // by node: a form ends here
}

func newTrie() *trie {
	return &trie{root: make([]uint32, 1<<16), next: map[uint64]uint32{}, ends: []bool{false}}
}

// step gives the node that a character leads to, 0 when no form goes on so.
func (t *trie) step(node uint32, r rune) uint32 {
	if node == 0 && int(r) < len(t.root) {
		return t.root[r]
	}
	return t.next[trieKey(node, r)]
}

func trieKey(node uint32, r rune) uint64 { return uint64(node)<<21 | uint64(r) }

func (t *trie) put(form string) {
	node := uint32(0)
	for _, r := range form {
		next := t.step(node, r)
		if next == 0 {
			next = uint32(len(t.ends))
			t.ends = append(t.ends, false)
			if node == 0 && int(r) < len(t.root) {
				t.root[r] = next
			} else {
				t.next[trieKey(node, r)] = next
			}
		}
		node = next
	}
	if form != "" {
		t.ends[node] = true
	}
}
