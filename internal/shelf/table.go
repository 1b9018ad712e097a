package shelf

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"slices"
	"strings"

	"claimbench/internal/text"
)

// columnNames are the names by which the columns of a table are known, compared without case and signs.
var columnNames = map[string][]string{
	"claim": {"claim", "claimreviewed", "claimtext", "statement", "text"},
	"lang":  {"lang", "language", "languagecode", "inlanguage", "claimlang"},
	"rating": {"rating", "alternatename", "textualrating", "ratingname", "verdict", "label", "conclusion",
		"reviewratingalternatename"},
	"value":     {"ratingvalue", "reviewratingratingvalue"},
	"best":      {"bestrating", "reviewratingbestrating"},
	"worst":     {"worstrating", "reviewratingworstrating"},
	"publisher": {"publisher", "publishername", "organization", "organisation", "factchecker", "reviewauthor"},
	"url":       {"url", "reviewurl", "factcheckurl", "link", "address"},
	"day":       {"date", "day", "reviewdate", "datepublished", "published"},
	"author":    {"claimant", "speaker", "author", "claimauthor", "saidby"},
	"appeared":  {"appearance", "firstappearance", "claimurl", "originalclaimurl", "appeared"},
}

func columnKey(name string) string {
	return strings.NewReplacer(" ", "", "_", "", "-", "", ".", "").Replace(text.Fold(strings.TrimSpace(name)))
}

// tableReader cuts the rows out of a table, each with its bytes as they came.
type tableReader struct {
	in     *lines
	src    Source
	header bool
}

// lines reads lines of a bounded length, and can be given back what was read too far.
type lines struct {
	in   io.Reader
	buf  []byte
	from int
	end  bool
	line int // of the next byte
	read int64
}

// next gives the next line with its end, and where it is; long says that only its begin is given.
func (l *lines) next() (line []byte, at int, long bool, err error) {
	at = l.line
	for seen := 0; ; {
		if i := bytes.IndexByte(l.buf[l.from+seen:], '\n'); i >= 0 {
			line = l.buf[l.from : l.from+seen+i+1]
			l.from += len(line)
			l.line++
			return line, at, long, nil
		}
		seen = len(l.buf) - l.from
		if seen > mostEntry { // the rest of such a line is passed over
			long = true
			l.buf = append(l.buf[:0], l.buf[l.from:l.from+64]...)
			l.from, seen = 0, 64
		}
		if l.end {
			line = l.buf[l.from:]
			l.from = len(l.buf)
			if len(line) == 0 {
				return nil, at, long, io.EOF
			}
			return line, at, long, nil
		}
		if err := l.fill(); err != nil {
			return nil, at, long, err
		}
	}
}

func (l *lines) fill() error {
	if l.from > 0 {
		l.buf = append(l.buf[:0], l.buf[l.from:]...)
		l.from = 0
	}
	have := len(l.buf)
	l.buf = slices.Grow(l.buf, readAhead)[:have+readAhead]
	n, err := l.in.Read(l.buf[have:])
	l.buf, l.read = l.buf[:have+n], l.read+int64(n)
	if errors.Is(err, io.EOF) {
		l.end, err = true, nil
	}
	return err
}

// commaOf is what parts the cells of a table: the sign that stands oftenest in its first line outside of quotes.
func commaOf(line []byte) byte {
	count := map[byte]int{}
	quoted := false
	for _, b := range line {
		if b == '"' {
			quoted = !quoted
		} else if !quoted {
			count[b]++
		}
	}
	best := byte(',')
	for _, b := range []byte{';', '\t'} {
		if count[b] > count[best] {
			best = b
		}
	}
	return best
}

// next gives the next row. io.EOF: there is none; a Bad: what was wrong with one.
func (t *tableReader) next() (r Record, line int, err error) {
	if !t.header {
		if err := t.head(); err != nil {
			return r, 1, err
		}
		t.header = true
	}
	for {
		raw, line, err := t.row()
		if err != nil {
			return r, line, err
		}
		if len(bytes.TrimSpace(raw)) == 0 {
			continue
		}
		r, err = rowOf(raw, t.src)
		return r, line, err
	}
}

