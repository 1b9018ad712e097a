package desk

import (
	"testing"

	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/store"
)

// TestBoardsAreKept: what was counted of a large collection serves for a minute, of a small one never.
func TestBoardsAreKept(t *testing.T) {
	t.Parallel()
	var b boards
	b.keep(1, standing{at: 100, states: []claims.StateCount{{N: keptClaims - 1}}})
	b.keep(2, standing{at: 100, states: []claims.StateCount{{N: keptClaims - 1}, {N: 1}}})
	if _, there := b.of(1, 100); there {
		t.Error("a small collection is kept")
	}
	for now, want := range map[int64]bool{99: false, 100: true, 99 + int64(keptFor): true,
		100 + int64(keptFor): false} {
		if _, there := b.of(2, store.Micros(now)); there != want {
			t.Errorf("at %d it is there: %t", now, there)
		}
	}
	for in := range keptBoards + 5 {
		b.keep(auth.CollectionID(in+10), standing{at: 100, states: []claims.StateCount{{N: keptClaims}}})
	}
	if len(b.by) > keptBoards {
		t.Errorf("%d are kept", len(b.by))
	}
}
