package shelf

import (
	"os"
	"strings"
	"testing"

	"claimbench/internal/match"
)

type pair struct {
	same         bool
	kind         string
	claim, entry match.Item
}

func pairs(t testing.TB) (out []pair) {
	t.Helper()
	b, err := os.ReadFile("testdata/pairs.tsv")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(b)) {
		if c := strings.Split(strings.TrimSpace(line), "\t"); len(c) == 6 {
			out = append(out, pair{c[0] == "same", c[1], match.Item{Lang: c[2], Text: c[3]},
				match.Item{Lang: c[4], Text: c[5]}})
		}
	}
	if len(out) < 60 {
		t.Fatalf("%d pairs", len(out))
	}
	return out
}

// TestThreshold: of the pairs of the test set nothing is proposed that says another number, day, name or the contrary,
// and most of what says the same is. The figures stand in docs/shelf.md.
func TestThreshold(t *testing.T) {
	t.Parallel()
	right, wrong, missed := 0, 0, 0
	for _, p := range pairs(t) {
		l := match.AlikeAmong(p.claim, []match.Item{p.entry})[0]
		switch got := fits(p.claim, p.entry, l); {
		case got && p.same:
			right++
		case got:
			wrong++
			t.Logf("wrong (%s, %.2f): %s / %s", p.kind, l.Score, p.claim.Text, p.entry.Text)
		case p.same:
			missed++
			t.Logf("missed (%s, %.2f, against %v): %s / %s", p.kind, l.Score, l.Against, p.claim.Text, p.entry.Text)
		}
	}
	precision, recall := float64(right)/float64(right+wrong), float64(right)/float64(right+missed)
	t.Logf("precision %.2f, recall %.2f", precision, recall)
	if precision < 0.95 || recall < 0.85 {
		t.Errorf("precision %.2f, recall %.2f", precision, recall)
	}
}

// TestOtherThresholds prints what other thresholds would do: go test -run OtherThresholds -v.
func TestOtherThresholds(t *testing.T) {
	if !testing.Verbose() {
		t.Skip("it prints a table, and asserts nothing")
	}
	all := pairs(t)
	for least := 0.10; least < 0.95; least += 0.10 {
		var n [2][2]int // by across, same
		for _, p := range all {
			l := match.AlikeAmong(p.claim, []match.Item{p.entry})[0]
			clear := !l.Against && !l.Strange && len(match.Compare(p.claim, p.entry)) == 0
			if across := p.claim.Lang != p.entry.Lang; clear && l.Score >= least {
				n[bit(across)][bit(p.same)]++
			}
		}
		t.Logf("%.2f: within %d right %d wrong, across %d right %d wrong", least, n[0][1], n[0][0], n[1][1], n[1][0])
	}
}

func bit(b bool) int {
	if b {
		return 1
	}
	return 0
}
