package history

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"
)

// encode writes a map as canonical JSON (RFC 8785: keys sorted, no space, the shortest escapes). Keys are ASCII, so
// sorting by bytes and by UTF-16 units is the same.
func encode(m map[string]string) string {
	return string(appendPairs(nil, m, slices.Sorted(maps.Keys(m))))
}

// encoder is encode for many maps, most of which have the keys of the one before.
type encoder struct {
	keys []string
	buf  []byte
}

// encode writes a map; what it gives holds until the next call.
func (e *encoder) encode(m map[string]string) []byte {
	known := len(m) == len(e.keys)
	for i := 0; known && i < len(e.keys); i++ {
		_, known = m[e.keys[i]]
	}
	if !known {
		e.keys = slices.AppendSeq(e.keys[:0], maps.Keys(m))
		slices.Sort(e.keys)
	}
	e.buf = appendPairs(e.buf[:0], m, e.keys)
	return e.buf
}

// appendPairs writes a map with its sorted keys behind b.
func appendPairs(b []byte, m map[string]string, keys []string) []byte {
	b = append(b, '{')
	for i, k := range keys {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(appendQuoted(b, k), ':')
		b = appendQuoted(b, m[k])
	}
	return append(b, '}')
}

func appendQuoted(b []byte, s string) []byte {
	const short = "\b\t\n\f\r"
	b = append(b, '"')
	start := 0
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c >= 0x20 && c != '"' && c != '\\' {
			continue
		}
		b = append(b, s[start:i]...)
		start = i + 1
		switch at := strings.IndexByte(short, c); {
		case c == '"' || c == '\\':
			b = append(b, '\\', c)
		case at >= 0:
			b = append(b, '\\', "btnfr"[at])
		default:
			b = fmt.Appendf(b, `\u%04x`, c)
		}
	}
	return append(append(b, s[start:]...), '"')
}

// encodeRow is encode, with nil for a row that is not there.
func encodeRow(f Fields) *string {
	if f == nil {
		return nil
	}
	s := encode(f)
	return &s
}

// decode reads what encode wrote, and refuses anything else, so that one state has one form.
func decode(s string) (map[string]string, error) {
	m := map[string]string{}
	return m, eachPair(s, func(k, v string) { m[k] = v })
}

// errForm says why a text is not what encode writes.
var errForm = errors.New("not a JSON object of strings in canonical form")

// eachPair reads what encode wrote pair by pair, in the order of the keys, and refuses anything else. Strings without
// escapes share the memory of s.
func eachPair(s string, do func(k, v string)) error {
	if len(s) < 2 || s[0] != '{' || !utf8.ValidString(s) {
		return errForm
	}
	if s == "{}" {
		return nil
	}
	before, rest := "", s[1:]
	for first := true; ; first = false {
		k, after, ok := unquote(rest)
		if !ok || !first && k <= before || after == "" || after[0] != ':' {
			return errForm
		}
		v, after, ok := unquote(after[1:])
		if !ok || after == "" {
			return errForm
		}
		do(k, v)
		switch before, rest = k, after[1:]; {
		case after == "}":
			return nil
		case after[0] != ',':
			return errForm
		}
	}
}

// unquote reads a string as quote writes it, and gives what stands after it.
func unquote(s string) (text, after string, ok bool) {
	if s == "" || s[0] != '"' {
		return "", "", false
	}
	for i := 1; i < len(s); i++ {
		switch c := s[i]; {
		case c == '"':
			return s[1:i], s[i+1:], true
		case c == '\\':
			return unescape(s)
		case c < 0x20:
			return "", "", false
		}
	}
	return "", "", false
}

// unescape is unquote of a string with escapes: these are written in one way only.
func unescape(s string) (text, after string, ok bool) {
	end := 1
	for end < len(s) && s[end] != '"' {
		if s[end] == '\\' {
			end++
		}
		end++
	}
	if end >= len(s) {
		return "", "", false
	}
	if json.Unmarshal([]byte(s[:end+1]), &text) != nil {
		return "", "", false
	}
	return text, s[end+1:], string(appendQuoted(nil, text)) == s[:end+1]
}

func decodeRow(s *string) (Fields, error) {
	if s == nil {
		return nil, nil
	}
	return decode(*s)
}
