package intake

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/klippa-app/go-pdfium"
	pdfiumerrors "github.com/klippa-app/go-pdfium/errors"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"
)

// What a PDF may hold.
const (
	mostPDF  = 32 << 20  // bytes
	pdfPages = 1500      // pages
	pdfChars = 4_000_000 // characters, of which a text of MaxText has no more
)

var mediaPDF = []string{"application/pdf", "application/x-pdf"}

var (
	errPDFLocked = says("it has a password. Save it without one, or print it into a new PDF")
	errPDFBroken = says("it is damaged, or no PDF. Open it in the program that made it and save it again")
	errPDFScan   = says("it has no text layer; run OCR, for example tesseract, and upload the result")
	errPDFLong   = says("its text has more than %s. Split it, or take only the article out of it", MiB(MaxText))
)

// readPDF reads a PDF by its text layer: paragraphs with the page on which they stand, without what repeats itself at
// the head and foot of pages.
func readPDF(raw []byte, f File) (Document, error) {
	var d Document
	var lines []pdfLine
	var pages int
	var silent []int
	err := withPDFium(f.Patience, func(in pdfium.Pdfium) error {
		doc, err := openPDF(in, raw)
		if err != nil {
			return err
		}
		count, err := in.FPDF_GetPageCount(&requests.FPDF_GetPageCount{Document: doc})
		if err != nil || count.PageCount < 1 {
			return errPDFBroken
		}
		if pages = count.PageCount; pages > pdfPages {
			return says("it has %d pages; at most %d are read. Take only the article out of it", pages, pdfPages)
		}
		pdfFacts(in, doc, &d)
		lines, silent, err = linesOf(in, doc, pages)
		return err
	})
	switch {
	case err != nil:
		return Document{}, err
	case len(lines) == 0:
		return Document{}, errPDFScan
	}
	if len(silent) > 0 {
		d.Notes = append(d.Notes, silentNote(silent, pages))
	}
	return setPDF(d, lines, pages), nil
}

// silentNote says which pages are pictures only: what stands there is missing from the text.
func silentNote(silent []int, pages int) string {
	of, were := "Page "+pageList(silent), "has"
	if len(silent) > 1 {
		of, were = "Pages "+pageList(silent), "have"
	}
	return fmt.Sprintf("%s of %d %s no text layer, so what stands there is missing here. Run OCR, for example "+
		"tesseract, and upload the result.", of, pages, were)
}

// pageList writes the numbers of pages, in order, with what follows each other as one: 2, 5–7. It writes so many as a
// sentence bears.
func pageList(n []int) string {
	var parts []string
	for i := 0; i < len(n); {
		j := i
		for j+1 < len(n) && n[j+1] == n[j]+1 {
			j++
		}
		if len(parts) == 20 {
			return strings.Join(parts, ", ") + " and more"
		}
		parts = append(parts, strconv.Itoa(n[i]))
		if j > i {
			parts[len(parts)-1] += "–" + strconv.Itoa(n[j])
		}
		i = j + 1
	}
	return strings.Join(parts, ", ")
}

// openPDF opens a file inside the instance.
func openPDF(in pdfium.Pdfium, raw []byte) (references.FPDF_DOCUMENT, error) {
	doc, err := in.OpenDocument(&requests.OpenDocument{File: &raw})
	switch {
	case err == nil:
		return doc.Document, nil
	case errors.Is(err, pdfiumerrors.ErrPassword) || errors.Is(err, pdfiumerrors.ErrSecurity):
		return "", errPDFLocked
	}
	return "", errPDFBroken
}

// linesOf reads all pages. silent are the numbers of those that show something, and no words.
func linesOf(in pdfium.Pdfium, doc references.FPDF_DOCUMENT, pages int) (all []pdfLine, silent []int, err error) {
	left := pdfChars
	for n := range pages {
		lines, chars, err := pageLines(in, doc, n, left)
		if err != nil {
			return nil, nil, err
		}
		left -= chars
		all = append(all, ordered(lines)...)
		if len(lines) == 0 && shows(in, doc, n) {
			silent = append(silent, n+1)
		}
	}
	return all, silent, nil
}

