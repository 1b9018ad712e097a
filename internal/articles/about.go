package articles

import (
	"cmp"
	"strings"

	"claimbench/internal/intake"
)

// About is what is said of a document, whether it is an article of ours or stands outside: every room that says
// something of a document says it in these words. A fact that nobody states is "".
type About struct {
	Title     string
	Authors   string // as the document names them, in one line
	Source    string // who publishes it, by name
	Published string // YYYY, YYYY-MM or YYYY-MM-DD
	Lang      string // BCP 47
	URL       string
	Origin    string // where its words truly come from, by name, as a person stated
}

// AboutFile is what a file says of the document that was read of it. Whose words it may repeat is a proposal, and is
// said by a person alone.
func AboutFile(d intake.Document) About {
	return About{Title: d.Title, Authors: cmp.Or(d.Byline, strings.Join(d.Authors, ", ")),
		Source: cmp.Or(d.Source, d.Publisher), Published: d.Published, Lang: d.Lang, URL: d.URL}
}

// About is what is said of an article, with the name of its source and of its origin.
func (a Article) About(source, origin string) About {
	return About{Title: a.Title, Authors: a.Byline, Source: source, Published: a.Published, Lang: a.Lang, URL: a.URL,
		Origin: origin}
}

// Or is a with what b says of each fact that a does not state.
func (a About) Or(b About) About {
	return About{said(a.Title, b.Title), said(a.Authors, b.Authors), said(a.Source, b.Source),
		said(a.Published, b.Published), said(a.Lang, b.Lang), said(a.URL, b.URL), said(a.Origin, b.Origin)}
}

func said(first, then string) string {
	if strings.TrimSpace(first) == "" {
		return then
	}
	return first
}
