package match

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"unicode/utf8"
)

// ReadItems reads items, one JSON object a line: {"id","text","lang"?,"doc"?}. Blank lines are left out, other fields
// too. A malformed line, a missing or empty id, a missing text, an id that was there before, bytes that are not UTF-8
// and half of a surrogate pair are refused with name and line: encoding/json would put U+FFFD for the last two.
func ReadItems(name string, r io.Reader) ([]Item, error) {
	br := bufio.NewReaderSize(r, 1<<16)
	var items []Item
	lineOf := map[string]int{}
	for n := 1; ; n++ {
		line, err := br.ReadBytes('\n')
		if err != nil && err != io.EOF {
			return nil, fmt.Errorf("%s line %d: %w", name, n, err)
		}
		last := err == io.EOF
		if n == 1 {
			line = bytes.TrimPrefix(line, []byte("\ufeff"))
		}
		if line = bytes.TrimSpace(line); len(line) > 0 {
			it, err := readItem(line)
			if err != nil {
				return nil, fmt.Errorf("%s line %d: %w", name, n, err)
			}
			if first, dup := lineOf[it.ID]; dup {
				return nil, fmt.Errorf("%s line %d: id %q was given on line %d already: every line needs its own", name,
					n, it.ID, first)
			}
			lineOf[it.ID] = n
			items = append(items, it)
		}
		if last {
			return items, nil
		}
	}
}

func readItem(line []byte) (Item, error) {
	if at := invalidUTF8(line); at >= 0 {
		return Item{}, fmt.Errorf("byte %d is not UTF-8: save the file as UTF-8", at+1)
	}
	var in struct {
		ID   *string `json:"id"`
		Text *string `json:"text"`
		Lang string  `json:"lang"`
		Doc  string  `json:"doc"`
	}
	if err := json.Unmarshal(line, &in); err != nil {
		return Item{}, fmt.Errorf("not a JSON object with id and text: %w", err)
	}
	if s := loneSurrogate(line); s != "" {
		return Item{}, fmt.Errorf("%s is half of a surrogate pair: write the character itself, or both halves", s)
	}
	switch {
	case in.ID == nil || *in.ID == "":
		return Item{}, fmt.Errorf(`"id" is missing or empty: every line needs its own`)
	case in.Text == nil:
		return Item{}, fmt.Errorf(`"text" is missing`)
	}
	return Item{ID: *in.ID, Text: *in.Text, Lang: in.Lang, Doc: in.Doc}, nil
}

// invalidUTF8 gives the place of the first byte that is not UTF-8, -1 when there is none.
func invalidUTF8(b []byte) int {
	for i := 0; i < len(b); {
		r, size := utf8.DecodeRune(b[i:])
		if r == utf8.RuneError && size == 1 {
			return i
		}
		i += size
	}
	return -1
}

// loneSurrogate gives the first \u escape of a JSON text that is half of a pair without the other, "" when there is
// none.
func loneSurrogate(line []byte) string {
	for i := 0; i+1 < len(line); i++ {
		if line[i] != '\\' {
			continue
		}
		u, ok := unicodeEscape(line[i:])
		switch {
		case !ok:
			i++ // the character after the backslash is part of the escape
		case u >= 0xD800 && u < 0xDC00:
			if next, ok := unicodeEscape(line[i+6:]); !ok || next < 0xDC00 || next > 0xDFFF {
				return string(line[i : i+6])
			}
			i += 11
		case u >= 0xDC00 && u <= 0xDFFF:
			return string(line[i : i+6])
		default:
			i += 5
		}
	}
	return ""
}

// unicodeEscape reads a \uXXXX at the start of b.
func unicodeEscape(b []byte) (uint64, bool) {
	if len(b) < 6 || b[0] != '\\' || b[1] != 'u' {
		return 0, false
	}
	u, err := strconv.ParseUint(string(b[2:6]), 16, 16)
	return u, err == nil
}
