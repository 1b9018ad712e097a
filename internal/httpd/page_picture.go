package httpd

import (
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"claimbench/internal/captures"
	"claimbench/internal/desk"
	"claimbench/internal/evidence"
	"claimbench/internal/fault"
	"claimbench/internal/httpd/view"
	"claimbench/internal/intake"
)

// drawnAs names how pictures are drawn, for the copies that browsers keep: it changes when they look otherwise.
const drawnAs = "1"

// articleOriginalPage draws a page of the file of an article, where that is a PDF.
func (s *Server) articleOriginalPage(c echo.Context) error {
	ask, err := originalAsked(c)
	if err != nil {
		return err
	}
	of, err := s.desk.OriginalLeaves(c.Request().Context(), actorOf(c), ask.article, ask.revision)
	if err != nil {
		return err
	}
	return s.picture(c, of, ask.page)
}

// evidenceCapturePage draws a page of a capture, where that is a PDF.
func (s *Server) evidenceCapturePage(c echo.Context) error {
	n, err := pathID[evidence.ID](c, "id")
	if err != nil {
		return err
	}
	which, err := queryID[captures.ID](c, "capture")
	if err != nil {
		return err
	}
	page, err := queryID[int](c, "page")
	if err != nil {
		return err
	}
	of, err := s.desk.CaptureLeaves(c.Request().Context(), actorOf(c), n, which)
	if err != nil {
		return err
	}
	return s.picture(c, of, page)
}

// picture sends a page of a PDF as PNG. Whether the person may see it was asked for this request; a browser asks each
// time, and what it has already is not drawn again. One is drawn at a time: a file may have 32 MiB, and is held for it.
func (s *Server) picture(c echo.Context, of desk.Leaves, page int) error {
	h, tag := c.Response().Header(), strconv.Quote(of.SHA256+"-"+itoa(page)+"-"+drawnAs)
	h.Set(echo.HeaderCacheControl, "private, no-cache")
	h.Set("ETag", tag)
	if c.Request().Header.Get("If-None-Match") == tag {
		return c.NoContent(http.StatusNotModified)
	}
	png, err := s.drawn(c, of, page)
	if err != nil {
		h.Del("ETag")
		h.Set(echo.HeaderCacheControl, "no-store")
		return err
	}
	h.Set(echo.HeaderContentSecurityPolicy, "sandbox")
	return c.Blob(http.StatusOK, "image/png", png)
}

func (s *Server) drawn(c echo.Context, of desk.Leaves, page int) ([]byte, error) {
	ctx := c.Request().Context()
	select {
	case s.drawing <- struct{}{}:
		defer func() { <-s.drawing }()
	case <-ctx.Done():
		return nil, fault.Wrap(fault.Unavailable, ctx.Err(), "Other pages are being drawn. Ask for this one again.")
	}
	raw, err := of.Bytes(ctx)
	if err != nil {
		return nil, err
	}
	return intake.Picture(raw, page, patience)
}

// leavesOf sets paragraphs by the pages of a PDF on which they begin, each with the picture of that page; of other
// files all are one group without.
func leavesOf(seen desk.Original, all []view.Paragraph, url string, open int) (out []view.Leaf) {
	if !desk.HasLeaves(seen.File) {
		if len(all) > 0 {
			out = append(out, view.Leaf{Start: 1, Paragraphs: all})
		}
		return out
	}
	for i, x := range seen.Paragraphs {
		if n := len(out); n == 0 || x.Page != 0 && x.Page != out[n-1].N {
			out = append(out, view.Leaf{N: x.Page, Start: i + 1, Open: x.Page == open})
			if x.Page > 0 {
				out[n].URL = withQuery(url+"/page", "revision", itoa(seen.Revision.N), "page", itoa(x.Page))
			}
		}
		out[len(out)-1].Paragraphs = append(out[len(out)-1].Paragraphs, all[i])
	}
	return out
}
