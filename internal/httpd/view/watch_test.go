package view

import (
	"strings"
	"testing"
)

// TestTextChanges: what differs is shown word by word beside the paragraph that it stands in; what both have is
// counted; long texts and many changes are bounded.
func TestTextChanges(t *testing.T) {
	all, same, more := TextChanges("One.\n\nThe council gave 40 grants.\n\nThree.",
		"One.\nThe council gave 41 grants.\nThree.\nFour.", 10)
	if len(all) != 2 || same != 2 || more != 0 {
		t.Fatalf("%+v, %d same, %d more", all, same, more)
	}
	changed := func(parts []DiffPart) (out string) {
		for _, p := range parts {
			if p.Changed {
				out += p.Text
			}
		}
		return out
	}
	if changed(all[0].Was) != "40" || changed(all[0].Is) != "41" || all[1].Was != nil || changed(all[1].Is) != "Four." {
		t.Errorf("%+v", all)
	}
	if all, same, _ := TextChanges("One.\n\nTwo.", "One.\r\n \r\nTwo.\r\n", 10); len(all) != 0 || same != 2 {
		t.Errorf("blank lines and their ends differ: %+v, %d", all, same)
	}
	var old, new strings.Builder
	for i := range 40 {
		old.WriteString(strings.Repeat("a word and ", 2000) + string(rune('A'+i)) + "\nstays\n")
		new.WriteString(strings.Repeat("a word and ", 2000) + string(rune('a'+i)) + "\nstays\n")
	}
	all, _, more = TextChanges(old.String(), new.String(), 30)
	if len(all) != 30 || more != 10 {
		t.Errorf("%d shown, %d more", len(all), more)
	}
	if n := len(all[0].Was[0].Text); n > longestSame+8 {
		t.Errorf("%d bytes of what both have are shown", n)
	}
	all, _, more = TextChanges("", strings.Repeat("one\n", 3)+strings.Repeat("日本", 100_000), 30)
	if n := len([]rune(all[0].Is[0].Text)); n > longestDiff+2 || more != 0 {
		t.Errorf("%d code points of one change are shown, %d more", n, more)
	}
}