// head reads the names of the columns.
func (t *tableReader) head() error {
	raw, _, err := t.row()
	if err != nil {
		return err
	}
	t.src.Comma = string(commaOf(raw))
	cells, err := cellsOf(raw, t.src.Comma)
	if err != nil {
		return err
	}
	t.src.Columns = slices.Clone(cells)
	if !slices.ContainsFunc(cells, func(c string) bool { return slices.Contains(columnNames["claim"], columnKey(c)) }) {
		return fatal{"No column of the table is named claim, so it holds no fact-checks that could be found in it. " +
			"Name the columns in the first line: claim, rating, publisher, url, date, lang, claimant, appearance."}
	}
	return nil
}

// row gives the bytes of the next row without the end of its line. A cell whose quotation mark never closes would take
// all that follows: then the line is given alone, and what follows is read anew.
func (t *tableReader) row() ([]byte, int, error) {
	first, at, long, err := t.in.next()
	if err != nil {
		return nil, at, err
	}
	if long {
		return nil, at, breakf("It is longer than %d kB.", mostEntry>>10)
	}
	row := slices.Clone(first)
	for bytes.Count(row, []byte{'"'})%2 == 1 {
		more, _, long, err := t.in.next()
		if err == nil && !long && len(row)+len(more) <= mostEntry {
			row = append(row, more...)
			continue
		}
		if err != nil && !errors.Is(err, io.EOF) {
			return nil, at, err
		}
		t.in.back(row[len(first):], more, at+1)
		return nil, at, breakf("A quotation mark that closes is missing.")
	}
	return bytes.TrimRight(row, "\r\n"), at, nil
}

// back gives back what was read beyond a line.
func (l *lines) back(read, more []byte, at int) {
	left := slices.Concat(read, more, l.buf[l.from:])
	l.buf, l.from, l.line = left, 0, at
}

func cellsOf(raw []byte, comma string) ([]string, error) {
	in := csv.NewReader(bytes.NewReader(raw))
	in.FieldsPerRecord = -1
	in.Comma = []rune(comma + ",")[0]
	cells, err := in.Read()
	if err != nil {
		var at *csv.ParseError
		if errors.As(err, &at) {
			err = at.Err
		}
		return nil, breakf("It is no row of a table: %s.", err)
	}
	return cells, nil
}

// rowOf reads one row by the names of the columns.
func rowOf(raw []byte, src Source) (r Record, err error) {
	if len(src.Comma) != 1 || src.Comma == `"` || src.Comma == "\n" || src.Comma == "\r" {
		return r, breakf("What parts the cells of its table is not known.")
	}
	cells, err := cellsOf(raw, src.Comma)
	if err != nil {
		return r, err
	}
	if len(cells) > len(src.Columns) {
		return r, breakf("It has %d cells, and the table %d columns.", len(cells), len(src.Columns))
	}
	get := func(what string) string {
		for _, name := range columnNames[what] {
			for i, cell := range cells {
				if columnKey(src.Columns[i]) == name && strings.TrimSpace(cell) != "" {
					return unformula(cell)
				}
			}
		}
		return ""
	}
	r = Record{Raw: raw, Claim: get("claim"), Lang: get("lang"), Publisher: get("publisher"), URL: get("url"),
		Day: get("day"), Author: get("author"), Source: src, Rating: Rating{get("rating"), get("value"), get("best"),
			get("worst")}}
	var seen []string
	for _, at := range strings.Fields(get("appeared")) {
		if at = webAddress(at); at != "" && len(seen) < mostAppeared {
			seen = append(seen, at)
		}
	}
	r.Appeared = strings.Join(seen, "\n")
	if r.Rating.Words == "" {
		r.Rating.Words = r.Rating.Value
	}
	return r, nil
}

// unformula takes the apostrophe away by which tables keep a spreadsheet from running a cell.
func unformula(cell string) string {
	if len(cell) > 1 && cell[0] == '\'' && strings.ContainsRune("=+-@\t\r", rune(cell[1])) {
		return cell[1:]
	}
	return cell
}
