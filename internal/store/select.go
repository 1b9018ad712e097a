package store

import (
	"database/sql/driver"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"claimbench/internal/fault"
)

// Select reads what a statement answers as rows of T: a row struct, or one that embeds some, its columns by their names
// as gorm has them; or one value. A column that T does not have is passed over, and NULL is the zero value. Each ? of
// the statement stands for a value; a slice stands for the values that it holds, at least one, as in “id IN ?”.
//
// It is for what every page asks: it costs half of what gorm does, which builds a statement anew each time and reads
// each value by reflection. Statements must be constant but for slices, and hold no other question mark.
func Select[T any](r *Rx, query string, args ...any) (out []T, err error) {
	s, err := shapeOf[T]()
	if err != nil {
		return nil, err
	}
	text, flat := r.fill(query, args)
	begun := time.Now()
	defer func() {
		tracer{r.db.sent}.Trace(r.Context(), begun, func() (string, int64) {
			return r.g.Dialector.Explain(text, flat...), int64(len(out))
		}, err)
	}()
	rows, err := r.g.Statement.ConnPool.QueryContext(r.Context(), text, flat...)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	return scanAll[T](rows, s, false)
}

// One is Select of one row; there says whether there is one.
func One[T any](r *Rx, query string, args ...any) (row T, there bool, err error) {
	rows, err := Select[T](r, query, args...)
	if err != nil || len(rows) == 0 {
		return row, false, err
	}
	return rows[0], true, nil
}

// fill writes a statement as the engine wants it, with slices as lists of their values.
func (r *Rx) fill(query string, args []any) (string, []any) {
	lists := slices.ContainsFunc(args, isList)
	if !lists && r.db.dialect == SQLite {
		return query, args
	}
	if !lists {
		if known, ok := numbered.Load(query); ok {
			return known.(string), args
		}
	}
	var b strings.Builder
	flat := make([]any, 0, len(args))
	mark := func(v any) {
		flat = append(flat, v)
		if r.db.dialect == SQLite {
			b.WriteByte('?')
			return
		}
		b.WriteByte('$')
		b.WriteString(strconv.Itoa(len(flat)))
	}
	rest := query
	for _, a := range args {
		before, after, _ := strings.Cut(rest, "?")
		b.WriteString(before)
		if rest = after; !isList(a) {
			mark(a)
			continue
		}
		list := reflect.ValueOf(a)
		b.WriteByte('(')
		for i := range placesFor(list.Len()) {
			if i > 0 {
				b.WriteByte(',')
			}
			mark(list.Index(min(i, list.Len()-1)).Interface())
		}
		b.WriteByte(')')
	}
	b.WriteString(rest)
	if !lists {
		numbered.Store(query, b.String())
	}
	return b.String(), flat
}

// placesFor is how many placeholders a list of n values has: a power of two, the last value standing in what is left.
// So lists of all lengths make a few statements, which stay parsed, and not one of each length.
func placesFor(n int) int {
	places := 1
	for places < n {
		places *= 2
	}
	return places
}

// numbered are constant statements with PostgreSQL's placeholders.
var numbered sync.Map

func isList(v any) bool {
	if _, own := v.(driver.Valuer); own || v == nil {
		return false
	}
	t := reflect.TypeOf(v)
	return t.Kind() == reflect.Slice && t.Elem().Kind() != reflect.Uint8
}

// Get is Select of the one row that there must be; a missing one is fault.NotFound that names what was looked for.
func Get[T any](r *Rx, what, query string, args ...any) (T, error) {
	row, there, err := One[T](r, query, args...)
	if err == nil && !there {
		err = fault.New(fault.NotFound, "There is no %s.", what)
	}
	return row, err
}
