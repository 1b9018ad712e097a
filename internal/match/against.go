package match

// disjoint says whether both lists have values and no value is in both.
func disjoint(a, b []string) bool {
	return len(a) > 0 && len(b) > 0 && !shareName(a, b)
}
