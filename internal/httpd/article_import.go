package httpd

import (
	"bytes"
	"cmp"
	"encoding/base64"
	"errors"
	"io"
	"mime/multipart"
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/desk"
	"claimbench/internal/fault"
	"claimbench/internal/httpd/view"
	"claimbench/internal/intake"
	"claimbench/internal/text"
)

// importForm is what the page and the API take. A file wins over pasted text.
type importForm struct {
	File      *multipart.FileHeader `form:"file" json:"-"`
	Text      string                `form:"text" json:"text"`
	Source    string                `form:"source" json:"source"`
	NewSource string                `form:"new_source" json:"new_source"`
	Title     string                `form:"title" json:"title"`
	Byline    string                `form:"byline" json:"byline"`
	URL       string                `form:"url" json:"url"`
	Lang      string                `form:"lang" json:"lang"`
	Published string                `form:"published" json:"published"`
	Charset   string                `form:"charset" json:"-"` // in which a person says that the file's letters are
	Look      string                `form:"look" json:"-"`    // not empty: show what was found, and take in nothing
	// the file of before, in base64, while its charset is asked
	Held     string `form:"held" json:"-"`
	HeldName string `form:"held_name" json:"-"`
}

// articleImportAsk shows the import page.
func (s *Server) articleImportAsk(c echo.Context) error {
	n, err := pathID[auth.CollectionID](c, "collection")
	if err != nil {
		return err
	}
	page, err := s.importPage(c, n, importForm{})
	if err != nil {
		return err
	}
	return s.respond(c, http.StatusOK, page, desk.ImportAsk())
}

func (s *Server) importPage(c echo.Context, n auth.CollectionID, form importForm) (*view.ArticleImport, error) {
	asked, err := s.desk.Importing(c.Request().Context(), actorOf(c), n)
	if err != nil {
		return nil, err
	}
	page := &view.ArticleImport{
		Shell: s.framed(c, "Import an article", "Articles", asked.Frame), Action: under(n, "articles"),
		Addresses: under(n, "addresses"), Model: asked.Model, Host: asked.Host,
		NewSource: form.NewSource, Title: form.Title, Byline: form.Byline,
		URL: form.URL, Lang: form.Lang, Published: form.Published, Text: form.Text, Reads: reads(),
		Sources: []view.Option{{Value: "", Word: "not stated", Chosen: form.Source == ""}},
	}
	for _, src := range asked.Sources {
		page.Sources = append(page.Sources, view.Option{Value: src.Name, Word: src.Name,
			Chosen: src.Name == form.Source})
	}
	return page, nil
}

// reads is what a form says of the files it takes.
func reads() view.Reads { return view.Reads{Accept: intake.Accept(), Words: intake.Words()} }

// articleImport takes a text in.
func (s *Server) articleImport(c echo.Context) error {
	n, form, out, err := carryOut(c, "collection", func(n auth.CollectionID, f *importForm) (takenIn, error) {
		return s.importAll(c, n, f)
	})
	if err != nil {
		return s.refused(c, err, func(w view.Wrong) (view.Page, error) {
			page, pageErr := s.importPage(c, n, form)
			return filled(page, pageErr, func(p *view.ArticleImport) { p.Wrong = w; asksCharset(p, form, err) })
		})
	}
	if out.found != nil {
		return s.importFound(c, n, form, *out.found)
	}
	return s.importedOne(c, n, form, out)
}

// importedOne answers with the article that came in, or with how many did.
func (s *Server) importedOne(c echo.Context, n auth.CollectionID, form importForm, out takenIn) error {
	if out.many > 0 {
		return s.done(c, under(n, "articles"), out.notice(), desk.ImportedOf(out.Imported))
	}
	at := "/articles/" + itoa(out.Article.ID)
	switch data := desk.ImportedOf(out.Imported); {
	case out.Existing && out.Job == nil && !wantsJSON(c):
		return s.importedBefore(c, n, form, out.Imported)
	case out.Job != nil:
		return s.begun(c, out.Article.ID, "Article "+itoa(out.Article.ID)+" is being taken in", data)
	default:
		return s.done(c, at, "Imported as article "+itoa(out.Article.ID)+sameAddress(out.Imported), data)
	}
}

