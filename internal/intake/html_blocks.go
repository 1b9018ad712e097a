package intake

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// block is a paragraph of a page.
type block struct {
	text    string
	element string     // as Part.Element
	node    *html.Node // in which it stands
	linked  int        // how much of it is links, as sizeOf counts
	link    string     // the address of its first link
	at      string     // RFC 3339, of the post in which it stands
}

// walker makes blocks of a tree.
type walker struct {
	out    []block
	post   func(*html.Node) string // when a post that begins here was written
	at     string
	words  strings.Builder
	linked int
	link   string
	inLink int
	pre    int
	depth  int
}

// blocksOf are the paragraphs under n, in order: headings, list items, quotations, and each row of a table with tabs
// between its cells. Two line breaks end a paragraph, one stays a line break.
func blocksOf(n *html.Node, post func(*html.Node) string) []block {
	w := &walker{post: post}
	w.walk(n, n, "p")
	w.flush(n, "p")
	return w.out
}

// elementOf is what a paragraph is called that lies in n.
func elementOf(n *html.Node, outer string) string {
	switch {
	case isTag(n, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Pre, atom.Dt, atom.Dd):
		return n.Data
	case isTag(n, atom.Summary):
		return "h3"
	case isTag(n, atom.Blockquote), outer == "blockquote":
		return "blockquote"
	case isTag(n, atom.Li), outer == "li":
		return "li"
	}
	return "p"
}

func (w *walker) walk(n, owner *html.Node, element string) {
	if w.depth++; w.depth > 2000 {
		w.depth--
		return
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		switch {
		case c.Type == html.TextNode:
			w.text(c.Data)
		case c.Type != html.ElementNode || unshown(c):
		case isTag(c, atom.Br):
			w.words.WriteByte('\n')
		case isTag(c, atom.Tr):
			w.flush(owner, element)
			w.row(c)
		case isBlock(c):
			w.flush(owner, element)
			w.inBlock(c, elementOf(c, element))
		default:
			w.inline(c, owner, element)
		}
	}
	w.depth--
}

func (w *walker) inBlock(c *html.Node, element string) {
	at := w.at
	if w.post != nil {
		if t := w.post(c); t != "" {
			w.at = t
		}
	}
	if isTag(c, atom.Pre) {
		w.pre++
		defer func() { w.pre-- }()
	}
	w.walk(c, c, element)
	w.flush(c, element)
	w.at = at
}

func (w *walker) inline(c, owner *html.Node, element string) {
	if isTag(c, atom.A) {
		if w.inLink++; w.link == "" {
			w.link = attr(c, "href")
		}
		defer func() { w.inLink-- }()
	}
	if isTag(c, atom.Q) {
		w.words.WriteString("“")
		defer w.words.WriteString("”")
	}
	w.walk(c, owner, element)
}

func (w *walker) text(s string) {
	s = strings.ReplaceAll(s, "\u00ad", "")
	if w.pre == 0 {
		s = strings.Map(func(r rune) rune {
			if isHTMLSpace(r) {
				return ' '
			}
			return r
		}, s)
	}
	w.words.WriteString(s)
	if w.inLink > 0 {
		w.linked += sizeOf(oneLine(s))
	}
}

// row is a row of a table: its cells with tabs between them.
func (w *walker) row(tr *html.Node) {
	var cells []string
	laidOut := false // a page is laid out by this table: what stands beside its text is no value either
	for c := tr.FirstChild; c != nil; c = c.NextSibling {
		laidOut = laidOut || isTag(c, atom.Td, atom.Th) && hasBlocks(c)
	}
	for c := tr.FirstChild; c != nil; c = c.NextSibling {
		if !isTag(c, atom.Td, atom.Th) {
			continue
		}
		if laidOut {
			w.inBlock(c, "p")
			continue
		}
		w.walk(c, tr, "tr")
		cells = append(cells, oneLine(w.words.String()))
		w.words.Reset()
	}
	if line := strings.TrimSpace(strings.Join(cells, "\t")); line != "" {
		w.out = append(w.out, block{text: line, element: "tr", node: tr, linked: w.linked, link: w.link, at: w.at})
	}
	w.linked, w.link = 0, ""
}

// hasBlocks says that a cell holds paragraphs, not the value of a table.
func hasBlocks(c *html.Node) bool {
	n := 0
	for e := range elements(c) {
		if e != c && (isTag(e, atom.Table, atom.H1, atom.H2, atom.H3, atom.Article, atom.Section) ||
			isTag(e, atom.P, atom.Div) && sizeOf(plain(e)) > long) {
			n++
		}
		if isTag(e, atom.Br) && e.NextSibling != nil && isTag(nextWord(e), atom.Br) {
			n++
		}
	}
	return n > 0
}

// nextWord is the next sibling that is more than white space.
func nextWord(n *html.Node) *html.Node {
	for n = n.NextSibling; n != nil; n = n.NextSibling {
		if n.Type != html.TextNode || oneLine(n.Data) != "" {
			return n
		}
	}
	return nil
}

// flush ends a paragraph.
func (w *walker) flush(owner *html.Node, element string) {
	all := w.words.String()
	w.words.Reset()
	linked, link := w.linked, w.link
	w.linked, w.link = 0, ""
	if w.pre > 0 {
		if s := strings.Trim(all, "\n"); strings.TrimSpace(s) != "" {
			w.out = append(w.out, block{text: s, element: "pre", node: owner, at: w.at})
		}
		return
	}
	first := len(w.out)
	var lines []string
	end := func() {
		if len(lines) > 0 {
			w.out = append(w.out, block{text: strings.Join(lines, "\n"), element: element, node: owner, link: link,
				at: w.at})
			lines = nil
		}
	}
	for line := range strings.SplitSeq(all, "\n") {
		if line = oneLine(line); line == "" {
			end()
			continue
		}
		lines = append(lines, line)
	}
	end()
	if len(w.out) == first+1 {
		w.out[first].linked = linked
	}
}

// isLinks says that a paragraph is hardly more than links, and no sentence.
func (b block) isLinks() bool {
	size := sizeOf(b.text)
	if b.linked*10 < size*8 || b.element == "tr" {
		return false
	}
	return !endsSentence(b.text) || size < 2*long
}

// endsSentence says that words end as a sentence does.
func endsSentence(s string) bool {
	s = strings.TrimRightFunc(s, func(r rune) bool {
		return unicode.IsSpace(r) || strings.ContainsRune("\"'”’»)]」』）", r)
	})
	r, _ := utf8.DecodeLastRuneInString(s)
	return strings.ContainsRune(".!?؟。！？…।", r)
}

func (b block) isHeading() bool { return len(b.element) == 2 && b.element[0] == 'h' }
