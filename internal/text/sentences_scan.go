package text

import (
	"unicode"
	"unicode/utf8"
)

// mark is the class of a code point that matters for cutting.
type mark uint8

const (
	markNone  mark = iota
	markStop       // . and its widths: may be an abbreviation, a decimal point, part of a URL
	markFull       // 。 and other full stops that need no space after them, ؟ and ۔
	markShout      // ! ? and their widths
	markDots       // … and its kin
	markOpen       // an opening quote or bracket
	markClose      // a closing quote or bracket
	markQuote      // a quote that may open or close: " “ ” „ ″ « »
	markColon      // : which may end a dateline
	markRule       // ***** or ----- : a line drawn with signs
	markLine       // ends a line
)

// punct is one code point of a line that matters: its place in bytes, its class, and for quotes and brackets the
// number of the one it pairs with (-1 none).
type punct struct {
	at, size int
	r        rune
	mark     mark
	pair     int
}

// plain has 1 for the bytes that cannot belong to a mark. Where the first byte of a mark is also that of half the
// letters of a script, the second byte is looked for instead: E3 80 (CJK punctuation), D8 9F (؟) and DB 94 (۔).
var plain = func() (t [256]uint8) {
	for b := range t {
		t[b] = 1
	}
	for _, b := range []byte("\n\r\v\f.!?:()[]{}\"*=_-") {
		t[b] = 0
	}
	for _, b := range []byte{0xC2, 0xD6, 0xE0, 0xE1, 0xE2, 0xEF, 0x80, 0x94, 0x9F} {
		t[b] = 0
	}
	return t
}()

// markOf classifies one code point.
func markOf(r rune) mark {
	switch r {
	case '\n', '\r', '\v', '\f', 0x85, 0x2028, 0x2029:
		return markLine
	case '.', '．', '｡':
		if r == '｡' {
			return markFull
		}
		return markStop
	case '。', '؟', '۔', '।', '॥', '։', '።', '؞', '။', '។':
		return markFull
	case '!', '?', '！', '？', '‼', '⁇', '⁈', '⁉', '‽', '፧':
		return markShout
	case ':':
		return markColon
	case '…', '‥', '☆', '★', '♪', '♫', '♡', '♥':
		return markDots
	case '"', '“', '”', '„', '‟', '″', '«', '»', '＂':
		return markQuote
	case '(', '[', '{', '「', '『', '（', '［', '｛', '【', '〔', '〈', '《', '〖', '｢', '‹':
		return markOpen
	case ')', ']', '}', '」', '』', '）', '］', '｝', '】', '〕', '〉', '》', '〗', '｣', '›':
		return markClose
	}
	return markNone
}

// closerOf gives the closing bracket of an opening one.
func closerOf(r rune) rune {
	switch r {
	case '(':
		return ')'
	case '[':
		return ']'
	case '{':
		return '}'
	case '「', '『', '【', '〔', '〈', '《', '〖':
		return r + 1
	case '（':
		return '）'
	case '［':
		return '］'
	case '｛':
		return '｝'
	case '｢':
		return '｣'
	case '‹':
		return '›'
	}
	return 0
}

// scanLine collects the marks of the line that begins at from, and gives the place of its end and of the next line.
func (c *cutter) scanLine(from int) (end, next int) {
	s := c.raw
	c.marks = c.marks[:0]
	for i := from; i < len(s); {
		if i+4 <= len(s) && plain[s[i]]&plain[s[i+1]]&plain[s[i+2]]&plain[s[i+3]] != 0 {
			i += 4
			continue
		}
		b := s[i]
		if plain[b] != 0 {
			i++
			continue
		}
		r, size := rune(b), 1
		if b == '*' || b == '=' || b == '_' || b == '-' {
			for i+size < len(s) && s[i+size] == b {
				size++
			}
			if size >= minRule || b == '*' && size > 2 {
				c.marks = append(c.marks, punct{at: i, size: size, r: r, mark: markRule, pair: -1})
			}
			i += size
			continue
		}
		if b >= utf8.RuneSelf {
			if i = maybeMark(s, from, i); i < 0 {
				i = ^i
				continue
			}
			r, size = utf8.DecodeRuneInString(s[i:])
		}
		switch m := markOf(r); m {
		case markQuote:
			if r == '"' && i > from+1 && i+2 < len(s) && s[i-2] == 0xD7 && s[i+1] == 0xD7 { // רה"מ
				break
			}
			c.marks = append(c.marks, punct{at: i, size: size, r: r, mark: m, pair: -1})
		case markNone:
		case markLine:
			next = i + size
			if r == '\r' && next < len(s) && s[next] == '\n' {
				next++
			}
			return i, next
		default:
			c.marks = append(c.marks, punct{at: i, size: size, r: r, mark: m, pair: -1})
		}
		i += size
	}
	return len(s), len(s)
}

