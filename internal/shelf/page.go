package shelf

import (
	"bufio"
	"bytes"
	"errors"
	"io"
)

// scripts reads a page of HTML as it was saved, and gives what stands in its script elements of JSON-LD; of all else
// the ends of lines, so that lines count as in the page.
type scripts struct {
	in     *bufio.Reader
	inside bool
	out    []byte
	err    error
}

var (
	scriptOpens  = []byte("<script")
	scriptCloses = []byte("</script")
	jsonLD       = []byte("ld+json")
)

// longestTag bounds the begin tag of a script.
const longestTag = 4 << 10

func newScripts(r io.Reader) *scripts { return &scripts{in: bufio.NewReaderSize(r, readAhead)} }

func (s *scripts) Read(p []byte) (int, error) {
	for len(s.out) == 0 {
		if s.err != nil {
			return 0, s.err
		}
		s.out, s.err = s.next(s.out[:0])
	}
	n := copy(p, s.out)
	s.out = s.out[n:]
	return n, nil
}

// next reads up to the next sign that may begin a tag, and that tag.
func (s *scripts) next(out []byte) ([]byte, error) {
	part, err := s.in.ReadSlice('<')
	if errors.Is(err, bufio.ErrBufferFull) {
		err = nil
	}
	if err == nil && part[len(part)-1] == '<' {
		if err := s.in.UnreadByte(); err != nil {
			return out, err
		}
		part = part[:len(part)-1]
	}
	if s.inside {
		out = append(out, part...)
	} else {
		out = append(out, bytes.Repeat([]byte{'\n'}, bytes.Count(part, []byte{'\n'}))...)
	}
	if err != nil {
		return out, err
	}
	if next, err := s.in.Peek(1); err != nil || next[0] != '<' {
		return out, nil
	}
	want := scriptOpens
	if s.inside {
		want = scriptCloses
	}
	begin, err := s.in.Peek(len(want))
	if err != nil && !errors.Is(err, io.EOF) {
		return out, err
	}
	if !bytes.EqualFold(begin, want) {
		b, err := s.in.ReadByte()
		if s.inside {
			out = append(out, b)
		}
		return out, err
	}
	return s.tag(out)
}

// tag reads a tag of a script to its end.
func (s *scripts) tag(out []byte) ([]byte, error) {
	var tag []byte
	for len(tag) < longestTag {
		b, err := s.in.ReadByte()
		if err != nil {
			return out, err
		}
		if b == '\n' {
			out = append(out, b)
		}
		if tag = append(tag, b); b == '>' {
			break
		}
	}
	was := s.inside
	s.inside = !was && bytes.Contains(bytes.ToLower(tag), jsonLD)
	if was {
		out = append(out, ' ')
	}
	return out, nil
}
