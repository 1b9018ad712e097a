package store

import (
	"database/sql/driver"
	"encoding/json"
	"fmt"
)

// Strings is a list of short words in one column, as a JSON array; never null.
type Strings []string

// Value writes the list for the database.
func (s Strings) Value() (driver.Value, error) { return s.String(), nil }

// String is the list as a JSON array.
func (s Strings) String() string {
	if len(s) == 0 {
		return "[]"
	}
	b, _ := json.Marshal([]string(s)) // a list of strings always has a JSON form
	return string(b)
}

// Scan reads the list from the database.
func (s *Strings) Scan(v any) error {
	var b []byte
	switch v := v.(type) {
	case string:
		b = []byte(v)
	case []byte:
		b = v
	case nil:
		*s = Strings{}
		return nil
	default:
		return fmt.Errorf("a list of strings cannot be read from %T", v)
	}
	if string(b) == "[]" {
		*s = Strings{}
		return nil
	}
	return json.Unmarshal(b, (*[]string)(s))
}

// GormDataType tells gorm that the column is text.
func (Strings) GormDataType() string { return "text" }