// sameAddress says that an article with another text has the address of one that came in.
func sameAddress(out articles.Imported) string {
	if len(out.SameAddress) == 0 {
		return ""
	}
	return ". Article " + itoa(out.SameAddress[0]) + " has the same address and another text: if this is a newer " +
		"one, it belongs there as a revision"
}

// importedBefore shows the form again with the article that has the very text.
func (s *Server) importedBefore(c echo.Context, n auth.CollectionID, form importForm, out articles.Imported) error {
	page, err := s.importPage(c, n, form)
	if err != nil {
		return err
	}
	c.Set(addressKey, "/articles/"+itoa(out.Article.ID))
	page.Existing = &view.Link{URL: "/articles/" + itoa(out.Article.ID), Of: titleOf(out.Article, "")}
	return s.respond(c, http.StatusOK, page, nil)
}

// mostAtOnce is how many documents of one file a request takes in; more are for the command.
const mostAtOnce = 50

// takenIn is what became of a file: one article, or many; or only what was found in it.
type takenIn struct {
	articles.Imported
	many, held int
	found      *intake.Document
}

func (t takenIn) notice() string {
	words := "Imported " + many(t.many, "article", "articles")
	if t.held > 0 {
		words += "; " + itoa(t.held) + " of them were here already"
	}
	return words
}

// importAll takes in what a form brought: a pasted text, a file, or each of the documents that a file holds.
func (s *Server) importAll(c echo.Context, n auth.CollectionID, form *importForm) (out takenIn, err error) {
	doc, is, err := form.read()
	switch {
	case err != nil:
		return out, err
	case form.Look != "":
		return takenIn{found: &doc}, nil
	case !is:
		doc.Items = nil
	}
	all := doc.All()
	if len(all) > mostAtOnce {
		return out, fault.New(fault.TooLarge,
			"%s holds %d articles; this page takes in %d at once. Use “workbench import” "+
				"for all of them.", doc.Name, len(all), mostAtOnce).With("file", "It holds too many.")
	}
	for _, one := range all {
		got, err := s.importOne(c, n, *form, one, is)
		if err != nil {
			return out, err
		}
		if out.Imported = got; len(all) > 1 {
			out.many++
		}
		if got.Existing {
			out.held++
		}
	}
	return out, nil
}

func (s *Server) importOne(c echo.Context, n auth.CollectionID, form importForm, doc intake.Document,
	file bool) (articles.Imported, error) {
	in := articles.Import{Collection: n, Source: form.Source, Title: form.Title, Byline: form.Byline, URL: form.URL,
		Lang: form.Lang, Published: form.Published, Raw: form.Text, Pasted: true, Name: "The text",
		Later: true}
	if form.NewSource != "" {
		in.Source = form.NewSource
	}
	if file {
		in.Name = doc.Name
		in.Fill(doc)
	}
	out, err := s.Articles.Import(c.Request().Context(), actorOf(c), in)
	if err == nil && !out.Existing {
		// Whoever may not propose imports all the same, and the article's page offers it to those who may.
		_, _ = s.Claims.ProposeLater(c.Request().Context(), actorOf(c), out.Article)
	}
	return out, err
}

// patience is how long a request waits for a reader that is made ready: less than a request has in all.
const patience = requestTimeout / 2

// mostHeld is the largest file that a page holds while it asks for its charset; a larger one is chosen again.
const mostHeld = 1 << 20

// read reads what a form brought. is says that it was a file; a pasted text that is only looked at is read as one.
func (f *importForm) read() (doc intake.Document, is bool, err error) {
	if f.File == nil || f.File.Filename == "" {
		switch raw, wrong := base64.StdEncoding.DecodeString(f.Held); {
		case f.Held != "" && wrong == nil:
			doc, err = intake.Read(intake.File{Name: f.HeldName, Charset: f.Charset, Patience: patience,
				Body: bytes.NewReader(raw)})
			return doc, true, err
		case f.Look != "":
			doc, err = intake.Read(intake.File{Name: "text.txt", Clean: true, Body: strings.NewReader(f.Text)})
			return doc, false, err
		}
		return doc, false, nil
	}
	doc, is, err = uploaded(f.File, f.Text, f.Charset)
	if unsure := (*intake.Unsure)(nil); errors.As(err, &unsure) && f.File.Size <= mostHeld {
		f.hold()
	}
	return doc, is, err
}

