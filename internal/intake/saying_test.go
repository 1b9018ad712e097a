package intake_test

import (
	"archive/zip"
	"bytes"
	"encoding/base64"
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"claimbench/internal/fault"
	"claimbench/internal/intake"
)

// strange are words by which modules tell programmers what is wrong.
var strange = regexp.MustCompile(`(?i)(zip|xml|csv|html|gzip|flate|mime|enmime|gofeed|astisub|pdfium|base64|` +
	`multipart|strconv|time|runtime|charset|encoding|io): [a-z]|unexpected (EOF|end)|EOF\b|` +
	`invalid (char|byte|header)|parse error|parsing|panic|nil pointer|syntax error|out of range|[A-Z][a-z]+Error`)

// TestRefusalsAreInOurWords reads what is broken in as many ways as each format has: nobody reads the words of a
// module.
func TestRefusalsAreInOurWords(t *testing.T) {
	t.Parallel()
	packed := func(files ...string) []byte {
		var b bytes.Buffer
		z := zip.NewWriter(&b)
		for i := 0; i < len(files); i += 2 {
			w, err := z.Create(files[i])
			if err == nil {
				_, err = w.Write([]byte(files[i+1]))
			}
			if err != nil {
				t.Fatal(err)
			}
		}
		if err := z.Close(); err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	}
	mail := "From: a@example.org\nSubject: x\nDate: Mon, 1 Jan 2024 00:00:00 +0000\n"
	word := packed("[Content_Types].xml", "<Types/>", "word/document.xml", "<w:document><w:body><w:p>")
	odt := packed("mimetype", "application/vnd.oasis.opendocument.text", "content.xml", "<office:document-content><")
	twice := append(bytes.Clone(word[:len(word)/2]), word[len(word)/2+9:]...)
	seen := 0
	for name, raws := range map[string][][]byte{
		"a.zip":  {[]byte("PK\x03\x04"), []byte("PK\x03\x04 broken"), packed("b.txt", "x")[:40], packed("b.zip", "PK")},
		"a.docx": {[]byte("PK\x03\x04 broken"), word, word[:60], twice, packed("[Content_Types].xml", "<", "a", "b")},
		"a.odt":  {[]byte("PK\x03\x04 broken"), odt, odt[:60]},
		"a.pdf":  {[]byte("%PDF-1.7\n"), []byte("%PDF-1.7\n1 0 obj\n<<>>\nstartxref\n99\n%%EOF")},
		"a.eml": {[]byte(mail + "Content-Type: multipart/mixed; boundary=\"\n\nx"), []byte("no mail"),
			[]byte(mail + "Content-Transfer-Encoding: base64\n\n!!!!"),
			[]byte(mail + "Content-Type: text/plain; charset=nonsense\n\n\xff\xfe\xfd"),
			[]byte(mail + "Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\nHi\n--b\n" +
				"Content-Disposition: attachment; filename=a.docx\nContent-Transfer-Encoding: base64\n\n" +
				base64.StdEncoding.EncodeToString(word[:60]) + "\n--b--\n")},
		"a.rss": {[]byte("<rss><channel>"), []byte("<rss version=\"2.0\"><channel><item><title>\x01</title>"),
			[]byte("{")},
		"a.csv":   {[]byte("\""), []byte("text,title\n\"a"), []byte("text\n\"a\" b\"\nc"), []byte("a,b\n1,2")},
		"a.jsonl": {[]byte("{"), []byte("{\"text\":\"a\"}\n{"), []byte("[1]"), []byte("{\"text\":1e999}")},
		"a.srt":   {[]byte("1\n00:00:01,000 --> x\nHi"), []byte("1\n99:99:99,999 --> 00:00:00,000\n"), []byte("x")},
		"a.vtt":   {[]byte("WEBVTT\n\nx --> y\nHi"), []byte("WEBVTT\n\n00:01.000 --> 00:02.000 position:x\n")},
		"a.html": {[]byte(strings.Repeat("<div>", 100_000) + "x"), []byte("<html>"),
			[]byte("<meta charset=nonsense><p>\xff\xfe")},
		"a.warc": {[]byte("WARC/1.1\r\nWARC-Type: response\r\n")},
		"a.wacz": {packed("datapackage.json", "{}", "archive/data.warc.gz", "abc")},
		"a.txt":  {[]byte("caf\xe9"), []byte("\x00\x01\x02"), []byte("\xff\xfe\x00")},
	} {
		for i, raw := range raws {
			d, err := intake.Read(intake.File{Name: name, Size: int64(len(raw)), Body: bytes.NewReader(raw)})
			said := d.Notes
			if err != nil {
				seen++
				e, ok := fault.As(err)
				if !ok {
					t.Errorf("%s %d: %T is no error for people: %v", name, i, err, err)
					continue
				}
				if said = append(said, e.Msg); !strings.Contains(e.Msg, ". ") && !strings.Contains(e.Msg, "; ") &&
					!strings.Contains(e.Msg, ", ") {
					t.Errorf("%s %d: without a remedy: %s", name, i, e.Msg)
				}
				for _, f := range e.Fields {
					said = append(said, f.Msg)
				}
			}
			for _, s := range said {
				if at := strange.FindString(s); at != "" {
					t.Errorf("%s %d says “%s”: %s", name, i, at, s)
				}
			}
		}
	}
	if seen < 20 {
		t.Errorf("only %d of them are refused", seen)
	}
}

// TestEveryErrorIsASaying: an error that is made here is a saying, for any other is taken for a module's, and its words
// are not shown.
func TestEveryErrorIsASaying(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		set := token.NewFileSet()
		f, err := parser.ParseFile(set, name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(f, func(n ast.Node) bool {
			s, ok := n.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			if of, ok := s.X.(*ast.Ident); ok && (of.Name == "errors" && s.Sel.Name == "New" ||
				of.Name == "fmt" && s.Sel.Name == "Errorf") {
				t.Errorf("%s: %s.%s: use says or saysOf", set.Position(n.Pos()), of.Name, s.Sel.Name)
			}
			return true
		})
	}
}
