package intake

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"claimbench/internal/text"
)

// filter takes out of the paragraphs what is none of the article: its headline again, links to others, furniture of the
// site, and headings of what was left out.
func (p *page) filter(blocks []block) []block {
	title := fold(p.facts.title)
	var out []block
	seenTitle := false
	for _, b := range blocks {
		folded := fold(b.text)
		switch {
		case folded == "":
			continue
		case title != "" && (folded == title || b.node == p.facts.headline):
			if seenTitle || len(out) > 0 && b.node != p.facts.headline {
				p.leaveWords(LeftRepeated, b.text, p.order[b.node])
				continue
			}
			seenTitle = true
			b.element = "h1"
		case b.element == "p" && isTime(b):
			p.leaveWords(LeftFacts, b.text, p.order[b.node])
			continue
		case b.isLinks() && !b.isHeading(), p.isListOfLinks(b):
			p.leaveWords(LeftMenu, b.text, p.order[b.node])
			continue
		}
		out = append(out, b)
	}
	out = p.titleFirst(out, seenTitle)
	out = p.withoutTail(out)
	out = p.furniture(out)
	return p.emptyHeadings(out)
}

// withoutTail leaves out what stands below the last paragraph that go-trafilatura takes for the article and is no
// prose:
// contacts, boxes, lists of others.
func (p *page) withoutTail(blocks []block) []block {
	last := -1
	for i, b := range blocks {
		if p.want[fold(b.text)] {
			last = i
		}
	}
	if last < 0 || p.facts.live || slices.ContainsFunc(blocks, func(b block) bool { return b.at != "" }) {
		return blocks
	}
	out := blocks[:last+1]
	figures := figuresBehind(blocks, last)
	for i, b := range blocks[last+1:] {
		beside := b.node.Parent == blocks[last].node.Parent
		if figures[last+1+i] {
			out = append(out, b)
			continue
		}
		if endsSentence(b.text) && (beside || sizeOf(b.text) >= long) && b.linked*2 < sizeOf(b.text) {
			out = append(out, b)
			continue
		}
		p.leaveWords(LeftMenu, b.text, p.order[b.node])
	}
	return out
}

// reachedBy is how people are reached, which figures are not: mail, telephone, pages.
var reachedBy = regexp.MustCompile(`@|://|www\.|(?:\+|\b00?)[1-9][\d ()/.-]{5,}`)

// figuresBehind finds the tables and lists of values that stand right behind the last paragraph of the article, under
// the same parent, and are mostly numbers, with the heading of each: a press release ends in them. By index.
func figuresBehind(blocks []block, last int) map[int]bool {
	keep := map[int]bool{}
	parent := blocks[last].node.Parent
	for i := last + 1; i < len(blocks); {
		head := i
		if blocks[i].isHeading() && blocks[i].node.Parent == parent {
			i++
		}
		from, numbers, values := i, 0, 0
		for ; i < len(blocks) && isValue(blocks[i]) && isUnder(blocks[i].node, parent); i++ {
			b := blocks[i]
			if reachedBy.MatchString(b.text) || b.linked*2 >= sizeOf(b.text) {
				return keep
			}
			if b.element == "dt" {
				continue
			}
			if values++; strings.ContainsFunc(b.text, unicode.IsDigit) {
				numbers++
			}
		}
		if i == from || numbers*2 <= values {
			return keep
		}
		for ; head < i; head++ {
			keep[head] = true
		}
	}
	return keep
}

// isValue says that a paragraph is a row of a table or a part of a list of values.
func isValue(b block) bool { return b.element == "tr" || b.element == "dt" || b.element == "dd" }

// titleFirst puts the headline first: a section or a site's name that stands above it is left out.
func (p *page) titleFirst(blocks []block, seen bool) []block {
	i := slices.IndexFunc(blocks, func(b block) bool { return b.element == "h1" })
	if !seen || i <= 0 || i > 3 {
		return blocks
	}
	for _, b := range blocks[:i] {
		if sizeOf(b.text) > 2*long && endsSentence(b.text) {
			return blocks
		}
	}
	for _, b := range blocks[:i] {
		p.leaveWords(LeftMenu, b.text, p.order[b.node])
	}
	return blocks[i:]
}

// isListOfLinks says that a paragraph is an item of a list of which nearly every item is a link.
func (p *page) isListOfLinks(b block) bool {
	list := b.node
	for list != nil && !isTag(list, atom.Ul, atom.Ol) {
		list = list.Parent
	}
	if b.element != "li" || list == nil || b.linked*10 < sizeOf(b.text)*6 {
		return false
	}
	items, links := 0, 0
	for c := list.FirstChild; c != nil; c = c.NextSibling {
		if !isTag(c, atom.Li) {
			continue
		}
		items++
		linked := 0
		for _, x := range blocksOf(c, nil) {
			linked += x.linked
		}
		if linked*10 >= sizeOf(plain(c))*6 {
			links++
		}
	}
	return links*10 >= items*8
}

// furniture leaves out paragraphs that the cutter of sentences takes for words of the site: paywall lines, bare
// addresses, credits of pictures, buttons, marks of publishing systems.
func (p *page) furniture(blocks []block) []block {
	var b strings.Builder
	for _, x := range blocks {
		b.WriteString(strings.ReplaceAll(x.text, "\n", " ") + "\n\n")
	}
	doc, err := text.NewDoc(b.String())
	if err != nil {
		return blocks
	}
	kinds := map[int][]text.Sentence{} // by the block
	at, ends := 0, []int{}
	for _, x := range blocks {
		at += len([]rune(x.text)) + 2
		ends = append(ends, at)
	}
	for _, s := range text.Sentences(doc, p.facts.lang) {
		i, _ := slices.BinarySearch(ends, s.Span.Start+1)
		kinds[i] = append(kinds[i], s)
	}
	var out []block
	for i, x := range blocks {
		if x.element != "p" {
			out = append(out, x)
			continue
		}
		if x = p.withoutFurniture(doc, x, kinds[i]); x.text != "" {
			out = append(out, x)
		}
	}
	return out
}

