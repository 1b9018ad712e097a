package httpd

import (
	"cmp"
	"encoding/base64"
	"io"
	"mime/multipart"
	"net/http"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"claimbench/internal/captures"
	"claimbench/internal/desk"
	"claimbench/internal/evidence"
	"claimbench/internal/fault"
	"claimbench/internal/httpd/view"
	"claimbench/internal/jobs"
)

// showCaptured says whether the words of an item stand in what is kept of its document.
func showCaptured(e *view.Evidence, it evidence.Shown) {
	if it.ID == 0 || it.Protected != "" && !it.Opened {
		return
	}
	e.CaptureURL = captureURL(it.ID)
	if it.Capture == nil {
		return
	}
	e.Capture, e.CaptureOff = view.Phrase(it.Capture.Found.Word()), it.Capture.Found == captures.NotFound
	if it.Capture.State == captures.Withheld {
		e.Capture, e.CaptureOff = "The capture was withheld", true
	}
}

func captureURL(id evidence.ID) string { return "/evidence/" + itoa(id) + "/capture" }

// evidenceCapture shows what is kept of the document that an item quotes, as text, with the quotation marked.
func (s *Server) evidenceCapture(c echo.Context) error {
	page, seen, err := s.capturePage(c)
	if err != nil {
		return err
	}
	return s.respond(c, http.StatusOK, page, seen.JSON())
}

func (s *Server) capturePage(c echo.Context) (*view.EvidenceCapture, desk.Captured, error) {
	n, err := pathID[evidence.ID](c, "id")
	if err != nil {
		return nil, desk.Captured{}, err
	}
	which, part, err := captureAsked(c)
	if err != nil {
		return nil, desk.Captured{}, err
	}
	seen, err := s.desk.Captured(c.Request().Context(), actorOf(c), n, which, part)
	if err != nil {
		return nil, seen, err
	}
	return s.showCapture(c, seen), seen, nil
}

// captureAsked reads which capture and which part of its text are asked for; 0 the usual.
func captureAsked(c echo.Context) (which captures.ID, part int, err error) {
	for name, to := range map[string]*int64{"capture": (*int64)(&which), "part": new(int64)} {
		words := c.QueryParam(name)
		if words == "" {
			continue
		}
		n, ok := wholeNumber(words)
		if !ok || n < 1 || n > 1<<31-1 {
			return 0, 0, fault.New(fault.NotFound, "There is no such page: “%s” counts from 1.", name)
		}
		if *to = n; name == "part" {
			part = int(n)
		}
	}
	return which, part, nil
}

func (s *Server) showCapture(c echo.Context, seen desk.Captured) *view.EvidenceCapture {
	it, url := seen.Item, captureURL(seen.Item.ID)
	p := &view.EvidenceCapture{Shell: s.framed(c, "Capture of evidence "+itoa(it.ID), "Queue", seen.Frame),
		Claim: view.Link{URL: claimURL(seen.Claim.ID), Word: "Claim " + itoa(seen.Claim.ID)},
		Item:  showEvidence([]evidence.Shown{it}, seen.Names, false)[0], Version: seen.Shown.Version,
		Lang: seen.About.Lang, Dir: seen.About.Dir}
	p.Item.Linked, p.Item.CaptureURL, p.Item.ProtectURL = "", "", ""
	if seen.May {
		p.SendURL = url
	}
	if seen.Fetches {
		p.FetchURL = url + "/fetch"
	}
	switch {
	case seen.Job.ID == 0:
	case seen.Job.Ended():
		p.Asked = "The page could not be fetched. " + seen.Job.Message
	default:
		p.Asked, p.FetchURL = "The page is being fetched. Look again in a moment.", ""
	}
	if seen.Shown.ID == 0 {
		return p
	}
	p.Found, p.Withheld = seen.Shown.Found.Word(), seen.Shown.State == captures.Withheld
	here := url + "?capture=" + itoa(seen.Shown.ID)
	for _, x := range seen.All {
		if x.ID != seen.Shown.ID {
			p.Others = append(p.Others, view.Link{URL: url + "?capture=" + itoa(x.ID), Word: "of " + day(x.KeptAt)})
		}
	}
	if p.Withheld {
		return p
	}
	if seen.Withholds {
		p.TakeURL, p.Capture = url+"/withhold", int64(seen.Shown.ID)
	}
	p.Facts, p.Text = captureFacts(seen), captureLines(seen)
	showCaptureLeaf(c, p, seen, here)
	for n := 1; seen.Parts > 1 && n <= seen.Parts; n++ {
		l := view.Link{URL: here + "&part=" + itoa(n), Word: "Part " + itoa(n)}
		if n == seen.Part {
			l.URL = ""
		}
		p.Parts = append(p.Parts, l)
	}
	if seen.PartOf > 0 {
		if p.ToMark = here; seen.PartOf == seen.Part {
			p.ToMark = here + "&part=" + itoa(seen.Part)
		}
	}
	return p
}

