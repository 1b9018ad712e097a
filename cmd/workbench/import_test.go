package main

import (
	"strings"
	"testing"

	"claimbench/internal/intake"
)

// The help of the command is where people learn which files are taken: it tells of every reader.
func TestImportHelpTellsOfEveryReader(t *testing.T) {
	t.Parallel()
	code, out := workbench("import", "--help")
	for _, r := range intake.Readers() {
		if code != 0 || !strings.Contains(out, r.Word) || !strings.Contains(out, r.Endings[0]) {
			t.Errorf("the help does not tell of %s:\n%s", r.Name, out)
		}
	}
}
