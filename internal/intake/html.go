package intake

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/markusmobius/go-trafilatura"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"claimbench/internal/text"
)

// charsetInside is the charset that a page or an XML file says of itself, in its first bytes.
var charsetInside = regexp.MustCompile(`(?i)(?:<meta[^>]+charset\s*=\s*["']?\s*|` +
	`<\?xml[^>]+encoding\s*=\s*["'])([a-z0-9_:.-]+)`)

// readHTML makes a document of a page: the paragraphs of its article, and what the page says of itself.
func readHTML(raw []byte, f File) (Document, error) {
	inside := ""
	if m := charsetInside.FindSubmatch(raw[:min(len(raw), 4<<10)]); m != nil {
		inside = string(m[1])
	}
	got, err := decode(raw, f.Charset, charsetOf(f.Media), inside)
	if err != nil {
		return Document{}, err
	}
	d, err := pageDocument(strings.ToValidUTF8(strings.TrimPrefix(got.text, "\ufeff"), "\ufffd"))
	if err != nil {
		return Document{}, err
	}
	d.Encoding, d.Notes = got.charset, append(got.notes, d.Notes...)
	if n := strings.Count(d.Text, "\ufffd"); n > 0 {
		d.Notes = append(d.Notes, fmt.Sprintf("%d of its signs are broken and stand as �.", n))
	}
	return d, nil
}

// pageDocument reads a page that is UTF-8.
func pageDocument(s string) (Document, error) {
	doc, err := html.Parse(strings.NewReader(s))
	if err != nil {
		return Document{}, saysOf(err, "its elements lie too deep inside each other. Save the page as "+
			"text, or paste the article")
	}
	p := &page{doc: doc, order: map[*html.Node]int{}}
	for n := range elements(doc) {
		p.order[n] = len(p.order)
	}
	text.Yield()
	p.facts = readFacts(doc)
	p.notes = p.facts.notes
	p.countOthers()
	p.posts = p.readPosts()
	p.prune()
	text.Yield()
	top := p.find()
	text.Yield()
	blocks := blocksOf(top, func(n *html.Node) string { return p.posts[n] })
	for n := range elements(doc) { // what stands outside of the article
		if n.Parent != nil && !isUnder(n, top) && !isUnder(top, n) && isUnder(top, n.Parent) && isBlock(n) {
			p.leave(LeftMenu, n)
		}
	}
	blocks = p.filter(blocks)
	if len(blocks) == 0 {
		return Document{}, errNoArticle
	}
	return p.document(blocks), nil
}

var errNoArticle = says("it has no text of an article. When the page shows one in the browser, it is made " +
	"there: save the page from the browser once it is shown, or paste the text")

// countOthers notes other articles on the page, and a page that only lists articles.
func (p *page) countOthers() {
	teasers, boxed := 0, 0 // boxed ones say by a class that they lead to others, as those below an article do
	for n := range elements(p.doc) {
		if isTag(n, atom.H2, atom.H3, atom.H4) && !inside(n, atom.Aside, atom.Nav, atom.Footer) {
			words, linked := ownText(n)
			lies := inside(n.Parent, atom.A)
			switch kind := p.underHint(n); {
			case words == "" || !lies && linked*10 < sizeOf(words)*8 || kind == LeftComment:
			case kind == LeftMenu:
				boxed++
			default:
				teasers++
			}
		}
	}
	prose := 0
	for n := range elements(p.doc) {
		if words, linked := ownText(n); isTag(n, atom.P) && sizeOf(words) >= 3*long && linked*2 < sizeOf(words) {
			prose++
		}
	}
	if prose == 0 {
		teasers += boxed
	}
	if teasers >= 5 && prose < teasers && p.facts.article.str("headline") == "" {
		p.facts.listing = true
		p.notes = append(p.notes, fmt.Sprintf("This looks like a list of articles, not like one: %d headlines lead to "+
			"others. Bring the article itself.", teasers))
	}
}

func (p *page) underHint(n *html.Node) LeftOutKind {
	for ; n != nil; n = n.Parent {
		if n.Type == html.ElementNode && !isTag(n, atom.Body, atom.Html, atom.Main, atom.Article) {
			if kind := p.facts.hintOf(n); kind != "" {
				return kind
			}
		}
	}
	return ""
}

