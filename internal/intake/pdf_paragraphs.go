package intake

import (
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// pdfBlock is a paragraph of a PDF: pieces of it, one for each page that it stands on.
type pdfBlock struct {
	element string
	pieces  []pdfPiece
}

type pdfPiece struct {
	words   string
	page    int
	doubted bool
}

// paragraphs joins lines: those of one column and one size of letters whose distance is the usual one, up to a line
// that begins further in, a point of a list, or a short last line. A sentence that breaks off at the end of a column
// goes on in the next.
func paragraphs(lines []pdfLine) []pdfBlock {
	var out []pdfBlock
	words := hyphenated(lines)
	body := bodySize(lines)
	for start := 0; start < len(lines); {
		end := start + 1
		pitch := pitchAt(lines, start)
		for end < len(lines) && goesOn(lines, end, pitch) {
			if p := pitchAt(lines, end); onePage(lines, end) {
				pitch = p
			}
			end++
		}
		out = append(out, pdfParagraph(lines[start:end], body, words))
		start = end
	}
	return out
}

// pdfParagraph makes a paragraph of its lines.
func pdfParagraph(lines []pdfLine, body float64, words map[string]bool) pdfBlock {
	b := pdfBlock{element: "p"}
	if len(lines) <= 4 && lines[0].size > body*1.08 {
		b.element = "h2"
		if lines[0].size > body*1.35 {
			b.element = "h1"
		}
	}
	for _, l := range lines {
		w := strings.TrimSpace(l.words)
		if len(b.pieces) == 0 {
			if rest, ok := point(w); ok {
				b.element, w = "li", rest
			}
		}
		n := len(b.pieces)
		switch {
		case n == 0:
			b.pieces = append(b.pieces, pdfPiece{w, l.page, l.doubted})
		case b.pieces[n-1].page == l.page:
			b.pieces[n-1].words = joinLines(b.pieces[n-1].words, w, words)
			b.pieces[n-1].doubted = b.pieces[n-1].doubted || l.doubted
		default:
			// The word that is broken at the page's end belongs to the page where it begins.
			before := b.pieces[n-1].words
			whole := joinLines(before, w, words)
			cut := len(before)
			if !strings.HasPrefix(whole, before) {
				cut = strings.LastIndexFunc(before, unicode.IsSpace) + 1
				if next := strings.IndexFunc(whole[cut:], unicode.IsSpace); next >= 0 {
					cut += next
				}
			}
			b.pieces[n-1].words = whole[:cut]
			b.pieces = append(b.pieces, pdfPiece{whole[cut:], l.page, l.doubted})
		}
	}
	if lines[0].rtl {
		open := map[rune]int{}
		for i := range b.pieces {
			b.pieces[i].words = withPairs(b.pieces[i].words, open)
		}
	}
	return b
}

// point takes the sign of a list from the beginning of a line.
func point(w string) (string, bool) {
	for _, sign := range []string{"•", "◦", "▪", "‣", "·", "●", "○", "■", "\uf0b7"} {
		if rest, ok := strings.CutPrefix(w, sign); ok && strings.TrimSpace(rest) != "" {
			return strings.TrimSpace(rest), true
		}
	}
	return w, false
}

// bodySize is the size of most letters.
func bodySize(lines []pdfLine) float64 {
	count := map[float64]int{}
	for _, l := range lines {
		count[l.size] += l.letters
	}
	return most(count)
}

// pitchAt is the usual distance from one line to the next around line i, among lines of its size on its page: the
// smallest that is not rare, for where paragraphs are short the distance between them is as usual.
func pitchAt(lines []pdfLine, i int) float64 {
	count, top := map[float64]int{}, 0
	for j := max(i-60, 1); j < min(i+60, len(lines)); j++ {
		a, b := &lines[j-1], &lines[j]
		if a.page != lines[i].page || b.page != lines[i].page || !sameSize(a, b) || !sameSize(b, &lines[i]) {
			continue
		}
		if d := a.y - b.y; d > 0.5*b.size && d < 3*b.size && overlaps(a, b) {
			d = math.Round(d*2) / 2
			count[d]++
			top = max(top, count[d])
		}
	}
	best := 0.0
	for d, n := range count {
		if n*4 >= top && (best == 0 || d < best) {
			best = d
		}
	}
	if best == 0 {
		best = 1.3 * lines[i].size
	}
	return best
}

// sameSize says whether two lines are of one size of letters. A line without high letters is measured smaller by no
// more.
func sameSize(a, b *pdfLine) bool { return math.Abs(a.size-b.size) < 0.08*max(a.size, b.size) }

// overlaps says whether two lines stand under each other.
func overlaps(a, b *pdfLine) bool {
	return min(a.right, b.right)-max(a.left, b.left) > 0.3*min(a.right-a.left, b.right-b.left)
}

func onePage(lines []pdfLine, i int) bool { return lines[i-1].page == lines[i].page }

// goesOn says whether line i goes on with the paragraph of the line before it.
func goesOn(lines []pdfLine, i int, pitch float64) bool {
	a, b := &lines[i-1], &lines[i]
	if !sameSize(a, b) {
		return false
	}
	if _, is := point(strings.TrimSpace(b.words)); is {
		return false
	}
	if d := a.y - b.y; a.page == b.page && overlaps(a, b) && d > 0 {
		return d < pitch*1.25+0.5 && !indented(lines, i) && !shortEnd(lines, i-1)
	}
	// The next column, or page: only a sentence that broke off goes on there.
	return !sentenceEnds(a.words) && fills(lines, i-1) && !indented(lines, i)
}

// column gives how far the lines around line i reach that are of its column and size.
func column(lines []pdfLine, i int) (left, right float64) {
	l := &lines[i]
	left, right = l.left, l.right
	for _, step := range []int{-1, 1} {
		for j := i + step; j >= 0 && j < len(lines) && lines[j].page == l.page && j > i-60 && j < i+60; j += step {
			prev := &lines[j-step]
			if !overlaps(&lines[j], l) || (prev.y-lines[j].y)*float64(step) <= 0 {
				break
			}
			if sameSize(&lines[j], l) {
				left, right = min(left, lines[j].left), max(right, lines[j].right)
			}
		}
	}
	return left, right
}

// indented says whether a line begins further in than its column, and the line before it does not.
func indented(lines []pdfLine, i int) bool {
	inset := func(i int) float64 {
		left, right := column(lines, i)
		if lines[i].rtl {
			return right - lines[i].right
		}
		return lines[i].left - left
	}
	in := inset(i)
	return in > 0.6*lines[i].size && in < 6*lines[i].size && (i == 0 || inset(i-1) < in-0.3*lines[i].size)
}

// room is how much of its column a line leaves free at its end.
func room(lines []pdfLine, i int) (free, width float64) {
	left, right := column(lines, i)
	if lines[i].rtl {
		return lines[i].left - left, right - left
	}
	return right - lines[i].right, right - left
}

// shortEnd says whether a line ends a paragraph by being short: with a sentence's end, and room for more than a word.
func shortEnd(lines []pdfLine, i int) bool {
	free, width := room(lines, i)
	return sentenceEnds(lines[i].words) && free > 0.3*width
}

// fills says whether a line goes near the end of its column.
func fills(lines []pdfLine, i int) bool {
	free, width := room(lines, i)
	return free < 0.25*width
}

// sentenceEnds says whether words end as a sentence does.
func sentenceEnds(words string) bool {
	words = strings.TrimRightFunc(words, func(r rune) bool {
		return unicode.IsSpace(r) || strings.ContainsRune(`"'”’»›」』）)]`, r)
	})
	end, _ := utf8.DecodeLastRuneInString(words)
	return strings.ContainsRune(".!?:…。！？؟۔", end)
}

// joinLines joins two lines: without a space between characters of a script without spaces, and without the hyphen of a
// word that was broken. words are those of the file that have a hyphen inside a line.
func joinLines(a, b string, words map[string]bool) string {
	a, b = strings.TrimRight(a, " "), strings.TrimLeft(b, " ")
	end, size := utf8.DecodeLastRuneInString(a)
	first, _ := utf8.DecodeRuneInString(b)
	switch {
	case a == "" || b == "":
		return a + b
	case isHyphen(end):
		stem := a[:len(a)-size]
		before, _ := utf8.DecodeLastRuneInString(stem)
		if !unicode.IsLetter(before) || !unicode.IsLower(first) {
			if end == '-' || end == '\u2010' {
				return stem + "-" + b
			}
			return stem + b
		}
		if end != '\u00AD' && words[lastWord(stem)+"-"+firstWord(b)] {
			return stem + "-" + b
		}
		return stem + b
	case spaceless(end) || spaceless(first):
		return a + b
	}
	return a + " " + b
}

func isHyphen(r rune) bool {
	return r == '-' || r == '\u2010' || r == '\u00AD' || r == '\x02' || r == '\uFFFE'
}

func lastWord(s string) string { return s[strings.LastIndexFunc(s, unicode.IsSpace)+1:] }

func firstWord(s string) string {
	if i := strings.IndexFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && r != '-' }); i >= 0 {
		return s[:i]
	}
	return s
}

