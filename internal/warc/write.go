package warc

import (
	"compress/gzip"
	"fmt"
	"io"
	"net/textproto"
	"slices"
	"strings"
	"time"

	"github.com/nlnwa/gowarc/v3"

	"claimbench/internal/fault"
)

// Field is one header of an answer.
type Field struct{ Name, Value string }

// Document is what was fetched, or uploaded (Status 0), of one address.
type Document struct {
	Address   string   // that was asked for; "" of what was uploaded without one
	Redirects []string // every address on the way after the first; the last is where the document stands
	Day       time.Time
	Status    int // of HTTP; 0: it was uploaded
	Media     string
	Header    []Field
	Dropped   []string // names of headers that are not kept
	Body      []byte   // unpacked
}

// Final is the address where the document stands.
func (d Document) Final() string {
	if n := len(d.Redirects); n > 0 {
		return d.Redirects[n-1]
	}
	return d.Address
}

// secrets are headers that say who asked: they are never kept, nor given out.
var secrets = []string{"Cookie", "Set-Cookie", "Set-Cookie2", "Authorization", "Proxy-Authorization"}

func isSecret(name string) bool {
	return slices.Contains(secrets, textproto.CanonicalMIMEHeaderKey(strings.TrimSpace(name)))
}

// options are those of every record. Their order counts: WithStrictValidation after the others switches off that
// digests are added, and says nothing.
func options() []gowarc.WarcRecordOption {
	return []gowarc.WarcRecordOption{gowarc.WithStrictValidation(), gowarc.WithDefaultDigestAlgorithm("sha256"),
		gowarc.WithDefaultDigestEncoding(gowarc.Base32), gowarc.WithAddMissingDigest(true),
		gowarc.WithAddMissingRecordId(true), gowarc.WithAddMissingContentLength(true),
		gowarc.WithBufferMaxMemBytes(MostBody + 1<<20)}
}

// Write writes a document: a record of who wrote it, the document, and of what was fetched how it was come by. Each
// record is a gzip member of its own. Secret headers are left out, whoever put them in, and named.
func Write(w io.Writer, d Document, software string) error {
	if len(d.Body) > MostBody {
		return fault.New(fault.TooLarge, "This document has more than %d MiB; that much is not kept.", MostBody>>20)
	}
	info := newRecord(gowarc.Warcinfo, d.Day)
	info.AddWarcHeader(gowarc.ContentType, "application/warc-fields")
	if err := finish(w, info, []byte("software: "+line(software)+"\r\nformat: WARC File Format 1.1\r\n")); err != nil {
		return err
	}
	if d.Status == 0 {
		doc := newRecord(gowarc.Resource, d.Day)
		doc.AddWarcHeader(gowarc.WarcTargetURI, target(d))
		doc.AddWarcHeader(gowarc.ContentType, line(media(d.Media)))
		return finish(w, doc, d.Body)
	}
	doc := newRecord(gowarc.Response, d.Day)
	doc.AddWarcHeader(gowarc.WarcTargetURI, target(d))
	doc.AddWarcHeader(gowarc.ContentType, "application/http;msgtype=response")
	head, dropped := headOf(d)
	if err := finish(w, doc, append([]byte(head), d.Body...)); err != nil {
		return err
	}
	how := newRecord(gowarc.Metadata, d.Day)
	how.AddWarcHeader(gowarc.WarcTargetURI, target(d))
	how.AddWarcHeader(gowarc.ContentType, "application/warc-fields")
	fields := "asked-for: " + line(d.Address) + "\r\n"
	for _, r := range d.Redirects {
		fields += "led-to: " + line(r) + "\r\n"
	}
	for _, name := range dropped {
		fields += "dropped-header: " + line(name) + "\r\n"
	}
	return finish(w, how, []byte(fields))
}

// target is the address of a record. What was uploaded without one has a name that leads nowhere.
func target(d Document) string {
	if at := line(d.Final()); at != "" {
		return at
	}
	return "urn:claimbench:uploaded"
}

func media(said string) string {
	if said == "" {
		return "application/octet-stream"
	}
	return said
}

// line is a word that stands in one line.
func line(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f {
			return ' '
		}
		return r
	}, s)
}

// headOf is the head of an answer as it is kept: the body stands unpacked and whole behind it.
func headOf(d Document) (head string, dropped []string) {
	var b strings.Builder
	fmt.Fprintf(&b, "HTTP/1.1 %03d Kept\r\n", d.Status)
	dropped = slices.Clone(d.Dropped)
	hasType := false
	for _, f := range d.Header {
		name := textproto.CanonicalMIMEHeaderKey(strings.TrimSpace(f.Name))
		switch {
		case isSecret(name):
			dropped = append(dropped, name)
			continue
		case name == "Content-Length" || name == "Transfer-Encoding" || name == "Content-Encoding":
			continue
		case strings.ContainsFunc(name, func(r rune) bool { return r <= ' ' || r >= 0x7f || r == ':' }) || name == "":
			continue
		}
		hasType = hasType || name == "Content-Type"
		b.WriteString(name + ": " + line(f.Value) + "\r\n")
	}
	if !hasType {
		b.WriteString("Content-Type: " + line(media(d.Media)) + "\r\n")
	}
	fmt.Fprintf(&b, "Content-Length: %d\r\n\r\n", len(d.Body))
	slices.Sort(dropped)
	return b.String(), slices.Compact(dropped)
}

func newRecord(of gowarc.RecordType, day time.Time) gowarc.WarcRecordBuilder {
	b := gowarc.NewRecordBuilder(of, append(options(), gowarc.WithVersion(gowarc.V1_1))...)
	b.AddWarcHeaderTime(gowarc.WarcDate, day.UTC())
	return b
}

// finish writes a record as a gzip member. A record that came without a digest is not written.
func finish(w io.Writer, b gowarc.WarcRecordBuilder, block []byte) (err error) {
	if _, err := b.Write(block); err != nil {
		return err
	}
	rec, found, err := b.Build()
	if err != nil {
		return err
	}
	defer func() { _ = rec.Close() }()
	if len(found) > 0 {
		return fmt.Errorf("a record is not valid: %w", found[0])
	}
	if rec.WarcHeader().Get(gowarc.WarcBlockDigest) == "" {
		return fault.New(fault.Internal, "a record has no digest")
	}
	z := gzip.NewWriter(w)
	if _, _, err := gowarc.NewMarshaler().Marshal(z, rec, 0); err != nil {
		return err
	}
	return z.Close()
}
