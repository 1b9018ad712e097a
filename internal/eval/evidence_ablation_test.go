package eval

import (
	"fmt"
	"os"
	"testing"

	"claimbench/internal/match"
)

// TestEvidenceAblation prints what each kind of key buys, for docs/text/evidence.md.
func TestEvidenceAblation(t *testing.T) {
	if os.Getenv("WORKBENCH_ABLATION") == "" {
		t.Skip("set WORKBENCH_ABLATION to measure each kind of key; it takes minutes")
	}
	dir := evidenceData(t)
	p, err := ReadParallel(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name string
		keys match.Keys
	}{
		{"stems, numbers and dates", match.KeyStem | match.KeyNumber},
		{"+ places and peoples", match.KeyStem | match.KeyNumber | match.KeyPlace},
		{"+ words of signs", match.KeyStem | match.KeyNumber | match.KeyPlace | match.KeySign},
		{"+ names by sound", match.KeyStem | match.KeyNumber | match.KeyPlace | match.KeySign | match.KeySound},
		{"+ concepts (all)", match.AllKeys},
		{"all but sound", match.AllKeys &^ match.KeySound},
		{"all but numbers and dates", match.AllKeys &^ match.KeyNumber},
		{"all but places", match.AllKeys &^ match.KeyPlace},
		{"all but signs", match.AllKeys &^ match.KeySign},
		{"all but stems", match.AllKeys &^ match.KeyStem},
	} {
		row := c.name
		for _, pair := range parallelPairs {
			r, err := Retrieve(p.Lines[pair.from], p.Lines[pair.to], c.keys)
			if err != nil {
				t.Fatal(err)
			}
			row += " | " + fmt.Sprintf("%.1f", r.At1)
		}
		links, err := RankLinks(dir, c.keys)
		if err != nil {
			t.Fatal(err)
		}
		if links.SuccessAt5() == 0 {
			t.Errorf("%s: no link is found", c.name)
		}
		t.Logf("%s | %s | %.2f | %.2f", row, fmt.Sprintf("%.0f", links.SuccessAt5()), links.AveragePrecision(),
			links.HardNegativeAUC())
	}
}
