package extract

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"claimbench/internal/text"
)

// piece is a stretch of a sentence that states something, before it becomes a
// candidate. Start and end are code points of the sentence.
type piece struct {
	start, end int
	lead       string // words carried over in front of it in the statement
	source     string // who asserts it, "" for the article
	role       role
	frame      [2]int   // the words that report it, in code points: their hedges are its own
	told       [2]int   // a saying with what was said, for its statement
	hedges     []string // hedges of the operators that govern it from outside
}

// role is what a piece is in its sentence.
type role uint8

const (
	asClause role = iota
	asContent
	asSpeech
	asRelative
	asApposition
	asAim
	asCause
	asAdjunct
	asParenthesis
)

// candidate makes a piece a candidate: its span trimmed to non-space code
// points inside the sentence, closing marks left out.
func (r *reader) candidate(l *line, p piece) (Candidate, bool) {
	start, end := l.trim(p.start, p.end)
	if start >= end {
		return Candidate{}, false
	}
	p.start, p.end = start, end
	if end-start <= longestFrame && bareFrame.MatchString(l.slice(start, end)) {
		return Candidate{}, false
	}
	base := l.base
	c := Candidate{
		Sentence:    l.sent.N,
		Span:        text.Span{Start: base + start, End: base + end},
		Statement:   l.slice(start, end),
		Attribution: l.lastStop(r.attribution(l, p)),
		Hedge:       hedgesWithin(l.found, l.nearFrame(p)),
		ReportedBy:  []string{},
	}
	if c.Attribution != Article {
		c.ReportedBy = chain(c.Attribution)
	}
	if p.told[1] > p.told[0] {
		c.Statement = l.slice(l.trim(p.told[0], p.told[1]))
	}
	if p.lead != "" {
		c.Statement = p.lead + joiner(l.lang) + c.Statement
	}
	for _, h := range p.hedges {
		if !hasHedge(c.Hedge, h) {
			c.Hedge = append(c.Hedge, h)
		}
	}
	signs := l.signs(p)
	c.Kind = l.kindOfPiece(p, signs, c.Hedge)
	inside := l.facts.within(c.Span)
	c.Quantities, c.Dates, c.Names = inside.quantities, inside.dates, inside.names
	r.standalone(l, &c, p)
	c.CheckWorthy, c.Reasons = l.worth(p, signs, &c)
	return c, true
}

// nearFrame is the piece with its frame cut short where a relative clause stands beside who speaks: a hedge of that
// clause is none of what was said.
func (l *line) nearFrame(p piece) piece {
	frame := l.slice(p.frame[0], p.frame[1])
	last := strings.LastIndexAny(frame, ",،")
	for _, w := range []string{" who ", " whose ", " which ", " که ", " الذي ", " التي "} {
		if at := strings.Index(frame, w); last > 0 && at >= 0 && at < last {
			p.frame[0] += utf8.RuneCountInString(frame[:last])
			break
		}
	}
	return p
}

// trim takes spaces and sentence marks off both ends; brackets and quotation
// marks go only when their partner is outside.
func (l *line) trim(start, end int) (int, int) {
	start, end = max(start, 0), min(end, len(l.runes))
	for start < end && l.loose(start, start, end, 1) {
		start++
	}
	for start < end && l.loose(end-1, start, end, -1) {
		end--
	}
	if end < len(l.runes) && l.runes[end] == '.' && initials(l.runes[start:end]) {
		end++
	}
	return start, end
}

// loose says whether the code point at i, at an edge of [start,end), is not
// part of the quotation.
func (l *line) loose(i, start, end, step int) bool {
	r := l.runes[i]
	if unicode.IsSpace(r) || isInvisible(r) {
		return true
	}
	if strings.ContainsRune(".,،;؛:!؟?。、，；：！？…‥-–—", r) {
		return true
	}
	if r == '\'' && step > 0 && i+1 < end && unicode.IsLetter(l.runes[i+1]) && unicode.IsUpper(l.runes[i+1]) {
		return true // 'P,' said X: the other one stands outside
	}
	if partner, ok := pairs[r]; ok {
		for j := start; j < end; j++ {
			if j != i && strings.ContainsRune(partner, l.runes[j]) {
				return false
			}
		}
		return true
	}
	return false
}

// lastStop gives a source that ends in initials its last full stop back: officials in the U.S.
func (l *line) lastStop(source string) string {
	if initials([]rune(source)) && strings.Contains(string(l.runes), source+".") {
		return source + "."
	}
	return source
}

// initials says whether a text ends in letters that take a full stop each, without the last one: U.S, 5 p.m.
func initials(r []rune) bool {
	n := len(r)
	return n > 2 && unicode.IsLetter(r[n-1]) && r[n-2] == '.' && unicode.IsLetter(r[n-3]) &&
		(n == 3 || !unicode.IsLetter(r[n-4]))
}

// pairs names the partners of each bracket and quotation mark.
var pairs = map[rune]string{
	'«': "»", '»': "«", '“': "”″\"„", '”': "“„", '„': "“”", '″': "“", '"': "\"", '「': "」", '」': "「", '『': "』", '』': "『",
	'(': ")", ')': "(", '（': "）", '）': "（", '[': "]", ']': "[", '‘': "’", '【': "】", '】': "【", '［': "］", '］': "［",
}

// joiner is what stands between words: nothing in Japanese and Chinese.
func joiner(lang string) string {
	if strings.HasPrefix(lang, "ja") || strings.HasPrefix(lang, "zh") {
		return ""
	}
	return " "
}
