package view

import (
	"bytes"
	"html/template"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	typed "claimbench/internal/text"
)

// markdown is CommonMark without HTML of its own: what looks like a tag is left out, as are addresses of script. There
// are no pictures, for a page loads nothing from elsewhere.
var markdown = goldmark.New(goldmark.WithParserOptions(parser.WithASTTransformers(util.Prioritized(ours{}, 500))))

// Markdown renders words that people wrote. Each block finds its own direction. Words too deep to be rendered in the
// time of a page, which were written before such were refused, stand as they are.
func Markdown(words string) (template.HTML, error) {
	if typed.CheckNested(words) != nil {
		as := `<pre dir="auto">` + template.HTMLEscapeString(words) + "</pre>"
		return template.HTML(as), nil // #nosec G203: escaped; TestMarkdownIsSafe
	}
	var b bytes.Buffer
	if err := markdown.Convert([]byte(words), &b); err != nil {
		return "", err
	}
	return template.HTML(b.String()), nil // #nosec G203: goldmark escapes; TestMarkdownIsSafe
}

// ours fits a text into a page: headings begin below those of the page, a picture is a link to it.
type ours struct{}

// firstLevel is the level of a page's heading over which a text stands.
const firstLevel = 2

func (ours) Transform(doc *ast.Document, _ text.Reader, _ parser.Context) {
	var pictures []*ast.Image
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
		}
		return ast.WalkContinue, nil
	})
	for _, x := range pictures {
		link := ast.NewLink()
		link.Destination, link.Title = x.Destination, x.Title
		for c := x.FirstChild(); c != nil; {
			next := c.NextSibling()
			link.AppendChild(link, c)
			c = next
		}
		x.Parent().ReplaceChild(x.Parent(), x, link)
	}
}
