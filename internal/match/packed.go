package match

import (
	"encoding/binary"
	"strings"
)

// packed is an ascending list of numbers, each kept as its distance to the one before: one byte for most postings. A
// list of one number, as most terms have, has no bytes.
type packed struct {
	bytes []byte
	next  uint32 // one more than the last number; 0 when there is none
	n     uint32
}

// add puts a number behind the others; one that is not greater than the last is there already.
func (p *packed) add(x uint32) {
	if x < p.next {
		return
	}
	if p.n == 1 {
		p.bytes = binary.AppendUvarint(p.bytes, uint64(p.next-1))
	}
	if p.n > 0 {
		if len(p.bytes)+binary.MaxVarintLen32 > cap(p.bytes) { // it grows by a sixteenth, for room
			p.bytes = append(make([]byte, 0, len(p.bytes)+len(p.bytes)/16+binary.MaxVarintLen32), p.bytes...)
		}
		p.bytes = binary.AppendUvarint(p.bytes, uint64(x-p.next))
	}
	p.next, p.n = x+1, p.n+1
}

// addTo adds a weight to the sum of every number of the list.
func (p *packed) addTo(sums []float32, weight float32) {
	if p.n == 1 {
		sums[p.next-1] += weight
		return
	}
	x := uint32(0)
	for b := p.bytes; len(b) > 0; {
		if c := b[0]; c < 0x80 {
			x += uint32(c)
			b = b[1:]
		} else {
			d, n := binary.Uvarint(b)
			x += uint32(d)
			b = b[n:]
		}
		sums[x] += weight
		x++
	}
}

// room makes room for more elements in a list that grows to the size of the index. It leaves a sixteenth free, where
// append would leave a quarter: an index is many long lists.
func room[T any](list []T, more int) []T {
	if len(list)+more <= cap(list) {
		return list
	}
	return append(make([]T, 0, len(list)+len(list)/16+more+64), list...)
}

// arena keeps many short strings in a few large pieces.
type arena struct{ piece strings.Builder }

const arenaPiece = 64 << 10

// keep gives a copy of s that lies in the arena.
func (a *arena) keep(s string) string {
	if len(s) > arenaPiece/4 {
		return strings.Clone(s)
	}
	if a.piece.Cap()-a.piece.Len() < len(s) {
		a.piece = strings.Builder{} // the strings of the full piece keep it
		a.piece.Grow(arenaPiece)
	}
	at := a.piece.Len()
	a.piece.WriteString(s)
	return a.piece.String()[at:]
}
