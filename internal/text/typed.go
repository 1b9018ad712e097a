package text

import "fmt"

// CheckTyped says whether a person may have typed s into the named field. It refuses characters that change what
// others see without being seen: bidi controls (U+202A–202E, U+2066–2069, U+200E, U+200F, U+061C), NUL and the
// other C0 and C1 controls but tab, line feed and carriage return. The message names the field, the character and
// where it stands.
func CheckTyped(field, s string) error {
	n := 0
	for i, r := range s {
		switch {
		case r == 0xFFFD && invalidRune(s[i:]):
			return fmt.Errorf("%s: character %d is not valid UTF-8; type it again", field, n+1)
		case isBidiControl(r):
			return fmt.Errorf("%s: character %d is the invisible direction mark U+%04X; remove it", field, n+1, r)
		case r < 0x20 && r != '\t' && r != '\n' && r != '\r', r >= 0x7F && r <= 0x9F && r != 0x85:
			return fmt.Errorf("%s: character %d is the control character U+%04X; remove it", field, n+1, r)
		}
		n++
	}
	return nil
}

// invalidRune tells a broken byte from a U+FFFD that is really written there.
func invalidRune(s string) bool { return len(s) < 3 || s[:3] != "\uFFFD" }

// isBidiControl reports the characters of Unicode's Bidi_Control property.
func isBidiControl(r rune) bool {
	switch {
	case r == 0x061C, r == 0x200E, r == 0x200F, r >= 0x202A && r <= 0x202E, r >= 0x2066 && r <= 0x2069:
		return true
	}
	return false
}
