package httpd

import (
	"context"
	"errors"
	"io"
	"mime/multipart"
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"claimbench/internal/arrivals"
	"claimbench/internal/auth"
	"claimbench/internal/desk"
	"claimbench/internal/fault"
	"claimbench/internal/httpd/view"
	"claimbench/internal/intake"
)

// readPatience is how long a request waits for small files to be read or taken in, so that the page that follows shows
// what became of them. What takes longer goes on, and the page says so.
const readPatience = time.Second

// arrivals shows what a person brought, to be mended and taken in.
func (s *Server) arrivals(c echo.Context) error {
	n, err := pathID[auth.CollectionID](c, "collection")
	if err != nil {
		return err
	}
	page, seen, err := s.arrivalsPage(c, n)
	if err != nil {
		return err
	}
	return s.respond(c, http.StatusOK, page, seen.JSON())
}

func arrivalsURL(n auth.CollectionID) string { return under(n, "articles/import") }

// dropForm is what is brought: files, addresses one a line, and a text.
type dropForm struct {
	Files     []*multipart.FileHeader `form:"files" json:"-"`
	Addresses string                  `form:"addresses" json:"addresses" of:"address"`
	Text      string                  `form:"text" json:"text" of:"files"`
}

// dropped is what became of it.
type dropped struct {
	arrivals, pages []arrivals.Arrival
}

// arrivalsDrop brings files, addresses and a text.
func (s *Server) arrivalsDrop(c echo.Context) error {
	n, form, out, err := carryOut(c, "collection", func(n auth.CollectionID, f *dropForm) (dropped, error) {
		return s.drop(c, n, f)
	})
	if err != nil {
		return s.arrivalsRefused(c, n, err, func(p *view.Arrivals) { p.Typed, p.Text = form.Addresses, form.Text })
	}
	s.Arrivals.Await(c.Request().Context(), actorOf(c), n, readPatience)
	notice := ""
	if k := len(out.arrivals); k > 0 {
		notice = many(k, "file or text was brought", "files and texts were brought")
	}
	if k := len(out.pages); k > 0 {
		if notice != "" {
			notice += "; "
		}
		notice += many(k, "page is being fetched, or waits already", "pages are being fetched, or wait already")
	}
	return s.begunAt(c, arrivalsURL(n), notice, desk.ArrivedOf(append(out.arrivals, out.pages...)))
}

// drop brings what can be brought: addresses that are refused keep no file out.
func (s *Server) drop(c echo.Context, n auth.CollectionID, f *dropForm) (out dropped, err error) {
	ctx, actor := c.Request().Context(), actorOf(c)
	files := filesOf(f.Files)
	only := len(files) == 0 && f.Text == ""
	var refused error
	if f.Addresses != "" {
		out.pages, refused = s.Arrivals.Fetch(ctx, actor, n, f.Addresses)
		if !wantsJSON(c) {
			refused = atItsField(refused)
		}
		if refused != nil && (only || wantsJSON(c)) {
			return out, refused
		}
		if only {
			return out, nil
		}
	}
	out.arrivals, err = s.Arrivals.Drop(ctx, actor, n, files, f.Text)
	if err == nil && refused != nil {
		f.Text = "" // it was brought
	}
	return out, errors.Join(err, refused)
}

// atItsField is a fault of the addresses as one of the form, which comes back with what was typed: where no pages are
// fetched, the page says so there, and not that the server saved nothing.
func atItsField(err error) error {
	if e, ok := fault.As(err); ok && e.Kind == fault.Forbidden && len(e.Fields) > 0 {
		return fault.Wrap(fault.Invalid, err, "%s", e.Msg).With(e.Fields[0].Name, e.Fields[0].Msg)
	}
	return err
}

func filesOf(heads []*multipart.FileHeader) (out []arrivals.File) {
	for _, h := range heads {
		if h.Filename != "" {
			out = append(out, arrivals.File{Name: h.Filename, Media: h.Header.Get(echo.HeaderContentType), Size: h.Size,
				Open: func() (io.ReadCloser, error) { return h.Open() }})
		}
	}
	return out
}