// maybeMark looks at a byte that is not plain: it gives the start of the code point when that may be a mark, and
// otherwise the bitwise complement of the place to go on from.
func maybeMark(s string, from, i int) int {
	switch b := s[i]; b {
	case 0x80, 0x94, 0x9F:
		if i > from && (s[i-1] == 0xE3 && b == 0x80 || s[i-1] == 0xDB && b == 0x94 || s[i-1] == 0xD8 && b == 0x9F) {
			return i - 1
		}
		return ^(i + 1)
	case 0xE0:
		if s[i+1] != 0xA5 {
			return ^(i + 3)
		}
	case 0xEF:
		if s[i+1] < 0xBC {
			return ^(i + 3)
		}
	case 0xE2:
		if s[i+1] == 0x80 && s[i+2] == 0x8C { // ZWNJ
			return ^(i + 3)
		}
	}
	return i
}

// minRule is how many signs in a row draw a line; three of the asterisk do.
const minRule = 5

// A quotation or bracket of more than maxHeld bytes holds nothing together: it is several paragraphs, or an accident.
const maxHeld = 1500

// maxNested is how deep brackets are remembered; what lies deeper is not paired.
const maxNested = 16

// pairMarks pairs the quotes and brackets of the line in one pass.
func (c *cutter) pairMarks() {
	if !c.off.NoMirror && c.mirrored() {
		for i := range c.marks {
			switch m := &c.marks[i]; m.r {
			case '(':
				m.r, m.mark = ')', markClose
			case ')':
				m.r, m.mark = '(', markOpen
			}
		}
	}
	var stack [maxNested]int
	depth := 0
	for i := range c.marks {
		p := &c.marks[i]
		opens, closes := p.mark == markOpen, p.mark == markClose
		if p.mark == markQuote {
			opens, closes = c.quoteSides(p)
		}
		if closes {
			if at := c.opener(stack[:depth], p); at >= 0 {
				if j := stack[at]; p.at-c.marks[j].at <= maxHeld {
					p.pair, c.marks[j].pair = j, i
				}
				depth = at
				if p.mark == markQuote {
					p.mark = markClose
				}
				continue
			}
		}
		if p.mark == markQuote {
			p.mark = markClose
			if opens {
				p.mark = markOpen
			}
		}
		if opens && depth < maxNested {
			stack[depth] = i
			depth++
		}
	}
}

// mirrored reports a line of right-to-left text whose round brackets were stored in visual order: the first of them
// closes, behind an Arabic or Hebrew letter, and the next one opens.
func (c *cutter) mirrored() bool {
	seen := false
	for i := range c.marks {
		m := &c.marks[i]
		switch {
		case m.r == '(':
			return seen
		case m.r == ')' && seen:
			return false
		case m.r == ')':
			if before, _ := utf8.DecodeLastRuneInString(c.raw[:m.at]); before < 0x590 || before > 0x6FF ||
				unicode.IsDigit(before) {
				return false
			}
			seen = true
		}
	}
	return false
}

// quoteSides says whether a quote may open and whether it may close, by its shape and by the spaces beside it.
func (c *cutter) quoteSides(p *punct) (opens, closes bool) {
	before, _ := utf8.DecodeLastRuneInString(c.raw[:p.at])
	after, _ := utf8.DecodeRuneInString(c.raw[p.at+p.size:])
	open := p.at == 0 || opensBefore(before)
	shut := p.at+p.size == len(c.raw) || closesAfter(after)
	switch p.r {
	case '«', '„', '‟':
		return !shut || open, shut && !open
	case '»':
		return open && !shut, true
	case '“':
		return !shut || open, !open
	case '”', '″':
		return open && !shut, true
	}
	return open || !shut, shut || !open
}

// opensBefore reports a code point after which a quote opens.
func opensBefore(r rune) bool {
	switch r {
	case '(', '[', '（', '「', '『', '-', '–', '—', '«', '“', ':', '،', '、', '。', '：', '，', '/':
		return true
	}
	return unicode.IsSpace(r)
}

// closesAfter reports a code point before which a quote closes.
func closesAfter(r rune) bool {
	switch r {
	case '.', ',', ';', ':', '!', '?', ')', ']', '،', '؛', '؟', '。', '、', '」', '』', '）', '»', '”', '"', '-', '–', '—':
		return true
	}
	return unicode.IsSpace(r)
}

// opener finds the innermost open mark that p closes, -1 if none.
func (c *cutter) opener(stack []int, p *punct) int {
	for at := len(stack) - 1; at >= 0; at-- {
		o := c.marks[stack[at]].r
		switch {
		case closerOf(o) == p.r:
			return at
		case isQuote(p.r) && quotesPair(o, p.r):
			return at
		}
	}
	return -1
}

func isQuote(r rune) bool { return markOf(r) == markQuote }

// quotesPair reports whether a quotation opened by o may be closed by r. Writers mix the shapes: “…″, ”…”, „…“.
func quotesPair(o, r rune) bool {
	switch o {
	case '"', '＂':
		return r == o
	case '«':
		return r == '»'
	case '»':
		return r == '«'
	}
	return isQuote(o) && r != '«' && r != '»' && r != '"'
}
