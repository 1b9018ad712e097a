package proof

import (
	"bytes"
	"encoding/json"
	"errors"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Printed is one value of a JSON object, with the names that lead to it: "evidence/0/article/url". Its value begins
// with a letter for its kind: s and a text's UTF-8, n and a number as it is written, t, f, z (null), [ (an empty
// list), { (an empty object).
type Printed struct {
	Path  string
	Value string
}

// Bounds of what is flattened.
const (
	mostDepth  = 16
	mostValues = 100_000
)

var errFlat = errors.New("it is not a JSON object in the form of an export")

// Flatten gives the values of a JSON object in their order. It takes what Claimbench writes: no space between the
// signs, names of a-z, 0-9 and _, no name twice in an object, UTF-8, and at least one value.
func Flatten(object []byte) ([]Printed, error) {
	out := make([]Printed, 0, 1+len(object)/24)
	var f flattener
	err := f.flatten(object, func(path, value []byte) { out = append(out, Printed{string(path), string(value)}) })
	if err != nil {
		return nil, err
	}
	return out, nil
}

// flattener reads one object after another; its memory is kept.
type flattener struct {
	rest, path, value []byte
	whole, left       int // bytes of the object, and those from where the value that is read begins
	n                 int // values so far
	each              func(path, value []byte)
}

// flatten gives each value of an object to each, which may not keep what it is given.
func (f *flattener) flatten(object []byte, each func(path, value []byte)) error {
	f.rest, f.whole, f.path, f.n, f.each = object, len(object), f.path[:0], 0, each
	if len(object) == 0 || object[0] != '{' || !utf8.Valid(object) || !f.read(0) || len(f.rest) > 0 {
		return errFlat
	}
	return nil
}

// stretch is where the value that each is given stands in the object, in bytes.
func (f *flattener) stretch() (begin, end int) { return f.whole - f.left, f.whole - len(f.rest) }

func (f *flattener) next(c byte) bool {
	if len(f.rest) == 0 || f.rest[0] != c {
		return false
	}
	f.rest = f.rest[1:]
	return true
}

func (f *flattener) add(kind byte, value []byte) bool {
	f.value = append(append(f.value[:0], kind), value...)
	f.each(f.path, f.value)
	f.n++
	return f.n <= mostValues
}

// read reads a value, and says whether it is one.
func (f *flattener) read(depth int) bool {
	if depth > mostDepth || len(f.rest) == 0 {
		return false
	}
	f.left = len(f.rest)
	switch c := f.rest[0]; {
	case c == '{':
		return f.object(depth)
	case c == '[':
		return f.list(depth)
	case c == '"':
		s, ok := f.text()
		return ok && f.add('s', s)
	case c == '-' || c >= '0' && c <= '9':
		return f.number()
	}
	for _, w := range words {
		if after, is := bytes.CutPrefix(f.rest, w.word); is {
			f.rest = after
			return f.add(w.kind, nil)
		}
	}
	return false
}

var words = []struct {
	word []byte
	kind byte
}{{[]byte("true"), 't'}, {[]byte("false"), 'f'}, {[]byte("null"), 'z'}}

func (f *flattener) object(depth int) bool {
	f.rest = f.rest[1:]
	if f.next('}') {
		return f.add('{', nil)
	}
	at := len(f.path)
	var few [32][]byte // which most objects do not fill
	names := few[:0]
	for {
		name, ok := f.name()
		if !ok || !f.next(':') || slicesContain(names, name) {
			return false
		}
		names = append(names, name)
		f.step(at, name)
		if !f.read(depth + 1) {
			return false
		}
		f.path = f.path[:at]
		if !f.next(',') {
			return f.next('}')
		}
	}
}

func slicesContain(names [][]byte, name []byte) bool {
	for _, n := range names {
		if bytes.Equal(n, name) {
			return true
		}
	}
	return false
}

// step adds a name to the path, which is at long.
func (f *flattener) step(at int, name []byte) {
	if at > 0 {
		f.path = append(f.path, '/')
	}
	f.path = append(f.path, name...)
}

func (f *flattener) list(depth int) bool {
	f.rest = f.rest[1:]
	if f.next(']') {
		return f.add('[', nil)
	}
	at := len(f.path)
	var digits [20]byte
	for i := int64(0); ; i++ {
		f.step(at, strconv.AppendInt(digits[:0], i, 10))
		if !f.read(depth + 1) {
			return false
		}
		f.path = f.path[:at]
		if !f.next(',') {
			return f.next(']')
		}
	}
}

// name reads the name of a member.
func (f *flattener) name() ([]byte, bool) {
	if !f.next('"') {
		return nil, false
	}
	n := 0
	for n < len(f.rest) && (f.rest[n] >= 'a' && f.rest[n] <= 'z' || f.rest[n] >= '0' && f.rest[n] <= '9' ||
		f.rest[n] == '_') {
		n++
	}
	name := f.rest[:n]
	f.rest = f.rest[n:]
	return name, n > 0 && f.next('"')
}

func (f *flattener) text() ([]byte, bool) {
	end, escaped := 1, false
	for ; end < len(f.rest) && f.rest[end] != '"'; end++ {
		switch c := f.rest[end]; {
		case c < 0x20:
			return nil, false
		case c == '\\':
			escaped = true
			end++
		}
	}
	if end >= len(f.rest) {
		return nil, false
	}
	whole := f.rest[:end+1]
	f.rest = f.rest[end+1:]
	if !escaped {
		return whole[1:end], true
	}
	var s string
	err := json.Unmarshal(whole, &s)
	return []byte(s), err == nil
}

func (f *flattener) number() bool {
	n := 0
	for n < len(f.rest) && strings.IndexByte("+-.0123456789eE", f.rest[n]) >= 0 {
		n++
	}
	digits := f.rest[:n]
	f.rest = f.rest[n:]
	return json.Valid(digits) && f.add('n', digits)
}