func (s *Server) arrivalsRefused(c echo.Context, n auth.CollectionID, err error, fill func(*view.Arrivals)) error {
	return s.refused(c, err, func(w view.Wrong) (view.Page, error) {
		page, _, err := s.arrivalsPage(c, n)
		return filled(page, err, func(p *view.Arrivals) {
			p.Wrong = w
			fill(p)
		})
	})
}

// arrivalForm says what an arrival is called, and so on.
type arrivalForm struct {
	Version     int64  `form:"version" json:"version"`
	Title       string `form:"title" json:"title"`
	Source      string `form:"source" json:"source"`
	Byline      string `form:"byline" json:"byline"`
	URL         string `form:"url" json:"url"`
	Lang        string `form:"lang" json:"lang"`
	Published   string `form:"published" json:"published"`
	Origin      string `form:"origin" json:"origin"`
	OtherOrigin string `form:"other_origin" json:"-"` // instead of the one that is proposed
	Then        string `form:"then" json:"-"`         // take: it is taken in at once
}

func (f arrivalForm) facts() arrivals.Facts {
	out := arrivals.Facts{Title: f.Title, Source: f.Source, Byline: f.Byline, URL: f.URL, Lang: f.Lang,
		Published: f.Published, Origin: f.Origin}
	if f.OtherOrigin != "" {
		out.Origin = f.OtherOrigin
	}
	return out
}

// arrivalEdit mends what was read, and takes it in where the person says so.
func (s *Server) arrivalEdit(c echo.Context) error {
	id, n, form, out, err := changeArrival(c, func(id arrivals.ID, n auth.CollectionID, f *arrivalForm) (
		a arrivals.Arrival, err error) {
		ctx, actor := c.Request().Context(), actorOf(c)
		if a, err = s.Arrivals.Edit(ctx, actor, n, id, f.Version, f.facts()); err == nil && f.Then == "take" {
			_, err = s.Arrivals.Take(ctx, actor, n, []arrivals.ID{id})
		}
		return a, err
	})
	if err != nil {
		return s.arrivalRefused(c, n, id, err, func(x *view.Arrival) {
			f := form.facts()
			x.Retype(f.Title, f.Source, f.Byline, f.URL, f.Lang, f.Published, f.Origin)
		})
	}
	notice := "Saved"
	if form.Then == "take" {
		notice = "It is being taken in"
	}
	return s.arrivalDone(c, n, notice, out)
}

// letters says in which letters a file is.
type letters struct {
	Version int64  `form:"version" json:"version"`
	Charset string `form:"charset" json:"charset"`
}

// arrivalLetters reads a file again in the letters that a person says.
func (s *Server) arrivalLetters(c echo.Context) error {
	id, n, _, out, err := changeArrival(c, func(id arrivals.ID, n auth.CollectionID, f *letters) (arrivals.Arrival,
		error) {
		return s.Arrivals.ReadAs(c.Request().Context(), actorOf(c), n, id, f.Version, f.Charset)
	})
	if err != nil {
		return s.arrivalRefused(c, n, id, err, nil)
	}
	return s.arrivalDone(c, n, "It is read as "+out.Charset, out)
}

// columnsForm says which column is which part of an article.
type columnsForm struct {
	Version   int64  `form:"version" json:"version"`
	Text      string `form:"text" json:"text" of:"columns"`
	Title     string `form:"title" json:"title"`
	Byline    string `form:"byline" json:"byline"`
	Source    string `form:"source" json:"source"`
	URL       string `form:"url" json:"url"`
	Lang      string `form:"lang" json:"lang"`
	Published string `form:"published" json:"published"`
	Make      string `form:"make" json:"make"` // "1": they become articles; else it is a dry run
}

func (f columnsForm) columns() intake.Columns {
	return intake.Columns{"text": f.Text, "title": f.Title, "byline": f.Byline, "source": f.Source, "url": f.URL,
		"lang": f.Lang, "published": f.Published}
}

