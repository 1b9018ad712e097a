package history

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// encode writes a map as canonical JSON (RFC 8785: keys sorted, no space, the shortest escapes). Keys are ASCII, so
// sorting by bytes and by UTF-16 units is the same.
func encode(m map[string]string) string {
	var b strings.Builder
	b.WriteByte('{')
	for i, k := range slices.Sorted(maps.Keys(m)) {
		if i > 0 {
			b.WriteByte(',')
		}
		quote(&b, k)
		b.WriteByte(':')
		quote(&b, m[k])
	}
	b.WriteByte('}')
	return b.String()
}

func quote(b *strings.Builder, s string) {
	const short = "\b\t\n\f\r"
	b.WriteByte('"')
	start := 0
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c >= 0x20 && c != '"' && c != '\\' {
			continue
		}
		b.WriteString(s[start:i])
		start = i + 1
		switch at := strings.IndexByte(short, c); {
		case c == '"' || c == '\\':
			b.WriteByte('\\')
			b.WriteByte(c)
		case at >= 0:
			b.WriteByte('\\')
			b.WriteByte("btnfr"[at])
		default:
			fmt.Fprintf(b, `\u%04x`, c)
		}
	}
	b.WriteString(s[start:])
	b.WriteByte('"')
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
	if err := json.Unmarshal([]byte(s), &m); err != nil {
		return nil, fmt.Errorf("not a JSON object of strings: %w", err)
	}
	if encode(m) != s {
		return nil, fmt.Errorf("not in canonical form")
	}
	return m, nil
}

func decodeRow(s *string) (Fields, error) {
	if s == nil {
		return nil, nil
	}
	return decode(*s)
}
