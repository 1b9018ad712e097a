package eval

import (
	"math"
	"os"
	"testing"

	"claimbench/internal/match"
)

// evidenceData gives the folder above eval and gold that the measures are taken on.
func evidenceData(t testing.TB) string {
	dir := os.Getenv("WORKBENCH_DATA")
	if dir == "" {
		t.Skip("set WORKBENCH_DATA to the folder above eval and gold to take the measures")
	}
	return dir
}

// TestEvidenceMeasures holds every measure at what is asked of it.
func TestEvidenceMeasures(t *testing.T) {
	measures, err := EvidenceMeasures(evidenceData(t), match.AllKeys)
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range measures {
		t.Logf("%s %.3f %s", m.Name, m.Value, m.Unit)
		if m.Value < m.Reach {
			t.Errorf("%s is %.3f, under the %v asked", m.Name, m.Value, m.Reach)
		}
	}
}

func TestEvidenceNeedsData(t *testing.T) {
	if _, err := EvidenceMeasures(t.TempDir(), match.AllKeys); err == nil {
		t.Error("an empty folder gives measures")
	}
}

func TestLinkRanking(t *testing.T) {
	r := LinkRanking{
		Links: []GoldLink{
			{"a", "b", "supports", "cross", ""}, {"c", "d", "contradicts", "cross", ""}, {"a", "e", "context", "cross",
				""},
			{"c", "e", "unrelated", "cross", ""}, {"d", "e", "unrelated", "cross", "pooled"}, {"a", "c", "same",
				"intra", ""},
		},
		Scores: map[string]float64{"a b": 0.9, "a e": 0.8, "c d": 0.5, "c e": 0.5},
		Top:    map[string][]string{"a": {"e", "b"}, "b": {"e"}, "c": {"e"}, "d": {"c"}},
	}
	if got := r.SuccessAt5(); got != 50 {
		t.Errorf("success@5 = %v, want 50: a and d find theirs, b and c do not", got)
	}
	if got, want := r.AveragePrecision(), (1+2.0/3)/2; math.Abs(got-want) > 1e-9 {
		t.Errorf("AP = %v, want %v: ranks 1 and 3", got, want)
	}
	if got := r.HardNegativeAUC(); got != 0.75 {
		t.Errorf("AUC = %v, want 0.75: one win, one tie, and the pooled pair left out", got)
	}
	if got := (LinkRanking{}).AveragePrecision() + (LinkRanking{}).SuccessAt5() +
		(LinkRanking{}).HardNegativeAUC(); got != 0 {
		t.Errorf("no links give %v", got)
	}
}

func TestSyntheticCorpusRepeats(t *testing.T) {
	p := Parallel{Lines: map[string][]string{"en": {"one two three", "four five six"}, "ar": {"واحد اثنان"},
		"fa": {"یک دو"}, "ja": {"一二三四"}}}
	a, b := SyntheticCorpus(p, 40), SyntheticCorpus(p, 40)
	seen := map[string]bool{}
	for i := range a {
		if a[i] != b[i] || seen[a[i].Text] {
			t.Fatalf("item %d: %q and %q, want the same each time and different from the others", i, a[i].Text,
				b[i].Text)
		}
		seen[a[i].Text] = true
	}
}
