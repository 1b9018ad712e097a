package evidence

import "testing"

// Passages against a claim keep a third of the places, refused ones take none, and no place stays empty.
func TestShownKeepsRoomForAgainst(t *testing.T) {
	for _, c := range []struct{ plain, against, refused, k, wantPlain, wantAgainst, wantRefused int }{
		{20, 5, 0, 8, 5, 3, 0},
		{20, 1, 2, 8, 7, 1, 2},
		{2, 20, 0, 8, 2, 6, 0},
		{20, 0, 9, 8, 8, 0, 8},
		{3, 2, 0, 8, 3, 2, 0},
		{20, 5, 0, 1, 1, 0, 0},
	} {
		var all []Passage
		for range c.plain {
			all = append(all, Passage{})
		}
		for range c.against {
			all = append(all, Passage{Against: true})
		}
		for range c.refused {
			all = append(all, Passage{Against: true, Refused: true})
		}
		var got [3]int
		for _, p := range shown(all, c.k) {
			got[rank(p)]++
		}
		if got != [3]int{c.wantPlain, c.wantAgainst, c.wantRefused} {
			t.Errorf("%+v: %v are shown", c, got)
		}
	}
}
