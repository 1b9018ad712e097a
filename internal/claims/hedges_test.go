package claims_test

import (
	"testing"

	"claimbench/internal/claims"
	"claimbench/internal/extract"
)

// TestEveryHedgeIsExplained: a hedge that the extractor gives has its sentence, and no sentence stands for none.
func TestEveryHedgeIsExplained(t *testing.T) {
	t.Parallel()
	given := map[claims.Hedge]bool{}
	for _, name := range extract.HedgeNames() {
		given[claims.Hedge(name)] = true
		if claims.AboutHedge(name) == "" {
			t.Errorf("the hedge %q is not explained", name)
		}
	}
	for _, name := range claims.Hedges.Names() {
		if !given[name] {
			t.Errorf("no candidate carries the hedge %q, which is explained", name)
		}
	}
	if got := claims.AboutHedge("گزارش دادند"); got != "" {
		t.Errorf("words of a person are explained as %q", got)
	}
}
