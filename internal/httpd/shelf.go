package httpd

import (
	"context"
	"io"
	"mime/multipart"
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/desk"
	"claimbench/internal/fault"
	"claimbench/internal/httpd/view"
	"claimbench/internal/jobs"
	"claimbench/internal/shelf"
)

// shelfBody is the largest body with a file of fact-checks: the file, and the form around it.
const shelfBody = shelf.MostBytes + 1<<20

func entryURL(n shelf.EntryID) string    { return "/checked/" + itoa(n) }
func shelfFileURL(n shelf.FileID) string { return "/checked/files/" + itoa(n) }

// shelf lists what others have checked already.
func (s *Server) shelf(c echo.Context) error {
	in, err := pathID[auth.CollectionID](c, "collection")
	if err != nil {
		return err
	}
	ask := shelf.ListAsk{In: in, Words: strings.TrimSpace(c.QueryParam("q")),
		Verdict: claims.Verdict(c.QueryParam("verdict")), Lang: strings.TrimSpace(c.QueryParam("lang"))}
	if ask.Before, err = queryID[shelf.EntryID](c, "before"); err != nil {
		return err
	}
	seen, err := s.desk.Shelf(c.Request().Context(), actorOf(c), ask)
	if err != nil {
		return err
	}
	return s.respond(c, http.StatusOK, s.shelfPage(c, seen), seen.JSON())
}

func (s *Server) shelfPage(c echo.Context, seen desk.Shelf) *view.Shelf {
	ask, here := seen.Ask, under(seen.Ask.In, "checked")
	p := &view.Shelf{Shell: s.framed(c, "Already checked", "Claims", seen.Frame), Query: ask.Words, Langs: ask.Lang,
		Here: here, Verdicts: append([]view.Option{{Value: "", Word: "Any", Chosen: ask.Verdict == ""}},
			view.Options(claims.Verdicts, ask.Verdict)...),
		Note: many(int(seen.Count), "fact-check of others", "fact-checks of others") + ". None of them is evidence."}
	for _, e := range seen.List {
		p.Rows = append(p.Rows, shelfRow(e))
	}
	if seen.Next != 0 {
		p.More = withQuery(here, "q", ask.Words, "verdict", string(ask.Verdict), "lang", ask.Lang, "before",
			itoa(seen.Next))
	}
	if seen.May.Import {
		p.Import = here + "/import"
	}
	if seen.May.Export && seen.Count > 0 {
		p.Export = ofNow(c, here+"/export")
	}
	switch {
	case seen.Count > 0:
		p.Empty = &view.Empty{So: "No fact-check fits.", Next: "Try fewer words, or leave the filters out.", URL: here,
			Act: "Show all"}
	case seen.May.Import:
		p.Empty = &view.Empty{So: "Nothing is on the shelf yet.", Next: "Import a file of fact-checks: ClaimReview, " +
			"a claim set, or a table. Claims that they fit will show them.", URL: p.Import, Act: "Import fact-checks"}
	default:
		p.Empty = &view.Empty{So: "Nothing is on the shelf yet.", Next: "An editor can import fact-checks of others."}
	}
	return p
}

// shelfRow is an entry in a list.
func shelfRow(e shelf.Entry) view.ShelfRow {
	row := view.ShelfRow{URL: entryURL(e.ID), Name: "Entry " + itoa(e.ID), Claim: foreign(e.Claim, e.Lang, ""),
		Language: e.Lang, Rating: detected(e.Words), Verdict: view.Verdict(e.Verdict), Odd: e.Odd(),
		Publisher: named(e.Publisher), Address: e.URL, Day: e.Day}
	if e.Detected {
		row.Language += ", found"
	}
	if e.Value != "" && e.Best != "" {
		row.Scale = e.Value + ", best " + e.Best + ", worst " + e.Worst
	}
	switch e.State {
	case shelf.Removed:
		row.Gone = "It was taken off the shelf."
	case shelf.Withheld:
		row.Gone = "It was taken down by law: its words and bytes are gone, the hash stays."
		row.Claim = foreign("Withheld", "en", "ltr")
	}
	return row
}

// shelfImportAsk shows the page on which files are brought.
func (s *Server) shelfImportAsk(c echo.Context) error {
	in, err := pathID[auth.CollectionID](c, "collection")
	if err != nil {
		return err
	}
	page, seen, err := s.shelfFilesPage(c, in)
	if err != nil {
		return err
	}
	return s.respond(c, http.StatusOK, page, seen.JSON())
}

