package publish

import (
	"embed"
	"strings"

	"claimbench/internal/fault"
)

//go:embed schema/*.schema.json
var schemas embed.FS

// Schemas are the names of the JSON Schemas of our own JSON: of an exported set, and of a line of an exported history.
func Schemas() []string { return []string{"claimset", "history"} }

// Schema is a JSON Schema (draft 2020-12) by its name.
func Schema(name string) ([]byte, error) {
	for _, known := range Schemas() {
		if name == known {
			return schemas.ReadFile("schema/" + name + ".schema.json")
		}
	}
	return nil, fault.New(fault.Invalid, "There is no schema “%s”. There are: %s.", name,
		strings.Join(Schemas(), ", "))
}
