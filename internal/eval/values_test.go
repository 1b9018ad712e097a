package eval

import (
	"os"
	"testing"
)

// TestValueMeasures needs the measuring data: CLAIMBENCH_DATA names the folder that holds gold/ and seeds/.
func TestValueMeasures(t *testing.T) {
	dir := os.Getenv("CLAIMBENCH_DATA")
	if dir == "" {
		t.Skip("CLAIMBENCH_DATA is not set; the measuring data is not part of the project")
	}
	q, d, err := ScoreValues(dir)
	if err != nil {
		t.Fatal(err)
	}
	for name, s := range map[string]ValueScore{"quantities": q, "dates": d} {
		t.Logf("%s: F1 %.3f, right %d, extra %d, missed %d", name, s.F1(), s.Right, s.Extra, s.Missed)
		for _, e := range s.Errors {
			t.Log("  ", name, e)
		}
		if s.F1() < 0.92 {
			t.Errorf("%s: F1 %.3f is below 0.92", name, s.F1())
		}
	}
}
