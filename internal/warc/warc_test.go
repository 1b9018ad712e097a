package warc_test

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"reflect"
	"regexp"
	"strings"
	"testing"
	"time"

	"claimbench/internal/fault"
	"claimbench/internal/warc"
)

var day = time.Date(2026, 11, 30, 4, 5, 6, 0, time.UTC)

func fetched() warc.Document {
	return warc.Document{Address: "http://news.example/a", Redirects: []string{"https://news.example/a",
		"https://news.example/خبر"}, Day: day, Status: 200, Media: "text/html; charset=utf-8",
		Header: []warc.Field{{"Content-Type", "text/html; charset=utf-8"}, {"Etag", `"one"`}},
		Body:   []byte("<p>The council approved 40 grants.</p>\r\n\r\nWARC/1.1\r\n")}
}

func written(t *testing.T, d warc.Document) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := warc.Write(&b, d, "Claimbench/test"); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func plain(t *testing.T, packed []byte) []byte {
	t.Helper()
	z, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		t.Fatal(err)
	}
	raw, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

// TestThereAndBack: what was written is read again, byte for byte, compressed or not.
func TestThereAndBack(t *testing.T) {
	t.Parallel()
	uploaded := warc.Document{Address: "https://news.example/b.pdf", Day: day, Media: "application/pdf",
		Body: []byte("%PDF-1.7\n\x00\xff")}
	nowhere := warc.Document{Day: day, Media: "text/plain", Body: []byte("words")}
	empty := warc.Document{Address: "https://news.example/c", Day: day, Media: "text/plain", Status: 200,
		Header: []warc.Field{{"Content-Type", "text/plain"}}, Body: []byte{}}
	for _, d := range []warc.Document{fetched(), uploaded, nowhere, empty} {
		packed := written(t, d)
		for _, raw := range [][]byte{packed, plain(t, packed)} {
			got, err := warc.Read(bytes.NewReader(raw))
			if err != nil || len(got) != 1 {
				t.Fatalf("%s: %v, %v", d.Address, got, err)
			}
			g := got[0]
			if g.Address != d.Address || !reflect.DeepEqual(g.Redirects, d.Redirects) || !bytes.Equal(g.Body, d.Body) ||
				g.Media != d.Media || g.Status != d.Status || !g.Day.Equal(day) ||
				!reflect.DeepEqual(g.Header, d.Header) {
				t.Errorf("wrote %+v\nread  %+v", d, g)
			}
		}
	}
	two, err := warc.Read(bytes.NewReader(append(written(t, fetched()), written(t, uploaded)...)))
	if err != nil || len(two) != 2 || two[1].Media != "application/pdf" {
		t.Errorf("two in a file: %v, %v", two, err)
	}
}

// TestSecretsAreDropped: from what is written and from what others wrote; their names are said.
func TestSecretsAreDropped(t *testing.T) {
	t.Parallel()
	d := fetched()
	d.Dropped = []string{"Set-Cookie"}
	d.Header = append(d.Header, warc.Field{Name: "set-cookie", Value: "who=SECRET"}, warc.Field{Name: "Authorization",
		Value: "SECRET"}, warc.Field{Name: "X: y\r\nCookie", Value: "SECRET"}, warc.Field{Name: "X-Two",
		Value: "a\r\nCookie: SECRET"})
	raw := plain(t, written(t, d))
	if bytes.Contains(raw, []byte("\r\nCookie:")) || bytes.Contains(raw, []byte("who=SECRET")) ||
		bytes.Contains(raw, []byte("Authorization: ")) {
		t.Errorf("a secret is kept:\n%s", raw)
	}
	got, err := warc.Read(bytes.NewReader(raw))
	if err != nil || strings.Join(got[0].Dropped, " ") != "Authorization Set-Cookie" {
		t.Errorf("%+v, %v", got, err)
	}
	theirs := record("response", "application/http;msgtype=response", "HTTP/1.1 200 OK\r\nSet-Cookie: a=SECRET\r\n"+
		"Content-Type: text/plain\r\nContent-Length: 5\r\n\r\nwords", true)
	got, err = warc.Read(strings.NewReader(theirs))
	if err != nil || len(got) != 1 || strings.Join(got[0].Dropped, " ") != "Set-Cookie" ||
		strings.Contains(fmt.Sprint(got), "SECRET") {
		t.Errorf("of others: %+v, %v", got, err)
	}
}

