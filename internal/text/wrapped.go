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
)

// Wrapped counts the line ends that stand in the middle of a sentence. It gives 0 for a text whose lines are
// paragraphs, and for lists, verses and headings. It takes linear time, and looks at the beginning of a long text only.
func Wrapped(raw string) int {
	if len(raw) > wrapSeen {
		raw = strings.ToValidUTF8(raw[:wrapSeen], "")
	}
	broken, whole := 0, 0
	for _, block := range blocksOf(raw) {
		widest := 0
		for _, line := range block {
			widest = max(widest, utf8.RuneCountInString(line))
		}
		for i, line := range block[:len(block)-1] {
			if widest <= wrapWide && breaks(line, block[i+1], widest) {
				broken++
			} else {
				whole++
			}
		}
	}
	if broken < wrapLeast || broken <= whole {
		return 0
	}
	return broken
}

// JoinLines makes a space of each line end that stands in the middle of a sentence; between Han or kana it goes without
// one. Other line ends and empty lines stay.
func JoinLines(raw string) string {
	var out strings.Builder
	lines := strings.Split(raw, "\n")
	for i, line := range lines {
		trimmed := strings.TrimRightFunc(line, unicode.IsSpace)
		if i+1 == len(lines) {
			out.WriteString(line)
			break
		}
		next := strings.TrimLeftFunc(lines[i+1], unicode.IsSpace)
		if !breaks(trimmed, next, 0) {
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
	end, _ := utf8.DecodeLastRuneInString(line)
	if strings.ContainsRune(".!?…:;؟۔。！？：；।॥|\"'”’»」』)）", end) {
		return false
	}
	first, _ := utf8.DecodeRuneInString(next)
	return unicode.IsLower(first) || unicode.Is(unicode.Lo, first) || unicode.IsDigit(first)
}

// spaceless says that a letter stands in a script that puts no spaces between words.
func spaceless(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana) || r == '、' || r == '，' || r == '-'
}
