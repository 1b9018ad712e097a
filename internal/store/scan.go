package store

import (
	"context"
	"database/sql"
	"fmt"
	"reflect"
	"strconv"
	"strings"
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
	kind  reflect.Kind // Int64 and String, set as what they are; Interface: by a serializer; Invalid: see convert
}

// shape is how rows of one type are read: a struct by the names of its columns, or one value.
type shape struct {
	names []string // of the columns of its table
	by    map[string]*column
	value bool // it is no struct

	columns []*column // of names
	packed  string    // names, as columns of a question that is packed
}

var shapes sync.Map // reflect.Type → *shape

// shapeOf works out how rows of T are read.
func shapeOf[T any]() (*shape, error) {
	of := reflect.TypeFor[T]()
	if known, ok := shapes.Load(of); ok {
		return known.(*shape), nil
	}
	out := &shape{by: map[string]*column{}, value: of.Kind() != reflect.Struct}
	if !out.value {
		s, err := schema.Parse(new(T), &parsed, schema.NamingStrategy{})
		if err != nil {
			return nil, err
		}
		for _, name := range s.DBNames {
			out.names = append(out.names, s.Table+"."+name)
			out.by[name] = columnOf(s.FieldsByDBName[name])
			out.columns = append(out.columns, out.by[name])
		}
		out.packed = "`" + strings.Join(s.DBNames, "`, `") + "`"
	}
	shapes.Store(of, out)
	return out, nil
}

func columnOf(f *schema.Field) *column {
	c := &column{field: f, index: f.StructField.Index}
	switch kind := f.FieldType.Kind(); {
	case f.Serializer != nil:
		c.kind = reflect.Interface
	case implementsScanner(f.FieldType):
	case kind >= reflect.Int && kind <= reflect.Int64:
		c.kind = reflect.Int64
	case kind == reflect.String:
		c.kind = reflect.String
	}
	return c
}

// mayLack says that NULL has a place in the field: a pointer, or bytes.
func (c *column) mayLack() bool {
	t := c.field.FieldType
	return t.Kind() == reflect.Pointer || t.Kind() == reflect.Slice && !implementsScanner(t)
}

func implementsScanner(t reflect.Type) bool {
	return reflect.PointerTo(t).Implements(reflect.TypeFor[sql.Scanner]())
}

// readRows reads what a question on T's table answers: an audit reads every row there is. NULL where the row has no
// place for it is an error, as database/sql has it. full: SQLite packed the rows, and there are more than it packed.
func readRows[T any](q *gorm.DB) (out []T, full bool, err error) {
	s, err := shapeOf[T]()
	if err != nil {
		return nil, false, err
	}
	q = q.Model(new(T)).Select(s.names)
	if q.Name() != SQLite {
		out, err = find[T](q, true)
		return out, false, err
	}
	p, err := packed(q.Session(&gorm.Session{NewDB: true}).Raw("SELECT claimbench_pack("+s.packed+") FROM (?)", q))
	for err == nil && p.More() {
		var row T
		at := reflect.ValueOf(&row).Elem()
		for _, c := range s.columns {
			if stored, err := c.take(at, &p); err != nil {
				return nil, false, &UnreadableError{Column: c.field.DBName, Stored: stored, Err: err}
			}
		}
		out = append(out, row)
	}
	return out, p.Full, err
}

// take puts the value of a page whose turn it is where it belongs, strictly. It gives the value of which it tells an
// error.
func (c *column) take(row reflect.Value, p *Pack) (stored any, err error) {
	switch kind := p.Kind(); {
	case c.kind == reflect.Int64 && kind == PackedInt:
		row.FieldByIndex(c.index).SetInt(p.Int())
		return nil, nil
	case c.kind == reflect.String && kind == PackedText:
		row.FieldByIndex(c.index).SetString(strings.Clone(p.Text()))
		return nil, nil
	case c.field.FieldType.Kind() == reflect.Bool && kind == PackedInt:
		row.FieldByIndex(c.index).SetBool(p.Int() > 0) // as the driver has it
		return nil, nil
	case kind == PackedNull && c.kind != reflect.Interface && !c.mayLack():
		return nil, fmt.Errorf("NULL does not go into a %s", c.field.FieldType)
	}
	stored = p.value()
	return stored, c.put(row, stored)
}

