package match

import (
	"fmt"
	"reflect"
	"testing"
)

// TestForesee: an index that worked out beforehand what sounds alike gives the answers of one that did not, and works
// nothing out when it is asked; what comes in later is foreseen too.
func TestForesee(t *testing.T) {
	t.Parallel()
	texts := []string{"Sergei Morozov met Amina Farouk in Lisbon.", "سرگئی موروزوف با امینه فاروق دیدار کرد.",
		"Sergej Morosow traf Amina Faruk.", "التقى سيرغي موروزوف بأمينة فاروق."}
	fresh, asked := newTestIndex(t), newTestIndex(t)
	for i, s := range texts {
		it := Item{ID: fmt.Sprint(i), Doc: fmt.Sprint("d", i), Text: s}
		if err := fresh.Add(it); err != nil {
			t.Fatal(err)
		}
		if err := asked.Add(it); err != nil {
			t.Fatal(err)
		}
		pieces := 1
		for fresh.Foresee(2) {
			pieces++
		}
		if fresh.Foresee(2) || pieces == 1 && i == 0 {
			t.Errorf("after %d texts it foresaw in %d pieces, and did not end", i+1, pieces)
		}
	}
	for id := range fresh.postings {
		if _, known := fresh.alikes.of[termID(id)]; fresh.typeAt[id] > 0 && !known {
			t.Errorf("%s was not foreseen", fresh.types[fresh.typeAt[id]-1].stem)
		}
	}
	for i, s := range texts {
		for _, q := range []Item{{Text: s}, {ID: fmt.Sprint(i), Doc: fmt.Sprint("d", i), Text: s}} {
			if got, want := fresh.Query(q, 5), asked.Query(q, 5); !reflect.DeepEqual(got, want) || len(got) == 0 {
				t.Errorf("%s: %+v, want %+v", s, got, want)
			}
		}
	}
}
