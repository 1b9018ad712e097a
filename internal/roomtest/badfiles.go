package roomtest

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"strings"
)

// BadFile is a file that people bring and that is not what it seems. Refused are words of its refusal; of one that is
// read, Says are words that a person is told of it, and Lacks is what may not stand in its text.
type BadFile struct {
	What, Name           string
	Raw                  []byte
	Refused, Says, Lacks string
}

// BadFiles are those that every door must meet.
func BadFiles() []BadFile {
	page := "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>"
	key := strings.Repeat("41", 32)
	words := pdfWith("", "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Count 1 /Kids [4 0 R] >>",
		"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>", "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 "+
			"800] "+
			"/Contents 5 0 R /Resources << /Font << /F 3 0 R >> >> >>",
		"<< /Length 54 >>\nstream\nBT /F 12 Tf 100 700 Td (The engine runs again.) Tj ET   \nendstream")
	return []BadFile{
		{What: "a .txt that is a PNG", Name: "notes.txt", Raw: []byte("\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR"),
			Refused: "is named .txt, but it is a PNG picture"},
		{What: "an encrypted PDF", Name: "locked.pdf", Refused: "has a password",
			Raw: pdfWith("/Encrypt 3 0 R /ID [<41><41>]", "<< /Type /Catalog /Pages 2 0 R >>",
				"<< /Type /Pages /Count 0 "+
					"/Kids [] >>", "<< /Filter /Standard /V 1 /R 2 /O <"+key+"> /U <"+key+"> /P -4 >>")},
		{What: "a scanned PDF", Name: "scan.pdf", Refused: "no text layer; run OCR, for example tesseract, and " +
			"upload the " +
			"result", Raw: pdfWith("", "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
			page)},
		{What: "a PDF of 5,000 pages", Name: "long.pdf", Refused: "it has 5000 pages; at most 1500 are read",
			Raw: pdfWith("", "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Count 5000 /Kids ["+
				strings.Repeat("3 0 R ", 5000)+"] >>", page)},
		{What: "a PDF cut off in its middle", Name: "cut.pdf", Raw: words[:len(words)/4],
			Refused: "damaged, or no PDF"},
		{What: "a PDF whose table of objects lies", Name: "xref.pdf", Says: "The engine runs again",
			Raw: bytes.Replace(words, []byte("0000000009"), []byte("0000099999"), 1)},
		{What: "a DOCX with macros", Name: "macro.docm", Says: "macros. They were not run",
			Raw: docxWith("<w:p><w:r><w:t>The minutes say so.</w:t></w:r></w:p>", "word/vbaProject.bin",
				"Sub AutoOpen()"),
			Lacks: "AutoOpen"},
		{What: "a DOCX with tracked deletions", Name: "tracked.docx", Says: "The vote was open.", Lacks: "secret",
			Raw: docxWith(`<w:p><w:r><w:t xml:space="preserve">The vote was </w:t></w:r><w:del w:id="1" w:author="A">` +
				`<w:r><w:delText>secret</w:delText></w:r></w:del><w:r><w:t>open.</w:t></w:r></w:p>`)},
		{What: "a DOCX whose document.xml unpacks to far more than is read", Name: "bomb.docx",
			Refused: "one of its parts is far too large",
			Raw:     docxWith("<w:p><w:r><w:t>" + strings.Repeat("a", 96<<20) + "</w:t></w:r></w:p>")},
		{What: "a page whose charset lies", Name: "lies.html", Says: "قال الوزير", Lacks: "Ù",
			Raw: []byte(`<!doctype html><html lang="ar"><head><meta ` +
				`charset="iso-8859-1"><title>خبر</title></head><body><main>` +
				`<h1>خبر اليوم</h1><p>قال الوزير يوم الثلاثاء إن الوزارة خسرت أربعين مليون يورو في عام ` +
				`واحد.</p></main>`)},
		{What: "a page in two languages", Name: "two.html", Says: "It is in two languages",
			Raw: []byte(`<!doctype html><html lang="en"><title>Two</title><main><h1>Two languages</h1><p>` +
				strings.Repeat(
					"The minister said on Tuesday that the ministry had lost the money in a year. ", 4) + `</p><p>` +
				strings.Repeat(
					"قال الوزير يوم الثلاثاء إن الوزارة خسرت المال كله في عام واحد فقط. ", 5) + `</p></main>`)},
		{What: "a day that has not come", Name: "ahead.html", Says: "2099-05-10", Lacks: "2099",
			Raw: []byte(`<!doctype html><html lang="en"><title>A tram</title><meta property="article:published_time" ` +
				`content="2099-05-10T18:04:00Z"><main><h1>A tram to the station</h1><p>The council voted on Tuesday ` +
				`to build ` +
				`a tram line from the station to the hospital, the mayor said.</p></main>`)},
	}
}

// MailInMail is a mail in a mail in a mail; the words of the innermost are "The third says so."
func MailInMail() []byte {
	inner := "From: c@paper.example\r\nSubject: Third\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nThe third " +
		"says " +
		"so.\r\n"
	for _, name := range []string{"Second", "First"} {
		inner = "From: a@paper.example\r\nSubject: " + name +
			"\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; " +
			"boundary=" + name + "\r\n\r\n--" + name + "\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nThe " +
			strings.ToLower(name) + " says so.\r\n--" + name + "\r\nContent-Type: message/rfc822\r\n\r\n" + inner +
			"\r\n--" +
			name + "--\r\n"
	}
	return []byte(inner)
}

// EndlessFeed is a feed of n items.
func EndlessFeed(n int) []byte {
	var b strings.Builder
	b.WriteString(`<?xml version="1.0"?><rss version="2.0"><channel><title>News</title>`)
	for i := range n {
		fmt.Fprintf(&b, "<item><title>Item %d</title><description>Item %d was told on a day of rain in the town, "+
			"and of "+
			"wind.</description></item>", i, i)
	}
	b.WriteString("</channel></rss>")
	return []byte(b.String())
}

func pdfWith(trailer string, objects ...string) []byte {
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

func docxWith(body string, more ...string) []byte {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	files := append([]string{"[Content_Types].xml", "<?xml version=\"1.0\"?><Types/>", "word/document.xml",
		`<?xml version="1.0"?><w:document ` +
			`xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>` +
			body + "</w:body></w:document>"}, more...)
	for i := 0; i+1 < len(files); i += 2 {
		if w, err := z.Create(files[i]); err == nil { // into memory, which cannot fail
			_, _ = io.WriteString(w, files[i+1])
		}
	}
	_ = z.Close()
	return b.Bytes()
}
