package text

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// FindQuotation finds a quotation in a text, and gives where the first place of it stands, in code points. exact says
// that it stands there sign for sign. Else the two are alike when all is folded that a reader does not tell apart and a
// page or a PDF writes as it likes: spaces and line ends, hyphens at line ends, forms and marks of letters, quotation
// marks and brackets, lam-alef. Digits, the point and the comma in a number, its sign and “%” are never folded away,
// and a word or number that only ends or begins like the quotation is another: “5 dead” does not stand in “15 dead”.
// What is blank, or has no letter and no digit, is found nowhere.
func FindQuotation(in, quotation string) (at Span, exact, found bool) {
	quotation = strings.TrimSpace(quotation)
	if strings.IndexFunc(quotation, wordly) < 0 || !utf8.ValidString(quotation) {
		return Span{}, false, false
	}
	if at, found = findExact(in, quotation); found {
		return at, true, true
	}
	want := foldQuotation(quotation)
	all := foldQuotation(in)
	at, found = all.find(want)
	return at, false, found
}

// CutsNumber says whether a quotation begins or ends within a number: “5 dead” of “15 dead”, “.5” of “1.5”.
func (q Quote) CutsNumber() bool {
	first, _ := utf8.DecodeRuneInString(q.Exact)
	last, _ := utf8.DecodeLastRuneInString(q.Exact)
	return ofNumber(first) && cuts(q.Prefix, q.Exact) || ofNumber(last) && cuts(q.Exact, q.Suffix)
}

func ofNumber(r rune) bool { return unicode.IsDigit(r) || isPoint(r) }

// mostPlaces is how many places of the letters of a quotation are looked at for one that cuts no word.
const mostPlaces = 1000

func findExact(in, quotation string) (Span, bool) {
	from := 0
	for range mostPlaces {
		i := strings.Index(in[from:], quotation)
		if i < 0 {
			break
		}
		i += from
		end := i + len(quotation)
		if !cuts(in[:i], quotation) && !cuts(quotation, in[end:]) {
			start := utf8.RuneCountInString(in[:i])
			return Span{Start: start, End: start + utf8.RuneCountInString(quotation)}, true
		}
		_, n := utf8.DecodeRuneInString(in[i:])
		from = i + n
	}
	return Span{}, false
}

// cuts says whether one word or number stands on both sides of a place: behind it, and before it.
func cuts(before, behind string) bool {
	a, n := utf8.DecodeLastRuneInString(before)
	b, _ := utf8.DecodeRuneInString(behind)
	if n == 0 || behind == "" {
		return false
	}
	if oneWord(a, b) {
		return true
	}
	if unicode.IsDigit(b) && isPoint(a) { // “1.5 dead” is no “5 dead”
		c, m := utf8.DecodeLastRuneInString(before[:len(before)-n])
		return m > 0 && unicode.IsDigit(c)
	}
	if unicode.IsDigit(a) && isPoint(b) {
		_, m := utf8.DecodeRuneInString(behind)
		c, _ := utf8.DecodeRuneInString(behind[m:])
		return unicode.IsDigit(c)
	}
	return unicode.IsDigit(b) && (a == '-' || a == '−') && startsNumber(before[:len(before)-n])
}

// startsNumber says whether a hyphen behind these words is the sign of a number: nothing stands against it.
func startsNumber(before string) bool {
	r, n := utf8.DecodeLastRuneInString(before)
	return n == 0 || unicode.IsSpace(r) || r == '('
}

// oneWord says whether two signs side by side are of one word or number. Scripts without spaces have no such words.
func oneWord(a, b rune) bool {
	if unicode.IsDigit(a) || unicode.IsDigit(b) {
		return unicode.IsDigit(a) && unicode.IsDigit(b)
	}
	return inWord(a) && (inWord(b) || unicode.IsMark(b)) && !unspaced(a) && !unspaced(b)
}

func inWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsMark(r) }

