package httpd

import (
	"mime/multipart"
	"net/http"

	"github.com/labstack/echo/v4"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/desk"
	"claimbench/internal/httpd/view"
	"claimbench/internal/intake"
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
		Addresses: under(n, "addresses"),
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
	n, form, out, err := carryOut(c, "collection", func(n auth.CollectionID, f *importForm) (articles.Imported, error) {
		return s.importOne(c, n, *f)
	})
	if err != nil {
		return s.refused(c, err, func(w view.Wrong) (view.Page, error) {
			page, err := s.importPage(c, n, form)
			return filled(page, err, func(p *view.ArticleImport) { p.Wrong = w })
		})
	}
	at := "/articles/" + itoa(out.Article.ID)
	switch data := desk.ImportedOf(out); {
	case out.Existing && out.Job == nil && !wantsJSON(c):
		return s.importedBefore(c, n, form, out)
	case out.Job != nil:
		return s.begun(c, out.Article.ID, "Article "+itoa(out.Article.ID)+" is being taken in", data)
	default:
		return s.done(c, at, "Imported as article "+itoa(out.Article.ID)+sameAddress(out), data)
	}
}

// sameAddress says that an article with another text has the address of one that came in.
func sameAddress(out articles.Imported) string {
	if len(out.SameAddress) == 0 {
		return ""
	}
	return ". Article " + itoa(out.SameAddress[0]) + " has the same address and another text: if this is a newer one, " +
		"it belongs there as a revision"
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

func (s *Server) importOne(c echo.Context, n auth.CollectionID, form importForm) (articles.Imported, error) {
	in := articles.Import{Collection: n, Source: form.Source, Title: form.Title, Byline: form.Byline, URL: form.URL,
		Lang: form.Lang, Published: form.Published, Raw: form.Text, Pasted: true, Name: "The text",
		Later: true}
	if form.NewSource != "" {
		in.Source = form.NewSource
	}
	doc, is, err := uploaded(form.File, form.Text)
	if err != nil {
		return articles.Imported{}, err
	}
	if is {
		in.Name = form.File.Filename
		in.Fill(doc)
	}
	out, err := s.Articles.Import(c.Request().Context(), actorOf(c), in)
	if err == nil && !out.Existing {
		// Whoever may not propose imports all the same, and the article's page offers it to those who may.
		_, _ = s.Claims.ProposeLater(c.Request().Context(), actorOf(c), out.Article)
	}
	return out, err
}

// uploaded reads the file that a form brought, if it brought one. A form whose file field was left empty may have a
// pasted text instead.
func uploaded(h *multipart.FileHeader, pasted string) (doc intake.Document, is bool, err error) {
	if h == nil || h.Size == 0 && (pasted != "" || h.Filename == "") {
		return doc, false, nil
	}
	f, err := h.Open()
	if err != nil {
		return doc, false, err
	}
	defer func() { _ = f.Close() }()
	doc, err = intake.Read(intake.File{Name: h.Filename, Media: h.Header.Get(echo.HeaderContentType), Size: h.Size,
		Body: f})
	return doc, true, err
}
