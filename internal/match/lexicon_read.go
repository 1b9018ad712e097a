package match

import (
	"bufio"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"
)

// lexiconHeader is the first line of every concept file; a user's own file may have other language columns after topic.
const lexiconHeader = "topic\ten\tar\tfa\tja"

// row is one concept as read: its topic and its forms, of all languages together. Guests are the forms of a language
// that is written in the letters of others: they count in its own texts only, for the same word says another thing
// there.
type row struct {
	topic         string
	forms, guests []string
}

// guestColumn is the language whose forms are guests: Urdu, among Arabic and Persian.
const guestColumn = "ur"

// readRows reads a concept file: UTF-8, tab-separated, a header line that starts with topic, then one concept a line
// with the forms of a language parted by |. Lines that start with # are left out. A wrong number of columns, bytes that
// are not UTF-8 and a row with fewer than two forms are refused with the file and the line.
func readRows(name string, r io.Reader) ([]row, error) {
	sc := bufio.NewScanner(r)
	sc.Buffer(make([]byte, 0, 64<<10), 1<<20)
	var rows []row
	columns, guest := 0, -1
	for n := 1; sc.Scan(); n++ {
		line := strings.TrimSuffix(sc.Text(), "\r")
		if line == "" || line[0] == '#' {
			continue
		}
		if !utf8.ValidString(line) {
			return nil, fmt.Errorf("%s line %d: not UTF-8: save the lexicon as UTF-8", name, n)
		}
		cells := strings.Split(line, "\t")
		if columns == 0 {
			if cells[0] != "topic" || len(cells) < 3 {
				return nil, fmt.Errorf("%s line %d: a lexicon starts with the header %q", name, n, lexiconHeader)
			}
			columns, guest = len(cells), slices.Index(cells, guestColumn)
			continue
		}
		if len(cells) != columns {
			return nil, fmt.Errorf("%s line %d: want %d columns parted by tabs, found %d", name, n, columns, len(cells))
		}
		one := row{topic: cells[0]}
		if guest > 0 {
			one.guests, cells[guest] = splitForms(cells[guest:guest+1]), ""
		}
		one.forms = splitForms(cells[1:])
		if found := len(one.forms) + len(one.guests); found < 2 {
			return nil, fmt.Errorf("%s line %d: a concept needs forms to join, found %d", name, n, found)
		}
		rows = append(rows, one)
	}
	if err := sc.Err(); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	if columns == 0 {
		return nil, fmt.Errorf("%s: empty: a lexicon starts with the header %q", name, lexiconHeader)
	}
	return rows, nil
}

func splitForms(cells []string) []string {
	var forms []string
	for _, cell := range cells {
		for _, form := range strings.Split(cell, "|") {
			if form = strings.TrimSpace(form); form != "" {
				forms = append(forms, form)
			}
		}
	}
	return forms
}
