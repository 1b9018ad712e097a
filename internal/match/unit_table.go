package match

import (
	"encoding/binary"
	"slices"
)

// unitTable numbers the different units of all items, in the order in which they are first met: the terms of a word are
// the same wherever it stands, so an item keeps one small number for each of its words.
type unitTable struct {
	terms  []termID // of all units, one unit after another
	starts []uint32 // where each unit begins in terms; one more at the end
	slots  []uint32 // by hash: number of a unit plus one, 0 for none; nil until a unit is looked for
}

func newUnitTable() *unitTable { return &unitTable{starts: []uint32{0}} }

func (t *unitTable) len() int { return len(t.starts) - 1 }

// of gives the terms of a unit. They must not be changed.
func (t *unitTable) of(n uint32) []termID { return t.terms[t.starts[n]:t.starts[n+1]] }

// number gives the number of a unit, making it when it is new.
func (t *unitTable) number(unit []termID) uint32 {
	if 4*(t.len()+1) > 3*len(t.slots) {
		t.widen()
	}
	at := t.slot(unit)
	if n := t.slots[at]; n > 0 {
		return n - 1
	}
	t.terms = append(room(t.terms, len(unit)), unit...)
	t.starts = append(room(t.starts, 1), uint32(len(t.terms)))
	t.slots[at] = uint32(t.len())
	return uint32(t.len() - 1)
}

// slot finds where a unit stands in slots, or the free place where it would.
func (t *unitTable) slot(unit []termID) uint32 {
	hash := uint64(14695981039346656037) // FNV-1a, a term at a time
	for _, term := range unit {
		hash = (hash ^ uint64(term)) * 1099511628211
	}
	mask := uint32(len(t.slots) - 1)
	for at := uint32(hash^hash>>32) & mask; ; at = (at + 1) & mask {
		if n := t.slots[at]; n == 0 || slices.Equal(t.of(n-1), unit) {
			return at
		}
	}
}

// widen makes room for twice as many units. Their number is a power of two.
func (t *unitTable) widen() {
	size := max(64, len(t.slots))
	for 3*size < 8*(t.len()+1) {
		size *= 2
	}
	t.slots = make([]uint32, size)
	for n := range uint32(t.len()) {
		t.slots[t.slot(t.of(n))] = n + 1
	}
}

func (t *unitTable) write(e *encoder) {
	e.num(uint64(t.len()))
	for n := range uint32(t.len()) {
		unit := t.of(n)
		e.num(uint64(len(unit)))
		for _, term := range unit {
			e.num(uint64(term))
		}
	}
}

// read takes terms below most only.
func (t *unitTable) read(d *decoder, most int) {
	n := d.count(2)
	t.starts = make([]uint32, 1, n+1)
	for range n {
		size := d.count(1)
		d.bad = d.bad || size == 0
		for range size {
			term := d.num()
			d.bad = d.bad || term >= uint64(most)
			t.terms = append(t.terms, termID(term))
		}
		t.starts = append(t.starts, uint32(len(t.terms)))
	}
	t.terms = slices.Clip(t.terms)
}

// unitLists keeps the units of every item in order, by their numbers: one or two bytes each.
type unitLists struct {
	units  *unitTable
	bytes  []byte
	starts []uint32 // where each item begins in bytes; one more at the end
	counts []uint16 // terms of each item
}

func newUnitLists() unitLists { return unitLists{units: newUnitTable(), starts: []uint32{0}} }

// put adds a unit of the item that is being added, and gives how many terms it has; end closes the item.
func (l *unitLists) put(unit []termID) int {
	if len(unit) > 0 {
		l.bytes = binary.AppendUvarint(room(l.bytes, binary.MaxVarintLen32), uint64(l.units.number(unit)))
	}
	return len(unit)
}

func (l *unitLists) end(terms int) {
	l.starts = append(room(l.starts, 1), uint32(len(l.bytes)))
	l.counts = append(room(l.counts, 1), uint16(min(terms, 1<<16-1)))
}

// of appends the terms of an item to out; endOfUnit marks the last of a unit.
func (l *unitLists) of(item uint32, out []termID) []termID {
	for b := l.bytes[l.starts[item]:l.starts[item+1]]; len(b) > 0; {
		x, n := uint64(b[0]), 1
		if x >= 0x80 {
			x, n = binary.Uvarint(b)
		}
		out = append(out, l.units.of(uint32(x))...)
		out[len(out)-1] |= endOfUnit
		b = b[n:]
	}
	return out
}

func (l *unitLists) write(e *encoder) {
	l.units.write(e)
	e.bytes(l.bytes)
	e.num(uint64(len(l.counts)))
	for i, n := range l.counts {
		e.num(uint64(n))
		e.num(uint64(l.starts[i+1] - l.starts[i]))
	}
}

// read takes terms below most only.
func (l *unitLists) read(d *decoder, most int) {
	l.units.read(d, most)
	l.bytes = d.bytes()
	l.counts, l.starts = readEnds(d, l.bytes, uint64(l.units.len()), true)
}

// nameLists keeps a few terms of every item in order, each by its own number.
type nameLists struct {
	bytes  []byte
	starts []uint32
}

func newNameLists() nameLists { return nameLists{starts: []uint32{0}} }

func (l *nameLists) put(t termID) {
	l.bytes = binary.AppendUvarint(room(l.bytes, binary.MaxVarintLen32), uint64(t))
}

func (l *nameLists) end() { l.starts = append(room(l.starts, 1), uint32(len(l.bytes))) }

// of appends the terms of an item to out.
func (l *nameLists) of(item uint32, out []termID) []termID {
	for b := l.bytes[l.starts[item]:l.starts[item+1]]; len(b) > 0; {
		x, n := binary.Uvarint(b)
		out = append(out, termID(x))
		b = b[n:]
	}
	return out
}

func (l *nameLists) write(e *encoder) {
	e.bytes(l.bytes)
	e.num(uint64(len(l.starts) - 1))
	for i, end := range l.starts[1:] {
		e.num(uint64(end - l.starts[i]))
	}
}

func (l *nameLists) read(d *decoder, most int) {
	l.bytes = d.bytes()
	_, l.starts = readEnds(d, l.bytes, uint64(most), false)
}

// readEnds reads where the lists of the items end, and how many terms each has where counted. All lists together must
// be the bytes, and each whole numbers below most.
func readEnds(d *decoder, all []byte, most uint64, counted bool) (counts []uint16, starts []uint32) {
	n := d.count(1)
	starts = make([]uint32, 1, n+1)
	rest := all
	for range n {
		if counted {
			counts = append(counts, uint16(d.num()))
		}
		size := d.num()
		if size > uint64(len(rest)) {
			d.bad = true
			return nil, []uint32{0}
		}
		for list := rest[:size]; len(list) > 0; {
			x, used := binary.Uvarint(list)
			if used <= 0 || x >= most {
				d.bad = true
				return nil, []uint32{0}
			}
			list = list[used:]
		}
		rest = rest[size:]
		starts = append(starts, uint32(len(all)-len(rest)))
	}
	d.bad = d.bad || len(rest) > 0
	return slices.Clip(counts), starts
}
