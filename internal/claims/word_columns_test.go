package claims

import "testing"

// What an event of a text that was taken down loses is what the rows say holds its words, and nothing else.
func TestEventsLoseTheFieldsThatTheRowsMark(t *testing.T) {
	t.Parallel()
	for field, lost := range map[string]bool{"hedge": true, "statement": true, "exact": true, "words": true,
		"anchor_changes": true, "lang": false, "state": false, "article": false, "claim": false, "version": false} {
		if wordFields[field] != lost {
			t.Errorf("%s: lost %v, want %v", field, wordFields[field], lost)
		}
	}
}
