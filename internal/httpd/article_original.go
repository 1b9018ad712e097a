package httpd

import (
	"bytes"
	"context"
	"io"
	"net/http"

	"github.com/labstack/echo/v4"

	"claimbench/internal/articles"
	"claimbench/internal/desk"
	"claimbench/internal/fault"
	"claimbench/internal/httpd/view"
	"claimbench/internal/intake"
	"claimbench/internal/text"
)

// originalAsk is which file is asked for.
type originalAsk struct {
	article  articles.ID
	revision int
	from     int // code point from which paragraphs are listed
	page     int // of the file: it is opened, or drawn; 0 none
}

func originalAsked(c echo.Context) (ask originalAsk, err error) {
	if ask.article, err = pathID[articles.ID](c, "id"); err != nil {
		return ask, err
	}
	if ask.revision, err = queryID[int](c, "revision"); err != nil {
		return ask, err
	}
	if ask.from, err = queryID[int](c, "from"); err != nil {
		return ask, err
	}
	ask.page, err = queryID[int](c, "page")
	return ask, err
}

// articleOriginal shows what a text was read from: the file, the reader, what was left out, and where each paragraph
// stands.
func (s *Server) articleOriginal(c echo.Context) error {
	ask, err := originalAsked(c)
	if err != nil {
		return err
	}
	seen, err := s.desk.Original(c.Request().Context(), actorOf(c), ask.article, ask.revision, ask.from, ask.page)
	if err != nil {
		return err
	}
	page := s.originalPage(c, seen, ask.page)
	if c.QueryParam("again") != "" && page.AgainURL != "" {
		if page.Again, err = s.readAgain(c, seen); err != nil {
			return err
		}
	}
	return s.respond(c, http.StatusOK, page, seen.JSON())
}

func (s *Server) originalPage(c echo.Context, seen desk.Original, open int) *view.ArticleOriginal {
	a, f := seen.Article, seen.File
	url := "/articles/" + itoa(a.ID) + "/original"
	at := withQuery(url, "revision", itoa(seen.Revision.N))
	p := &view.ArticleOriginal{Shell: s.framed(c, "File of article "+itoa(a.ID), "Articles", seen.Frame),
		Article: showArticle(a, seen.Revision, seen.Source, 0), Name: detected(f.Name), Reader: f.Reader,
		Version:  f.Version,
		Encoding: f.Encoding, SHA256: f.SHA256, Size: grouped(int(f.Size))}
	if f.SHA256 != "" {
		p.FileURL = withQuery(url+"/file", "revision", itoa(seen.Revision.N))
	}
	if seen.Newer != 0 {
		p.Newer = seen.Newer
		if seen.MayRevise {
			p.AgainURL, p.Revise, p.ReviseVersion = within(at, "again", "1"), "/articles/"+itoa(a.ID)+"/revisions",
				a.Version
		}
	}
	p.LeftOut = leftOut(f.LeftOut)
	var all []view.Paragraph
	for _, x := range seen.Paragraphs {
		where := x.Words()
		if where == "" && x.Element != "" {
			where = "<" + x.Element + ">"
		}
		all = append(all, view.Paragraph{Where: where, Uncertain: x.Uncertain,
			Text: view.Foreign{Text: x.Raw, Lang: a.Lang, Dir: a.Dir}})
	}
	p.Leaves = leavesOf(seen, all, url, open)
	if seen.Next != 0 {
		p.More = within(at, "from", itoa(seen.Next))
	}
	return p
}

// leftOut shows what a reader left out.
func leftOut(all []intake.LeftOut) (out []view.LeftOut) {
	for _, l := range all {
		lang := text.Detect(l.Words)
		out = append(out, view.LeftOut{Kind: l.Kind.Word(), Text: l.Words, Lang: lang, Dir: string(text.DirOf(lang))})
	}
	return out
}

// readAgain reads a file by the reader as it is now. Nothing is changed by it: what it says is a proposal.
func (s *Server) readAgain(c echo.Context, seen desk.Original) (string, error) {
	var raw bytes.Buffer
	if err := s.desk.OriginalBytes(c.Request().Context(), actorOf(c), seen.Article.ID, seen.Revision.N,
		&raw); err != nil {
		return "", err
	}
	doc, err := intake.Read(intake.File{Name: seen.File.Name, Charset: seen.File.Encoding, Body: &raw,
		Patience: patience})
	if err == nil && doc.Text == "" {
		err = fault.New(fault.Conflict, "The reader that is here now makes no text of this file alone. The text "+
			"stays as it "+
			"was read.")
	}
	return doc.Text, err
}

// articleOriginalFile sends the file itself, which whatever shows it runs nothing of.
func (s *Server) articleOriginalFile(c echo.Context) error {
	ask, err := originalAsked(c)
	if err != nil {
		return err
	}
	f := file{kind: echo.MIMEOctetStream, name: "article-" + itoa(ask.article) + ".original", sandbox: true}
	return s.download(c, f, func(ctx context.Context, w io.Writer) error {
		return s.desk.OriginalBytes(ctx, actorOf(c), ask.article, ask.revision, w)
	})
}
