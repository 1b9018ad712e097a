package store

import (
	"database/sql/driver"
	"encoding/json"
	"fmt"
	"slices"
)

// List is a list of small values in one column, as a JSON array; never null. T must have a JSON form.
type List[T any] []T

// Value writes the list for the database.
func (s List[T]) Value() (driver.Value, error) { return s.String(), nil }

// MarshalJSON writes an empty list as [], never null.
func (s List[T]) MarshalJSON() ([]byte, error) {
	if len(s) == 0 {
		return []byte("[]"), nil
	}
	return json.Marshal([]T(s))
}

// String is the list as a JSON array.
func (s List[T]) String() string {
	b, _ := s.MarshalJSON() // T has a JSON form
	return string(b)
}

// Scan reads the list from the database.
func (s *List[T]) Scan(v any) error {
	switch v := v.(type) {
	case string:
		if v == "[]" { // nearly all
			*s = List[T]{}
			return nil
		}
		return json.Unmarshal([]byte(v), (*[]T)(s))
	case []byte:
		return json.Unmarshal(v, (*[]T)(s))
	}
	return fmt.Errorf("a list cannot be read from %T", v)
}

// GormDataType tells gorm that the column is text.
func (List[T]) GormDataType() string { return "text" }

// Named is values by the names of their fields, in one column as a JSON object.
type Named map[string][]string

// Value writes the fields for the database.
func (f Named) Value() (driver.Value, error) {
	if f == nil {
		f = Named{}
	}
	raw, err := json.Marshal(map[string][]string(f))
	return string(raw), err
}

// Scan reads the fields from the database.
func (f *Named) Scan(v any) error {
	switch v := v.(type) {
	case string:
		return json.Unmarshal([]byte(v), (*map[string][]string)(f))
	case []byte:
		return json.Unmarshal(v, (*map[string][]string)(f))
	}
	return fmt.Errorf("fields cannot be read from %T", v)
}

// GormDataType tells gorm that the column is text.
func (Named) GormDataType() string { return "text" }

// One is the first value of a field, "" for none.
func (f Named) One(name string) string {
	if len(f[name]) == 0 {
		return ""
	}
	return f[name][0]
}

// Words are pointers to all values, to take words out of them.
func (f Named) Words() (out []*string) {
	for _, values := range f {
		for i := range values {
			out = append(out, &values[i])
		}
	}
	return out
}

// Copy shares nothing with the fields.
func (f Named) Copy() Named {
	out := Named{}
	for name, values := range f {
		out[name] = slices.Clone(values)
	}
	return out
}

// Same says that two hold the same words and choices.
func (f Named) Same(o Named) bool {
	for name := range f {
		if !slices.Equal(f[name], o[name]) {
			return false
		}
	}
	for name := range o {
		if !slices.Equal(f[name], o[name]) {
			return false
		}
	}
	return true
}
