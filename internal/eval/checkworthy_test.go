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
