package extract

import (
	"claimbench/internal/lang"
	"claimbench/internal/text"
)

// Words that judge whether something is so (a lie, untrue, a rumour, edited, a parody, in a dream) may do so over marks
// and over the end of a sentence: “X”, but that was untrue. X. That was a lie. They are in the tables of operators:
// those that are false, satire or rumour, and rows of reach “beside”.

// judging are the operators that judge the truth of what stands beside them, whatever they govern.
var judging = map[string]bool{"false": true, "satire": true, "rumoured": true, hedgeDenied: true}

// nearBack is how near to the beginning of a sentence stands what it says of the one before, in words and in letters.
const (
	nearBack        = 6
	nearBackLetters = 14
)

// Untruths lists the words of a sentence that judge the truth of something, in no order. A language without a table has
// none.
func Untruths(doc *text.Doc, s text.Sentence) []Operator {
	t := tableOf(primary(s.Lang))
	if t == nil {
		return nil
	}
	var out []Operator
	runes := []rune(doc.Slice(s.Span))
	for start := 0; start < len(runes); {
		end := windowEnd(runes, start)
		p := lineOf(doc, s, runes[start:end], s.Span.Start+start)
		for _, h := range p.hits(t) {
			if h.op.reach == reachBeside || judging[h.op.name] && h.op.reach != reachAfter {
				at := p.stands(h)
				out = append(out, p.operator(h.op, at, at))
			}
		}
		start = end
	}
	return out
}

// TakesBack gives what a sentence says of the one before it, when it begins by pointing there and says that it is not
// so: “That was a lie.” It is hedged by its name.
func TakesBack(doc *text.Doc, s text.Sentence) (o Operator, takes bool) {
	t := tableOf(primary(s.Lang))
	if t == nil || s.Span.Len() > windowSize {
		return o, false
	}
	runes := []rune(doc.Slice(s.Span))
	p := lineOf(doc, s, runes, s.Span.Start)
	letters := lang.Of(s.Lang).Is(lang.Unspaced)
	near := nearBackLetters
	if !letters {
		near = 0
		for i := range p.toks[:min(len(p.toks), 3)] {
			// “this week” is a day, and points at nothing
			if p.toks[i].kind == word && p.fits(i, &t.back) && !p.has(i+1, cTime) && p.toks[i].depth == 0 {
				near = p.toks[min(len(p.toks)-1, i+nearBack)].end
				break
			}
		}
	} else if matchLetters(runes, 0, []element{t.back}) <= 0 {
		return o, false
	}
	for _, h := range p.hits(t) {
		at := p.stands(h)
		if (h.op.reach == reachBeside || judging[h.op.name] && h.op.reach != reachAfter) && at[0] < near {
			o = p.operator(h.op, at, [2]int{0, len(runes)})
			o.Hedged = true
			return o, true
		}
	}
	return o, false
}

// OpensContent says whether the word before a place of a sentence opens a clause of content: that, که, أن.
func OpensContent(doc *text.Doc, s text.Sentence, at int) bool {
	t := tableOf(primary(s.Lang))
	if t == nil {
		return false
	}
	from := max(s.Span.Start, at-2*nearBackLetters)
	p := lineOf(doc, s, []rune(doc.Slice(text.Span{Start: from, End: at})), from)
	return len(p.toks) > 0 && p.fits(len(p.toks)-1, &t.opens)
}

// lineOf is a stretch of a sentence as operators are looked for in it. It has no facts: these take the whole sentence
// to read, and no operator is found by them.
func lineOf(doc *text.Doc, s text.Sentence, runes []rune, base int) *parse {
	g := grammarOf(s.Lang)
	return &parse{line: newLine(runes, s, base, g.words), before: newReader(Document{Text: doc, Lang: s.Lang}, 0)}
}

// hits are all operators of a table in a line, whatever they govern.
func (p *parse) hits(t *operatorTable) []hit {
	if lang.Of(p.lang).Is(lang.Unspaced) {
		return p.letterOperators(t)
	}
	return p.line.operators(t)
}

// stands is where the words of an operator stand, in code points of its line.
func (p *parse) stands(h hit) stretch {
	if lang.Of(p.lang).Is(lang.Unspaced) {
		return stretch{h.from, h.to}
	}
	return stretch{p.toks[h.from].start, p.toks[h.to-1].end}
}
