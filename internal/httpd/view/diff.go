package view

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxCompared is how many pairs of words are compared; longer texts show as changed as a whole between their common
// beginning and end.
const maxCompared = 1 << 20

// Difference cuts two wordings into parts that both have and parts that only one has, word by word, Han and kana
// character by character (longest common subsequence). The parts put together give the wordings again.
func Difference(old, new string) (was, is []DiffPart) {
	a, b := diffWords(old), diffWords(new)
	keepA, keepB := kept(a, b)
	return diffParts(a, keepA), diffParts(b, keepB)
}

// kept marks what two lists have in common, in order.
func kept(a, b []string) (keepA, keepB []bool) {
	pre := 0
	for pre < len(a) && pre < len(b) && a[pre] == b[pre] {
		pre++
	}
	post := 0
	for post < len(a)-pre && post < len(b)-pre && a[len(a)-1-post] == b[len(b)-1-post] {
		post++
	}
	keepA, keepB = make([]bool, len(a)), make([]bool, len(b))
	for i := range pre {
		keepA[i], keepB[i] = true, true
	}
	for i := range post {
		keepA[len(a)-1-i], keepB[len(b)-1-i] = true, true
	}
	common(a[pre:len(a)-post], b[pre:len(b)-post], keepA[pre:], keepB[pre:])
	return keepA, keepB
}

// common marks a longest common subsequence.
func common(a, b []string, keepA, keepB []bool) {
	if len(a) == 0 || len(b) == 0 || len(a)*len(b) > maxCompared {
		return
	}
	length := make([][]int32, len(a)+1)
	for i := range length {
		length[i] = make([]int32, len(b)+1)
	}
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			if a[i] == b[j] {
				length[i][j] = length[i+1][j+1] + 1
			} else {
				length[i][j] = max(length[i+1][j], length[i][j+1])
			}
		}
	}
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i] == b[j]:
			keepA[i], keepB[j] = true, true
			i, j = i+1, j+1
		case length[i+1][j] >= length[i][j+1]:
			i++
		default:
			j++
		}
	}
}

// diffWords cuts a text into words, single Han and kana characters, and what lies between.
func diffWords(s string) []string {
	var out []string
	start := 0
	last := -1
	for i, r := range s {
		kind := diffKind(r)
		if i > 0 && (kind != last || kind == 2) {
			out = append(out, s[start:i])
			start = i
		}
		last = kind
	}
	if start < len(s) {
		out = append(out, s[start:])
	}
	return out
}

// diffKind is 0 between words, 1 in a word, 2 for a character that is a word by itself.
func diffKind(r rune) int {
	switch {
	case unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana):
		return 2
	case unicode.IsLetter(r), unicode.IsDigit(r), unicode.IsMark(r), r == 0x200c, r == utf8.RuneError:
		return 1
	}
	return 0
}

// diffParts joins words that stand beside each other and are both kept, or both not. A text may be one part of a
// million words, so each part is joined once.
func diffParts(words []string, keep []bool) []DiffPart {
	var out []DiffPart
	for i := 0; i < len(words); {
		from := i
		for i < len(words) && keep[i] == keep[from] {
			i++
		}
		out = append(out, DiffPart{strings.Join(words[from:i], ""), !keep[from]})
	}
	return out
}
