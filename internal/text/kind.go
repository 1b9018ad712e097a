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

// kinder is what has been seen of a document on the way down.
type kinder struct {
	raw     string
	segs    []segment
	out     []Sentence
	lines   []textLine
	title   string
	top     bool // no line of body yet
	caption bool // the line before is a caption
	link    bool // the line before is a link phrase alone, or a link under one
}

// setKinds gives every sentence its kind, by the shape of its line, the neighbours and a few words of site furniture.
func setKinds(raw string, segs []segment, out []Sentence) {
	k := kinder{raw: raw, segs: segs, out: out, lines: linesOf(raw, segs), top: true}
	for i := range k.lines {
		l := &k.lines[i]
		kind := k.lineKind(i)
		if kind == KindTitle && k.title == "" {
			k.title = l.s
		}
		if kind == KindBody && l.term {
			k.top = false
		}
		// A picture's credit at the end of a line makes a caption of the line.
		credit := l.last > l.first && !segs[l.last].term && isCredit(k.text(l.last))
		if credit && (kind == KindBody || kind == KindHeading) {
			kind = KindCaption
		}
		for n := l.first; n <= l.last; n++ {
			out[n].Kind = sentenceKind(k.text(n), kind)
			if kind == KindCaption && n > l.first && isCredit(k.text(n)) {
				out[n].Kind = KindBoilerplate
			}
		}
		k.caption = kind == KindCaption && !credit && !endsInBracket(l.s) && (!l.term || l.words() <= labelWords)
	}
	if len(k.lines) > 1 {
		k.furniture()
		k.bottom()
	}
}

// text is the text of segment n.
func (k *kinder) text(n int) string { return k.raw[k.segs[n].start:k.segs[n].end] }

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
		l.term = l.term && !isCapitalShort(l.s)
	}
	for i := 1; i+1 < len(lines) && i < edgeLines; i++ { // one word of a menu with a full stop: "EXPLAINER."
		l := &lines[i]
		if l.term && len(l.s) <= 24 && l.words() == 1 && !lines[i-1].term && !lines[i+1].term &&
			lines[i-1].words() <= labelWords && lines[i+1].words() <= labelWords && strings.HasSuffix(l.s, ".") {
			l.term = false
		}
	}
	return lines
}

// endsInBracket reports a line whose last words stand in brackets, as the credit of a picture does.
func endsInBracket(s string) bool {
	r, _ := utf8.DecodeLastRuneInString(s)
	return r == ')' || r == '）' || r == ']'
}

// isCapitalShort reports a line that is one abbreviation in capitals, whose full stop ends no sentence: U.S.
func isCapitalShort(s string) bool {
	if len(s) < 3 || len(s) > 16 {
		return false
	}
	for i := 0; i < len(s); i += 2 {
		if s[i] < 'A' || s[i] > 'Z' || i+1 == len(s) || s[i+1] != '.' {
			return false
		}
	}
	return true
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
func (k *kinder) lineKind(i int) SentenceKind {
	l := &k.lines[i]
	single := l.first == l.last
	rest, link := linkPhrases().at(l.s)
	caption := captionLabels().label(l.s)
	under := k.link && !l.gap && !l.term && single && !caption
	k.link = link && countWords(rest) <= 1 || under
	switch {
	case isBareAddress(l.s), isShortcode(l.s), strings.HasPrefix(l.s, "©"), isTags(l.s):
		return KindBoilerplate
	case len(k.lines) == 1:
		return KindBody
	case link, under:
		return KindLink
	case k.title != "" && l.s == k.title:
		return KindTitle
	case pictureLabels().begins(l.s) && l.words() <= captionWords:
		return KindBoilerplate
	case caption, k.caption && !l.gap && l.words() > labelWords:
		return KindCaption
	case !l.term && single && (isCredit(l.s) || inBrackets(l.s) && l.words() <= bylineWords):
		return KindBoilerplate
	case single && i+1 < len(k.lines) && announcements().begins(l.s) && l.words() <= 2*headingWords:
		return KindHeading
	case isBulleted(l.s), l.term && !k.isTitleQuestion(i):
		return KindBody
	}
	return k.unterminatedKind(i)
}

// isTitleQuestion reports a headline that ends in a question mark.
func (k *kinder) isTitleQuestion(i int) bool {
	l := &k.lines[i]
	return k.top && k.title == "" && l.first == l.last && l.words() <= titleWords && i+1 < len(k.lines) &&
		endsInQuestion(l.s)
}

// unterminatedKind judges a line that ends in no full stop.
func (k *kinder) unterminatedKind(i int) SentenceKind {
	l := &k.lines[i]
	last := i == len(k.lines)-1
	words := l.words()
	switch {
	case l.first != l.last && words > titleWords:
		return KindBody
	case k.top && k.title == "":
		if words <= labelWords && k.titleAhead(i) {
			return KindBoilerplate // the site, its menu or the section
		}
		if words <= titleWords && !last {
			return KindTitle
		}
		return KindBody
	case strings.HasSuffix(l.s, ":") || strings.HasSuffix(l.s, "："):
		return k.colonKind(i)
	case last && words <= labelWords:
		return KindBoilerplate
	case k.top && words <= bylineWords && !hasComma(l.s), isDateLine(l):
		return KindBoilerplate // byline, place or date
	case i <= edgeLines/2 && words <= captionWords && hasComma(l.s) && (!k.top || words <= captionWords/2):
		return KindCaption // "NAME, what they are"
	case words <= headingWords && !last:
		return KindHeading
	}
	return KindBody
}

// titleAhead reports that a longer line without a full stop follows line i before the text begins.
func (k *kinder) titleAhead(i int) bool {
	for n := i + 1; n < len(k.lines) && n <= edgeLines; n++ {
		l := &k.lines[n]
		if !l.term || k.isTitleQuestion(n) {
			if l.words() > labelWords && l.words() <= titleWords && !captionLabels().label(l.s) {
				return true
			}
			continue
		}
		return false
	}
	return false
}

// colonKind judges a line that ends in a colon: at the bottom it announces what was not copied, before a quotation or
// a list it is part of the text, and a short one is a heading.
func (k *kinder) colonKind(i int) SentenceKind {
	if i == len(k.lines)-1 {
		return KindBoilerplate
	}
	next := k.lines[i+1].s
	first, _ := utf8.DecodeRuneInString(next)
	if k.lines[i].words() > bylineWords || isBulleted(next) || markOf(first) == markQuote || markOf(first) == markOpen {
		return KindBody
	}
	return KindHeading
}

// isBulleted reports an entry of a list.
func isBulleted(s string) bool {
	r, size := utf8.DecodeRuneInString(s)
	switch r {
	case '•', '‣', '▪', '●', '◦', '–', '-', '*', '・', '■', '◆', '○':
		return len(s) > size && (s[size] == ' ' || r == '・' || r == '■' || r == '◆') &&
			countWords(s[size:]) > labelWords-1
	}
	return false
}

// inBrackets reports a line that is all in one pair of brackets.
func inBrackets(s string) bool {
	first, _ := utf8.DecodeRuneInString(s)
	last, _ := utf8.DecodeLastRuneInString(s)
	return closerOf(first) != 0 && closerOf(first) == last
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
			return closers == 0 && asksInKana(s)
		}
		closers++
		s = s[:len(s)-size]
	}
	return false
}

// asksInKana reports a Japanese line without a full stop that ends in a question's particle: 票は消えたのか
func asksInKana(s string) bool {
	for _, end := range []string{"のか", "だろうか", "でしょうか", "ですか", "ますか"} {
		if strings.HasSuffix(s, end) {
			return true
		}
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
