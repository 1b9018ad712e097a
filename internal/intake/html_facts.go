package intake

import (
	"net/url"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"claimbench/internal/text"
)

// facts are what a page says of itself.
type facts struct {
	linked   *linked
	article  object              // of JSON-LD; nil none
	meta     map[string][]string // by the name or the property, in small letters
	title    string
	headline *html.Node // the h1 that the title stands in; nil none
	authors  []string
	site     string // who publishes it; never the name of the host
	url      string
	lang     string
	day      day
	changed  day
	dayShown string // the day as it stands there in another calendar; "" it does not
	partial  string
	live     bool
	listing  bool
	amp      bool
	notes    []string
	hinted   map[*html.Node]LeftOutKind // of elements that were asked about
	dates    map[*html.Node]bool        // whether the day may stand in an element
}

// readFacts reads what a page says of itself, before anything is taken out of it.
func readFacts(doc *html.Node) facts {
	f := facts{linked: linkedOf(doc), meta: metaOf(doc)}
	f.readTitle(doc)
	f.article = f.linked.article(f.title)
	if f.article == nil {
		f.article = object{}
	}
	f.live = f.article.is("LiveBlogPosting")
	if f.headline == nil {
		if h := f.article.str("headline"); h != "" {
			f.title = h
		}
	}
	f.authors = f.readAuthors(doc)
	f.site = firstFilled(slices.Concat(f.linked.names(f.article, "publisher"), f.meta["og:site_name"],
		f.meta["dc.publisher"], f.meta["dcterms.publisher"], f.meta["application-name"])...)
	f.readAddress(doc)
	f.readLang(doc)
	f.readDays(doc)
	f.partial = f.readPartial(doc)
	return f
}

func metaOf(doc *html.Node) map[string][]string {
	all := map[string][]string{}
	for n := range elements(doc) {
		if !isTag(n, atom.Meta) {
			continue
		}
		for _, key := range []string{"property", "name", "itemprop"} {
			if name := strings.ToLower(attr(n, key)); name != "" {
				if v := oneLine(attr(n, "content")); v != "" && len(all[name]) < 20 {
					all[name] = append(all[name], v)
				}
			}
		}
	}
	return all
}

func (f *facts) metas(names ...string) string {
	for _, name := range names {
		if all := f.meta[name]; len(all) > 0 {
			return all[0]
		}
	}
	return ""
}

func firstFilled(all ...string) string {
	for _, s := range all {
		if s = strings.TrimSpace(s); s != "" {
			return s
		}
	}
	return ""
}

// readTitle takes the h1 that the page's data name as well; else what the data say, without the name of the site; else
// the only h1.
func (f *facts) readTitle(doc *html.Node) {
	var named []string
	for _, o := range f.linked.all {
		if o.isArticle() {
			named = append(named, o.strs("headline")...)
		}
	}
	named = append(named, f.meta["og:title"]...)
	named = append(named, f.meta["twitter:title"]...)
	var tab string
	if n := firstOf(doc, func(n *html.Node) bool { return isTag(n, atom.Title) && !inside(n, atom.Svg) }); n != nil {
		tab = plain(n)
		named = append(named, tab)
	}
	var h1 []*html.Node
	for n := range elements(doc) {
		isHeadline := isTag(n, atom.H1) || attr(n, "itemprop") == "headline" && !isTag(n, atom.Meta, atom.Link)
		if isHeadline && plain(n) != "" && !isHidden(n) && len(h1) < 20 {
			h1 = append(h1, n)
		}
	}
	for _, name := range named {
		for _, n := range h1 {
			if words := plain(n); alike(words, name) {
				f.title, f.headline = words, n
				return
			}
		}
	}
	// A heading of the second rank, where the first is the name of the site.
	for n := range elements(doc) {
		if isTag(n, atom.H2, atom.H3) && len(named) > 0 && fold(plain(n)) == fold(withoutSite(named[0],
			f.metas("og:site_name"))) {
			f.title, f.headline = plain(n), n
			return
		}
	}
	if len(named) > 0 && !(tab == named[0] && len(h1) == 1) {
		f.title = withoutSite(named[0], f.metas("og:site_name"))
		return
	}
	if len(h1) > 0 {
		f.title, f.headline = plain(h1[0]), h1[0]
	}
}

// fold is what two lines are compared by: letters and figures, in small letters.
func fold(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, text.Fold(s))
}

