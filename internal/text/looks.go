package text

import (
	_ "embed" // the table of what looks alike
	"fmt"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

//go:embed confusables.tsv
var confusableTable string

// alike says which letter stands for all that look like it.
var alike = sync.OnceValue(func() map[rune]string {
	out := map[rune]string{}
	for line := range strings.Lines(confusableTable) {
		to, from, ok := strings.Cut(strings.TrimRight(line, "\n"), "\t")
		if !ok || strings.HasPrefix(line, "#") {
			continue
		}
		for _, r := range from {
			out[r] = to
		}
	}
	return out
})

// Looks gives the forms under which a name is read: two names look alike when they share one (LookAlike). Width, case,
// marks, digits, spelling variants of Arabic and Persian, spaces, punctuation and symbols make no difference, and
// letters of several scripts that look alike are one, as are digits within a word that are read as letters (ed1tor).
// A name without letters and digits has none.
func Looks(name string) []string {
	first := onlyShown(Fold(drawn(norm.NFD.String(norm.NFKC.String(name)))))
	second := onlyShown(strings.ToLower(drawn(norm.NFD.String(Fold(name)))))
	if first == "" {
		return nil
	}
	out := []string{first}
	for _, more := range []string{second, onlyShown(Fold(drawn(spelled(name))))} {
		if !slices.Contains(out, more) {
			out = append(out, more)
		}
	}
	return out
}

// inWords are the letters that digits are read as within a word: ed1tor.
var inWords = map[rune]rune{'0': 'o', '1': 'i', '3': 'e', '4': 'a', '5': 's', '7': 't', '8': 'b'}

// spelled is a name with letters for the digits before a letter, and for a 1 behind one.
func spelled(name string) string {
	runes := []rune(norm.NFD.String(norm.NFKC.String(name)))
	latin := func(i int) bool { return i >= 0 && i < len(runes) && unicode.Is(unicode.Latin, runes[i]) }
	for i, r := range slices.Backward(runes) {
		if to, is := inWords[r]; is && (latin(i+1) || r == '1' && latin(i-1)) {
			runes[i] = to
		}
	}
	return string(runes)
}

// LookAlike says whether two names may be taken for each other.
func LookAlike(a, b string) bool {
	other := Looks(b)
	return slices.ContainsFunc(Looks(a), func(s string) bool { return slices.Contains(other, s) })
}

func drawn(s string) string {
	var b strings.Builder
	for _, r := range s {
		if to, ok := alike()[r]; ok {
			b.WriteString(to)
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// onlyShown keeps letters, digits and the marks that are part of a word.
func onlyShown(s string) string {
	return strings.Map(func(r rune) rune {
		if (unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsMark(r)) && !isIgnorable(r) {
			return r
		}
		return -1
	}, s)
}

// isIgnorable reports what a font draws nothing for: Unicode's Default_Ignorable_Code_Point, the fillers of Korean and
// the empty pattern of Braille. The two joiners are among them.
func isIgnorable(r rune) bool {
	return unicode.Is(unicode.Other_Default_Ignorable_Code_Point, r) || unicode.Is(unicode.Variation_Selector, r) ||
		unicode.Is(unicode.Cf, r) && !unicode.Is(unicode.Prepended_Concatenation_Mark, r) || r == 0x2800
}

const (
	zwnj, zwj = 0x200C, 0x200D
	mostMarks = 4 // in a row; Vietnamese, Hebrew and Tibetan need no more
)

// CheckShown says whether a label that a person typed into the named field shows what it holds: it has a letter or
// digit, and nothing that cannot be seen but the joiners between the letters that need them.
func CheckShown(field, s string) error {
	if err := CheckTyped(field, s); err != nil {
		return err
	}
	shown, marks := false, 0
	runes := []rune(s)
	for i, r := range runes {
		switch {
		case (r == zwnj || r == zwj) && i > 0 && i+1 < len(runes) && joins(runes[i-1]) && joins(runes[i+1]):
		case unicode.IsControl(r), isIgnorable(r), r == 0x2028, r == 0x2029, r == 0xFFFD, unassigned(r):
			return fmt.Errorf("%s: character %d is U+%04X, which cannot be seen; remove it", field, i+1, r)
		case unicode.Is(unicode.Mn, r) || unicode.Is(unicode.Me, r):
			if marks++; marks > mostMarks || i == 0 || unicode.IsSpace(runes[i-1]) {
				return fmt.Errorf("%s: character %d, U+%04X, is a mark without a letter of its own; remove it",
					field, i+1, r)
			}
			continue
		case unicode.IsLetter(r), unicode.IsNumber(r):
			shown = true
		}
		marks = 0
	}
	if !shown {
		return fmt.Errorf("%s: there is no letter and no digit to be seen; write some", field)
	}
	return nil
}

// joins reports the letters and marks of scripts in which a joiner changes how a word is drawn: Arabic and its kin,
// those of India and its neighbours, and Mongolian.
func joins(r rune) bool {
	return r >= 0x600 && r < 0x1100 && (unicode.IsLetter(r) || unicode.IsMark(r)) || r >= 0x1780 && r < 0x18B0 ||
		r >= 0x8A0 && r < 0x900 || r >= 0xFB50 && r < 0xFE00
}

// unassigned reports private code points, and those that are no character.
func unassigned(r rune) bool {
	return !unicode.In(r, unicode.L, unicode.M, unicode.N, unicode.P, unicode.S, unicode.Zs)
}

// CheckName is CheckShown for what people are called: besides, no word of it mixes scripts, no number mixes digits of
// several, and no word in letters that look Latin stands beside a Latin one. CJK writes its scripts together, and with
// Latin.
func CheckName(name string) error {
	if err := CheckShown("name", name); err != nil {
		return err
	}
	zero, latin := rune(-1), false
	var posing string
	for _, word := range strings.FieldsFunc(name, betweenWords) {
		scripts := scriptsOf(word)
		if len(scripts) > 1 && !together(scripts) {
			return fmt.Errorf("“%s” mixes letters of %s; write it in one script", word, strings.Join(scripts, " and "))
		}
		switch {
		case slices.Contains(scripts, "Latin"):
			latin = true
		case len(scripts) == 1 && looksLatin(word, scripts[0]):
			posing = word
		}
		for _, r := range word {
			if n, ok := decimalOf(r); ok {
				if z := r - rune(n); zero >= 0 && z != zero {
					return fmt.Errorf("“%s” mixes digits of two scripts; use those of one", name)
				}
				zero = r - rune(n)
			}
		}
	}
	if latin && posing != "" {
		return fmt.Errorf("“%s” looks like Latin letters and is not; write the name in one script", posing)
	}
	return nil
}

func betweenWords(r rune) bool {
	return !unicode.IsLetter(r) && !unicode.IsMark(r) && !unicode.IsNumber(r) && r != zwnj && r != zwj
}

// scriptsOf are the scripts of the letters of a word, by name, in order.
func scriptsOf(word string) (out []string) {
	for _, r := range word {
		if !unicode.IsLetter(r) || unicode.Is(unicode.Common, r) || unicode.Is(unicode.Inherited, r) {
			continue
		}
		if s := scriptNameOf(r); !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	slices.Sort(out)
	return out
}

func scriptNameOf(r rune) string {
	if r < utf8.RuneSelf {
		return "Latin"
	}
	for name, table := range unicode.Scripts {
		if unicode.Is(table, r) {
			return name
		}
	}
	return "an unknown script"
}

// together reports the scripts that are written in one word.
func together(scripts []string) bool {
	within := func(all ...string) bool {
		return !slices.ContainsFunc(scripts, func(s string) bool { return !slices.Contains(all, s) })
	}
	return within("Latin", "Han", "Hiragana", "Katakana") || within("Latin", "Han", "Bopomofo") ||
		within("Latin", "Han", "Hangul")
}

// looksLatin says whether every letter of a word in a script that resembles Latin looks like a Latin one.
func looksLatin(word, script string) bool {
	if !slices.Contains([]string{"Cyrillic", "Greek", "Armenian", "Cherokee", "Coptic", "Lisu", "Deseret", "Osage",
		"Tifinagh", "Canadian_Aboriginal", "Old_Italic"}, script) {
		return false
	}
	for _, r := range norm.NFD.String(word) {
		if to := alike()[r]; unicode.IsLetter(r) && (to == "" || !strings.ContainsFunc(to, unicode.IsLetter) ||
			slices.ContainsFunc(scriptsOf(to), func(s string) bool { return s != "Latin" })) {
			return false
		}
	}
	return true
}
