package intake

import (
	"math"
	"strings"
	"unicode"
)

// Words that are in every text of some lines: in a line whose order came out wrong they stand reversed.
var (
	rtlCommon = []string{"من", "في", "إلى", "على", "أن", "التي", "الذي", "هذا", "هذه", "قال", "كان", "ما", "عن",
		"مع", "لم",
		"به", "از", "که", "این", "است", "را", "در", "با", "آن", "برای", "شد", "بود", "می", "خود", "یک", "گفت",
		"سال", "دو"}
	rtlSeen, rtlReversed = map[string]bool{}, map[string]bool{}
)

func init() {
	for _, w := range rtlCommon {
		rtlSeen[w] = true
	}
	for _, w := range rtlCommon {
		if back := reversed(w); !rtlSeen[back] {
			rtlReversed[back] = true
		}
	}
	for _, w := range []string{"را", "ما", "لم", "من"} { // reversed, these are words or parts of many
		delete(rtlReversed, reversed(w))
	}
}

func reversed(s string) string {
	rs := []rune(s)
	for i, j := 0, len(rs)-1; i < j; i, j = i+1, j-1 {
		rs[i], rs[j] = rs[j], rs[i]
	}
	return string(rs)
}

// doubtful says whether the order of a line is not certain: common words stand in it reversed, or letters that only
// end a word begin one, or it has characters that stand for no letter.
func doubtful(words string) bool {
	upright, back, odd := 0, 0, 0
	for w := range strings.FieldsFuncSeq(words, func(r rune) bool {
		return !unicode.IsLetter(r) &&
			!unicode.Is(unicode.Mn, r)
	}) {
		switch {
		case rtlSeen[w]:
			upright++
		case rtlReversed[w]:
			back++
		case strings.HasPrefix(w, "ة") || strings.HasPrefix(w, "ى") && w != "ى":
			odd++
		}
	}
	return back > 0 && back >= upright || odd > 0 || strings.ContainsRune(words, unicode.ReplacementChar) ||
		strings.ContainsFunc(words, func(r rune) bool { return r >= 0xE000 && r <= 0xF8FF })
}

func isRTL(r rune) bool {
	return r >= 0x590 && r <= 0x8FF && unicode.IsLetter(r) || r >= 0xFB1D && r <= 0xFDFF || r >= 0xFE70 && r <= 0xFEFC
}

// oneHeight puts together what PDFium took for several lines though it stands on one height, side by side, and runs
// from the right: the pieces of a line with numbers or Latin words in it, and letters that the file sets by their dots.
func oneHeight(lines []pdfLine) []pdfLine {
	var out []pdfLine
	for _, l := range lines {
		best, least := -1, 0.75
		for i := max(len(out)-8, 0); i < len(out); i++ {
			a, em := &out[i], max(out[i].size, l.size)
			near := max(a.left, l.left)-min(a.right, l.right) < 1.2*em
			if d := math.Abs(a.y-l.y) / em; d < least && near && (hasRTL(a.glyphs) || hasRTL(l.glyphs)) {
				best, least = i, d
			}
		}
		if best < 0 {
			out = append(out, l)
			continue
		}
		a := &out[best]
		a.glyphs = append(a.glyphs, l.glyphs...)
		a.left, a.right, a.size = min(a.left, l.left), max(a.right, l.right), max(a.size, l.size)
		a.y = baseline(a.glyphs)
	}
	return out
}

func hasRTL(glyphs []pdfGlyph) bool {
	for _, g := range glyphs {
		if isRTL(g.r) {
			return true
		}
	}
	return false
}