// TestAnswersOfOthers: as they stood on the wire: in pieces, packed, without a body.
func TestAnswersOfOthers(t *testing.T) {
	t.Parallel()
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	_, _ = io.WriteString(z, "words")
	_ = z.Close()
	inPieces := fmt.Sprintf("3;a=b\r\n%s\r\n%x\r\n%s\r\n0\r\nX: y\r\n\r\n", packed.String()[:3], packed.Len()-3,
		packed.String()[3:])
	for what, x := range map[string]struct{ answer, want string }{
		"as it is":  {"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\nwords", "words"},
		"in pieces": {"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nwor\r\n2\r\nds\r\n0\r\n\r\n", "words"},
		"packed, in pieces": {"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n" +
			inPieces, "words"},
		"no body":       {"HTTP/1.0 204 No Content\r\nX: y\r\n\r\n", ""},
		"broken pieces": {"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nwords", "!"},
		"huge piece":    {"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n7fffffff\r\nwords", "!"},
		"no answer":     {"words", "!"},
		"no status":     {"HTTP/1.1 OK\r\n\r\nwords", "!"},
	} {
		got, err := warc.Read(strings.NewReader(record("response", "application/http;msgtype=response", x.answer,
			true)))
		switch {
		case x.want == "!" && (fault.KindOf(err) != fault.Invalid || got != nil):
			t.Errorf("%s: %v, %v", what, got, err)
		case x.want != "!" && (err != nil || len(got) != 1 || string(got[0].Body) != x.want):
			t.Errorf("%s: %v, %v", what, got, err)
		}
	}
}

// FuzzRead: no file stops the reader, and what it reads can be written and read again.
func FuzzRead(f *testing.F) {
	var b bytes.Buffer
	if err := warc.Write(&b, fetched(), "x"); err != nil {
		f.Fatal(err)
	}
	f.Add(b.Bytes())
	f.Add([]byte(record("resource", "text/plain", "words", true)))
	f.Add([]byte(record("response", "application/http;msgtype=response", "HTTP/1.1 200 OK\r\n\r\nwords", true)))
	f.Fuzz(func(t *testing.T, file []byte) {
		got, err := warc.Read(bytes.NewReader(file))
		if err != nil {
			return
		}
		for _, d := range got {
			if d.Status != 0 && d.Status < 100 {
				t.Errorf("%+v", d)
			}
		}
	})
}

// record is one of another's program.
func record(kind, media, block string, digest bool) string {
	head := "WARC/1.1\r\nWARC-Type: " + kind + "\r\nWARC-Target-URI: https://news.example/\r\nWARC-Date: " +
		"2026-11-30T04:05:06Z\r\nWARC-Record-ID: <urn:uuid:12345678-1234-4234-8234-123456789abc>\r\nContent-Type: " +
		media + "\r\nContent-Length: " + fmt.Sprint(len(block)) + "\r\n"
	if digest {
		head += "WARC-Block-Digest: " + digestOf(block) + "\r\n"
	}
	return head + "\r\n" + block + "\r\n\r\n"
}

