package intake

import (
	"iter"
	"strings"
	"unicode"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// attr is the value of an attribute; "" where there is none.
func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return strings.TrimSpace(a.Val)
		}
	}
	return ""
}

func hasAttr(n *html.Node, name string) bool {
	for _, a := range n.Attr {
		if a.Key == name {
			return true
		}
	}
	return false
}

// elements gives every element under n, n too, in the order of the page. What is visited may be taken out of the tree.
func elements(n *html.Node) iter.Seq[*html.Node] {
	return func(yield func(*html.Node) bool) { eachElement(n, yield) }
}

func eachElement(n *html.Node, yield func(*html.Node) bool) bool {
	if n.Type == html.ElementNode && !yield(n) {
		return false
	}
	for c := n.FirstChild; c != nil; {
		next := c.NextSibling
		if !eachElement(c, yield) {
			return false
		}
		c = next
	}
	return true
}

// firstOf is the first element of a kind under n; nil there is none.
func firstOf(n *html.Node, is func(*html.Node) bool) *html.Node {
	for e := range elements(n) {
		if is(e) {
			return e
		}
	}
	return nil
}

// isTag says which of these elements n is.
func isTag(n *html.Node, tags ...atom.Atom) bool {
	if n == nil || n.Type != html.ElementNode {
		return false
	}
	for _, t := range tags {
		if n.DataAtom == t {
			return true
		}
	}
	return false
}

// inside says that n lies in an element of one of these kinds, or is one.
func inside(n *html.Node, tags ...atom.Atom) bool {
	for ; n != nil; n = n.Parent {
		if isTag(n, tags...) {
			return true
		}
	}
	return false
}

func isUnder(n, top *html.Node) bool {
	for ; n != nil; n = n.Parent {
		if n == top {
			return true
		}
	}
	return false
}

// plain are the words under n on one line.
func plain(n *html.Node) string {
	var b strings.Builder
	plainTo(&b, n)
	return oneLine(b.String())
}

func plainTo(b *strings.Builder, n *html.Node) {
	switch {
	case n.Type == html.TextNode:
		b.WriteString(n.Data)
		return
	case n.Type == html.ElementNode && unshown(n):
		return
	}
	block := n.Type == html.ElementNode && (isBlock(n) || isTag(n, atom.Br, atom.Td, atom.Th))
	if block {
		b.WriteByte(' ')
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		plainTo(b, c)
	}
	if block {
		b.WriteByte(' ')
	}
}

// oneLine makes one space of each white space of HTML; a no-break space and a joiner are letters of the text.
func oneLine(s string) string {
	return strings.ReplaceAll(strings.Join(strings.FieldsFunc(s, isHTMLSpace), " "), "\u00ad", "")
}

func isHTMLSpace(r rune) bool {
	return r == ' ' || r == '\t' || r == '\n' || r == '\r' || r == '\f' || r == 0
}

// unshown are the elements whose words nobody reads.
func unshown(n *html.Node) bool {
	return isTag(n, atom.Script, atom.Style, atom.Noscript, atom.Template, atom.Svg, atom.Head, atom.Iframe,
		atom.Object,
		atom.Rt, atom.Rp, atom.Canvas, atom.Audio, atom.Video, atom.Datalist, atom.Math, atom.Map)
}

// isBlock says that an element begins a paragraph of its own.
func isBlock(n *html.Node) bool {
	return isTag(n, atom.P, atom.Div, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Ul, atom.Ol, atom.Li,
		atom.Blockquote, atom.Table, atom.Thead, atom.Tbody, atom.Tfoot, atom.Tr, atom.Pre, atom.Dl, atom.Dt, atom.Dd,
		atom.Section, atom.Article, atom.Main, atom.Header, atom.Footer, atom.Aside, atom.Nav, atom.Figure,
		atom.Figcaption, atom.Form, atom.Fieldset, atom.Details, atom.Summary, atom.Hr, atom.Address, atom.Body,
		atom.Center, atom.Hgroup, atom.Caption, atom.Dialog, atom.Menu)
}

// hints are the words in the class, the id, the role and the data-component of an element: small letters, parted where
// writers of pages part them.
func hints(n *html.Node) []string {
	var all []string
	for _, name := range []string{"class", "id", "role", "data-component", "data-testid", "itemprop"} {
		all = append(all, strings.FieldsFunc(parted(attr(n, name)), func(r rune) bool { return r == ' ' })...)
	}
	return all
}

// parted puts spaces where the words of a name meet: storyBody, story-body, story_body.
func parted(name string) string {
	var b strings.Builder
	last := ' '
	for _, r := range name {
		switch {
		case r == '-' || r == '_' || r == ':' || r == '/' || r == '.' || unicode.IsSpace(r):
			r = ' '
		case unicode.IsUpper(r) && unicode.IsLower(last):
			b.WriteByte(' ')
		}
		b.WriteRune(unicode.ToLower(r))
		last = r
	}
	return b.String()
}

// remove takes n out of the tree.
func remove(n *html.Node) {
	if n.Parent != nil {
		n.Parent.RemoveChild(n)
	}
}

// long is how many code points a paragraph of prose has at least.
const long = 60

// proseOf counts the code points of paragraphs under n that are prose: long, and not links for the most part.
// Ideographs say more in fewer, and count double.
func proseOf(n *html.Node) int {
	total := 0
	for e := range elements(n) {
		total += ownProse(e)
	}
	return total
}

// proseSums is proseOf of every element under n at once.
func proseSums(n *html.Node, sums map[*html.Node]int) int {
	total := 0
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type == html.ElementNode && !unshown(c) {
			total += proseSums(c, sums)
		}
	}
	total += ownProse(n)
	sums[n] = total
	return total
}

func ownProse(n *html.Node) int {
	if !isTag(n, atom.P, atom.Li, atom.Blockquote, atom.Td, atom.Div, atom.Section, atom.Article, atom.Pre, atom.Dd) {
		return 0
	}
	own, linked := ownText(n)
	if size := sizeOf(own); size >= long && linked*2 < size {
		return size
	}
	return 0
}

// ownText are the words of a block that lie in no block inside it, and how many of them are links.
func ownText(n *html.Node) (words string, linked int) {
	var b strings.Builder
	var walk func(*html.Node, bool)
	walk = func(n *html.Node, link bool) {
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			switch {
			case c.Type == html.TextNode:
				b.WriteString(c.Data)
				if link {
					linked += sizeOf(oneLine(c.Data))
				}
			case c.Type == html.ElementNode && !isBlock(c) && !unshown(c):
				walk(c, link || isTag(c, atom.A))
			case isTag(c, atom.Br):
				b.WriteByte(' ')
			}
		}
	}
	walk(n, isTag(n, atom.A))
	return oneLine(b.String()), linked
}

// sizeOf counts code points, ideographs and kana double.
func sizeOf(s string) int {
	n := 0
	for _, r := range s {
		n++
		if r >= 0x2e80 && r < 0xfb00 {
			n++
		}
	}
	return n
}
