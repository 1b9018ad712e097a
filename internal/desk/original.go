package desk

import (
	"context"
	"io"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/fault"
	"claimbench/internal/intake"
	"claimbench/internal/text"
)

// Original is the file from which a revision was read, for whoever may read the article.
type Original struct {
	Frame
	articles.Text
	File       articles.Original
	Paragraphs []Placed
	Next       int  // code point from which more paragraphs are asked for; 0 on the last page
	Newer      int  // the version that the reader has now, when it is newer; 0 it is not
	MayRevise  bool // the person may take the text in as it is read now
}

// Placed is a paragraph with the place where it stands in the file.
type Placed struct {
	articles.Paragraph
	Raw string `words:"article"`
}

// errNoOriginal says that there is no file.
func errNoOriginal() error {
	return fault.New(fault.NotFound, "This text was typed or pasted, or came in before files were kept: there is "+
		"no file.")
}

// Original answers for the page of a file. Of an article that may not be read it is not there.
// Its paragraphs are listed from a code point on, or from those of a page of the file.
func (d *Desk) Original(ctx context.Context, actor auth.Actor, id articles.ID, n, from, page int) (out Original,
	err error) {
	defer fault.In(&err, "desk.Original(%d, %d)", id, n)
	err = d.look(ctx, actor, func(l *look) (err error) {
		out = Original{}
		if err := l.original(&out, id, n); err != nil {
			return err
		}
		if page > 0 {
			if from, err = articles.StartOfPage(l.rx, out.Revision.ID, page); err != nil {
				return err
			}
		}
		all, err := articles.ParagraphsOf(l.rx, out.Revision.ID, from)
		if err != nil {
			return err
		}
		for _, p := range all {
			out.Paragraphs = append(out.Paragraphs, Placed{p, out.Doc.Slice(p.Span)})
		}
		if len(all) == articles.MostParagraphs {
			out.Next = all[len(all)-1].End
		}
		return nil
	})
	return out, err
}

// original reads which file a revision was read from, if the person may read that.
func (l *look) original(out *Original, id articles.ID, n int) (err error) {
	if out.Text, err = articles.TextOf(l.rx, id, n); err != nil {
		return l.noText(id, err)
	}
	if err := l.openText(&out.Text, n); err != nil {
		return err
	}
	in := out.Article.CollectionID
	if err := l.reads(auth.ThingArticle, in, "article"); err != nil {
		*out = Original{}
		return err
	}
	if out.Withheld() {
		*out = Original{}
		return fault.New(fault.NotFound, "The file of this article is withheld, as its text is.")
	}
	if out.Frame, err = l.frame(in); err != nil {
		return err
	}
	file, is, err := articles.OriginalOf(l.rx, out.Revision.ID)
	if err != nil {
		return err
	}
	if !is {
		return errNoOriginal()
	}
	out.File, out.MayRevise = file, l.may(auth.ThingArticle, auth.Import, in) && articles.Revisable(out.Article) == nil
	if file.SHA256 != "" && out.Article.RevisionID != nil && *out.Article.RevisionID == out.Revision.ID {
		out.Newer = newer(file)
	}
	return nil
}

// newer is the version of a reader that is newer than the one that read a file; 0 there is none.
func newer(o articles.Original) int {
	for _, r := range intake.Readers() {
		if r.Name == o.Reader && r.Version > o.Version {
			return r.Version
		}
	}
	return 0
}

// OriginalBytes writes the bytes of a file that a person may read.
func (d *Desk) OriginalBytes(ctx context.Context, actor auth.Actor, id articles.ID, n int, w io.Writer) (err error) {
	defer fault.In(&err, "desk.OriginalBytes(%d, %d)", id, n)
	return d.look(ctx, actor, func(l *look) error {
		var o Original
		if err := l.original(&o, id, n); err != nil {
			return err
		}
		return articles.OriginalBytes(l.rx, o.Revision.ID, w)
	})
}

// OriginalJSON is a file for programs.
type OriginalJSON struct {
	Article    articles.ID       `json:"article"`
	Revision   int               `json:"revision"`
	Name       string            `json:"name"`
	SHA256     string            `json:"sha256"` // "": the bytes are not kept
	Bytes      int64             `json:"bytes"`
	Reader     string            `json:"reader"`
	Version    int               `json:"reader_version"`
	Newer      int               `json:"reader_is_now,omitempty"`
	Encoding   string            `json:"encoding"`
	LeftOut    List[LeftOutJSON] `json:"left_out"`
	Paragraphs List[PlacedJSON]  `json:"paragraphs"`
}

// LeftOutJSON is what a reader left out.
type LeftOutJSON struct {
	Kind  string `json:"kind"`
	Words string `json:"words"`
}

// PlacedJSON is where a paragraph stands; what is not known is left out.
type PlacedJSON struct {
	text.Span        // code points of the revision
	Page      int    `json:"page,omitempty"`
	From      int64  `json:"from_ms,omitempty"`
	Until     int64  `json:"until_ms,omitempty"`
	Element   string `json:"element,omitempty"`
	At        string `json:"at,omitempty"`
	Uncertain bool   `json:"order_uncertain,omitempty"`
}

// JSON is the file for programs.
func (o Original) JSON() OriginalJSON {
	f := o.File
	out := OriginalJSON{Article: o.Article.ID, Revision: o.Revision.N, Name: f.Name, SHA256: f.SHA256, Bytes: f.Size,
		Reader: f.Reader, Version: f.Version, Newer: o.Newer, Encoding: f.Encoding,
	}
	for _, l := range f.LeftOut {
		out.LeftOut.Items = append(out.LeftOut.Items, LeftOutJSON{string(l.Kind), l.Words})
	}
	for _, p := range o.Paragraphs {
		out.Paragraphs.Items = append(out.Paragraphs.Items, PlacedJSON{p.Span, p.Page, p.From, p.Until, p.Element,
			p.At, p.Uncertain})
	}
	if o.Next != 0 {
		out.Paragraphs.Next = decimal(o.Next)
	}
	return out
}
