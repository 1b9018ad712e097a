package text

import (
	"fmt"
	"math/bits"
	"sort"
	"strings"
	"unicode/utf8"
)

// blockShift sets the spacing of Doc's index: one entry for every 64 bytes.
const blockShift = 6

// Doc is a text with fast conversion between bytes and code points. It never alters the text it was given.
// It is safe for use by several goroutines at once.
type Doc struct {
	raw    string
	length int      // code points
	starts []uint32 // code points that start before byte i<<blockShift; nil when every byte is a code point
}

// NewDoc takes a text as it is. It refuses invalid UTF-8, naming the byte offset, and NUL, naming the code point;
// a byte order mark is kept and counts.
func NewDoc(raw string) (*Doc, error) {
	if !utf8.ValidString(raw) {
		at := invalidAt(raw)
		return nil, fmt.Errorf("the text is not valid UTF-8: byte %d is 0x%02x; save it as UTF-8 and try again", at,
			raw[at])
	}
	if at := strings.IndexByte(raw, 0); at >= 0 {
		return nil, fmt.Errorf("the text has a NUL character at code point %d; remove it and try again",
			utf8.RuneCountInString(raw[:at]))
	}
	if uint64(len(raw)) > 1<<32-1 {
		return nil, fmt.Errorf("the text has %d bytes; the limit is 4 GiB", len(raw))
	}
	d := &Doc{raw: raw}
	d.index()
	return d, nil
}

func invalidAt(s string) int {
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		if r == utf8.RuneError && n <= 1 {
			return i
		}
		i += n
	}
	return 0
}

// index counts code points block by block: a byte starts one unless its top bits are 10.
func (d *Doc) index() {
	blocks := len(d.raw)>>blockShift + 1
	starts := make([]uint32, blocks)
	total := 0
	for b := range blocks {
		starts[b] = uint32(total)
		total += countStarts(d.raw[b<<blockShift : min(len(d.raw), (b+1)<<blockShift)])
	}
	d.length = total
	if total != len(d.raw) {
		d.starts = starts
	}
}

// high has the top bit of each of eight bytes: set in w, one of them is not ASCII.
const high = 0x8080808080808080

// eightBytes loads s[i:i+8]; the compiler makes one load of it.
func eightBytes(s string, i int) uint64 {
	_ = s[i+7]
	return uint64(s[i]) | uint64(s[i+1])<<8 | uint64(s[i+2])<<16 | uint64(s[i+3])<<24 |
		uint64(s[i+4])<<32 | uint64(s[i+5])<<40 | uint64(s[i+6])<<48 | uint64(s[i+7])<<56
}

// countStarts counts the bytes of s that start a code point, eight at a time.
func countStarts(s string) int {
	n, i := 0, 0
	for ; i+8 <= len(s); i += 8 {
		w := eightBytes(s, i)
		cont := w & ^(w << 1) & high // bit 7 set and bit 6 clear
		n += 8 - bits.OnesCount64(cont)
	}
	for ; i < len(s); i++ {
		if s[i]&0xC0 != 0x80 {
			n++
		}
	}
	return n
}

// Raw is the text as it was given.
func (d *Doc) Raw() string { return d.raw }

// Len is the length in code points.
func (d *Doc) Len() int { return d.length }

// Valid reports whether s is a span of this document: 0 <= Start < End <= Len.
func (d *Doc) Valid(s Span) bool { return 0 <= s.Start && s.Start < s.End && s.End <= d.length }

// Slice is the text of s, "" when s is not a span of this document.
func (d *Doc) Slice(s Span) string {
	if !d.Valid(s) {
		return ""
	}
	start, end := d.ByteSpan(s)
	return d.raw[start:end]
}

// ByteSpan converts s to byte offsets. Offsets outside the document are brought to its ends.
func (d *Doc) ByteSpan(s Span) (start, end int) {
	start = d.byteOf(s.Start, 0)
	return start, d.byteOf(s.End, start)
}

// byteOf is the byte offset of a code point; from is a byte offset known to lie at or before it.
func (d *Doc) byteOf(cp, from int) int {
	switch {
	case cp <= 0:
		return 0
	case cp >= d.length:
		return len(d.raw)
	case d.starts == nil:
		return cp
	}
	lo := from >> blockShift
	// The last block whose first code point is not past cp.
	b := lo + sort.Search(len(d.starts)-lo, func(i int) bool { return int(d.starts[lo+i]) > cp }) - 1
	b = max(b, 0)
	i, left := b<<blockShift, cp-int(d.starts[b])
	for ; i < len(d.raw); i++ {
		if d.raw[i]&0xC0 == 0x80 {
			continue
		}
		if left == 0 {
			return i
		}
		left--
	}
	return len(d.raw)
}

// CodePoint converts a byte offset to the code point that starts there; an offset inside a code point gives the
// next one, and offsets outside the document are brought to its ends.
func (d *Doc) CodePoint(byteOffset int) int {
	switch {
	case byteOffset <= 0:
		return 0
	case byteOffset >= len(d.raw):
		return d.length
	case d.starts == nil:
		return byteOffset
	}
	b := byteOffset >> blockShift
	return int(d.starts[b]) + countStarts(d.raw[b<<blockShift:byteOffset])
}
