package httpd

import (
	"mime/multipart"

	"github.com/labstack/echo/v4"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/desk"
	"claimbench/internal/fault"
	"claimbench/internal/httpd/view"
	"claimbench/internal/intake"
)

// importForm is what programs send to take in one text or one file at once. A file wins over pasted text. People bring
// what they have to the page of arrivals.
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
	Charset   string                `form:"charset" json:"-"` // in which somebody says that the file's letters are
}

// reads is what a form says of the files it takes.
func reads() view.Reads { return view.Reads{Accept: intake.Accept(), Words: intake.Words()} }

// articleImport takes a text in.
func (s *Server) articleImport(c echo.Context) error {
	n, _, out, err := carryOut(c, "collection", func(n auth.CollectionID, f *importForm) (takenIn, error) {
		return s.importAll(c, n, f)
	})
	if err != nil {
		return err
	}
	return s.importedOne(c, n, out)
}

// importedOne answers with the article that came in, or with how many did.
func (s *Server) importedOne(c echo.Context, n auth.CollectionID, out takenIn) error {
	if out.many > 0 {
		return s.done(c, under(n, "articles"), out.notice(), desk.ImportedOf(out.Imported))
	}
	at := "/articles/" + itoa(out.Article.ID)
	switch data := desk.ImportedOf(out.Imported); {
	case out.Existing && out.Job == nil && !wantsJSON(c):
		return s.done(c, at, "This text was here already. Nothing was imported twice", data)
	case out.Job != nil:
		return s.begun(c, out.Article.ID, "Article "+itoa(out.Article.ID)+" is being taken in", data)
	default:
		return s.done(c, at, "Imported as article "+itoa(out.Article.ID)+sameAddress(out.Imported), data)
	}
}

// sameAddress says that an article with another text has the address of one that came in.
func sameAddress(out articles.Imported) string {
	if out.DayAhead != "" {
		return ". It says that it was published on " + out.DayAhead + ", which has not come yet: its day was left out"
	}
	if len(out.SameAddress) == 0 {
		return ""
	}
	return ". Article " + itoa(out.SameAddress[0]) + " has the same address and another text: if this is a newer " +
		"one, it belongs there as a revision"
}

// mostAtOnce is how many documents of one file a request takes in; more are for the command.
const mostAtOnce = 50

// takenIn is what became of a file: one article, or many.
type takenIn struct {
	articles.Imported
	many, held int
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
	doc, is, err := uploaded(form.File, form.Text, form.Charset)
	switch {
	case err != nil:
		return out, err
	case !is:
		doc.Items = nil
	}
	all := doc.All()
	if len(all) > mostAtOnce {
		return out, fault.New(fault.TooLarge,
			"%s holds %d articles; %d are taken in by one request. Bring it to the page "+
				"“Articles in”, or use “workbench import”.", doc.Name, len(all), mostAtOnce).With("file",
			"It holds too many.")
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