// ordered gives the lines of a page their words, and forgets the glyphs.
func ordered(lines []pdfLine) []pdfLine {
	lines = oneHeight(lines)
	right, left := 0, 0
	for _, l := range lines {
		for _, g := range l.glyphs {
			switch {
			case isRTL(g.r):
				right++
			case g.r >= 'A':
				left++
			}
		}
	}
	for i := range lines {
		l := &lines[i]
		l.words = l.inOrder(right > left)
		l.doubted = l.rtl && doubtful(l.words)
		l.letters, l.glyphs = len(l.glyphs), nil
	}
	return lines
}

// setPDF sets the lines as a text.
func setPDF(d Document, lines []pdfLine, pages int) Document {
	lines, heads := withoutHeads(lines, pages)
	for _, h := range heads {
		d.LeftOut = leave(d.LeftOut, LeftRepeated, h)
	}
	var g galley
	doubted := 0
	for _, b := range paragraphs(lines) {
		g.addPieces(b)
		for _, piece := range b.pieces {
			if piece.doubted {
				doubted++
			}
		}
	}
	if doubted > 0 {
		d.Notes = append(d.Notes, fmt.Sprintf("In %d of %d paragraphs the order of the words is not certain: the PDF "+
			"does not say in which order its right-to-left text is read. Compare with the page.", doubted,
			len(g.parts)))
	}
	if d.Title == "" && len(g.parts) > 0 && g.parts[0].Element == "h1" {
		d.Title = inOneLine(g.text.String()[g.parts[0].Start:g.parts[0].End])
	}
	return g.on(d)
}

// addPieces sets a paragraph, with a part for each page that it stands on.
func (g *galley) addPieces(b pdfBlock) {
	var whole strings.Builder
	for _, p := range b.pieces {
		whole.WriteString(p.words)
	}
	n := len(g.parts)
	g.add(whole.String(), Part{Element: b.element})
	if len(g.parts) == n {
		return
	}
	part := g.parts[n]
	g.parts = g.parts[:n]
	at := part.Start
	for i, p := range b.pieces {
		end := min(at+len(strings.Map(printed, p.words)), part.End)
		if i+1 == len(b.pieces) {
			end = part.End
		}
		if strings.HasPrefix(p.words, " ") {
			at++
		}
		if end > at {
			g.parts = append(g.parts, Part{Start: at, End: end, Page: p.page, Element: b.element, Uncertain: p.doubted})
		}
		at = end
	}
}

// pdfFacts reads what the file says of itself. The day on which it was made is not the day of publication.
func pdfFacts(in pdfium.Pdfium, doc references.FPDF_DOCUMENT, d *Document) {
	said := func(tag string) string {
		m, err := in.FPDF_GetMetaText(&requests.FPDF_GetMetaText{Document: doc, Tag: tag})
		if err != nil {
			return ""
		}
		return inOneLine(m.Value)
	}
	title := said("Title")
	if lower := strings.ToLower(title); !strings.HasPrefix(lower, "microsoft word - ") && lower != "untitled" {
		d.Title = firstWords(title, 500)
	}
	d.Authors = officeAuthors(said("Author"))
	d.Byline = strings.Join(d.Authors, ", ")
	if at, ok := pdfTime(said("CreationDate")); ok {
		d.Notes = append(d.Notes, "The file says that it was made on "+at.Format(time.DateOnly)+
			". That need not be the day of publication.")
	}
}

// pdfTime reads a time of a PDF: D:20240514120000+02'00'.
func pdfTime(s string) (time.Time, bool) {
	s = strings.ReplaceAll(strings.TrimPrefix(s, "D:"), "'", "")
	for _, form := range []string{"20060102150405-0700", "20060102150405Z0700", "20060102150405", "20060102"} {
		if at, err := time.Parse(form, strings.TrimSuffix(s, "0000")); err == nil && at.Year() > 1980 {
			return at, true
		}
		if at, err := time.Parse(form, s); err == nil && at.Year() > 1980 {
			return at, true
		}
	}
	return time.Time{}, false
}
