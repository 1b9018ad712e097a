package text

import (
	"strings"
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
	own      map[string]abbreviationKind // of the text's language
	ordinals bool                        // the language writes "3." for "third"
	clitics  bool                        // and joins "and" to the next word
	careless int8                        // 0 not looked at, 1 sentences begin with capitals, 2 they do not
}

// cut walks the lines. A line's end always ends a sentence.
func (c *cutter) cut() {
	if n := len(c.raw); n > 0 {
		c.segments = make([]segment, 0, n/110+4)
		c.marks = make([]punct, 0, 64)
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
	held, paired := -1, -1 // the last mark inside an outermost pair that holds, inside any pair
	for i := 0; i < len(c.marks); i++ {
		m := &c.marks[i]
		switch m.mark {
		case markOpen:
			paired = max(paired, m.pair)
			if m.pair > i && i > held && c.holds(i, end) {
				held = m.pair
			}
			continue
		case markClose, markQuote:
			continue
		case markColon, markRule:
			if i > held {
				start = c.cutAtSign(m, start, end)
			}
			continue
		}
		t := c.terminator(i, end)
		i = t.last
		t.quoted = i < paired
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

// cutAtSign cuts at a colon, or at a line drawn with signs, where that parts sentences; it gives the new start.
func (c *cutter) cutAtSign(m *punct, start, end int) int {
	at := m.at + m.size
	switch {
	case m.mark == markRule:
		next := c.skipSpace(at, end)
		if c.off.NoSigns || at < end && next == at || m.at > start && c.raw[m.at-1] != ' ' {
			return start
		}
		c.add(start, m.at, true)
		c.add(m.at, at, true)
		return next
	case c.isDateline(start, m.at, c.skipSpace(at, end)):
	default:
		if at += emoticon(c.raw[at:end]); at == m.at+m.size || c.off.NoSigns || m.at == start || c.raw[m.at-1] != ' ' {
			return start
		}
		n, _ := utf8.DecodeRuneInString(c.raw[c.skipSpace(at, end):end])
		if at < end && c.raw[at] != ' ' || !unicode.IsUpper(n) {
			return start
		}
	}
	next := c.skipSpace(at, end)
	if next < end {
		c.add(start, at, true)
		return next
	}
	return start
}

// emoticon is how many bytes behind a colon make a face of it.
func emoticon(s string) int {
	for _, f := range []string{")", "-)", "(", "-(", "D", "P", "-D", "-P"} {
		if strings.HasPrefix(s, f) && (len(s) == len(f) || s[len(f)] == ' ') {
			return len(f)
		}
	}
	return 0
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
	quoted      bool // it stands inside a pair of quotes or brackets
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
	c.moreTerminators(&t)
	if c.off.NoCloser {
		return t
	}
	for c.moreClosers(&t, lineEnd) {
		before := t.last // «…؟». has a terminator after the closer too
		t.dots = 0
		if c.moreTerminators(&t); t.last == before {
			break
		}
	}
	return t
}

// moreTerminators takes the terminators that stand right behind the run into it.
func (c *cutter) moreTerminators(t *terminatorRun) {
	for t.last+1 < len(c.marks) && c.marks[t.last+1].at == t.end {
		n := c.marks[t.last+1]
		if n.mark != markStop && n.mark != markFull && n.mark != markShout && n.mark != markDots {
			return
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
}

// moreClosers takes the closing marks behind the run into it, and says whether there were any.
func (c *cutter) moreClosers(t *terminatorRun, lineEnd int) bool {
	had := t.closers
	for {
		if c.apostropheCloses(t, lineEnd) {
			t.end++
			t.closers++
			continue
		}
		if t.last+1 == len(c.marks) {
			return t.closers > had
		}
		n := c.marks[t.last+1]
		if n.mark != markClose || n.at != t.end && (n.pair < 0 || c.skipSpace(t.end, n.at) != n.at) {
			return t.closers > had
		}
		t.last++
		t.end = n.at + n.size
		t.closers++
		t.closed = n.pair
	}
}

// apostropheCloses reports an apostrophe right behind the run with a space or another mark behind it.
func (c *cutter) apostropheCloses(t *terminatorRun, lineEnd int) bool {
	if t.end >= lineEnd || c.raw[t.end] != '\'' {
		return false
	}
	return t.end+1 == lineEnd || c.raw[t.end+1] == ' ' || c.raw[t.end+1] == '"'
}

// A quotation of more than maxHeldSentences sentences is cut like other text.
const maxHeldSentences = 4

// holds reports whether the pair that opens at mark i keeps what is inside it in one sentence.
func (c *cutter) holds(i, end int) bool {
	if c.off.NoHold {
		return false
	}
	inner := 1
	for _, m := range c.marks[i+1 : c.marks[i].pair] {
		if at := m.at + m.size; m.mark == markFull || (m.mark == markStop || m.mark == markShout) &&
			c.skipSpace(at, end) > at {
			inner++
		}
	}
	return inner <= maxHeldSentences
}

// isDateline reports "CITY - AGENCY:" at the beginning of a sentence: a few words with a spaced dash among them.
func (c *cutter) isDateline(start, colon, next int) bool {
	if c.off.NoDateline || colon-start > 80 || next == colon+1 || next == len(c.raw) {
		return false
	}
	words, dash := 1, false
	for w := range strings.FieldsSeq(c.raw[start:colon]) {
		words++
		dash = dash || words > 2 && (w == "-" || w == "–" || w == "—")
	}
	return dash && words < 8 && !strings.ContainsAny(c.raw[start:colon], ".()\"0123456789")
}
