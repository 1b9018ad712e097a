package intake

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/bidi"
	"golang.org/x/text/unicode/norm"
)

// A PDF tells where glyphs stand, not in which order they are read. PDFium takes the order of the file for the order on
// the page, and turns around what runs from the right; where a file sets marks apart from their letters, or writes
// presentation forms, words come out torn or reversed. So lines that run from the right are set anew here, from the
// place where each glyph begins: from the right to the left, and what runs from the left inside them turned around.

// inOrder gives the words of a line. rtl says that the text around it runs from the right.
func (l *pdfLine) inOrder(rtl bool) string {
	right, left := 0, 0
	for _, g := range l.glyphs {
		switch bidiOf(g.r) {
		case bidi.R, bidi.AL:
			right++
		case bidi.L:
			left++
		}
	}
	l.rtl = right > 0 && (rtl || right > left)
	if !l.rtl {
		return ltrWords(l.glyphs)
	}
	return norm.NFKC.String(string(turned(rightToLeft(l.glyphs))))
}

func bidiOf(r rune) bidi.Class {
	p, _ := bidi.LookupRune(r)
	return p.Class()
}

// ltrWords are the characters as PDFium orders them. A space that it made between characters of a script without spaces
// is the gap of a justified line.
func ltrWords(glyphs []pdfGlyph) string {
	var b strings.Builder
	for i, g := range glyphs {
		if g.r == ' ' && g.none() && i > 0 && i+1 < len(glyphs) && (spaceless(glyphs[i-1].r) ||
			spaceless(glyphs[i+1].r)) {
			continue
		}
		b.WriteRune(g.r)
	}
	return norm.NFC.String(b.String())
}

// spaceless says whether a character is of a script that is written without spaces.
func spaceless(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana) || r >= 0x3000 && r <= 0x30FF ||
		r >= 0xFF01 && r <= 0xFF60
}

// rightToLeft sorts glyphs by the place where they begin, from the right, each letter with its marks; those of one
// place keep their order. A space that PDFium made at a place of its own stays; others are made anew, where there is a
// gap.
func rightToLeft(glyphs []pdfGlyph) []rune {
	var letters []pdfLetter
	var marks []pdfGlyph
	height := baseline(glyphs)
	for i, g := range glyphs {
		hint := i > 0 && glyphs[i-1].r == ' ' && glyphs[i-1].none() && samePlace(glyphs[i-1], g)
		switch {
		case unicode.Is(unicode.Mn, g.r):
			marks = append(marks, g)
		case g.r != ' ' || !g.none() || !slices.ContainsFunc(glyphs, func(o pdfGlyph) bool {
			return o.r != ' ' && samePlace(o, g)
		}):
			letters = append(letters, pdfLetter{pdfGlyph: g, hint: hint, dots: math.Abs(g.y-height) > 0.04*g.size})
		}
	}
	slices.SortStableFunc(letters, func(a, b pdfLetter) int {
		if d := b.x - a.x; d > 0.05 || d < -0.05 {
			return cmp.Compare(d, 0)
		}
		if a.r == 'ا' && b.r == 'ل' { // one glyph, and PDFium has turned its letters around
			return 1
		}
		return 0
	})
	for _, m := range marks {
		if i := bearer(letters, m); i >= 0 {
			letters[i].marks = append(letters[i].marks, m.r)
		}
	}
	var out []rune
	for i, l := range letters {
		if i > 0 && gap(letters[i-1], l) {
			out = append(out, ' ')
		}
		out = append(append(out, l.r), l.marks...)
	}
	return out
}

// pdfLetter is a letter with its marks. Some fonts set a letter from a stroke and its dots, and the file gives the
// letter to the dots: then they tell only about where it stands.
type pdfLetter struct {
	pdfGlyph
	marks []rune
	dots  bool
	hint  bool // PDFium made a space before it
}

func samePlace(a, b pdfGlyph) bool { return math.Abs(a.x-b.x) < 0.05 }

// baseline is the height on which most glyphs of a line are set.
func baseline(glyphs []pdfGlyph) float64 {
	count := map[float64]int{}
	for _, g := range glyphs {
		count[math.Round(g.y*10)/10]++
	}
	return most(count)
}

// bearer is the letter that a mark belongs to: one that is set at its place, else the one above or below which it
// stands.
func bearer(letters []pdfLetter, m pdfGlyph) int {
	best, least := -1, math.MaxFloat64
	middle := (m.left + m.right) / 2
	for i, l := range letters {
		if unicode.IsSpace(l.r) {
			continue
		}
		d := math.Abs((l.left+l.right)/2 - middle)
		switch {
		case math.Abs(l.x-m.x) < 0.05:
			d = -1
		case l.left <= middle && middle <= l.right:
			d /= 4
		}
		if d < least {
			best, least = i, d
		}
	}
	return best
}

