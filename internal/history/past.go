package history

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"

	"claimbench/internal/store"
)

// Versioned is a table whose rows the history keeps in versions: the index events_object finds, for a row and an event,
// the version that stood then. A room says which column of its table is which field or text of its events; the columns
// that it does not say are as the row has them now, for they never change.
type Versioned struct {
	Table  string
	Object string // SQL for the name of the row b in the history: 'claim:' || b.id
	Kind   string // of that name: claim
	Kept   []string
	Whole  map[string]Field  // column → field of the event
	Texts  map[string]string // column → text of the event
	// Today is SQL over the row b, "" for none: a row for which it is true is shown as it is now in every past.
	Today string
	Stamp string // the column with the moment of the newest version, "" for none
	// Gone: rows of this table are taken away again. Then the columns in Kept are found otherwise: column → SQL over
	// the event v that took the row away, whose fields are {field:NAME}.
	Gone map[string]string
	// Marks are what stands in a column once its text was erased, where that is not ErasedMark (Empty).
	Marks map[string]string
	// Emptied does what follows from the erasing of a text of a row, before the row is changed: it may change the
	// fields of the row and the mark. nil: nothing follows.
	Emptied func(tx *store.Tx, id, text, mark string, row Fields) (string, error)
	// Spells: another table of the room says how long which of its columns stood unchanged.
	Spells *Spells
	// Query gives the rows where they are found in another way: after event seq, which happened at a moment.
	Query func(dialect string, seq int64, at store.Micros) string
}

// Spells is a table with a row for each stretch of events in which some columns of a row stood unchanged: from event
// first_seq on, up to but not with until_seq. A row of the past is found there by its columns, as one of now is by an
// index of them, and an event is only read for the other columns (docs/adr/0490-a-claim-has-spells.md).
type Spells struct {
	Table   string
	Row     string   // its column with the number of the row
	Object  string   // SQL for the name in the history of the row of the spell s
	Columns []string // columns that both tables have, of those in Whole and Kept
}

// StandsStill is the until_seq of a spell that has not ended.
const StandsStill = math.MaxInt64

// Field is a field of an event as a column.
type Field struct {
	Name string
	As   As
	Else string // the value of rows older than the field; "": it is always there
}

// As is how a field is read.
type As string

// The kinds of columns.
const (
	AsText   As = "text"
	AsNumber As = "number"
	AsMaybe  As = "number or null"
	AsBool   As = "bool"
	AsBit    As = "bit" // a bool that the event has as 0 or 1
)

// TextField, NumberField, MaybeField, BoolField and BitField name a field.
func TextField(name string) Field   { return Field{Name: name, As: AsText} }
func NumberField(name string) Field { return Field{Name: name, As: AsNumber} }
func MaybeField(name string) Field  { return Field{Name: name, As: AsMaybe} }
func BoolField(name string) Field   { return Field{Name: name, As: AsBool} }
func BitField(name string) Field    { return Field{Name: name, As: AsBit} }

// Or says the value of rows older than the field.
func (f Field) Or(value string) Field {
	f.Else = value
	return f
}

// SQL reads the field from the JSON column row of an event.
func (f Field) SQL(dialect, row string) string {
	raw := "json_extract(" + row + ", '$." + f.Name + "')"
	if dialect == store.Postgres {
		raw = "(CAST(" + row + " AS JSONB) ->> '" + f.Name + "')"
	}
	if f.Else != "" {
		raw = "COALESCE(" + raw + ", '" + f.Else + "')"
	}
	switch f.As {
	case AsNumber:
		return "CAST(" + raw + " AS BIGINT)"
	case AsMaybe:
		return "CAST(NULLIF(" + raw + ", '') AS BIGINT)"
	case AsBool:
		return "(" + raw + " = 'true')"
	case AsBit:
		return "(" + raw + " = '1')"
	case AsText:
	}
	return "COALESCE(" + raw + ", '')"
}

// Itself is before the name of a table itself, which no common table expression hides.
func Itself(dialect string) string {
	if dialect == store.Postgres {
		return "public."
	}
	return "main."
}

// VersionAt joins the event e that left a row as it was after event seq; object is SQL for the row's name in the
// history. A row that did not exist then is not joined.
func VersionAt(dialect, object string, seq int64) string {
	return fmt.Sprintf("JOIN %[1]sevents e ON e.seq = (SELECT MAX(x.seq) FROM %[1]sevents x WHERE x.object = %[2]s "+
		"AND x.seq <= %[3]d AND (x.row_after IS NOT NULL OR x.row_before IS NOT NULL)) AND e.row_after IS NOT NULL",
		Itself(dialect), object, seq)
}

