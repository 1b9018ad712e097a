// Package markdown turns what people wrote in Markdown into HTML that a page, and a report, may hold.
package markdown

import (
	"bytes"
	"html/template"
	"net/url"
	"regexp"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	typed "claimbench/internal/text"
)

// renderer is for CommonMark without HTML of its own: what looks like a tag is left out, as are addresses of script.
// There are no pictures, for a page loads nothing from elsewhere.
var renderer = goldmark.New(goldmark.WithParserOptions(parser.WithASTTransformers(util.Prioritized(ours{}, 500))))

// HTML renders words that people wrote. Each block finds its own direction. Words too deep to be rendered in the
// time of a page, which were written before such were refused, stand as they are.
func HTML(words string) (template.HTML, error) {
	if typed.CheckNested(words) != nil {
		as := `<pre dir="auto">` + template.HTMLEscapeString(words) + "</pre>"
		return template.HTML(as), nil // #nosec G203: escaped; TestMarkdownIsSafe
	}
	var b bytes.Buffer
	if err := renderer.Convert([]byte(words), &b); err != nil {
		return "", err
	}
	return template.HTML(b.String()), nil // #nosec G203: goldmark escapes; TestMarkdownIsSafe
}

// ours fits a text into a page: headings begin below those of the page, a picture is a link to it.
type ours struct{}

// firstLevel is the level of a page's heading over which a text stands.
const firstLevel = 2

func (ours) Transform(doc *ast.Document, of text.Reader, _ parser.Context) {
	source := of.Source()
	var pictures []*ast.Image
	var plain []ast.Node                                                        // links that lead where none may
	_ = ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) { // the walker gives no error
		if !entering {
			return ast.WalkContinue, nil
		}
		switch x := n.(type) {
		case *ast.Heading:
			x.Level = min(6, x.Level+firstLevel)
			x.SetAttributeString("dir", "auto")
		case *ast.Paragraph, *ast.List, *ast.ListItem, *ast.Blockquote:
			x.SetAttributeString("dir", "auto")
		case *ast.Image:
			pictures = append(pictures, x)
		case *ast.Link:
			if !leads(x.Destination) {
				plain = append(plain, x)
			}
		case *ast.AutoLink:
			if x.AutoLinkType == ast.AutoLinkURL && !leads(x.URL(source)) {
				plain = append(plain, x)
			}
		}
		return ast.WalkContinue, nil
	})
	for _, x := range pictures {
		if !leads(x.Destination) {
			plain = append(plain, x)
			continue
		}
		link := ast.NewLink()
		link.Destination, link.Title = x.Destination, x.Title
		moveInto(link, x)
		x.Parent().ReplaceChild(x.Parent(), x, link)
	}
	for _, x := range plain {
		unlink(x, source)
	}
}

// unlink leaves the words of a link in its place, and no link.
func unlink(x ast.Node, source []byte) {
	if auto, is := x.(*ast.AutoLink); is {
		x.Parent().ReplaceChild(x.Parent(), x, ast.NewString(auto.Label(source)))
		return
	}
	for c := x.FirstChild(); c != nil; {
		next := c.NextSibling()
		x.Parent().InsertBefore(x.Parent(), x, c)
		c = next
	}
	x.Parent().RemoveChild(x.Parent(), x)
}

func moveInto(to, from ast.Node) {
	for c := from.FirstChild(); c != nil; {
		next := c.NextSibling()
		to.AppendChild(to, c)
		c = next
	}
}

// oddAddress finds what no address has that somebody typed to be followed: controls, spaces, backslashes.
var oddAddress = regexp.MustCompile(`(?i)[\x00-\x20\x7f\\]|%[01][0-9a-f]|%7f|%5c`)

// leads says whether words that people wrote may link to an address, as a page has it: another host by its whole http
// or https address, a mail address, or a page of this house, which begins with one slash. Whatever a browser may read
// otherwise (//host, /\host, https:host, somebody@host) is no link.
func leads(address []byte) bool {
	s := string(util.URLEscape(address, true))
	if oddAddress.MatchString(s) {
		return false
	}
	if strings.HasPrefix(s, "/") {
		return !strings.HasPrefix(s, "//")
	}
	u, err := url.Parse(s)
	if err != nil {
		return false
	}
	switch u.Scheme {
	case "http", "https":
		return u.Host != "" && u.User == nil
	case "mailto":
		return strings.Contains(u.Opaque, "@")
	}
	return false
}