// alike says that two lines are one headline: the same letters, or one begins with the other, which is cut or has the
// name of the site behind it.
func alike(a, b string) bool {
	a, b = fold(a), fold(b)
	if len(a) > len(b) {
		a, b = b, a
	}
	return a != "" && (a == b || len(a) >= 12 && strings.HasPrefix(b, a) && len(a)*3 >= len(b))
}

var siteBehind = regexp.MustCompile(`\s+[|–—·»«›/-]\s+|\s*[|｜]\s*`)

// withoutSite takes the name of the site off a title: where it is known, or else what is short behind the last mark.
func withoutSite(title, site string) string {
	at := siteBehind.FindAllStringIndex(title, -1)
	if len(at) == 0 {
		return title
	}
	last, first := at[len(at)-1], at[0]
	behind, before := title[last[1]:], title[:first[0]]
	switch {
	case site != "" && fold(behind) == fold(site):
		return title[:last[0]]
	case site != "" && fold(before) == fold(site):
		return title[first[1]:]
	case site == "" && sizeOf(behind) <= 24 && sizeOf(title[:last[0]]) >= 2*sizeOf(behind):
		return title[:last[0]]
	}
	return title
}

// by are words before the name of an author.
var by = regexp.MustCompile(`(?i)^(?:(?:written by|reported by|reporting by|story ` +
	`by|by|von|par|por|от|text|texte|texto|автор|` +
	`نویسنده|نوشته|نوشتهٔ|بقلم|كتب|كتبت)(?:\s*[:：]\s*|\s+)|(?:作者|文|記者|著者|執筆|记者)\s*[:：/／=＝]?\s*|` +
	`(?:【|（)(?:記者|文))`)

func (f *facts) readAuthors(doc *html.Node) []string {
	names := f.linked.names(f.article, "author")
	if len(names) == 0 {
		for _, key := range []string{"author", "article:author", "dc.creator", "dcterms.creator", "parsely-author",
			"sailthru.author", "byl", "citation_author"} {
			names = append(names, f.meta[key]...)
		}
	}
	if names = cleanNames(names); len(names) > 0 {
		return names
	}
	// What the page shows: microdata, links to the author, bylines.
	for _, is := range []func(*html.Node) bool{
		func(n *html.Node) bool {
			return attr(n, "itemprop") == "name" && underProp(n, "author")
		},
		func(n *html.Node) bool { return attr(n, "itemprop") == "author" },
		func(n *html.Node) bool {
			return strings.Contains(" "+attr(n, "rel")+" ", " author ") && isTag(n, atom.A)
		},
		func(n *html.Node) bool {
			words := hints(n)
			at := slices.IndexFunc(words, func(w string) bool { return w == "byline" || w == "author" })
			return at >= 0 && !slices.Contains(words, "bio") && !slices.Contains(words, "box") &&
				!inside(n.Parent, atom.Aside, atom.Footer, atom.Nav) && sizeOf(plain(n)) < 120 && !f.inComment(n)
		},
	} {
		for n := range elements(doc) {
			if n.Type == html.ElementNode && is(n) && !isHidden(n) {
				words := firstFilled(attr(n, "content"), nameIn(n))
				names = append(names, words)
			}
		}
		if names = cleanNames(names); len(names) > 0 {
			return names
		}
	}
	return cleanNames(f.bylines(doc))
}

// bylines are the names in the short lines behind the headline that begin with a word such as "By".
func (f *facts) bylines(doc *html.Node) (names []string) {
	if f.headline == nil {
		return nil
	}
	near, lines := false, 0
	for n := range elements(doc) {
		if n == f.headline {
			near = true
			continue
		}
		if !near || !isBlock(n) {
			continue
		}
		words, _ := ownText(n)
		if words == "" {
			continue
		}
		if at := by.FindString(words); at != "" && sizeOf(words) < 120 && !endsSentence(words) {
			name := words[len(at):]
			if end := strings.IndexFunc(name, func(r rune) bool {
				return unicode.IsDigit(r) ||
					strings.ContainsRune(",،、|·•(（)", r)
			}); end >= 0 {
				name = name[:end]
			}
			if fields := strings.Fields(name); len(fields) > 0 && len(fields) <= 6 {
				return []string{name}
			}
		}
		if lines++; lines == 6 {
			break
		}
	}
	return nil
}

// nameIn are the words of an element without the days that stand in it.
func nameIn(n *html.Node) string {
	words := plain(n)
	for e := range elements(n) {
		if e != n && (isTag(e, atom.Time) || slices.Contains(hints(e), "date") || slices.Contains(hints(e), "role")) {
			if t := plain(e); t != "" {
				words = strings.Replace(words, t, "|", 1)
			}
		}
	}
	words, _, _ = strings.Cut(words, "|")
	return strings.Trim(words, " ,،、·•|-–—")
}

