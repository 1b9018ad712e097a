package intake

import (
	"bytes"
	"errors"
	"image/png"
	"time"

	"github.com/klippa-app/go-pdfium"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"

	"claimbench/internal/fault"
)

// How large the picture of a page is at most, in pixels, and how long it is drawn.
const (
	PictureWidth  = 1000
	PictureHeight = 1500
	pictureLong   = 12 * time.Second
	pictureWait   = 5 * time.Second // for a reading before this one: somebody looks at the page
)

var errNotDrawn = says("it cannot be drawn in the memory and the time that a page has")

// Picture draws a page of a PDF, 1 the first, as PNG, within PictureWidth and PictureHeight. patience is as that of
// File. It runs no script, follows no link and draws no form. fault.NotFound: there is no such page; fault.Conflict: it
// cannot be drawn, in words for people; fault.Unavailable: it may be asked for again.
func Picture(raw []byte, page int, patience time.Duration) (out []byte, err error) {
	if int64(len(raw)) > mostPDF || page < 1 || page > pdfPages {
		return nil, fault.New(fault.NotFound, "There is no such page.")
	}
	err = withPDFiumFor(pdfLimits{patience, pictureWait, pictureLong}, func(in pdfium.Pdfium) error {
		doc, err := openPDF(in, raw)
		if err != nil {
			return err
		}
		count, err := in.FPDF_GetPageCount(&requests.FPDF_GetPageCount{Document: doc})
		if err != nil {
			return errPDFBroken
		}
		if page > count.PageCount {
			return fault.New(fault.NotFound, "It has %d pages.", count.PageCount)
		}
		out, err = draw(in, doc, page-1)
		return err
	})
	switch {
	case err == nil, fault.KindOf(err) == fault.NotFound:
		return out, err
	case errors.Is(err, errPDFBusy), errors.Is(err, errPDFStarting):
		return nil, fault.Wrap(fault.Unavailable, err, "The picture of the page is not there yet: %s.", sayingOf(err))
	case errors.Is(err, errPDFSlow):
		err = errNotDrawn
	}
	return nil, fault.Wrap(fault.Conflict, err, "The page cannot be shown as a picture: %s. Download the file and "+
		"look at "+
		"it there.", sayingOf(err))
}

// draw draws a page, 0 the first. Whatever the module says of a page that it cannot draw, it is told in our words.
func draw(in pdfium.Pdfium, doc references.FPDF_DOCUMENT, n int) (out []byte, err error) {
	defer func() {
		if r := recover(); r != nil { // the module was stopped, or has no memory left
			err = errNotDrawn
		}
	}()
	got, err := in.RenderPageInPixels(&requests.RenderPageInPixels{Width: PictureWidth, Height: PictureHeight,
		Page: requests.Page{ByIndex: &requests.PageByIndex{Document: doc, Index: n}}})
	if err != nil || got.Result.RenderedImage == nil {
		return nil, errNotDrawn
	}
	defer got.Cleanup()
	var b bytes.Buffer
	if err := (&png.Encoder{CompressionLevel: png.BestSpeed}).Encode(&b, got.Result.RenderedImage); err != nil {
		return nil, errNotDrawn
	}
	return b.Bytes(), nil
}
