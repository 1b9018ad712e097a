package intake

import (
	"bytes"
	"compress/zlib"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"testing"
	"time"

	"claimbench/internal/fault"
)

// pdfOf writes a PDF of objects, the first of which is its catalog.
func pdfOf(trailer string, objects ...string) []byte {
	var b bytes.Buffer
	b.WriteString("%PDF-1.4\n")
	at := make([]int, len(objects))
	for i, o := range objects {
		at[i] = b.Len()
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	xref := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(objects)+1)
	for _, n := range at {
		fmt.Fprintf(&b, "%010d 00000 n \n", n)
	}
	fmt.Fprintf(&b, "trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n", len(objects)+1, trailer, xref)
	return b.Bytes()
}

// pdfPagesOf writes a PDF with a page for each content.
func pdfPagesOf(contents ...string) []byte {
	objects := []string{"<< /Type /Catalog /Pages 2 0 R >>", "", "<< /Type /Font /Subtype /Type1 /BaseFont " +
		"/Helvetica >>"}
	var kids strings.Builder
	for _, c := range contents {
		n := len(objects) + 1
		fmt.Fprintf(&kids, "%d 0 R ", n)
		objects = append(objects, fmt.Sprintf("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents %d 0 R "+
			"/Resources << /Font << /F 3 0 R >> >> >>", n+1), fmt.Sprintf("<< /Length %d >>\nstream\n%s\nendstream",
			len(c), c))
	}
	objects[1] = fmt.Sprintf("<< /Type /Pages /Count %d /Kids [%s] >>", len(contents), kids.String())
	return pdfOf("", objects...)
}

// shownAt writes lines of 12 points, one under the other.
func shownAt(x, y int, lines ...string) string {
	var b strings.Builder
	for i, l := range lines {
		fmt.Fprintf(&b, "BT /F 12 Tf %d %d Td (%s) Tj ET\n", x, y-14*i, l)
	}
	return b.String()
}

// TestPDFPages: a paragraph that goes over a page's end is one, and each half of it is on its page; what stands at the
// head and foot of the pages is listed, not read.
func TestPDFPages(t *testing.T) {
	t.Parallel()
	var pages []string
	for n := 1; n <= 4; n++ {
		pages = append(pages, shownAt(100, 770, fmt.Sprintf("The Weekly %d", 20+n))+
			shownAt(100, 700, "The ministry counted its files again and it found that there were", "more of them "+
				"than it "+fmt.Sprint("had said ", n, " days before, which is a num-"),
				"ber that it did not explain to anybody at that time, and the paper")+
			shownAt(280, 40, fmt.Sprintf("- %d -", n)))
	}
	d := taken(t, "a.pdf", pdfPagesOf(pages...))
	wantSame(t, "heads", leftOut(d, LeftRepeated), []string{"The Weekly 21", "- 1 -"})
	if len(d.Parts) != 4 || strings.Contains(d.Text, "\n") || !strings.Contains(d.Text, "a number that it did not") {
		t.Fatalf("%d parts of %q", len(d.Parts), d.Text)
	}
	for i, p := range d.Parts {
		if p.Page != i+1 {
			t.Errorf("part %d is on page %d", i, p.Page)
		}
		said := fmt.Sprintf("had said %d days before", i+1)
		if page, exact, ok := PageOf(d, said); !ok || !exact || page != i+1 {
			t.Errorf("%q is on page %d, %v, %v", said, page, exact, ok)
		}
	}
	if page, exact, ok := PageOf(d, "than it had sayd 3 days befor, which is a number"); !ok || exact || page != 3 {
		t.Errorf("a quotation with two faults: page %d, %v, %v", page, exact, ok)
	}
	for _, q := range []string{"", "of", "The president denied all of it on Thursday", strings.Repeat("a", 6000)} {
		if page, _, ok := PageOf(d, q); ok {
			t.Errorf("%.40q was found on page %d", q, page)
		}
	}
}

