package intake

import (
	"bytes"
	"strings"
	"testing"

	"claimbench/internal/fault"
)

const nsODF = `xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" ` +
	`xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" ` +
	`xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" ` +
	`xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" ` +
	`xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" ` +
	`xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" ` +
	`xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0"`

func odt(t testing.TB, styles, body string, more ...string) []byte {
	t.Helper()
	return zippedFiles(t, append([]string{"mimetype", "application/vnd.oasis.opendocument.text", "content.xml", xml10 +
		"<office:document-content " + nsODF + "><office:automatic-styles>" + styles + "</office:automatic-styles>" +
		"<office:body><office:text>" + body + "</office:text></office:body></office:document-content>"}, more...)...)
}

func TestODTParagraphs(t *testing.T) {
	t.Parallel()
	d := taken(t, "a.odt", odt(t, `<style:style style:name="P1" style:parent-style-name="Title"/>`+
		`<style:style style:name="T1"><style:text-properties text:display="none"/></style:style>`+
		`<style:style style:name="C" style:parent-style-name="C"/>`,
		`<text:p text:style-name="P1">Nine gigabytes</text:p>`+
			`<text:table-of-content><text:index-body><text:p>Contents 1</text:p></text:index-body>`+
			`</text:table-of-content>`+
			`<text:h text:outline-level="2">What happened</text:h>`+
			"<text:p text:style-name=\"C\"> One\n  <text:span>two</text:span>  <text:s "+
			"text:c=\"2\"/>three<text:tab/>four"+
			"<text:line-break/>five<text:soft-page-break/> six</text:p>"+
			`<text:list><text:list-item><text:p>first</text:p></text:list-item><text:list-item><text:p>second</text:p>`+
			`</text:list-item></text:list><text:p>حدود ۹ گیگابایت داده</text:p>`+
			`<text:p>On <text:date>5 May</text:date><text:span text:style-name="T1">not seen</text:span>, said `+
			`<text:ruby><text:ruby-base>漢字</text:ruby-base><text:ruby-text>かんじ</text:ruby-text></text:ruby></text:p>`+
			`<text:section text:display="none"><text:p>Nor this</text:p></text:section>`))
	wantSame(t, "paragraphs", partsOf(d), []string{"h1: Nine gigabytes", "h2: What happened",
		"p: One two   three\tfour\nfive six", "li: first", "li: second", "p: حدود ۹ گیگابایت داده",
		"p: On 5 May, said 漢字"})
	wantSame(t, "menu", leftOut(d, LeftMenu), []string{"Contents 1"})
	wantSame(t, "hidden", leftOut(d, LeftHidden), []string{"not seen", "Nor this"})
	if d.Title != "Nine gigabytes" || d.Reader != "odt" {
		t.Errorf("%+v", d)
	}
}

func TestODTTablesBoxesNotesAndChanges(t *testing.T) {
	t.Parallel()
	cell := func(in string) string { return "<table:table-cell><text:p>" + in + "</text:p></table:table-cell>" }
	d := taken(t, "a.odt", odt(t, "",
		`<text:tracked-changes><text:changed-region><text:deletion><text:p>It was nine.</text:p></text:deletion>`+
			`</text:changed-region><text:changed-region><text:insertion><dc:creator>x</dc:creator></text:insertion>`+
			`</text:changed-region></text:tracked-changes>`+
			"<table:table><table:table-row>"+cell("State")+cell("Votes")+"</table:table-row><table:table-row>"+
			cell("North")+`<table:table-cell table:number-columns-repeated="9999999"/></table:table-row></table:table>`+
			`<text:p>Around<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>As they said.`+
			`</text:p></text:note-body></text:note><draw:frame><draw:text-box><text:p>in the box</text:p>`+
			`</draw:text-box>`+
			`<svg:title>Picture 1</svg:title></draw:frame><office:annotation><dc:creator>x</dc:creator><dc:date>`+
			`2017</dc:date>`+
			`<text:p>Is it so?</text:p></office:annotation> it</text:p>`,
		"styles.xml", `<office:document-styles `+nsODF+`><style:master-page><style:header><text:p>Draft</text:p>`+
			`</style:header>`+
			`</style:master-page></office:document-styles>`,
		"meta.xml", `<office:document-meta `+nsODF+`><office:meta><dc:title>The leak</dc:title><dc:creator>`+
			`Last</dc:creator>`+
			`<meta:initial-creator>First</meta:initial-creator><dc:date>2017-05-06T10:00:00.5</dc:date>`+
			`<meta:creation-date>2017-05-05T10:00:00</meta:creation-date><dc:language>fa</dc:language></office:meta>`+
			`</office:document-meta>`, "Basic/script-lc.xml", "<a/>"))
	wantSame(t, "paragraphs", partsOf(d), []string{"tr: State\tVotes", "tr: North", "p: Around it", "p: in the box",
		"note: As they said."})
	wantSame(t, "deleted", leftOut(d, LeftDeleted), []string{"It was nine."})
	wantSame(t, "comments", leftOut(d, LeftComment), []string{"Is it so?"})
	wantSame(t, "heads", leftOut(d, LeftRepeated), []string{"Draft"})
	if d.Title != "The leak" || d.Byline != "First" || d.Lang != "fa" || d.ChangedAt != "" || len(d.Notes) != 2 {
		t.Errorf("%+v", d)
	}
}

func TestODTRefuses(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		raw  []byte
		says string
	}{
		"garbage":   {[]byte("words"), "damaged"},
		"other zip": {zippedFiles(t, "a.txt", "a"), "no OpenDocument text"},
		"a table": {zippedFiles(t, "mimetype", "application/vnd.oasis.opendocument.spreadsheet", "content.xml",
			"<a/>"), "a table or"},
		"a password": {odt(t, "", "", "META-INF/manifest.xml", `<m:manifest xmlns:m="m"><m:file-entry>`+
			`<m:encryption-data/>`+
			`</m:file-entry></m:manifest>`), "a password"},
		"deep": {odt(t, "", strings.Repeat("<text:section>", officeDepth)), "too deep"},
	} {
		_, err := Read(File{Name: "a.odt", Body: bytes.NewReader(c.raw)})
		if fault.KindOf(err) != fault.Invalid || !strings.Contains(fault.Message(err), c.says) {
			t.Errorf("%s: %v, want %q", name, err, c.says)
		}
	}
}