// TestEveryDigestIsComputed: one changed byte of a block, no digest, a cut file: no document.
func TestEveryDigestIsComputed(t *testing.T) {
	t.Parallel()
	raw := plain(t, written(t, fetched()))
	if n := bytes.Count(raw, []byte("WARC-Block-Digest: sha256:")); n != 3 {
		t.Fatalf("%d records have a digest:\n%s", n, raw)
	}
	for at := bytes.Index(raw, []byte("<p>The")); at < bytes.Index(raw, []byte("</p>")); at++ {
		bad := bytes.Clone(raw)
		bad[at] ^= 1
		if got, err := warc.Read(bytes.NewReader(bad)); fault.KindOf(err) != fault.Invalid || got != nil {
			t.Errorf("byte %d changed: %v, %v", at, got, err)
		}
	}
	packed := written(t, fetched())
	for _, end := range []int{1, 20, len(packed) / 2, len(packed) - 1} {
		if got, err := warc.Read(bytes.NewReader(packed[:end])); fault.KindOf(err) != fault.Invalid || got != nil {
			t.Errorf("cut at %d of %d: %v, %v", end, len(packed), got, err)
		}
	}
	for what, file := range map[string]string{
		"no digest": record("resource", "text/plain", "words", false),
		"wrong digest": strings.Replace(record("resource", "text/plain", "words", true), "\r\n\r\nwords",
			"\r\n\r\nwordz", 1),
		"no WARC":   "<!doctype html><p>words",
		"nothing":   "",
		"a picture": "\x89PNG\r\n\x1a\n\x00\x00",
		"brotli": record("response", "application/http;msgtype=response", "HTTP/1.1 200 OK\r\nContent-Encoding: br\r\n"+
			"Content-Length: 5\r\n\r\nwords", true),
	} {
		if got, err := warc.Read(strings.NewReader(file)); fault.KindOf(err) != fault.Invalid || got != nil {
			t.Errorf("%s: %v, %v", what, got, err)
		}
	}
}

// TestBombs: what unpacks to more than is kept is refused.
func TestBombs(t *testing.T) {
	t.Parallel()
	zeros := strings.Repeat("\x00", 64<<20)
	var whole, inner bytes.Buffer
	z := gzip.NewWriter(&whole)
	_, _ = io.WriteString(z, record("resource", "text/plain", zeros, true))
	_ = z.Close()
	z = gzip.NewWriter(&inner)
	_, _ = io.WriteString(z, zeros)
	_ = z.Close()
	for what, file := range map[string]string{"the file": whole.String(), "an answer in it": record("response",
		"application/http;msgtype=response", fmt.Sprintf("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n"+
			"Content-Length: %d\r\n\r\n%s", inner.Len(), inner.String()), true)} {
		if got, err := warc.Read(strings.NewReader(file)); fault.KindOf(err) != fault.TooLarge || got != nil {
			t.Errorf("%s: %d, %v", what, len(got), err)
		}
	}
	if err := warc.Write(io.Discard, warc.Document{Day: day, Body: make([]byte, warc.MostBody+1)}, "x"); fault.KindOf(
		err) != fault.TooLarge {
		t.Errorf("writing too much: %v", err)
	}
}

// TestRefusalsAreInOurWords breaks a file at every place: whatever is wrong, nobody reads the words of a module.
func TestRefusalsAreInOurWords(t *testing.T) {
	t.Parallel()
	strange := regexp.MustCompile(`(?i)(gzip|flate|warc|gowarc|http|strconv|time|io|base32|hex): |EOF|parsing|` +
		`invalid (char|byte|header|syntax)|expected|panic|[a-z]Error`)
	packed := written(t, fetched())
	bare := plain(t, packed)
	refused := 0
	look := func(raw []byte, place int) {
		for _, read := range []func() error{
			func() error { _, err := warc.Read(bytes.NewReader(raw)); return err },
			func() error { return warc.Walk(bytes.NewReader(raw), func(warc.Record) error { return nil }) },
		} {
			err := read()
			if err == nil {
				continue
			}
			refused++
			e, ok := fault.As(err)
			if !ok {
				t.Fatalf("at %d: %T is no error for people: %v", place, err, err)
			}
			said := e.Msg
			for _, f := range e.Fields {
				said += " " + f.Msg
			}
			if at := strange.FindString(said); at != "" {
				t.Fatalf("at %d it says “%s”: %s", place, at, said)
			}
		}
	}
	for _, whole := range [][]byte{packed, bare} {
		for i := 0; i < len(whole); i += 3 {
			broken := bytes.Clone(whole)
			broken[i] ^= 0x15
			look(broken, i)
			look(whole[:i], i)
		}
	}
	for _, head := range []string{"Content-Encoding: gzip", "Transfer-Encoding: chunked", "Content-Encoding: br"} {
		look([]byte(record("response", "application/http;msgtype=response",
			"HTTP/1.1 200 OK\r\n"+head+"\r\n\r\nno such body", true)), 0)
	}
	if refused < 100 {
		t.Errorf("only %d are refused", refused)
	}
}