// arrivalColumns says which column is which, and reads the rows again.
func (s *Server) arrivalColumns(c echo.Context) error {
	id, n, form, out, err := changeArrival(c, func(id arrivals.ID, n auth.CollectionID, f *columnsForm) (
		arrivals.Arrival, error) {
		return s.Arrivals.Map(c.Request().Context(), actorOf(c), n, id, f.Version, f.columns(), f.Make == "1")
	})
	if err != nil {
		return s.arrivalRefused(c, n, id, err, func(x *view.Arrival) { x.Remap(form.columns()) })
	}
	return s.arrivalDone(c, n, "The rows are read", out)
}

// changeArrival reads which arrival a request is about, and what it says of it.
func changeArrival[F any](c echo.Context, do func(arrivals.ID, auth.CollectionID, *F) (arrivals.Arrival, error)) (
	id arrivals.ID, n auth.CollectionID, form F, out arrivals.Arrival, err error) {
	n, form, out, err = carryOut(c, "collection", func(n auth.CollectionID, f *F) (a arrivals.Arrival, err error) {
		if id, err = pathID[arrivals.ID](c, "id"); err != nil {
			return a, err
		}
		return do(id, n, f)
	})
	return id, n, form, out, err
}

func (s *Server) arrivalDone(c echo.Context, n auth.CollectionID, notice string, a arrivals.Arrival) error {
	s.Arrivals.Await(c.Request().Context(), actorOf(c), n, readPatience)
	at := view.Arrival{ID: int64(a.ID)}.Anchor()
	return s.done(c, arrivalsURL(n)+"#"+at, notice, desk.ArrivalChangedOf(a))
}

// arrivalRefused shows the page again, with what is wrong at the arrival that it is about.
func (s *Server) arrivalRefused(c echo.Context, n auth.CollectionID, id arrivals.ID, err error,
	fill func(*view.Arrival)) error {
	return s.arrivalsRefused(c, n, err, func(p *view.Arrivals) {
		for i := range p.Items {
			if x := &p.Items[i]; x.ID == int64(id) {
				x.Wrong = p.Wrong
				p.Wrong = view.Wrong{"": p.Wrong[""]}
				if fill != nil {
					fill(x)
				}
			}
		}
	})
}

// arrivalIDs names arrivals; none is all that it can be done to.
type arrivalIDs struct {
	Arrival []arrivals.ID `form:"arrival" json:"arrival"`
}

// arrivalsTake takes in what is ready.
func (s *Server) arrivalsTake(c echo.Context) error {
	return s.arrivalsMany(c, s.Arrivals.Take, "is being taken in", "are being taken in")
}

// arrivalsAgain lets addresses be fetched once more that could not be.
func (s *Server) arrivalsAgain(c echo.Context) error {
	return s.arrivalsMany(c, s.Arrivals.Again, "is fetched again", "are fetched again")
}

// arrivalsDiscard erases what is not wanted.
func (s *Server) arrivalsDiscard(c echo.Context) error {
	return s.arrivalsMany(c, func(ctx context.Context, a auth.Actor, n auth.CollectionID, ids []arrivals.ID) (int64,
		error) {
		k, err := s.Arrivals.Discard(ctx, a, n, ids)
		return int64(k), err
	}, "was discarded", "were discarded")
}

func (s *Server) arrivalsMany(c echo.Context, do func(context.Context, auth.Actor, auth.CollectionID,
	[]arrivals.ID) (int64, error), one, more string) error {
	n, _, out, err := carryOut(c, "collection", func(n auth.CollectionID, f *arrivalIDs) (int64, error) {
		return do(c.Request().Context(), actorOf(c), n, f.Arrival)
	})
	if err != nil {
		return s.arrivalsRefused(c, n, err, func(*view.Arrivals) {})
	}
	s.Arrivals.Await(c.Request().Context(), actorOf(c), n, readPatience)
	return s.done(c, arrivalsURL(n), many(int(out), "file or text "+one, "files and texts "+more),
		desk.ChangedJSON{Changed: out})
}