// gap says whether between two letters, the second left of the first, there is room for a space that the file lacks.
// Digits are as wide as the widest of them, so those of a number stand further apart than letters.
func gap(a, b pdfLetter) bool {
	if unicode.IsSpace(a.r) || unicode.IsSpace(b.r) {
		return false
	}
	em := 0.17
	switch {
	case unicode.IsDigit(a.r) && unicode.IsDigit(b.r):
		em = 0.4
	case a.r == 'ة' && unicode.IsLetter(b.r): // which only ends words
		return true
	case (a.dots || b.dots) && b.hint:
		em = 0.2
	case a.dots || b.dots:
		em = 0.3
	}
	return a.left-b.right > em*max(a.size, b.size)
}

// turned turns around what runs from the left in characters that stand from the right to the left: Latin words with
// the spaces between them, and numbers with the signs in them (UAX #9, the other way round).
func turned(rs []rune) []rune {
	left := runsLeft(rs)
	for i := 0; i < len(rs); i++ {
		start := i
		for i < len(rs) && left[i] {
			i++
		}
		slices.Reverse(rs[start:i])
	}
	return rs
}

// runsLeft says of each character whether it is of a run from the left.
func runsLeft(rs []rune) []bool {
	class, left := make([]bidi.Class, len(rs)), make([]bool, len(rs))
	at := func(i int) bidi.Class {
		if i < 0 || i >= len(rs) {
			return bidi.ON
		}
		return class[i]
	}
	for i, r := range rs {
		class[i] = bidiOf(r)
	}
	arabic := slices.Contains(class, bidi.AL)
	digit := func(i int) bool { return at(i) == bidi.EN || at(i) == bidi.AN }
	for i := range rs { // 9,412 and 23:59; 61.5% and $48
		switch {
		case at(i) == bidi.L || digit(i):
			left[i] = true
		case (at(i) == bidi.CS || at(i) == bidi.ES && !arabic) && digit(i-1) && digit(i+1):
			left[i] = true
		case at(i) == bidi.ET: // after Arabic letters 61.5% is written %61.5 (W2)
			left[i] = !arabic && (at(i-1) == bidi.EN || at(i+1) == bidi.EN)
		case at(i) == bidi.NSM && i > 0:
			left[i] = left[i-1]
		}
	}
	for i := 0; i < len(rs); i++ { // what stands between two Latin words, or a word and a number
		start := i
		for i < len(rs) && !left[i] && at(i) != bidi.R && at(i) != bidi.AL {
			i++
		}
		if start > 0 && i < len(rs) && i > start && left[start-1] && left[i] && (at(start-1) == bidi.L ||
			at(i) == bidi.L) {
			for j := start; j < i; j++ {
				left[j] = true
			}
		}
	}
	return left
}

// pairs are signs that open and close. Some files write them as they look, others as they are meant, and PDFium turns
// some of both around.
var pairs = map[rune][2]rune{}

func init() {
	for _, p := range []string{"()", "[]", "{}", "«»", "‹›"} {
		rs := []rune(p)
		pairs[rs[0]], pairs[rs[1]] = [2]rune{rs[0], rs[1]}, [2]rune{rs[0], rs[1]}
	}
}

// withPairs makes each sign of a pair the one that its place asks for: one that stands before a word opens, one that
// stands after it closes, and where that does not tell, it closes what is open.
func withPairs(words string, open map[rune]int) string {
	rs := []rune(words)
	for i, r := range rs {
		p, ok := pairs[r]
		if !ok {
			continue
		}
		before, after := i == 0 || looseAt(rs, i-1, -1), i+1 == len(rs) || looseAt(rs, i+1, 1)
		opens := open[p[0]] == 0
		if before != after {
			opens = before
		}
		if rs[i] = p[1]; opens {
			rs[i] = p[0]
			open[p[0]]++
		} else if open[p[0]] > 0 {
			open[p[0]]--
		}
	}
	return string(rs)
}

// looseAt says whether what stands at i, beside a sign of a pair on the side by, leaves it standing free on that side:
// a space; before an opening one also another sign, after a closing one also a stop.
func looseAt(rs []rune, i, by int) bool {
	r := rs[i]
	if by > 0 && strings.ContainsRune("،؛.:؟!,;", r) {
		return true
	}
	return unicode.IsSpace(r)
}