// showCaptureLeaf shows the page of a PDF that is asked for, or on which the quotation stands, and the way to the
// others.
func showCaptureLeaf(c echo.Context, p *view.EvidenceCapture, seen desk.Captured, here string) {
	if !seen.HasLeaves() {
		return
	}
	asked, _ := wholeNumber(c.QueryParam("page"))
	n := max(1, min(cmp.Or(int(asked), seen.About.Page, 1), max(seen.About.Pages, 1)))
	at := func(n int) string { return within(here, "part", itoa(seen.Part), "page", itoa(n)) + "#page-" + itoa(n) }
	p.Leaf = &view.Leaf{N: n, Open: asked > 0, URL: withQuery(captureURL(seen.Item.ID)+"/page", "capture",
		itoa(seen.Shown.ID), "page", itoa(n))}
	if n > 1 {
		p.Leaves = append(p.Leaves, view.Link{URL: at(n - 1), Word: "Page " + itoa(n-1)})
	}
	if n < seen.About.Pages {
		p.Leaves = append(p.Leaves, view.Link{URL: at(n + 1), Word: "Page " + itoa(n+1)})
	}
}

// captureFacts are what is known of the document, in words.
func captureFacts(seen desk.Captured) (out []view.CaptureFact) {
	a := seen.About
	add := func(word, value string, code bool) {
		if value != "" {
			out = append(out, view.CaptureFact{Word: word, Value: named(value), Code: code})
		}
	}
	add("Title", a.Title, false)
	add("Written by", a.Authors, false)
	add("Publisher", a.Publisher, false)
	add("Day of the document", published(a.Published), false)
	add("Address", a.Address, true)
	add("File", a.Name, false)
	add("How it came", captures.Ways.Word(seen.Shown.Way)+", "+day(seen.Shown.KeptAt), false)
	if at, _, ok := strings.Cut(a.TakenAt, "T"); ok {
		add("Bytes of", published(at), false)
	}
	add("Size", itoa(a.Bytes)+" bytes", false)
	add("Kind", a.Media, true)
	add("SHA-256", a.SHA256, true)
	add("Left out", strings.Join(a.Dropped, ", "), true)
	if at, err := time.Parse(time.RFC3339Nano, seen.Stamp.At); err == nil {
		add("Time stamp", at.UTC().Format("2006-01-02 15:04:05")+" UTC, by "+hostOf(seen.Stamp.Service)+" ("+
			seen.Stamp.Signer+")", false)
	}
	if seen.Wished.ID != 0 {
		add("Time stamp", cmp.Or(seen.Wished.Message, "asked for; it has not come yet"), false)
	}
	for _, note := range a.Notes {
		add("Reader", note, false)
	}
	return out
}

// captureLines are the paragraphs of the part that is shown, with the quotation marked.
func captureLines(seen desk.Captured) (out []view.CaptureLine) {
	at, first := 0, true
	for line := range strings.Lines(seen.Words) {
		runes := []rune(line)
		whole := len(runes)
		for len(runes) > 0 && (runes[len(runes)-1] == '\n' || runes[len(runes)-1] == '\r') {
			runes = runes[:len(runes)-1]
		}
		from, to := min(max(seen.Mark.Start-at, 0), len(runes)), min(max(seen.Mark.End-at, 0), len(runes))
		var l view.CaptureLine
		for _, x := range []view.Segment{{Text: string(runes[:from])}, {Text: string(runes[from:to]), Found: true},
			{Text: string(runes[to:])}} {
			if x.Text != "" {
				x.Here = x.Found && first
				first = first && !x.Found
				l = append(l, x)
			}
		}
		if at += whole; len(l) > 0 {
			out = append(out, l)
		}
	}
	return out
}