func (s *Server) shelfFilesPage(c echo.Context, in auth.CollectionID) (*view.ShelfFiles, desk.ShelfFiles, error) {
	before := shelf.FileID(0)
	if c.Request().Method == http.MethodGet {
		var err error
		if before, err = queryID[shelf.FileID](c, "before"); err != nil {
			return nil, desk.ShelfFiles{}, err
		}
	}
	seen, err := s.desk.ShelfFiles(c.Request().Context(), actorOf(c), in, before)
	if err != nil {
		return nil, seen, err
	}
	here := under(in, "checked")
	p := &view.ShelfFiles{Shell: s.framed(c, "Import fact-checks", "Claims", seen.Frame), Action: here, Shelf: here}
	for _, f := range shelf.Formats.Terms() {
		p.Formats = append(p.Formats, view.ShelfFormat{Word: view.Phrase(f.Word), About: f.About})
	}
	for _, f := range seen.List {
		p.Rows = append(p.Rows, shelfFileRow(f))
	}
	if seen.Next != 0 {
		p.More = withQuery(here+"/import", "before", itoa(seen.Next))
	}
	return p, seen, nil
}

var fileStates = map[shelf.FileState]string{shelf.Looked: "looked at, nothing taken yet",
	shelf.Importing: "being taken in", shelf.Imported: "taken in", shelf.Dropped: "dropped"}

func shelfFileRow(f shelf.File) view.ShelfFileRow {
	row := view.ShelfFileRow{URL: shelfFileURL(f.ID), Name: named(f.Name), Format: view.Phrase(f.Format.Word()),
		State: fileStates[f.State], Brought: moment(f.BroughtAt)}
	if f.State == shelf.Imported {
		row.Counts = grouped(f.Taken) + " new, " + grouped(f.Known) + " there already"
	}
	return row
}

// shelfForm brings a file, or text that was pasted.
type shelfForm struct {
	File *multipart.FileHeader `form:"file" json:"-"`
	Text string                `form:"text" json:"text"`
}

// shelfBring keeps a file and shows what is in it.
func (s *Server) shelfBring(c echo.Context) error {
	in, form, f, err := carryOut(c, "collection", func(in auth.CollectionID, form *shelfForm) (shelf.File, error) {
		name, body, done, err := shelfBrought(*form)
		if err != nil {
			return shelf.File{}, err
		}
		defer done()
		f, _, err := s.Shelf.Bring(c.Request().Context(), actorOf(c), in, name, body)
		return f, atBrought(err, *form)
	})
	if err != nil {
		return s.refused(c, err, func(w view.Wrong) (view.Page, error) {
			page, _, err := s.shelfFilesPage(c, in)
			return filled(page, err, func(p *view.ShelfFiles) { p.Wrong, p.Text = w, form.Text })
		})
	}
	return s.done(c, shelfFileURL(f.ID), "This is what the file holds; nothing is on the shelf yet",
		desk.ShelfFileOf(f))
}

// shelfBrought opens what a form brought.
func shelfBrought(form shelfForm) (name string, body io.Reader, done func(), err error) {
	switch h := form.File; {
	case h != nil && (h.Size > 0 || form.Text == "" && h.Filename != ""):
		f, err := h.Open()
		if err != nil {
			return "", nil, nil, err
		}
		return h.Filename, f, func() { _ = f.Close() }, nil
	case form.Text != "":
		return "pasted text", strings.NewReader(form.Text), func() {}, nil
	}
	return "", nil, nil, fault.New(fault.Invalid, "Choose a file with fact-checks, or paste them.").With("text",
		"Choose a file, or paste what it holds.")
}

// atBrought says of a refusal of what a form brought where it came in: the room knows files alone.
func atBrought(err error, form shelfForm) error {
	wrong, is := fault.As(err)
	if !is || form.File != nil && form.File.Size > 0 {
		return err
	}
	for i := range wrong.Fields {
		if wrong.Fields[i].Name == "file" {
			wrong.Fields[i].Name = "text"
		}
	}
	return err
}

// shelfFile shows what a file holds.
func (s *Server) shelfFile(c echo.Context) error {
	n, err := pathID[shelf.FileID](c, "id")
	if err != nil {
		return err
	}
	seen, err := s.desk.ShelfFile(c.Request().Context(), actorOf(c), n)
	if err != nil {
		return err
	}
	page := s.shelfFilePage(c, seen)
	if page.Job != nil && page.Job.Going && !wantsJSON(c) {
		c.Response().Header().Set("Refresh", workEvery)
	}
	return s.respond(c, http.StatusOK, page, seen.JSON())
}

