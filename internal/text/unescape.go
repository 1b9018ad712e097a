package text

import (
	"strings"
	"unicode/utf8"
)

// Unescape reads the percent escapes of an address as the words that they stand for, and says where each byte of the
// result, and its end, comes from in s. Escapes that are no UTF-8 stay as they are.
func Unescape(s string) (plain string, at []int) {
	at = make([]int, 0, len(s)+1)
	if !strings.Contains(s, "%") {
		for i := range len(s) + 1 {
			at = append(at, i)
		}
		return s, at
	}
	var out strings.Builder
	for i := 0; i < len(s); {
		if r, n := escaped(s[i:]); n > 0 {
			for range utf8.RuneLen(r) {
				at = append(at, i)
			}
			out.WriteRune(r)
			i += n
			continue
		}
		out.WriteByte(s[i])
		at = append(at, i)
		i++
	}
	return out.String(), append(at, len(s))
}

// escaped reads the escapes of one character at the start of s, and how many bytes of s they are; 0 for none.
func escaped(s string) (rune, int) {
	var b []byte
	for n := 0; n+2 < len(s) && s[n] == '%' && len(b) < utf8.UTFMax; n += 3 {
		high, low := hexOf(s[n+1]), hexOf(s[n+2])
		if high < 0 || low < 0 {
			break
		}
		b = append(b, byte(high<<4|low))
		if r, size := utf8.DecodeRune(b); r != utf8.RuneError && size == len(b) {
			return r, n + 3
		}
	}
	return 0, 0
}

func hexOf(c byte) int {
	switch {
	case '0' <= c && c <= '9':
		return int(c - '0')
	case 'a' <= c|0x20 && c|0x20 <= 'f':
		return int(c|0x20-'a') + 10
	}
	return -1
}
