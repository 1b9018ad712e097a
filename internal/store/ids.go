package store

import (
	"database/sql/driver"
	"encoding/json"
	"fmt"
	"strconv"
)

// IDs is a list of typed ids in one column, as a JSON array of numbers; never null.
type IDs[T ~int64] []T

// Value writes the list for the database.
func (s IDs[T]) Value() (driver.Value, error) { return s.String(), nil }

// MarshalJSON writes an empty list as [], never null.
func (s IDs[T]) MarshalJSON() ([]byte, error) { return []byte(s.String()), nil }

// String is the list as a JSON array.
func (s IDs[T]) String() string {
	if len(s) == 0 {
		return "[]"
	}
	b := append(make([]byte, 0, 8*len(s)+2), '[')
	for i, id := range s {
		if i > 0 {
			b = append(b, ',')
		}
		b = strconv.AppendInt(b, int64(id), 10)
	}
	return string(append(b, ']'))
}

// Scan reads the list from the database.
func (s *IDs[T]) Scan(v any) error {
	switch v := v.(type) {
	case string:
		if v == "[]" {
			*s = IDs[T]{}
			return nil
		}
		return json.Unmarshal([]byte(v), (*[]T)(s))
	case []byte:
		return json.Unmarshal(v, (*[]T)(s))
	}
	return fmt.Errorf("a list of ids cannot be read from %T", v)
}

// GormDataType tells gorm that the column is text.
func (IDs[T]) GormDataType() string { return "text" }