func underProp(n *html.Node, prop string) bool {
	for n = n.Parent; n != nil; n = n.Parent {
		if attr(n, "itemprop") == prop {
			return true
		}
	}
	return false
}

func (f *facts) inComment(n *html.Node) bool {
	for ; n != nil; n = n.Parent {
		if n.Type == html.ElementNode && f.hintOf(n) == LeftComment && !isTag(n, atom.Body, atom.Html, atom.Article) {
			return true
		}
	}
	return false
}

// cleanNames drops what is no name: addresses, sentences, names twice.
func cleanNames(all []string) []string {
	var names []string
	for _, s := range all {
		s = oneLine(by.ReplaceAllString(strings.TrimSpace(s), ""))
		s = strings.Trim(s, " ,،、|·•")
		if s == "" || strings.Contains(s, "://") || strings.Contains(s, "@") || sizeOf(s) > 100 ||
			strings.ContainsFunc(s, unicode.IsDigit) || slices.Contains(names, s) || text.CheckTyped("byline",
			s) != nil {
			continue
		}
		names = append(names, s)
	}
	return names[:min(len(names), 20)]
}

// readAddress reads where the page says that it stands, and whether it is the AMP form of another.
func (f *facts) readAddress(doc *html.Node) {
	root := firstOf(doc, func(n *html.Node) bool { return isTag(n, atom.Html) })
	f.amp = root != nil && (hasAttr(root, "amp") || hasAttr(root, "⚡"))
	var canonical string
	if n := firstOf(doc, func(n *html.Node) bool {
		return isTag(n, atom.Link) && strings.EqualFold(attr(n, "rel"), "canonical")
	}); n != nil {
		canonical = attr(n, "href")
	}
	for _, s := range []string{canonical, f.metas("og:url"), f.article.str("mainEntityOfPage"), f.article.str("url")} {
		if u := webAddress(s); u != "" {
			f.url = u
			break
		}
	}
	if f.amp {
		f.notes = append(f.notes, "This is the AMP form of a page. Its own address is "+firstFilled(f.url,
			"not stated")+
			".")
	}
}

// webAddress is an address of the web, without user names; "" it is none.
func webAddress(s string) string {
	u, err := url.Parse(strings.TrimSpace(s))
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" || u.User != nil || len(s) > 1000 {
		return ""
	}
	u.Fragment = ""
	return u.String()
}

// readLang is the language that the page says, as the shortest tag: fa of fa-IR.
func (f *facts) readLang(doc *html.Node) {
	root := firstOf(doc, func(n *html.Node) bool { return isTag(n, atom.Html) })
	var said []string
	if root != nil {
		said = append(said, attr(root, "lang"), attr(root, "xml:lang"))
	}
	said = append(said, f.article.str("inLanguage"), f.metas("og:locale", "content-language", "dc.language",
		"language"))
	for _, s := range said {
		if tag := shortTag(s); tag != "" {
			f.lang = tag
			return
		}
	}
}

var tag = regexp.MustCompile(`^[a-z]{2,3}(?:[-_].*)?$`)

func shortTag(s string) string {
	if s = strings.ToLower(strings.TrimSpace(s)); !tag.MatchString(s) {
		return ""
	}
	s, _, _ = strings.Cut(strings.ReplaceAll(s, "_", "-"), "-")
	return s
}

// readPartial says why the page has not the whole text; "" nothing says so.
func (f *facts) readPartial(doc *html.Node) string {
	const paywall = "The page says that it is not free to read: this may be only the beginning of its text."
	for _, o := range append([]object{f.article}, f.linked.objs(f.article, "hasPart")...) {
		if strings.EqualFold(o.str("isAccessibleForFree"), "false") {
			return paywall
		}
	}
	switch strings.ToLower(f.metas("article:content_tier", "isaccessibleforfree", "og:article:content_tier")) {
	case "locked", "metered", "false":
		return paywall
	}
	for n := range elements(doc) {
		if n.Type != html.ElementNode || isTag(n, atom.Html, atom.Body) || isHidden(n) {
			continue
		}
		for _, w := range hints(n) {
			if (w == "paywall" || w == "regwall") && plain(n) != "" {
				return "The page has a paywall: this may be only the beginning of its text."
			}
		}
	}
	return ""
}
