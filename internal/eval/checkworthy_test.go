package eval

import "testing"

func TestCheckWorthyMAP(t *testing.T) {
	dir := dataDir(t)
	for _, l := range [][2]string{{"English", "en"}, {"Arabic", "ar"}} {
		v, err := CheckWorthyMAP(dir, l[0], l[1])
		if err != nil {
			t.Fatal(err)
		}
		t.Logf("MAP %s %.3f", l[1], v)
	}
}

// The shipped score ranks lines that it never saw better than chance, whatever the debate, and takes many values.
func TestShippedWorthIsAboveChance(t *testing.T) {
	all, err := WorthRankings(dataDir(t))
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range all {
		if r.Score < 2*r.Chance || r.Values < 50 {
			t.Errorf("%s: %.3f, chance %.3f, %d values", r.Name, r.Score, r.Chance, r.Values)
		}
	}
}
