package match

import (
	"os"
	"strings"
	"testing"
)

// TestContradictions scores pairs that were written before the rules were run on them: what contradicts is marked, and
// one more figure beside the claim's own, or the same in another language, is not.
func TestContradictions(t *testing.T) {
	raw, err := os.ReadFile("testdata/contradictions.tsv")
	if err != nil {
		t.Fatal(err)
	}
	var marked, pairs, wrong, controls int
	for line := range strings.Lines(string(raw)) {
		cells := strings.Split(strings.TrimRight(line, "\n"), "\t")
		if line[0] == '#' || cells[0] == "lang" {
			continue
		}
		if len(cells) != 4 {
			t.Fatalf("%q has %d cells", line, len(cells))
		}
		lang, other, across := strings.Cut(cells[0], ">")
		if !across {
			other = lang
		}
		ix := newTestIndex(t, Item{ID: "a", Lang: other, Text: cells[3]}, Item{ID: "b", Text: "Nothing of the kind."})
		hits := ix.Query(Item{ID: "q", Lang: lang, Text: cells[2]}, 1)
		against := len(hits) == 1 && hits[0].ID == "a" && hits[0].Against
		if cells[1] == "same" {
			if controls++; against {
				wrong++
				t.Logf("marked: %s", line)
			}
			continue
		}
		if pairs++; against {
			marked++
		} else {
			t.Logf("not marked: %s", line)
		}
	}
	t.Logf("%d of %d contradictions marked, %d of %d controls", marked, pairs, wrong, controls)
	if marked < leastMarked || wrong > mostWronged {
		t.Errorf("%d of %d contradictions are marked and %d of %d controls; want at least %d and at most %d",
			marked, pairs,
			wrong, controls, leastMarked, mostWronged)
	}
}

// What the pairs reached.
const (
	leastMarked = 66
	mostWronged = 0
)
