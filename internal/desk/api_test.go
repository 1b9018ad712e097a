package desk

import (
	"encoding/json"
	"testing"

	"claimbench/internal/store"
)

func TestListIsNeverNull(t *testing.T) {
	t.Parallel()
	for want, v := range map[string]any{
		`{"items":[]}`:                              List[int]{},
		`{"items":[1],"next":"1"}`:                  List[int]{Items: []int{1}, Next: "1"},
		`{"items":["2026-11-21T12:00:00.000001Z"]}`: ListOf([]Time{Time(store.Micros(1795262400000001))}),
	} {
		if got, err := json.Marshal(v); err != nil || string(got) != want {
			t.Errorf("%s, %v; want %s", got, err, want)
		}
	}
	if timeOf(nil) != nil {
		t.Error("a moment that is missing became one")
	}
}
