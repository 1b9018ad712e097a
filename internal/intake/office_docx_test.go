package intake

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"io"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"claimbench/internal/fault"
)

const (
	nsW   = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"`
	nsWs  = `xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"`
	nsMC  = ` xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"`
	nsM   = ` xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"`
	xml10 = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>`
)

// zippedFiles makes a ZIP of names and contents, in order.
func zippedFiles(t testing.TB, files ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for i := 0; i < len(files); i += 2 {
		f, err := w.Create(files[i])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(f, files[i+1]); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func docx(t testing.TB, body string, more ...string) []byte {
	t.Helper()
	return zippedFiles(t, append([]string{"[Content_Types].xml", xml10 + "<Types/>", "word/document.xml",
		xml10 + "<w:document " + nsW + nsMC + nsM + "><w:body>" + body + "</w:body></w:document>"}, more...)...)
}

func taken(t testing.TB, name string, raw []byte) Document {
	t.Helper()
	d, err := Read(File{Name: name, Body: bytes.NewReader(raw)})
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	for i, p := range d.Parts {
		if p.Start < 0 || p.End <= p.Start || p.End > len(d.Text) || i > 0 && p.Start < d.Parts[i-1].End {
			t.Fatalf("%s: part %d stands at %d to %d of %d", name, i, p.Start, p.End, len(d.Text))
		}
	}
	return d
}

// partsOf are the parts as "element: words".
func partsOf(d Document) []string {
	var out []string
	for _, p := range d.Parts {
		out = append(out, p.Element+": "+d.Text[p.Start:p.End])
	}
	return out
}

func leftOut(d Document, k LeftOutKind) []string {
	var out []string
	for _, l := range d.LeftOut {
		if l.Kind == k {
			out = append(out, l.Words)
		}
	}
	return out
}

func wantSame(t *testing.T, what string, got, want []string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("%s:\n got %q\nwant %q", what, got, want)
	}
}

func p(words string) string {
	return "<w:p><w:r><w:t xml:space=\"preserve\">" + words + "</w:t></w:r></w:p>"
}

const docxStyleSheet = "<w:styles " + nsW + `>
<w:style w:type="paragraph" w:styleId="a"><w:name w:val="Title"/></w:style>
<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Own"><w:name w:val="My head"/><w:basedOn w:val="1"/></w:style>
<w:style w:type="paragraph" w:styleId="Deep"><w:name w:val="x"/><w:pPr><w:outlineLvl w:val="2"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="TM1"><w:name w:val="toc 1"/></w:style>
<w:style w:type="paragraph" w:styleId="Bul"><w:name w:val="List Bullet"/><w:pPr><w:numPr><w:numId w:val="3"/>
</w:numPr></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="o"><w:name w:val="o"/><w:basedOn w:val="oo"/></w:style>
<w:style w:type="paragraph" w:styleId="oo"><w:name w:val="oo"/><w:basedOn w:val="o"/></w:style></w:styles>`

func TestDOCXParagraphs(t *testing.T) {
	t.Parallel()
	styled := func(id, words string) string {
		return `<w:p><w:pPr><w:pStyle w:val="` + id + `"/></w:pPr><w:r><w:t>` + words + "</w:t></w:r></w:p>"
	}
	d := taken(t, "a.docx", docx(t, styled("a", "Nine gigabytes")+styled("TM1", "Contents 1")+styled("1",
		"What happened")+
		styled("Own", "Own head")+styled("Deep", "Third")+styled("o", "In a circle")+
		`<w:p><w:pPr><w:tabs><w:tab w:val="left"/></w:tabs></w:pPr><w:r><w:t xml:space="preserve">One </w:t></w:r>`+
		`<w:r><w:rPr><w:b/></w:rPr><w:t>bold</w:t><w:tab/><w:t>and</w:t><w:br/><w:t>next</w:t><w:br w:type="page"/>`+
		`<w:t>page</w:t><w:noBreakHyphen/><w:softHyphen/><w:t>9</w:t></w:r></w:p>`+
		styled("Bul", "first point")+`<w:p><w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr><w:r><w:t>`+
		`second</w:t></w:r></w:p>`+
		`<w:p/>`+
		`<w:p><w:pPr><w:bidi/></w:pPr><w:r><w:rPr><w:rtl/></w:rPr><w:t>حدود ۹ گیگابایت داده می‌گوید</w:t></w:r></w:p>`+
		`<w:p><w:hyperlink><w:r><w:t>linked</w:t></w:r></w:hyperlink><w:r><w:instrText>HYPERLINK "x"</w:instrText>`+
		`</w:r>`+
		`<w:ruby><w:rt><w:r><w:t>かんじ</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>漢字</w:t></w:r></w:rubyBase></w:ruby>`+
		`<m:oMath><m:r><m:t>2+2</m:t></m:r></m:oMath></w:p>`,
		"word/styles.xml", docxStyleSheet))
	wantSame(t, "paragraphs", partsOf(d), []string{"h1: Nine gigabytes", "h1: What happened", "h1: Own head",
		"h3: Third",
		"p: In a circle", "p: One bold\tand\nnext page\u20119", "li: first point", "li: second",
		"p: حدود ۹ گیگابایت داده می\u200cگوید", "p: linked漢字2+2"})
	if d.Title != "Nine gigabytes" || !strings.Contains(d.Text, "li"[:0]+"first point\nsecond\n\n") {
		t.Errorf("title %q, text %q", d.Title, d.Text)
	}
	wantSame(t, "menu", leftOut(d, LeftMenu), []string{"Contents 1"})
	if d.Published != "" || d.PublishedAt != "" || d.Reader != "docx" {
		t.Errorf("%+v", d)
	}
}

func TestDOCXTablesBoxesAndNotes(t *testing.T) {
	t.Parallel()
	cell := func(in string) string { return "<w:tc>" + in + "</w:tc>" }
	box := "<w:txbxContent>" + p("in the box") + p("and below") + "</w:txbxContent>"
	d := taken(t, "a.docx", docx(t, "<w:tbl><w:tr>"+cell(p("State"))+cell(p("Votes"))+"</w:tr>"+
		"<w:tr>"+cell(p("North")+p("and South"))+cell("<w:tbl><w:tr>"+cell(p("1"))+cell(p(
		"2"))+"</w:tr></w:tbl>")+"</w:tr>"+
		`<w:tr><w:trPr><w:del w:id="1"/></w:trPr>`+cell(p("gone row"))+"</w:tr></w:tbl>"+
		"<w:p><w:r><w:t>Around</w:t></w:r><w:r><mc:AlternateContent><mc:Choice>"+box+"</mc:Choice><mc:Fallback>"+box+
		`</mc:Fallback></mc:AlternateContent></w:r><w:r><w:t xml:space="preserve"> it</w:t><w:footnoteReference `+
		`w:id="2"/></w:r></w:p>`,
		"word/footnotes.xml", "<w:footnotes "+nsW+`><w:footnote w:type="separator" w:id="0">`+p("----")+
			`</w:footnote><w:footnote w:id="2">`+p("As the ministry said.")+"</w:footnote></w:footnotes>",
		"word/comments.xml", "<w:comments "+nsW+`><w:comment w:author="x">`+p("Is it so?")+"</w:comment></w:comments>",
		"word/header1.xml", "<w:hdr "+nsW+">"+p("Draft")+"</w:hdr>"))
	wantSame(t, "paragraphs", partsOf(d), []string{"tr: State\tVotes", "tr: North and South\t1 2", "p: Around it",
		"p: in the box", "p: and below", "note: As the ministry said."})
	wantSame(t, "comments", leftOut(d, LeftComment), []string{"Is it so?"})
	wantSame(t, "heads", leftOut(d, LeftRepeated), []string{"Draft"})
	wantSame(t, "deleted", leftOut(d, LeftDeleted), []string{"gone row"})
	if !strings.HasPrefix(d.Text, "State\tVotes\nNorth and South\t1 2\n\nAround it") {
		t.Errorf("%q", d.Text)
	}
}

// TestDOCXTrackedChanges: what was put in stands in the text, what was taken out does not, and is listed.
func TestDOCXTrackedChanges(t *testing.T) {
	t.Parallel()
	d := taken(t, "a.docx", docx(t, `<w:p><w:pPr><w:rPr><w:del w:id="9"/></w:rPr><w:pPrChange><w:pPr><w:pStyle `+
		`w:val="1"/>`+
		`</w:pPr></w:pPrChange></w:pPr><w:r><w:t xml:space="preserve">It lost </w:t></w:r><w:del w:id="1"><w:r>`+
		`<w:delText>nine`+
		`</w:delText></w:r></w:del><w:ins w:id="2"><w:r><w:t>four</w:t></w:r></w:ins></w:p>`+
		`<w:p><w:r><w:t xml:space="preserve"> gigabytes.</w:t></w:r><w:moveFrom w:id="3"><w:r><w:t>Moved.</w:t></w:r>`+
		`</w:moveFrom></w:p><w:p><w:moveTo w:id="4"><w:r><w:t>Moved.</w:t></w:r></w:moveTo><w:r><w:rPr><w:vanish/>`+
		`</w:rPr>`+
		`<w:t>not seen</w:t></w:r><w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t xml:space="preserve"> Seen.</w:t>`+
		`</w:r></w:p>`+
		`<w:del w:id="5"><w:p><w:r><w:delText>A paragraph.</w:delText></w:r></w:p></w:del>`,
		"word/styles.xml", docxStyleSheet))
	wantSame(t, "paragraphs", partsOf(d), []string{"p: It lost four gigabytes.", "p: Moved. Seen."})
	wantSame(t, "deleted", leftOut(d, LeftDeleted), []string{"nine", "A paragraph."})
	wantSame(t, "hidden", leftOut(d, LeftHidden), []string{"not seen"})
}

func TestDOCXProperties(t *testing.T) {
	t.Parallel()
	core := func(in string) string {
		return `<cp:coreProperties xmlns:cp="c" xmlns:dc="d" xmlns:dcterms="t">` + in + "</cp:coreProperties>"
	}
	d := taken(t, "a.docx", docx(t, p("Words."), "docProps/core.xml", core("<dc:title> The\nleak </dc:title>"+
		"<dc:creator>مریم رضایی; Jean Dupont;Microsoft Office User</dc:creator><dc:language>fa-IR</dc:language>"+
		"<dcterms:created>2017-05-05T20:30:00Z</dcterms:created>"+
		"<dcterms:modified>2017-05-06T10:00:00+03:30</dcterms:modified>"),
		"word/vbaProject.bin", "x"))
	if d.Title != "The leak" || d.Byline != "مریم رضایی, Jean Dupont" || len(d.Authors) != 2 || d.Lang != "fa-IR" ||
		d.ChangedAt != "2017-05-06T10:00:00+03:30" || d.Published != "" || d.PublishedAt != "" {
		t.Errorf("%+v", d)
	}
	if len(d.Notes) != 2 || !strings.Contains(d.Notes[0], "2017-05-05") || d.Notes[1] != noteMacros {
		t.Errorf("%q", d.Notes)
	}
	d = taken(t, "a.docx", docx(t, p("Words."), "docProps/core.xml", core("<dc:title>Microsoft Word - a.doc</dc:title>"+
		"<dc:language>x y</dc:language><dcterms:modified>1601-01-01T00:00:00Z</dcterms:modified>"+
		"<dcterms:created>soon</dcterms:created>")))
	if d.Title != "" || d.Byline != "" || d.Lang != "" || d.ChangedAt != "" || len(d.Notes) != 0 {
		t.Errorf("%+v", d)
	}
}

// TestDOCXOfOtherPrograms: the text may lie elsewhere, in the strict form, in UTF-16, under other prefixes.
func TestDOCXOfOtherPrograms(t *testing.T) {
	t.Parallel()
	other := `<x:document xmlns:x="http://purl.oclc.org/ooxml/wordprocessingml/main"><x:body><x:p><x:r><x:t>Strict.` +
		`</x:t></x:r></x:p></x:body></x:document>`
	rels := `<Relationships><Relationship ` +
		`Type="http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument" ` +
		`Target="/word/document2.xml"/></Relationships>`
	if d := taken(t, "a.docx", zippedFiles(t, "_rels/.rels", rels, "word/document2.xml", other)); d.Text != "Strict." {
		t.Errorf("%q", d.Text)
	}
	var wide bytes.Buffer
	for _, r := range "\ufeff" + `<?xml version="1.0" encoding="UTF-16"?>` + strings.ReplaceAll(other, "Strict", "広い") {
		wide.Write([]byte{byte(r), byte(r >> 8)})
	}
	if d := taken(t, "a.docx", zippedFiles(t, "_rels/.rels", rels, "word/document2.xml",
		wide.String())); d.Text != "広い." {
		t.Errorf("%q", d.Text)
	}
}

func TestDOCXRefuses(t *testing.T) {
	t.Parallel()
	whole := docx(t, p("Words."))
	deep := strings.Repeat("<w:sdt>", officeDepth+1)
	for name, c := range map[string]struct {
		raw  []byte
		says string
	}{
		"garbage":    {[]byte("words"), "damaged"},
		"cut":        {whole[:len(whole)-30], "damaged"},
		"old format": {[]byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 and so on"), "an old Office file"},
		"other zip":  {zippedFiles(t, "a.txt", "a"), "no Word document"},
		"a table":    {zippedFiles(t, "xl/workbook.xml", "<a/>", "word/document.xml", "<a/>"), "a table or slides"},
		"not XML":    {docx(t, "<w:p>"), "damaged"},
		"an entity": {zippedFiles(t, "word/document.xml", `<!DOCTYPE a [<!ENTITY a "b">]><w:document `+
			``+nsW+"><w:p><w:r><w:t>&a;"+
			"</w:t></w:r></w:p></w:document>"), "damaged"},
		"deep":     {docx(t, deep), "too deep"},
		"too long": {docx(t, strings.Repeat(p(strings.Repeat("word ", 2000)), 1100)), "more than 5 MiB"},
		"long gone": {docx(t, "<w:del>"+strings.Repeat(p(strings.Repeat("word ", 2000)), 1100)+"</w:del>"),
			"more than 5 MiB"},
	} {
		_, err := Read(File{Name: "a.docx", Body: bytes.NewReader(c.raw)})
		if fault.KindOf(err) != fault.Invalid || !strings.Contains(fault.Message(err), c.says) {
			t.Errorf("%s: %v, want %q", name, err, c.says)
		}
	}
}

// bomb is a ZIP with one entry that begins so and then repeats itself to 1 GiB: again is packed once.
func bomb(t *testing.T, name, begin, again string) []byte {
	t.Helper()
	packed := func(s string) []byte {
		var b bytes.Buffer
		w, err := flate.NewWriter(&b, flate.BestSpeed)
		if err == nil {
			_, err = io.WriteString(w, s)
		}
		if err == nil {
			err = w.Flush()
		}
		if err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	}
	times := 1 << 30 / len(again)
	body := append(packed(begin), bytes.Repeat(packed(again), times)...)
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	w, err := z.CreateRaw(&zip.FileHeader{Name: name, Method: zip.Deflate, CompressedSize64: uint64(len(body)),
		UncompressedSize64: uint64(len(begin) + times*len(again))})
	if err == nil {
		_, err = w.Write(body)
	}
	if err == nil {
		err = z.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestOfficeBombs: a document.xml of 1 GiB in a file of few, all space, one word, or elements, ends soon and in little
// memory; so does a ZIP of very many entries.
func TestOfficeBombs(t *testing.T) {
	for name, c := range map[string]struct{ begin, again string }{
		"space":      {"<w:document " + nsW + ">", strings.Repeat(" ", 1<<20)},
		"one word":   {"<w:document " + nsW + "><w:p><w:r><w:t>", strings.Repeat("a", 1<<20)},
		"elements":   {"<w:document " + nsW + ">", strings.Repeat("<w:p/>", 1<<17)},
		"a comment":  {"<w:document " + nsW + "><!--", strings.Repeat("a", 1<<20)},
		"attributes": {"<w:document " + nsW + "><w:p ", strings.Repeat(`a="b" `, 1<<17)},
	} {
		raw := bomb(t, "word/document.xml", c.begin, c.again)
		took, grew := measured(t, func() error {
			_, err := Read(File{Name: "a.docx", Body: bytes.NewReader(raw)})
			if err != nil && !strings.Contains(fault.Message(err), "far too large") {
				t.Errorf("%s: %v", name, err)
			}
			return err
		})
		t.Logf("%s: a file of %s took %s, %s", name, MiB(int64(len(raw))), took.Round(time.Millisecond), MiB(grew))
		if grew > 64<<20 || took > time.Minute {
			t.Errorf("%s: took %s and %s", name, took, MiB(grew))
		}
	}
	many := bytes.Repeat([]byte("PK\x01\x02"), officeEntries+1)
	if _, err := readDOCX(many); err == nil || !strings.Contains(err.Error(), "more than 10000 files") {
		t.Errorf("many entries: %v", err)
	}
}

// measured runs do, which must fail, and says how long it took and how far the heap grew meanwhile, at most.
func measured(t *testing.T, do func() error) (took time.Duration, grew int64) {
	t.Helper()
	runtime.GC()
	var before runtime.MemStats
	runtime.ReadMemStats(&before)
	stop, most := make(chan bool), make(chan uint64)
	go func() {
		var now runtime.MemStats
		var top uint64
		for tick := time.NewTicker(5 * time.Millisecond); ; {
			select {
			case <-stop:
				most <- top
				return
			case <-tick.C:
				runtime.ReadMemStats(&now)
				top = max(top, now.HeapAlloc)
			}
		}
	}()
	start := time.Now()
	err := do()
	took = time.Since(start)
	stop <- true
	if err == nil {
		t.Error("it was read")
	}
	return took, int64(<-most) - int64(before.HeapAlloc)
}
