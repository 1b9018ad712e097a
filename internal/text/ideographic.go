package text

// Ideographic says whether s holds a Han or kana character, which Terms cuts into overlapping pairs.
func Ideographic(s string) bool {
	for _, r := range s {
		if isIdeographic(r) {
			return true
		}
	}
	return false
}
