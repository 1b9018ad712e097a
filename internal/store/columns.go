package store

import (
	"fmt"
	"strings"
	"sync"

	"gorm.io/gorm/schema"
)

var parsed sync.Map

// Columns lists the columns of T's table for a SELECT that joins it under an alias, each renamed with a prefix, as a
// field tagged `gorm:"embedded;embeddedPrefix:…"` wants them: "a.id AS a_id, a.name AS a_name". Columns named in omit
// are left out.
func Columns[T any](alias, prefix string, omit ...string) string {
	s, err := schema.Parse(new(T), &parsed, schema.NamingStrategy{})
	if err != nil {
		panic(err) // T is no row of ours: a mistake in the program, found by the first test that reads it
	}
	var out []string
next:
	for _, name := range s.DBNames {
		for _, no := range omit {
			if no == name {
				continue next
			}
		}
		out = append(out, fmt.Sprintf("%s.%s AS %s%s", alias, name, prefix, name))
	}
	return strings.Join(out, ", ")
}