// withoutFurniture takes the sentences of the site out of a paragraph. One in which a person may have written is left
// alone: only a short paragraph is taken out whole, and only short sentences out of a longer one.
func (p *page) withoutFurniture(doc *text.Doc, x block, sentences []text.Sentence) block {
	rest := 0
	for _, s := range sentences {
		if s.Kind != text.KindBoilerplate && s.Kind != text.KindLink {
			rest++
		}
	}
	if rest == len(sentences) || len(sentences) == 0 {
		return x
	}
	if rest == 0 {
		if sizeOf(x.text) < 5*long {
			p.leaveWords(markOr(x.text), x.text, p.order[x.node])
			x.text = ""
		}
		return x
	}
	for _, s := range sentences {
		words := doc.Slice(s.Span)
		if s.Kind == text.KindBoilerplate && sizeOf(words) < 4*long && strings.Count(x.text, words) == 1 {
			p.leaveWords(markOr(words), words, p.order[x.node])
			x.text = strings.TrimSpace(strings.Replace(x.text, words, "", 1))
		}
	}
	return x
}

// markOr tells the marks of publishing systems, and the day or the author, from other words of a site.
func markOr(words string) LeftOutKind {
	switch words = strings.TrimSpace(words); {
	case by.MatchString(words) && sizeOf(words) < 2*long, sizeOf(words) < long && len(readWords(words, "")) > 0:
		return LeftFacts
	case strings.HasPrefix(words, "[") && strings.HasSuffix(words, "]"):
		return LeftMark
	case strings.Contains(words, "%") || strings.Contains(words, "٪"):
		return LeftBanner
	}
	return LeftMenu
}

// emptyHeadings leaves out headings of which everything below was left out: "Related stories".
func (p *page) emptyHeadings(blocks []block) []block {
	var out []block
	for i, b := range blocks {
		last := i == len(blocks)-1 || blocks[i+1].isHeading() && blocks[i+1].element <= b.element
		if b.isHeading() && b.element != "h1" && last && p.leftBetween(b, blocks, i) {
			p.leaveWords(LeftMenu, b.text, p.order[b.node])
			continue
		}
		out = append(out, b)
	}
	return out
}

// leftBetween says that something was left out behind a heading before the next paragraph, or that none follows.
func (p *page) leftBetween(b block, blocks []block, i int) bool {
	if i == len(blocks)-1 {
		return true
	}
	from, to := p.order[b.node], p.order[blocks[i+1].node]
	return slices.ContainsFunc(p.left, func(l placedLeft) bool { return l.at > from && l.at < to })
}

// readPosts finds the posts of a live blog, and when each was written; before anything is taken out of the page.
func (p *page) readPosts() map[*html.Node]string {
	times := map[string]string{} // of the data, by the beginning of the headline or of the text
	for _, u := range p.facts.linked.objs(p.facts.article, "liveBlogUpdate") {
		if d := readStamp(u.str("datePublished"), p.facts.lang); d.at != "" {
			for _, key := range []string{u.str("headline"), u.str("articleBody")} {
				if key = beginning(key); key != "" {
					times[key] = d.at
				}
			}
		}
	}
	posts := map[*html.Node]string{}
	counts := map[*html.Node]int{} // of children with a time of their own
	for n := range elements(p.doc) {
		if isTag(n, atom.Time) && hasAttr(n, "datetime") {
			for up := n.Parent; up != nil && up.Parent != nil && ownTime(up) != ""; up = up.Parent {
				if isTag(up, atom.Article, atom.Section, atom.Li, atom.Div) {
					posts[up] = readStamp(ownTime(up), p.facts.lang).at
					counts[up.Parent]++
				}
			}
		}
		if len(times) == 0 || !isTag(n, atom.H2, atom.H3, atom.H4, atom.P) {
			continue
		}
		if at := times[beginning(plain(n))]; at != "" && n.Parent.Parent != nil {
			posts[n.Parent] = at
			counts[n.Parent.Parent] += 3
		}
	}
	for n := range posts {
		if counts[n.Parent] < 3 {
			delete(posts, n)
		}
	}
	return posts
}

func beginning(s string) string { return cutRunes(fold(s), 40) }

// ownTime is the stamp of an element that has one time element, or one that says its own in data-time.
func ownTime(n *html.Node) string {
	var stamp string
	count := 0
	for e := range elements(n) {
		if isTag(e, atom.Time) && attr(e, "datetime") != "" {
			if count++; count == 1 {
				stamp = attr(e, "datetime")
			}
		}
	}
	if count != 1 {
		return firstFilled(attr(n, "data-timestamp"), attr(n, "data-time"))
	}
	return stamp
}

// posted says that articles beside each other are the posts of a live blog.
func (p *page) posted(all []*html.Node) bool {
	return !slices.ContainsFunc(all, func(n *html.Node) bool { return p.posts[n] == "" })
}

// isTime says that a paragraph is hardly more than a time element.
func isTime(b block) bool {
	size := 0
	for e := range elements(b.node) {
		if isTag(e, atom.Time) {
			size += sizeOf(plain(e))
		}
	}
	return size > 0 && size*10 >= sizeOf(b.text)*5 && sizeOf(b.text) < 2*long
}
