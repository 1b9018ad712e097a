package intake

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// htmlOfMail gives the paragraphs of a mail in HTML: all that is seen, for a mail has no menus around it. What cannot
// be parsed (nested too deep) is given as it stands without its tags.
func htmlOfMail(s string) []string {
	var out []string
	var now strings.Builder
	end := func() {
		if words := strings.TrimSpace(now.String()); words != "" {
			out = append(out, words)
		}
		now.Reset()
	}
	hidden := 0
	var open []string // of hidden elements
	z := html.NewTokenizer(strings.NewReader(s))
	z.SetMaxBuf(1 << 20)
	for {
		kind := z.Next()
		switch kind {
		case html.ErrorToken:
			end()
			return out
		case html.TextToken:
			if hidden == 0 {
				addWords(&now, string(z.Text()))
			}
			continue
		case html.CommentToken, html.DoctypeToken:
			continue
		}
		t := z.Token()
		name := t.Data
		switch {
		case kind == html.StartTagToken && (hidden > 0 && name == open[hidden-1] || unseen(t)) && !voidTag(t.DataAtom):
			open, hidden = append(open[:hidden], name), hidden+1
		case kind == html.EndTagToken && hidden > 0 && name == open[hidden-1]:
			hidden--
		case hidden > 0:
		case t.DataAtom == atom.Br:
			now.WriteByte('\n')
		case t.DataAtom == atom.Td || t.DataAtom == atom.Th:
			now.WriteByte(' ')
		case blockTag(t.DataAtom):
			end()
		}
	}
}

// addWords adds words with one space for each run of them.
func addWords(b *strings.Builder, s string) {
	words := strings.Join(strings.FieldsFunc(s, func(r rune) bool {
		return r == ' ' || r == '\n' || r == '\t' ||
			r == '\r'
	}), " ")
	lead := strings.IndexAny(s, " \n\t\r") == 0
	if before := b.String(); lead && before != "" && !strings.HasSuffix(before, " ") && !strings.HasSuffix(before,
		"\n") {
		b.WriteByte(' ')
	}
	b.WriteString(words)
	if words != "" && strings.LastIndexAny(s, " \n\t\r") == len(s)-1 {
		b.WriteByte(' ')
	}
}

// unseen says whether an element is not shown.
func unseen(t html.Token) bool {
	switch t.DataAtom {
	case atom.Head, atom.Style, atom.Script, atom.Template, atom.Title, atom.Noscript:
		return true
	}
	for _, a := range t.Attr {
		style := strings.ReplaceAll(strings.ToLower(a.Val), " ", "")
		if a.Key == "hidden" || a.Key == "style" && (strings.Contains(style, "display:none") ||
			strings.Contains(style, "visibility:hidden") || strings.Contains(style, "font-size:0")) {
			return true
		}
	}
	return false
}

func voidTag(a atom.Atom) bool {
	switch a {
	case atom.Br, atom.Img, atom.Hr, atom.Input, atom.Meta, atom.Link, atom.Col, atom.Area, atom.Base, atom.Wbr:
		return true
	}
	return false
}

func blockTag(a atom.Atom) bool {
	switch a {
	case atom.P, atom.Div, atom.Tr, atom.Li, atom.Ul, atom.Ol, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6,
		atom.Blockquote, atom.Table, atom.Hr, atom.Pre, atom.Section, atom.Article, atom.Header, atom.Footer, atom.Dd,
		atom.Dt, atom.Dl, atom.Center:
		return true
	}
	return false
}
