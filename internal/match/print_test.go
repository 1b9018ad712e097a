package match

import (
	"strings"
	"testing"
)

// TestPrint: near-copies share a band and a good part of their shingles, others neither; long texts by a part of them.
func TestPrint(t *testing.T) {
	var long strings.Builder
	for i := range 4000 {
		long.WriteString("word" + strings.Repeat("a", i%7) + string(rune('a'+i%26)) + string(rune('a'+i/26%26)) + " ")
	}
	short := "The council of Ghent approved 40 grants on 3 March 2021, the mayor said on Tuesday, and nobody voted " +
		"against it in the hall."
	for _, c := range []struct {
		a, b   string
		copies bool
	}{
		{short, strings.Replace(short, "Tuesday", "Wednesday", 1), true},
		{short, "The mill at Deinze burned down on Friday night and nobody was hurt, said the fire brigade.", false},
		{long.String(), long.String() + "and a word more at its end", true},
		{long.String(), short, false},
		{"", "", false},
		{short, "", false},
	} {
		p, q := PrintOf(c.a), PrintOf(c.b)
		share, copies := p.Overlap(q.Bytes())
		meet := false
		for _, x := range p.Bands {
			for _, y := range q.Bands {
				meet = meet || x == y
			}
		}
		if copies != c.copies || meet != c.copies || copies != (share >= 400) {
			t.Errorf("%.20q and %.20q: %d‰ %v, a band in common: %v", c.a, c.b, share, copies, meet)
		}
	}
	if _, copies := PrintOf(short).Overlap([]byte("12")); copies {
		t.Error("what is no print is a copy")
	}
}
