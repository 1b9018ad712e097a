package modeltest

import (
	_ "embed"
	"strings"
	"testing"
)

//go:embed reversed.tsv
var reversedTSV string

// Reversed is a text that takes a clause of it back. Where says in which part: in (its own clause), parted (behind a
// sign) or next (the next sentence).
type Reversed struct{ Lang, Where, Text, Clause string }

// Reversals gives the texts that take a clause back by words that no table needs to know, in seven languages.
func Reversals(t testing.TB) (out []Reversed) {
	t.Helper()
	for line := range strings.Lines(reversedTSV) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		cells := strings.Split(strings.TrimRight(line, "\n"), "\t")
		if len(cells) != 3 {
			t.Fatalf("this is no row of three cells: %q", line)
		}
		before, rest, _ := strings.Cut(cells[2], "[")
		clause, after, found := strings.Cut(rest, "]")
		if !found {
			t.Fatalf("this row has no clause in brackets: %q", line)
		}
		out = append(out, Reversed{cells[0], cells[1], before + clause + after, clause})
	}
	return out
}