// captureForm is a file of a form; a program may give it in JSON, its bytes in base64.
type captureForm struct {
	File    *multipart.FileHeader `form:"file" json:"-"`
	Name    string                `form:"-" json:"name"`
	Media   string                `form:"-" json:"media"`
	Content string                `form:"-" json:"content"`
}

// evidenceCaptured keeps a file that was uploaded as the document of an item.
func (s *Server) evidenceCaptured(c echo.Context) error {
	n, _, _, err := carryOut(c, "id", func(n evidence.ID, f *captureForm) (captures.Capture, error) {
		file, err := f.file()
		if err != nil {
			return captures.Capture{}, atFile(err, isJSON(c))
		}
		out, err := s.Evidence.Capture(c.Request().Context(), actorOf(c), n, file)
		return out, atFile(err, isJSON(c))
	})
	return s.captureDone(c, n, "", "", err)
}

// file reads the file of a form whole, for its hash is of all of it.
func (f captureForm) file() (out captures.File, err error) {
	h := f.File
	if h == nil && f.Content != "" {
		body, err := base64.StdEncoding.DecodeString(f.Content)
		if err != nil {
			return out, fault.Wrap(fault.Invalid, err, "“content” is not in base64.").With("content",
				"Write the bytes in base64, in the usual alphabet, with padding.")
		}
		return captures.File{Name: f.Name, Media: f.Media, Body: body}, nil
	}
	if h == nil || h.Filename == "" {
		return out, fault.New(fault.Invalid, "Choose the file of the document first.")
	}
	in, err := h.Open()
	if err != nil {
		return out, err
	}
	defer func() { _ = in.Close() }()
	out = captures.File{Name: h.Filename, Media: h.Header.Get(echo.HeaderContentType)}
	out.Body, err = io.ReadAll(io.LimitReader(in, captures.MostBytes+1))
	return out, err
}

// atFile says a refusal at the field of the file, which a program gives as “content”.
func atFile(err error, program bool) error {
	f, is := fault.As(err)
	switch {
	case !is || f.Kind != fault.Invalid:
		return err
	case program:
		return f.With("content", "Send the bytes of another file.")
	case len(f.Fields) > 0:
		return err
	}
	return f.With("file", "Choose another file.")
}

// captureDone answers a deed on a capture.
func (s *Server) captureDone(c echo.Context, n evidence.ID, notice, reason string, err error) error {
	if err != nil {
		return s.refused(c, err, func(w view.Wrong) (view.Page, error) {
			page, _, err := s.capturePage(c)
			return filled(page, err, func(p *view.EvidenceCapture) { p.Wrong, p.Reason = w, reason })
		})
	}
	seen, err := s.desk.Captured(c.Request().Context(), actorOf(c), n, 0, 0)
	if err != nil {
		return err
	}
	if notice == "" {
		notice = "The document is kept. The quotation is " + seen.Shown.Found.Word()
	}
	return s.done(c, captureURL(n), notice, seen.JSON())
}

// evidenceCaptureFetch asks for the document of an item to be fetched and kept, in a job.
func (s *Server) evidenceCaptureFetch(c echo.Context) error {
	n, _, _, err := carryOut(c, "id", func(n evidence.ID, _ *struct{}) (jobs.Job, error) {
		return s.Evidence.Fetch(c.Request().Context(), actorOf(c), n)
	})
	return s.captureDone(c, n, "The page is being fetched", "", err)
}

type withholdForm struct {
	Capture captures.ID `form:"capture" json:"capture" validate:"required"`
	Version int64       `form:"version" json:"version"`
	Reason  string      `form:"reason" json:"reason"`
}

// captureWithhold takes the bytes of a capture away by law.
func (s *Server) captureWithhold(c echo.Context) error {
	n, form, _, err := carryOut(c, "id", func(n evidence.ID, f *withholdForm) (captures.Capture, error) {
		return s.Evidence.WithholdCapture(c.Request().Context(), actorOf(c), n, f.Capture, f.Version, f.Reason)
	})
	return s.captureDone(c, n, "The capture is withheld", form.Reason, err)
}
