package text

import (
	"unicode"
	"unicode/utf8"
)

// cutter holds the state of one call of Sentences; its buffers are used again for every line.
type cutter struct {
	raw      string
	off      rules
	marks    []punct
	segments []segment
	line     int
	gap      bool
	careless int8 // 0 not looked at, 1 sentences begin with capitals, 2 they do not
}

// cut walks the lines. A line's end always ends a sentence.
func (c *cutter) cut() {
	if n := len(c.raw); n > 0 {
		c.segments = make([]segment, 0, n/160+4)
	}
	for from := 0; from < len(c.raw); {
		end, next := c.scanLine(from)
		if !c.cutLine(from, end) {
			c.gap = true // an empty line
		}
		from = next
	}
}

// cutLine cuts one line; false when there is nothing on it.
func (c *cutter) cutLine(from, end int) bool {
	start := c.skipSpace(from, end)
	if start == end {
		return false
	}
	if len(c.marks) > 1 {
		c.pairMarks()
	}
	held := -1 // the last mark inside an outermost pair
	for i := 0; i < len(c.marks); i++ {
		m := &c.marks[i]
		switch m.mark {
		case markOpen:
			if m.pair > i && i > held && !c.off.noHold {
				held = m.pair
			}
			continue
		case markClose, markQuote:
			continue
		}
		t := c.terminator(i, end)
		i = t.last
		if t.last < held || t.end >= end {
			continue
		}
		if next := c.skipSpace(t.end, end); next < end && c.ends(&t, start, next, end) {
			c.add(start, t.end, true)
			start = next
		}
	}
	c.add(start, end, false)
	c.line++
	c.gap = false
	return true
}

// add appends the segment between two byte offsets, trimmed; start is already at a non-space.
func (c *cutter) add(start, end int, term bool) {
	for end > start {
		if b := c.raw[end-1]; b > ' ' && b < utf8.RuneSelf {
			break
		}
		r, size := utf8.DecodeLastRuneInString(c.raw[start:end])
		if !isSpace(r) {
			break
		}
		end -= size
	}
	if start >= end {
		return
	}
	if !term {
		term = endsInTerminator(c.raw[start:end])
	}
	c.segments = append(c.segments, segment{start: start, end: end, line: c.line, gap: c.gap, term: term})
}

