package eval

import (
	"os"
	"testing"

	"claimbench/internal/match"
)

func evidenceData(t testing.TB) string {
	dir := os.Getenv("WORKBENCH_DATA")
	if dir == "" {
		t.Skip("set WORKBENCH_DATA to the folder above eval and gold to take the measures")
	}
	return dir
}

func TestLinkMeasures(t *testing.T) {
	ms, err := LinkMeasures(evidenceData(t), match.AllKeys)
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range ms {
		t.Logf("%s %.3f", m.Name, m.Value)
	}
}
func TestPairingMeasures(t *testing.T) {
	ms, err := PairingMeasures(evidenceData(t), match.AllKeys)
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range ms {
		t.Logf("%s %.3f", m.Name, m.Value)
	}
}

func TestEvidenceSpeed(t *testing.T) {
	if os.Getenv("WORKBENCH_SPEED") == "" {
		t.Skip("set WORKBENCH_SPEED to measure the speed on 100,000 sentences")
	}
	ms, err := EvidenceSpeed(evidenceData(t), 100_000)
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range ms {
		t.Logf("%s %.1f %s", m.Name, m.Value, m.Unit)
	}
}