// Aside is At as a query of one table without a join, "" where there is none: SQLite reads the right side of a LEFT
// JOIN row by row only then, and otherwise makes the whole of it first. Each field costs a look of its own.
func (t Versioned) Aside(dialect string, seq int64) string {
	if t.Query != nil || t.Gone != nil {
		return ""
	}
	newest := func(column string) string {
		return fmt.Sprintf("(SELECT e.%s FROM %sevents e WHERE e.object = %s AND e.seq <= %d AND (e.row_after IS NOT "+
			"NULL OR e.row_before IS NOT NULL) ORDER BY e.seq DESC LIMIT 1)", column, Itself(dialect), t.Object, seq)
	}
	return "SELECT " + t.columns(dialect, seq, t.Object, newest, func(c string) string { return "b." + c }) + " FROM " +
		Itself(dialect) + t.Table + " b WHERE " + newest("row_after") + " IS NOT NULL"
}

// columns writes the columns of a row: newest gives a column of the event that left it so, kept those that never
// change.
func (t Versioned) columns(dialect string, seq int64, object string, newest, kept func(string) string) string {
	s := Itself(dialect)
	var out []string
	spelt := map[string]bool{}
	if t.Spells != nil && object == t.Spells.Object {
		for _, c := range t.Spells.Columns {
			spelt[c] = true
		}
	}
	for _, c := range t.Kept {
		out = append(out, kept(c)+" AS "+c)
	}
	was := func(c, sql string) string {
		if t.Today == "" {
			return sql + " AS " + c
		}
		return "CASE WHEN " + t.Today + " THEN b." + c + " ELSE " + sql + " END AS " + c
	}
	for _, c := range slices.Sorted(maps.Keys(t.Whole)) {
		if spelt[c] {
			out = append(out, "s."+c)
			continue
		}
		out = append(out, was(c, t.Whole[c].SQL(dialect, newest("row_after"))))
	}
	for _, c := range slices.Sorted(maps.Keys(t.Texts)) {
		out = append(out, was(c, fmt.Sprintf("COALESCE((SELECT COALESCE(t.text, '%[6]s') FROM %[1]sevents w JOIN "+
			"%[1]sevent_texts t ON t.seq = w.seq AND t.name = '%[2]s' WHERE w.object = %[3]s AND w.seq <= %[4]d "+
			"ORDER BY w.seq DESC LIMIT 1), '%[5]s')", s, textName(t.Texts[c]), object, seq,
			textElse(t.Texts[c]), t.mark(c, ""))))
	}
	if t.Stamp != "" {
		out = append(out, newest("at")+" AS "+t.Stamp)
	}
	return strings.Join(out, ", ")
}

// ofKind is true of the names of a kind. SQLite goes by the index events_gone only for a range, and would otherwise
// read every event after the moment; PostgreSQL, which sorts by its own rules, takes the index for its condition.
func ofKind(dialect, object, kind string) string {
	if dialect == store.Postgres {
		return object + " LIKE '" + kind + ":%'"
	}
	return object + " >= '" + kind + ":' AND " + object + " < '" + kind + ";'"
}

// WithoutGone is the table as far as none of its rows was taken away after an event, where that is so: then its rows
// are found without the events that took rows away.
func (t Versioned) WithoutGone(rx *store.Rx, seq int64) (Versioned, error) {
	if t.Gone == nil {
		return t, nil
	}
	_, gone, err := store.One[int64](rx, "SELECT 1 FROM events WHERE row_after IS NULL AND row_before IS NOT NULL AND "+
		ofKind(rx.Dialect(), "object", t.Kind)+" AND seq > ? LIMIT 1", seq)
	if err == nil && !gone {
		t.Gone = nil
	}
	return t, err
}

