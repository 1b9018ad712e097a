package text

import (
	"unicode"
	"unicode/utf8"
)

// Terms gives the index terms of s after folding: its words (letters, digits and the marks inside words), and for
// runs of Han, kana and the scripts of South-East Asia, which have no spaces, overlapping pairs of characters and the
// last character alone.
func Terms(s string) []string {
	f := Fold(s)
	terms := make([]string, 0, len(f)/6+1)
	return appendTerms(terms, f, true)
}

// QueryTerms is Terms for a question to the index: a run without spaces gives its pairs only, for inside a longer run
// the index has no single characters; a single character stands alone, to be looked for as a prefix.
func QueryTerms(s string) []string {
	return appendTerms(nil, Fold(s), false)
}

// appendTerms cuts folded text; the terms share its memory.
func appendTerms(terms []string, f string, last bool) []string {
	for i := 0; i < len(f); {
		switch class, size := termClass(f, i); class {
		case termWord:
			j := i + size
			for j < len(f) {
				c, n := termClass(f, j)
				if c != termWord && c != termMark {
					break
				}
				j += n
			}
			terms = append(terms, f[i:j])
			i = j
		case termRun:
			i = appendPairs(&terms, f, i, size, last)
		default:
			i += size
		}
	}
	return terms
}

// appendPairs adds the pairs of the run that begins at i with a character of size bytes, and gives the run's end.
func appendPairs(terms *[]string, f string, i, size int, last bool) int {
	single := true
	for {
		next := i + size
		class, n := termNone, 0
		if next < len(f) {
			class, n = termClass(f, next)
		}
		for class == termMark { // a mark belongs to the character before it
			next += n
			if class = termNone; next < len(f) {
				class, n = termClass(f, next)
			}
		}
		if class != termRun {
			if last || single {
				*terms = append(*terms, f[i:next])
			}
			return next
		}
		*terms = append(*terms, f[i:next+n])
		single = false
		i, size = next, n
	}
}

type termKind uint8

const (
	termNone termKind = iota
	termWord
	termRun
	termMark
)

// termClass classifies the code point at byte i of folded text.
func termClass(f string, i int) (termKind, int) {
	b := f[i]
	if b < utf8.RuneSelf {
		if 'a' <= b && b <= 'z' || '0' <= b && b <= '9' {
			return termWord, 1
		}
		return termNone, 1
	}
	r, size := utf8.DecodeRuneInString(f[i:])
	switch {
	case r < 0x800:
		if termTwo[r] {
			return termWord, size
		}
		return termNone, size
	case isIdeographic(r), isUnspaced(r):
		if unicode.Is(unicode.M, r) {
			return termMark, size
		}
		return termRun, size
	case unicode.IsLetter(r), unicode.IsDigit(r):
		return termWord, size
	case unicode.Is(unicode.M, r):
		return termMark, size
	}
	return termNone, size
}

// termTwo has the letters and digits below U+0800.
var termTwo = func() (t [0x800]bool) {
	for r := range t {
		t[r] = unicode.IsLetter(rune(r)) || unicode.IsDigit(rune(r))
	}
	return t
}()

// isIdeographic reports Han and kana but the middle dot, which parts words.
func isIdeographic(r rune) bool { return isKanaOrHan(r) && r != 0x30FB }

// isUnspaced reports Thai, Lao, Myanmar and Khmer.
func isUnspaced(r rune) bool {
	return r >= 0x0E00 && r <= 0x0EFF || r >= 0x1000 && r <= 0x109F || r >= 0x1780 && r <= 0x17FF
}
