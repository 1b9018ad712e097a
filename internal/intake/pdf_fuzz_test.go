package intake

import (
	"bytes"
	"testing"
	"unicode/utf8"

	"claimbench/internal/fault"
)

// fuzzReader gives any bytes to a reader by its ending: it makes a document whose parts lie in its text, in order, or
// it says for people why not.
func fuzzReader(f *testing.F, ending string, seeds ...[]byte) {
	f.Helper()
	for _, s := range seeds {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		d, err := Read(File{Name: "a" + ending, Body: bytes.NewReader(raw)})
		if kind := fault.KindOf(err); err != nil {
			if kind != fault.Invalid && kind != fault.TooLarge || fault.Message(err) == "" {
				t.Errorf("%v: %v", kind, err)
			}
			return
		}
		if !utf8.ValidString(d.Text) || len(d.LeftOut) > leftPieces {
			t.Errorf("%q, %d left out", d.Text, len(d.LeftOut))
		}
		last := 0
		for _, p := range d.Parts {
			if p.Start < last || p.End <= p.Start || p.End > len(d.Text) || p.From > p.Until && ending != ".srt" &&
				ending != ".vtt" {
				t.Errorf("part %+v of %q", p, d.Text)
			}
			last = p.End
		}
		if page, _, ok := PageOf(d, d.Text[:min(len(d.Text), 200)]); ok && ending == ".pdf" && page < 1 {
			t.Errorf("found on page %d", page)
		}
	})
}

func FuzzPDF(f *testing.F) {
	fuzzReader(f, ".pdf", pdfPagesOf(shownAt(100, 700, "One line of it,", "and two."), shownAt(100, 700, "The next "+
		"page.")), []byte("%PDF-1.7"))
}

func FuzzDOCX(f *testing.F) {
	fuzzReader(f, ".docx", docx(f, p("Words.")+"<w:tbl><w:tr><w:tc>"+p("a")+"</w:tc></w:tr></w:tbl>"))
}

// FuzzDOCXText: the text of a Word document, inside its ZIP.
func FuzzDOCXText(f *testing.F) {
	for _, s := range []string{p("Words."), "<w:tbl><w:tr><w:tc>" + p("a") + "</w:tc></w:tr></w:tbl>",
		"<w:del><w:p/></w:del>", "<w:tc/>",
		"<w:p><w:p><w:txbxContent><w:tr/></w:txbxContent></w:p></w:p>"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, body string) {
		if _, err := Read(File{Name: "a.docx", Body: bytes.NewReader(docx(t, body))}); err != nil &&
			fault.KindOf(err) != fault.Invalid {
			t.Error(err)
		}
	})
}

// FuzzODTText: the text of an OpenDocument, inside its ZIP.
func FuzzODTText(f *testing.F) {
	for _, s := range []string{"<text:p>a</text:p>",
		"<table:table-row><table:table-cell><text:p>a</text:p></table:table-cell></table:table-row>",
		"<office:annotation><text:p/></office:annotation>", "<text:list><text:p/></text:list>"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, body string) {
		if _, err := Read(File{Name: "a.odt", Body: bytes.NewReader(odt(t, "", body))}); err != nil &&
			fault.KindOf(err) != fault.Invalid {
			t.Error(err)
		}
	})
}

func FuzzMail(f *testing.F) {
	fuzzReader(f, ".eml", []byte(mailHead+"\r\nWords.\r\n"), lines(mailHead+"Content-Type: multipart/mixed; "+
		"boundary=b", "", "--b",
		"Content-Type: text/html", "", "<p>a", "--b", "Content-Type: message/rfc822", "", "From: a@b.example", "",
		"x", "--b--"))
}

func FuzzSubtitles(f *testing.F) {
	fuzzReader(f, ".vtt", []byte("WEBVTT\n\n00:01.000 --> 00:02.000\n<v A>- One\n- Two.\n"),
		[]byte("1\n00:00:01,000 --> 00:00:02,000\n{\\an8}<i>a</i>\n"))
}
