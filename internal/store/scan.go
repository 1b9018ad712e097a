package store

import (
	"context"
	"database/sql"
	"reflect"
	"sync"

	"gorm.io/gorm"
	"gorm.io/gorm/schema"
)

// RawBytes takes a value of a row as the driver holds it, without a copy: it holds until the next row is read.
type RawBytes = sql.RawBytes

// column is where one column of a row goes.
type column struct {
	field *schema.Field
	index []int
	// Int64 and String: as what they are; Pointer: a whole number or none; Interface: by a serializer; Invalid: as the
	// field says
	kind reflect.Kind
}

// shape is how rows of one type are read.
type shape struct {
	names   []string
	columns []column
}

var shapes sync.Map // reflect.Type → *shape

// shapeOf works out how rows of T are read; T is a row struct.
func shapeOf[T any]() (*shape, error) {
	of := reflect.TypeFor[T]()
	if known, ok := shapes.Load(of); ok {
		return known.(*shape), nil
	}
	s, err := schema.Parse(new(T), &parsed, schema.NamingStrategy{})
	if err != nil {
		return nil, err
	}
	out := &shape{}
	for _, name := range s.DBNames {
		f := s.FieldsByDBName[name]
		c := column{field: f, index: f.StructField.Index}
		switch kind := f.FieldType.Kind(); {
		case f.Serializer != nil:
			c.kind = reflect.Interface
		case implementsScanner(f.FieldType):
		case kind >= reflect.Int && kind <= reflect.Int64:
			c.kind = reflect.Int64
		case kind == reflect.String:
			c.kind = reflect.String
		case kind == reflect.Pointer && f.FieldType.Elem().Kind() == reflect.Int64 &&
			!implementsScanner(f.FieldType.Elem()):
			c.kind = reflect.Pointer
		}
		out.names, out.columns = append(out.names, s.Table+"."+name), append(out.columns, c)
	}
	shapes.Store(of, out)
	return out, nil
}

func implementsScanner(t reflect.Type) bool {
	return reflect.PointerTo(t).Implements(reflect.TypeFor[sql.Scanner]())
}

// readRows reads what a question on T's table answers, without gorm's reflection: an audit reads every row there is.
func readRows[T any](q *gorm.DB) (out []T, err error) {
	s, err := shapeOf[T]()
	if err != nil {
		return nil, err
	}
	rows, err := q.Model(new(T)).Select(s.names).Rows()
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	h := newHolder(s)
	for rows.Next() {
		var row T
		if err := h.scan(rows, reflect.ValueOf(&row).Elem()); err != nil {
			return nil, err
		}
		out = append(out, row)
	}
	return out, rows.Err()
}

// holder takes the values of one row on their way into it. Whole numbers, texts and what a serializer reads are taken
// as the driver has them, for database/sql looks at each by reflection; a value of another kind than its column's is
// read as database/sql reads it, with its errors.
type holder struct {
	shape *shape
	any   []any
	into  []any
}

func newHolder(s *shape) *holder {
	n := len(s.columns)
	h := &holder{shape: s, any: make([]any, n), into: make([]any, n)}
	for i, c := range s.columns {
		if c.kind != reflect.Invalid {
			h.into[i] = &h.any[i]
		}
	}
	return h
}

func (h *holder) scan(rows *sql.Rows, row reflect.Value) error {
	for i, c := range h.shape.columns {
		if c.kind == reflect.Invalid {
			h.into[i] = row.FieldByIndex(c.index).Addr().Interface()
		}
	}
	if err := rows.Scan(h.into...); err != nil {
		return err
	}
	for i, c := range h.shape.columns {
		if err := h.put(rows, row, i, c); err != nil {
			return err
		}
	}
	return nil
}

// put sets the field of one column.
func (h *holder) put(rows *sql.Rows, row reflect.Value, i int, c column) error {
	switch v := h.any[i].(type) {
	case int64:
		switch c.kind {
		case reflect.Int64:
			row.FieldByIndex(c.index).SetInt(v)
			return nil
		case reflect.Pointer:
			to := reflect.New(c.field.FieldType.Elem())
			to.Elem().SetInt(v)
			row.FieldByIndex(c.index).Set(to)
			return nil
		}
	case string:
		if c.kind == reflect.String {
			row.FieldByIndex(c.index).SetString(v)
			return nil
		}
	case nil:
		if c.kind == reflect.Pointer {
			return nil // of a row that is new, so that the field is nil
		}
	}
	switch c.kind {
	case reflect.Invalid:
		return nil
	case reflect.Interface:
		return c.field.Serializer.Scan(context.Background(), c.field, row, h.any[i])
	}
	return h.otherwise(rows, row, i, c)
}

// otherwise reads one value again, into a variable of the column's kind.
func (h *holder) otherwise(rows *sql.Rows, row reflect.Value, i int, c column) error {
	var n int64
	var text string
	var skipped any
	all := make([]any, len(h.into))
	for k := range all {
		all[k] = &skipped
	}
	switch all[i] = any(&text); c.kind {
	case reflect.Int64:
		all[i] = &n
	case reflect.Pointer:
		all[i] = row.FieldByIndex(c.index).Addr().Interface()
	}
	if err := rows.Scan(all...); err != nil {
		return err
	}
	switch c.kind {
	case reflect.Int64:
		row.FieldByIndex(c.index).SetInt(n)
	case reflect.String:
		row.FieldByIndex(c.index).SetString(text)
	}
	return nil
}