// skipSpace gives the first offset in [i, end) that is not white space.
func (c *cutter) skipSpace(i, end int) int {
	for i < end {
		b := c.raw[i]
		if b > ' ' && b < 0xC2 {
			return i
		}
		if b <= ' ' {
			if !isSpace(rune(b)) {
				return i
			}
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(c.raw[i:])
		if !isSpace(r) {
			return i
		}
		i += size
	}
	return end
}

// isSpace reports white space, and what is as invisible at a sentence's edge: a BOM, ZWSP, ZWNJ and bidi controls
// are not, for they are code points of the text that a person may need to see.
func isSpace(r rune) bool { return unicode.IsSpace(r) }

// terminatorRun is a run of terminators and the closing marks after it.
type terminatorRun struct {
	first, last int  // marks
	at, end     int  // bytes
	dots        int  // how many full stops or dots, when nothing else is in the run
	mark        mark // the strongest class in it
	closers     int  // closing marks after the terminators
	closed      int  // the mark that the last closer pairs with, -1 none
}

// terminator collects the run that begins at mark i.
func (c *cutter) terminator(i, lineEnd int) terminatorRun {
	m := c.marks[i]
	t := terminatorRun{first: i, last: i, at: m.at, end: m.at + m.size, mark: m.mark, closed: -1}
	if m.mark == markStop || m.mark == markDots {
		t.dots = m.size
		if m.mark == markStop {
			t.dots = 1
		}
	}
	for t.last+1 < len(c.marks) && c.marks[t.last+1].at == t.end {
		n := c.marks[t.last+1]
		if n.mark != markStop && n.mark != markFull && n.mark != markShout && n.mark != markDots {
			break
		}
		t.last++
		t.end += n.size
		switch {
		case n.mark == markFull || n.mark == markShout:
			t.dots = 0
			if t.mark != markFull {
				t.mark = n.mark
			}
		case t.dots > 0:
			t.dots++
		}
	}
	if c.off.noCloser {
		return t
	}
	for t.last+1 < len(c.marks) {
		n := c.marks[t.last+1]
		if n.mark != markClose || n.at != t.end && (n.pair < 0 || c.skipSpace(t.end, n.at) != n.at) {
			break
		}
		if n.pair < 0 && n.r == '"' && n.at != t.end {
			break
		}
		t.last++
		t.end = n.at + n.size
		t.closers++
		t.closed = n.pair
	}
	return t
}

// ends decides whether the run ends a sentence that began at start; next is where the next one would begin.
func (c *cutter) ends(t *terminatorRun, start, next, end int) bool {
	gap := next > t.end
	n, _ := utf8.DecodeRuneInString(c.raw[next:])
	p, _ := utf8.DecodeLastRuneInString(c.raw[start:t.at])
	if carriesOn(n) && (gap || n != '*') {
		return false
	}
	switch {
	case t.dots > 1:
		return c.ellipsisEnds(t, gap, p, n, next, end)
	case t.mark == markFull:
		return c.fullEnds(t, start, gap, n, next)
	case t.mark == markShout:
		return c.shoutEnds(t, start, gap, p, n, next, end)
	}
	return c.stopEnds(t, start, gap, p, n, next, end)
}

// carriesOn reports punctuation that no sentence begins with.
func carriesOn(r rune) bool {
	switch r {
	case ',', ';', ':', '،', '؛', '、', '，', '；', '：', ')', ']', '}', '」', '』', '）', '】', '»', '”', '%', '/', '=':
		return true
	}
	return false
}

// fullEnds judges 。 ؟ ۔ and their kin, which need no space after them.
func (c *cutter) fullEnds(t *terminatorRun, start int, gap bool, n rune, next int) bool {
	if t.closers > 0 && isKanaOrHan(n) && !gap {
		return c.afterQuotation(t, start, n, next)
	}
	if !gap && c.off.noGlued && c.raw[t.at] < 0xE3 {
		return false
	}
	return true
}

// afterQuotation judges what follows 。」 without a space: a particle carries the sentence on; after a quotation that
// the sentence began with, anything else begins a new one; inside one, 「…。」 is a name or a quoted object.
func (c *cutter) afterQuotation(t *terminatorRun, start int, n rune, next int) bool {
	if c.off.noQuotative {
		return true
	}
	if isHiragana(n) {
		return false
	}
	return t.closed >= 0 && c.marks[t.closed].at == start
}

// shoutEnds judges ! and ?.
func (c *cutter) shoutEnds(t *terminatorRun, start int, gap bool, p, n rune, next, end int) bool {
	switch {
	case t.closers > 0 && !gap && isKanaOrHan(n):
		return c.afterQuotation(t, start, n, next)
	case isKanaOrHan(n) && !gap:
		return !c.off.noGlued && !particleFollows(c.raw[next:end])
	case !gap:
		return !c.off.noGlued && isArabicLetter(p) && isArabicLetter(n)
	case unicode.IsLower(n):
		return c.lowerBegins(t)
	}
	return true
}

// particleFollows reports a Japanese particle that cannot begin a sentence: after it the ! or ? belongs to a name.
func particleFollows(s string) bool {
	r, size := utf8.DecodeRuneInString(s)
	switch r {
	case 'を', 'の', 'と', 'に', 'が', 'へ':
		n, _ := utf8.DecodeRuneInString(s[size:])
		return n != '、' && (r == 'を' || r == 'の' || !isHiragana(n) || r == 'と')
	}
	return false
}

// ellipsisEnds judges ".." "..." and "…": they end a sentence only where a clear beginning follows.
func (c *cutter) ellipsisEnds(t *terminatorRun, gap bool, p, n rune, next, end int) bool {
	switch {
	case c.off.noEllipsis:
		return gap
	case !gap:
		return false
	case unicode.IsUpper(n):
		return t.dots > 3 || !c.ordinaryName(next, end) || starters[c.word(next, end)]
	}
	return t.dots > 3 && !unicode.IsLower(n)
}

// lowerBegins reports whether a lower-case letter may begin a sentence here: in texts whose writer uses no capitals.
func (c *cutter) lowerBegins(t *terminatorRun) bool {
	if c.off.noNextWord {
		return true
	}
	if c.careless == 0 {
		c.careless = 1
		if careless(c.raw) {
			c.careless = 2
		}
	}
	return c.careless == 2
}

// careless reports a text that begins its sentences with lower-case letters, judged by its first thousands of bytes.
func careless(s string) bool {
	s = s[:min(len(s), 8<<10)]
	upper, lower := 0, 0
	for i := 0; i+2 < len(s); i++ {
		if (s[i] == '.' || s[i] == '?' || s[i] == '!') && s[i+1] == ' ' {
			switch b := s[i+2]; {
			case b >= 'a' && b <= 'z':
				lower++
			case b >= 'A' && b <= 'Z':
				upper++
			}
		}
	}
	if s != "" && s[0] >= 'a' && s[0] <= 'z' {
		lower++
	}
	return lower > upper
}

func isKanaOrHan(r rune) bool {
	return r >= 0x3041 && r <= 0x30FF || r >= 0x3400 && r <= 0x9FFF || r == '々' || r == '〇' || r >= 0x20000 && r <= 0x3FFFF
}

func isHiragana(r rune) bool { return r >= 0x3041 && r <= 0x309F }

func isArabicLetter(r rune) bool {
	return r >= 0x620 && r <= 0x6D5 && r != 0x6D4 && (r < 0x660 || r > 0x66D)
}