// find gives the element that the article stands in. Of two articles beside each other it is the one with the
// headline; else go-trafilatura says which paragraphs are the article, and it is the smallest element about them,
// widened to the article element that they stand in.
func (p *page) find() *html.Node {
	if one := p.oneOfArticles(); one != nil {
		return one
	}
	body := firstOf(p.doc, func(n *html.Node) bool { return isTag(n, atom.Body) })
	if body == nil {
		body = p.doc
	}
	p.want = p.wanted()
	top := p.withPosts(p.around(body, p.want))
	for n := top; n != nil && n != body; n = n.Parent {
		if isTag(n, atom.Article, atom.Main) || attr(n, "role") == "main" || attr(n, "itemprop") == "articleBody" {
			if inner, outer := proseOf(top), proseOf(n); outer <= inner*3/2+4*long {
				top = n
			}
		}
	}
	return top
}

// withPosts widens top to all posts of a live blog, each of which may be too short to be taken for prose: where the
// page says that it is one, or what was taken for the article is one of them. Of several rows of things with a time
// (posts, and a list of news beside them) it is the one with most prose.
func (p *page) withPosts(top *html.Node) *html.Node {
	live := p.facts.live
	for n := top; n != nil; n = n.Parent {
		live = live || p.posts[n] != ""
	}
	var around *html.Node
	for n := range p.posts {
		up := n.Parent
		if isUnder(n, p.doc) && up != around && // what was taken out of the page is no more under it
			(around == nil || p.sums[up] > p.sums[around] ||
				p.sums[up] == p.sums[around] && p.order[up] < p.order[around]) {
			around = up
		}
	}
	for live && around != nil && !isUnder(around, top) {
		top = top.Parent
	}
	return top
}

// wanted are the folded paragraphs that go-trafilatura takes for the article.
func (p *page) wanted() map[string]bool {
	r, err := trafilatura.ExtractDocument(p.doc, trafilatura.Options{
		Config: &trafilatura.Config{MinExtractedSize: 60, MinOutputSize: 1, CacheSize: 16, MaxDuplicateCount: 2,
			MinDuplicateCheckSize: 100},
		ExcludeComments: true, HtmlDateMode: trafilatura.Disabled,
	})
	if err != nil || r.ContentNode == nil {
		return nil
	}
	all := map[string]bool{}
	for _, b := range blocksOf(r.ContentNode, nil) {
		if s := fold(b.text); s != "" {
			all[s] = true
		}
	}
	return all
}

// around is the smallest element under body that holds nine tenths of the letters that are wanted; where nothing is,
// the one that holds as much of the prose.
func (p *page) around(body *html.Node, wanted map[string]bool) *html.Node {
	weight, total := map[*html.Node]int{}, 0
	for _, b := range blocksOf(body, nil) {
		size := sizeOf(b.text)
		if len(wanted) > 0 && !wanted[fold(b.text)] || len(wanted) == 0 && (size < long || b.linked*2 > size) {
			continue
		}
		total += size
		for n := b.node; n != nil; n = n.Parent {
			weight[n] += size
		}
	}
	top := body
	for total > 0 {
		var next *html.Node
		for c := top.FirstChild; c != nil; c = c.NextSibling {
			if weight[c]*10 >= total*9 {
				next = c
			}
		}
		if next == nil || isTag(next, atom.P, atom.Blockquote, atom.Li, atom.Ul, atom.Table, atom.Tbody) {
			break
		}
		top = next
	}
	return top
}

// oneOfArticles is the article with the headline, where two or three with prose stand beside each other; nil there is
// only one, or they are the posts of a live blog. The others are left out, and said.
func (p *page) oneOfArticles() *html.Node {
	var all []*html.Node
	for n := range elements(p.doc) {
		if isTag(n, atom.Article) && !inside(n.Parent, atom.Article) && proseOf(n) >= 2*long {
			all = append(all, n)
		}
	}
	if len(all) < 2 || p.facts.live || p.facts.listing || p.posted(all) {
		return nil
	}
	if around := p.facts.headline; around != nil && !slices.ContainsFunc(all, func(n *html.Node) bool {
		return isUnder(around, n)
	}) && commonParentProse(all)*2 > p.prose && sameShape(all) && !headed(all) {
		return nil // parts of one article under one headline
	}
	one := all[0]
	for _, n := range all {
		if p.facts.headline != nil && isUnder(p.facts.headline, n) {
			one = n
		}
	}
	for _, n := range all {
		if n == one {
			continue
		}
		h := firstOf(n, func(e *html.Node) bool { return isTag(e, atom.H1, atom.H2, atom.H3) })
		name := cutRunes(plain(n), 60)
		if h != nil {
			name = plain(h)
		}
		p.notes = append(p.notes, fmt.Sprintf("Another article stands on this page and was left out: “%s”.", name))
		p.leave(LeftArticle, n)
		remove(n)
	}
	return one
}

