package httpd

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"claimbench/internal/review"
)

// TestNoteProposedFits: the note proposed from the longest trail fits its field, and ends with the last search.
func TestNoteProposedFits(t *testing.T) {
	t.Parallel()
	steps := slices.Repeat([]review.Step{{Words: strings.Repeat("ع", 500)}}, review.MostSteps-1)
	note := searchedNote(append(steps, review.Step{Words: "the last"}))
	if n := utf8.RuneCountInString(note); n > 9500 || n < 5000 {
		t.Errorf("it has %d characters", n)
	}
	if !strings.HasPrefix(note, "Before that: ") || !strings.Contains(note, "“the last”") {
		t.Errorf("it is %.80s … %s", note, note[len(note)-80:])
	}
	if note = searchedNote(steps[:1]); strings.HasPrefix(note, "Before") {
		t.Errorf("a short trail is %.80s", note)
	}
}
