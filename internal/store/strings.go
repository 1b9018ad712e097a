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
	if n := len(b); n > 4 && b[0] == '[' && b[1] == '"' && b[n-2] == '"' && b[n-1] == ']' && plain(b[2:n-2]) {
		*s = Strings{string(b[2 : n-2])}
		return nil
	}
	return json.Unmarshal(b, (*[]string)(s))
}

// plain says whether bytes are letters, digits and spaces of ASCII alone: they stand in JSON as they are. Most lists
// hold one such word, and an audit reads them all.
func plain(b []byte) bool {
	for _, c := range b {
		if c != ' ' && c != '_' && (c < '0' || c > '9') && (c|0x20 < 'a' || c|0x20 > 'z') {
			return false
		}
	}
	return true
}

// GormDataType tells gorm that the column is text.
func (Strings) GormDataType() string { return "text" }
