package match

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"slices"
)

// An index that keeps no texts can be written to a file and read again, which takes a hundredth of the time that
// making it anew takes. The file is no source of anything: whoever reads it names the rules under which it must have
// been made, and makes the index anew when they differ or a byte is wrong.
//
// The form: the magic word, the rules, what the caller wants kept beside the index, the parts of the index in the order
// of Index.write, and a CRC-32C of all of it.

const fileMagic = "CBPASSAGES2\n"

// errFile is why a file is not used.
var errFile = errors.New("this is no index of passages that was made by these rules")

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// Save writes an index over the built-in lexicon that keeps no texts. rules names what it was made by, beside is kept
// with it.
func (ix *Index) Save(w io.Writer, rules string, beside []byte) error {
	if !ix.items.bare || ix.lex != Builtin() || ix.keys != AllKeys {
		return errors.New("only an index without texts over the built-in lexicon is kept in a file")
	}
	ix.mu.RLock()
	defer ix.mu.RUnlock()
	sum := crc32.New(castagnoli)
	out := bufio.NewWriterSize(w, 1<<16)
	e := &encoder{w: io.MultiWriter(out, sum)}
	e.raw([]byte(fileMagic))
	e.str(rules)
	e.bytes(beside)
	ix.write(e)
	e.flush()
	if e.err != nil {
		return e.err
	}
	if _, err := out.Write(binary.LittleEndian.AppendUint32(nil, sum.Sum32())); err != nil {
		return err
	}
	return out.Flush()
}

// Load gives the index of a file that Save wrote under the same rules, with what was kept beside it. It keeps data,
// which must not be changed any more.
func Load(data []byte, rules string, options ...Option) (ix *Index, beside []byte, err error) {
	n := len(data) - 4
	if n < len(fileMagic) || string(data[:len(fileMagic)]) != fileMagic ||
		crc32.Checksum(data[:n], castagnoli) != binary.LittleEndian.Uint32(data[n:]) {
		return nil, nil, errFile
	}
	d := &decoder{data: data[len(fileMagic):n]}
	if d.str() != rules {
		return nil, nil, errFile
	}
	beside = d.bytes()
	ix = NewIndex(Builtin(), append(options, BareTexts())...)
	ix.read(d)
	if d.bad || len(d.data) > 0 || !ix.whole() {
		return nil, nil, errFile
	}
	ix.logItems = logItems(ix.items.len())
	return ix, beside, nil
}

// write and read have the same order.
func (ix *Index) write(e *encoder) {
	names := make([]string, len(ix.postings)-len(ix.lex.concepts))
	for name, id := range ix.terms {
		names[int(id)-len(ix.lex.concepts)] = name
	}
	e.strs(names)
	for i := range ix.postings {
		e.packed(&ix.postings[i])
	}
	for _, n := range ix.typeAt {
		e.num(uint64(n))
	}
	stems, readings := make([]string, len(ix.types)), make([]string, len(ix.types))
	for i, t := range ix.types {
		stems[i], readings[i] = t.stem, t.readings
		flags := uint64(t.script) << 2
		if t.known {
			flags |= 1
		}
		if t.proper {
			flags |= 2
		}
		e.num(flags)
	}
	e.strs(stems)
	e.strs(readings)
	sounds := make([]string, 0, len(ix.bySound))
	for key := range ix.bySound {
		sounds = append(sounds, key)
	}
	slices.Sort(sounds)
	e.strs(sounds)
	for _, key := range sounds {
		e.num(uint64(len(ix.bySound[key])))
		last := termID(0)
		for _, id := range ix.bySound[key] {
			e.num(uint64(id - last))
			last = id
		}
	}
	ix.items.write(e)
	e.strs(ix.docs.names)
	for i, doc := range ix.docs.of {
		e.num(uint64(doc + 1))
		e.num(uint64(ix.hands[i]))
	}
	ix.forward.write(e)
	ix.named.write(e)
	ix.grams.write(e)
}

