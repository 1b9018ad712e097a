package match

import (
	"encoding/binary"
	"math"
)

// printSize is how many hashes of shingles a Print keeps.
const printSize = 512

// Print is by what near-copies of a text are known, without its words: for texts that are kept for a while only, and
// that no Twins holds. Near-copies share one of Bands (pairs of which half is the same with a chance of 64 %, of 70 %
// with 99 %); Overlap tells whether two that do are near-copies.
type Print struct {
	Bands []int64
	least []uint64 // hashes of shingles, ascending
	whole bool     // least are all of them
}

// PrintOf makes the print of a text; one without a word has no bands, and is like none.
func PrintOf(text string) (p Print) {
	set := shingles(text)
	if len(set) == 0 {
		return p
	}
	sig := sign(set)
	for _, k := range bands(&sig) {
		p.Bands = append(p.Bands, int64(k))
	}
	p.least, p.whole = set[:min(len(set), printSize)], len(set) <= printSize
	return p
}

// Bytes are what Overlap needs of a print: 0 or 1 for whole, and each hash in eight bytes, the low one first.
func (p Print) Bytes() []byte {
	out := make([]byte, 1, 1+8*len(p.least))
	if p.whole {
		out[0] = 1
	}
	for _, h := range p.least {
		out = binary.LittleEndian.AppendUint64(out, h)
	}
	return out
}

// Overlap is the share of shingles that a text has in common with one of which these are the Bytes, in per mille;
// copies says that they are near-copies. What are no Bytes is like nothing.
func (p Print) Overlap(raw []byte) (perMille int, copies bool) {
	if len(raw)%8 != 1 {
		return 0, false
	}
	other := make([]uint64, 0, len(raw)/8)
	for b := raw[1:]; len(b) > 0; b = b[8:] {
		other = append(other, binary.LittleEndian.Uint64(b))
	}
	share := 0.0
	if p.whole && raw[0] == 1 {
		share = jaccard(p.least, other)
	} else {
		share = sketched(p.least, other, printSize)
	}
	return int(math.Round(share * 1000)), share >= leastCopy
}
