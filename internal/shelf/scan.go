package shelf

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"
)

// Bounds of what is read. Whatever is larger is named as bad, and passed over.
const (
	mostEntry = 512 << 10 // bytes of one fact-check as it came
	mostHead  = 64 << 10  // of what a file says of itself
	deepest   = 64        // how deep JSON may be nested
	readAhead = 64 << 10
)

// scanner cuts the objects out of JSON that may be of any size, one at a time: those of a list, of "@graph", of a
// DataFeed, of a set, or one after the other. It goes on behind what is broken.
type scanner struct {
	in     *bufio.Reader
	line   int
	fresh  bool   // nothing but space stands before on this line
	frames []byte // the lists and objects that the next object stands in
	first  bool   // of a frame that was just entered
	rec    []byte // what was read since the object began
	on     bool   // whether it is kept
	over   bool   // it was too large to be kept
	heads  map[string][]byte
	read   int64 // bytes
}

func newScanner(r io.Reader) *scanner {
	return &scanner{in: bufio.NewReaderSize(r, readAhead), line: 1, fresh: true, heads: map[string][]byte{}}
}

// object is what stands in a file: its bytes as they came, and the line where it begins.
type object struct {
	raw  []byte
	line int
}

// broken says what is wrong with the bytes of a file.
type broken struct{ why string }

func (b broken) Error() string { return b.why }

func breakf(format string, a ...any) error { return broken{fmt.Sprintf(format, a...)} }

var errCut = broken{"The file ends in the middle of it."}

// inside are the names whose values are looked into, not taken: what stands there are fact-checks.
var inside = map[string]bool{"@graph": true, "dataFeedElement": true, "itemListElement": true, "item": true,
	"claims": true, "entries": true}

// headed are the names whose values say what the file is.
var headed = map[string]bool{"claim_set": true, "shelf": true}

func (s *scanner) peek() (byte, error) {
	b, err := s.in.Peek(1)
	if len(b) == 0 {
		if err == nil || errors.Is(err, io.EOF) {
			err = errCut
		}
		return 0, err
	}
	return b[0], nil
}

// take goes one byte on; it was peeked at.
func (s *scanner) take() {
	b, _ := s.in.ReadByte()
	s.read++
	switch b {
	case '\n':
		s.line, s.fresh = s.line+1, true
	case ' ', '\t', '\r':
	default:
		s.fresh = false
	}
	if s.on {
		if len(s.rec) < mostEntry {
			s.rec = append(s.rec, b)
		} else {
			s.over = true
		}
	}
}

func (s *scanner) space() (byte, error) {
	for {
		b, err := s.peek()
		if err != nil || b != ' ' && b != '\t' && b != '\r' && b != '\n' {
			return b, err
		}
		s.take()
	}
}

// next gives the next object. io.EOF: there is none; a broken: what was wrong with one, and the scanner stands behind
// it; any other error is the reader's.
func (s *scanner) next() (o object, err error) {
	for {
		if n := len(s.frames); n > 0 && s.frames[n-1] == single && !s.first {
			s.frames = s.frames[:n-1]
			continue
		}
		b, err := s.space()
		if err != nil {
			if len(s.frames) == 0 && errors.Is(err, errCut) {
				return o, io.EOF
			}
			if errors.Is(err, errCut) {
				s.frames = nil
			}
			return object{line: s.line}, err
		}
		switch {
		case b == ',' && len(s.frames) > 0 && !s.first:
			s.take()
			s.first = true
		case len(s.frames) > 0 && b == s.closes():
			s.take()
			s.frames = s.frames[:len(s.frames)-1]
			s.first = false
		case len(s.frames) > 0 && s.frames[len(s.frames)-1] == '{':
			line := s.line
			if _, err := s.member(); err != nil {
				return object{line: line}, s.resync(err)
			}
		case b == '[':
			if err := s.enter(b); err != nil {
				return object{line: s.line}, s.resync(err)
			}
		case b == '{':
			line := s.line
			whole, err := s.collect()
			switch {
			case err != nil:
				return object{line: line}, s.resync(err)
			case whole && s.over:
				return object{line: line}, breakf("It is larger than %d kB.", mostEntry>>10)
			case whole:
				return object{s.rec, line}, nil
			}
		default:
			line := s.line
			if err := s.value(0); err != nil {
				return object{line: line}, s.resync(err)
			}
			s.first = false
			return object{line: line}, breakf("There is no object here, but something else.")
		}
	}
}

// closes is the sign that ends the innermost frame.
func (s *scanner) closes() byte { return s.frames[len(s.frames)-1] + 2 } // ] and } stand two behind [ and {

func (s *scanner) enter(b byte) error {
	if len(s.frames) >= deepest {
		return breakf("It is nested deeper than %d.", deepest)
	}
	s.take()
	s.frames = append(s.frames, b)
	s.first = true
	return nil
}

