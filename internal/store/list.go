package store

import (
	"database/sql/driver"
	"encoding/json"
	"fmt"
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
		return json.Unmarshal([]byte(v), (*[]T)(s))
	case []byte:
		return json.Unmarshal(v, (*[]T)(s))
	}
	return fmt.Errorf("a list cannot be read from %T", v)
}

// GormDataType tells gorm that the column is text.
func (List[T]) GormDataType() string { return "text" }