// Find reads what a question that gorm builds answers, as rows of T: Select for a list whose filters vary. Without a
// table of its own it asks T's.
func Find[T any](q *gorm.DB) ([]T, error) { return find[T](q, false) }

func find[T any](q *gorm.DB, strict bool) (out []T, err error) {
	s, err := shapeOf[T]()
	if err != nil {
		return nil, err
	}
	if q.Statement.Table == "" && q.Statement.Model == nil && q.Statement.SQL.Len() == 0 {
		q = q.Model(new(T))
	}
	rows, err := q.Rows()
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	return scanAll[T](rows, s, strict)
}

// scanAll reads all rows of an answer. Its columns are looked up each time: another server may have changed a table
// meanwhile. strict: NULL goes into pointers and the like only; else it is the zero value, as in a row that is joined
// where there may be none.
func scanAll[T any](rows *sql.Rows, s *shape, strict bool) (out []T, err error) {
	names, err := rows.Columns()
	if err != nil {
		return nil, err
	}
	columns := make([]*column, len(names))
	values, into := make([]any, len(names)), make([]any, len(names))
	for i, name := range names {
		columns[i], into[i] = s.by[name], &values[i]
	}
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			return nil, err
		}
		var row T
		at := reflect.ValueOf(&row).Elem()
		if s.value {
			err = convert(at, values[0])
		} else {
			err = fillRow(at, columns, values, strict)
		}
		if err != nil {
			return nil, err
		}
		out = append(out, row)
	}
	return out, rows.Err()
}

// fillRow puts the values of one row where they belong.
func fillRow(row reflect.Value, columns []*column, values []any, strict bool) (err error) {
	for i, c := range columns {
		if c == nil {
			continue
		}
		switch v := values[i].(type) {
		case nil:
			switch {
			case c.kind == reflect.Interface:
				err = c.field.Serializer.Scan(context.Background(), c.field, row, v)
			case strict && !c.mayLack():
				err = fmt.Errorf("NULL does not go into a %s", c.field.FieldType)
			}
		case int64:
			if c.kind == reflect.Int64 {
				row.FieldByIndex(c.index).SetInt(v)
				continue
			}
			err = c.put(row, v)
		case string:
			if c.kind == reflect.String {
				row.FieldByIndex(c.index).SetString(v)
				continue
			}
			err = c.put(row, v)
		default:
			err = c.put(row, v)
		}
		if err != nil {
			return &UnreadableError{Column: c.field.DBName, Stored: values[i], Err: err}
		}
	}
	return nil
}

func (c *column) put(row reflect.Value, v any) error {
	if c.kind == reflect.Interface {
		return c.field.Serializer.Scan(context.Background(), c.field, row, v)
	}
	return convert(row.FieldByIndex(c.index), v)
}

// convert puts a value into a field whose type is not the value's own, as database/sql would. NULL leaves it as it is.
func convert(field reflect.Value, v any) error {
	if own, ok := field.Addr().Interface().(sql.Scanner); ok && v != nil {
		return own.Scan(v)
	}
	if v == nil {
		return nil
	}
	switch field.Kind() {
	case reflect.Pointer:
		field.Set(reflect.New(field.Type().Elem()))
		return convert(field.Elem(), v)
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		if n, whole := v.(int64); whole && !field.OverflowInt(n) {
			field.SetInt(n)
			return nil
		}
		n, err := strconv.ParseInt(asText(v), 10, field.Type().Bits())
		field.SetInt(n)
		return err
	case reflect.Float32, reflect.Float64:
		n, err := strconv.ParseFloat(asText(v), field.Type().Bits())
		field.SetFloat(n)
		return err
	case reflect.Bool:
		yes, err := strconv.ParseBool(asText(v))
		field.SetBool(yes)
		return err
	case reflect.String:
		field.SetString(asText(v))
		return nil
	case reflect.Slice:
		if field.Type().Elem().Kind() == reflect.Uint8 {
			field.SetBytes([]byte(asText(v)))
			return nil
		}
	case reflect.Interface:
		field.Set(reflect.ValueOf(v))
		return nil
	}
	return fmt.Errorf("a %T does not go into a %s", v, field.Type())
}

// asText writes a value as database/sql does before it reads it as another type.
func asText(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case []byte:
		return string(v)
	case int64:
		return strconv.FormatInt(v, 10)
	case bool:
		if v {
			return "1"
		}
		return "0"
	}
	return fmt.Sprint(v)
}
