package worth

import (
	"encoding/base64"
	"encoding/binary"

	"claimbench/internal/fault"
)

// Order is the order of a list while it is being read: the model by which it began, the day whose lot it draws by, and
// how many decisions there were. It travels in addresses, so that a page goes on where the page before ended, whatever
// people decided meanwhile.
type Order struct {
	Model   Model
	Day     int // days since 1970
	Decided int
}

// Place is how far a list has been read: the last candidate by worth, the last drawn by lot, and how many rows. Its
// zero value is the beginning.
type Place struct {
	Rows    int
	Profile Profile // of the last by worth, with Key; 0 and 0: none yet
	Key     int64
	Drawn   int64 // how far round the lots, from those of the day on; 0: none yet
}

const orderVersion = 1

// String writes an order for an address.
func (o Order) String() string {
	out := binary.AppendUvarint([]byte{orderVersion}, uint64(o.Day))
	out = binary.AppendUvarint(out, uint64(o.Decided))
	for _, w := range o.Model {
		out = binary.AppendVarint(out, int64(w))
	}
	return base64.RawURLEncoding.EncodeToString(out)
}

// ParseOrder reads what String wrote.
func ParseOrder(s string) (o Order, err error) {
	n, ok := numbers(s, 2, Features)
	if !ok {
		return o, badPage()
	}
	o.Day, o.Decided = int(n[0]), int(n[1])
	for i, w := range n[2:] {
		if w < -mostWeight || w > mostWeight {
			return Order{}, badPage()
		}
		o.Model[i] = int16(w)
	}
	if o.Day < 0 || o.Day > 1<<20 || o.Decided < 0 || o.String() != s {
		return Order{}, badPage()
	}
	return o, nil
}

// String writes a place for an address.
func (p Place) String() string {
	out := []byte{orderVersion}
	for _, n := range []int64{int64(p.Rows), int64(p.Profile), p.Key, p.Drawn} {
		out = binary.AppendUvarint(out, uint64(n))
	}
	return base64.RawURLEncoding.EncodeToString(out)
}

// ParsePlace reads what String wrote.
func ParsePlace(s string) (p Place, err error) {
	n, ok := numbers(s, 4, 0)
	if !ok {
		return p, badPage()
	}
	p = Place{Rows: int(n[0]), Profile: Profile(n[1]), Key: n[2], Drawn: n[3]}
	if p.Rows < 0 || p.Key < 0 || p.Drawn < 0 || !p.Profile.Valid() || p.String() != s {
		return Place{}, badPage()
	}
	return p, nil
}

// numbers reads so many counts, then so many numbers with a sign, and nothing else.
func numbers(s string, counts, signed int) ([]int64, bool) {
	raw, err := base64.RawURLEncoding.DecodeString(s)
	if err != nil || len(raw) == 0 || raw[0] != orderVersion {
		return nil, false
	}
	raw = raw[1:]
	var out []int64
	for i := range counts + signed {
		var v int64
		var n int
		if i < counts {
			var u uint64
			u, n = binary.Uvarint(raw)
			v = int64(u)
		} else {
			v, n = binary.Varint(raw)
		}
		if n <= 0 {
			return nil, false
		}
		out, raw = append(out, v), raw[n:]
	}
	return out, len(raw) == 0
}

func badPage() error {
	return fault.New(fault.Invalid, "This address of a page of candidates is not whole. Open the list from its start.")
}
