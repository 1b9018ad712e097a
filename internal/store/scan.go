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
	kind  reflect.Kind // Int64 and String, scanned as what they are; Interface: by a serializer; Invalid: as the field
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

// holder takes the values of one row on their way into it.
type holder struct {
	shape *shape
	ints  []int64
	texts []string
	any   []any
	into  []any
}

func newHolder(s *shape) *holder {
	n := len(s.columns)
	h := &holder{shape: s, ints: make([]int64, n), texts: make([]string, n), any: make([]any, n), into: make([]any, n)}
	for i, c := range s.columns {
		switch c.kind {
		case reflect.Int64:
			h.into[i] = &h.ints[i]
		case reflect.String:
			h.into[i] = &h.texts[i]
		case reflect.Interface:
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
		switch c.kind {
		case reflect.Int64:
			row.FieldByIndex(c.index).SetInt(h.ints[i])
		case reflect.String:
			row.FieldByIndex(c.index).SetString(h.texts[i])
		case reflect.Interface:
			if err := c.field.Serializer.Scan(context.Background(), c.field, row, h.any[i]); err != nil {
				return err
			}
		}
	}
	return nil
}
