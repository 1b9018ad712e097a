package eval

import (
	"os"
	"testing"
)

func dataDir(t testing.TB) string {
	t.Helper()
	dir := os.Getenv("CLAIMBENCH_DATA")
	if dir == "" {
		t.Skip("CLAIMBENCH_DATA is not set: the measures on real data are not taken")
	}
	return dir
}

func TestSentenceMeasures(t *testing.T) {
	dir := dataDir(t)
	ms, err := SentenceMeasures(dir)
	if err != nil {
		t.Fatal(err)
	}
	ls, err := LanguageMeasures(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range append(ms, ls...) {
		t.Logf("%-32s %-16s %8.2f %s (reach %g, aim %g)", m.Name, m.Data, m.Value, m.Unit, m.Reach, m.Aim)
	}
}
