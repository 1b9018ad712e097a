package model

import (
	"slices"
	"strings"
	"unicode"

	"claimbench/internal/text"
	"claimbench/internal/value"
)

// deniesOtherwise gives the first word that a statement denies with otherwise than its words do: more often, less
// often, or another verb. "" where it denies what they deny.
func deniesOtherwise(code, statement, words string) string {
	mine, theirs := value.Denials(code, statement), value.Denials(code, words)
	switch {
	case len(mine) > len(theirs):
		return mine[len(theirs)]
	case len(mine) < len(theirs):
		return theirs[len(mine)]
	}
	for _, d := range mine {
		if !sameBeside(statement, words, d) {
			return d
		}
	}
	return ""
}

// sameBeside says whether a denial stands beside the same word in both: the one behind it, or before it where it ends
// the statement; where words are not parted, the two signs before it.
func sameBeside(statement, words, denial string) bool {
	if strings.ContainsFunc(denial, unspaced) {
		own, all := text.Fold(statement), text.Fold(words)
		i := strings.Index(own, denial)
		if i < 0 {
			return false
		}
		before := []rune(own[:i])
		return strings.Contains(all, string(before[max(0, len(before)-2):])+denial)
	}
	mine, theirs := letterWords(statement), letterWords(words)
	parts := letterWords(denial)
	if len(parts) == 0 {
		return false
	}
	last := parts[len(parts)-1]
	there := besides(theirs, last)
	for _, b := range besides(mine, last) {
		if !slices.ContainsFunc(there, func(c [2]string) bool {
			return b[1] == c[1] && b[1] != "" || b[1] == "" && b[0] == c[0]
		}) {
			return false
		}
	}
	return true
}

// mayDeny are words and letters that deny in some sentences and not in others, or narrow what is said; by language. A
// statement that has more or fewer of them than its words is not taken as it stands.
var mayDeny = map[string][]string{
	"ar": {"ما", "إلا", "سوى", "لولا", "قلما", "كاد", "يكاد", "تكاد"},
	"fa": {"مگر", "جز", "بجز", "غیر", "نا", "چندان", "کمتر"},
	"en": {"barely", "scarcely", "rarely", "seldom", "few", "little", "unless", "except", "only", "if", "but"},
	"ja": {"ず", "ぬ", "まい", "だけ", "しか", "ない", "なかった", "ません"},
}

// waters gives the first such word that a statement has more or less often than its words; "" for none. Of Persian
// verbs it counts those that begin with the letter that denies.
func waters(code, statement, words string) string {
	base, _, _ := strings.Cut(code, "-")
	if base == "ja" || base == "zh" {
		for _, w := range mayDeny["ja"] {
			if strings.Count(statement, w) != strings.Count(words, w) {
				return w
			}
		}
		return ""
	}
	count := func(all []string) map[string]int {
		n := map[string]int{}
		for _, w := range all {
			if base == "fa" && strings.HasPrefix(w, "ن") {
				n["ن"]++
			}
			n[w]++
		}
		return n
	}
	mine, theirs := count(letterWords(statement)), count(letterWords(words))
	for _, w := range append([]string{"ن"}, mayDeny[base]...) {
		if f := text.Fold(w); mine[f] != theirs[f] {
			return w
		}
	}
	return ""
}

// besides lists the words before and behind each place of a word.
func besides(all []string, word string) (out [][2]string) {
	for i, w := range all {
		if w != word {
			continue
		}
		var b [2]string
		if i > 0 {
			b[0] = all[i-1]
		}
		if i+1 < len(all) {
			b[1] = all[i+1]
		}
		out = append(out, b)
	}
	return out
}

// letterWords are the words of a text, folded, without numbers.
func letterWords(s string) []string {
	return strings.FieldsFunc(strings.ReplaceAll(text.Fold(s), "’", "'"), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsMark(r) && r != '\''
	})
}
