package text

import "unicode"

// Dense says whether a letter is of a script that writes words without spaces between them.
func Dense(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer,
		unicode.Myanmar)
}
