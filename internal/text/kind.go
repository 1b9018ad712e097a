package text

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// SentenceKind says what part of an article a sentence is.
type SentenceKind string

// The kinds of sentences.
const (
	KindTitle       SentenceKind = "title"       // the headline, and its repetition
	KindHeading     SentenceKind = "heading"     // of a part, or a line that only announces what follows
	KindCaption     SentenceKind = "caption"     // what stands under a picture
	KindBody        SentenceKind = "body"        // everything else
	KindLink        SentenceKind = "link"        // "read more" and the headline behind it
	KindQuestion    SentenceKind = "question"    // a question of the text itself
	KindBoilerplate SentenceKind = "boilerplate" // of the site, not of the article: credits, paywall, bare addresses
)

// Sizes are in words; three characters of a script without spaces count as one.
const (
	titleWords   = 30 // no headline is longer
	headingWords = 16
	captionWords = 16
	bylineWords  = 5
	labelWords   = 3  // a section, a button, a site's name
	edgeLines    = 12 // site furniture stands among so many lines at the top and the bottom
	phraseBytes  = 400
)

// textLine is one line of the document that is not empty: the segments first to last.
type textLine struct {
	first, last int
	s           string
	gap, term   bool
	counted     int // words, plus one, once they were counted
}

// setKinds gives every sentence its kind, by the shape of its line, the neighbours and a few words of site furniture.
func setKinds(raw string, segs []segment, out []Sentence) {
	lines := linesOf(raw, segs)
	title := ""
	top := true // no line of body yet
	for i := range lines {
		l := &lines[i]
		kind := lineKind(lines, i, title, top)
		if kind == KindTitle && title == "" {
			title = l.s
		}
		if kind == KindBody && l.term {
			top = false
		}
		credit := l.last > l.first && !segs[l.last].term && isCredit(raw[segs[l.last].start:segs[l.last].end])
		if credit && kind == KindBody {
			kind = KindCaption
		}
		for n := l.first; n <= l.last; n++ {
			out[n].Kind = sentenceKind(raw[segs[n].start:segs[n].end], kind)
		}
		if credit {
			out[l.last].Kind = KindBoilerplate
		}
		if kind == KindCaption && i+1 < len(lines) && !lines[i+1].gap && lines[i+1].words() > labelWords {
			// The lines of one caption stand together.
			n := &lines[i+1]
			for k := n.first; k <= n.last; k++ {
				out[k].Kind = KindCaption
			}
		}
	}
	captionBlocks(lines, out, raw, segs)
	if len(lines) > 1 {
		furniture(lines, segs, out, raw)
	}
}

// linesOf groups the segments by line.
func linesOf(raw string, segs []segment) []textLine {
	n := 0
	if len(segs) > 0 {
		n = segs[len(segs)-1].line + 1
	}
	lines := make([]textLine, 0, n)
	for i, g := range segs {
		if i > 0 && segs[i-1].line == g.line {
			l := &lines[len(lines)-1]
			l.last, l.term = i, g.term
			continue
		}
		lines = append(lines, textLine{first: i, last: i, gap: g.gap, term: g.term})
	}
	for i := range lines {
		l := &lines[i]
		l.s = raw[segs[l.first].start:segs[l.last].end]
	}
	return lines
}

// words is the length of the line in words; a long line is not counted and has more than any limit.
func (l *textLine) words() int {
	if len(l.s) >= phraseBytes {
		return phraseBytes
	}
	if l.counted == 0 {
		l.counted = countWords(l.s) + 1
	}
	return l.counted - 1
}

// countWords counts words; three Han or kana characters count as one.
func countWords(s string) int {
	words, cjk, in := 0, 0, false
	for i := 0; i < len(s); {
		b := s[i]
		switch {
		case b <= ' ':
			in = false
			i++
			continue
		case b >= 0xE3 && b <= 0xE9:
			cjk++
			i += 3
			in = false
			continue
		case !in:
			words++
			in = true
		}
		i++
	}
	return words + (cjk+2)/3
}