func (ix *Index) read(d *decoder) {
	base := len(ix.lex.concepts)
	names := d.strs()
	ix.terms = make(map[string]termID, len(names))
	for i, name := range names {
		if name == "" {
			d.bad = true
			return
		}
		ix.terms[name] = termID(base + i)
		ix.trust = append(ix.trust, trustOf(name))
	}
	ix.postings = make([]packed, base+len(names))
	for i := range ix.postings {
		d.packed(&ix.postings[i])
	}
	ix.typeAt = make([]int32, base+len(names))
	types := int32(0)
	for i := range ix.typeAt {
		ix.typeAt[i] = int32(d.num())
		types = max(types, ix.typeAt[i])
	}
	if int(types) > len(names) || d.bad {
		d.bad = true
		return
	}
	ix.types = make([]wordType, types)
	for i := range ix.types {
		flags := d.num()
		ix.types[i].script, ix.types[i].known, ix.types[i].proper = script(flags>>2), flags&1 != 0, flags&2 != 0
	}
	stems, readings := d.strs(), d.strs()
	if len(stems) != len(ix.types) || len(readings) != len(ix.types) {
		d.bad = true
		return
	}
	for i := range ix.types {
		ix.types[i].stem, ix.types[i].readings = stems[i], readings[i]
	}
	sounds := d.strs()
	ix.bySound = make(map[string][]termID, len(sounds))
	for _, key := range sounds {
		list := make([]termID, d.count(1))
		last := termID(0)
		for i := range list {
			last += termID(d.num())
			list[i] = last
		}
		ix.bySound[key] = list
	}
	ix.items.read(d)
	for _, name := range d.strs() {
		ix.docs.numbers[name] = int32(len(ix.docs.names))
		ix.docs.names, ix.docs.items = append(ix.docs.names, name), append(ix.docs.items, nil)
	}
	for i := range ix.items.len() {
		doc := int32(d.num()) - 1
		ix.hands = append(ix.hands, hand(d.num()))
		if ix.docs.of = append(ix.docs.of, doc); doc >= 0 && int(doc) < len(ix.docs.items) {
			ix.docs.items[doc] = append(ix.docs.items[doc], uint32(i))
		}
	}
	ix.forward.read(d, len(ix.postings))
	ix.named.read(d, len(ix.postings))
	ix.grams.read(d)
}

// whole says whether the parts of an index that was read fit each other, so that no query runs out of one.
func (ix *Index) whole() bool {
	n, terms := ix.items.len(), len(ix.postings)
	for _, doc := range ix.docs.of {
		if int(doc) >= len(ix.docs.names) {
			return false
		}
	}
	for _, list := range ix.bySound {
		for _, id := range list {
			if int(id) >= terms || ix.typeAt[id] == 0 {
				return false
			}
		}
	}
	return len(ix.docs.of) == n && len(ix.hands) == n && len(ix.forward.counts) == n && len(ix.named.starts) == n+1 &&
		len(ix.grams.lengths) == n
}

func (t *itemTable) write(e *encoder) {
	e.strs(t.named)
	e.strs(t.langTab)
	e.num(uint64(len(t.ids)))
	last := int64(0)
	for i, id := range t.ids {
		e.signed(id - last)
		e.num(uint64(t.langs[i]))
		last = id
	}
}

func (t *itemTable) read(d *decoder) {
	t.named, t.langTab = d.strs(), d.strs()
	for k, name := range t.named {
		t.byName[name] = int32(k)
	}
	n := d.count(2)
	t.ids, t.langs = make([]int64, n), make([]uint16, n)
	last := int64(0)
	for i := range t.ids {
		step := d.signed()
		t.sorted = t.sorted && (i == 0 || step > 0)
		last += step
		t.ids[i], t.langs[i] = last, uint16(d.num())
		d.bad = d.bad || int(t.langs[i]) >= len(t.langTab) || last < -int64(len(t.named))
	}
	if !t.sorted {
		t.at = make(map[int64]uint32, n)
		for i, id := range t.ids {
			t.at[id] = uint32(i)
		}
	}
}

func (g *gramIndex) write(e *encoder) {
	e.num(uint64(len(g.grams)))
	for i, x := range g.grams {
		e.num(uint64(x))
		e.packed(&g.postings[i])
	}
	e.num(uint64(len(g.lengths)))
	for _, n := range g.lengths {
		e.num(uint64(n))
	}
	e.num(uint64(g.total))
}

