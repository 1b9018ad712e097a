package intake

import (
	"cmp"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// mostLeftOut is how many pieces that were left out are kept of a page.
const mostLeftOut = 500

// page is a page on its way to a document.
type page struct {
	doc   *html.Node
	order map[*html.Node]int // of the elements, in the page
	prose int                // of the whole page, before anything was taken out
	sums  map[*html.Node]int // of each of its elements
	facts facts
	posts map[*html.Node]string // of a live blog: when each was written
	want  map[string]bool       // the folded paragraphs that go-trafilatura takes for the article; nil it was not asked
	left  []placedLeft
	notes []string
}

type placedLeft struct {
	LeftOut
	at int
}

// leave notes what is left out, one piece for each paragraph.
func (p *page) leave(kind LeftOutKind, n *html.Node) {
	at := p.order[n]
	for _, b := range blocksOf(n, nil) {
		p.leaveWords(kind, b.text, at)
	}
}

func (p *page) leaveWords(kind LeftOutKind, words string, at int) {
	words = strings.TrimSpace(words)
	if words == "" || len(p.left) >= mostLeftOut {
		return
	}
	p.left = append(p.left, placedLeft{LeftOut{kind, cutRunes(words, 500)}, at})
}

// leftOut is everything that was left out, in the order of the page.
func (p *page) leftOut() []LeftOut {
	slices.SortStableFunc(p.left, func(a, b placedLeft) int { return cmp.Compare(a.at, b.at) })
	var out []LeftOut
	for _, l := range p.left {
		out = append(out, l.LeftOut)
	}
	return out
}

// hinted are words in the classes and ids of elements that are no part of an article.
var hinted = map[string]LeftOutKind{
	"cookie": LeftBanner, "cookies": LeftBanner, "consent": LeftBanner, "gdpr": LeftBanner, "cmp": LeftBanner,
	"newsletter": LeftBanner, "subscribe": LeftBanner, "subscription": LeftBanner, "signup": LeftBanner,
	"promo": LeftBanner, "ad": LeftBanner, "ads": LeftBanner, "advert": LeftBanner, "advertisement": LeftBanner,
	"adsbygoogle": LeftBanner, "sponsor": LeftBanner, "sponsored": LeftBanner, "popup": LeftBanner, "modal": LeftBanner,
	"paywall": LeftBanner, "regwall": LeftBanner, "donate": LeftBanner, "donation": LeftBanner, "outbrain": LeftBanner,
	"taboola": LeftBanner, "membership": LeftBanner, "alert": LeftBanner, "toast": LeftBanner, "banner": LeftBanner,
	"share": LeftMenu, "sharing": LeftMenu, "social": LeftMenu, "related": LeftMenu, "recommended": LeftMenu,
	"recommendations": LeftMenu, "readmore": LeftMenu, "breadcrumb": LeftMenu, "breadcrumbs": LeftMenu,
	"tags": LeftMenu, "taglist": LeftMenu, "sidebar": LeftMenu, "trending": LeftMenu, "popular": LeftMenu,
	"pagination": LeftMenu, "pager": LeftMenu, "toolbar": LeftMenu, "menu": LeftMenu, "nav": LeftMenu,
	"navbar": LeftMenu, "navigation": LeftMenu, "skip": LeftMenu, "footer": LeftMenu, "masthead": LeftMenu,
	"widget": LeftMenu, "teaser": LeftMenu, "teasers": LeftMenu, "print": LeftMenu, "bio": LeftMenu,
	"byline": LeftFacts, "dateline": LeftFacts, "timestamp": LeftFacts, "pubdate": LeftFacts,
	"datepublished": LeftFacts, "datemodified": LeftFacts, "publishdate": LeftFacts, "postmeta": LeftFacts,
	"comment": LeftComment, "comments": LeftComment, "disqus": LeftComment, "respond": LeftComment,
	"caption": LeftCaption, "credit": LeftCaption, "copyright": LeftCaption, "figcaption": LeftCaption,
}

// hintedPairs are two words that say more than each of them.
var hintedPairs = map[string]LeftOutKind{
	"most read": LeftMenu, "most popular": LeftMenu, "read more": LeftMenu, "read also": LeftMenu, "see also": LeftMenu,
	"more stories": LeftMenu, "more news": LeftMenu, "also read": LeftMenu, "up next": LeftMenu,
	"link list": LeftMenu, "link box": LeftMenu, "entry meta": LeftFacts, "post meta": LeftFacts,
	"article meta": LeftFacts, "story meta": LeftFacts, "post date": LeftFacts, "publish date": LeftFacts,
	"pub date": LeftFacts, "date published": LeftFacts, "author box": LeftMenu, "author name": LeftFacts,
	"about author": LeftMenu, "sign up": LeftBanner, "site header": LeftMenu, "site footer": LeftMenu,
	"sr only": LeftHidden, "visually hidden": LeftHidden, "screen reader": LeftHidden, "read time": LeftFacts,
	"reading time": LeftFacts,
}

// prune takes out of the tree what is no part of an article wherever it stands, and notes it.
func (p *page) prune() {
	p.sums = map[*html.Node]int{}
	p.prose = max(proseSums(p.doc, p.sums), 1)
	p.pruneUnder(p.doc)
}

func (p *page) pruneUnder(n *html.Node) {
	for c := n.FirstChild; c != nil; {
		next := c.NextSibling
		if c.Type == html.CommentNode || c.Type == html.ElementNode && unshown(c) && !isTag(c, atom.Head) {
			n.RemoveChild(c)
		} else if c.Type == html.ElementNode {
			if kind := p.kindOf(c); kind != "" {
				p.leave(kind, c)
				n.RemoveChild(c)
			} else {
				p.pruneUnder(c)
			}
		}
		c = next
	}
}

// kindOf says why an element is no part of an article; "" it may be one.
func (p *page) kindOf(n *html.Node) LeftOutKind {
	if isTag(n, atom.Html, atom.Body, atom.Main, atom.Head) {
		return ""
	}
	if isHidden(n) {
		if p.holds(n, 60) {
			return "" // a page that waits for a script to show it
		}
		return LeftHidden
	}
	if kind := p.kindOfTag(n); kind != "" {
		return kind
	}
	kind := p.facts.hintOf(n)
	if kind == "" || isTag(n, atom.Article) && kind != LeftComment {
		return ""
	}
	if isTag(n, atom.H1) || kind != LeftComment && (p.holds(n, 25) || hasHeadline(n) && kind != LeftMenu) {
		return "" // the word is of the whole, not of this part
	}
	if kind == LeftFacts && sizeOf(plain(n)) > 300 || kind == LeftCaption && sizeOf(plain(n)) > 600 {
		return ""
	}
	return kind
}

func hasHeadline(n *html.Node) bool {
	return firstOf(n, func(e *html.Node) bool { return isTag(e, atom.H1) }) != nil
}

// holds says that n has at least so many percent of the prose of the page.
func (p *page) holds(n *html.Node, percent int) bool {
	here := p.sums[n]
	return here > 0 && here*100 >= p.prose*percent
}

func (p *page) kindOfTag(n *html.Node) LeftOutKind {
	switch {
	case isTag(n, atom.Nav, atom.Menu):
		return LeftMenu
	case isTag(n, atom.Aside), isTag(n, atom.Footer):
		if p.holds(n, 60) {
			return ""
		}
		return cmp.Or(p.facts.hintOf(n), LeftMenu)
	case isTag(n, atom.Header) && !inside(n.Parent, atom.Article, atom.Main, atom.Section) && !hasHeadline(n):
		return LeftMenu
	case isTag(n, atom.Button, atom.Select, atom.Input, atom.Textarea, atom.Dialog), isTag(n, atom.Form):
		if p.holds(n, 60) { // pages of one old framework are one form
			return ""
		}
		return LeftBanner
	case isTag(n, atom.Del, atom.S, atom.Strike):
		return LeftDeleted
	case isTag(n, atom.Figcaption):
		return LeftCaption
	case isTag(n, atom.Figure, atom.Picture):
		if firstOf(n, func(e *html.Node) bool {
			return isTag(e, atom.Table, atom.Blockquote, atom.Pre,
				atom.P)
		}) == nil {
			return LeftCaption
		}
	}
	switch attr(n, "role") {
	case "navigation", "menu", "menubar", "search", "complementary", "contentinfo", "toolbar":
		return LeftMenu
	case "banner":
		if !hasHeadline(n) {
			return LeftMenu
		}
	case "dialog", "alertdialog", "alert":
		return LeftBanner
	}
	if strings.HasSuffix(attr(n, "itemtype"), "/Comment") {
		return LeftComment
	}
	return ""
}

// hintOf is hintIn, read once of each element.
func (f *facts) hintOf(n *html.Node) LeftOutKind {
	kind, is := f.hinted[n]
	if !is {
		if f.hinted == nil {
			f.hinted = map[*html.Node]LeftOutKind{}
		}
		kind = hintIn(n)
		f.hinted[n] = kind
	}
	return kind
}

// hintIn reads the words in the class and the id of an element.
func hintIn(n *html.Node) LeftOutKind {
	words := hints(n)
	if strings.HasPrefix(n.Data, "amp-") {
		words = append(words, strings.Split(n.Data, "-")...)
	}
	for i, w := range words {
		if i > 0 {
			if kind, is := hintedPairs[words[i-1]+" "+w]; is {
				return kind
			}
		}
		switch w { // comments-open, no-sidebar, has-ads: of an article with them, or without
		case "comment", "comments", "sidebar", "ads", "ad", "banner", "share", "related", "menu":
			if i+1 < len(words) && slices.Contains([]string{"open", "closed", "enabled", "disabled", "off"},
				words[i+1]) ||
				i > 0 && slices.Contains([]string{"no", "has", "with", "without"}, words[i-1]) {
				continue
			}
		}
		if kind, is := hinted[w]; is {
			return kind
		}
	}
	return ""
}

// isHidden says that a person who reads the page does not see an element.
func isHidden(n *html.Node) bool {
	if hasAttr(n, "hidden") || attr(n, "aria-hidden") == "true" {
		return true
	}
	style := strings.ToLower(attr(n, "style"))
	if style == "" {
		return false
	}
	style = strings.Join(strings.Fields(style), "")
	for _, hiding := range []string{"display:none", "visibility:hidden", "font-size:0;", "font-size:0px",
		"font-size:0!",
		"text-indent:-9", "left:-9", "opacity:0;", "clip:rect(0"} {
		if strings.Contains(style, hiding) {
			return true
		}
	}
	return strings.HasSuffix(style, "font-size:0") || strings.HasSuffix(style, "opacity:0")
}
