package captures_test

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"claimbench/internal/captures"
	"claimbench/internal/fault"
	"claimbench/internal/warc"
)

var now = time.Date(2026, 11, 30, 8, 0, 0, 0, time.UTC)

const page = `<!DOCTYPE html><html lang="en"><head><title>Grants</title>
<script type="application/ld+json">{"@type":"NewsArticle","headline":"Council approves grants",
"datePublished":"2026-03-01T10:00:00Z","publisher":{"@type":"Organization","name":"The Gazette"}}</script></head><body>
<nav><a href="/">Home</a></nav><main><article><h1>Council approves grants</h1>
<p>The council of the town approved forty grants on Monday, after a debate of three hours in the old hall.</p>
<p>The mayor said that “no grant” was refused; 1.5 million was paid to the schools of the town last year.</p>
</article></main></body></html>`

func archive(t *testing.T, docs ...warc.Document) []byte {
	t.Helper()
	var b bytes.Buffer
	for _, d := range docs {
		if err := warc.Write(&b, d, "test"); err != nil {
			t.Fatal(err)
		}
	}
	return b.Bytes()
}

func TestPrepareFindsTheQuotation(t *testing.T) {
	t.Parallel()
	for _, x := range []struct {
		quotation string
		want      captures.Found
	}{
		{"approved forty grants on Monday", captures.Exact},
		{`The mayor said that "no grant" was refused`, captures.Folded},
		{"approved fifty grants", captures.NotFound},
		{"5 million was paid", captures.NotFound},
	} {
		p, err := captures.Prepare(captures.File{Name: `C:\kept\page.html`, Media: "text/html", Body: []byte(page),
			At: now}, "https://gazette.example/a", x.quotation)
		if err != nil {
			t.Fatal(err)
		}
		if p.Found() != x.want {
			t.Errorf("%q is %s, want %s", x.quotation, p.Found(), x.want)
		}
		a := p.About()
		if a.Name != "page.html" || a.Address != "https://gazette.example/a" || a.Published != "2026-03-01" ||
			a.Publisher != "The Gazette" || a.Title != "Council approves grants" || a.Lang != "en" ||
			len(a.SHA256) != 64 || a.Bytes != int64(len(page)) || a.TakenAt != "2026-11-30T08:00:00Z" {
			t.Errorf("it says %+v", a)
		}
	}
}

func TestPrepareOpensArchives(t *testing.T) {
	t.Parallel()
	doc := warc.Document{Address: "https://gazette.example/a/", Day: now.Add(-time.Hour), Status: 200,
		Media: "text/html; charset=utf-8", Header: []warc.Field{{Name: "Content-Type", Value: "text/html"}},
		Body: []byte(page)}
	style := warc.Document{Address: "https://gazette.example/x.css", Day: now, Status: 200, Media: "text/css",
		Body: []byte("body{}")}
	other := warc.Document{Address: "https://gazette.example/b", Day: now, Status: 200, Media: "text/plain",
		Body: []byte("Another page of the same site, which says nothing of it.")}
	const words = "approved forty grants"
	prepare := func(address string, docs ...warc.Document) (captures.Prepared, error) {
		return captures.Prepare(captures.File{Name: "a.warc.gz", Body: archive(t, docs...), At: now}, address, words)
	}
	for name, p := range map[string]func() (captures.Prepared, error){
		"by its address": func() (captures.Prepared, error) {
			return prepare("http://www.gazette.example/a", other, style, doc)
		},
		"the only one": func() (captures.Prepared, error) { return prepare("https://other.example/", style, doc) },
		"by its words": func() (captures.Prepared, error) { return prepare("", other, doc) },
	} {
		got, err := p()
		if err != nil || got.Found() != captures.Exact || got.About().Address != doc.Address ||
			got.About().TakenAt != "2026-11-30T07:00:00Z" {
			t.Errorf("%s: %v, %+v", name, err, got.About())
		}
	}
	if p, err := prepare("https://gazette.example/b", doc, other); err != nil || p.Found() != captures.NotFound {
		t.Errorf("the page of the address is not taken: %v", err)
	}
	if _, err := prepare("https://other.example/", other, other); fault.KindOf(err) != fault.Invalid {
		t.Errorf("one of two pages is taken: %v", err)
	}
}

func TestPrepareRefuses(t *testing.T) {
	t.Parallel()
	good := archive(t, warc.Document{Address: "https://a.example/", Day: now, Status: 200, Media: "text/plain",
		Body: []byte("Some words.")})
	bad := bytes.Clone(good)
	bad[len(bad)/2] ^= 1
	for name, x := range map[string]struct {
		f    captures.File
		kind fault.Kind
	}{
		"empty": {captures.File{Name: "a.txt"}, fault.Invalid},
		"a picture": {captures.File{Name: "a.txt", Body: []byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR")},
			fault.Invalid},
		"changed":       {captures.File{Name: "a.warc.gz", Body: bad}, fault.Invalid},
		"no WACZ":       {captures.File{Name: "a.wacz", Body: []byte("words")}, fault.Invalid},
		"no words":      {captures.File{Name: "a.txt", Body: []byte(" \n ")}, fault.Invalid},
		"several":       {captures.File{Name: "a.csv", Body: []byte("text,title\nwords,a\nwords,b\n")}, fault.Invalid},
		"too large":     {captures.File{Name: "a.txt", Body: bytes.Repeat([]byte("a "), 11<<20)}, fault.TooLarge},
		"far too large": {captures.File{Name: "a.warc", Body: make([]byte, captures.MostBytes+1)}, fault.TooLarge},
	} {
		x.f.At = now
		_, err := captures.Prepare(x.f, "https://a.example/", "words")
		e, is := fault.As(err)
		if !is || e.Kind != x.kind || len(e.Fields) == 0 || e.Fields[0].Name != "file" ||
			strings.TrimSpace(e.Msg) == "" {
			t.Errorf("%s: %v", name, err)
		}
	}
}