// At is the query that gives the table's rows as event seq left them.
func (t Versioned) At(dialect string, seq int64, at store.Micros) string {
	if t.Query != nil {
		return t.Query(dialect, seq, at)
	}
	if t.Spells != nil {
		return t.spelt(dialect, seq)
	}
	if len(t.Whole) == 0 && len(t.Texts) == 0 && t.Gone == nil {
		return t.Aside(dialect, seq)
	}
	s := Itself(dialect)
	columns := func(object string, kept func(string) string) string {
		return t.columns(dialect, seq, object, func(c string) string { return "e." + c }, kept)
	}
	newest := func(object string) string { return VersionAt(dialect, object, seq) }
	sql := "SELECT " + columns(t.Object, func(c string) string { return "b." + c }) + " FROM " + s + t.Table + " b " +
		newest(t.Object)
	if t.Gone == nil {
		return sql
	}
	kept := func(c string) string {
		expr := t.Gone[c]
		for {
			before, rest, found := strings.Cut(expr, "{field:")
			if !found {
				return expr
			}
			name, after, _ := strings.Cut(rest, "}")
			expr = before + NumberField(name).SQL(dialect, "v.row_before") + after
		}
	}
	// a row that was taken away twice is there once: its first removal after the moment
	return sql + fmt.Sprintf(" UNION ALL SELECT %s FROM %sevents v %s WHERE v.row_after IS NULL AND "+
		"v.row_before IS NOT NULL AND %s AND "+
		"v.seq = (SELECT MIN(y.seq) FROM %sevents y WHERE y.object = v.object AND "+
		"y.seq > %d AND y.row_after IS NULL AND y.row_before IS NOT NULL) AND NOT EXISTS (SELECT 1 FROM %s%s b WHERE "+
		"%s = v.object)", columns("v.object", kept), s, newest("v.object"),
		ofKind(dialect, "v.object", t.Kind), s, seq, s, t.Table, t.Object)
}

// spelt is At by way of the spells. The row itself and the event that left it so are joined from the left, each by its
// key: a statement that asks for no column of theirs does not read them.
func (t Versioned) spelt(dialect string, seq int64) string {
	s := Itself(dialect)
	kept := func(c string) string {
		switch {
		case c == "id":
			return "s." + t.Spells.Row
		case slices.Contains(t.Spells.Columns, c):
			return "s." + c
		}
		return "b." + c
	}
	return fmt.Sprintf("SELECT %[2]s FROM %[1]s%[3]s s LEFT JOIN %[1]s%[4]s b ON b.id = s.%[5]s LEFT JOIN "+
		"%[1]sevents e ON e.seq = (SELECT MAX(x.seq) FROM %[1]sevents x WHERE x.object = %[6]s AND x.seq <= %[7]d AND "+
		"(x.row_after IS NOT NULL OR x.row_before IS NOT NULL)) WHERE s.first_seq <= %[7]d AND s.until_seq > %[7]d", s,
		t.columns(dialect, seq, t.Spells.Object, func(c string) string { return "e." + c }, kept), t.Spells.Table,
		t.Table, t.Spells.Row, t.Spells.Object, seq)
}

// Standing is the query of the spells alone, each under the number of its row: for a sum over many rows that asks for
// nothing else. SQLite leaves out a join that nothing is asked of where it lists, and not where it sums.
func (s Spells) Standing(dialect string, seq int64) string {
	return fmt.Sprintf("SELECT s.%s AS id, s.collection_id, s.%s FROM %s%s s WHERE s.first_seq <= %[5]d AND "+
		"s.until_seq > %[5]d", s.Row, strings.Join(slices.DeleteFunc(slices.Clone(s.Columns), func(c string) bool {
		return c == "collection_id"
	}), ", s."), Itself(dialect), s.Table, seq)
}

// A text may be written “name|value”: the value is that of rows older than the text.
func textName(s string) string {
	name, _, _ := strings.Cut(s, "|")
	return name
}

func textElse(s string) string {
	_, other, _ := strings.Cut(s, "|")
	return other
}

// SizeAt is the number of the last event that had happened at a moment, 0 before the first. Numbers follow each other
// as moments do; where a clock was put back it is one of the events on either side.
func SizeAt(rx *store.Rx, at store.Micros) (int64, error) {
	half := "(SELECT at FROM events WHERE seq = (lo + hi + 1) / 2) <= ?"
	n, _, err := store.One[int64](rx, "WITH RECURSIVE b (lo, hi) AS (SELECT CAST(0 AS BIGINT), (SELECT size FROM "+
		"log_head WHERE id = 1) UNION ALL SELECT CASE WHEN "+half+" THEN (lo + hi + 1) / 2 ELSE lo END, CASE WHEN "+
		half+" THEN hi ELSE (lo + hi + 1) / 2 - 1 END FROM b WHERE lo < hi) SELECT MAX(lo) AS lo FROM b WHERE lo = hi",
		at, at)
	return n, err
}

// MomentOf is when an event happened.
func MomentOf(rx *store.Rx, seq int64) (store.Micros, error) {
	at, _, err := store.One[store.Micros](rx, "SELECT at FROM events WHERE seq = ?", seq)
	return at, err
}
