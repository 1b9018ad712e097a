package history

import (
	"encoding/binary"
	"strings"
	"unsafe"
)

// A verification remembers what the events left of every row there ever was. That is most of its memory, and made of
// strings it would be looked through again and again by the collector. So it lies in large pieces without pointers.

// state is a row as its events left it.
type state struct {
	after place // canonical JSON
	texts place // see states.keepTexts
	seq   int64 // the event that left it so
	at    int64 // when it happened
	there bool  // false: the row is gone
	seen  bool  // the room's table has it
}

// place is where something lies in the memory of states, and how much room is there.
type place struct {
	piece, at uint32
	n, room   uint32
}

const (
	pieceSize    = 1 << 20
	statesAtOnce = 1024
)

type states struct {
	of     map[string]*state
	pieces [][]byte
	now    uint32 // the piece that is being filled
	left   uint32 // room there
	slab   []state

	names   []string // of texts, each once
	numbers map[string]uint32
	known   []knownText // lent by textsOf
	buf     []byte
}

func newStates() *states {
	return &states{of: map[string]*state{}, numbers: map[string]uint32{}}
}

// at gives the state of an object, a new one if there is none yet.
func (x *states) at(object string) *state {
	if s := x.of[object]; s != nil {
		return s
	}
	if len(x.slab) == 0 {
		x.slab = make([]state, statesAtOnce)
	}
	s := &x.slab[0]
	x.slab = x.slab[1:]
	x.of[x.text(x.put(place{}, object))] = s
	return s
}

// put keeps a text in the place of another, if there is room.
func (x *states) put(p place, s string) place {
	n := uint32(len(s))
	if n > p.room {
		p = x.room(n)
	}
	if p.n = n; n == 0 {
		return p
	}
	copy(x.pieces[p.piece][p.at:], s)
	return p
}

// room finds room for n bytes, and a few more: most rows grow a little. What is large has a piece of its own.
func (x *states) room(n uint32) place {
	size := n + n/16
	if size > pieceSize/4 {
		x.pieces = append(x.pieces, make([]byte, size))
		return place{piece: uint32(len(x.pieces) - 1), room: size}
	}
	if x.left < size {
		x.pieces = append(x.pieces, make([]byte, pieceSize))
		x.now, x.left = uint32(len(x.pieces)-1), pieceSize
	}
	p := place{piece: x.now, at: pieceSize - x.left, room: size}
	x.left -= size
	return p
}

// text is what lies at a place; it holds until something else is put there.
func (x *states) text(p place) string {
	if p.n == 0 {
		return ""
	}
	return unsafe.String(&x.pieces[p.piece][p.at], int(p.n))
}

// keepTexts puts texts that an event gave in the place of those of the same names; both are in the order of names. Of
// each it keeps the number of its name, whether it is erased, its salt and its hash.
func (x *states) keepTexts(s *state, texts []knownText) {
	was, buf := x.textsOf(s), x.buf[:0]
	for len(was) > 0 || len(texts) > 0 {
		switch {
		case len(texts) == 0 || len(was) > 0 && was[0].name < texts[0].name:
			buf, was = x.append(buf, &was[0]), was[1:]
		case len(was) > 0 && was[0].name == texts[0].name:
			was = was[1:]
			fallthrough
		default:
			if texts[0].name != reasonText {
				buf = x.append(buf, &texts[0])
			}
			texts = texts[1:]
		}
	}
	x.buf = buf
	s.texts = x.put(s.texts, unsafe.String(unsafe.SliceData(buf), len(buf)))
}

func (x *states) append(b []byte, t *knownText) []byte {
	number, ok := x.numbers[t.name]
	if !ok {
		number = uint32(len(x.names))
		name := strings.Clone(t.name)
		x.names, x.numbers[name] = append(x.names, name), number
	}
	b = binary.LittleEndian.AppendUint32(b, number)
	if t.erased {
		return binary.LittleEndian.AppendUint32(b, erasedSalt)
	}
	b = binary.LittleEndian.AppendUint32(b, uint32(len(t.salt)))
	return append(append(b, t.salt...), t.hash[:]...)
}

// erasedSalt stands in the place of a salt's length.
const erasedSalt = 1<<32 - 1

// textsOf gives the texts of a row in the order of their names, until the next call.
func (x *states) textsOf(s *state) []knownText {
	x.known = x.known[:0]
	text := x.text(s.texts)
	for b := unsafe.Slice(unsafe.StringData(text), len(text)); len(b) > 0; {
		t := knownText{name: x.names[binary.LittleEndian.Uint32(b)]}
		n := binary.LittleEndian.Uint32(b[4:])
		if b = b[8:]; n == erasedSalt {
			t.erased = true
		} else {
			t.salt, t.hash = b[:n:n], [32]byte(b[n:])
			b = b[n+32:]
		}
		x.known = append(x.known, t)
	}
	return x.known
}
