package history

import "strconv"

// Num writes an id, a count or a time as a guarded field holds it: in decimal.
func Num[T ~int64 | ~int](n T) string { return strconv.FormatInt(int64(n), 10) }

// NumOr writes a number that may be missing; "" when it is.
func NumOr[T ~int64](n *T) string {
	if n == nil {
		return ""
	}
	return Num(*n)
}

// NumUnlessZero writes a number that is 0 when it is missing; "" then.
func NumUnlessZero[T ~int64 | ~int](n T) string {
	if n == 0 {
		return ""
	}
	return Num(n)
}
