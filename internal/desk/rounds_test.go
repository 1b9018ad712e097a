package desk

import "testing"

// TestSights holds the table of blindness against what may never be, in any case of it.
func TestSights(t *testing.T) {
	t.Parallel()
	if len(sights) != 4 {
		t.Errorf("%d phases; a phase that is missing shows nothing, and a new one must be thought about", len(sights))
	}
	for ph, readers := range sights {
		for _, who := range []reader{auditor, participant, other} {
			see, there := readers[who]
			if !there {
				t.Errorf("a round that is %s has no case for %s", ph, who)
			}
			if ph == open && who != auditor && (see.others || see.letters || see.names || see.numbers || see.opener) {
				t.Errorf("%s sees of an open round more than their own review: %+v", who, see)
			}
			if ph == open && who == other && see.there {
				t.Errorf("%s knows that somebody has begun an open round", who)
			}
			if ph == conflicted && who != auditor && (see.names || see.opener) {
				t.Errorf("%s sees names before a conflict is decided: %+v", who, see)
			}
			if see.names && !see.letters || see.opener && !see.names {
				t.Errorf("%s sees names without letters, or the opener without names: %+v", who, see)
			}
			if who == auditor && see != (sight{true, true, true, true, true, true}) {
				t.Errorf("an auditor does not see all of a round that is %s: %+v", ph, see)
			}
		}
	}
}