func commonParentProse(all []*html.Node) int {
	total := 0
	for _, n := range all {
		total += proseOf(n)
	}
	return total
}

func sameShape(all []*html.Node) bool {
	return !slices.ContainsFunc(all, func(n *html.Node) bool { return n.Parent != all[0].Parent })
}

// headed says that each of them has a heading of its own.
func headed(all []*html.Node) bool {
	return !slices.ContainsFunc(all, func(n *html.Node) bool {
		return firstOf(n, func(e *html.Node) bool { return isTag(e, atom.H1, atom.H2) }) == nil
	})
}

// document makes the document of the paragraphs of a page.
func (p *page) document(blocks []block) Document {
	f := p.facts
	d := Document{Source: f.site, Publisher: f.site, Title: f.title, Authors: f.authors, URL: f.url,
		Byline: strings.Join(f.authors, ", "), Lang: f.lang, Published: f.day.date, PublishedAs: f.dayShown,
		PublishedAt: f.day.at,
		ChangedAt:   f.changed.at, Partial: f.partial, Notes: p.notes}
	for _, r := range f.linked.reviews {
		d.Reviews = append(d.Reviews, json.RawMessage(slices.Clone(r)))
	}
	if f.title != "" && !slices.ContainsFunc(blocks, func(b block) bool { return b.element == "h1" }) {
		blocks = append([]block{{text: f.title, element: "h1"}}, blocks...)
	}
	d.setBlocks(blocks)
	d.Origin = originOf(d.Text)
	if d.Origin != nil {
		for _, b := range blocks {
			if b.link != "" && strings.Contains(b.text, d.Origin.Words) {
				d.Origin.URL = webAddress(b.link)
			}
		}
	}
	d.LeftOut = p.leftOut()
	for _, l := range d.LeftOut { // "Republished from …" is often small print that was left out
		if d.Origin == nil && (l.Kind == LeftMenu || l.Kind == LeftFacts || l.Kind == LeftBanner) {
			d.Origin = originOf(l.Words)
		}
	}
	d.noteLanguages()
	return d
}

// setBlocks writes paragraphs as the text, an empty line between them, and none between items of a list, rows of a
// table and lines of a quotation that follow each other.
func (d *Document) setBlocks(blocks []block) {
	var b strings.Builder
	for i, x := range blocks {
		if i > 0 {
			b.WriteByte('\n')
			if last := blocks[i-1]; x.element != last.element || x.element != "li" && x.element != "tr" {
				b.WriteByte('\n')
			}
		}
		start := b.Len()
		b.WriteString(x.text)
		d.Parts = append(d.Parts, Part{Start: start, End: b.Len(), Element: x.element, At: x.at})
	}
	d.Text = b.String()
}

// noteLanguages corrects the language of a document by its words, and says when it is in two.
func (d *Document) noteLanguages() {
	if found := text.Detect(d.Text); found != "und" && found != "" && found != d.Lang && sizeOf(d.Text) > 200 {
		if d.Lang != "" {
			d.Notes = append(d.Notes, fmt.Sprintf("It says that it is in the language %s; its words are %s.", d.Lang,
				found))
		}
		d.Lang = found
	}
	sizes, all := map[string]int{}, 0
	for i, p := range d.Parts {
		s := cutRunes(d.Text[p.Start:p.End], 200)
		if sizeOf(s) < long || len(d.Parts) > 60 && i%(len(d.Parts)/30) != 0 {
			continue
		}
		sizes[text.Detect(s)] += sizeOf(s)
		all += sizeOf(s)
	}
	for code, n := range sizes {
		if code != d.Lang && code != "und" && n*100 >= all*20 {
			d.Notes = append(d.Notes, fmt.Sprintf("It is in two languages: %s, and %d %% in %s.", d.Lang, n*100/all,
				code))
			break
		}
	}
}