func unspaced(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer,
		unicode.Myanmar) || r == 'ー'
}

func wordly(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) }

func isPoint(r rune) bool { return r == '.' || r == ',' || r == '٫' || r == '٬' }

// folded is a text as FindQuotation compares it: its signs, and of each the code point at which it stands.
type folded struct {
	signs string
	at    []int32
	edge  []bool // of each sign: a word or number begins here
	ends  int32  // code points of the text
}

// foldQuotation folds a text cluster by cluster: a sign with the marks behind it.
func foldQuotation(s string) folded {
	f := folded{}
	var b strings.Builder
	b.Grow(len(s))
	var before rune // the sign before in the text, folded
	gap := true     // something that is no word stands before
	glued := false  // a point in a number, or its sign, stands before
	n := int32(0)
	for i := 0; i < len(s); {
		start := i
		r, size := utf8.DecodeRuneInString(s[i:])
		i += size
		count := int32(1)
		for i < len(s) && r >= 0x80 || i < len(s) && s[i] >= 0x80 {
			m, size := utf8.DecodeRuneInString(s[i:])
			if !unicode.IsMark(m) || count > 30 {
				break
			}
			i += size
			count++
		}
		for _, x := range foldedCluster(s[start:i]) {
			keep := wordly(x) || unicode.IsMark(x) || x == '%'
			switch {
			case isPoint(x):
				keep = unicode.IsDigit(before) && nextIsDigit(s[i:])
			case x == '-':
				keep = nextIsDigit(s[i:]) && !unicode.IsLetter(before)
			case unicode.IsSpace(x):
				keep = unicode.IsDigit(before) && nextIsDigit(s[i:])
				x = ' '
			}
			if keep {
				f.edge = append(f.edge, (gap || !oneWord(before, x)) && !isPoint(x) && !glued)
				glued = isPoint(x) || x == '-' && !unicode.IsDigit(before)
				f.at = append(f.at, n)
				b.WriteRune(x)
				before, gap = x, false
			} else if x != '-' || before == 0 || !unicode.IsLetter(before) { // a hyphen at a line end joins
				gap = true
				before = x
			}
		}
		n += count
	}
	f.signs, f.ends = b.String(), n
	f.unswapped()
	return f
}

func foldedCluster(s string) string {
	out := Fold(s)
	switch out {
	case "−", "‐", "‑", "‒", "–", "—", "―":
		return "-"
	case "\n", "\r":
		return " "
	}
	return out
}

func nextIsDigit(rest string) bool {
	r, _ := utf8.DecodeRuneInString(rest)
	return unicode.IsDigit(r)
}

// unswapped writes lam-alef in one order: many a PDF has the other.
func (f *folded) unswapped() { f.signs = strings.ReplaceAll(f.signs, "لا", "ال") }

func (f folded) find(want folded) (Span, bool) {
	if want.signs == "" {
		return Span{}, false
	}
	length := utf8.RuneCountInString(want.signs)
	from, signs := 0, 0
	for range mostPlaces {
		i := strings.Index(f.signs[from:], want.signs)
		if i < 0 {
			break
		}
		signs += utf8.RuneCountInString(f.signs[from : from+i])
		end := signs + length
		if f.edge[signs] && (end == len(f.edge) || f.edge[end]) {
			last := f.at[end-1] + 1
			if end < len(f.at) { // the marks of the last letter are of it
				last = min(max(last, f.at[end-1]+1), f.at[end])
			}
			return Span{Start: int(f.at[signs]), End: int(last)}, true
		}
		_, n := utf8.DecodeRuneInString(f.signs[from+i:])
		from += i + n
		signs++
	}
	return Span{}, false
}

// Cuts says whether one word or number would stand on both sides of a place in a text: behind before, and at the
// start of after. What is quoted up to there would be a part of it: “5 dead” of “15 dead”. Scripts without spaces
// have no such words.
func Cuts(before, after string) bool { return cuts(before, after) }
