package text

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Fold gives the form of s that search and matching compare: NFKC, one letter for ي/ی/ى, for ك/ک and for ة/ه (and
// for the other forms of Alef, Waw, Heh and Yeh), ASCII digits and Arabic punctuation as ASCII, no marks, tatweel,
// ZWNJ or other invisible characters, no width, lower case, Latin letters without accents. Voiced kana stay voiced.
// It is idempotent, and never stored in place of the text.
func Fold(s string) string {
	i := foldedASCII(s)
	if i == len(s) {
		return s
	}
	var stack [256]byte
	buf, ok := foldFast(append(stack[:0], s[:i]...), s[i:])
	if !ok {
		return foldSlowly(s)
	}
	return string(buf)
}

// foldedASCII is how many bytes of s from the start are ASCII and no capitals.
func foldedASCII(s string) int {
	for i := 0; i < len(s); i++ {
		if b := s[i]; b >= utf8.RuneSelf || 'A' <= b && b <= 'Z' {
			return i
		}
	}
	return len(s)
}

// foldFast folds s code point by code point; false when it meets one that only normalisation can tell.
func foldFast(dst []byte, s string) ([]byte, bool) {
	for i := 0; i < len(s); {
		b := s[i]
		switch {
		case b < utf8.RuneSelf:
			if 'A' <= b && b <= 'Z' {
				b |= 0x20
			}
			dst = append(dst, b)
			i++
			continue
		case b < 0xE0:
			if b < 0xC2 || i+1 == len(s) || utf8.RuneStart(s[i+1]) { // not UTF-8
				return dst, false
			}
			f := foldTwo[rune(b&0x1F)<<6|rune(s[i+1]&0x3F)]
			switch {
			case f == foldDrop:
			case f == foldLong:
				return dst, false
			case f < utf8.RuneSelf:
				dst = append(dst, byte(f))
			default:
				dst = append(dst, 0xC0|byte(f>>6), 0x80|byte(f&0x3F))
			}
			i += 2
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		switch {
		case size == 1: // not UTF-8
			return dst, false
		case staysSame(r):
			dst = append(dst, s[i:i+size]...)
		case r >= 0x1E00 && r < 0x2000:
			f := foldGreekLatin[r-0x1E00]
			if f == foldLong {
				return dst, false
			}
			dst = utf8.AppendRune(dst, rune(f))
		case r >= 0xFF01 && r <= 0xFF5E: // full width
			f := byte(r - 0xFEE0)
			if 'A' <= f && f <= 'Z' {
				f |= 0x20
			}
			dst = append(dst, f)
		case r == 0x3000:
			dst = append(dst, ' ')
		case r == 0xFEFF, r >= 0x200B && r <= 0x200F, r >= 0x202A && r <= 0x202E, r >= 0x2060 && r <= 0x2069 &&
			r != 0x2065:
		default:
			return dst, false
		}
		i += size
	}
	return dst, true
}

// staysSame reports the code points of three bytes that folding leaves alone, whatever stands beside them. Kana do
// not stand here when a voicing mark follows: that mark sends the text to foldSlowly.
func staysSame(r rune) bool {
	switch {
	case r >= 0x4E00 && r <= 0x9FFF, r >= 0xAC00 && r <= 0xD7A3, r >= 0x3400 && r <= 0x4DBF:
		return true
	case r >= 0x3041 && r <= 0x30FE:
		return r < 0x3097 || r == 0x309D || r == 0x309E || r >= 0x30A0
	case r >= 0x3001 && r <= 0x3020:
		return true
	case r >= 0x2010 && r <= 0x2022:
		return r != 0x2011 && r != 0x2017
	case r == 0x2039, r == 0x203A, r == 0x20AC, r == 0x2030:
		return true
	}
	return false
}

// In a table, foldDrop stands for nothing and foldLong for a text of several code points.
const (
	foldDrop = 0
	foldLong = 1
)

// foldTwo folds the code points below U+0800, foldGreekLatin those of U+1E00–1FFF.
var (
	foldTwo        = foldTable(0, 0x800)
	foldGreekLatin = foldTable(0x1E00, 0x2000)
)

func foldTable(from, to rune) []uint16 {
	t := make([]uint16, to-from)
	for r := from; r < to; r++ {
		switch f := []rune(foldOne(r)); {
		case len(f) == 0:
			t[r-from] = foldDrop
		case len(f) == 1 && f[0] < 0x800:
			t[r-from] = uint16(f[0])
		default:
			t[r-from] = foldLong
		}
	}
	return t
}

// letterForms are the letters that Unicode keeps apart and a reader does not.
var letterForms = map[rune]string{
	'ي': "ی", 'ى': "ی", 'ے': "ی", 'ې': "ی", 'ێ': "ی", 'ۍ': "ی", 'ك': "ک", 'ڪ': "ک", 'ة': "ه", 'ۃ': "ه", 'ہ': "ه",
	'ھ': "ه", 'ە': "ه", 'ۆ': "و", 'ۇ': "و", 'ۈ': "و", 'ڕ': "ر", 'ڵ': "ل", 'ٱ': "ا",
	'،': ",", '؛': ";", '؟': "?", '٪': "%", '٫': ".", '٬': ",", '۔': ".",
	'ß': "ss", 'æ': "ae", 'œ': "oe", 'ø': "o", 'ł': "l", 'đ': "d", 'ı': "i", 'ς': "σ",
}

// foldOne folds one code point on its own.
func foldOne(r rune) string {
	var b strings.Builder
	for _, d := range norm.NFKD.String(string(r)) {
		d = unicode.ToLower(d)
		if dropped(d) {
			continue
		}
		if f, ok := letterForms[d]; ok {
			b.WriteString(f)
			continue
		}
		if n, ok := decimalOf(d); ok {
			d = '0' + rune(n)
		}
		b.WriteRune(d)
	}
	return b.String()
}

// dropped reports marks of the scripts that are read without them, and characters without a shape. Marks of other
// scripts (voicing of kana, vowels of India) are part of the word.
func dropped(r rune) bool {
	switch {
	case r < 0x300:
		return r == 0xAD || r >= 0x80 && r < 0xA0 && r != 0x85
	case r <= 0x36F, r >= 0x483 && r <= 0x489, r >= 0x591 && r <= 0x5C7 && unicode.Is(unicode.Mn, r):
		return true
	case r == 0x640, r >= 0x610 && r <= 0x61A, r >= 0x64B && r <= 0x65F, r == 0x670, r >= 0x6D6 && r <= 0x6ED &&
		unicode.Is(unicode.Mn, r):
		return true
	case r >= 0x1AB0 && r <= 0x1AFF, r >= 0x1DC0 && r <= 0x1DFF, r >= 0x20D0 && r <= 0x20FF, r >= 0xFE00 && r <= 0xFE0F,
		r >= 0xFE20 && r <= 0xFE2F:
		return true
	}
	return unicode.Is(unicode.Cf, r)
}

// decimalOf is the value of a decimal digit of any script; Unicode keeps the ten of a script together.
func decimalOf(r rune) (int, bool) {
	if r < utf8.RuneSelf {
		return int(r - '0'), '0' <= r && r <= '9'
	}
	if !unicode.Is(unicode.Nd, r) {
		return 0, false
	}
	n := 0
	for n < 9 && unicode.Is(unicode.Nd, r-1) {
		// The mathematical digits follow one another in sets of ten; NFKC has made ASCII of them.
		r--
		n++
	}
	return n, true
}

// foldSlowly folds with normalisation: invisible characters first, for they keep letters from composing.
func foldSlowly(s string) string {
	for range 4 { // a second round nearly always changes nothing
		var b strings.Builder
		b.Grow(len(s))
		for _, r := range s {
			if !dropped(r) {
				b.WriteRune(r)
			}
		}
		composed := norm.NFKC.String(b.String())
		b.Reset()
		for _, r := range composed {
			if r >= 0x3041 && r <= 0x30FF || r >= 0x900 && r < 0x1E00 && !unicode.Is(unicode.Nd, r) || r >= 0xAC00 &&
				r <= 0xD7A3 {
				b.WriteRune(r) // NFKD would take them apart again
				continue
			}
			b.WriteString(foldOne(r))
		}
		f := b.String()
		if f == s {
			break
		}
		s = f
	}
	return s
}

// FoldMap folds s and says where each code point of the result comes from: at[i] is the code point of s that the
// i-th one was made of. Its text is Fold's but for sequences that fold across a normalisation boundary.
func FoldMap(s string) (folded string, at []int) {
	var b strings.Builder
	for cp := 0; s != ""; {
		n := norm.NFKC.NextBoundaryInString(s, true)
		if n <= 0 {
			n = len(s)
		}
		f := Fold(s[:n])
		for range f {
			at = append(at, cp)
		}
		b.WriteString(f)
		cp += utf8.RuneCountInString(s[:n])
		s = s[n:]
	}
	return b.String(), at
}
