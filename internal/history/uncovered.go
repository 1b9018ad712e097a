package history

import (
	_ "embed"
	"strings"
)

// Uncovered is something of the database that a verification does not compare, and why. docs/history.md has the same
// list for people; the walk over the schema (internal/house) holds the list to what the verifier really sees.
type Uncovered struct {
	Table  string
	Column string // a column; "+" a row added, "-" a row deleted, "*" all of the table
	Engine string // "sqlite" or "postgres"; "" both
	Reason string
}

//go:embed uncovered.tsv
var uncoveredTable string

// NotCovered lists all that a verification does not compare.
func NotCovered() []Uncovered {
	var out []Uncovered
	for line := range strings.Lines(uncoveredTable) {
		if f := strings.Split(strings.TrimRight(line, "\n"), "\t"); len(f) == 4 {
			out = append(out, Uncovered{Table: f[0], Column: f[1], Engine: strings.Trim(f[2], "-"), Reason: f[3]})
		}
	}
	return out
}
