package extract

import (
	"strings"

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