func (s *Server) shelfFilePage(c echo.Context, seen desk.ShelfFile) *view.ShelfFile {
	f, at := seen.File, shelfFileURL(seen.File.ID)
	here := under(f.CollectionID, "checked")
	p := &view.ShelfFile{Shell: s.framed(c, "File of fact-checks", "Claims", seen.Frame), Name: named(f.Name),
		Row: shelfFileRow(f), Good: many(seen.Look.Good, "fact-check", "fact-checks"),
		Version: f.Version, Shelf: here, Files: here + "/import", SHA256: f.SHA256}
	p.Row.Brought += ", by " + seen.Names.Of(f.BroughtBy)
	if seen.Look.BadOnes > 0 {
		p.Bad = many(seen.Look.BadOnes, "item is left out", "items are left out")
	}
	for _, b := range seen.Look.Bad {
		p.Faults = append(p.Faults, view.ShelfFault{N: grouped(b.N), Line: grouped(b.Line), Why: b.Why})
	}
	if more := seen.Look.BadOnes - len(seen.Look.Bad); more > 0 {
		p.Left = grouped(more)
	}
	for _, x := range seen.Look.First {
		row := shelfRow(shelf.Entry{Claim: x.Claim, Lang: x.Lang, Detected: x.Detected, Rating: x.Rating,
			Verdict: claims.Verdict(x.Verdict), Publisher: x.Publisher, URL: x.URL, Day: x.Day, State: shelf.Kept})
		row.URL, row.Name = "", "Number "+grouped(x.N)
		p.First = append(p.First, row)
	}
	p.Source = sourceFacts(seen.Look.Source)
	if seen.Look.Format == shelf.FormatSet {
		whole := "The claims hash to what the set says."
		if !seen.Look.Whole {
			whole = "The claims do not hash to what the set says: words were withheld or changed since it was frozen."
		}
		p.Source = append(p.Source, view.ShelfFact{Name: "Hash", Value: foreign(whole, "en", "ltr")})
	}
	if shelf.Acceptable(f) == nil {
		p.Take, p.Drop = at+"/import", at+"/drop"
	}
	if seen.Job != nil {
		j := showJob(*seen.Job)
		p.Job = &j
	}
	return p
}

// sourceFacts are what the file of an entry says of it.
func sourceFacts(src shelf.Source) (out []view.ShelfFact) {
	for _, f := range []view.ShelfFact{{Name: "Workbench", Value: named(src.Workbench)},
		{Name: "Set", Value: foreign(src.Set, "en", "ltr")}, {Name: "Title", Value: named(src.Title)},
		{Name: "Hash of the set", Value: foreign(src.SHA256, "en", "ltr")}} {
		if f.Value.Text != "" {
			out = append(out, f)
		}
	}
	return out
}

type shelfFileForm struct {
	Version int64 `form:"version" json:"version"`
}

// shelfTake begins to take the entries of a file in.
func (s *Server) shelfTake(c echo.Context) error {
	n, _, j, err := carryOut(c, "id", func(n shelf.FileID, f *shelfFileForm) (jobs.Job, error) {
		return s.Shelf.Import(c.Request().Context(), actorOf(c), n, f.Version)
	})
	if err != nil {
		return s.shelfFileRefused(c, n, err)
	}
	return s.begunAt(c, shelfFileURL(n), "The fact-checks are being taken in", desk.JobOf(j))
}

// shelfDrop takes nothing of a file.
func (s *Server) shelfDrop(c echo.Context) error {
	n, _, out, err := carryOut(c, "id", func(n shelf.FileID, f *shelfFileForm) (desk.DoneJSON, error) {
		return desk.DoneJSON{}, s.Shelf.Drop(c.Request().Context(), actorOf(c), n, f.Version)
	})
	if err != nil {
		return s.shelfFileRefused(c, n, err)
	}
	return s.done(c, shelfFileURL(n), "Nothing was taken of the file", out)
}

func (s *Server) shelfFileRefused(c echo.Context, n shelf.FileID, err error) error {
	return s.refused(c, err, func(w view.Wrong) (view.Page, error) {
		seen, err := s.desk.ShelfFile(c.Request().Context(), actorOf(c), n)
		if err != nil {
			return nil, err
		}
		page := s.shelfFilePage(c, seen)
		page.Wrong = w
		return page, nil
	})
}

// shelfExport sends the shelf as a file.
func (s *Server) shelfExport(c echo.Context) error {
	var ask shelf.ExportAsk
	in, _, _, err := carryOut(c, "collection", func(in auth.CollectionID, _ *struct{}) (struct{}, error) {
		ask.In = in
		return struct{}{}, s.Shelf.Record(c.Request().Context(), actorOf(c), ask)
	})
	if err != nil {
		return err
	}
	return s.download(c, file{kind: echo.MIMEApplicationJSON, name: "shelf-" + itoa(in) + ".json", sandbox: true},
		func(ctx context.Context, w io.Writer) error { return s.Shelf.Export(ctx, ask, w) })
}
