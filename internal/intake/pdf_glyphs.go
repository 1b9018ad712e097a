package intake

import (
	"math"
	"unicode"

	"github.com/klippa-app/go-pdfium"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"
)

// pdfGlyph is one character of a page, in points from its lower left corner.
type pdfGlyph struct {
	r           rune
	x, y        float64 // where it is set
	left, right float64 // its box; a space without one was made by PDFium, for a gap
	size        float64 // of the font as shown
}

// pdfLine is a line as PDFium found it: characters that follow each other in the file on one height.
type pdfLine struct {
	glyphs         []pdfGlyph
	page           int
	words          string
	letters        int // how many characters
	left, right, y float64
	size           float64
	edge           bool // it stands near the upper or lower edge of its page
	rtl, doubted   bool // doubted: the order of its words is not certain
}

// pdfEdge is the part of a page's height in which running heads and feet stand.
const pdfEdge = 0.12

// pageUnread refuses a file for a page, 0 the first, that is damaged or too heavy for the memory of a reading. To leave
// it out would lose its words unseen, and those of the pages after it, for the memory stays full.
func pageUnread(n int) error {
	return says("page %d of it is damaged, or too heavy to be read. Print it into a new PDF, or take only the "+
		"article out of it", n+1)
}

// pageLines reads the lines of a page in the order of the file. most is how many characters may come of it.
func pageLines(in pdfium.Pdfium, doc references.FPDF_DOCUMENT, n, most int) ([]pdfLine, int, error) {
	page, err := in.FPDF_LoadPage(&requests.FPDF_LoadPage{Document: doc, Index: n})
	if err != nil {
		return nil, 0, pageUnread(n)
	}
	defer in.FPDF_ClosePage(&requests.FPDF_ClosePage{Page: page.Page}) //nolint:errcheck // the instance ends soon
	words, err := in.FPDFText_LoadPage(&requests.FPDFText_LoadPage{Page: requests.Page{ByReference: &page.Page}})
	if err != nil {
		return nil, 0, pageUnread(n)
	}
	defer in.FPDFText_ClosePage(&requests.FPDFText_ClosePage{TextPage: words.TextPage}) //nolint:errcheck // as above
	count, err := in.FPDFText_CountChars(&requests.FPDFText_CountChars{TextPage: words.TextPage})
	if err != nil {
		return nil, 0, err
	}
	if count.Count > most {
		return nil, count.Count, errPDFLong
	}
	var lines []pdfLine
	var now []pdfGlyph
	for i := range count.Count {
		g, err := glyphAt(in, words.TextPage, i)
		if err != nil {
			return nil, count.Count, err
		}
		switch {
		case g.r == '\n':
			lines, now = appendLine(lines, now, n+1), nil
		case g.r == '\x02' || g.r == '\uFFFE': // so PDFium marks the hyphen at a line's end, and gives no line end
			g.r = '\x02'
			lines, now = appendLine(lines, append(now, g), n+1), nil
		case g.r != 0 && !unicode.IsControl(g.r):
			now = append(now, g)
		}
	}
	lines = appendLine(lines, now, n+1)
	if size, err := in.FPDF_GetPageSizeByIndex(&requests.FPDF_GetPageSizeByIndex{Document: doc, Index: n}); err == nil {
		for i, l := range lines {
			lines[i].edge = l.y < pdfEdge*size.Height || l.y > (1-pdfEdge)*size.Height
		}
	}
	return lines, count.Count, nil
}

// shows says whether anything is drawn on a page: one without words that shows something is a picture of a page.
func shows(in pdfium.Pdfium, doc references.FPDF_DOCUMENT, n int) bool {
	page, err := in.FPDF_LoadPage(&requests.FPDF_LoadPage{Document: doc, Index: n})
	if err != nil {
		return false
	}
	defer in.FPDF_ClosePage(&requests.FPDF_ClosePage{Page: page.Page}) //nolint:errcheck // the instance ends soon
	c, err := in.FPDFPage_CountObjects(&requests.FPDFPage_CountObjects{Page: requests.Page{ByReference: &page.Page}})
	return err == nil && c.Count > 0
}

func glyphAt(in pdfium.Pdfium, page references.FPDF_TEXTPAGE, i int) (pdfGlyph, error) {
	u, err := in.FPDFText_GetUnicode(&requests.FPDFText_GetUnicode{TextPage: page, Index: i})
	if err != nil {
		return pdfGlyph{}, err
	}
	g := pdfGlyph{r: rune(u.Unicode)}
	if o, err := in.FPDFText_GetCharOrigin(&requests.FPDFText_GetCharOrigin{TextPage: page, Index: i}); err == nil {
		g.x, g.y = o.X, o.Y
	}
	box, err := in.FPDFText_GetLooseCharBox(&requests.FPDFText_GetLooseCharBox{TextPage: page, Index: i})
	if err != nil { // spaces that PDFium made have none
		g.left, g.right = g.x, g.x
		return g, nil
	}
	g.left, g.right = float64(box.Rect.Left), float64(box.Rect.Right)
	size, err := in.FPDFText_GetFontSize(&requests.FPDFText_GetFontSize{TextPage: page, Index: i})
	if err != nil {
		return pdfGlyph{}, err
	}
	g.size = size.FontSize
	if m, err := in.FPDFText_GetMatrix(&requests.FPDFText_GetMatrix{TextPage: page, Index: i}); err == nil {
		g.size *= math.Hypot(float64(m.Matrix.C), float64(m.Matrix.D))
	}
	return g, nil
}

// appendLine adds a line, measured. One of spaces only is none.
func appendLine(lines []pdfLine, glyphs []pdfGlyph, page int) []pdfLine {
	l := pdfLine{glyphs: glyphs, page: page}
	seen, sizes := 0, map[float64]int{}
	for _, g := range glyphs {
		if unicode.IsSpace(g.r) || unicode.Is(unicode.Mn, g.r) {
			continue
		}
		if seen++; seen == 1 {
			l.left, l.right = g.left, g.right
		}
		l.left, l.right = min(l.left, g.left), max(l.right, g.right)
		sizes[math.Round(g.size*4)/4]++
	}
	l.size, l.y = most(sizes), baseline(glyphs)
	if seen == 0 {
		return lines
	}
	return append(lines, l)
}

// most is the value that is counted most often, the smaller of two.
func most(count map[float64]int) float64 {
	best := 0.0
	for v, n := range count {
		if n > count[best] || n == count[best] && v < best {
			best = v
		}
	}
	return best
}

// none says whether a glyph has no box.
func (g pdfGlyph) none() bool { return g.right <= g.left }