// hold keeps the file in the form, for a browser sends a chosen file only once.
func (f *importForm) hold() {
	body, err := f.File.Open()
	if err != nil {
		return
	}
	defer func() { _ = body.Close() }()
	if raw, err := io.ReadAll(io.LimitReader(body, mostHeld)); err == nil {
		f.Held, f.HeldName = base64.StdEncoding.EncodeToString(raw), f.File.Filename
	}
}

// asksCharset fills the form with the readings of a file whose charset is not certain.
func asksCharset(p *view.ArticleImport, form importForm, err error) {
	p.Held, p.HeldName = form.Held, form.HeldName
	unsure := (*intake.Unsure)(nil)
	if !errors.As(err, &unsure) {
		return
	}
	for i, x := range unsure.Previews {
		p.Charsets = append(p.Charsets, view.Reading{Charset: x.Charset, Lang: x.Lang, Dir: string(text.DirOf(x.Lang)),
			Text: x.Text, Chosen: i == 0})
	}
}

// importFound shows the form filled with what was found in a file, to be looked at and mended before it is taken in.
func (s *Server) importFound(c echo.Context, n auth.CollectionID, form importForm, d intake.Document) error {
	for _, x := range []struct {
		said  *string
		tells string
	}{{&form.Title, d.Title}, {&form.Byline, d.Byline}, {&form.URL, d.URL}, {&form.Lang, d.Lang},
		{&form.Published, d.Published}} {
		*x.said = cmp.Or(*x.said, x.tells)
	}
	if form.Source == "" {
		form.NewSource = cmp.Or(form.NewSource, d.Source)
	}
	form.Text = d.Text
	page, err := s.importPage(c, n, form)
	if err != nil {
		return err
	}
	page.Found = foundIn(d)
	return s.respond(c, http.StatusOK, page, nil)
}

// foundIn is what a person should know of a file before it is taken in.
func foundIn(d intake.Document) *view.Found {
	f := &view.Found{Name: d.Name, Notes: d.Notes, SHA256: d.SHA256}
	if d.Partial != "" {
		f.Notes = append([]string{d.Partial}, f.Notes...)
	}
	if d.Encoding != "" && d.Encoding != "utf-8" {
		f.Notes = append(f.Notes, "Its letters were read as "+d.Encoding+
			". If they are not words, save the file as UTF-8.")
	}
	if o := d.Origin; o != nil {
		f.Notes = append(f.Notes, "By its own words it is a "+o.Kind+" of "+o.Name+": “"+o.Words+"”")
	}
	if len(d.Items) > 0 {
		f.Notes = append(f.Notes, "It holds "+many(len(d.All()), "article",
			"articles")+"; choose the file again and import it.")
	}
	for _, l := range d.LeftOut {
		lang := text.Detect(l.Words)
		f.LeftOut = append(f.LeftOut, view.LeftOut{Kind: l.Kind.Word(), Text: l.Words, Lang: lang,
			Dir: string(text.DirOf(lang))})
	}
	for _, one := range d.Items[:min(len(d.Items), mostAtOnce)] {
		f.Items = append(f.Items, cmp.Or(one.Title, one.Name))
	}
	return f
}

// uploaded reads the file that a form brought, if it brought one. A form whose file field was left empty may have a
// pasted text instead.
func uploaded(h *multipart.FileHeader, pasted, charset string) (doc intake.Document, is bool, err error) {
	if h == nil || h.Size == 0 && (pasted != "" || h.Filename == "") {
		return doc, false, nil
	}
	f, err := h.Open()
	if err != nil {
		return doc, false, err
	}
	defer func() { _ = f.Close() }()
	doc, err = intake.Read(intake.File{Name: h.Filename, Media: h.Header.Get(echo.HeaderContentType), Size: h.Size,
		Charset: charset, Body: f, Patience: patience})
	return doc, true, err
}
