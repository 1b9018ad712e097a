package auth

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// shortName is the length below which a name is looked for only as the whole of a password: “bo” is in “bottle”.
const shortName = 4

// leet are the letters that signs stand for; 1 and ! stand for two.
var leet = []map[rune]rune{
	{'0': 'o', '1': 'i', '!': 'i', '|': 'i', '3': 'e', '4': 'a', '@': 'a', '5': 's', '$': 's', '7': 't', '+': 't',
		'8': 'b'},
	{'0': 'o', '1': 'l', '!': 'l', '|': 'l', '3': 'e', '4': 'a', '@': 'a', '5': 's', '$': 's', '7': 't', '+': 't',
		'8': 'b'},
}

// madeOfName says whether a password holds the name, as it is, reversed, or with signs for letters; a short name only
// when nothing but digits and signs is left beside it.
func madeOfName(name, password string) bool {
	for _, n := range namesIn(name) {
		for _, p := range spellings(password) {
			for _, n := range []string{n, reversed(n)} {
				if len(n) >= shortName && strings.Contains(p, n) {
					return true
				}
				rest := strings.ReplaceAll(p, n, "")
				if rest != p && !strings.ContainsFunc(rest, unicode.IsLetter) {
					return true
				}
			}
		}
	}
	return false
}

// namesIn are what to look for: the name without signs, without digits at its end, and what stands before an @.
func namesIn(name string) []string {
	local, _, _ := strings.Cut(name, "@")
	var out []string
	for _, n := range []string{name, local} {
		for _, spelled := range spellings(n) {
			for _, s := range []string{spelled, strings.TrimRightFunc(spelled, unicode.IsDigit)} {
				if len(s) > 1 && !slices.Contains(out, s) {
					out = append(out, s)
				}
			}
		}
	}
	return out
}

// spellings are the letters and digits of a text in lower case: as they are, and with letters for the signs that look
// like them.
func spellings(s string) []string {
	s = strings.ToLower(norm.NFKC.String(s))
	out := []string{plainLetters(s, nil)}
	for _, table := range leet {
		if t := plainLetters(s, table); !slices.Contains(out, t) {
			out = append(out, t)
		}
	}
	return out
}

func plainLetters(s string, table map[rune]rune) string {
	return strings.Map(func(r rune) rune {
		if to, ok := table[r]; ok {
			return to
		}
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, s)
}

func reversed(s string) string {
	r := []rune(s)
	slices.Reverse(r)
	return string(r)
}