// TestPDFParagraphs: paragraphs are told by size, gap, indent and a short last line; a hyphen that the word has stays.
func TestPDFParagraphs(t *testing.T) {
	t.Parallel()
	d := taken(t, "a.pdf", pdfPagesOf("BT /F 20 Tf 100 760 Td (A long headline of the) Tj ET BT /F 20 Tf 100 736 Td "+
		"(front page) Tj ET\n"+
		shownAt(100, 700, "The first paragraph has two lines, and it ends", "with a short one.")+
		shownAt(112, 672, "The second one begins further in, as books do,")+shownAt(100, 658, "and goes on here for "+
		"a while, well-", "known as it is in well-known books.")+
		shownAt(100, 610, "After a gap there is a third.")))
	wantSame(t, "paragraphs", partsOf(d), []string{"h1: A long headline of the front page",
		"p: The first paragraph has two lines, and it ends with a short one.",
		"p: The second one begins further in, as books do, and goes on here for a while, well-known as it is in " +
			"well-known books.",
		"p: After a gap there is a third."})
}

func TestPDFBrokenXref(t *testing.T) {
	t.Parallel()
	raw := pdfPagesOf(shownAt(100, 700, "It can be read all the same."))
	raw = bytes.Replace(raw, []byte("startxref\n"), []byte("startxref\n9"), 1)
	if d := taken(t, "a.pdf", raw); d.Text != "It can be read all the same." || d.Parts[0].Page != 1 {
		t.Errorf("%+v", d)
	}
}

// TestPDFPagesWithoutWords: of a PDF that has some pages as pictures only, it is told which; blank ones are none.
func TestPDFPagesWithoutWords(t *testing.T) {
	t.Parallel()
	words, picture, blank := shownAt(100, 700, "It can be read."), "0 0 m 9 9 l S", ""
	for name, c := range map[string]struct {
		pages []string
		says  string
	}{
		"one":     {[]string{words, picture, blank}, "Page 2 of 3 has no text layer"},
		"several": {[]string{picture, words, picture, picture, words}, "Pages 1, 3–4 of 5 have no text layer"},
		"none":    {[]string{words, blank}, ""},
	} {
		notes := strings.Join(taken(t, "a.pdf", pdfPagesOf(c.pages...)).Notes, " ")
		if !strings.Contains(notes, c.says) || c.says == "" && strings.Contains(notes, "text layer") {
			t.Errorf("%s: %q, want %q", name, notes, c.says)
		}
	}
}

func TestPDFRefuses(t *testing.T) {
	t.Parallel()
	key := strings.Repeat("41", 32)
	locked := pdfOf("/Encrypt 3 0 R /ID [<41><41>]", "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Count 0 "+
		"/Kids [] >>",
		"<< /Filter /Standard /V 1 /R 2 /O <"+key+"> /U <"+key+"> /P -4 >>")
	whole := pdfPagesOf(shownAt(100, 700, "Words."))
	for name, c := range map[string]struct {
		raw  []byte
		says string
	}{
		"garbage": {[]byte("words"), "damaged, or no PDF"},
		"half":    {whole[:len(whole)/4], "damaged, or no PDF"},
		"HTML":    {[]byte("<html>"), "it is a page (HTML)"},
		"locked":  {locked, "has a password"},
		"scanned": {pdfPagesOf("q 100 0 0 100 0 0 cm Q", "0 0 m 9 9 l S"), "no text layer; run OCR, for example " +
			"tesseract"},
		"no pages": {pdfOf("", "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Count 0 /Kids [] >>"), "damaged"},
		"5,000 pages": {pdfOf("", "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Count 5000 /Kids "+
			"["+strings.Repeat("3 0 R ", 5000)+
			"] >>", "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>"), "it has 5000 pages; at most 1500 are read"},
	} {
		_, err := Read(File{Name: "a.pdf", Body: bytes.NewReader(c.raw)})
		if fault.KindOf(err) != fault.Invalid || !strings.Contains(fault.Message(err), c.says) {
			t.Errorf("%s: %v, want %q", name, err, c.says)
		}
	}
}

