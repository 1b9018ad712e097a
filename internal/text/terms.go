package text

import "unicode"

// Terms gives the index terms of s after folding: its words, and for runs of Han and kana, which have no spaces,
// overlapping pairs of characters and the last character alone.
func Terms(s string) []string {
	var terms []string
	f := []rune(Fold(s))
	for i := 0; i < len(f); {
		switch {
		case isIdeographic(f[i]):
			j := i
			for j < len(f) && isIdeographic(f[j]) {
				j++
			}
			for ; i < j; i++ {
				terms = append(terms, string(f[i:min(i+2, j)]))
			}
		case isWordRune(f[i]):
			j := i
			for j < len(f) && isWordRune(f[j]) && !isIdeographic(f[j]) {
				j++
			}
			terms = append(terms, string(f[i:j]))
			i = j
		default:
			i++
		}
	}
	return terms
}

func isWordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

func isIdeographic(r rune) bool {
	return r >= 0x3041 && r <= 0x30FF && r != 0x30FB || r >= 0x3400 && r <= 0x9FFF || r >= 0x20000 && r <= 0x3FFFF || r == 0x3005
}
