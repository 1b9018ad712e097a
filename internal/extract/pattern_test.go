package extract

import "testing"

// TestPatternsCompile: a pattern that is wrong is found here, and not by the first text that meets it.
func TestPatternsCompile(t *testing.T) {
	t.Parallel()
	if len(patterns) < 15 {
		t.Fatalf("%d patterns", len(patterns))
	}
	for _, p := range patterns {
		p.compiled()
	}
}
