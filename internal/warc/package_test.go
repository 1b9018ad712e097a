package warc_test

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"claimbench/internal/fault"
	"claimbench/internal/warc"
)

var packed = time.Date(2026, 11, 30, 9, 0, 0, 0, time.UTC)

func stored(t *testing.T, d warc.Document) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := warc.Write(&b, d, "test"); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func pagesOf(t *testing.T) []warc.Document {
	t.Helper()
	return []warc.Document{
		{Address: "https://www.Gazette.example:443/A?b=2&a=1", Day: packed, Status: 200, Media: "text/html",
			Header: []warc.Field{{Name: "Content-Type", Value: "text/html"}}, Body: []byte("<p>Twelve grants.</p>")},
		{Address: "https://courier.example/کمک", Day: packed, Media: "application/pdf", Body: []byte("%PDF-1.4")},
		{Address: "", Day: packed, Media: "text/plain", Body: []byte("Words of nowhere.")},
	}
}

// packageOf is a WACZ of documents, one archive for each two.
func packageOf(t *testing.T, docs ...[]byte) []byte {
	t.Helper()
	var b bytes.Buffer
	p := warc.NewPackage(&b, "A set", "of captures", "test", packed)
	for i, d := range docs {
		if i%2 == 0 {
			if err := p.Archive(fmt.Sprintf("captures-%d", i/2+1)); err != nil {
				t.Fatal(err)
			}
		}
		if err := p.Put(d); err != nil {
			t.Fatal(err)
		}
	}
	if err := p.File("pages/pages.jsonl", func(w io.Writer) error {
		_, err := io.WriteString(w, `{"format":"json-pages-1.0","id":"pages","title":"All"}`+"\n")
		return err
	}); err != nil {
		t.Fatal(err)
	}
	if err := p.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// What is written is read again, by the reader of uploads and by the check of files of any size; what the index says
// leads to the records.
func TestPackage(t *testing.T) {
	t.Parallel()
	docs := pagesOf(t)
	var all [][]byte
	for _, d := range docs {
		all = append(all, stored(t, d))
	}
	raw := packageOf(t, all...)
	got, err := warc.ReadWACZ(raw)
	if err != nil || len(got) != len(docs) {
		t.Fatalf("%d documents, %v", len(got), err)
	}
	for i, d := range docs {
		if string(got[i].Body) != string(d.Body) || got[i].Final() != d.Address || !got[i].Day.Equal(d.Day) {
			t.Errorf("document %d is %+v", i, got[i])
		}
	}
	c, err := warc.VerifyWACZ(bytes.NewReader(raw), int64(len(raw)))
	if err != nil || c.Documents != 3 || c.Files != 5 || c.Title != "A set" {
		t.Errorf("%+v, %v", c, err)
	}
	z, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		t.Fatal(err)
	}
	file := func(name string) []byte {
		f, err := z.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(f)
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	var lines []string
	for n := 1; n <= 2; n++ {
		archive := file(fmt.Sprintf("archive/captures-%d.warc.gz", n))
		for l := range strings.Lines(string(file(fmt.Sprintf("indexes/captures-%d.cdx", n)))) {
			lines = append(lines, l)
			_, says, _ := strings.Cut(l, "{")
			var at struct {
				URL            string
				Offset, Length json.Number
			}
			if err := json.Unmarshal([]byte("{"+says), &at); err != nil {
				t.Fatal(err)
			}
			from, _ := at.Offset.Int64()
			long, _ := at.Length.Int64()
			g, err := gzip.NewReader(bytes.NewReader(archive[from : from+long]))
			if err != nil {
				t.Fatal(err)
			}
			rec, err := io.ReadAll(g)
			if err != nil || !strings.HasPrefix(string(rec), "WARC/1.1\r\n") ||
				!strings.Contains(string(rec), "WARC-Target-URI: "+at.URL) {
				t.Errorf("at %d stands %.200q, %v", from, rec, err)
			}
		}
	}
	for i, begins := range []string{"example,courier)/", "example,gazette)/a?a=1&b=2 20261130090000 {",
		"urn:claimbench:"} {
		if i >= len(lines) || !strings.HasPrefix(lines[i], begins) {
			t.Errorf("lines are %q, want %q at %d", lines, begins, i)
		}
	}
}

// One byte that is another, a file that is gone or that nobody names: it is said.
func TestPackageThatWasChanged(t *testing.T) {
	t.Parallel()
	raw := packageOf(t, stored(t, pagesOf(t)[0]))
	again := func(change func(name string, b []byte) ([]byte, bool), more string) []byte {
		in, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
		if err != nil {
			t.Fatal(err)
		}
		var out bytes.Buffer
		w := zip.NewWriter(&out)
		put := func(name string, b []byte) {
			f, err := w.Create(name)
			if err == nil {
				_, err = f.Write(b)
			}
			if err != nil {
				t.Fatal(err)
			}
		}
		for _, f := range in.File {
			r, err := f.Open()
			if err != nil {
				t.Fatal(err)
			}
			b, err := io.ReadAll(r)
			if err != nil {
				t.Fatal(err)
			}
			if b, keep := change(f.Name, b); keep {
				put(f.Name, b)
			}
		}
		if more != "" {
			put(more, []byte("x"))
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		return out.Bytes()
	}
	same := func(_ string, b []byte) ([]byte, bool) { return b, true }
	flip := func(which string) func(string, []byte) ([]byte, bool) {
		return func(name string, b []byte) ([]byte, bool) {
			if strings.HasPrefix(name, which) {
				b = bytes.Clone(b)
				b[len(b)/2] ^= 1
			}
			return b, true
		}
	}
	if b := again(same, ""); fault.KindOf(verified(b)) != "" {
		t.Fatalf("what is the same is refused: %v", verified(b))
	}
	for name, b := range map[string][]byte{
		"archive":     again(flip("archive/"), ""),
		"index":       again(flip("indexes/"), ""),
		"pages":       again(flip("pages/"), ""),
		"description": again(flip("datapackage.json"), ""),
		"gone": again(func(name string, b []byte) ([]byte, bool) {
			return b, !strings.HasPrefix(name, "pages/")
		}, ""),
		"one more": again(same, "archive/more.warc.gz"),
		"cut":      raw[:len(raw)-40],
		"no zip":   []byte("words"),
	} {
		if err := verified(b); fault.KindOf(err) != fault.Invalid {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func verified(b []byte) error {
	_, err := warc.VerifyWACZ(bytes.NewReader(b), int64(len(b)))
	return err
}

// A record that holds what signs people in, whoever put it there, goes out without.
func TestPackageDropsSecrets(t *testing.T) {
	t.Parallel()
	block := "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nset-cookie: hush\r\nAuthorization: hush\r\n\r\nWords."
	rec := record("response", "application/http;msgtype=response", block, true)
	var z bytes.Buffer
	g := gzip.NewWriter(&z)
	_, _ = g.Write([]byte(rec))
	_ = g.Close()
	raw := packageOf(t, z.Bytes())
	docs, err := warc.ReadWACZ(raw)
	if err != nil || len(docs) != 1 || string(docs[0].Body) != "Words." {
		t.Fatalf("%+v, %v", docs, err)
	}
	if got := strings.Join(docs[0].Dropped, " "); got != "Authorization Set-Cookie" {
		t.Errorf("it says that %q was left out", got)
	}
	zr, _ := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	for _, f := range zr.File {
		r, _ := f.Open()
		b, _ := io.ReadAll(r)
		if g, err := gzip.NewReader(bytes.NewReader(b)); err == nil {
			b, _ = io.ReadAll(g)
		}
		if bytes.Contains(b, []byte("hush")) {
			t.Errorf("%s holds what signs people in", f.Name)
		}
	}
}

func TestWalkRefuses(t *testing.T) {
	t.Parallel()
	good := record("resource", "text/plain", "Words.", true)
	for name, s := range map[string]string{
		"nothing": "", "no record": "words\r\n\r\n", "cut": good[:len(good)-8], "other words": strings.Replace(good,
			"Words.", "Wards.", 1), "no hash": strings.Replace(good, "WARC-Block-Digest", "X-Digest", 1),
		"unknown hash": strings.Replace(good, "sha256:", "crc9:", 1), "long head": "WARC/1.1\r\nX: " +
			strings.Repeat("a", 2<<20), "no end": strings.TrimSuffix(good, "\r\n\r\n"),
		"longer than it is": strings.Replace(good, "Content-Length: 6", "Content-Length: 60", 1),
		"longer than any":   strings.Replace(good, "Content-Length: 6", "Content-Length: 99999999999999999999", 1),
		"less than none":    strings.Replace(good, "Content-Length: 6", "Content-Length: -6", 1),
	} {
		if err := warc.Walk(strings.NewReader(s), func(warc.Record) error { return nil }); fault.KindOf(err) !=
			fault.Invalid {
			t.Errorf("%s: %v", name, err)
		}
	}
	n := 0
	if err := warc.Walk(strings.NewReader(good+good), func(r warc.Record) error {
		if n++; r.Target != "https://news.example/" || r.Offset != int64((n-1)*len(good)) {
			t.Errorf("it is %+v", r)
		}
		return nil
	}); err != nil || n != 2 {
		t.Errorf("%d records, %v", n, err)
	}
}