// collect reads an object from its first sign. It is whole, or one of its members is looked into: then the scanner
// stands before that.
func (s *scanner) collect() (whole bool, err error) {
	s.rec, s.on, s.over = s.rec[:0], true, false
	defer func() { s.on = false }()
	if err := s.enter('{'); err != nil {
		return false, err
	}
	for {
		b, err := s.space()
		switch {
		case err != nil:
			return false, err
		case b == '}':
			s.take()
			s.frames, s.first = s.frames[:len(s.frames)-1], false
			return true, nil
		case b == ',' && !s.first:
			s.take()
			s.first = true
		default:
			looked, err := s.member()
			if err != nil || looked {
				return false, err
			}
		}
	}
}

// member reads a name and its value; looked says that the value is looked into, and the scanner stands before it.
func (s *scanner) member() (looked bool, err error) {
	b, err := s.space()
	if err == nil && !s.first {
		err = breakf("A comma is missing.")
	}
	if err == nil && b != '"' {
		err = breakf("A name in quotation marks is missing.")
	}
	if err != nil {
		return false, err
	}
	name, err := s.text(true)
	if err != nil {
		return false, err
	}
	if b, err = s.space(); err == nil && b != ':' {
		err = breakf("A colon is missing behind “%s”.", name)
	}
	if err != nil {
		return false, err
	}
	s.take()
	if b, err = s.space(); err != nil {
		return false, err
	}
	s.first = false
	if inside[name] && (b == '[' || b == '{') {
		s.on = false
		if b == '[' {
			return true, s.enter(b)
		}
		s.frames, s.first = append(s.frames, single), true
		return true, nil
	}
	if headed[name] && len(s.frames) == 1 {
		return false, s.head(name)
	}
	return false, s.value(0)
}

// single is the frame of an object that stands where a list might: it ends behind the object.
const single = '.'

// head keeps what a file says of itself.
func (s *scanner) head(name string) error {
	was, on, over := s.rec, s.on, s.over
	s.rec, s.on, s.over = nil, true, false
	err := s.value(0)
	if len(s.rec) <= mostHead && !s.over {
		s.heads[name] = s.rec
	}
	s.rec, s.on, s.over = was, on, over
	return err
}

// value passes over a value of any kind.
func (s *scanner) value(depth int) error {
	b, err := s.space()
	if err != nil {
		return err
	}
	switch {
	case depth+len(s.frames) > deepest:
		return breakf("It is nested deeper than %d.", deepest)
	case b == '"':
		_, err := s.text(false)
		return err
	case b == '{' || b == '[':
		return s.nested(b, depth)
	case b == '-' || b >= '0' && b <= '9' || b >= 'a' && b <= 'z':
		for b == '-' || b == '+' || b == '.' || b >= '0' && b <= '9' || b|32 >= 'a' && b|32 <= 'z' {
			s.take()
			if b, err = s.peek(); err != nil {
				return err
			}
		}
		return nil
	}
	return breakf("A value is missing.")
}

// nested passes over a list or an object.
func (s *scanner) nested(open byte, depth int) error {
	s.take()
	for first := true; ; first = false {
		b, err := s.space()
		if err != nil {
			return err
		}
		if b == open+2 {
			s.take()
			return nil
		}
		if !first {
			if b != ',' {
				return breakf("A comma is missing, or a bracket that closes.")
			}
			s.take()
			if b, err = s.space(); err != nil {
				return err
			}
		}
		if open == '{' {
			if b != '"' {
				return breakf("A name in quotation marks is missing.")
			}
			if _, err := s.text(false); err != nil {
				return err
			}
			if b, err = s.space(); err != nil {
				return err
			}
			if b != ':' {
				return breakf("A colon is missing.")
			}
			s.take()
		}
		if err := s.value(depth + 1); err != nil {
			return err
		}
	}
}

// text passes over a string, and gives it as it is written when it is short and asked for.
func (s *scanner) text(wanted bool) (string, error) {
	s.take()
	var said []byte
	for {
		b, err := s.peek()
		switch {
		case err != nil:
			return "", err
		case b == '\n':
			return "", breakf("A quotation mark that closes is missing.")
		case b == '"':
			s.take()
			return string(said), nil
		case b == '\\':
			s.take()
			if b, err = s.peek(); err != nil {
				return "", err
			}
		}
		if wanted && len(said) < 4*utf8.UTFMax*deepest {
			said = append(said, b)
		}
		s.take()
	}
}

// resync goes on behind something broken: at the next line that begins with an object, in the innermost list. It gives
// back what was wrong.
func (s *scanner) resync(why error) error {
	var b broken
	if !errors.As(why, &b) {
		return why
	}
	s.on = false
	for len(s.frames) > 0 && (s.frames[len(s.frames)-1] != '[' || len(s.frames) >= deepest) {
		s.frames = s.frames[:len(s.frames)-1]
	}
	s.first = true
	for {
		b, err := s.space()
		if err != nil {
			if errors.Is(err, errCut) {
				s.frames = nil
				return why
			}
			return err
		}
		if s.fresh && (b == '{' || len(s.frames) > 0 && b == s.closes()) {
			return why
		}
		s.take()
	}
}