func (g *gramIndex) read(d *decoder) {
	n := d.count(3)
	size := len(g.slots)
	for 3*size < 4*n {
		size *= 2
	}
	g.grams, g.slots, g.postings = make([]gram, 0, n), make([]uint32, size), make([]packed, n)
	for i := range g.postings {
		x := gram(d.num())
		d.packed(&g.postings[i])
		at := g.slot(x)
		d.bad = d.bad || g.slots[at] != 0 // twice
		g.grams = append(g.grams, x)
		g.slots[at] = uint32(len(g.grams))
	}
	g.lengths = make([]uint16, d.count(1))
	for i := range g.lengths {
		g.lengths[i] = uint16(d.num())
	}
	g.total = int(d.num())
}

// encoder writes numbers and bytes, and remembers the first error.
type encoder struct {
	w   io.Writer
	buf []byte
	err error
}

func (e *encoder) flush() {
	if e.err == nil {
		_, e.err = e.w.Write(e.buf)
	}
	e.buf = e.buf[:0]
}

func (e *encoder) raw(b []byte) {
	if e.buf = append(e.buf, b...); len(e.buf) > 1<<16 {
		e.flush()
	}
}

func (e *encoder) num(n uint64) {
	if e.buf = binary.AppendUvarint(e.buf, n); len(e.buf) > 1<<16 {
		e.flush()
	}
}

func (e *encoder) signed(n int64) { e.buf = binary.AppendVarint(e.buf, n) }
func (e *encoder) str(s string)   { e.bytes([]byte(s)) }

func (e *encoder) bytes(b []byte) {
	e.num(uint64(len(b)))
	e.raw(b)
}

// strs writes the lengths of strings and then all of them, so that they are read as parts of one.
func (e *encoder) strs(all []string) {
	e.num(uint64(len(all)))
	size := 0
	for _, s := range all {
		e.num(uint64(len(s)))
		size += len(s)
	}
	e.num(uint64(size))
	for _, s := range all {
		e.raw([]byte(s))
	}
}

func (e *encoder) packed(p *packed) {
	e.num(uint64(p.n))
	e.num(uint64(p.next))
	e.bytes(p.bytes)
}

// decoder reads what encoder wrote. What runs out or is too long sets bad, and reads as nothing.
type decoder struct {
	data []byte
	bad  bool
}

func (d *decoder) num() uint64 { return numberBy(d, binary.Uvarint) }

func (d *decoder) signed() int64 { return numberBy(d, binary.Varint) }

func numberBy[T uint64 | int64](d *decoder, read func([]byte) (T, int)) T {
	n, size := read(d.data)
	if size <= 0 {
		d.bad, d.data = true, nil
		return 0
	}
	d.data = d.data[size:]
	return n
}

// count reads how many things follow that take at least so many bytes each.
func (d *decoder) count(least int) int {
	n := d.num()
	if n > uint64(len(d.data)/least) {
		d.bad, d.data = true, nil
		return 0
	}
	return int(n)
}

// bytes gives bytes that cannot grow into what follows them.
func (d *decoder) bytes() []byte {
	n := d.count(1)
	b := d.data[:n:n]
	d.data = d.data[n:]
	return b
}

func (d *decoder) str() string { return string(d.bytes()) }

func (d *decoder) strs() []string {
	lengths := make([]int, d.count(1))
	for i := range lengths {
		lengths[i] = int(d.num())
	}
	all := d.str()
	out := make([]string, len(lengths))
	for i, n := range lengths {
		if n < 0 || n > len(all) {
			d.bad = true
			return nil
		}
		out[i], all = all[:n], all[n:]
	}
	return out
}

func (d *decoder) packed(p *packed) {
	p.n, p.next, p.bytes = uint32(d.num()), uint32(d.num()), d.bytes()
	if len(p.bytes) == 0 {
		p.bytes = nil
	}
}

// Rules names what decides how an index is made: the version of the rules and the lexicon.
func Rules() string {
	return fmt.Sprintf("%s %s %d", Maker, Version, len(Builtin().concepts))
}
