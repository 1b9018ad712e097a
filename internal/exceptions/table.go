package exceptions

import (
	"encoding/csv"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"claimbench/internal/publish"
)

// The columns that several rules have. One given as “field=Word” takes a field of Row under that word.
var (
	claim = Column{"claim", "Claim", func(r Row) string { return number(r.Claim) }}
	set   = Column{"set", "Set", func(r Row) string { return number(r.Set) }}
	event = Column{"event", "Event", func(r Row) string { return number(r.Event) }}
	took  = Column{"seconds", "After", func(r Row) string {
		return strconv.FormatFloat(float64(r.Took)/1e6, 'f', -1, 64)
	}}
)

func at(word string) Column {
	return Column{"at", word, func(r Row) string {
		if r.At == 0 {
			return ""
		}
		return r.At.String()
	}}
}

func who(word string) Column {
	return Column{"who", word, func(r Row) string { return person(r.Who, r.WhoName) }}
}

func other(word string) Column {
	return Column{"other", word, func(r Row) string { return person(r.Other, r.OtherName) }}
}

// person names somebody with their number, for names are not unique.
func person(id int64, name string) string {
	if id == 0 {
		return ""
	}
	return strings.TrimSpace(fmt.Sprintf("%s (user %d)", name, id))
}

func number(n int64) string {
	if n == 0 {
		return ""
	}
	return strconv.FormatInt(n, 10)
}

// columns makes the list of a rule's columns, of Columns and of “field=Word”.
func columns(of ...any) (out []Column) {
	for _, c := range of {
		if c, ok := c.(Column); ok {
			out = append(out, c)
			continue
		}
		name, word, _ := strings.Cut(c.(string), "=")
		cell := map[string]func(Row) string{
			"was":     func(r Row) string { return plainList(r.Was) },
			"becomes": func(r Row) string { return r.Now },
			"object":  func(r Row) string { return r.Object },
		}[name]
		out = append(out, Column{name, word, cell})
	}
	return out
}

// plainList writes a JSON list of names as people do; other words stay as they are.
func plainList(s string) string {
	list, is := strings.CutPrefix(s, `["`)
	if !is {
		return s
	}
	return strings.ReplaceAll(strings.TrimSuffix(list, `"]`), `","`, ", ")
}

// Cells are the cells of a row, in the order of the rule's columns.
func (r Rule) Cells(row Row) []string {
	out := make([]string, len(r.Columns))
	for i, c := range r.Columns {
		out[i] = c.cell(row)
	}
	return out
}

// Words are the names of the rule's columns for people.
func (r Rule) Words() []string {
	out := make([]string, len(r.Columns))
	for i, c := range r.Columns {
		out[i] = c.Word
	}
	return out
}

// Fields are the cells of a row by the names of their columns, without the empty ones.
func (r Rule) Fields(row Row) map[string]string {
	out := map[string]string{}
	for i, cell := range r.Cells(row) {
		if cell != "" {
			out[r.Columns[i].Name] = cell
		}
	}
	return out
}

// shared are the columns of a CSV of all rules.
var shared = []string{"rule", "claim", "set", "object", "at", "who", "other", "was", "becomes", "seconds", "event"}

// csvOut writes rows as RFC 4180 has them; no cell is a formula.
type csvOut struct {
	out *csv.Writer
	one bool // of one rule, with its own columns
}

func newCSV(w io.Writer, one *Rule) (*csvOut, error) {
	if _, err := io.WriteString(w, "\ufeff"); err != nil {
		return nil, err
	}
	c := &csvOut{csv.NewWriter(w), one != nil}
	c.out.UseCRLF = true
	head := shared
	if one != nil {
		head = nil
		for _, col := range one.Columns {
			head = append(head, col.Name)
		}
	}
	return c, c.out.Write(head)
}

func (c *csvOut) row(r Rule, row Row) error {
	cells := r.Cells(row)
	if !c.one {
		fields := r.Fields(row)
		fields["rule"] = string(r.Name)
		cells = make([]string, len(shared))
		for i, name := range shared {
			cells[i] = fields[name]
		}
	}
	for i := range cells {
		cells[i] = publish.Cell(cells[i])
	}
	return c.out.Write(cells)
}

func (c *csvOut) end() error {
	c.out.Flush()
	return c.out.Error()
}

// textOut writes rules and rows for a terminal.
type textOut struct{ w io.Writer }

func (t textOut) rule(r Rule, rows int64) error {
	_, err := fmt.Fprintf(t.w, "%s: %d\n  %s\n", r.Title, rows, r.Says)
	return err
}

func (t textOut) row(r Rule, row Row) error {
	var parts []string
	for i, cell := range r.Cells(row) {
		if cell == "" {
			continue
		}
		if r.Columns[i].Name == took.Name {
			cell = (time.Duration(row.Took) * time.Microsecond).String()
		}
		parts = append(parts, r.Columns[i].Word+" "+cell)
	}
	_, err := fmt.Fprintf(t.w, "    %s\n", strings.Join(parts, "; "))
	return err
}
