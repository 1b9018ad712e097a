package intake

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// galley sets a text from paragraphs and remembers where each came from. Between two paragraphs stands an empty line;
// rows of one table and points of one list follow each other on the next line, as they do on paper.
type galley struct {
	text  strings.Builder
	parts []Part
}

// add sets a paragraph; Start and End of at are found here. One that shows nothing is not set.
func (g *galley) add(words string, at Part) {
	words = strings.TrimSpace(strings.Map(printed, words))
	if words == "" || g.full() {
		return
	}
	if n := len(g.parts); n > 0 {
		g.text.WriteByte('\n')
		if at.Element != g.parts[n-1].Element || at.Element != "tr" && at.Element != "li" {
			g.text.WriteByte('\n')
		}
	}
	at.Start = g.text.Len()
	g.text.WriteString(words)
	at.End = g.text.Len()
	g.parts = append(g.parts, at)
}

// printed drops what no text has: control characters but tab and line end, and code points that are none. Bytes that
// are no UTF-8 become U+FFFD.
func printed(r rune) rune {
	switch {
	case r == '\t' || r == '\n':
		return r
	case unicode.IsControl(r) || r == 0xFFFE || r == 0xFFFF:
		return -1
	}
	return r
}

// full says that the text is too long already: Read refuses it, and more of it would only cost memory.
func (g *galley) full() bool { return g.text.Len() > MaxText }

// on makes the paragraphs the text of a document.
func (g *galley) on(d Document) Document {
	d.Text, d.Parts = g.text.String(), g.parts
	return d
}

// Of what was left out so many pieces are kept, each of so many code points.
const (
	leftPieces = 1000
	leftMost   = 500
)

// leave notes what was left out. What shows nothing is not noted, nor the same twice in a row.
func leave(all []LeftOut, kind LeftOutKind, words string) []LeftOut {
	piece := LeftOut{Kind: kind, Words: firstWords(inOneLine(words), leftMost)}
	if piece.Words == "" || len(all) >= leftPieces || len(all) > 0 && all[len(all)-1] == piece {
		return all
	}
	return append(all, piece)
}

// inOneLine makes one space of each run of spaces and line ends, and drops what no text has.
func inOneLine(s string) string { return strings.Join(strings.Fields(strings.Map(printed, s)), " ") }

// firstWords are at most n code points of a text; "…" stands for the rest.
func firstWords(s string, n int) string {
	if utf8.RuneCountInString(s) <= n {
		return s
	}
	for i := range s {
		if n--; n == 0 {
			return s[:i] + "…"
		}
	}
	return s
}
