package history

import (
	"encoding/json"
	"errors"
	"strings"

	"claimbench/internal/store"
)

// unreadable says whether an error tells of what stands in a row, and not of a database that does not answer: text
// where a number belongs, a list that is no JSON. This program writes no such row, so that is a finding.
// (database/sql has no type for its own; its words are fixed by its own tests.)
func unreadable(err error) bool {
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	var stored *store.UnreadableError
	return err != nil && (errors.As(err, &syntax) || errors.As(err, &kind) || errors.As(err, &stored) ||
		strings.Contains(err.Error(), "sql: Scan error on column"))
}

// orFinding makes an error of reading rows a finding when the rows are to blame; any other error comes back.
func (v *verifier) orFinding(what string, err error) error {
	if unreadable(err) {
		v.report.add(what, "it cannot be read: %v", err)
		return nil
	}
	return err
}
