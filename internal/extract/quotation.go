package extract

import (
	"strings"
	"unicode"

	"claimbench/internal/text"
)

// quotationReach is how many code points after its sentence an open quotation
// may close: marks are forgotten too often to trust one that runs on longer.
const quotationReach = 400

// closers are the marks that close each opening one.
var closers = map[rune]string{'«': "»", '“': "”″", '「': "」", '"': "\""}

// follow keeps who speaks while a quotation runs over several sentences of a
// paragraph. It is trusted only when its closing mark is found.
func (r *reader) follow(p *parse) {
	if !r.off.on(ruleSpeech) {
		return
	}
	if p.base >= r.closing {
		r.quoting = ""
	}
	last := ""
	for _, q := range p.out {
		if q.source != "" {
			last = q.source
		}
	}
	open := unclosed(p.runes)
	if open == 0 {
		return
	}
	if last == "" && r.source != "" && r.now-r.sourced <= 1 {
		last = r.source
	}
	end := p.base + len(p.runes)
	if n := closesAfter(r.doc.Text.Slice(text.Span{Start: end, End: min(end+quotationReach, r.doc.Text.Len())}),
		open); n > 0 {
		r.quoting, r.closing = last, end+n
	}
}

// unclosed is the opening mark that the letters leave open, 0 for none.
func unclosed(letters []rune) rune {
	var open []rune
	for _, c := range letters {
		if n := len(open); n > 0 && strings.ContainsRune(closers[open[n-1]], c) {
			open = open[:n-1]
		} else if closers[c] != "" {
			open = append(open, c)
		}
	}
	if len(open) == 0 {
		return 0
	}
	return open[0]
}

// closesAfter gives how many code points of what follows lie before the mark
// that closes open: none when a line ends or another quotation opens first.
func closesAfter(following string, open rune) int {
	n := 0
	for _, c := range following {
		n++
		switch {
		case strings.ContainsRune(closers[open], c):
			return n
		case c == '\n' && n > 1 || c == open:
			return 0
		}
	}
	return 0
}

// sentences parts what somebody said into its sentences where a quotation runs over several of them: each is a claim of
// the same speaker. It stays whole where an operator outside the quotation governs all of it.
func (p *parse) sentences() {
	var out []piece
	for _, q := range p.out {
		from := q.start
		if q.source != "" && (q.role == asContent || q.role == asClause) {
			for _, at := range p.sentenceEnds(q) {
				part := q
				part.start, part.end = from, at
				out = append(out, part)
				q.lead, from = "", at
			}
		}
		q.start = from
		out = append(out, q)
	}
	p.out = out
}

// sentenceEnds gives where, in code points, the sentences of a piece end but the last.
func (p *parse) sentenceEnds(q piece) []int {
	var out []int
	ja := primary(p.lang) == "ja"
	least, from := 8, q.start
	if ja {
		least = 5
	}
	for i := q.start + least; i < q.end-least; i++ {
		if i-from < least || !p.endsAt(i, ja) || p.governs(q, i) || unclosed(p.runes[q.start:i]) == 0 &&
			unclosed(p.runes[:i]) == 0 {
			continue
		}
		out = append(out, i+1)
		from = i + 1
	}
	return out
}

// endsAt says whether the letter at i ends a sentence: a stop after a word of some length, before a space and a word
// that may begin a sentence.
func (p *parse) endsAt(i int, ja bool) bool {
	r := p.runes[i]
	if ja {
		return r == '。'
	}
	if !strings.ContainsRune(".!؟", r) || i+2 >= len(p.runes) || !unicode.IsSpace(p.runes[i+1]) {
		return false
	}
	first := p.runes[i+2]
	if first == '"' || !unicode.IsLetter(first) && !unicode.IsDigit(first) || unicode.IsLower(first) {
		return false
	}
	word := 0
	for k := i - 1; k >= 0 && (unicode.IsLetter(p.runes[k]) || unicode.IsDigit(p.runes[k])); k-- {
		word++
	}
	return (word >= 3 || word == 2 && unicode.IsLower(p.runes[i-2])) &&
		!shortened[strings.ToLower(string(p.runes[i-word:i]))]
}

// shortened are words of three letters and more whose stop ends no sentence.
var shortened = map[string]bool{"vs": true, "pp": true, "cf": true, "al": true, "ca": true, "sen": true, "rep": true,
	"gov": true, "gen": true, "prof": true, "mrs": true,
	"jan": true, "feb": true, "mar": true, "apr": true, "jun": true, "jul": true, "aug": true, "sep": true,
	"sept": true,
	"oct":  true, "nov": true, "dec": true, "col": true, "capt": true, "lieut": true, "inc": true, "ltd": true,
	"corp": true}

// governs says whether an operator whose words lie outside the piece reaches over code point i of it.
func (p *parse) governs(q piece, i int) bool {
	for _, r := range p.regions {
		if r.op.reach == reachHedge {
			continue
		}
		scope, words := p.points(r.from, r.to), p.points(r.hit.from, r.hit.to)
		if scope[0] < i && i < scope[1] && (words[0] < q.start || words[1] > q.end) {
			return true
		}
	}
	return false
}