// hyphenated are the words that stand with a hyphen inside a line: at a line's end theirs is no break.
func hyphenated(lines []pdfLine) map[string]bool {
	out := map[string]bool{}
	for _, l := range lines {
		fields := strings.FieldsFunc(l.words, unicode.IsSpace)
		for _, w := range fields {
			w = strings.TrimFunc(w, func(r rune) bool { return !unicode.IsLetter(r) && r != '-' })
			if i := strings.IndexByte(w, '-'); i > 0 && i+1 < len(w) && len(out) < 10_000 {
				out[w] = true
			}
		}
	}
	return out
}

// withoutHeads takes the lines that stand at the head or foot of most pages, and numbers of pages; it lists them.
func withoutHeads(lines []pdfLine, pages int) (kept []pdfLine, heads []string) {
	at := map[string]map[int]bool{}
	for _, l := range lines {
		if k := headKey(l.words); l.edge {
			if at[k] == nil {
				at[k] = map[int]bool{}
			}
			at[k][l.page] = true
		}
	}
	listed := map[string]bool{}
	for _, l := range lines {
		k := headKey(l.words)
		if !l.edge || !pageNumber(l.words) && (len(at[k]) < 2 || len(at[k])*10 < pages*6) {
			kept = append(kept, l)
			continue
		}
		if !listed[k] && len(heads) < 50 {
			heads = append(heads, l.words)
		}
		listed[k] = true
	}
	return kept, heads
}

// headKey is a line with one sign for each of its numbers.
func headKey(words string) string {
	var b strings.Builder
	digits := false
	for _, r := range words {
		if unicode.IsDigit(r) {
			if !digits {
				b.WriteByte('0')
			}
			digits = true
			continue
		}
		digits = false
		if !unicode.IsSpace(r) {
			b.WriteRune(unicode.ToLower(r))
		}
	}
	return b.String()
}

// pageNumber says whether a line is only the number of its page: "3", "- 3 -", "3/12", "Page 3 of 12".
func pageNumber(words string) bool {
	k := strings.Trim(headKey(words), "-–—.|[]()")
	return len(words) < 40 && slices.Contains([]string{"0", "0/0", "page0", "p.0", "page0of0", "0of0", "صفحه0", "صفحة0",
		"0ページ", "0頁"}, k)
}
