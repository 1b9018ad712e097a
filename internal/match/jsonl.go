package match

import (
	"bufio"
	"bytes"
	"fmt"
	"io"

	"claimbench/internal/jsonin"
)

// ReadItems reads items, one JSON object a line: {"id","text","lang"?,"doc"?}. Blank lines are left out, other fields
// too. What jsonin refuses, a missing or empty id, a missing text and an id that was there before are refused with name
// and line.
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
	var in struct {
		ID   *string `json:"id"`
		Text *string `json:"text"`
		Lang string  `json:"lang"`
		Doc  string  `json:"doc"`
	}
	if err := jsonin.Read(line, &in, jsonin.AnyFields); err != nil {
		return Item{}, fmt.Errorf("not a JSON object with id and text: %w", err)
	}
	switch {
	case in.ID == nil || *in.ID == "":
		return Item{}, fmt.Errorf(`"id" is missing or empty: every line needs its own`)
	case in.Text == nil:
		return Item{}, fmt.Errorf(`"text" is missing`)
	}
	return Item{ID: *in.ID, Text: *in.Text, Lang: in.Lang, Doc: in.Doc}, nil
}