// manyPacked is a PDF whose n objects lie in one packed stream (PDF 1.7, 7.5.7), told by a packed table (7.5.8): a
// small file that grows to very much.
func manyPacked(t *testing.T, n int) []byte {
	t.Helper()
	squeeze := func(raw []byte) string {
		var b bytes.Buffer
		w := zlib.NewWriter(&b)
		_, err := w.Write(raw)
		if err = errors.Join(err, w.Close()); err != nil {
			t.Fatal(err)
		}
		return b.String()
	}
	const first = 6 // the number of the first of them
	var head, table bytes.Buffer
	for i := range n {
		fmt.Fprintf(&head, "%d %d ", first+i, 3*i)
	}
	body := append(head.Bytes(), bytes.Repeat([]byte("[] "), n)...)
	out := "%PDF-1.7\n"
	row := func(kind byte, at, of int) {
		table.Write([]byte{kind, byte(at >> 24), byte(at >> 16), byte(at >> 8), byte(at), byte(of >> 16), byte(of >> 8),
			byte(of)})
	}
	row(0, 0, 0)
	for i, o := range []string{"<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
		"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Annots 6 0 R >>"} {
		row(1, len(out), 0)
		out += fmt.Sprintf("%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	packed := squeeze(body)
	row(1, len(out), 0)
	out += fmt.Sprintf("4 0 obj\n<< /Type /ObjStm /N %d /First %d /Filter /FlateDecode /Length %d >>\nstream\n%s\n"+
		"endstream\nendobj\n", n, head.Len(), len(packed), packed)
	row(1, len(out), 0)
	for i := range n {
		row(2, 4, i)
	}
	packed = squeeze(table.Bytes())
	start := len(out)
	return fmt.Appendf(nil, "%s5 0 obj\n<< /Type /XRef /Size %d /W [1 4 3] /Root 1 0 R /Filter /FlateDecode "+
		"/Length %d >>\nstream\n%s\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n", out, first+n,
		len(packed), packed, start)
}

// TestPDFBombs: what is made to cost much ends in the time and memory that one reading has.
func TestPDFBombs(t *testing.T) {
	objects := []string{"<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
		"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>"}
	for range 600_000 {
		objects = append(objects, "0")
	}
	var packed bytes.Buffer
	w, err := zlib.NewWriterLevel(&packed, zlib.BestSpeed)
	if err != nil {
		t.Fatal(err)
	}
	for range 256 {
		if _, err := w.Write(bytes.Repeat([]byte(" "), 1<<20)); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	stream := pdfOf("", "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
		"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R >>",
		fmt.Sprintf("<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream", packed.Len(), packed.String()))
	deep := pdfPagesOf(strings.Repeat("[", 1<<20))
	taken(t, "a.pdf", pdfPagesOf(shownAt(100, 700, "The engine runs.")))
	for name, raw := range map[string][]byte{"600,000 objects": pdfOf("", objects...),
		"1,000,000 packed objects": manyPacked(t, 1_000_000), "256 MiB of spaces": stream,
		"arrays": deep} {
		took, grew := measured(t, func() error {
			_, err := Read(File{Name: "a.pdf", Size: int64(len(raw)), Body: bytes.NewReader(raw)})
			return err
		})
		grew -= int64(len(raw)) // the file itself, which is held while it is read
		t.Logf("%s: a file of %s took %s, %s", name, MiB(int64(len(raw))), took.Round(time.Millisecond), MiB(grew))
		if took > pdfLong+pdfWait || grew > 64<<20 {
			t.Errorf("%s: took %s and %s", name, took, MiB(grew))
		}
		runtime.GC()
	}
	if d := taken(t, "a.pdf", pdfPagesOf(shownAt(100, 700, "The next one is read."))); d.Text != "The next one is "+
		"read." {
		t.Errorf("after them: %q", d.Text)
	}
}

// TestPDFEngineNotReady: whoever waits for the engine no longer than they have is told to send the file again, while it
// goes on being made ready; it is then.
func TestPDFEngineNotReady(t *testing.T) {
	raw := pdfPagesOf(shownAt(100, 700, "It is read."))
	engine.Lock() // as it is while PDFium is compiled
	_, err := Read(File{Name: "a.pdf", Body: bytes.NewReader(raw), Patience: time.Millisecond})
	engine.Unlock()
	if !errors.Is(err, errPDFStarting) || fault.KindOf(err) != fault.Invalid ||
		!strings.Contains(fault.Message(err), "being made ready") {
		t.Errorf("%v", err)
	}
	d, err := Read(File{Name: "a.pdf", Body: bytes.NewReader(raw), Patience: time.Minute})
	if err != nil || d.Text != "It is read." {
		t.Errorf("%q, %v", d.Text, err)
	}
}
