package text

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Fold gives the form of s that search and matching compare: NFKC, one letter for ي/ی/ى, for ك/ک and for ة/ه,
// ASCII digits, no marks, tatweel or ZWNJ, no width, lower case. It is never stored in place of the text.
func Fold(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	for _, r := range norm.NFKD.String(s) {
		switch {
		case r == 'ي' || r == 'ى':
			r = 'ی'
		case r == 'ك':
			r = 'ک'
		case r == 'ة':
			r = 'ه'
		case r == 0x3099 || r == 0x309A:
		case unicode.Is(unicode.Mn, r), unicode.Is(unicode.Cf, r), r == 'ـ':
			continue
		case r >= '۰' && r <= '۹':
			r -= '۰' - '0'
		case r >= '٠' && r <= '٩':
			r -= '٠' - '0'
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return norm.NFC.String(b.String())
}
