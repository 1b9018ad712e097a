package text

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Texts copied from PDF and mail have their lines broken at a width, in the middle of sentences. A line end is a border
// of sentences here, for that is what it is in articles, so each piece would be read as a sentence of its own.
const (
	wrapSeen  = 64 << 10 // bytes from the beginning that are looked at
	wrapLeast = 3        // line ends in the middle of sentences, from which on a text is wrapped
	wrapWide  = 110      // code points of the longest line that somebody broke at a width
	wrapShort = 24       // code points below which a line is a heading or a verse
	wrapFull  = 60       // code points from which on a line without an end mark fills the width
)

// Wrapped counts the line ends that stand in the middle of a sentence. It gives 0 for a text whose lines are
// paragraphs, and for lists, verses and headings. It takes linear time, and looks at the beginning of a long text only.
func Wrapped(raw string) int {
	if len(raw) > wrapSeen {
		raw = strings.ToValidUTF8(raw[:wrapSeen], "")
	}
	broken, whole, small := 0, 0, 0
	for _, block := range blocksOf(raw) {
		goesOn := wrapOf(block)
		for i, line := range block[:len(block)-1] {
			first, _ := utf8.DecodeRuneInString(block[i+1])
			switch {
			case !goesOn(line, block[i+1]):
				whole++
			case unicode.IsLower(first):
				small++
				fallthrough
			default:
				broken++
			}
		}
	}
	few := broken == wrapLeast-1 && whole == 0 && small > 0
	if !few && (broken < wrapLeast || broken <= whole) {
		return 0
	}
	return broken
}

// wrapOf gives, for the lines of a block, what says whether a sentence goes on from one to the next: it does before a
// letter that begins no sentence, and in a block where it does so once, also after a line that fills the width.
func wrapOf(block []string) func(line, next string) bool {
	widest := 0
	for _, line := range block {
		widest = max(widest, utf8.RuneCountInString(line))
	}
	if widest > wrapWide {
		return func(string, string) bool { return false }
	}
	small := false
	for i, line := range block[:len(block)-1] {
		first, _ := utf8.DecodeRuneInString(block[i+1])
		small = small || unicode.IsLower(first) && breaks(line, block[i+1], widest)
	}
	return func(line, next string) bool {
		return breaks(line, next, widest) || small && fills(line, next, widest)
	}
}

// JoinLines makes a space of each line end that stands in the middle of a sentence; between Han or kana it goes without
// one. Other line ends and empty lines stay.
func JoinLines(raw string) string {
	var out strings.Builder
	lines := strings.Split(raw, "\n")
	blocks := blocksOf(raw)
	goesOn, left := func(string, string) bool { return false }, 0
	for i, line := range lines {
		trimmed := strings.TrimRightFunc(line, unicode.IsSpace)
		if left == 0 && strings.TrimSpace(line) != "" {
			goesOn, left = wrapOf(blocks[0]), len(blocks[0])
			blocks = blocks[1:]
		}
		if i+1 == len(lines) {
			out.WriteString(line)
			break
		}
		next := strings.TrimLeftFunc(lines[i+1], unicode.IsSpace)
		left = max(left-1, 0)
		if left == 0 || !goesOn(strings.TrimSpace(line), strings.TrimSpace(next)) {
			out.WriteString(line + "\n")
			continue
		}
		out.WriteString(trimmed)
		lines[i+1] = next
		if end, _ := utf8.DecodeLastRuneInString(trimmed); !spaceless(end) && end != '-' {
			out.WriteByte(' ')
		}
	}
	return out.String()
}

// blocksOf are the runs of lines without an empty one between them, each line without the spaces around it.
func blocksOf(raw string) [][]string {
	var out [][]string
	var block []string
	for line := range strings.SplitSeq(raw, "\n") {
		if line = strings.TrimSpace(line); line != "" {
			block = append(block, line)
			continue
		}
		if block != nil {
			out, block = append(out, block), nil
		}
	}
	if block != nil {
		out = append(out, block)
	}
	return out
}

// breaks says whether a sentence goes on from a line to the next one. widest is the longest line around, 0 when it
// does not matter.
func breaks(line, next string, widest int) bool {
	n := utf8.RuneCountInString(line)
	if n < wrapShort || n*10 < widest*6 || next == "" {
		return false
	}
	if ended(line) {
		return false
	}
	first, _ := utf8.DecodeRuneInString(next)
	return unicode.IsLower(first) || unicode.Is(unicode.Lo, first) || unicode.IsDigit(first)
}

// fills says whether a line without an end mark is as wide as its block, so that its sentence may go on with a capital:
// "the United / States".
func fills(line, next string, widest int) bool {
	n := utf8.RuneCountInString(line)
	return n >= wrapFull && n*100 >= widest*85 && next != "" && !ended(line) && !isBulleted(next)
}

// ended says whether a line ends as a sentence, a quotation or a label does.
func ended(line string) bool {
	end, _ := utf8.DecodeLastRuneInString(line)
	return strings.ContainsRune(".!?…:;؟۔。！？：；।॥|\"'”’»」』)）", end)
}

// spaceless says that a letter stands in a script that puts no spaces between words.
func spaceless(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana) || r == '、' || r == '，' || r == '-'
}
