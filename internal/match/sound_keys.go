package match

import (
	"math"
	"slices"
)

// soundKeys gives the keys under which a word is found by its sound: its skeletons, and, so that one consonant may be
// heard or written differently, each skeleton of four or more with one consonant left out. Words with at most one
// consonant have a key of their own.
func soundKeys(readings []string) []string {
	var keys []string
	add := func(k string) {
		if !slices.Contains(keys, k) {
			keys = append(keys, k)
		}
	}
	for _, r := range readings {
		s := skeleton(r)
		if len(s) < 2 {
			if k := shortKey(r); k != "" {
				add(k)
			}
		}
		if len(s) > 1 {
			add(s)
		}
		if len(s) < 4 {
			continue
		}
		for i := range s {
			add(s[:i] + s[i+1:])
		}
	}
	return keys
}

// shortKey is the key of a reading with at most one consonant: its consonants, h among them, and where a vowel stands
// first or last.
func shortKey(reading string) string {
	b := []byte{'~'}
	for i := 0; i < len(reading); i++ {
		c := soundClass(reading[i])
		switch {
		case c == 0 && i == len(reading)-1:
			c = 'A'
		case reading[i] == 'h':
			c = 'H'
		case c == 0 && i == 0:
			c = 'A'
		}
		if c != 0 && !(i > 0 && b[len(b)-1] == c) {
			b = append(b, c)
		}
	}
	if len(b) < 3 {
		return ""
	}
	return string(b)
}

// soundSimilarity compares two readings: 1 is the same sound, 0 is nothing in common. It is an alignment in which
// vowels and weak sounds cost little, because scripts leave them out, and sounds that scripts confuse cost some. What
// turns out to be less than least may be given as 0: most pairs are, and are left half-way.
func soundSimilarity(a, b string, least float64) float64 {
	const most = 40
	if len(a) > most || len(b) > most || len(a) > 2*len(b)+2 || len(b) > 2*len(a)+2 {
		return 0
	}
	var rows [2][most + 1]int32
	prev, cur := &rows[0], &rows[1]
	prev[0] = 0
	lenA, lenB := int32(0), int32(0)
	for j := 0; j < len(b); j++ {
		lenB += costs.drop[b[j]&127]
		prev[j+1] = lenB
	}
	for i := 0; i < len(a); i++ {
		lenA += costs.drop[a[i]&127]
	}
	if lenA+lenB == 0 {
		return 0
	}
	// An alignment costs at least what the cheapest one costs up to any place; a bit more is allowed for rounding.
	tooFar := int32((1-least)*float64(lenA+lenB)/2) + 1
	begun := int32(0)
	for i := 0; i < len(a); i++ {
		d, swap := costs.drop[a[i]&127], &costs.swap[a[i]&127]
		begun += d
		left := begun
		cur[0] = left
		cheapest := left
		for j := 0; j < len(b); j++ {
			c := b[j] & 127
			left = min(prev[j]+swap[c], prev[j+1]+d, left+costs.drop[c])
			cur[j+1] = left
			cheapest = min(cheapest, left)
		}
		if cheapest > tooFar {
			return 0
		}
		prev, cur = cur, prev
	}
	return max(0, 1-float64(2*prev[len(b)])/float64(lenA+lenB))
}

// costs holds dropCost and swapCost of all sounds in hundredths: whole numbers are compared faster.
var costs = func() (c struct {
	drop [128]int32
	swap [128][128]int32
}) {
	hundredths := func(cost float64) int32 { return int32(math.Round(100 * cost)) }
	for a := range byte(128) {
		c.drop[a] = hundredths(dropCost(a))
		for b := range byte(128) {
			c.swap[a][b] = hundredths(swapCost(a, b))
		}
	}
	return c
}()

// dropCost is the price of a sound that only one of the two words has.
func dropCost(c byte) float64 {
	switch c {
	case 'a', 'e', 'i', 'o', 'u':
		return 0.15
	case 'h', 'w', 'y':
		return 0.3
	case 'r', 'n':
		return 0.7
	}
	return 1
}

// swapCost is the price of hearing a as b.
func swapCost(a, b byte) float64 {
	if a == b {
		return 0
	}
	if a > b {
		a, b = b, a
	}
	ca, cb := soundClass(a), soundClass(b)
	switch {
	case isVowel(a) && isVowel(b):
		return 0.08
	case ca == 0 && cb == 0:
		return weakSwap(a, b)
	case ca == cb:
		return classSwap(a, b)
	case ca != 0 && cb != 0:
		return swapAcross(a, b)
	}
	switch { // a weak sound or vowel against a consonant
	case a == 'v' && b == 'w', a == 'u' && b == 'v', a == 'b' && b == 'w':
		return 0.25
	case a == 'g' && b == 'h', a == 'h' && b == 'x', a == 'f' && b == 'h', a == 'j' && b == 'y', a == 'h' && b == 'k':
		return 0.35
	case a == 'i' && b == 'j', a == 'l' && b == 'y':
		return 0.6
	}
	return 1.15
}

func isVowel(c byte) bool { return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u' }

func weakSwap(a, b byte) float64 {
	switch {
	case b == 'w' && (a == 'u' || a == 'o'), b == 'y' && (a == 'i' || a == 'e'):
		return 0.05
	case a == 'a' && b == 'h', a == 'e' && b == 'h':
		return 0.1
	}
	return 0.3
}

// classSwap is for two sounds of one consonant class, a < b as bytes.
func classSwap(a, b byte) float64 {
	switch {
	case a == 'l' && b == 'r', a == 'b' && b == 'v', a == 'f' && b == 'v', a == 'k' && b == 'x', a == 's' && b == 'z',
		a == 'S' && b == 'c', a == 'j' && b == 'z':
		return 0.15
	case a == 'b' && b == 'p', a == 'd' && b == 't', a == 'g' && b == 'k', a == 'S' && b == 's', a == 'S' && b == 'j',
		a == 'c' && b == 'j':
		return 0.2
	case a == 'm' && b == 'n':
		return 0.45
	}
	return 0.4
}

// swapAcross is for consonants of two classes, a < b as bytes.
func swapAcross(a, b byte) float64 {
	switch {
	case a == 's' && b == 't', a == 'c' && b == 't', a == 'd' && b == 'z', a == 'g' && b == 'j', a == 'c' && b == 'k':
		return 0.5
	}
	return 1.3
}
