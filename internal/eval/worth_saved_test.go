package eval

import (
	"testing"

	"claimbench/internal/worth"
)

// TestSavedOf: where people want what shows a sign that check-worthiness does not like, learning saves; where they want
// what check-worthiness puts first, it costs the rows by lot only.
func TestSavedOf(t *testing.T) {
	t.Parallel()
	var against, along []read
	for i := range 400 {
		c := read{shown: worth.Shown{Kind: "fact", Words: "as many letters as the middle has, or so", Sentence: 10,
			CheckWorthy: 40 + i%40}, unit: i}
		if i%8 == 0 {
			c.shown.Kind, c.shown.CheckWorthy, c.worthy = "pledge", 30, true
		}
		against = append(against, c)
		c.shown.Kind, c.worthy = "fact", c.shown.CheckWorthy >= 75
		along = append(along, c)
	}
	s := savedOf("against", against)
	if s.Candidates != 400 || s.Worthy != 50 || s.Good.Learnt > s.Good.Worth/2 || s.Good.Learnt >= s.Good.Text {
		t.Errorf("learning saves nothing: %+v", s)
	}
	if s.Most.Learnt > s.Good.Learnt || s.Sure < 0.9 || s.Found < 0.9 {
		t.Errorf("%+v", s)
	}
	if s := savedOf("along", along); s.Good.Worth > s.Good.Lots || s.Good.Learnt > 1.3*s.Good.Worth {
		t.Errorf("learning costs more than the lots: %+v", s)
	}
}