// lineKind judges a line by its shape and place; KindBody when nothing speaks against it.
func lineKind(lines []textLine, i int, title string, top bool) SentenceKind {
	l := &lines[i]
	_, link := linkPhrases.at(l.s)
	switch {
	case isBareAddress(l.s), isShortcode(l.s):
		return KindBoilerplate
	case len(lines) == 1:
		return KindBody
	case link:
		return KindLink
	case title != "" && l.s == title:
		return KindTitle
	case captionLabels.label(l.s):
		return KindCaption
	case !l.term && l.first == l.last && isCredit(l.s):
		return KindBoilerplate
	}
	if l.first == l.last && announces(l, i, lines) {
		return KindHeading
	}
	if l.term && !(l.first == l.last && isTitleQuestion(lines, i, title, top)) {
		return KindBody
	}
	return unterminatedKind(lines, i, title, top)
}

// isTitleQuestion reports a headline that ends in a question mark.
func isTitleQuestion(lines []textLine, i int, title string, top bool) bool {
	l := &lines[i]
	return top && title == "" && l.words() <= titleWords && endsInQuestion(l.s) && i+1 < len(lines) && lines[i+1].gap
}

// unterminatedKind judges a line that ends in no full stop.
func unterminatedKind(lines []textLine, i int, title string, top bool) SentenceKind {
	l := &lines[i]
	last := i == len(lines)-1
	switch {
	case l.first != l.last && l.words() > titleWords:
		return KindBody
	case top && title == "":
		if l.words() <= labelWords && !last && lines[i+1].words() > l.words() {
			return KindBoilerplate // the site or the section, above the headline
		}
		if l.words() <= titleWords && !last {
			return KindTitle
		}
		return KindBody
	case strings.HasSuffix(l.s, ":") || strings.HasSuffix(l.s, "："):
		if last {
			return KindBoilerplate // the heading of a list that was not copied
		}
		if l.words() <= bylineWords {
			return KindHeading
		}
		return KindBody
	case last && l.words() <= labelWords:
		return KindBoilerplate
	case top && l.words() <= bylineWords && !hasComma(l.s):
		return KindBoilerplate // byline, place or date
	case isDateLine(l):
		return KindBoilerplate
	case i <= edgeLines/2 && l.words() <= captionWords && hasComma(l.s):
		return KindCaption // "NAME, what he is"
	case l.words() <= headingWords && !last && top:
		return KindHeading
	case l.words() <= headingWords && !last:
		return KindHeading
	}
	return KindBody
}

// sentenceKind refines the kind of a line for one of its sentences.
func sentenceKind(s string, line SentenceKind) SentenceKind {
	if line == KindBody && endsInQuestion(s) {
		return KindQuestion
	}
	return line
}

// endsInQuestion reports a question of the text itself, not one that somebody is quoted with.
func endsInQuestion(s string) bool {
	closers := 0
	for s != "" {
		r, size := utf8.DecodeLastRuneInString(s)
		switch r {
		case '?', '؟', '？', '⁇', '⁈':
			if closers == 0 {
				return true
			}
			first, _ := utf8.DecodeRuneInString(s)
			return markOf(first) == markOpen || markOf(first) == markQuote
		case '。':
			return closers == 0 && strings.HasSuffix(s, "か。")
		case '!', '！', '‼':
			s = s[:len(s)-size]
			continue
		}
		if m := markOf(r); m != markClose && m != markQuote {
			return false
		}
		closers++
		s = s[:len(s)-size]
	}
	return false
}

func hasComma(s string) bool { return strings.ContainsAny(s, ",،、，") }

// isDateLine reports a short line that is mostly a date or a time.
func isDateLine(l *textLine) bool {
	if l.words() > 8 {
		return false
	}
	digits, letters := 0, 0
	for _, r := range l.s {
		switch {
		case unicode.IsDigit(r):
			digits++
		case unicode.IsLetter(r):
			letters++
		}
	}
	return digits >= 4 && letters <= 4*digits
}
